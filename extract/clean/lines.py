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
_BULLETS = "•·▪►▶●○◦‣⁃*|>»–—-"
_BULLET = re.compile(rf"^[\s{_BULLETS}]{{1,20}}(?=\S)")
_SENTENCE_ENDS = (".", "!", "?", "…")
_CLOSERS = "\"'”’)]"
_MOST_CLOSERS = 3
_WORD = re.compile(r"\w[\w'’.,-]{0,60}")
_PROSE_WORDS = 12
# Stands in the patterns of rules that tell capitals from small letters.
_SPELLED = "(?-i:"


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
        return ends_sentence(self.plain)

    @property
    def is_prose(self) -> bool:
        """It reads like a sentence or more of running text."""
        return self.words >= _PROSE_WORDS and (self.ends_sentence or self.words >= 3 * _PROSE_WORDS)

    @property
    def key(self) -> str:
        """What makes two lines the same."""
        return self.plain.casefold()


def ends_sentence(text: str) -> bool:
    """It ends as printed sentences end, perhaps in quotes or brackets."""
    return text[-1 - _MOST_CLOSERS :].rstrip(_CLOSERS).endswith(_SENTENCE_ENDS)


def read_line(text: str, *, joined: bool = False) -> Line:
    """A line as the rules want it."""
    printed = text.split()
    folded = " ".join(printed)
    if folded.isascii() and folded[:1] not in _BULLETS:
        return Line(text, folded, len(printed), joined)
    folded = _straightened(folded)
    plain = _BULLET.sub("", folded)
    return Line(text, plain, len(plain.split()), joined, plain != folded)


def key_of(text: str) -> str:
    """`read_line(text).key`, in half the time, where no more of a line is asked; a test holds the two together."""
    folded = " ".join(text.split())
    if folded.isascii() and folded[:1] not in _BULLETS:
        return folded.lower()
    return _BULLET.sub("", _straightened(folded)).casefold()


def _straightened(folded: str) -> str:
    if not folded.isascii():
        for curly, straight in _STRAIGHT:
            folded = folded.replace(curly, straight)
    return folded


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
def _limits() -> list[int]:
    return sorted({rule.words for rule in line_rules()})


@cache
def _free_rules(words: int, *, in_head: bool) -> tuple[re.Pattern[str], frozenset[int], frozenset[int]]:
    """The rules without needs that reach lines of so many words: what fits small letters where any fires, and which.

    The last are those that tell capitals from small letters, which that does not: they are asked by themselves.
    """
    free = [rule for rule in _rules_reaching(words, in_head=in_head) if not rule.needs]
    spelled = frozenset(rule.number for rule in free if _SPELLED in rule.pattern.pattern)
    joined = "|".join(f"(?:{rule.pattern.pattern})" for rule in free if rule.number not in spelled)
    return re.compile(joined or "(?!)"), frozenset(rule.number for rule in free), spelled


def _rules_reaching(words: int, *, in_head: bool) -> list[LineRule]:
    return [rule for rule in line_rules() if rule.words >= words and (in_head or rule.where != "head")]


@cache
def _needing_rules(words: int, *, in_head: bool) -> tuple[re.Pattern[str], list[tuple[str, set[int]]]]:
    """What finds any need of the rules that reach lines of so many words, and the rules that have it, by need."""
    needing: dict[str, set[int]] = defaultdict(set)
    for rule in _rules_reaching(words, in_head=in_head):
        for need in rule.needs:
            needing[need].add(rule.number)
    rests: dict[str, list[str]] = defaultdict(list)  # by first letter: most places of a line are left at once
    for need in needing:
        rests[need[0]].append(re.escape(need[1:]))
    any_need = "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in rests.items())
    return re.compile(any_need or "(?!)"), list(needing.items())


def judge_words(line: Line, *, in_head: bool = False) -> Verdict | None:
    """The class that a line's own words give it; null where no rule fires."""
    limits = _limits()
    reach = bisect_left(limits, line.words)
    if reach == len(limits):
        return None
    start = line.plain[:RULE_REACH]
    lower = start.lower()
    any_free, free, spelled = _free_rules(limits[reach], in_head=in_head)
    # Beyond ASCII, a pattern takes letters for the same that are not so in small letters: "ſ" for "s".
    asked = spelled if lower.isascii() and any_free.match(lower) is None else free
    any_need, needing = _needing_rules(limits[reach], in_head=in_head)
    if any_need.search(lower):
        asked = asked.union(*[asking for need, asking in needing if need in lower])
    rules = line_rules()
    for number in sorted(asked):
        if line.words <= rules[number].words and rules[number].pattern.match(start):
            return Verdict(rules[number].reason, rules[number].name)
    return None
