"""SOURCES.toml and the arguments of `ingest`, to sources."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, get_args, get_type_hints

from extract.errors import BadSource
from extract.fetch.addresses import Address, BadAddress, parse_address, public_text
from extract.fetch.networks import parse_networks
from extract.fetch.settings import FetchSettings
from extract.models import Source, Tracker

KINDS: Final[tuple[str, ...]] = get_args(get_type_hints(Source)["kind"])
SOURCE_KEYS: Final = ("name", "kind", "url", "urls", "path", "outlet", "language", "every", "tags")
TRACKER_KEYS: Final = ("name", "words", "places", "from", "to")
FETCH_KEYS: Final = tuple(field.name for field in fields(FetchSettings) if field.name != "hosts")
TABLES: Final = ("source", "tracker", "fetch")
NEEDS: Final[Mapping[str, tuple[str, ...]]] = {
    "feed": ("url",),
    "sitemap": ("url",),
    "urls": ("urls", "url", "path"),
    "folder": ("path",),
    "jsonl": ("path",),
    "warc": ("path",),
}
UNIT_SECONDS: Final = {"": 1.0, "ms": 0.001, "s": 1.0, "m": 60.0, "min": 60.0, "h": 3600.0}
LONGEST_EVERY: Final = 86_400.0


@dataclass(frozen=True, slots=True)
class SourcesFile:
    """All that a SOURCES.toml says.

    extras: its `[fetch]` table, fields of FetchSettings by name
    """

    sources: tuple[Source, ...]
    trackers: tuple[Tracker, ...] = ()
    extras: Mapping[str, Any] = field(default_factory=dict)

    def fetch_settings(self, base: FetchSettings) -> FetchSettings:
        """The given settings with what the file says instead."""
        return replace(base, **self.extras)


def parse_sources(path: Path) -> SourcesFile:
    """Read a SOURCES.toml; paths in it are relative to its folder.

    Raises BadSource, with the line and the nearest right word, for anything that cannot be read as meant.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
        tables = tomllib.loads(text)
    except OSError as error:
        raise BadSource(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise BadSource(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8") from None
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise BadSource(f"{path}: not valid TOML: {error}") from None
    return _Reader(path, text).read(tables)


class _Reader:
    """Reads one file and says where in it something is wrong."""

    def __init__(self, path: Path, text: str) -> None:
        self.path, self.lines = path, text.splitlines()

    def read(self, tables: dict[str, Any]) -> SourcesFile:
        self._check_keys(tables, TABLES, "", 0)
        sources = [self._source(entry, number) for number, entry in enumerate(self._entries(tables, "source"))]
        trackers = [self._tracker(entry, number) for number, entry in enumerate(self._entries(tables, "tracker"))]
        if not sources:
            raise BadSource(f"{self.path}: no [[source]] in it; add one with `name`, `kind` and `url` or `path`")
        self._check_unique("source", [source.name for source in sources])
        self._check_unique("tracker", [tracker.name for tracker in trackers])
        return SourcesFile(tuple(sources), tuple(trackers), self._fetch(tables.get("fetch", {})))

    def _entries(self, tables: dict[str, Any], table: str) -> list[dict[str, Any]]:
        entries = tables.get(table, [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise self._bad(f"write [[{table}]] with two brackets, once for each {table}", table, 0)
        return entries

    def _source(self, entry: dict[str, Any], number: int) -> Source:
        self._check_keys(entry, SOURCE_KEYS, "source", number)
        name = self._name(entry, "source", number)
        kind = self._text(entry, "kind", "source", number)
        if kind not in KINDS:
            raise self._bad(_unknown("kind", kind, KINDS), "source", number, "kind")
        needs = NEEDS[kind]
        if not any(key in entry for key in needs):
            raise self._bad(
                f"a source of kind {kind!r} needs {' or '.join(f'`{key}`' for key in needs)}", "source", number, "kind"
            )
        for key in ("url", "urls", "path"):
            if key in entry and key not in needs:
                raise self._bad(
                    f"`{key}` has no meaning for kind {kind!r}; it takes `{needs[0]}`", "source", number, key
                )
        return Source(
            name=name,
            kind=kind,  # type: ignore[arg-type] # one of KINDS, as was just checked
            url=self._address(entry, "url", number),
            path=self._path(entry, number),
            urls=self._addresses(entry, number),
            outlet=self._text(entry, "outlet", "source", number),
            language=self._text(entry, "language", "source", number),
            every_seconds=self._every(entry, number),
            tags=self._texts(entry, "tags", "source", number),
        )

    def _tracker(self, entry: dict[str, Any], number: int) -> Tracker:
        self._check_keys(entry, TRACKER_KEYS, "tracker", number)
        tracker = Tracker(
            name=self._name(entry, "tracker", number),
            words=self._texts(entry, "words", "tracker", number),
            places=self._texts(entry, "places", "tracker", number),
            starts_on=self._day(entry, "from", number),
            ends_on=self._day(entry, "to", number),
        )
        if not (tracker.words or tracker.places):
            raise self._bad("a tracker needs `words` or `places`", "tracker", number)
        if tracker.starts_on and tracker.ends_on and tracker.starts_on > tracker.ends_on:
            raise self._bad("`from` is later than `to`", "tracker", number, "from")
        return tracker

    def _fetch(self, entry: object) -> dict[str, Any]:
        if not isinstance(entry, dict):
            raise self._bad("write [fetch] as a table", "fetch", 0)
        self._check_keys(entry, FETCH_KEYS, "fetch", 0)
        hints = get_type_hints(FetchSettings)
        for key, value in entry.items():
            right = _of_type(value, hints[key])
            if right is None:
                raise self._bad(f"`{key}` cannot be {value!r}", "fetch", 0, key)
            entry[key] = right
        parse_networks(entry.get("allowed_networks", ()))
        replace(FetchSettings(), **entry)
        return entry

    def _name(self, entry: dict[str, Any], table: str, number: int) -> str:
        name = self._text(entry, "name", table, number)
        if not name or not name.strip() or not name.isprintable() or "/" in name:
            raise self._bad(f"a {table} needs a `name` without slashes and control characters", table, number, "name")
        return name.strip()

    def _text(self, entry: dict[str, Any], key: str, table: str, number: int) -> str | None:
        value = entry.get(key)
        if value is not None and not isinstance(value, str):
            raise self._bad(f"`{key}` must be a text in quotes, not {value!r}", table, number, key)
        return value

    def _texts(self, entry: dict[str, Any], key: str, table: str, number: int) -> tuple[str, ...]:
        value = entry.get(key, [])
        if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
            raise self._bad(f'`{key}` must be a list of texts, as ["one", "two"]', table, number, key)
        return tuple(value)

    def _address(self, entry: dict[str, Any], key: str, number: int) -> str | None:
        text = self._text(entry, key, "source", number)
        if text is not None:
            self._checked(text, key, number)
        return text

    def _addresses(self, entry: dict[str, Any], number: int) -> tuple[str, ...]:
        texts = self._texts(entry, "urls", "source", number)
        for text in texts:
            self._checked(text, "urls", number)
        return texts

    def _checked(self, text: str, key: str, number: int) -> Address:
        try:
            return parse_address(text)
        except BadAddress as error:
            raise self._bad(f"`{key}` {public_text(text)!r}: {error}", "source", number, key) from None

    def _path(self, entry: dict[str, Any], number: int) -> str | None:
        text = self._text(entry, "path", "source", number)
        if text is None:
            return None
        if not text or "\x00" in text:
            raise self._bad("`path` is empty or holds a zero byte", "source", number, "path")
        return str(self.path.parent / Path(text).expanduser())

    def _every(self, entry: dict[str, Any], number: int) -> float:
        seconds = _seconds(entry.get("every", 1.0))
        if seconds is None:
            raise self._bad(
                '`every` must be seconds (2.5) or a text such as "500ms", "2s", "1m"', "source", number, "every"
            )
        return seconds

    def _day(self, entry: dict[str, Any], key: str, number: int) -> date | None:
        value = entry.get(key)
        try:
            value = date.fromisoformat(value) if isinstance(value, str) else value
        except ValueError:
            value = ""
        if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
            raise self._bad(f"`{key}` must be a day such as 2024-05-31", "tracker", number, key)
        return value

    def _check_unique(self, table: str, names: list[str]) -> None:
        for number, name in enumerate(names):
            if name in names[:number]:
                raise self._bad(f"a second {table} is called {name!r}", table, number, "name")

    def _check_keys(self, entry: dict[str, Any], allowed: Collection[str], table: str, number: int) -> None:
        for key in entry:
            if key not in allowed:
                raise self._bad(_unknown("key" if table else "table", key, allowed), table, number, key)

    def _bad(self, message: str, table: str, number: int, key: str | None = None) -> BadSource:
        return BadSource(f"{self.path}, line {_line_of(self.lines, table, number, key)}: {message}")


def _unknown(what: str, word: str | None, allowed: Collection[str]) -> str:
    if word is None:
        return f"no `{what}`; it is one of {', '.join(allowed)}"
    near = difflib.get_close_matches(word.lower(), allowed, n=1, cutoff=0.5)
    return f"unknown {what} {word!r}; " + (
        f"did you mean {near[0]!r}?" if near else f"it is one of {', '.join(allowed)}"
    )


def _line_of(lines: Sequence[str], table: str, number: int, key: str | None) -> int:
    """The line, from 1, of a key in the number-th table of a name; of the table where the key cannot be found."""
    heads = [at for at, line in enumerate(lines) if table and re.match(rf"\s*\[\[?\s*{re.escape(table)}\s*\]", line)]
    first = heads[number] if number < len(heads) else 0
    if key is None:
        return first + 1
    wanted = re.compile(rf"\s*(?:\[\[?\s*)?[\"']?{re.escape(key)}[\"']?\s*[=\].]")
    for at in range(first, len(lines)):
        if table and at > first and lines[at].lstrip().startswith("["):
            break
        if wanted.match(lines[at]):
            return at + 1
    return first + 1


def _seconds(value: object) -> float | None:
    if isinstance(value, str):
        found = re.fullmatch(r"\s*(\d{1,6}(?:\.\d{1,6})?)\s*(ms|s|min|m|h|)\s*", value)
        value = float(found.group(1)) * UNIT_SECONDS[found.group(2)] if found else None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return float(value) if 0 <= value <= LONGEST_EVERY else None


def _of_type(value: object, hint: object) -> object | None:
    """The value as the field wants it, null where it is of another kind."""
    if isinstance(value, bool):
        return None
    if hint is int:
        return value if isinstance(value, int) else None
    if hint is float:
        return float(value) if isinstance(value, (int, float)) else None
    if isinstance(value, list):
        return tuple(value) if all(isinstance(text, str) for text in value) and hint == tuple[str, ...] else None
    return value if isinstance(value, str) and hint != tuple[str, ...] else None
