"""Who takes somebody: what gunmen seize are captives, what police seize are under arrest."""

from __future__ import annotations

from extract.figures.mentions import Mention
from extract.figures.tables import word_set

Frame = tuple[str, str]  # measure, rule

_SEIZING = word_set("captors", "seizing")
_CAPTORS = word_set("captors", "captors")
_ARRESTERS = word_set("captors", "arresters")
_TAKEN = word_set("captors", "taken")
REACH = 16  # words from the captors to their captives


def taken_by(mention: Mention, frame: Frame) -> Frame:
    """Read "gunmen |seized| 40 pupils" as of kidnapped ones; police who seize somebody arrest them."""
    if frame[0] != "detained" or frame[1].rpartition(":")[2].rpartition(" ")[2] not in _SEIZING:
        return frame
    words = mention.sentence.words
    near = {word.low for word in words[max(0, mention.word - REACH) : mention.after + REACH]}
    if near & _ARRESTERS or "force" in mention.classes:
        return frame
    noun = mention.head_low
    return ("kidnapped", f"{frame[1]} by captors") if near & _CAPTORS - {noun} or noun in _TAKEN else frame
