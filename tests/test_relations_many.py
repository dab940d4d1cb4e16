"""Relations of what a run has written and no commit has seen."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
import pytest
from patience import linear_work

sys.path.append(str(Path(__file__).parent / "benchmarks"))

from bench_relations import NOW, invented

from checks.queries import statement
from checks.relate import relate

FIGURES = 60_000


def test_many_figures_that_no_commit_has_seen_are_related_without_pairing_all_of_a_story(tmp_path):
    with invented(tmp_path / "warehouse.duckdb", FIGURES) as connection:
        with linear_work():  # twice as much, seen where all was joined inside the transaction in DuckDB's own order
            counts = relate(connection, NOW)
        assert counts.stories == FIGURES // 100
        assert counts.current["source_conflict"] > FIGURES // 20


def test_a_pass_that_fails_says_why_and_the_next_one_is_as_if_it_had_not_been(tmp_path, monkeypatch):
    broken = "CREATE TEMP TABLE once (number INTEGER PRIMARY KEY); INSERT INTO once VALUES (1), (1)"
    with invented(tmp_path / "warehouse.duckdb", 1_000) as connection:
        connection.commit()
        connection.execute("SET disabled_optimizers = 'top_n'")
        connection.begin()
        with monkeypatch.context() as patch:
            patch.setattr(
                "checks.relate.statement", lambda name: broken if name == "save_timeline" else statement(name)
            )
            with pytest.raises(duckdb.ConstraintException, match="duplicate key"):
                relate(connection, NOW)
        connection.rollback()
        assert connection.execute("SELECT current_setting('disabled_optimizers')").fetchall() == [("top_n",)]
        assert relate(connection, NOW).new > 1_000


def test_a_pass_leaves_no_working_table_behind(tmp_path):
    with invented(tmp_path / "warehouse.duckdb", 100) as connection:
        relate(connection, NOW)
        assert connection.execute("SELECT table_name FROM duckdb_tables() WHERE temporary").fetchall() == []
        left = "SELECT view_name FROM duckdb_views() WHERE temporary AND NOT internal"
        assert connection.execute(left).fetchall() == []


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
