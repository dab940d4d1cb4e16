"""Sentences of a text: lines first, then nupunkt; a run without a stop is cut, so that no parse grows without end."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

import nupunkt

from extract.figures.numbers import Number

MAX_CHARS = 1200
LEAST_HEAD = 200  # characters before a stretch that are worth leaving out
NEAR = 80  # characters from a stop in which a calm place is looked for
# Between two plain words no sentence ends, and what stands on the one side says nothing of the other.
_CALM = re.compile(r"\s[a-z]{2,}(?=\s[a-z]{2,}\s)")

_STOP = re.compile(r"[.!?\u2026](?!\d)")
_FULL_STOP = re.compile(r"\.(?!\d)")  # a single plain character is looked for five times as quickly
_PLAIN_STOP = re.compile(r"(?<=\s)([A-Za-z\d][a-z\d,]+\.)\s([A-Z][a-z]*)(?=\s)")  # from the word before it


def sentences_with(text: str, numbers: Sequence[Number]) -> Iterator[tuple[int, int, list[Number]]]:
    """Start, end and numbers of each sentence that holds one; numbers come in reading order."""
    position = start = 0
    for line in _with_plain_breaks(text).split("\n"):
        first, end = position, start + len(line)
        while position < len(numbers) and numbers[position].start < end:
            position += 1
        inside = [number for number in numbers[first:position] if number.end <= end]
        if inside:
            yield from _parts(text, start, end, inside)
        start = end + 1


def _with_plain_breaks(text: str) -> str:
    """The text with every end of a line as a line feed, at the same offsets."""
    return text.replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")


def _parts(text: str, start: int, end: int, numbers: Sequence[Number]) -> Iterator[tuple[int, int, list[Number]]]:
    sentences = _split_around(text[start:end], numbers[0].start - start, numbers[-1].end - start)
    spans = [
        span
        for first, last in sentences
        for span in (
            _cut(text, start + first, start + last) if last - first > MAX_CHARS else ((start + first, start + last),)
        )
    ]
    position = 0
    for first, last in _merge_across(spans, numbers):
        begin = position
        while position < len(numbers) and numbers[position].start < last:
            position += 1
        if inside := list(numbers[begin:position]):
            yield first, last, inside


def _split_around(line: str, first: int, last: int) -> list[tuple[int, int]]:
    """Sentence spans of a line from the one that holds the offset `first` to the one that `last` ends in, or more.

    Only a stretch around the two is split, a third of the time of the whole; where it shows no end of a sentence on
    either side, the whole line is.
    """
    begin, end = _calm_before(line, first), _calm_behind(line, last)
    spans = [(begin + start, begin + stop) for start, stop in split_line(line[begin:end])]
    if (begin and first < spans[0][1]) or (end < len(line) and last > spans[-1][0]):
        return split_line(line)
    return spans


def _calm_before(line: str, offset: int) -> int:
    """A calm place before what seems to be the last stop before an offset, else the line's beginning."""
    stop = line.rfind(". ", 0, offset)
    if stop < LEAST_HEAD:
        return 0
    return max((calm.end() for calm in _CALM.finditer(line, stop - NEAR, stop)), default=0)


def _calm_behind(line: str, offset: int) -> int:
    """A calm place behind what seems to be the first stop behind an offset, else the line's end."""
    stop = line.find(". ", offset)
    calm = _CALM.search(line, stop, stop + NEAR) if stop >= 0 else None
    return calm.end() if calm else len(line)


def split_line(line: str) -> list[tuple[int, int]]:
    """Sentence spans of one line, blanks trimmed."""
    if (plain := _split_plainly(line)) is not None:
        return plain
    spans = []
    for first, last in nupunkt.sent_spans(line):
        part = line[first:last]
        if stripped := part.strip():
            lead = first + part.index(stripped[0])
            spans.append((lead, lead + len(stripped)))
    return spans


def _split_plainly(line: str) -> list[tuple[int, int]] | None:
    """As `split_line`, where every stop but the last stands between plain words; else None.

    There nupunkt decides by the two words alone, and most pairs have been met: a third of the time.
    """
    begin, end = len(line) - len(line.lstrip()), len(line.rstrip())
    spans, first = [], begin
    stops = _STOP if "!" in line or "?" in line or "\u2026" in line else _FULL_STOP
    for stop in [stop.start() for stop in stops.finditer(line, first, end) if stop.end() < end]:
        plain = _PLAIN_STOP.match(line, line.rfind(" ", 0, stop) + 1)
        if plain is None or plain.end(1) != stop + 1 or plain.start() == begin:  # " 12. The" numbers a list
            return None
        if _parts_sentences(plain[1], plain[2]):
            spans.append((first, stop + 1))
            first = plain.start(2)
    return [*spans, (first, end)] if first < end else []


@lru_cache(maxsize=8192)  # the same words come again and again
def _parts_sentences(before: str, behind: str) -> bool:
    """Whether a sentence ends with the word and stop `before` where the word `behind` follows."""
    return len(nupunkt.sent_spans(f"so {before} {behind}")) > 1


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut an endless sentence at a semicolon, a comma or a blank near the limit."""
    while end - start > MAX_CHARS:
        window = text[start : start + MAX_CHARS]
        at = max(window.rfind("; "), window.rfind(", "), 0) or window.rfind(" ")
        at = at if at > MAX_CHARS // 3 else MAX_CHARS
        yield start, start + at
        start += at
    if start < end:
        yield start, end


def _merge_across(spans: list[tuple[int, int]], numbers: Sequence[Number]) -> list[tuple[int, int]]:
    """Join sentences that a number's span crosses, as in "no. 5"; starts of the numbers are in order."""
    starts = [number.start for number in numbers]
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined:
            first, last = joined[-1]
            before = bisect_left(starts, last)
            if before and numbers[before - 1].end > last and end - first <= 2 * MAX_CHARS:
                joined[-1] = (first, end)
                continue
        joined.append((start, end))
    return joined
