"""Furniture: lines that stand on many pages of an outlet are no part of any of its articles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from extract.clean.lines import key_of
from extract.models import Article, Block

# On so many pages of one outlet a line is furniture; two pages can be copies of one report.
FEWEST_PAGES = 3
# A line on a smaller share of an outlet's pages may be a refrain of a series.
LEAST_SHARE = 0.2
# Below this many words a line may be a subheading that returns ("Background"); it must stand on more pages.
SHORT_WORDS = 4
FEWEST_PAGES_SHORT = 5


def drop_furniture(articles: Sequence[Article], seen: Mapping[tuple[str, str], int]) -> list[Article]:
    """The same articles without the lines that return on the pages of their outlet.

    seen: on how many pages of an earlier run a line stood, by (outlet, line in lower case); {} in the first run
    Copies of one text count as one page, for a report that is printed five times is not furniture.
    """
    lines = [_lines(article) for article in articles]
    pages: dict[str, Counter[str]] = defaultdict(Counter)
    texts: dict[str, set[str]] = defaultdict(set)
    for article, printed in zip(articles, lines, strict=True):
        outlet = _outlet(article)
        if article.text not in texts[outlet]:
            texts[outlet].add(article.text)
            pages[outlet].update(set(printed))
    kept: list[Article] = []
    for article, printed in zip(articles, lines, strict=True):
        outlet = _outlet(article)
        counts = {line: pages[outlet][line] + seen.get((outlet, line), 0) for line in printed}
        kept.append(_without(article, printed, _furniture(counts, len(texts[outlet]))))
    return kept


def _outlet(article: Article) -> str:
    return article.outlet or article.source


def _lines(article: Article) -> list[str]:
    """The lines of the text, one a block, as they are compared."""
    return [key_of(block.text) for block in article.blocks if block.reason == "text"]


def _furniture(counts: Mapping[str, int], all_pages: int) -> set[str]:
    """The lines that stand on enough pages, out of those of one article."""
    least = max(FEWEST_PAGES, LEAST_SHARE * all_pages)
    return {
        line
        for line, pages in counts.items()
        if pages >= least and (pages >= FEWEST_PAGES_SHORT or len(line.split()) >= SHORT_WORDS)
    }


def _without(article: Article, lines: Sequence[str], furniture: Collection[str]) -> Article:
    if not furniture:
        return article
    blocks: list[Block] = []
    printed = iter(lines)
    for block in article.blocks:
        if block.reason == "text" and next(printed) in furniture:
            blocks.append(replace(block, kept=False, reason="furniture", rule="on-many-pages"))
        else:
            blocks.append(block)
    text = "\n".join(block.text for block in blocks if block.reason == "text")
    if not text or text == article.text:
        return article
    return replace(article, text=text, blocks=tuple(blocks))
