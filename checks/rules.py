"""The rules of the checks: .sql files that select the rows that break them, ours and a user's own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal, get_args

import duckdb

Severity = Literal["critical", "warning", "info"]

_FIRST = re.compile(r"--\s*(?P<name>[a-z][a-z0-9_]*)\s*:\s*(?P<severity>\w+)(?:\s*,\s*over\s+(?P<over>[a-z_.]+))?\s*")
_SECOND = re.compile(r"--\s*One row:\s*(?P<row>\S.*?)\s*")
HEADER = "two lines, as in\n-- no_toll_above_a_million: warning\n-- One row: one figure that cannot be meant."


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: a query whose every row is a fault.

    severity: a fault against a critical rule stops the publishing
    over: the view whose rows it looks at, to say how many were checked; null where that is not one view
    row: what one row of the query is
    problem: why the rule cannot be run; it is then reported as an error, never as passed
    """

    name: str
    severity: Severity
    row: str
    query: str
    over: str | None = None
    problem: str | None = None


@cache
def own_rules() -> tuple[Rule, ...]:
    """The rules that every warehouse is held to, by name."""
    entries = (entry for entry in (files("checks") / "rules").iterdir() if entry.name.endswith(".sql"))
    return tuple(
        parse_rule(entry.name, entry.read_text(encoding="utf-8"))
        for entry in sorted(entries, key=lambda entry: entry.name)
    )


def custom_rules(folder: Path | None) -> tuple[Rule, ...]:
    """A user's own rules: every .sql file of the folder, by name.

    A file that cannot be read as meant becomes a rule with a problem.
    """
    if folder is None:
        return ()
    if not folder.is_dir():
        return (
            Rule("custom_checks", "warning", "", "", problem=f"{folder} is no folder: make it, or change the setting"),
        )
    taken = {rule.name for rule in own_rules()}
    found = []
    for path in sorted(folder.glob("*.sql")):
        rule = _read_rule(path)
        if rule.name in taken:
            # Under a name of its own, so that the error is not taken for one of the check that has the name.
            problem = f"{path.name}: there is a check {rule.name} already"
            rule = Rule(_name_of(f"custom {path.name}"), rule.severity, "", "", problem=problem)
        taken.add(rule.name)
        found.append(rule)
    return tuple(found)


def _read_rule(path: Path) -> Rule:
    """One file, whatever is in it."""
    try:
        return parse_rule(path.name, path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        return Rule(_name_of(path.name), "warning", "", "", problem=f"{path.name} cannot be read: {error}")


def parse_rule(file_name: str, text: str) -> Rule:
    """Read one rule from its file; what is wrong with it is in `problem`."""
    first, _, rest = text.lstrip("\ufeff").partition("\n")
    second, _, query = rest.partition("\n")
    head, tail = _FIRST.fullmatch(first.strip()), _SECOND.fullmatch(second.strip())
    if head is None or tail is None:
        return Rule(_name_of(file_name), "warning", "", "", problem=f"{file_name} must begin with {HEADER}")
    name, severity = head["name"], head["severity"]
    if severity not in get_args(Severity):
        problem = f"{file_name}: severity {severity!r} is none of {', '.join(get_args(Severity))}"
        return Rule(name, "warning", tail["row"], "", problem=problem)
    query = query.strip().rstrip(";")
    return Rule(name, severity, tail["row"], query, head["over"], _query_problem(file_name, query))  # type: ignore[arg-type]  # one of the literals, as just tested


def _query_problem(file_name: str, query: str) -> str | None:
    """Why the text is not one query that only reads; null where it is."""
    try:
        statements = duckdb.extract_statements(query)
    except duckdb.Error as error:
        return f"{file_name} is no SQL: {error}"
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        return f"{file_name} must hold one SELECT and nothing else"
    if statements[0].named_parameters:
        found = ", ".join(sorted(statements[0].named_parameters))
        return f"{file_name} has parameters ({found}): write the values into it"
    return None


def _name_of(file_name: str) -> str:
    """A name for a rule that tells none."""
    return re.sub(r"\W+", "_", file_name.removesuffix(".sql").lower()).strip("_") or "custom_check"


def names(rules: Iterable[Rule]) -> list[str]:
    """Their names, in order."""
    return [rule.name for rule in rules]
