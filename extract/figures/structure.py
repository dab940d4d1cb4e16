"""How the numbers of a text hang together: parts of a whole, lists, ellipses, numbers said again."""

from __future__ import annotations

from collections.abc import Sequence

from extract.figures.counted_nouns import counted_words, fallback_words, predicate_noun
from extract.figures.frames import find_frame
from extract.figures.lexicon import lexicon
from extract.figures.lists import list_neighbour, only_list_words, place_neighbour
from extract.figures.mentions import PART_PRONOUNS, UNKNOWN, Mention, first_fitting
from extract.figures.shares import WINDOW, Group, group_of, is_opening_whole
from extract.figures.sums import find_sums
from extract.figures.tables import word_set

_PART_LEAD = word_set("structure", "part_lead")
_OF_THOSE = word_set("structure", "of_those")
_LINKS = word_set("structure", "links")
_DEFAULTS = {"employees": "population", "employee": "population", "staff": "population", "staffers": "population"}
_COUNTABLE = frozenset({"person", "building", "vehicle"})
_TAKING_IN = word_set("structure", "taking_in")
_COUNTED = word_set("structure", "counted")
_LISTING = word_set("structure", "listing")
_AMONG_THEM = ["among", "them"]
_SAID_OF_PARTS = frozenset({"included", "among", ","})  # first words behind a part: "nine foreigners |included|"
_WITHOUT_NOUN = (None, "money", "age", "duration")
HEADLINE = 6  # mentions
SENTENCES_BACK = 3
OPENING = 4  # words: "Of these , only"
NEAR = 14  # words to the left in which a bare number looks for what it measures


def read_meaning(mentions: Sequence[Mention], headline: Sequence[Mention] = ()) -> None:
    """Give every mention of a field, in reading order, its measure: its own frame, else what it inherits.

    headline: mentions of the title, already read; a text that begins "The board counts 47 now" goes on from there
    """
    for mention in mentions:
        if frame := find_frame(mention):
            mention.measure, mention.rule = frame
        mention.noun = counted_words(mention)
    counts = [(index, mention) for index, mention in enumerate(mentions) if mention.number.unit is None]
    for index, mention in counts:
        if group := group_of(mentions, index):
            _take_part(mention, group, _before(mentions, index))
        else:
            _inherit(mention, _before(mentions, index), mentions[index + 1 : index + 6])
    find_sums(mentions)
    for index, mention in counts:
        if mention.measure is None:
            _continue(mention, [*headline[-HEADLINE:], *_before(mentions, index)])
    for index, mention in enumerate(mentions):
        _read_casualties(mention, mentions, index)
        mention.noun = mention.noun or _noun_elsewhere(mention, _before(mentions, index))


def _take_part(mention: Mention, group: Group, earlier: Sequence[Mention]) -> None:
    """Make a mention a part of the group; one without a number is the last toll told, where that is no riddle."""
    whole = group.whole or _told_whole(mention, group, earlier)
    mention.parent, mention.is_part = whole, True
    measure = whole.measure if whole else group.measure
    if mention.measure != measure:
        mention.measure, mention.rule = measure, f"part:{whole.rule}" if whole else "share"
    is_behind = group.end > mention.word
    if mention.counted is None or mention.is_partitive:
        mention.noun = predicate_noun(mention, group.end if is_behind else mention.behind_number)


def _told_whole(mention: Mention, group: Group, earlier: Sequence[Mention]) -> Mention | None:
    """The count of the measure that the text told before, if there is but one that is large enough."""
    size = mention.number.bounds.low or 0
    wholes = [
        other
        for other in _tracked(earlier)
        if group.measure in (other.measure, "affected")
        and not other.is_part
        and (other.number.bounds.high or size) >= size
    ]
    is_one = len({(other.measure, other.number.bounds) for other in wholes}) == 1
    return wholes[-1] if is_one else None


def _noun_elsewhere(mention: Mention, earlier: Sequence[Mention]) -> str | None:
    """The noun of the whole for its part, else that of the counts before."""
    if mention.is_part and mention.parent and mention.parent.noun and not mention.number.unit:
        return mention.parent.noun
    return fallback_words(mention, earlier) if mention.measure not in _WITHOUT_NOUN else None


def _before(mentions: Sequence[Mention], index: int) -> Sequence[Mention]:
    """The mentions shortly before; a window, so that a text of nothing but numbers is read in linear time."""
    return mentions[index - WINDOW if index > WINDOW else 0 : index]


def _read_casualties(mention: Mention, mentions: Sequence[Mention], index: int) -> None:
    """Read "228 casualties and 450 wounded": beside the wounded, casualties are the dead."""
    if mention.measure == "affected" and mention.head_low in ("casualties", "casualty"):
        if _is_taken_in(mention):
            mention.measure, mention.rule = "injured", f"{mention.rule} taken in"
            return
        near = mentions[max(0, index - 4) : index + 5]
        beside = [other for other in near if other.sentence is mention.sentence]
        if any(other.measure == "injured" for other in beside) and not any(
            other.measure == "killed" for other in beside
        ):
            mention.measure, mention.rule = "killed", f"{mention.rule} beside wounded"


def _is_taken_in(mention: Mention) -> bool:
    """Read "the clinic |received| 160 casualties": those who are brought to doctors live."""
    before = [word.low for word in mention.sentence.words[max(0, mention.word - 3) : mention.word]]
    return not _TAKING_IN.isdisjoint(before)


def _inherit(mention: Mention, earlier: Sequence[Mention], later: Sequence[Mention]) -> None:
    same = _of_sentence(mention, earlier)
    whole = _whole_of(mention, same, earlier)
    if whole is not None:
        mention.parent, mention.is_part = whole, True
        if mention.measure in (None, "other", "population", "affected"):
            mention.measure, mention.rule = whole.measure or "other", f"part:{whole.rule or 'count'}"
    if (
        same
        and only_list_words(mention, same[-1])
        and not same[-1].number.is_one
        and mention.classes & same[-1].classes & _COUNTABLE
    ):
        mention.is_in_list = True
    neighbour = None
    if mention.measure is None:
        in_list = None if is_opening_whole(mention) else list_neighbour(mention, same, later)
        neighbour = place_neighbour(mention, same) or in_list
    if neighbour is not None:
        mention.measure, mention.rule = neighbour.measure, f"list:{neighbour.rule}"
        if neighbour.is_part and neighbour.word < mention.word:
            mention.parent, mention.is_part = neighbour.parent, True
    source = whole or neighbour
    if mention.noun is None and source is not None:
        mention.noun = source.noun


def _of_sentence(mention: Mention, earlier: Sequence[Mention]) -> list[Mention]:
    """The counts before a mention in its own sentence."""
    first = len(earlier)
    while first and earlier[first - 1].sentence is mention.sentence:
        first -= 1
    return [other for other in earlier[first:] if not other.number.unit]


def _tracked(mentions: Sequence[Mention]) -> list[Mention]:
    tracked = lexicon().tracked
    return [other for other in mentions if other.measure in tracked and not other.number.unit]


def _whole_of(mention: Mention, same: Sequence[Mention], earlier: Sequence[Mention]) -> Mention | None:
    """Find the figure of which this is a stated part: "12 died, including |two|", "|45| of them were children"."""
    if same and same[-1].rule.startswith("group:") and only_list_words(mention, same[-1]):
        return None  # "the dead include four firemen and |two| nurses"
    is_of_group = mention.rule.startswith("group:")
    if not is_of_group and not _is_part(mention, same):
        return None
    if not is_of_group and same and not _tracked(same) and same[-1].counted is not None:
        return same[-1]  # "six wagons stood there, and |two| of them rolled away"
    wholes = _tracked(same) or (_tracked(earlier)[-1:] if _is_near(earlier) else [])
    if is_of_group and wholes:
        return _whole_of_group(mention, wholes)
    return wholes[-1] if wholes else None


def _is_part(mention: Mention, same: Sequence[Mention]) -> bool:
    """Whether the words beside the number make it a part of what was counted before."""
    lows = mention.sentence.lows
    behind = lows[mention.behind_number : mention.behind_number + 2]
    if len(behind) > 1 and behind[0] == "of" and behind[1] in PART_PRONOUNS:
        return True
    if (mention.is_partitive and mention.head_low in _OF_THOSE) or _is_said_to_be_part(mention):
        return True
    before = lows[max(0, mention.word - 4) : mention.word]
    is_led = not _PART_LEAD.isdisjoint(before) or "whom" in before or ("among" in before and "them" in before)
    return is_led and ("they" in before or bool(_tracked(same)))


def _whole_of_group(mention: Mention, wholes: Sequence[Mention]) -> Mention | None:
    """The last count of the measure, where it is no smaller than its part: "12 died. The dead include |two| nurses"."""
    size = mention.number.bounds.low or 0
    of_measure = [whole for whole in wholes if whole.measure == mention.measure]
    return of_measure[-1] if of_measure and (of_measure[-1].number.bounds.high or size) >= size else None


def _is_near(earlier: Sequence[Mention]) -> bool:
    """Whether the last tracked count stands within the last two sentences that hold numbers."""
    tracked = lexicon().tracked
    recent: list[int] = []
    for other in reversed(earlier):
        if id(other.sentence) not in recent:
            recent.append(id(other.sentence))
        if len(recent) > SENTENCES_BACK:
            return False
        if other.measure in tracked and not other.number.unit:
            return True
    return False


def _is_said_to_be_part(mention: Mention) -> bool:
    """Read "100,000 children |among them|", "nine foreigners |included|"; not "12 guests, among them the mayor"."""
    words = mention.sentence.lows[mention.after : mention.after + 4]
    if not words or words[0] not in _SAID_OF_PARTS:
        return False
    if words[0] == "included" or words[:2] == _AMONG_THEM:
        return True
    return words[:3] == [",", *_AMONG_THEM] and not any(word[0].isalnum() for word in words[3:])


def _continue(mention: Mention, earlier: Sequence[Mention]) -> None:
    """Read a number whose own sentence does not say what it measures by what was said before."""
    same = _of_sentence(mention, earlier)
    if neighbour := place_neighbour(mention, same):
        mention.measure, mention.rule, mention.noun = neighbour.measure, f"list:{neighbour.rule}", neighbour.noun
        return
    found = _continued_measure(mention, earlier)
    if found is not None:
        mention.measure, mention.rule = found
        if mention.noun is None and mention.number.is_increment and same and same[-1].noun:
            mention.noun = same[-1].noun  # "to the 18,000 jobs it added |another 9,000|"
        if mention.noun is None and earlier and found[1] != "near":
            tracked = _tracked(earlier)
            mention.noun = mention.parent.noun if mention.parent else tracked[-1].noun if tracked else None


def _continued_measure(mention: Mention, earlier: Sequence[Mention]) -> tuple[str, str] | None:
    tracked = _tracked(earlier)
    if mention.counted is not None:
        return _continued_noun(mention, tracked)
    if mention.number.is_one or _is_glued(mention):
        return None
    if whole := _whole_before(mention, earlier):
        mention.parent, mention.is_part = whole, True
        return whole.measure or "other", "continued"
    if said := _echoed(mention, tracked) or _near_trigger(mention):
        return said
    before = mention.sentence.lows[max(0, mention.word - 2) : mention.word]
    is_linked = mention.number.is_increment or bool(before and (before[-1] in _LINKS or before[-1] in ('"', ",")))
    is_counted = _is_counted_anew(mention)
    if (is_linked or is_counted) and tracked and mention.number.bounds.value is not None and _is_near(earlier):
        is_other = not is_counted and not mention.number.is_increment and _is_about_other(mention, earlier)
        return "other" if is_other else tracked[-1].measure or "other", "counted" if is_counted else "continued"
    return ("other", "exists") if _is_said_to_exist(mention) else None


def _is_about_other(mention: Mention, earlier: Sequence[Mention]) -> bool:
    """Whether something else was counted last: "of the 80 desks, |31| are broken", "300 lived there. He says |250|"."""
    counts = [other for other in earlier[-3:] if not other.number.unit]
    if not counts or counts[-1].measure not in (None, "other") or counts[-1].counted is None:
        return False
    return counts[-1].sentence is mention.sentence or "person" in counts[-1].classes


def _is_glued(mention: Mention) -> bool:
    """Whether a hyphen ties the number to a word: "a 2-second pause", "the 1900-block"."""
    text, end = mention.sentence.text, mention.number.end - mention.sentence.start
    return text[end : end + 1] == "-" and text[end + 1 : end + 2].isalpha()


def _whole_before(mention: Mention, earlier: Sequence[Mention]) -> Mention | None:
    """Read "900 cases and nine deaths. Of these, |113| …": the last count before that is large enough."""
    words = mention.sentence.lows[: mention.word]
    if words[:1] != ["of"] or len(words) > OPENING or words[1:2] == [] or words[1] not in PART_PRONOUNS:
        return None
    if not _is_near(earlier):
        return None
    size = mention.number.bounds.low or 0
    return next((other for other in reversed(_tracked(earlier)) if (other.number.bounds.high or size) >= size), None)


def _is_counted_anew(mention: Mention) -> bool:
    """Read "a monitor counted |21|": another count of what was told before."""
    words = mention.sentence.words
    before = mention.sentence.lows[max(0, mention.word - 3) : mention.word]
    while before and before[-1] in ("only", "just", "at", "least"):
        before.pop()
    behind = words[mention.behind_number].low if mention.behind_number < len(words) else "."
    return bool(before) and before[-1] in _COUNTED and not behind[0].isalpha()


def _echoed(mention: Mention, tracked: Sequence[Mention]) -> tuple[str, str] | None:
    """The measure of the last count with the very number."""
    value = mention.number.bounds.value
    same = (other for other in reversed(tracked) if other.number.bounds.value == value is not None)
    return next(((other.measure, "echo") for other in same if other.measure), None)


def _is_said_to_exist(mention: Mention) -> bool:
    """Read "requests, of which there have been |at least two|"."""
    before = mention.sentence.lows[max(0, mention.word - 3) : mention.word]
    return "there" in before and before[-1] in ("been", "were", "was", "are", "is")


def _continued_noun(mention: Mention, tracked: Sequence[Mention]) -> tuple[str, str] | None:
    """Defaults of the noun itself: employees without more are a firm's staff."""
    if tracked and "person" in mention.classes and _is_listed(mention):
        mention.parent, mention.is_part = tracked[-1], True
        return (tracked[-1].measure or "other"), "listed"
    measure = _DEFAULTS.get(mention.head_low)
    lows = mention.sentence.lows[mention.word : mention.after]
    if measure is None and "time" in lows and "person" in mention.classes:
        measure = "population"
    return (measure, "default") if measure else None


def _is_listed(mention: Mention) -> bool:
    """Read "the ministry listed |three Indians|", "|two Belgians| are among them": names of those counted before."""
    lows = mention.sentence.lows
    before, behind = lows[max(0, mention.word - 24) : mention.word], lows[mention.after :]
    ends = [behind[index + 2 : index + 3] for index in range(len(behind)) if behind[index : index + 2] == _AMONG_THEM]
    among = any(not end or not end[0][0].isalnum() for end in ends)  # not "12 guests, among them the mayor"
    return (
        among
        or not _LISTING.isdisjoint(before)
        or ("they" in before and ("include" in before or "included" in before))
        or lows[:2] == ["they", "were"]
    )


def _near_trigger(mention: Mention) -> tuple[str, str] | None:
    """The nearest word to the left that says a tracked state, no number between: "more are homeless, 300,000"."""
    words, table = mention.sentence.words, lexicon()
    for position in range(mention.word - 1, max(-1, mention.word - NEAR), -1):
        if words[position].number >= 0 or words[position].low in (";", "."):
            return None
        measures = table.states.get(words[position].low, ()) + table.totals.get(words[position].low, ())
        if measure := first_fitting(measures, UNKNOWN):
            return (measure, "near") if measure in table.tracked else None
    return None
