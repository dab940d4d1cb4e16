"""The body that "it" stands for where nobody has spoken yet: "The Red Cross put up tents. 12 are dead, |it| said"."""

from __future__ import annotations

import re

from extract.figures.tables import any_of, load_table, word_set

LOOK_BACK = 300  # characters of the paragraph before the pronoun
_KINDS = load_table("claims")["kinds"]
_BODIES = [
    word
    for kind in ("official_first", "official", "organisation", "company", "union", "medical")
    for word in _KINDS[kind]
]
_PERSONS = word_set("antecedents", "persons")
_BEHIND_HEAD = re.compile(r"\s+(?:of|for)\s")  # "minister |of| Health": the head noun stands before
_NAME = r"(?:[A-Z][\w\u2019'&-]*\s+){0,5}"
_BODY = re.compile(
    rf"\b(?:[Tt]he|[Aa]n?)\s+(?P<name>{_NAME}(?i:{any_of(_BODIES)})(?:\s+of\s+(?:the\s+)?(?:[A-Z][\w\u2019'-]*\s*){{1,4}})?)\b",
    re.UNICODE,
)


def body_before(text: str, end: int) -> str | None:
    """The body named last before `end`, in the same sentence or the one before it; persons and things are none."""
    line = text.rfind("\n", 0, end) + 1
    before = text[max(line, end - LOOK_BACK) : end]
    stop = before.rstrip().rfind(". ", 0, before.rstrip().rfind(". "))
    bodies = [match["name"].strip() for match in _BODY.finditer(before, max(0, stop))]
    named = [name for name in bodies if not _is_person(name)]
    return named[-1] if named else None


def _is_person(name: str) -> bool:
    """Whether the head noun is a person's: the "minister" of "minister of Health", not the "Center" of a body."""
    return _BEHIND_HEAD.split(name, maxsplit=1)[0].split()[-1].lower() in _PERSONS
