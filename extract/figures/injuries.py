"""Who was hurt, told by the harm itself: "suffered leg injuries", "in hospital with burns", "escaped with bruises"."""

from __future__ import annotations

from extract.figures.lexicon import lexicon, verb_forms
from extract.figures.mentions import Mention, measure_fits
from extract.figures.tables import load_table, word_set
from extract.figures.words import Sentence

Frame = tuple[str, str]  # measure, rule

_INJURIES = word_set("injuries", "nouns")
_BEARING = frozenset(
    form for verb in load_table("words")["injuries"]["bearing"].split() for form in verb_forms(verb)[0]
)
_WITH = frozenset({"with", "for", "from"})
_WEAPONS = word_set("injuries", "weapons")
_ATTACKS = word_set("injuries", "attacks")
_STILL = frozenset({"remain", "remains", "remained", "still"})
_ENDS = frozenset({".", ";", ":", ",", "no", "without", "not"})
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
    if frame[0] == "affected" and frame[1].endswith(("hit", "hitting", "hits")) and _is_shot(mention):
        return "injured", f"{frame[1]} by gunfire"
    if not _is_brought(frame):
        return frame
    for position in range(mention.after, min(mention.after + REACH, len(words))):
        if words[position].low in (";", "."):
            break
        if words[position].low in _WITH and _injury_behind(mention.sentence, position):
            return "injured", f"{frame[1]} for injuries"
    return _after_attack(mention, frame)


def _is_shot(mention: Mention) -> bool:
    """Read "the gunman opened fire, |hitting seven people|"."""
    return "person" in mention.classes and any(word.low in _WEAPONS for word in mention.sentence.words)


def _is_brought(frame: Frame) -> bool:
    """Whether the frame tells of a hospital or an escape, so that what the persons bear may say more of them."""
    return (frame[0] == "hospitalised" and not frame[1].startswith("noun:patient")) or (
        frame[0] == "rescued" and frame[1].endswith(("escape", "escaped", "survived"))
    )


def _after_attack(mention: Mention, frame: Frame) -> Frame:
    """Read "two hospitalised after a shooting": a new admission, for wounds; who "remains in hospital" is a level."""
    words = mention.sentence.words
    lows = [word.low for word in words[mention.behind_number : mention.after + REACH]]
    if frame[0] != "hospitalised" or _STILL & set(lows) or "after" not in lows:
        return frame
    behind = lows[lows.index("after") + 1 :][:HARM_REACH]
    return ("injured", f"{frame[1]} after attack") if _ATTACKS & set(behind) else frame


def _injury_behind(sentence: Sentence, position: int) -> str | None:
    """The injury that the next words name, unless the clause ends or denies it first."""
    for word in sentence.words[position + 1 : position + 1 + HARM_REACH]:
        if word.low in _INJURIES:
            return word.low
        if word.low in _ENDS or (word.low.endswith("ed") and word.low in lexicon().verbs):
            return None  # "had died of their injuries"
    return None
