"""Marks numbers in their sentences and articles; the one place where markup is made outside the templates."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markupsafe import Markup, escape

from checks.report.reading import Row


def mark_quotes(sentence: str | None, quotes: Sequence[str]) -> Markup:
    """The sentence, escaped, with the first free place of each quote marked."""
    sentence = sentence or ""
    spans: list[tuple[int, int]] = []
    for quote in quotes:
        start = _free_place(sentence, quote, spans)
        if start >= 0:
            spans.append((start, start + len(quote)))
    pieces, done = [], 0
    for start, end in sorted(spans):
        pieces.append(Markup("{}<mark>{}</mark>").format(sentence[done:start], sentence[start:end]))
        done = end
    return Markup().join([*pieces, escape(sentence[done:])])


def _free_place(sentence: str, quote: str, taken: Sequence[tuple[int, int]]) -> int:
    """Where the quote stands as whole words outside what is taken; -1 where it does not."""
    if not quote:
        return -1
    for found in re.finditer(rf"(?<!\w){re.escape(quote)}(?!\w)", sentence):
        if all(found.end() <= start or end <= found.start() for start, end in taken):
            return found.start()
    return -1


def mark_figures(text: str, figures: Sequence[Row]) -> list[Markup]:
    """The text's paragraphs, escaped, each figure a link to its record; overlapping figures keep the first.

    figures: with figure_id, char_start, char_end and `hint`, the words shown on hover; offsets into `text`
    """
    pieces: list[Markup] = []
    done = 0
    for figure in sorted(figures, key=lambda row: (row["char_start"], -row["char_end"])):
        start, end = figure["char_start"], figure["char_end"]
        if start < done or end > len(text):
            continue
        pieces += [escape(text[done:start]), _link(figure, text[start:end])]
        done = end
    pieces.append(escape(text[done:]))
    return [paragraph for paragraph in Markup().join(pieces).split("\n") if paragraph.strip()]


def _link(figure: Row, quote: str) -> Markup:
    kind = "tracked" if figure["trackable"] else "other"
    return Markup('<a class="figure {}" href="#f-{}" title="{}">{}</a>').format(
        kind, figure["figure_id"], figure["hint"], quote.replace("\n", " ")
    )
