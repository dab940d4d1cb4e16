"""Runs the checks of one run, stores what they say, and stops the publishing where a critical one fails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from checks.queries import statement
from checks.rules import Severity, custom_rules, own_rules
from checks.suite import Judged, Outcome, judge
from extract.errors import CheckFailed


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The outcome of one check: a row of `check_results`.

    outcome: "error" where the check itself broke, which is never a pass
    rows_checked: null where that is not the rows of one view; sample: some faults as JSON
    """

    check_name: str
    severity: Severity
    outcome: Outcome
    rows_checked: int | None
    rows_failed: int | None
    sample: str | None
    message: str | None

    @property
    def is_grave(self) -> bool:
        """Whether nothing may be published."""
        return self.severity == "critical" and self.outcome != "pass"


def run_checks(
    connection: duckdb.DuckDBPyConnection, run_id: str, now: datetime, custom: Path | None = None
) -> list[CheckResult]:
    """Check what the connection has committed, and save the outcomes under the run.

    custom: a folder of a user's own .sql checks; null = none
    Raises CheckFailed, after saving, where a critical check fails or breaks.
    """
    judged = judge(connection, [*own_rules(), *custom_rules(custom)], {"run_id": run_id, "now": now})
    results = [_result(one) for one in judged] + _compared(connection)
    _save(connection, run_id, now, results)
    if grave := [result for result in results if result.is_grave]:
        raise CheckFailed(describe(grave))
    return results


def describe(results: Sequence[CheckResult]) -> str:
    """What failed, for a person: one line a check, with a first example."""
    lines = [
        f"{result.check_name}: {result.message or result.outcome}" + (f", as {result.sample}" if result.sample else "")
        for result in results
    ]
    return "nothing was published, for " + "; ".join(lines)


def _result(judged: Judged) -> CheckResult:
    rule = judged.rule
    return CheckResult(
        rule.name, rule.severity, judged.outcome, judged.rows_checked, judged.rows_failed, judged.sample, judged.message
    )


def _compared(connection: duckdb.DuckDBPyConnection) -> list[CheckResult]:
    """How many pairs of figures could not be compared, by what is unknown: for the record, none of them is a fault."""
    rows = connection.execute(statement("incomparable")).fetchall()
    return [
        CheckResult(name, "info", "pass", int(pairs), int(count), None, words) for name, pairs, count, words in rows
    ]


def _save(connection: duckdb.DuckDBPyConnection, run_id: str, now: datetime, results: Sequence[CheckResult]) -> None:
    """Replace what the run's checks said before."""
    connection.execute(statement("forget_results"), {"run_id": run_id})
    for result in results:
        connection.execute(
            statement("save_result"),
            {
                "run_id": run_id,
                "name": result.check_name,
                "severity": result.severity,
                "outcome": result.outcome,
                "checked": result.rows_checked,
                "failed": result.rows_failed,
                "sample": result.sample,
                "message": result.message,
                "now": now,
            },
        )
