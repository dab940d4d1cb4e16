"""Articles from files: one file, or all under a folder; each file, or record in it, ends in exactly one Fetched."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from extract.fetch import media
from extract.fetch.jsonl import read_jsonl
from extract.fetch.records import new_page, skipped
from extract.fetch.settings import FetchSettings, Known
from extract.fetch.warc import read_warc
from extract.models import Fetched, Page, Source

TEXT_ENDINGS: Final = {".txt": "text/plain", ".text": "text/plain", ".md": "text/plain"}
HTML_ENDINGS: Final = {".html": "text/html", ".htm": "text/html", ".xhtml": "text/html"}
PAGE_ENDINGS: Final = TEXT_ENDINGS | HTML_ENDINGS
JSONL_ENDINGS: Final = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
WARC_ENDINGS: Final = (".warc", ".warc.gz")
DEEPEST_FOLDER: Final = 60


class UnreadableFile(Exception):  # noqa: N818, RUF100 - named for what went wrong
    """A file that cannot be read: the reason by name and a detail for a reader."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(reason, detail)
        self.reason, self.detail = reason, detail


@dataclass(frozen=True, slots=True)
class FileReader:
    """Reads the files of one source.

    known: what is stored, by the url that a Fetched would have
    """

    source: Source
    settings: FetchSettings
    known: Mapping[str, Known]
    now: Callable[[], datetime]

    def read(self) -> Iterator[Fetched]:
        """Everything at the source's path, in the order of the paths, so that the disk's own order never matters."""
        path = Path(self.source.path or "")
        try:
            mode = path.stat().st_mode
        except (OSError, ValueError) as error:
            yield self._skip("", "missing_path", f"{self.source.path}: {_words(error)}")
            return
        if stat.S_ISDIR(mode):
            yield from self._read_folder(path)
        else:
            yield from self._read_file(path, path.name)

    def _read_folder(self, top: Path) -> Iterator[Fetched]:
        found = False
        for outcome in self._walk(top, top.resolve(), "", 0):
            found = True
            yield outcome
        if not found:
            yield self._skip("", "no_articles", "the folder is empty")

    def _walk(self, folder: Path, top: Path, inside: str, depth: int) -> Iterator[Fetched]:
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: os.fsencode(entry.name))
        except OSError as error:
            yield self._skip(inside, "unreadable", _words(error))
            return
        for entry in entries:
            name = inside + _written(entry.name)
            if entry.name.startswith("."):
                yield self._skip(name, "hidden")
            elif entry.is_dir(follow_symlinks=False):
                if depth < DEEPEST_FOLDER:
                    yield from self._walk(Path(entry.path), top, f"{name}/", depth + 1)
                else:
                    yield self._skip(name, "unreadable", f"more than {DEEPEST_FOLDER} folders deep")
            elif entry.is_symlink() and (reason := _refused_link(Path(entry.path), top)):
                yield self._skip(name, reason)
            else:
                yield from self._read_file(Path(entry.path), name)

    def _read_file(self, path: Path, name: str) -> Iterator[Fetched]:
        lower = path.name.lower()
        if lower.endswith(JSONL_ENDINGS) or self.source.kind == "jsonl":
            yield from self._read_many(path, name, read_jsonl)
        elif lower.endswith(WARC_ENDINGS) or self.source.kind == "warc":
            yield from self._read_many(path, name, read_warc)
        else:
            yield self._read_page(path, name)

    def _read_many(self, path: Path, name: str, read: Callable[..., Iterator[Fetched]]) -> Iterator[Fetched]:
        try:
            with os.fdopen(_open_plain(path), "rb") as stream:
                yield from read(
                    stream, name=name, source=self.source, settings=self.settings, known=self.known, now=self.now
                )
        except UnreadableFile as error:
            yield self._skip(name, error.reason, error.detail)
        except OSError as error:
            yield self._skip(name, "unreadable", _words(error))

    def _read_page(self, path: Path, name: str) -> Fetched:
        try:
            body, kind = self._body_and_type(path)
        except UnreadableFile as error:
            return self._skip(name, error.reason, error.detail)
        except OSError as error:
            return self._skip(name, "unreadable", _words(error))
        page = Page(
            url=self._url(name),
            source=self.source.name,
            body=body,
            media_type=kind,
            fetched_at=self.now(),
            outlet=self.source.outlet,
            language=self.source.language,
        )
        return new_page(page, self.known)

    def _body_and_type(self, path: Path) -> tuple[bytes, str]:
        """The bytes of a file that may be an article, and their media type. Raises UnreadableFile or OSError."""
        ending = path.suffix.lower()
        if ending and ending not in PAGE_ENDINGS:
            raise UnreadableFile("not_an_article_type", f"ends in {ending[:20]}; read are {', '.join(_endings())}")
        body = _read_bytes(path, self.settings.max_bytes)
        if not body.strip():
            raise UnreadableFile("empty", "")
        if media.looks_binary(body):
            raise UnreadableFile("binary", "")
        declared = PAGE_ENDINGS.get(ending, "")
        kind = declared if declared == "text/plain" else media.article_type(body, declared)
        if kind is None:
            raise UnreadableFile("not_an_article_type", "a feed or sitemap")
        return body, kind

    def _url(self, name: str) -> str:
        return f"file:{self.source.name}/{name}"

    def _skip(self, name: str, reason: str, detail: str = "") -> Fetched:
        return skipped(self._url(name), self.source.name, self.now(), reason, detail)


def _endings() -> list[str]:
    return [*sorted(PAGE_ENDINGS), *JSONL_ENDINGS, *WARC_ENDINGS]


def _refused_link(path: Path, top: Path) -> str | None:
    """The reason not to follow a symbolic link, or null for one to a file inside the folder."""
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return "symlink_outside"
    if not target.is_relative_to(top):
        return "symlink_outside"
    return "symlink" if target.is_dir() else None


def _open_plain(path: Path) -> int:
    """A descriptor of a regular file; a pipe is never waited for. Raises UnreadableFile or OSError."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise UnreadableFile("not_a_file", "")
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise UnreadableFile("not_a_file", "")
    return descriptor


def _read_bytes(path: Path, limit: int) -> bytes:
    with os.fdopen(_open_plain(path), "rb") as stream:
        size = os.fstat(stream.fileno()).st_size
        if size <= limit:
            body = stream.read(size + 1)  # so many bytes are made room for first
            if len(body) > size:  # it grew, or its system tells no size
                body += stream.read(limit + 1 - len(body))
            if len(body) <= limit:
                return body
    raise UnreadableFile("too_large", f"{size:,} bytes, the limit is {limit:,}")


def _written(name: str) -> str:
    """A file's name as it may stand in an address: bytes that are no UTF-8 and control characters as %XX."""
    if name.isprintable() and "%" not in name:
        return name
    return "".join(
        char if char.isprintable() and char != "%" else "".join(f"%{byte:02X}" for byte in os.fsencode(char))
        for char in name
    )


def _words(error: Exception) -> str:
    """What the system says, without its path."""
    return getattr(error, "strerror", None) or type(error).__name__
