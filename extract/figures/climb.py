"""Measures by the parse: from the counted noun up through what governs it."""

from __future__ import annotations

from functools import cache

from extract.figures.injuries import is_harm_said
from extract.figures.lexicon import Role, VerbSense, lexicon, match_phrase
from extract.figures.mentions import UNKNOWN, Mention, first_fitting, measure_fits, measure_of_verb
from extract.figures.tables import word_set
from extract.figures.words import Sentence

_LINKERS = word_set("climb", "linkers")
_COPULAS = word_set("climb", "copulas")
MAX_STEPS = 6


def may_be_told(mention: Mention) -> bool:
    """Whether a word of the sentence might give the count its measure; where none does, no parse can."""
    return not _telling_of(mention.classes).isdisjoint(mention.sentence.lows)


@cache
def _telling_of(classes: frozenset[str]) -> frozenset[str]:
    """The words of which one must stand in the sentence; of a phrase its longest."""
    table = lexicon()
    words = {form for form, senses in table.verbs.items() if any(_may_mean(sense, classes) for sense in senses)}
    for lists in (table.states, table.events, table.totals):
        words |= {word for word, measures in lists.items() if first_fitting(measures, classes)}
    words |= {
        max(phrase.words, key=len)
        for phrases in table.phrases.values()
        for phrase in phrases
        if first_fitting(phrase.measures, classes)
    }
    return frozenset(words | table.nouns.keys())


def _may_mean(sense: VerbSense, classes: frozenset[str]) -> bool:
    return measure_fits(sense.measure, classes) and not (sense.classes and sense.classes.isdisjoint(classes))


def measure_by_parse(mention: Mention) -> tuple[str, str] | None:
    """The measure of the nearest governing word that speaks of the count in its role."""
    sentence = mention.sentence
    if not sentence.is_parsed:
        return None
    position = mention.head
    for _ in range(MAX_STEPS):
        word = sentence.words[position]
        parent = word.head
        if parent == position or parent < 0:
            return None
        if frame := _frame_at(mention, position, parent):
            return frame
        if not _may_climb(sentence, position):
            return None
        position = parent
    return None


def _may_climb(sentence: Sentence, position: int) -> bool:
    """Whether what governs the word's governor still speaks of the count: through lists, "of", appositions."""
    word = sentence.words[position]
    if word.dep in ("conj", "appos", "nummod", "quantmod", "nmod", "compound", "amod", "dep", "attr", "npadvmod"):
        return True
    if word.dep == "pobj":
        return sentence.words[word.head].low in ("of", "including", "like", "among", "to", "at")
    return word.dep == "prep" and word.low in ("of", "including", "like", "among", "to", "at")


def _frame_at(mention: Mention, position: int, parent: int) -> tuple[str, str] | None:
    sentence = mention.sentence
    dep, governor = sentence.words[position].dep, sentence.words[parent]
    if governor.number >= 0 and governor.number != sentence.words[mention.word].number:
        return None
    if dep in ("nsubjpass", "nsubj"):
        return _as_subject(mention, parent, passive=dep == "nsubjpass")
    if dep in ("dobj", "obj", "oprd"):
        return _as_object(mention, parent)
    if dep == "prep" and sentence.words[position].low == "of":
        measure = first_fitting(lexicon().events.get(governor.low, ()), mention.classes)
        return (measure, f"parse:event {governor.low}") if measure and mention.classes != UNKNOWN else None
    if dep == "appos":
        measures = lexicon().nouns.get(governor.low, ())
        return (measures[0], f"parse:apposition {governor.low}") if measures and measures[0] != "population" else None
    return None


def _near(sentence: Sentence, verb: int) -> list[str]:
    return sentence.lows[verb + 1 : verb + 4] + [
        sentence.words[child].low
        for child in sentence.children[verb]
        if sentence.words[child].dep in ("prt", "advmod", "oprd", "acomp", "prep")
    ]


def _as_object(mention: Mention, verb: int) -> tuple[str, str] | None:
    sentence = mention.sentence
    low = sentence.words[verb].low
    if any(sentence.words[child].dep in ("auxpass", "nsubjpass") for child in sentence.children[verb]):
        return None
    measure = measure_of_verb(low, "object", mention.classes, _near(sentence, verb), passive=False)
    if measure:
        return measure, f"parse:object {low}"
    return _small_clause(mention, verb)


def _small_clause(mention: Mention, verb: int) -> tuple[str, str] | None:
    """Read "left 12 people in the square dead": a state that the verb says of its object."""
    sentence = mention.sentence
    for child in sentence.children[verb]:
        word = sentence.words[child]
        if word.dep not in ("oprd", "acomp", "ccomp", "xcomp", "advcl") or child < mention.word:
            continue
        if measure := first_fitting(lexicon().states.get(word.low, ()), mention.classes):
            return measure, f"parse:state {word.low}"
    return None


def _as_subject(mention: Mention, verb: int, *, passive: bool) -> tuple[str, str] | None:
    sentence = mention.sentence
    low = sentence.words[verb].low
    passive = passive or any(sentence.words[child].dep == "auxpass" for child in sentence.children[verb])
    if frame := _verb_phrase(mention, verb):
        return frame
    if passive and (measure := measure_of_verb(low, "object", mention.classes, _near(sentence, verb), passive=True)):
        return measure, f"parse:passive {low}"
    if not passive and (
        measure := measure_of_verb(low, "subject", mention.classes, _near(sentence, verb), passive=False)
    ):
        return measure, f"parse:subject {low}"
    if low in _COPULAS and (frame := _predicate(mention, verb)):
        return frame
    return _chained(mention, verb, passive=passive)


def _verb_phrase(mention: Mention, verb: int) -> tuple[str, str] | None:
    """A phrase of the table that begins at the verb or at its auxiliary: "will go", "were among those killed"."""
    sentence = mention.sentence
    helpers = [child for child in sentence.children[verb] if sentence.words[child].dep in ("aux", "auxpass")]
    if _another_subject(mention, verb):
        return None
    for start in sorted({verb, *helpers}):
        phrase = match_phrase(sentence.words, start, 9) if start > mention.word else None
        if phrase and not is_harm_said(sentence, start, phrase):
            continue
        if phrase and len(phrase.words) > 1 and (measure := first_fitting(phrase.measures, mention.classes)):
            return measure, f"parse:phrase {' '.join(phrase.words)}"
    return None


def _another_subject(mention: Mention, verb: int) -> bool:
    """Whether another clause with its own count lies before the verb: "Ten fainted and |40 were treated|"."""
    between = mention.sentence.words[mention.after : verb]
    has_verb = False
    for word in between:
        has_verb = has_verb or word.tag in ("VBD", "VBZ", "VBP", "MD")
        if has_verb and word.number >= 0:
            return True
    return False


def _predicate(mention: Mention, verb: int) -> tuple[str, str] | None:
    sentence = mention.sentence
    for child in sentence.children[verb]:
        word = sentence.words[child]
        if child < mention.word:
            continue
        phrase = match_phrase(sentence.words, child, 8)
        if phrase and (measure := first_fitting(phrase.measures, mention.classes)):
            return measure, f"parse:is {' '.join(phrase.words)}"
        if word.dep in ("acomp", "attr", "oprd"):
            measures = lexicon().states.get(word.low, ()) + (
                lexicon().totals.get(word.low, ()) if mention.classes == UNKNOWN else ()
            )
            if measure := first_fitting(measures, mention.classes):
                return measure, f"parse:is {word.low}"
    return None


def _chained(mention: Mention, verb: int, *, passive: bool) -> tuple[str, str] | None:
    """Read "are believed to have been killed", "were run over and injured": the verbs that hang on the governor."""
    sentence = mention.sentence
    low = sentence.words[verb].low
    for child in sentence.children[verb]:
        word = sentence.words[child]
        is_joined = passive and word.dep == "conj" and word.tag == "VBN" and not _stands_alone(sentence, child)
        if word.dep in ("xcomp", "conj", "ccomp") and (low in _LINKERS or word.dep == "xcomp" or is_joined):
            passive = is_joined or any(
                sentence.words[grandchild].dep == "auxpass" for grandchild in sentence.children[child]
            )
            role: Role = "object" if passive else "subject"
            if measure := measure_of_verb(word.low, role, mention.classes, _near(sentence, child), passive=passive):
                return measure, f"parse:chain {word.low}"
    return None


def _stands_alone(sentence: Sentence, verb: int) -> bool:
    """Whether a joined verb has a subject or a "have" of its own: "were paid by him, and |have detained| nine"."""
    return any(
        sentence.words[child].dep in ("nsubj", "nsubjpass") or sentence.words[child].low in ("have", "has", "had")
        for child in sentence.children[verb]
    )
