"""Furniture: lines that stand on many pages of an outlet are no part of any of its articles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from extract.clean.lines import read_line
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
    pages: Counter[tuple[str, str]] = Counter()
    texts: dict[str, set[str]] = defaultdict(set)
    for article in articles:
        outlet = article.outlet or article.source
        if article.text in texts[outlet]:
            continue
        texts[outlet].add(article.text)
        pages.update({(outlet, line) for line in _lines(article)})
    return [_without(article, pages, seen, len(texts[article.outlet or article.source])) for article in articles]


def _lines(article: Article) -> set[str]:
    return {read_line(block.text).key for block in article.blocks if block.reason == "text"}


def _is_furniture(line: str, pages: int, all_pages: int) -> bool:
    fewest = FEWEST_PAGES if len(line.split()) >= SHORT_WORDS else FEWEST_PAGES_SHORT
    return pages >= fewest and pages >= LEAST_SHARE * all_pages


def _without(
    article: Article, pages: Mapping[tuple[str, str], int], seen: Mapping[tuple[str, str], int], all_pages: int
) -> Article:
    outlet = article.outlet or article.source
    blocks: list[Block] = []
    for block in article.blocks:
        line = (outlet, read_line(block.text).key)
        count = pages.get(line, 0) + seen.get(line, 0)
        if block.reason == "text" and _is_furniture(line[1], count, all_pages):
            blocks.append(replace(block, kept=False, reason="furniture", rule="on-many-pages"))
        else:
            blocks.append(block)
    text = "\n".join(block.text for block in blocks if block.reason == "text")
    if not text or text == article.text:
        return article
    return replace(article, text=text, blocks=tuple(blocks))
