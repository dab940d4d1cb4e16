"""Relations of what a run has written and no commit has seen."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
import pytest
from patience import linear_work

sys.path.append(str(Path(__file__).parent / "benchmarks"))

from bench_relations import NOW, invented

from checks.relate import _joined_as_written, relate

FIGURES = 60_000


def test_figures_that_no_commit_has_seen_are_related_in_time_that_grows_with_them(tmp_path):
    with invented(tmp_path / "warehouse.duckdb", FIGURES) as connection:
        with linear_work():
            counts = relate(connection, NOW)
        assert counts.stories == FIGURES // 100
        assert counts.current["source_conflict"] > FIGURES // 20


def test_a_pass_that_fails_says_why_and_leaves_the_connection_to_plan_as_before(tmp_path):
    with invented(tmp_path / "warehouse.duckdb", 100) as connection:
        before = connection.execute("SELECT current_setting('disabled_optimizers')").fetchone()
        connection.execute("CREATE TEMP TABLE once (number INTEGER PRIMARY KEY)")
        with pytest.raises(duckdb.ConstraintException, match="duplicate key"), _joined_as_written(connection):
            connection.execute("INSERT INTO once VALUES (1), (1)")
        connection.rollback()
        assert connection.execute("SELECT current_setting('disabled_optimizers')").fetchone() == before


def test_a_pass_leaves_no_working_table_behind(tmp_path):
    with invented(tmp_path / "warehouse.duckdb", 100) as connection:
        relate(connection, NOW)
        tables = connection.execute("SELECT table_name FROM duckdb_tables() WHERE temporary").fetchall()
        views = connection.execute("SELECT view_name FROM duckdb_views() WHERE temporary").fetchall()
    assert not {"corrected", "no_figures", "pages_due", "statements", "fresh_relations"} & {
        name for (name,) in tables + views
    }


def test_what_a_batch_was_worked_out_with_is_gone_from_memory_before_the_commit(tmp_path, monkeypatch):
    monkeypatch.setattr("checks.relate.FIGURES_AT_ONCE", FIGURES // 10)
    with invented(tmp_path / "warehouse.duckdb", FIGURES) as connection:
        before = held(connection)
        relate(connection, NOW)
        [(relations,)] = connection.execute("SELECT count(*) FROM core.relations").fetchall()
        assert held(connection) - before < 5_000 * relations  # three times as much where dropped tables stay


def held(connection: duckdb.DuckDBPyConnection) -> int:
    """Bytes of tables in memory, and of those that it spilled to disk."""
    [(found,)] = connection.execute(
        "SELECT sum(memory_usage_bytes + temporary_storage_bytes) FROM duckdb_memory() WHERE tag = 'IN_MEMORY_TABLE'"
    ).fetchall()
    return int(found)
