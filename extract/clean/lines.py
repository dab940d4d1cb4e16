"""One printed line and what its own words say it is; the rules stand in line_rules.toml."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

# The longest start of a line that rules look at: what a line is shows in its first words.
RULE_REACH = 600
# Replaced one by one: str.translate takes thirty times as long.
_STRAIGHT = (("’", "'"), ("‘", "'"), ("`", "'"), ("“", '"'), ("”", '"'), ("„", '"'), ("\u200b", ""))
_BULLET = re.compile(r"^[\s•·▪►▶●○◦‣⁃*|>»–—-]{1,20}(?=\S)")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]{0,3}$")
_WORD = re.compile(r"\w[\w'’.,-]{0,60}")
_PROSE_WORDS = 12


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a line is what it is: the class and the rule that said so."""

    reason: str
    rule: str


@dataclass(frozen=True, slots=True)
class Line:
    """One visible line.

    plain: white space folded, quotes straight, a leading bullet taken off; what rules read
    words: how many words it has
    joined: nothing parts it from the line before
    bulleted: it began with a bullet or a dash
    """

    text: str
    plain: str
    words: int
    joined: bool = False
    bulleted: bool = False

    @property
    def ends_sentence(self) -> bool:
        """It ends as printed sentences end."""
        return _SENTENCE_END.search(self.plain[-8:]) is not None

    @property
    def is_prose(self) -> bool:
        """It reads like a sentence or more of running text."""
        return self.words >= _PROSE_WORDS and (self.ends_sentence or self.words >= 3 * _PROSE_WORDS)

    @property
    def key(self) -> str:
        """What makes two lines the same."""
        return self.plain.casefold()


def read_line(text: str, *, joined: bool = False) -> Line:
    """A line as the rules want it."""
    folded = " ".join(text.split())
    if not folded.isascii():
        for curly, straight in _STRAIGHT:
            folded = folded.replace(curly, straight)
    plain = _BULLET.sub("", folded)
    return Line(text, plain, len(plain.split()), joined, plain != folded)


@dataclass(frozen=True, slots=True)
class LineRule:
    """One entry of line_rules.toml."""

    name: str
    reason: str
    words: int
    pattern: re.Pattern[str]
    example: str
    number: int
    where: str = "any"
    needs: tuple[str, ...] = ()


@cache
def line_rules() -> tuple[LineRule, ...]:
    """All rules, in the order in which they are tried."""
    table = tomllib.loads(files("extract.clean").joinpath("line_rules.toml").read_text("utf-8"))
    return tuple(
        LineRule(
            name=rule["name"],
            reason=rule["reason"],
            words=rule["words"],
            pattern=re.compile(rule["pattern"], re.IGNORECASE),
            example=rule["example"],
            number=number,
            where=rule.get("where", "any"),
            needs=tuple(rule.get("needs", ())),
        )
        for number, rule in enumerate(table["rule"])
    )


@cache
def _rules_reaching(
    words: int, *, in_head: bool
) -> tuple[re.Pattern[str], tuple[LineRule, ...], list[tuple[str, list[LineRule]]]]:
    """The rules that may fire on a line of so many words: those without needs as one pattern, the others by word."""
    rules = tuple(rule for rule in line_rules() if rule.words >= words and (in_head or rule.where != "head"))
    free = tuple(rule for rule in rules if not rule.needs)
    joined = "|".join(f"(?P<rule{number}>{rule.pattern.pattern})" for number, rule in enumerate(free))
    needing: dict[str, list[LineRule]] = defaultdict(list)
    for rule in rules:
        for word in rule.needs:
            needing[word].append(rule)
    return re.compile(joined or "(?!)", re.IGNORECASE), free, list(needing.items())


@cache
def _limits() -> list[int]:
    return sorted({rule.words for rule in line_rules()})


def judge_words(line: Line, *, in_head: bool = False) -> Verdict | None:
    """The class that a line's own words give it; null where no rule fires."""
    limits = _limits()
    reach = bisect_left(limits, line.words)
    if reach == len(limits):
        return None
    pattern, free, needing = _rules_reaching(limits[reach], in_head=in_head)
    start = line.plain[:RULE_REACH]
    match = pattern.match(start)
    fired = (
        [free[int(match.lastgroup.removeprefix("rule"))]] if match is not None and match.lastgroup is not None else []
    )
    lower = start.lower()
    asked = {rule for word, asking in needing if word in lower for rule in asking}
    fired += [rule for rule in asked if rule.pattern.match(start)]
    if not fired:
        return None
    rule = min(fired, key=lambda rule: rule.number)
    return Verdict(rule.reason, rule.name)
