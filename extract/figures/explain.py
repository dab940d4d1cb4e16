"""One article with its figures marked, and for each the rule that fired: what a person reads to mend a rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from extract.figures.tables import load_table
from extract.models import Article, FieldName, Figure

SHOWN_FIELDS: tuple[FieldName, ...] = ("title", "text", "caption")
OPEN, CLOSE = "⟦", "⟧"
# What a reader asks of a figure, and the columns that answer.
_QUESTIONS = {
    "how many": ("value", "low", "high", "likely_low", "likely_high", "qualifier", "unit"),
    "of what": ("measure", "aspect", "counted", "population", "negated"),
    "where": ("place", "country", "place_source"),
    "when": ("as_of", "as_of_from", "as_of_to", "is_background"),
    "who says so": ("claimant", "claimant_kind", "speech", "modality"),
    "beside others": ("part_of", "corrects"),
    "for the time line": ("trackable",),
}


@dataclass(frozen=True, slots=True)
class ExplainedFigure:
    """One figure for a reader.

    number: from 1, as it stands at the mark in the text; rule: the rule that fired; why: the same in words
    record: (column, printed value) of every column that says something, by the questions of a reader
    """

    number: int
    quote: str
    sentence: str
    rule: str
    why: str
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
            numbers[figure.figure_id],
            figure.quote,
            figure.sentence,
            figure.rule,
            rule_in_words(figure.rule),
            tuple(_record(figure, numbers)),
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
        lines += figure_lines(figure)
    if not explanation.figures:
        lines.append("no figures")
    return lines


def figure_lines(figure: ExplainedFigure) -> list[str]:
    """One figure: its quote and rule, why the rule fired, one line for each question of a reader, its sentence."""
    lines = [f"{figure.number}. {figure.quote}    rule: {figure.rule}", f"     why: {figure.why}"]
    record = dict(figure.record)
    for question, columns in _QUESTIONS.items():
        answers = [f"{column} {record[column]}" for column in columns if column in record]
        if answers:
            lines.append(f"     {question}: {', '.join(answers)}")
    return [*lines, f"     sentence: {' '.join(figure.sentence.split())}"]


def rule_in_words(rule: str) -> str:
    """Why a rule fired and where it is mended: "object:killed" -> the verb "killed" before it …, see measures.toml.

    A rule that leans on another figure's names that one's rule behind it: "part:object:killed".
    """
    table = load_table("rules")
    name, _, words = rule.partition(":")
    lead = ""
    if name == "parse":
        name, _, words = words.partition(" ")
        lead = "by the parse of the sentence, "
    entry = table.get(name)
    if entry is None:
        return rule
    said = lead + entry["says"].replace("{}", words)
    inner = (
        f"; that one: {rule_in_words(words)}" if words.partition(":")[0] in table and "{}" not in entry["says"] else ""
    )
    return f"{said}{inner}" if inner else f"{said} ({entry['look']})"


def _mark(text: str, figures: Sequence[Figure], numbers: dict[str, int]) -> str:
    parts: list[str] = []
    position = 0
    for figure in figures:
        start = max(position, figure.char_start)
        parts += [text[position:start], OPEN, text[start : figure.char_end], CLOSE, str(numbers[figure.figure_id])]
        position = max(position, figure.char_end)
    return "".join([*parts, text[position:]])


def _record(figure: Figure, numbers: dict[str, int]) -> Iterator[tuple[str, str]]:
    for column in (column for columns in _QUESTIONS.values() for column in columns):
        value = getattr(figure, column)
        if value is None or (value is False and column != "trackable"):
            continue
        if column in ("part_of", "corrects"):
            value = f"figure {numbers.get(value, value)}"
        yield column, _printed(value)


def _printed(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date):
        return value.isoformat()
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
