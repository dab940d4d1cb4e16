"""Which pieces of a page are the article: by the signals of its structure first, then by the line rules."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from lxml.etree import _Element

from extract.clean.bylines import is_byline
from extract.clean.context import judge_lines, looks_cut_off
from extract.clean.credits import is_bare_credit
from extract.clean.headline import find_headline
from extract.clean.lines import Line, Verdict, judge_words, read_line
from extract.clean.markup import Piece, read_pieces
from extract.clean.moments import is_date_line
from extract.clean.plain import TEXT, Judged
from extract.clean.shape import Shape, find_shape
from extract.clean.signals import score_pieces

# What names itself so is never article, however much it reads like one.
NEVER_ARTICLE = ("comments", "share", "cookie", "donation", "read_also", "author_bio", "subscribe")
# The class of a dropped block, by the surest evidence around it.
_REASONS = {
    "cookie": "cookie", "comments": "comments", "donation": "donation", "subscribe": "subscribe", "share": "share",
    "advertisement": "advertisement", "read_also": "read_also", "author_bio": "author_bio", "copyright": "copyright",
    "navigation": "navigation", "hidden": "hidden", "popup": "popup", "form": "form", "button": "navigation",
    "contact": "contact", "section": "section", "footer": "navigation", "author": "byline", "meta": "timestamp",
    "teaser": "teaser", "sidebar": "sidebar", "product": "advertisement", "cta": "advertisement",
    "header": "navigation",
}  # fmt: skip
# Around the words, more often than not, only where a page's furniture is; the words themselves are asked first.
_VAGUE = frozenset(
    {
        "popup",
        "form",
        "button",
        "footer",
        "author",
        "meta",
        "teaser",
        "sidebar",
        "product",
        "cta",
        "header",
        "section",
        "contact",
    }
)
_RULE_WORDS = 60
_LABEL_RULES = frozenset({"read-also-list", "read-also-heading", "linked-under-label"})
_PICTURE = frozenset({"caption", "credit"})


def judge_body(body: _Element, title: str | None) -> list[Judged]:
    """Every block of the page's visible text, in page order, kept or dropped."""
    pieces, frames = read_pieces(body)
    if not pieces:
        return []
    shape = find_shape(pieces, frames)
    scores = score_pieces(pieces, shape)
    lines = [read_line(piece.text) for piece in pieces]
    verdicts = [
        _judge_place(shape.evidence[piece.frame.number], line, score)
        for piece, line, score in zip(pieces, lines, scores, strict=True)
    ]
    _mark_title(pieces, lines, verdicts, title)
    _judge_inside(lines, verdicts, title)
    for place, verdict in enumerate(verdicts):
        if verdict is None:
            before = verdicts[place - 1] if place else None
            verdicts[place] = _follow_label(pieces[place], before) or _name_dropped(
                place, pieces[place], lines[place], shape
            )
    return [Judged(piece.text, verdict or TEXT) for piece, verdict in zip(pieces, verdicts, strict=True)]


def _judge_place(evidence: frozenset[str], line: Line, score: float) -> Verdict | None:
    """The article's own by its place; null where it is not."""
    if not evidence.isdisjoint(_PICTURE) and evidence.isdisjoint(NEVER_ARTICLE):
        is_credit = "credit" in evidence or is_bare_credit(line)
        return Verdict(
            "credit" if is_credit else "caption", "structure-credit" if "credit" in evidence else "structure-caption"
        )
    if score > 0 and evidence.isdisjoint(NEVER_ARTICLE):
        return TEXT
    return None


def _mark_title(
    pieces: Sequence[Piece], lines: Sequence[Line], verdicts: list[Verdict | None], title: str | None
) -> None:
    """The headline as the page shows it: a heading that repeats its title, else the first line that does."""
    if title is None:
        return
    for places in ([i for i, piece in enumerate(pieces) if piece.tag in {"h1", "h2"}], range(len(pieces))):
        found = find_headline([lines[i] for i in places], [None] * len(places), title)
        if found is not None:
            verdicts[places[found]] = Verdict("title", "headline-known")
            return


def _judge_inside(lines: Sequence[Line], verdicts: list[Verdict | None], title: str | None) -> None:
    """The line rules over what the structure took for the article."""
    places = [i for i, verdict in enumerate(verdicts) if verdict is TEXT]
    for place, verdict in zip(places, judge_lines([lines[i] for i in places], title, has_structure=True), strict=True):
        verdicts[place] = verdict or TEXT


def _follow_label(piece: Piece, before: Verdict | None) -> Verdict | None:
    """Linked lines under "Most read" are what it announces."""
    if before is None or before.reason != "read_also" or piece.link_chars <= len(piece.text) // 2:
        return None
    return Verdict("read_also", "linked-under-label") if before.rule in _LABEL_RULES else None


@lru_cache(maxsize=4096)
def _name_place(evidence: frozenset[str]) -> str | None:
    """The surest of what the structure says; null where it says nothing that a class has."""
    return next((name for name in _REASONS if name in evidence), None)


def _name_dropped(place: int, piece: Piece, line: Line, shape: Shape) -> Verdict:
    """The class of a block outside the article."""
    named = _name_place(shape.evidence[piece.frame.number])
    if named is not None and named not in _VAGUE:
        return Verdict(_REASONS[named], f"structure-{named}")
    near_headline = shape.heading <= place <= shape.first
    if is_date_line(line.plain):
        return Verdict("date_line" if near_headline else "timestamp", "date-line")
    if near_headline and is_byline(line.plain):
        return Verdict("byline", "byline")
    verdict = judge_words(line, in_head=place < shape.first) if line.words <= _RULE_WORDS else None
    if verdict is None and named is not None:
        verdict = Verdict(_REASONS[named], f"structure-{named}")
    return verdict or _name_unnamed(piece, line)


def _name_unnamed(piece: Piece, line: Line) -> Verdict:
    """The class of a block that neither its words nor the structure name."""
    if piece.link_chars > len(piece.text) // 2:
        return Verdict("navigation", "mostly-links")
    return Verdict("teaser", "cut-off") if looks_cut_off(line) else Verdict("outside", "outside-article")
