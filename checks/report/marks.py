"""Marks numbers in their sentences and articles; the one place where markup is made outside the templates."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from checks.report.reading import Row


def mark_quote(sentence: str | None, quote: str | None) -> Markup:
    """The sentence, escaped, with the first place of the quote marked."""
    sentence, quote = sentence or "", quote or ""
    start = sentence.find(quote) if quote else -1
    if start < 0:
        return escape(sentence)
    end = start + len(quote)
    return Markup("{}<mark>{}</mark>{}").format(sentence[:start], sentence[start:end], sentence[end:])


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
