"""The working record of one number while its meaning is found, and how a measure is chosen for a noun."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from extract.figures.lexicon import Role, VerbSense, lexicon, match_phrase
from extract.figures.nouns import DEMONYM_ENDINGS, Counted, find_counted, noun_classes
from extract.figures.numbers import Number
from extract.figures.tables import word_set
from extract.figures.words import Sentence

UNKNOWN = frozenset({"unknown"})
PART_PRONOUNS = word_set("mentions", "part_pronouns")
_PARTITIVE_SKIPPED = word_set("mentions", "partitive_skipped")
MAX_PARTITIVE = 8  # words from the number to the noun behind "of"
_OTHER_THING = frozenset({"thing_other"})
_ANIMATE = frozenset(
    {"killed", "injured", "kidnapped", "detained"}
)  # said of people alone, so a noun we do not know is one of them
_PEOPLE = frozenset({"person", "life", "household", "force", "employee"})
_FITTING: dict[str, frozenset[str]] = {
    **dict.fromkeys(word_set("mentions", "persons"), _PEOPLE),
    **dict.fromkeys(("evacuated", "displaced"), _PEOPLE | {"building", "body"}),
    **dict.fromkeys(("deployed", "withdrawn"), frozenset({"force"})),
    "damaged": frozenset({"building", "vehicle", "thing"}),
    "jobs_cut": frozenset({"job", "employee"}),
    "affected": frozenset({"person", "body", "household", "building", "vehicle"}),
}


@dataclass(slots=True)
class Mention:
    """One number in its sentence, filled step by step.

    word: index of the number's word; behind_number: of the first word behind it
    after: of the first word behind number and counted noun
    counted: its own noun; noun: the noun's words, also when taken from elsewhere
    parent: the mention it is a part of, or takes its noun from
    """

    sentence: Sentence
    word: int
    behind_number: int
    number: Number
    counted: Counted | None
    classes: frozenset[str]
    after: int
    measure: str | None = None
    rule: str = ""
    noun: str | None = None
    parent: Mention | None = None
    is_part: bool = False
    is_partitive: bool = False
    is_in_list: bool = False
    is_negated: bool = False

    @property
    def head(self) -> int:
        """Index of the word that stands for the count in the parse."""
        if self.is_partitive:
            return self.word
        return self.counted.head if self.counted else self.behind_number - 1

    @property
    def head_low(self) -> str:
        """The counted noun's head in small letters, "" without one."""
        return self.sentence.words[self.counted.head].low if self.counted else ""


def make_mention(sentence: Sentence, number_index: int) -> Mention:
    """Begin a mention: find its counted noun."""
    number = sentence.numbers[number_index]
    word = sentence.word_of(number_index)
    counted = None if number.unit_measure in ("age", "duration", "money") else find_counted(sentence, word)
    if counted and counted.first == word + 1 and _is_predicate(sentence, counted.first):
        counted = None
    behind = _behind_number(sentence, word)
    partitive = None
    if counted is None and number.unit_measure in (None, "share"):
        partitive = _find_partitive(sentence, word, behind)
    counted = partitive or counted
    after = counted.last if counted else _behind_pronoun(sentence, behind)
    classes = counted_classes(sentence, counted)
    return Mention(sentence, word, behind, number, counted, classes, after, is_partitive=partitive is not None)


def _behind_number(sentence: Sentence, word: int) -> int:
    """Index of the first word behind the number that begins with the word."""
    words, index = sentence.words, word + 1
    while index < len(words) and words[index].number == words[word].number:
        index += 1
    return index


def _behind_pronoun(sentence: Sentence, behind: int) -> int:
    """Index of the first word behind a number that counts no noun, and "of them" behind it."""
    following = sentence.lows[behind : behind + 2]
    return behind + 2 if len(following) > 1 and following[0] == "of" and following[1] in PART_PRONOUNS else behind


def _is_predicate(sentence: Sentence, position: int) -> bool:
    """Read "12 suffered burns" as said of twelve, not as twelve burns."""
    phrase = match_phrase(sentence.words, position, 6)
    return phrase is not None and len(phrase.words) > 1


def _find_partitive(sentence: Sentence, number_word: int, behind: int) -> Counted | None:
    """What stands behind "of" and is counted: "six of the eight |blasts|", "two of his |guards|"."""
    words, position = sentence.words, behind
    if position + 1 >= len(words) or words[position].low not in ("of", "out"):
        return None
    position += 1
    while position < len(words) and (words[position].low in _PARTITIVE_SKIPPED or words[position].number >= 0):
        position += 1
    is_near = position < len(words) and position - number_word < MAX_PARTITIVE
    return find_counted(sentence, position - 1) if is_near else None


def counted_classes(sentence: Sentence, counted: Counted | None) -> frozenset[str]:
    """Classes of a counted noun; of "200 air force staff" those of staff."""
    if counted is None:
        return UNKNOWN
    head = sentence.words[counted.head]
    if head.tag == "JJ" or (head.tag.startswith("NNP") and head.low.endswith(DEMONYM_ENDINGS)):
        return frozenset({"person"})  # "one Egyptian", "two Belgians"
    return noun_classes(head.low)


def measure_fits(measure: str, classes: frozenset[str]) -> bool:
    """Whether things of these classes can be counted under the measure: no house is injured, no soldier demolished."""
    if classes == UNKNOWN or (measure in _ANIMATE and classes == _OTHER_THING):
        return True
    if measure == "damaged" and classes & {"person", "job"}:
        return False
    fitting = _FITTING.get(measure)
    return fitting is None or bool(classes & fitting)


def measure_of_verb(
    form: str,
    role: Role,
    classes: frozenset[str],
    behind: Iterable[str],
    *,
    passive: bool,
    with_particle: bool = False,
) -> str | None:
    """The measure that a verb form gives to a count in the role, or None.

    behind: words behind the verb, where a particle must stand ("laid 200 workers off")
    passive: the count is the subject of a passive, so the form must be a participle
    with_particle: only verbs with a particle, for something stands between verb and count
    """
    senses = lexicon().verbs.get(form)
    if senses is None:
        return None
    near = list(behind)
    for sense in senses:
        if with_particle and not sense.particle:
            continue
        if sense.role == role and (sense.is_participle or not passive) and _sense_fits(sense, classes, near):
            return sense.measure
    return None


def _sense_fits(sense: VerbSense, classes: frozenset[str], near: list[str]) -> bool:
    if sense.particle and not all(part in near for part in sense.particle.split()):
        return False
    if sense.classes and not sense.classes & classes:
        return False
    if sense.measure == "damaged" and classes == UNKNOWN:
        return False
    if sense.role == "subject" and sense.measure in ("rescued", "displaced") and "fugitive" in classes:
        return False  # "two gunmen escaped", "12 soldiers fled"
    if sense.measure == "affected" and "building" in classes and not classes & {"body", "household"}:
        return False  # a hospital that was affected is damaged, a household is not
    return measure_fits(sense.measure, classes)


def first_fitting(measures: Iterable[str], classes: frozenset[str]) -> str | None:
    """The first of the measures that fits things of these classes."""
    return next((measure for measure in measures if measure_fits(measure, classes)), None)
