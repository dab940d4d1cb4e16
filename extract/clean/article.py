"""One page to one article, or to a skip by name. Pure; never raises, whatever the bytes are."""

from __future__ import annotations

from dataclasses import dataclass

from extract.clean.agencies import find_origin
from extract.clean.content import judge_body
from extract.clean.decode import decode_page
from extract.clean.language import find_language
from extract.clean.markup import parse_body, strip_unseen, take_off_tags
from extract.clean.metadata import Facts, facts_of_page, facts_of_text, fill_from_text
from extract.clean.pages import find_page_kind
from extract.clean.plain import Judged, judge_plain
from extract.errors import UnreadablePage
from extract.models import Article, Block, Page, Skip


@dataclass(frozen=True, slots=True)
class _Reading:
    """A page after judging: its blocks and what it says of itself."""

    judged: list[Judged]
    facts: Facts


def clean_page(page: Page) -> Article | Skip:
    """The article of a page with every block of its visible text, or the reason why there is none."""
    if not page.body.strip():
        return Skip(page.url, page.source, "empty", "nothing but white space")
    try:
        text = decode_page(page.body, page.charset)
    except UnreadablePage as error:
        return Skip(page.url, page.source, "binary", str(error))
    reading = _read_markup(page, text) if page.media_type == "text/html" else _read_text(page, text)
    return _build(page, reading)


def _read_text(page: Page, text: str) -> _Reading:
    judged = judge_plain(text, page.title)
    return _Reading(judged, facts_of_text(page, judged))


def _read_markup(page: Page, markup: str) -> _Reading:
    shown, json_ld = strip_unseen(markup)
    parsed = parse_body(shown)
    if parsed is None:
        return _read_text(page, take_off_tags(shown))
    tree, body = parsed
    facts = facts_of_page(page, tree, json_ld)
    judged = judge_body(body, facts.title)
    return _Reading(judged, fill_from_text(facts, judged, page))


def _build(page: Page, reading: _Reading) -> Article | Skip:
    judged, facts = reading.judged, reading.facts
    text = "\n".join(block.text for block in judged if block.verdict.reason == "text")
    kind = find_page_kind(judged, facts.title) if page.media_type == "text/html" else None
    if kind is not None:
        return Skip(page.url, page.source, *kind)
    if not text:
        return Skip(page.url, page.source, "no_text", "no line of the page reads like an article")
    titles = [block.text for block in judged if block.verdict.reason == "title"]
    captions = [block.text for block in judged if block.verdict.reason == "caption"]
    blocks = tuple(
        Block(number, block.text, block.kept, block.verdict.reason, block.verdict.rule)
        for number, block in enumerate(judged)
    )
    return Article(
        page_id=page.page_id,
        url=page.url,
        source=page.source,
        outlet=page.outlet or facts.outlet,
        title=facts.title or (titles[0] if titles else None),
        text=text,
        fetched_at=page.fetched_at,
        captions="\n".join(captions),
        author=page.author or facts.author,
        published_at=page.published_at or facts.published_at,
        published_from=(page.published_from or "source") if page.published_at else facts.published_from,
        modified_at=facts.modified_at,
        canonical_url=facts.canonical_url,
        language=page.language or find_language(text),
        origin=find_origin(judged),
        blocks=blocks,
    )
