"""What the rows of an article must hold to before they may land."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import chain

from extract.models import Article, Figure
from warehouse.records import Broken

GREATEST = Decimal(10) ** 22  # DECIMAL(28, 6) holds 22 digits before the point


def find_broken_rule(article: Article, figures: tuple[Figure, ...]) -> Broken | None:
    """The first rule that the article or a figure of it breaks, or None where all is well."""
    for rule, detail in chain(_article_faults(article), _figure_faults(article, figures)):
        return Broken(article_id=article.article_id, url=article.url, rule=rule, detail=detail)
    return None


def _article_faults(article: Article) -> Iterator[tuple[str, str]]:
    for name in ("fetched_at", "published_at", "modified_at"):
        moment = getattr(article, name)
        if moment is not None and moment.tzinfo is None:
            yield "moment_without_zone", f"{name} is {moment.isoformat()} without a zone"
    if not article.text.strip():
        yield "no_text", "the article has no text"
    numbers = [block.block_no for block in article.blocks]
    if numbers != list(range(len(numbers))):
        yield "blocks_out_of_order", f"blocks are numbered {numbers[:10]}"
    yield from _broken_words(_words(article))
    if not _is_unicode("\n".join(block.text for block in article.blocks)):
        yield from _broken_words(block.text for block in article.blocks)


def _figure_faults(article: Article, figures: tuple[Figure, ...]) -> Iterator[tuple[str, str]]:
    article_id = article.article_id  # a hash over the whole text: taken once
    ids = {figure.figure_id for figure in figures}
    if len(ids) < len(figures):
        yield "two_figures_in_one_place", f"{len(figures)} figures stand in {len(ids)} places"
    for figure in figures:
        if figure.article_id != article_id:
            yield "figure_of_another_article", f"{figure.quote!r} belongs to {figure.article_id}"
        yield from _place_faults(article, figure)
        yield from _number_faults(figure)
        if not _is_unicode("".join(_words(figure))):
            yield "broken_characters", f"half a character in a word of {figure.quote!a}"
        for name, other in (("part_of", figure.part_of), ("corrects", figure.corrects)):
            if other is not None and other not in ids:
                yield "figure_unknown", f"{name} of {figure.quote!r} names {other}, which is no figure of the article"


def _place_faults(article: Article, figure: Figure) -> Iterator[tuple[str, str]]:
    text = article.field_text(figure.field)
    if not 0 <= figure.char_start < figure.char_end <= len(text):
        yield (
            "offsets_outside_text",
            f"{figure.char_start}..{figure.char_end} of {len(text)} characters of the {figure.field}",
        )
    elif text[figure.char_start : figure.char_end] != figure.quote:
        yield (
            "quote_not_at_its_place",
            f"{figure.quote!r}, but {text[figure.char_start : figure.char_end]!r} stands there",
        )


def _number_faults(figure: Figure) -> Iterator[tuple[str, str]]:
    numbers = (figure.value, figure.low, figure.high, figure.likely_low, figure.likely_high)
    if not all(number is None or (number.is_finite() and abs(number) < GREATEST) for number in numbers):
        yield "number_too_great", f"{figure.quote!r} gives {', '.join(map(str, numbers))}"
        return
    for low, high in ((figure.low, figure.high), (figure.likely_low, figure.likely_high)):
        if low is not None and high is not None and low > high:
            yield "bounds_upside_down", f"{figure.quote!r} gives {low}..{high}"
    days = (figure.as_of_from, figure.as_of_to)
    if days[0] is not None and days[1] is not None and days[0] > days[1]:
        yield "days_upside_down", f"{figure.quote!r} speaks of {days[0]}..{days[1]}"


def _words(value: Article | Figure) -> list[str]:
    """Its fields that are text."""
    return [cell for cell in value.values() if isinstance(cell, str)]


def _broken_words(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    for word in words:
        if not _is_unicode(word):
            yield "broken_characters", f"half a character in {word[:80]!a}"


def _is_unicode(text: str) -> bool:
    """Whether the text can be stored; a lone surrogate cannot."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
