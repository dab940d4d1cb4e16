"""What a line is by where it stands: beside a credit, before the headline, after the last paragraph, for the second time."""

# ruff: noqa: E501 - a pattern is read and searched for on one line

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from extract.clean.bylines import is_byline
from extract.clean.credits import could_be_caption, is_bare_credit, judge_caption, looks_like_caption
from extract.clean.headline import find_headline
from extract.clean.lines import Line, Verdict, judge_words
from extract.clean.moments import is_date_line

Verdicts = list[Verdict | None]

_AGENCY_LINE = re.compile(
    r"^[(\[]?(?:reuters|ap|afp|associated press|agencies|staff|staff (?:reporter|writer)|news ?desk|web desk|editorial (?:team|staff))[)\]]?(?: ?\|.{0,40})?\W{0,3}$",
    re.IGNORECASE,
)
_BIO = re.compile(
    r"^(?:(?:dr|prof|professor|sir|lt|col|maj|gen)\.? )?(?:(?:[A-Z][\w.'-]{1,20} ){2,4}|he |she |they |the (?:author|writer) )"
    r"(?:is|was|has been|works as|serves as|joined|covers|writes|reports|has (?:covered|written|reported|worked))\b.{0,200}?"
    r"\b(?:columnist|reporter|editor|writer|correspondent|journalist|author|contributor|contributing|freelancer?|fellow|professor|lecturer"
    r"|analyst|expert|blogger|producer|critic|researcher|founder|newsroom|beat|covers|covering|writes|reporting|book)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(r"^(?:(?:[Dd]r|[Pp]rof)\.? )?((?:[A-Z][\w.'-]{1,20} ){2,4}|(?:He|She|They|The (?:author|writer)) )")
_COUNT = re.compile(r"^[\W_]{0,6}\d{1,3}(?:[.,]\d{1,3})?[km]?[\W_]{0,4}$", re.IGNORECASE)
_TRUNCATED = re.compile(r"(?: …| \.\.\.|\w…|\w\.\.\.|\[…\]|\[\.\.\.\])$")
_TEASER_WORDS = 30
_CAPTION_HEAD_WORDS = 10
_TAIL_PROSE = 3
_COUNT_WORDS = 2
_BYLINE_WORDS = 14
_DUPLICATE_WORDS = 4


def judge_lines(lines: Sequence[Line], title: str | None = None, *, has_structure: bool = False) -> Verdicts:
    """The verdict on every line of a text; null for the article's own words.

    title: the headline where it is known from elsewhere; else the first line that reads like one is it.
    has_structure: the lines were chosen by a page's mark-up, so rules that only guess from a line's place are left out.
    """
    verdicts: Verdicts = [None] * len(lines)
    first_prose = next((i for i, line in enumerate(lines) if line.is_prose), len(lines))
    for i, line in enumerate(lines):
        verdicts[i] = _judge_alone(line, in_head=i < first_prose)
    _mark_captions(lines, verdicts, looks_like_caption if has_structure else could_be_caption)
    if not has_structure:
        _mark_duplicates(lines, verdicts)
    place = None if has_structure and title is not None else find_headline(lines, verdicts, title)
    if place is not None:
        verdicts[place] = Verdict("title", "headline" if title is None else "headline-known")
        _mark_head(lines, verdicts, place)
    _mark_bios(lines, verdicts)
    if not has_structure:
        _mark_comments(lines, verdicts)
        _mark_tail(lines, verdicts)
    return verdicts


def _judge_alone(line: Line, *, in_head: bool) -> Verdict | None:
    """What the line is, whatever stands around it."""
    if is_date_line(line.plain):
        return Verdict("date_line", "date-line")
    if line.words <= _COUNT_WORDS and _COUNT.match(line.plain) and not _is_year(line.plain):
        return Verdict("share", "count-alone")
    if line.words <= _BYLINE_WORDS and (is_byline(line.plain) or _AGENCY_LINE.match(line.plain)):
        return Verdict("byline", "byline")
    verdict = judge_words(line, in_head=in_head)
    if verdict is not None and verdict.reason != "copyright":
        return verdict
    return judge_caption(line) if verdict is None and not line.bulleted else verdict


def _is_year(plain: str) -> bool:
    return len(plain) == 4 and plain.startswith(("19", "20"))  # noqa: PLR2004  # digits of a year


def _mark_captions(lines: Sequence[Line], verdicts: Verdicts, is_caption: Callable[[Line], bool]) -> None:
    """The line before a bare credit is its caption; a short line joined to a caption is the caption's head."""
    for i, line in enumerate(lines):
        if (
            i
            and _is_credit(verdicts[i], line)
            and verdicts[i - 1] is None
            and not lines[i - 1].bulleted
            and is_caption(lines[i - 1])
            and not _opens_text(lines, i - 1)
        ):
            verdicts[i - 1] = Verdict("caption", "caption-before-credit")
            verdicts[i] = Verdict("credit", "credit-bare")
    for i in range(len(lines) - 2, -1, -1):
        after, line = verdicts[i + 1], lines[i]
        if after is None or after.reason != "caption" or verdicts[i] is not None or not lines[i + 1].joined:
            continue
        if line.words <= _CAPTION_HEAD_WORDS and not line.ends_sentence and not line.bulleted:
            verdicts[i] = Verdict("caption", "caption-head")


def _is_credit(verdict: Verdict | None, line: Line) -> bool:
    """A line of its own that names who made a picture; "© AFP 2031" at the end names who owns the text."""
    return is_bare_credit(line) and (verdict is None or verdict.reason != "copyright")


def _opens_text(lines: Sequence[Line], place: int) -> bool:
    """The line is the first of the page, where a headline stands, not a caption."""
    return place == 0 and not lines[place].ends_sentence


def _mark_duplicates(lines: Sequence[Line], verdicts: Verdicts) -> None:
    """A line that was printed before is there for the second time."""
    seen: set[str] = set()
    for i, line in enumerate(lines):
        if line.words < _DUPLICATE_WORDS:
            continue
        if line.key in seen and verdicts[i] is None:
            verdicts[i] = Verdict("duplicate", "printed-before")
        seen.add(line.key)


def _mark_head(lines: Sequence[Line], verdicts: Verdicts, title_place: int) -> None:
    """Short lines above the headline are the page's furniture."""
    for i in range(title_place):
        if verdicts[i] is None and not lines[i].is_prose and not lines[i].bulleted:
            verdicts[i] = (
                Verdict("section", "above-headline") if _is_name(lines[i]) else Verdict("navigation", "above-headline")
            )


def _is_name(line: Line) -> bool:
    """A few capitalised words, as names of sections are."""
    return line.words <= 4 and line.plain[:1].isupper() and not line.ends_sentence  # noqa: PLR2004  # words


def _mark_bios(lines: Sequence[Line], verdicts: Verdicts) -> None:
    """Who the author is, told at the end about somebody the article does not speak of."""
    prose = [
        i
        for i, line in enumerate(lines)
        if line.is_prose and verdicts[i] in (None, Verdict("duplicate", "printed-before"))
    ]
    for i in prose[-_TAIL_PROSE:] if len(prose) > _TAIL_PROSE else []:
        named = _NAMED.match(lines[i].plain)
        if named is None or not _BIO.match(lines[i].plain):
            continue
        name = named[1].strip()
        elsewhere = [k for k in prose if k != i and lines[k].key != lines[i].key]
        surname = name.split()[-1]
        after_bio = i > 0 and (verdicts[i - 1] or Verdict("", "")).reason == "author_bio"
        if (after_bio or " " in name) and not any(surname in lines[k].plain for k in elsewhere):
            verdicts[i] = Verdict("author_bio", "author-told-at-end")


def _mark_comments(lines: Sequence[Line], verdicts: Verdicts) -> None:
    """Once the comments have begun and no paragraph of the article follows, all that follows belongs to them."""
    last_prose = max((i for i, line in enumerate(lines) if verdicts[i] is None and line.is_prose), default=-1)
    begun = False
    for i in range(last_prose + 1, len(lines)):
        verdict = verdicts[i]
        begun = begun or (verdict is not None and verdict.reason == "comments")
        if begun and verdict is None:
            verdicts[i] = Verdict("comments", "after-comments-began")


def looks_cut_off(line: Line) -> bool:
    """The line breaks off, as teasers of other articles do."""
    return line.words <= _TEASER_WORDS and _TRUNCATED.search(line.plain[-8:]) is not None and '"' not in line.plain


def _mark_tail(lines: Sequence[Line], verdicts: Verdicts) -> None:
    """Cut-off lines, and headlines that stand after the last sentence."""
    for i, line in enumerate(lines):
        if (
            verdicts[i] is None
            and line.words <= _TEASER_WORDS
            and _TRUNCATED.search(line.plain)
            and '"' not in line.plain
        ):
            verdicts[i] = Verdict("teaser", "cut-off")
    prose = [i for i, line in enumerate(lines) if verdicts[i] is None and line.is_prose]
    if len(prose) < _TAIL_PROSE:
        return
    for i in range(len(lines) - 1, prose[-1], -1):
        if verdicts[i] is not None:
            continue
        if (
            lines[i].ends_sentence
            or lines[i].bulleted
            or lines[i].words > _CAPTION_HEAD_WORDS
            or lines[i].plain.endswith(":")
        ):
            break
        verdicts[i] = Verdict("read_also", "headline-after-text")
