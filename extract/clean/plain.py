"""Plain text to judged lines: the line rules with their context."""

from __future__ import annotations

from dataclasses import dataclass

from extract.clean.context import judge_lines
from extract.clean.lines import Line, Verdict, read_line

TEXT = Verdict("text", "article-text")
# A page of plain text with more lines than this is judged all the same; only the search for its headline stops early.
KEPT_REASONS = frozenset({"text", "title", "date_line"})


@dataclass(frozen=True, slots=True)
class Judged:
    """One block with its verdict."""

    text: str
    verdict: Verdict

    @property
    def kept(self) -> bool:
        """It is of the article: its words, its headline or its date."""
        return self.verdict.reason in KEPT_REASONS


def split_lines(text: str) -> list[Line]:
    """The lines that hold words, each knowing whether a blank line stands before it."""
    lines: list[Line] = []
    joined = False
    for printed in text.split("\n"):
        stripped = printed.strip()
        if stripped:
            lines.append(read_line(stripped, joined=joined))
        joined = bool(stripped)
    return lines


def judge_plain(text: str, title: str | None = None) -> list[Judged]:
    """Every line of a plain text, kept or dropped; white space at the ends of lines is not kept."""
    lines = split_lines(text)
    verdicts = judge_lines(lines, title)
    return [Judged(line.text, verdict or TEXT) for line, verdict in zip(lines, verdicts, strict=True)]
