"""The worked questions of queries.sql, for the docs, the command line and the tests."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_HEADER = re.compile(r"^-- name: (?P<name>[a-z0-9_]+)\n-- question: (?P<question>.+)\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class WorkedQuery:
    """One question and the query that answers it. sql: one statement, without its semicolon."""

    name: str
    question: str
    sql: str


@cache
def worked_queries() -> tuple[WorkedQuery, ...]:
    """All of them, in the file's order. Raises ValueError where two share a name."""
    text = (files("warehouse") / "queries.sql").read_text(encoding="utf-8")
    headers = list(_HEADER.finditer(text))
    ends = [header.start() for header in headers[1:]] + [len(text)]
    found = tuple(
        WorkedQuery(header["name"], header["question"], text[header.end() : end].strip().removesuffix(";"))
        for header, end in zip(headers, ends, strict=True)
    )
    if len({query.name for query in found}) < len(found):
        raise ValueError("two worked queries share a name")
    return found
