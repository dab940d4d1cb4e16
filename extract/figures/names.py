"""Who is who: joins the spellings of one person or body, and never two of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from extract.figures.name_forms import NameForm, given_groups, read_name

SAME_PERSON = 0.95  # surnames as skeletons; below it Petrov and Petrova, Niger and Nigeria would meet
BLOCK_LETTERS = 3  # surnames that differ in these are never compared
ACRONYM_SWAP = 4  # letters that an acronym needs before two of them may have changed places


@dataclass(frozen=True, slots=True)
class JoinedName:
    """One spelling, and the voice it belongs to.

    voice: the same for all spellings of one person or body; the fullest spelling of the group
    evidence: why the spelling is in the group ("surname tokaev"), "alone" where nothing joined it
    """

    voice: str
    evidence: str


@dataclass(slots=True)
class _Groups:
    """Spellings in groups, with the reason that brought each in."""

    parent: dict[str, str] = field(default_factory=dict)
    why: dict[str, str] = field(default_factory=dict)

    def find(self, spelling: str) -> str:
        """The spelling that stands for the group."""
        while self.parent.setdefault(spelling, spelling) != spelling:
            self.parent[spelling] = self.parent[self.parent[spelling]]
            spelling = self.parent[spelling]
        return spelling

    def join(self, one: str, other: str, why: str) -> None:
        """Put two spellings into one group; the first reason of each is kept."""
        self.why.setdefault(one, why)
        self.why.setdefault(other, why)
        low, high = sorted((self.find(one), self.find(other)))
        self.parent[high] = low


def join_names(spellings: Iterable[str]) -> dict[str, JoinedName]:
    """Join the spellings that name one person or body; every given spelling is a key of the answer.

    The same for any order of the spellings. Persons join over transliterations, titles and missing given names; bodies
    over word order and a country that only one of them names; acronyms with the name they abbreviate; countries never.
    """
    forms = [read_name(spelling) for spelling in sorted(set(spellings))]
    groups = _Groups()
    _join_same(forms, groups)
    _join_persons([form for form in forms if form.kind == "person"], groups)
    bodies = [form for form in forms if form.kind == "body"]
    _join_bodies(bodies, groups)
    acronyms = [form for form in forms if form.kind == "acronym"]
    _join_acronyms(acronyms, bodies, groups)
    _join_small_letters(acronyms, [form for form in forms if form.kind == "person"], groups)
    members: dict[str, list[NameForm]] = defaultdict(list)
    for form in forms:
        members[groups.find(form.spelling)].append(form)
    return {
        form.spelling: JoinedName(_fullest(group), groups.why.get(form.spelling, "alone"))
        for group in members.values()
        for form in group
    }


def _fullest(group: Sequence[NameForm]) -> str:
    """The spelling that says most: a name before its acronym, most name words, no title, then the alphabet."""
    return min(
        group,
        key=lambda f: (
            f.kind == "acronym",
            -len(f.words) - len(f.places),
            len(f.spelling.split()),
            -len(f.spelling),
            f.spelling,
        ),
    ).spelling


def _join_same(forms: Sequence[NameForm], groups: _Groups) -> None:
    """Join what reads exactly alike."""
    first: dict[tuple[object, ...], NameForm] = {}
    for form in forms:
        key = (form.kind, form.words, form.places, form.suffix)
        known = first.setdefault(key, form)
        if known is not form:
            groups.join(known.spelling, form.spelling, f"reads alike: {' '.join(form.words)}")


def _join_persons(persons: Sequence[NameForm], groups: _Groups) -> None:
    """Join full names whose surname and given names fit, then surnames alone that only one person bears."""
    by_surname: dict[str, list[NameForm]] = defaultdict(list)
    for person in persons:
        by_surname[person.words[-1]].append(person)
    for surname, alike in _alike_surnames(sorted(by_surname)):
        full = [person for name in alike for person in by_surname[name] if len(person.words) > 1]
        _join_full_names(full, surname, groups)
    for surname, alike in _alike_surnames(sorted(by_surname)):
        full = [person for name in alike for person in by_surname[name] if len(person.words) > 1]
        bearers = {groups.find(person.spelling) for person in full}
        alone = [person for person in by_surname[surname] if len(person.words) == 1]
        if len(bearers) == 1:
            for person in alone:
                groups.join(full[0].spelling, person.spelling, f"surname {surname} of one person")


def _alike_surnames(surnames: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Each surname with those that sound like it, itself first; only surnames of one beginning are compared."""
    blocks: dict[str, list[str]] = defaultdict(list)
    for surname in surnames:
        blocks[surname[:BLOCK_LETTERS]].append(surname)
    return [
        (surname, [surname, *(other for other in block if other != surname and _is_one_surname(surname, other))])
        for block in blocks.values()
        for surname in block
    ]


def _is_one_surname(one: str, other: str) -> bool:
    """Whether two surnames are spellings of one; a woman's -a is another name."""
    short, long = sorted((one, other), key=len)
    if long == f"{short}a":
        return False
    return fuzz.ratio(one, other) >= SAME_PERSON * 100


def _join_full_names(full: Sequence[NameForm], surname: str, groups: _Groups) -> None:
    """Join those of one surname whose given names fit; only those of one first letter are compared."""
    by_letter: dict[str, list[NameForm]] = defaultdict(list)
    for person in full:
        by_letter[_first_letter(person)].append(person)
    for some in by_letter.values():
        distinct = {(*person.words, person.suffix): person for person in reversed(some)}
        persons = [distinct[key] for key in sorted(distinct)]
        for at, person in enumerate(persons):
            for other in persons[at + 1 :]:
                if _do_given_names_fit(person, other):
                    groups.join(person.spelling, other.spelling, f"surname {surname}, given names fit")


def _first_letter(person: NameForm) -> str:
    """First letter of the given name, in the spelling of its group."""
    return given_groups().get(person.words[0], person.words[0])[:1]


def _do_given_names_fit(one: NameForm, other: NameForm) -> bool:
    """Whether given names can be one person's: each in its place the same, an initial of it, or another spelling.

    A spelling that only resembles counts beside another given name that is the same.
    """
    if one.suffix and other.suffix and one.suffix != other.suffix:
        return False
    pairs = list(zip(one.words[:-1], other.words[:-1], strict=False))
    same = [_is_same_given(a, b) for a, b in pairs]
    return any(same) and all(sure or _resembles(a, b) for sure, (a, b) in zip(same, pairs, strict=True))


def _is_same_given(one: str, other: str) -> bool:
    """Whether two given names are one: equal over transliteration, an initial, or of one group of the table."""
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    table = given_groups()
    return _open(one) == _open(other) or table.get(one, one) == table.get(other, other)


def _open(name: str) -> str:
    """A name without the difference of a and e, o and u inside it; its last letter tells men from women and stays."""
    return name[:-1].replace("e", "a").replace("u", "o") + name[-1:]


def _resembles(one: str, other: str) -> bool:
    """Whether two given names have the same consonants and end: "Jomart", "Jomarat"."""
    consonants = [[letter for letter in name if letter not in "aeiou"] for name in (one, other)]
    return consonants[0] == consonants[1] and one[-1] == other[-1] and fuzz.ratio(one, other) >= 80  # noqa: PLR2004


def _join_bodies(bodies: Sequence[NameForm], groups: _Groups) -> None:
    """Join bodies of the same words where at most one place is named; generic ones only with the same place."""
    by_words: dict[tuple[str, ...], list[NameForm]] = defaultdict(list)
    for body in bodies:
        if not body.is_generic:
            by_words[body.words].append(body)
    for words, some in by_words.items():
        placed = {body.places for body in some if body.places}
        if len(placed) == 1:
            for body in some[1:]:
                groups.join(some[0].spelling, body.spelling, f"same words: {' '.join(words)}")


def _join_acronyms(acronyms: Sequence[NameForm], bodies: Sequence[NameForm], groups: _Groups) -> None:
    """Join acronyms with the one body that they abbreviate, by brackets, by initials, or with two letters swapped."""
    meant: dict[str, set[str]] = defaultdict(set)
    defined: dict[str, set[str]] = defaultdict(set)
    example: dict[str, str] = {}
    for body in bodies:
        group = groups.find(body.spelling)
        example.setdefault(group, body.spelling)
        meant[body.initials].add(group)
        if body.acronym:
            defined[body.acronym.replace(".", "").upper()].add(group)
    for acronym in acronyms:
        letters = acronym.words[0].replace(".", "")
        found = defined.get(letters) or meant.get(letters) or _swapped(letters, {**meant, **defined})
        if len(found) == 1:
            groups.join(example[next(iter(found))], acronym.spelling, f"acronym {letters}")


def _join_small_letters(acronyms: Sequence[NameForm], persons: Sequence[NameForm], groups: _Groups) -> None:
    """Join acronyms that some papers write as a word: "NATO" and "Nato"."""
    as_words = {person.spelling.upper(): person for person in persons}
    for acronym in acronyms:
        word = as_words.get(acronym.words[0])
        if word and len(acronym.words[0]) >= ACRONYM_SWAP:
            groups.join(acronym.spelling, word.spelling, f"acronym {acronym.words[0]}")


def _swapped(letters: str, meant: dict[str, set[str]]) -> set[str]:
    """Groups whose initials are these letters with two neighbours swapped: "CTSO"."""
    if len(letters) < ACRONYM_SWAP:
        return set()
    swaps = {letters[:at] + letters[at + 1] + letters[at] + letters[at + 2 :] for at in range(len(letters) - 1)}
    return {group for swap in sorted(swaps) for group in meant.get(swap, set())}
