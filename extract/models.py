"""The values that cross folders. Read this first.

Source → Page → Article (with Blocks) → Figure; a Skip wherever something ends early, by name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import Literal, Self

from extract.ids import hash_id


class Qualifier(StrEnum):
    """How the words hedge the number; FIGURES.md §2."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    FEWER_THAN = "fewer_than"
    UP_TO = "up_to"
    ABOUT = "about"
    NEARLY = "nearly"
    BETWEEN = "between"
    VAGUE = "vague"


class Aspect(StrEnum):
    """Whether the number is a running total, a level, a step or a difference."""

    CUMULATIVE = "cumulative"
    STOCK = "stock"
    INCREMENT = "increment"
    DIFFERENCE = "difference"


FieldName = Literal["title", "text", "caption"]
Speech = Literal["narrator", "reported", "quoted"]
Modality = Literal["stated", "alleged", "estimated", "expected", "hypothetical"]
PlaceSource = Literal["stated", "inherited"]


class ByPosition:
    """Goes between processes as its values, in a fifth of the time that a frozen dataclass takes by itself."""

    __slots__: tuple[str, ...] = ()

    def values(self) -> tuple[object, ...]:
        """What its fields hold, in their order."""
        return _reader_of(self.__slots__)(self)

    def __reduce__(self) -> tuple[type[Self], tuple[object, ...]]:
        """The class, and what it is made of again."""
        return type(self), self.values()


@cache
def _reader_of(names: tuple[str, ...]) -> Callable[[object], tuple[object, ...]]:
    """What gives the attributes of these names, of which there are several."""
    read: Callable[[object], tuple[object, ...]] = attrgetter(*names)
    return read


@dataclass(frozen=True, slots=True)
class Source:
    """Where articles come from: one `[[source]]` of SOURCES.toml, or what `ingest` was given.

    name: unique among the sources; part of a file page's identity
    every_seconds: least time between two requests to one host
    """

    name: str
    kind: Literal["feed", "sitemap", "urls", "folder", "jsonl", "warc"]
    url: str | None = None
    path: str | None = None
    urls: tuple[str, ...] = ()
    outlet: str | None = None
    language: str | None = None
    every_seconds: float = 1.0
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page(ByPosition):
    """One page as it was read, before anything was understood.

    url: canonical address; for files `file:<source>/<path inside the source>`, never an absolute path
    body: raw bytes; for JSONL records the text or html as UTF-8
    media_type: "text/html" or "text/plain", by the server's word or the file's ending
    charset: as declared outside the body (HTTP header, JSONL); None = look inside
    title, author, published_at, outlet, language: what the record or source says; the page's own word where None
    """

    url: str
    source: str
    body: bytes
    media_type: str
    fetched_at: datetime
    charset: str | None = None
    outlet: str | None = None
    title: str | None = None
    author: str | None = None
    published_at: datetime | None = None
    published_from: str | None = None
    language: str | None = None

    @property
    def page_id(self) -> str:
        """The same for every version of the page."""
        return hash_id("page", self.url)


@dataclass(frozen=True, slots=True)
class Skip:
    """One address or record that became no article, and why.

    reason: a short name that is counted (empty, binary, not_found, index_page, duplicate_address, crash, timeout …)
    detail: for a reader: what was found, and what to do where something can be done
    """

    url: str
    source: str
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Block(ByPosition):
    """One block of the page's visible text, kept or dropped.

    block_no: from 0, in page order
    reason: a dropped block's class by name (donation, caption, share …); for a kept one "text", "title" or "date_line"
    rule: the rule that decided
    """

    block_no: int
    text: str
    kept: bool
    reason: str
    rule: str


@dataclass(frozen=True, slots=True)
class Article(ByPosition):
    """One version of one article: clean text and what is known about it.

    text: without title and captions, paragraphs parted by newlines
    captions: the page's captions, parted by newlines; figures of field "caption" point into it
    published_from: where published_at was found (json-ld, meta, url, text, dateline, source …); with published_at null
        it may name a bound instead, as in "copyright 2022"
    canonical_url: what the page says its address is, http(s) only
    origin: the agency that the text credits ("AFP"), else null
    """

    page_id: str
    url: str
    source: str
    outlet: str | None
    title: str | None
    text: str
    fetched_at: datetime
    captions: str = ""
    author: str | None = None
    published_at: datetime | None = None
    published_from: str | None = None
    modified_at: datetime | None = None
    canonical_url: str | None = None
    language: str | None = None
    origin: str | None = None
    blocks: tuple[Block, ...] = field(default=(), repr=False)

    @property
    def article_id(self) -> str:
        """Page and wording: a changed headline or caption is a new version too, for numbers stand there as well."""
        return hash_id("article", self.page_id, self.title or "", self.text, self.captions)

    def field_text(self, name: FieldName) -> str:
        """The text that a figure's offsets point into."""
        return {"title": self.title or "", "text": self.text, "caption": self.captions}[name]


@dataclass(frozen=True, slots=True)
class Figure(ByPosition):
    """One mention of a number that says something about the world; FIGURES.md §1 explains each field.

    char_start, char_end: offsets into the article's field, end exclusive; the quote is exactly what stands there
    value: as stated, in `unit`; null for a range or a vague word
    low, high: hard bounds, null = unbounded; likely_low, likely_high: as a reader takes them
    part_of, corrects: figure_id of another figure of the same article
    """

    article_id: str
    field: FieldName
    char_start: int
    char_end: int
    quote: str
    sentence: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    likely_low: Decimal | None
    likely_high: Decimal | None
    qualifier: Qualifier
    measure: str
    rule: str
    extractor: str
    unit: str | None = None
    counted: str | None = None
    population: str | None = None
    aspect: Aspect | None = None
    place: str | None = None
    country: str | None = None
    place_source: PlaceSource | None = None
    as_of: date | None = None
    as_of_from: date | None = None
    as_of_to: date | None = None
    claimant: str | None = None
    claimant_kind: str | None = None
    speech: Speech = "narrator"
    modality: Modality = "stated"
    negated: bool = False
    part_of: str | None = None
    corrects: str | None = None
    is_background: bool = False
    trackable: bool = False

    def __post_init__(self) -> None:
        """Refuse what no reader could check."""
        if self.char_end - self.char_start != len(self.quote) or not self.quote:
            msg = f"quote {self.quote!r} does not fill {self.char_start}..{self.char_end} of article {self.article_id}"
            raise ValueError(msg)
        for low, high in ((self.low, self.high), (self.likely_low, self.likely_high)):
            if low is not None and high is not None and low > high:
                raise ValueError(f"bounds {low}..{high} of {self.quote!r} are upside down in article {self.article_id}")

    @property
    def figure_id(self) -> str:
        """Article, field and offsets."""
        return hash_id("figure", self.article_id, self.field, str(self.char_start), str(self.char_end))


@dataclass(frozen=True, slots=True)
class Fetch(ByPosition):
    """One attempt to read one address or file: a row of `fetches`.

    outcome: "page" (bytes were read), "unchanged" (304, or the same bytes as stored), "skipped" (see reason)
    status: HTTP status of the last response, null for files and where no response came
    size_bytes: of the body as read, after decompression
    page_url: the page that the address leads to, at the end of its redirects; null where none was ever read
    """

    url: str
    source: str
    fetched_at: datetime
    outcome: Literal["page", "unchanged", "skipped"]
    reason: str = ""
    detail: str = ""
    status: int | None = None
    size_bytes: int = 0
    seconds: float = 0.0
    sha256: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    page_url: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """One attempt and, where it read something new, its page.

    listed: how many entries a feed, sitemap or list names, those beyond the limit included; null for all else
    """

    record: Fetch
    page: Page | None = None
    listed: int | None = None


@dataclass(frozen=True, slots=True)
class Extracted:
    """What one page came to: an article with its figures, or a named skip."""

    page_url: str
    article: Article | None = None
    figures: tuple[Figure, ...] = ()
    skip: Skip | None = None


@dataclass(frozen=True, slots=True)
class Tracker:
    """A story that somebody named: one `[[tracker]]` of SOURCES.toml.

    words: any of them in title or text; places: as a reader would write them; starts_on, ends_on: days, both included
    """

    name: str
    words: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None
