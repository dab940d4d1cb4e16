"""What is said of a counted thing, from the words around it: the frames that give a number its measure."""

from __future__ import annotations

from extract.figures.captors import taken_by
from extract.figures.climb import measure_by_parse
from extract.figures.injuries import bears_harm, is_harm_said, with_harm
from extract.figures.lexicon import Role, lexicon, match_phrase
from extract.figures.mentions import UNKNOWN, Mention, first_fitting, measure_of_verb
from extract.figures.nouns import noun_classes
from extract.figures.standing import (
    behind_brackets,
    behind_partitive,
    counts_other,
    is_amid,
    is_aside,
    is_outdone,
    is_whole_of_share,
    unearthed,
)
from extract.figures.tables import word_set
from extract.figures.totals import measure_by_group, measure_by_total
from extract.figures.words import Sentence

Frame = tuple[str, str]  # measure, rule

_AUXILIARIES = word_set("frames", "auxiliaries")
_SKIPPED = _AUXILIARIES | word_set("frames", "skipped")
_DETERMINERS = word_set("frames", "determiners")
_STATES_BEFORE, _MORE_THAN_STATES = word_set("frames", "states_before"), word_set("frames", "more_than_states")
FATALLY = frozenset({"fatally", "mortally"})
_OBJECT_STARTS = word_set("frames", "object_starts")
_PLAIN_OBJECT_STARTS = _OBJECT_STARTS - {"at", "one"}
_COMPANIONS = word_set("parts", "companions")
COMPANION_REACH = 24  # words
PARTICLE_REACH = 3  # words behind the count: "moved |300 villagers| to relief camps"
PRONOUN_REACH = 30  # words to "them"
_DESCRIBING = word_set("frames", "describing")
_DONE_TO = frozenset({"killed", "injured", "detained", "kidnapped", "released", "rescued", "evacuated"})
MAX_JOINED = 6  # verbs joined to one another that share a subject
MAX_SKIP, MAX_DETERMINERS = 7, 3


def find_frame(mention: Mention) -> Frame | None:
    """The measure of a number by the strongest evidence: its unit, its noun, the words beside it, the parse."""
    if mention.number.unit_measure and mention.number.unit_measure != "other":
        return mention.number.unit_measure, f"unit:{mention.number.unit}"
    if rule := counts_other(mention):
        return "other", rule
    if frame := _own_noun(mention) or (None if mention.number.unit else _said_of(mention)):
        return with_harm(mention, taken_by(mention, (unearthed(mention, *frame), frame[1])))
    return ("other", f"unit:{mention.number.unit}") if mention.number.unit else None


def _said_of(mention: Mention) -> Frame | None:
    """What the words beside the count give it, the strongest first."""
    if (frame := _modifier(mention)) or is_aside(mention):
        return frame
    return (
        measure_by_group(mention)
        or _beside(mention)
        or measure_by_total(mention)
        or measure_by_parse(mention)
        or _companion(mention)
        or _taken_up(mention)
    )


def _beside(mention: Mention) -> Frame | None:
    """What is said behind the count, else before it; "killed |12 prisoners| in custody" is told by its verb."""
    behind = _behind(mention)
    if behind and (main := _main_verb(mention, behind)):
        return main
    before = _before(mention)
    if behind and not _only_describes(mention) and not is_outdone(behind, before):
        return behind
    if behind and before and (before[0] in _DONE_TO or behind[0] == "deployed"):
        return before
    return behind or before


def _main_verb(mention: Mention, behind: Frame) -> Frame | None:
    """Read "137 pupils abducted in May |were released|": the verb says more than the participle that picks them out."""
    words = mention.sentence.words
    if not mention.sentence.is_parsed or mention.after >= len(words) or words[mention.after].dep != "acl":
        return None
    if words[mention.head].dep not in ("nsubj", "nsubjpass") or words[mention.head].head < mention.after:
        return None
    main = measure_by_parse(mention)
    return main if main and main[0] in _DONE_TO and main[0] != behind[0] else None


def _only_describes(mention: Mention) -> bool:
    """Whether a relative clause or a preposition follows: "killed 12 |who were held|"; the verb before says more."""
    words = mention.sentence.words
    return mention.after < len(words) and words[mention.after].low in _DESCRIBING


def _companion(mention: Mention) -> Frame | None:
    """Read "she was killed along with |two guards|": whoever is with somebody shares the verb before."""
    lows = mention.sentence.lows
    before = lows[max(0, mention.word - 3) : mention.word]
    if "with" not in before or _COMPANIONS.isdisjoint(before):
        return None
    for position in range(mention.word - 2, max(0, mention.word - COMPANION_REACH), -1):
        passive = not _AUXILIARIES.isdisjoint(lows[max(0, position - 3) : position])
        role: Role = "object" if passive else "subject"
        behind = lows[position + 1 : position + 4]
        if measure := measure_of_verb(lows[position], role, mention.classes, behind, passive=passive):
            return measure, f"companion:{lows[position]}"
    return None


def _taken_up(mention: Mention) -> Frame | None:
    """Read "stopped |three aid workers| and stabbed them": what a later verb does to "them"."""
    words = mention.sentence.words
    if not mention.sentence.is_parsed or not mention.classes & {"person", "force"} or mention.number.is_one:
        return None
    for position in range(mention.after + 1, min(mention.after + PRONOUN_REACH, len(words))):
        if words[position].low in (";", ".") or (words[position].low == "them" and position < mention.after + 2):
            return None
        verb = position - 1
        if words[position].low != "them" or _does_it(mention, verb):
            continue
        if _names_others(mention, verb):
            return None
        behind = mention.sentence.lows[position + 1 : position + 4]
        if measure := measure_of_verb(words[verb].low, "object", mention.classes, behind, passive=False):
            return (measure, f"pronoun:{words[verb].low}") if measure in _DONE_TO else None
    return None


def _names_others(mention: Mention, verb: int) -> bool:
    """Whether others who are counted too stand between: "stopped three men, met |two guards| and shot them"."""
    words = mention.sentence.words
    return any(
        words[position].tag in ("NNS", "NNPS")
        and any(word.number >= 0 for word in words[position - 3 : position])
        and noun_classes(words[position].low) & {"person", "force"}
        for position in range(mention.after, verb)
    )


def _does_it(mention: Mention, verb: int) -> bool:
    """Whether the counted persons are the verb's subject, also by a verb before: "|two men| ran up and shot them"."""
    words = mention.sentence.words
    verb, subjects = _subjects(mention.sentence, verb)
    if words[verb].dep == "relcl" or any(words[child].low in ("who", "that") for child in subjects):
        return mention.head <= words[verb].head < verb and words[verb].head == mention.head
    return mention.head in subjects


def _subjects(sentence: Sentence, verb: int) -> tuple[int, list[int]]:
    """The verb that bears the subject of a chain of verbs, and its subjects."""
    words = sentence.words
    for _ in range(MAX_JOINED):
        subjects = [child for child in sentence.children[verb] if words[child].dep in ("nsubj", "nsubjpass")]
        if subjects or words[verb].dep not in ("conj", "advcl", "xcomp"):
            return verb, subjects
        verb = words[verb].head
    return verb, []


def _own_noun(mention: Mention) -> Frame | None:
    """Read "12 deaths", "12 dead", "12 arrested": the word behind the number says it."""
    words = mention.sentence.words
    table = lexicon()
    if mention.counted is None:
        position = behind_partitive(mention)
        if position < len(words) and not mention.number.unit:
            word = words[position].low
            measures = table.nouns.get(word, ()) + table.states.get(word, ())
            if measures and not _is_active(mention.sentence, position):
                return measures[0], f"noun:{word}"
        return None
    noun = mention.head_low
    span = " ".join(mention.sentence.lows[mention.counted.first : mention.counted.last])
    for key in (span, noun):
        measures = table.nouns.get(key, ())
        if measures and (found := _noun_measure(mention, measures[0], noun)):
            return found, f"noun:{key}"
    if "job" in mention.classes and "cut" in span.replace("cuts", "cut").split():
        return "jobs_cut", f"noun:{span}"
    return None


_LIFE_VERBS = word_set("frames", "life_verbs")
_SAVING = frozenset({"save", "saved", "saving"})
_HELD_NOUNS = word_set("frames", "held_nouns")
_FLIGHT = word_set("frames", "flight")


def _noun_measure(mention: Mention, measure: str, noun: str) -> str | None:
    """The noun's measure, unless the noun needs a verb to mean it or another frame says more of it."""
    words = mention.sentence.words
    if noun in ("lives", "life"):
        near = mention.sentence.lows[max(0, mention.word - 6) : mention.after + 4]
        if not _LIFE_VERBS.isdisjoint(near):
            return measure
        return None if _SAVING.isdisjoint(near) else "rescued"
    if noun in _HELD_NOUNS and mention.after < len(words) and words[mention.after].low in _FLIGHT:
        return "other" if "fugitive" in mention.classes else measure
    if noun in _HELD_NOUNS and not is_whole_of_share(mention):
        stronger = _modifier(mention) or _beside(mention) or measure_by_parse(mention)
        return stronger[0] if stronger and not (measure == "kidnapped" and stronger[0] == "detained") else measure
    return measure


def _modifier(mention: Mention) -> Frame | None:
    """Read "12 wounded soldiers", "30 dead civilians": a state between number and noun."""
    if mention.counted is None:
        return None
    words = mention.sentence.words
    for position in range(mention.counted.first, mention.counted.head):
        measures = lexicon().states.get(words[position].low, ())
        if measure := first_fitting(measures, mention.classes):
            return _done_to_them(mention, measure) or (measure, f"modifier:{words[position].low}")
    return None


def _done_to_them(mention: Mention, measure: str) -> Frame | None:
    """Read "divers |rescued| 16 trapped miners": what became of them says more than how they were."""
    if measure not in _STATES_BEFORE:
        return None
    told = _beside(mention) or measure_by_parse(mention)
    return told if told and told[0] in _MORE_THAN_STATES else None


def _behind(mention: Mention) -> Frame | None:
    """Read "12 people |were killed|", "12 people |dead|", "12 miners |lost their lives|"."""
    words, position = mention.sentence.words, mention.after
    passive = has_comma = False
    for _ in range(MAX_SKIP):
        position = behind_brackets(mention.sentence, position)
        if position >= len(words):
            return None
        if frame := _state_at(mention, position, passive=passive):
            return frame
        low = words[position].low
        if not _is_skipped(low) and (low != "," or has_comma):
            return None
        has_comma = has_comma or low == ","
        passive = passive or low in _AUXILIARIES
        position += 1
    return None


def _is_skipped(low: str) -> bool:
    """Helpers and adverbs between a count and what is said of it."""
    return low in _SKIPPED or (low.endswith("ly") and low not in ("family", "only", "rally", "bully"))


def _state_at(mention: Mention, position: int, *, passive: bool) -> Frame | None:
    words, table = mention.sentence.words, lexicon()
    word = words[position].low
    frame = _phrase_at(mention, position) if word in table.phrases else None
    if frame := frame or bears_harm(mention, position):
        return frame
    if word not in table.verbs and word not in table.states and words[position - 1].low not in FATALLY:
        return None
    behind = mention.sentence.lows[position + 1 : position + 4]
    if measure := measure_of_verb(word, "subject", mention.classes, behind, passive=False):
        return None if passive else (measure, f"subject:{word}")
    if passive or not _is_active(mention.sentence, position):
        if words[position - 1].low in FATALLY:
            return "killed", f"passive:fatally {word}"
        measure = measure_of_verb(word, "object", mention.classes, behind, passive=True)
        measure = measure or first_fitting(table.states.get(word, ()), mention.classes)
        return (measure, f"passive:{word}") if measure else None
    return None


def _phrase_at(mention: Mention, position: int) -> Frame | None:
    phrase = match_phrase(mention.sentence.words, position, 9)
    if phrase and not is_harm_said(mention.sentence, position, phrase):
        return None
    if phrase and (_has_object_behind(mention.sentence, position, len(phrase.words)) or is_amid(mention, phrase)):
        return None
    measure = first_fitting(phrase.measures, mention.classes) if phrase else None
    return (measure, f"phrase:{' '.join(phrase.words)}") if phrase and measure else None


def _has_object_behind(sentence: Sentence, position: int, width: int) -> bool:
    """Read "five men |shot to death| a watchman": the phrase is an active verb with its own object."""
    words = sentence.words
    after = position + width
    if words[position].low not in lexicon().verbs or after >= len(words):
        return False
    if words[position + 1].low == "to" and after > position + 2 and not words[position + 2].low.startswith("death"):
        return False  # "told to leave |their homes|"
    return words[after].low in _PLAIN_OBJECT_STARTS


def _is_active(sentence: Sentence, position: int) -> bool:
    """Whether the verb here has an object of its own: "three gunmen killed a guard"."""
    words = sentence.words
    if words[position].tag == "VBN" and words[position].dep in ("acl", "amod", "relcl"):
        return False
    if position + 1 >= len(words):
        return False
    following = words[position + 1]
    if following.number >= 0 or following.low in _OBJECT_STARTS:
        return following.low != "at" or (position + 2 < len(words) and words[position + 2].low in ("least", "most"))
    if sentence.is_parsed and words[position].tag in ("VBD", "VBZ", "VBP", "VBG"):
        return any(words[child].dep in ("dobj", "ccomp") for child in sentence.children[position])
    return False


def _before(mention: Mention) -> Frame | None:
    """Read "|killed| 12", "|laid off| 12 clerks", "|the death of| 12 monks"."""
    words, position = mention.sentence.words, mention.word - 1
    while position >= 0 and words[position].low in _DETERMINERS and mention.word - position <= MAX_DETERMINERS:
        position -= 1
    if position < 0:
        return None
    word = words[position].low
    if word == "of" and position:
        return _event_before(mention, position - 1)
    if word == "by" and position:  # "a walkout by 300 clerks"
        frame = _event_before(mention, position - 1)
        return frame if frame and frame[0] == "protesters" else None
    verb, particles = (position, []) if word in lexicon().verbs else (position - 1, [word])
    if verb < 0 or (words[position + 1].low in (",", "and") and position + 1 < mention.word):
        return None
    particles += mention.sentence.lows[mention.after : mention.after + PARTICLE_REACH]
    measure = measure_of_verb(
        words[verb].low, "object", mention.classes, particles, passive=False, with_particle=verb < position
    )
    if measure and not _is_passive_already(mention.sentence, verb):
        return measure, f"object:{words[verb].low}"
    return None


def _is_passive_already(sentence: Sentence, verb: int) -> bool:
    """Read "were killed 12 kilometres away": the verb's count stands before it."""
    is_passive = not _AUXILIARIES.isdisjoint(sentence.lows[max(0, verb - 3) : verb])
    return is_passive and not sentence.lows[verb].endswith("ing")


def _event_before(mention: Mention, position: int) -> Frame | None:
    word = mention.sentence.words[position].low
    measure = first_fitting(lexicon().events.get(word, ()), mention.classes)
    if measure and (mention.classes != UNKNOWN or measure in ("killed", "injured", "detained", "missing")):
        return measure, f"event:{word}"
    return None
