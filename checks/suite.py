"""The rules as one suite of Great Expectations: an expectation a rule, that its query selects nothing.

Great Expectations takes seconds to import, so it is imported where it is used.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import duckdb

from checks.rules import Rule

if TYPE_CHECKING:
    from great_expectations.datasource.fluent.interfaces import Batch

Outcome = Literal["pass", "fail", "error"]
SAMPLE_ROWS = 5
_ONE_ROW = "SELECT 1 AS one"


@dataclass(frozen=True, slots=True)
class Judged:
    """What the suite says of one rule.

    rows_failed: null where the rule could not be run; message then says why
    """

    rule: Rule
    outcome: Outcome
    rows_checked: int | None = None
    rows_failed: int | None = None
    sample: str | None = None
    message: str | None = None


def judge(
    connection: duckdb.DuckDBPyConnection, rules: Sequence[Rule], variables: Mapping[str, object]
) -> list[Judged]:
    """Hold what the connection has committed against the rules, in their order.

    variables: what the rules read by getvariable(): run_id and now
    """
    cursor = connection.cursor()  # a connection of its own: its temporary tables never reach the file
    try:
        for name, value in variables.items():
            cursor.execute(f"SET VARIABLE {name} = $value", {"value": value})
        broken = {rule.name: problem for rule in rules if (problem := _keep_faults(cursor, rule))}
        with _batch(cursor) as batch:  # closes the cursor at its end, so all is read inside
            results = _validate(batch, [rule for rule in rules if rule.name not in broken])
            return [
                Judged(rule, "error", message=broken[rule.name])
                if rule.name in broken
                else _judged(cursor, rule, results[rule.name])
                for rule in rules
            ]
    finally:
        cursor.close()


def _keep_faults(cursor: duckdb.DuckDBPyConnection, rule: Rule) -> str | None:
    """Keep what the rule's query finds until all is judged, for it is asked for twice; returns why that cannot be done.

    What no table can hold, an unnamed struct, or what breaks on its way is left to Great Expectations to ask for, which
    reports it. Where faults are many they go to disk.
    """
    if rule.problem:
        return rule.problem
    with suppress(duckdb.Error):
        cursor.execute(f'CREATE TEMP TABLE "{_faults_of(rule)}" AS {rule.query}')
        return None
    try:
        cursor.execute(f'CREATE TEMP VIEW "{_faults_of(rule)}" AS {rule.query}')
    except duckdb.Error as error:
        return str(error)
    return None


def _faults_of(rule: Rule) -> str:
    return f"broken_{rule.name}"


def _validate(batch: Batch, rules: Sequence[Rule]) -> dict[str, dict[str, Any]]:
    """The results of Great Expectations, by the rule's name."""
    import great_expectations as gx
    from great_expectations.expectations import UnexpectedRowsExpectation

    suite = gx.ExpectationSuite(
        name="tallywire",
        expectations=[
            # The batch is a single row, so the product is the rule's own rows.
            UnexpectedRowsExpectation(
                unexpected_rows_query=f'SELECT r.* FROM {{batch}}, "{_faults_of(rule)}" AS r',  # noqa: S608  # a name of ours
                description=rule.row,
                severity=rule.severity,
                meta={"rule": rule.name},
            )
            for rule in rules
        ],
    )
    answer = batch.validate(suite).to_json_dict()
    return {result["expectation_config"]["meta"]["rule"]: result for result in answer["results"]}


@contextmanager
def _batch(cursor: duckdb.DuckDBPyConnection) -> Iterator[Batch]:
    """A batch of Great Expectations that reads through our own cursor."""
    import great_expectations as gx
    from duckdb_sqlalchemy import ConnectionWrapper
    from great_expectations.data_context.types.base import ProgressBarsConfig
    from sqlalchemy.pool import StaticPool

    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    context.variables.analytics_enabled = False
    source = context.data_sources.add_sql(
        "warehouse",
        connection_string="duckdb:///:memory:",
        create_temp_table=False,
        kwargs={
            "creator": lambda: ConnectionWrapper(cursor),
            "poolclass": StaticPool,
            "pool_reset_on_return": None,
            "isolation_level": "AUTOCOMMIT",
            "skip_autocommit_rollback": True,
        },
    )
    try:
        yield source.add_query_asset("one row", query=_ONE_ROW).add_batch_definition_whole_table("all").get_batch()
    finally:
        engine = source.get_execution_engine()
        engine.close()
        engine.engine.dispose()
        source.get_engine().dispose()


def _judged(cursor: duckdb.DuckDBPyConnection, rule: Rule, result: Mapping[str, Any]) -> Judged:
    """One result in our words; a broken check says success=False too, so the exception is looked at first."""
    if problem := _exception(result.get("exception_info") or {}):
        return Judged(rule, "error", message=problem.partition("\n")[0])
    failed = int(result["result"]["observed_value"])
    checked = _count(cursor, rule.over) if rule.over else None
    if failed == 0:
        return Judged(rule, "pass", checked, 0)
    rows = cursor.execute(f'SELECT * FROM "{_faults_of(rule)}" LIMIT {SAMPLE_ROWS}')  # noqa: S608  # a name of ours
    columns = [column[0] for column in rows.description or ()]
    sample = json.dumps(
        [dict(zip(columns, row, strict=True)) for row in rows.fetchall()], default=str, ensure_ascii=False
    )
    return Judged(rule, "fail", checked, failed, sample, f"{failed} found: {rule.row}")


def _exception(info: Mapping[str, Any]) -> str | None:
    """The message of an exception, whether it stands at the top or under the metric that raised it."""
    entries = [info, *(entry for entry in info.values() if isinstance(entry, dict))]
    return next((str(entry.get("exception_message")) for entry in entries if entry.get("raised_exception")), None)


def _count(cursor: duckdb.DuckDBPyConnection, view: str) -> int | None:
    """How many rows a view has; null for a view that is not there."""
    try:
        row = cursor.execute(f"SELECT count(*) FROM {view}").fetchone()  # noqa: S608  # letters, dots and underscores, as parsed
    except duckdb.Error:
        return None
    return None if row is None else int(row[0])
