"""What a page says of itself: title, author, outlet, moments, address; JSON-LD before meta before the text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin, urlsplit

from lxml.etree import XPath, _Element

from extract.clean.bylines import read_byline
from extract.clean.moments import EARLIEST, parse_moment, read_dateline
from extract.clean.plain import Judged
from extract.models import Page

_ARTICLE_TYPES = frozenset(
    {
        "article",
        "newsarticle",
        "reportagenewsarticle",
        "blogposting",
        "liveblogposting",
        "analysisnewsarticle",
        "opinionnewsarticle",
    }
    | {
        "backgroundnewsarticle",
        "reviewnewsarticle",
        "report",
        "techarticle",
        "advertisercontentarticle",
        "scholarlyarticle",
    }
)
_text_inside = XPath("string()")
_JSON_LONGEST = 2_000_000
_DEEPEST = 6
_MOST_NODES = 2000
_TITLE_END = re.compile(r"\s+(?:[|»·]|[–—-](?=\s))\s+(?=[^|»·–—]{2,60}$)")
_COPYRIGHT_YEAR = re.compile(r"(?:©|\(c\)|copyright)\D{0,40}?((?:19|20)\d\d)\b", re.IGNORECASE)
_URL_DAY = re.compile(
    r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/-]|$|\.|_)|[-_/]((?:19|20)\d\d)(\d\d)(\d\d)(?=\D|$)"
)
# A page can be stamped a little ahead by a clock or a zone that is wrong.
_AHEAD = timedelta(days=1, hours=2)
_META_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "date.published", "publish-date", "pubdate",
    "publishdate", "publication_date", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.created",
    "dc.date", "article.published", "cxenseparse:recs:publishtime", "originalpublicationdate", "date",
)  # fmt: skip
_META_MODIFIED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "last-modified",
    "lastmod",
)
_META_TITLE = ("og:title", "twitter:title", "parsely-title", "dc.title", "headline")
_META_AUTHOR = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl", "og:author")
_META_OUTLET = ("og:site_name", "application-name", "publisher", "dc.publisher")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about an article beside its text; see extract.models.Article."""

    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    published_at: datetime | None = None
    published_from: str | None = None
    modified_at: datetime | None = None
    canonical_url: str | None = None


def read_moment(value: object, fetched_at: datetime) -> datetime | None:
    """A moment as machines write it, or as people print it; null where it is none or impossible.

    Impossible: before 1900, or more than a day after the page was fetched.
    """
    if not isinstance(value, str) or not 6 <= len(value.strip()) <= 80:  # noqa: PLR2004  # characters of a date
        return None
    text = value.strip()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        found = parse_moment(text)
        if found is None:
            return None
        moment = found
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    try:
        moment = moment.astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    return moment if EARLIEST <= moment <= fetched_at + _AHEAD else None


def _walk(node: object) -> Iterator[Mapping[str, object]]:
    """All objects of a JSON-LD document, outermost first, within bounds."""
    waiting = [(node, 0)]
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        current, depth = waiting.pop(0)
        if isinstance(current, dict):
            yield current
        if depth < _DEEPEST and isinstance(current, (dict, list)):
            children = current.values() if isinstance(current, dict) else current
            waiting.extend((child, depth + 1) for child in children if isinstance(child, (dict, list)))


def _article_object(json_ld: Iterable[str]) -> Mapping[str, object]:
    """The first JSON-LD object that is an article; empty where there is none."""
    for source in json_ld:
        if len(source) > _JSON_LONGEST:
            continue
        try:
            document = json.loads(source.strip().removeprefix("<![CDATA[").removesuffix("]]>"), strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _walk(document):
            kinds = node.get("@type")
            names = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(name, str) and name.lower() in _ARTICLE_TYPES for name in names):
                return node
    return {}


def _name(value: object) -> str | None:
    """A name out of JSON-LD: a string, an object with a name, or the names of a list."""
    if isinstance(value, str):
        return _tidy(value)
    if isinstance(value, dict):
        return _name(value.get("name")) if isinstance(value.get("name"), str) else None
    if isinstance(value, list):
        return ", ".join(filter(None, (_name(entry) for entry in value[:10] if not isinstance(entry, list)))) or None
    return None


def _tidy(value: str) -> str | None:
    text = " ".join(value.split())[:500]
    return None if not text or text.startswith(("http://", "https://", "@")) else text


def _metas(tree: _Element) -> dict[str, str]:
    """The first content of each meta name, property or itemprop; names in lower case."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content")
        if name and content and content.strip():
            found.setdefault(name.strip().lower(), content.strip())
    return found


def _first(metas: Mapping[str, str], names: Sequence[str]) -> str | None:
    return next((tidy for name in names if name in metas and (tidy := _tidy(metas[name]))), None)


def _text_of(element: _Element) -> str:
    return str(_text_inside(element))


def _heading(tree: _Element) -> str | None:
    """The page's only first-level heading, or the one inside its article."""
    headings = list(tree.iter("h1"))
    if len(headings) > 1:
        headings = [heading for heading in headings if next(heading.iterancestors("article", "main"), None) is not None]
    if len(headings) != 1:
        return None
    return _tidy(_text_of(headings[0]))


def _page_title(tree: _Element) -> str | None:
    element = tree.find(".//title")
    text = _tidy(_text_of(element)) if element is not None else None
    return _TITLE_END.split(text)[0] if text else None


def find_title(tree: _Element, metas: Mapping[str, str], node: Mapping[str, object]) -> str | None:
    """The headline: as the page shows it where that agrees with what it says of itself."""
    stated = _name(node.get("headline")) or _first(metas, _META_TITLE) or _page_title(tree)
    shown = _heading(tree)
    if stated is None or shown is None:
        return shown or (stated and _TITLE_END.split(stated)[0])
    return shown if _words(shown) & _words(stated) else _TITLE_END.split(stated)[0]


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.lower()) if len(word) > 3}  # noqa: PLR2004  # letters


def _canonical(tree: _Element, metas: Mapping[str, str], url: str) -> str | None:
    stated = next(
        (link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"), None
    )
    for candidate in (stated, metas.get("og:url")):
        if not candidate:
            continue
        try:
            absolute = urljoin(url, candidate.strip()) if url.startswith("http") else candidate.strip()
            parts = urlsplit(absolute)
        except ValueError:
            continue
        if parts.scheme in {"http", "https"} and parts.hostname and len(absolute) < 2000:  # noqa: PLR2004  # longest address
            return absolute
    return None


def _url_day(url: str, fetched_at: datetime) -> datetime | None:
    match = _URL_DAY.search(url)
    if match is None:
        return None
    year, month, day = (group for group in match.groups() if group)
    try:
        moment = datetime(int(year), int(month), int(day), tzinfo=UTC)
    except ValueError:
        return None
    return moment if EARLIEST <= moment <= fetched_at + _AHEAD else None


def _time_tag(tree: _Element, fetched_at: datetime) -> datetime | None:
    for element in list(tree.iter("time"))[:20]:
        moment = read_moment(element.get("datetime") or _text_of(element), fetched_at)
        if moment is not None:
            return moment
    return None


def _first_moment(values: Iterable[tuple[str, object]], fetched_at: datetime) -> tuple[datetime | None, str | None]:
    for source, value in values:
        moment = value if isinstance(value, datetime) else read_moment(value, fetched_at)
        if moment is not None:
            return moment, source
    return None, None


def facts_of_page(page: Page, tree: _Element, json_ld: Sequence[str]) -> Facts:
    """What a page of HTML says of itself; the text's own dates are added by facts_of_blocks."""
    metas, node = _metas(tree), _article_object(json_ld)
    published_at, published_from = _first_moment(
        [("json-ld", node.get("datePublished"))]
        + [("meta", metas.get(name)) for name in _META_PUBLISHED]
        + [("time", _time_tag(tree, page.fetched_at))],
        page.fetched_at,
    )
    modified_at, _ = _first_moment(
        [("json-ld", node.get("dateModified"))] + [("meta", metas.get(name)) for name in _META_MODIFIED],
        page.fetched_at,
    )
    return Facts(
        title=page.title or find_title(tree, metas, node),
        author=_name(node.get("author")) or _first(metas, _META_AUTHOR),
        outlet=_first(metas, _META_OUTLET) or _name(node.get("publisher")),
        published_at=published_at,
        published_from=published_from,
        modified_at=modified_at,
        canonical_url=_canonical(tree, metas, page.url),
    )


def facts_of_text(page: Page, judged: Sequence[Judged]) -> Facts:
    """What the lines of a text say: date line, dateline, byline; a copyright year only bounds the date."""
    first = next((block.text for block in judged if block.verdict.reason == "text"), "")
    published_at, published_from = _first_moment(
        [("text", block.text) for block in judged if block.verdict.reason == "date_line"]
        + [("url", _url_day(page.url, page.fetched_at))]
        + [("dateline", read_dateline(first))],
        page.fetched_at,
    )
    if published_at is None:
        years = (_COPYRIGHT_YEAR.search(block.text) for block in judged if block.verdict.reason == "copyright")
        year = next((match[1] for match in years if match), None)
        published_from = f"copyright {year}" if year else None
    bylines = (block.text for block in judged if block.verdict.reason == "byline")
    return Facts(
        title=page.title,
        author=read_byline(next(bylines, None)),
        published_at=published_at,
        published_from=published_from,
    )


def fill_from_text(facts: Facts, judged: Sequence[Judged], page: Page) -> Facts:
    """The same facts; what the page's machine-readable part left open is taken from its printed lines."""
    printed = facts_of_text(page, judged)
    published = facts if facts.published_at is not None else printed
    return replace(
        facts,
        author=facts.author or printed.author,
        published_at=published.published_at,
        published_from=published.published_from,
    )
