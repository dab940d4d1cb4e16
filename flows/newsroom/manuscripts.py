"""The newsroom's articles and outlets as they lie in their files, before they are set in a page.

An article file holds TOML between two lines of `+++`, then paragraphs parted by blank lines. `edition2/` holds what is
new in the second edition and, under its old name, what was changed; all else is taken over from `edition1/`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal
from zlib import crc32

Edition = Literal[1, 2]

LAST_EDITION: Final = 2
FOLDER: Final = Path(__file__).parent
SCHEME: Final = "http"  # on loopback there is no certificate for an invented host


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture with its words, set after a paragraph (counted from 1)."""

    caption: str
    credit: str
    after: int


@dataclass(frozen=True, slots=True)
class Outlet:
    """One invented outlet.

    key: names its template
    source: how its articles are found, by feed or by news sitemap
    quotes: which quotation marks it prints
    disallow: paths that its robots.txt forbids
    unlisted: entries of its feed that lead to no article
    """

    key: str
    name: str
    host: str
    tagline: str
    source: Literal["feed", "sitemap"]
    language: str
    quotes: Literal["straight", "curly"]
    listing: str
    disallow: tuple[str, ...] = ()
    unlisted: tuple[Mapping[str, str], ...] = ()

    @property
    def home(self) -> str:
        """The address of the front page."""
        return f"{SCHEME}://{self.host}/"

    @property
    def feed(self) -> str:
        """The address of the feed or sitemap."""
        return f"{SCHEME}://{self.host}{self.listing}"


@dataclass(frozen=True, slots=True)
class Manuscript:
    """One version of one article of the newsroom.

    slug: its file's name, by which `expected.toml` speaks of it
    saved_at: when the page was last touched; a silent change shows here and nowhere on the page
    plain: served as text, not as HTML
    """

    slug: str
    outlet: Outlet
    path: str
    title: str
    deck: str
    author: str
    byline: str
    published_at: datetime
    saved_at: datetime
    section: str
    shares: int
    comments: int
    plain: bool
    paragraphs: tuple[str, ...] = field(repr=False)
    photos: tuple[Photo, ...] = field(default=(), repr=False)

    @property
    def address(self) -> str:
        """The canonical address; the same whatever port the newsroom is served on."""
        return f"{SCHEME}://{self.outlet.host}{self.path}"

    @property
    def number(self) -> int:
        """A content system's number of the article, stable and meaningless."""
        return 10_000 + crc32(self.slug.encode()) % 90_000

    def photos_after(self, paragraph: int) -> tuple[Photo, ...]:
        """The photos that stand after a paragraph, counted from 1."""
        return tuple(photo for photo in self.photos if photo.after == paragraph)


@cache
def outlets() -> Mapping[str, Outlet]:
    """The five outlets by key."""
    entries = tomllib.loads((FOLDER / "outlets.toml").read_text("utf-8"))
    return {
        key: Outlet(
            key=key,
            **{**entry, "disallow": tuple(entry["disallow"]), "unlisted": tuple(entry.get("unlisted", ()))},
        )
        for key, entry in entries.items()
    }


@cache
def manuscripts(edition: Edition) -> Mapping[str, Manuscript]:
    """All articles of an edition by slug, oldest first."""
    files: dict[str, Path] = {}
    for number in range(1, edition + 1):
        files |= {path.stem: path for path in sorted((FOLDER / f"edition{number}").glob("*.txt"))}
    read = {slug: _split(path) for slug, path in files.items()}
    found = [_manuscript(slug, head, _paragraphs(head, body, read)) for slug, (head, body) in read.items()]
    return {each.slug: each for each in sorted(found, key=lambda each: (each.published_at, each.slug))}


def _split(path: Path) -> tuple[dict[str, Any], tuple[str, ...]]:
    _, head, body = re.split(r"^\+\+\+$", path.read_text("utf-8"), maxsplit=2, flags=re.MULTILINE)
    return tomllib.loads(head), tuple(" ".join(part.split()) for part in body.strip().split("\n\n"))


def _paragraphs(
    head: Mapping[str, Any], body: tuple[str, ...], read: Mapping[str, tuple[dict[str, Any], tuple[str, ...]]]
) -> tuple[str, ...]:
    """The article's own paragraphs; a reprint takes over all but the first of the agency's, and may cut the last."""
    if "body_of" not in head:
        return body
    copied = read[head["body_of"]][1][1:]
    return body + copied[: len(copied) - head["drop_last"]]


def _manuscript(slug: str, head: Mapping[str, Any], paragraphs: tuple[str, ...]) -> Manuscript:
    outlet = outlets()[head["outlet"]]
    read = Manuscript(
        slug=slug,
        outlet=outlet,
        path=head["path"],
        title=head["title"],
        deck=head["deck"],
        author=head["author"],
        byline=head.get("byline", head["author"]),
        published_at=head["published_at"],
        saved_at=head.get("saved_at", head["published_at"]),
        section=head["section"],
        shares=head["shares"],
        comments=head["comments"],
        plain=head.get("plain", False),
        paragraphs=paragraphs,
        photos=tuple(Photo(**photo) for photo in head.get("photos", ())),
    )
    return _with_curly_quotes(read) if outlet.quotes == "curly" else read


def _with_curly_quotes(read: Manuscript) -> Manuscript:
    return replace(
        read,
        title=_curly(read.title),
        deck=_curly(read.deck),
        paragraphs=tuple(map(_curly, read.paragraphs)),
        photos=tuple(replace(photo, caption=_curly(photo.caption)) for photo in read.photos),
    )


def _curly(text: str) -> str:
    return re.sub(r'(?:(?<=\s)|^)"', "“", text).replace('"', "”").replace("'", "\u2019")
