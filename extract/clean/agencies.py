"""Which news agency a text credits: copies of its report are one voice."""

# ruff: noqa: E501 - a pattern is read and searched for on one line

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.clean.plain import Judged

# How agencies sign -> the name under which their copies meet.
_NAMES = {
    "AFP": r"AFP|Agence France[- ]Presse",
    "Reuters": r"Reuters|REUTERS",
    "AP": r"AP|A\.P\.|Associated Press|The Associated Press",
    "TASS": r"TASS|Tass",
    "dpa": r"dpa|DPA",
    "Xinhua": r"Xinhua",
    "EFE": r"EFE|Efe",
    "UPI": r"UPI",
    "PA": r"PA Media|Press Association",
    "Interfax": r"Interfax",
    "Anadolu": r"Anadolu(?: Agency)?",
    "ANI": r"ANI",
    "PTI": r"PTI",
    "IANS": r"IANS",
    "AAP": r"AAP",
    "Kyodo": r"Kyodo(?: News)?",
    "Yonhap": r"Yonhap",
    "RIA Novosti": r"RIA Novosti",
    "CNA": r"Canadian Press|The Canadian Press",
    "Bloomberg": r"Bloomberg(?: News)?",
    "ANSA": r"ANSA",
}
_ANY = "|".join(f"(?:{pattern})" for pattern in _NAMES.values())
_SIGNED = (
    re.compile(rf"^(?:©|\(c\)|copyright ?©?)(?: ?(?:19|20)\d\d)?[ ,]*(?P<name>{_ANY})\b(?!/)"),
    re.compile(
        rf"^[A-Z][\w .,'()-]{{1,60}}[(–—-] ?(?P<name>{_ANY})\)?(?: ?[/,] ?\w{{2,12}})?\)? ?(?:–|—|-{{1,3}}|:)\s"
    ),
    re.compile(rf"^(?P<name>{_ANY})(?:, [A-Z][a-z]+ \d{{1,2}})?(?:\.| ?[–—-]{{1,2}} )\s?"),
    re.compile(rf"[(\[](?:with )?(?P<name>{_ANY})\)?[)\]]\W{{0,2}}$"),
    re.compile(
        rf"^(?:by|source|from|agency|via)(?: ?:)? (?:the )?(?:[A-Z][\w.'-]+ (?:[A-Z][\w.'-]+ )?(?:of |for |[/,|–-] ?)?(?:the )?)?(?P<name>{_ANY})\W{{0,3}}$",
        re.IGNORECASE,
    ),
    re.compile(rf"^[(\[]?(?P<name>{_ANY})[)\]]?(?: ?\|.{{0,30}})?\W{{0,2}}$"),
)
_READ_REASONS = frozenset({"text", "byline", "copyright", "credit", "date_line"})
_ENDS = 3


def find_origin(judged: Sequence[Judged]) -> str | None:
    """The agency that signs the text, in its byline, date line, first or last lines; null where none does."""
    lines = [block for block in judged if block.verdict.reason in _READ_REASONS]
    texts = [block.text for block in lines if block.verdict.reason == "text"]
    near = (
        [block.text for block in lines if block.verdict.reason in {"byline", "copyright"}]
        + texts[:_ENDS]
        + texts[-_ENDS:]
    )
    for text in near:
        for pattern in _SIGNED:
            match = pattern.search(text[:400] if pattern.pattern.startswith("^") else text[-80:])
            if match is not None:
                return next(
                    name for name, spelled in _NAMES.items() if re.fullmatch(spelled, match["name"], re.IGNORECASE)
                )
    return None
