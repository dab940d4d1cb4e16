"""Sentences of a text: lines first, then nupunkt; a run without a stop is cut, so that no parse grows without end."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

import nupunkt

from extract.figures.numbers import Number

MAX_CHARS = 1200
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")


def sentences_with(text: str, numbers: Sequence[Number]) -> Iterator[tuple[int, int, list[Number]]]:
    """Start, end and numbers of each sentence that holds one; numbers come in reading order."""
    position = 0
    for line in _LINE.finditer(text):
        first = position
        while position < len(numbers) and numbers[position].start < line.end():
            position += 1
        inside = [number for number in numbers[first:position] if number.end <= line.end()]
        if inside:
            yield from _parts(text, line.start(), line.end(), inside)


def _parts(text: str, start: int, end: int, numbers: Sequence[Number]) -> Iterator[tuple[int, int, list[Number]]]:
    spans = [span for first, last in split_line(text[start:end]) for span in _cut(text, start + first, start + last)]
    position = 0
    for first, last in _merge_across(spans, numbers):
        begin = position
        while position < len(numbers) and numbers[position].start < last:
            position += 1
        if inside := list(numbers[begin:position]):
            yield first, last, inside


def split_line(line: str) -> list[tuple[int, int]]:
    """Sentence spans of one line, blanks trimmed."""
    spans = []
    for first, last in nupunkt.sent_spans(line):
        part = line[first:last]
        if stripped := part.strip():
            lead = first + part.index(stripped[0])
            spans.append((lead, lead + len(stripped)))
    return spans


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
        last = joined[-1] if joined else None
        crossing = numbers[bisect_left(starts, last[1]) - 1] if last and bisect_left(starts, last[1]) else None
        if last and crossing and crossing.start < last[1] < crossing.end and end - last[0] <= 2 * MAX_CHARS:
            joined[-1] = (last[0], end)
        else:
            joined.append((start, end))
    return joined
