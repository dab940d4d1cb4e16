"""How the numbers of a text hang together: parts of a whole, lists, ellipses, "one" in a tally."""

from __future__ import annotations

from collections.abc import Sequence

from extract.figures.frames import find_frame
from extract.figures.mentions import Mention

_INCLUDING = frozenset("including included includes include among them whom".split())
_LIST_WORDS = frozenset({",", "and", "or", "plus", "&", ";", "as", "well"})
_PART_PRONOUNS = frozenset("them whom those these which".split())


def read_meaning(mentions: Sequence[Mention]) -> None:
    """Give every mention of a field, in reading order, its measure: its own frame, else what it inherits."""
    for index, mention in enumerate(mentions):
        if frame := find_frame(mention):
            mention.measure, mention.rule = frame
        mention.noun = _noun_of(mention)
    for index, mention in enumerate(mentions):
        _inherit(mention, mentions[:index], mentions[index + 1 : index + 4])


def _noun_of(mention: Mention) -> str | None:
    counted = mention.counted
    if counted is None:
        return None
    words = mention.sentence.words[counted.first : counted.last]
    return mention.sentence.text[words[0].start - mention.sentence.start : words[-1].end - mention.sentence.start]


def _inherit(mention: Mention, earlier: Sequence[Mention], later: Sequence[Mention]) -> None:
    same = [other for other in earlier if other.sentence is mention.sentence and not other.number.unit]
    if mention.number.unit:
        return
    whole = _whole_of(mention, same, earlier)
    if whole is not None:
        mention.parent, mention.is_part = whole, True
        if mention.measure in (None, "other", "population"):
            mention.measure, mention.rule = whole.measure, f"part:{whole.rule}"
    neighbour = _list_neighbour(mention, same, later)
    if neighbour is not None and mention.measure is None:
        mention.measure, mention.rule = neighbour.measure, f"list:{neighbour.rule}"
        mention.parent = mention.parent or (neighbour if neighbour.is_part else None)
        mention.is_part = mention.is_part or neighbour.is_part
        if neighbour.is_part:
            mention.parent = neighbour.parent
    if mention.counted is None and mention.noun is None:
        source = whole or neighbour
        mention.noun = source.noun if source else None


def _whole_of(mention: Mention, same: Sequence[Mention], earlier: Sequence[Mention]) -> Mention | None:
    """The figure of which this is a stated part: "12 died, including |two| who …", "|45| of them were children"."""
    words = mention.sentence.words
    before = [word.low for word in words[max(0, mention.word - 3) : mention.word]]
    behind = [word.low for word in words[mention.behind_number : mention.behind_number + 2]]
    persons = [
        other for other in (same or earlier[-3:]) if not other.number.unit and other.measure not in (None, "other")
    ]
    if (
        "including" in before
        or "included" in behind[-1:]
        or ("among" in before and "them" in before)
        or "whom" in before
    ):
        return persons[-1] if same and persons else None
    if len(behind) == 2 and behind[0] == "of" and behind[1] in _PART_PRONOUNS:
        return persons[-1] if persons else None
    return None


def _list_neighbour(mention: Mention, same: Sequence[Mention], later: Sequence[Mention]) -> Mention | None:
    """The mention of the same list that has a measure: "three Syrians and |one| Egyptian"."""
    if same and same[-1].measure and _only_list_words(mention, same[-1]):
        return same[-1]
    for other in later:
        if other.sentence is mention.sentence and not other.number.unit and _only_list_words(other, mention):
            return other if other.measure and other.rule.startswith(("passive", "subject", "parse", "phrase")) else None
    return None


def _only_list_words(second: Mention, first: Mention) -> bool:
    """Whether only commas, "and" and the first one's noun stand between two mentions."""
    between = second.sentence.words[first.after : second.word]
    return 0 < len(between) <= 4 and all(word.low in _LIST_WORDS for word in between)
