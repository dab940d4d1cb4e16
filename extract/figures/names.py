"""Who is who: joins the spellings of one person or body, and never two of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class JoinedName:
    """One spelling, and the voice it belongs to.

    voice: the same for all spellings of one person or body; the fullest spelling of the group
    evidence: why the spelling is in the group ("skeleton tokayev = tokayev"), "alone" where nothing joined it
    """

    voice: str
    evidence: str


def join_names(spellings: Iterable[str]) -> dict[str, JoinedName]:
    """Join the spellings that name one person or body; every given spelling is a key of the answer."""
    return {spelling: JoinedName(spelling, "alone") for spelling in sorted(set(spellings))}
