"""Who was hurt, told by the harm itself: "suffered leg injuries", "in hospital with burns", "escaped with bruises"."""

from __future__ import annotations

from extract.figures.lexicon import DENIALS, Phrase, lexicon, verb_forms
from extract.figures.mentions import Mention, measure_fits
from extract.figures.nouns import FUNCTION_WORDS
from extract.figures.tables import load_table, word_set
from extract.figures.words import Sentence

Frame = tuple[str, str]  # measure, rule

_INJURIES = word_set("injuries", "nouns")
_BEARING = frozenset(
    form for verb in load_table("words")["injuries"]["bearing"].split() for form in verb_forms(verb)[0]
)
_WITH = frozenset({"with", "for", "from"})
_WEAPONS = word_set("injuries", "weapons")
_VEHICLES = word_set("injuries", "vehicles")
_OPENING = frozenset({"open", "opens", "opened", "opening", "exchange", "exchanged", "rifle", "sniper"})
_DEGREES = word_set("injuries", "degrees")
_ATTACKS = word_set("injuries", "attacks")
_STILL = frozenset({"remain", "remains", "remained", "still"})
_ENDS = DENIALS | {".", ";", ":", ",", "on", "about", "in", "to", "at", "by", "with", "for", "against", "who", "that"}
HARM_REACH = 8  # words from "suffered" or "with" to the injury
REACH = 9  # words from the count to "with"


def bears_harm(mention: Mention, position: int) -> Frame | None:
    """Read "12 miners |suffered leg injuries|" where the verb stands at the word."""
    words = mention.sentence.words
    if words[position].low not in _BEARING or not measure_fits("injured", mention.classes):
        return None
    noun = _injury_behind(mention.sentence, position)
    return ("injured", f"harm:{words[position].low} {noun}") if noun else None


def with_harm(mention: Mention, frame: Frame) -> Frame:
    """Count as injured who was "taken to hospital with burns" or "escaped with bruises": the text says for what."""
    words = mention.sentence.words
    if frame[0] == "affected" and frame[1].endswith(("hit", "hitting", "hits")) and "person" in mention.classes:
        if _is_shot(mention):
            return "injured", f"{frame[1]} by gunfire"
        return ("injured", f"{frame[1]} struck") if _is_run_over(mention) else frame
    if not _is_brought(frame):
        return frame
    for position in range(mention.after, min(mention.after + REACH, len(words))):
        if words[position].low in (";", "."):
            break
        if words[position].low in _WITH and _injury_behind(mention.sentence, position):
            return "injured", f"{frame[1]} for injuries"
    return _after_attack(mention, frame)


def _is_shot(mention: Mention) -> bool:
    """Read "the gunman opened fire, |hitting seven people|"; "the fire hit 300 residents" is none."""
    lows = mention.sentence.lows
    return any(
        low in _WEAPONS or (low == "fire" and position and lows[position - 1] in _OPENING)
        for position, low in enumerate(lows)
    )


def _is_run_over(mention: Mention) -> bool:
    """Read "a lorry |hit| three people": the vehicle stands right before the verb, as what does it."""
    words = mention.sentence.words
    for position in range(mention.word - 1, max(0, mention.word - 4), -1):
        if words[position].low in ("hit", "hits", "hitting"):
            return words[position - 1].low in _VEHICLES
    return False


def _is_brought(frame: Frame) -> bool:
    """Whether the frame tells of a hospital or an escape, so that what the persons bear may say more of them."""
    return (frame[0] == "hospitalised" and not frame[1].startswith("noun:patient")) or (
        frame[0] == "rescued" and frame[1].endswith(("escape", "escaped", "survived"))
    )


def _after_attack(mention: Mention, frame: Frame) -> Frame:
    """Read "two hospitalised after a shooting": a new admission, for wounds; who "remains in hospital" is a level."""
    lows = mention.sentence.lows[mention.behind_number : mention.after + REACH]
    if frame[0] != "hospitalised" or not _STILL.isdisjoint(lows) or "after" not in lows:
        return frame
    behind = lows[lows.index("after") + 1 :][:HARM_REACH]
    return ("injured", f"{frame[1]} after attack") if not _ATTACKS.isdisjoint(behind) else frame


def is_harm_said(sentence: Sentence, position: int, phrase: Phrase) -> bool:
    """Whether a phrase found at the word is whole: "with burns", but not "with burns training"."""
    last = phrase.words[-1]
    if last not in _INJURIES:
        return True
    first = position + len(phrase.words) - 1  # a gap takes one word or two
    ends = [end for end in (first, first + 1) if end < len(sentence.words) and sentence.words[end].low == last]
    return bool(ends) and not _goes_on(sentence, ends[0])


def _injury_behind(sentence: Sentence, position: int) -> str | None:
    """The injury that the next words name, unless the clause ends or denies it first or speaks of something else."""
    words = sentence.words
    for at in range(position + 1, min(position + 1 + HARM_REACH, len(words))):
        low = words[at].low
        if low in _INJURIES and not _goes_on(sentence, at):
            return low
        if low == "of" and words[at - 1].low not in _DEGREES:
            return None  # "have experience of burns"
        if low in _INJURIES and words[at + 1].low not in _INJURIES:
            return None  # "have burns training"
        if low in _ENDS or (low.endswith("ed") and low in lexicon().verbs):
            return None  # "had died of their injuries"
    return None


def _goes_on(sentence: Sentence, position: int) -> bool:
    """Whether a noun follows, so that the word here only tells of what kind it is."""
    if position + 1 >= len(sentence.words):
        return False
    following = sentence.words[position + 1]
    if sentence.is_tagged:
        return following.tag in ("NN", "NNS")
    return following.low.isalpha() and following.shown.islower() and following.low not in FUNCTION_WORDS
