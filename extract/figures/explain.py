"""One article with its figures marked, and for each the rule that fired: what a person reads to mend a rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from extract.models import Article, FieldName, Figure

SHOWN_FIELDS: tuple[FieldName, ...] = ("title", "text", "caption")
OPEN, CLOSE = "⟦", "⟧"
_LEFT_OUT = frozenset({"article_id", "field", "char_start", "char_end", "quote", "sentence", "extractor"})


@dataclass(frozen=True, slots=True)
class ExplainedFigure:
    """One figure for a reader.

    number: from 1, as it stands at the mark in the text; rule: the rule that fired
    record: (column, printed value) of every column that says something, in the order of `Figure`
    """

    number: int
    quote: str
    sentence: str
    rule: str
    record: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """An article as explained: its marked fields (name, text with ⟦quotes⟧ and numbers) and its figures."""

    title: str
    marked: tuple[tuple[FieldName, str], ...]
    figures: tuple[ExplainedFigure, ...]


def explain(article: Article, figures: Sequence[Figure]) -> Explanation:
    """Mark the figures in the article's fields and print each one's record; pure."""
    ordered = sorted(figures, key=lambda figure: (SHOWN_FIELDS.index(figure.field), figure.char_start))
    numbers = {figure.figure_id: number for number, figure in enumerate(ordered, start=1)}
    marked = tuple(
        (name, _mark(article.field_text(name), [figure for figure in ordered if figure.field == name], numbers))
        for name in SHOWN_FIELDS
        if article.field_text(name)
    )
    explained = tuple(
        ExplainedFigure(
            numbers[figure.figure_id], figure.quote, figure.sentence, figure.rule, tuple(_record(figure, numbers))
        )
        for figure in ordered
    )
    return Explanation(article.title or article.url, marked, explained)


def explanation_lines(explanation: Explanation) -> list[str]:
    """The explanation as plain lines for a terminal; nothing in them is mark-up."""
    lines = [explanation.title, ""]
    for name, text in explanation.marked:
        lines += [f"[{name}]", *text.splitlines(), ""]
    for figure in explanation.figures:
        lines.append(f"{figure.number}. {figure.quote}    rule: {figure.rule}")
        lines += [f"     {column}: {value}" for column, value in figure.record]
    if not explanation.figures:
        lines.append("no figures")
    return lines


def _mark(text: str, figures: Sequence[Figure], numbers: dict[str, int]) -> str:
    parts: list[str] = []
    position = 0
    for figure in figures:
        start = max(position, figure.char_start)
        parts += [text[position:start], OPEN, text[start : figure.char_end], CLOSE, str(numbers[figure.figure_id])]
        position = max(position, figure.char_end)
    return "".join([*parts, text[position:]])


def _record(figure: Figure, numbers: dict[str, int]) -> Iterator[tuple[str, str]]:
    for column in fields(figure):
        value = getattr(figure, column.name)
        if column.name in _LEFT_OUT or value is None or value is False:
            continue
        if column.name in ("part_of", "corrects"):
            value = f"figure {numbers.get(value, value)}"
        yield column.name, _printed(value)


def _printed(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date):
        return value.isoformat()
    return "yes" if value is True else str(value)
