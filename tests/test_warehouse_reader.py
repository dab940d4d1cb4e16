"""What a person's query may and may not do."""

from __future__ import annotations

import pytest
from warehouse_articles import EXTRACTOR, clock, dam_story

from extract.errors import BadQuery, WarehouseMissing
from warehouse.reader import ask, open_reader
from warehouse.store import open_store


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ledger")
    with open_store(folder / "w.duckdb", clock()) as store:
        store.save_extracted(dam_story(), extractor=EXTRACTOR)
        store.publish()
    (folder / "secret.csv").write_text("secret\nhidden words\n")
    with open_reader(folder / "w.duckdb") as connection:
        yield connection


ESCAPES = [
    "SELECT * FROM '{folder}/secret.csv'",
    "SELECT * FROM read_csv('{folder}/secret.csv')",
    "SELECT * FROM read_text('{folder}/secret.csv')",
    "SELECT * FROM read_blob('/etc/hostname')",
    "SELECT * FROM glob('{folder}/*')",
    "SELECT * FROM read_duckdb('{folder}/w.duckdb')",
    "SELECT * FROM 'https://example.org/x.parquet'",
    "SELECT * FROM sniff_csv('{folder}/secret.csv')",
    "SELECT * FROM hidden_words",
    "SELECT * FROM enable_logging(storage = 'file', storage_path = '{folder}/log')",
    "SELECT * FROM system.main.\"ENABLE_logging\" /* so */ -- there\n (storage = 'stdout')",
    "SELECT * FROM query('FROM enable_' || 'logging(storage = ''stdout'')')",
    "WITH x AS (SELECT * FROM arrow_scan(1, 2, 3)) FROM x",
    "EXPLAIN SELECT * FROM enable_logging(storage = 'stdout')",
    "CALL enable_logging(storage = 'stdout')",
    "COPY (SELECT 1) TO '{folder}/out.csv'",
    "COPY articles TO '{folder}/out.parquet'",
    "EXPORT DATABASE '{folder}/out'",
    "ATTACH '{folder}/out.duckdb' AS other",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET enable_external_access = true",
    "SET threads = 1",
    "PRAGMA enable_profiling = 'json'",
    "CREATE TABLE main.mine AS SELECT 1",
    "CREATE TEMP TABLE mine AS SELECT 1",
    "DELETE FROM core.articles",
    "UPDATE core.articles SET title = 'x'",
    "DROP VIEW articles",
    "CHECKPOINT",
    "SELECT 1; DROP VIEW articles",
    "",
    "-- nothing",
    "SELEC 1",
]


@pytest.mark.parametrize("sql", ESCAPES)
def test_a_query_can_neither_read_nor_write_anything_but_the_ledger(reader, tmp_path, sql):
    hidden_words = reader.sql("SELECT 1 AS one")  # a variable of ours that DuckDB would find by its name
    folder = reader.execute("SELECT path FROM duckdb_databases() WHERE database_name = 'w'").fetchone()[0]
    folder = folder.rpartition("/")[0]
    with pytest.raises(BadQuery):
        ask(reader, sql.format(folder=folder))
    assert hidden_words is not None
    assert reader.execute("SELECT count(*) FROM articles").fetchone() == (3,)


@pytest.mark.parametrize(
    "sql",
    [
        "FROM articles",
        "SELECT 1;",
        "DESCRIBE figures",
        "SHOW TABLES",
        "SUMMARIZE figures",
        "EXPLAIN SELECT * FROM figures",
        "WITH x AS (SELECT 1 AS n) FROM x",
        "VALUES (1)",
        "-- a note\nSELECT 1 -- another",
        "FROM (PIVOT figures ON measure IN ('killed') USING count(*) GROUP BY outlet)",
    ],
)
def test_every_kind_of_question_is_answered(reader, sql):
    answer = ask(reader, sql)
    assert len(answer.rows) >= 1
    assert len(answer.columns) == len(answer.types) == len(answer.rows[0])


def test_moments_come_in_utc_wherever_the_machine_stands(reader):
    ((moment,),) = ask(reader, "SELECT DISTINCT published_at FROM articles").rows
    assert moment.isoformat() == "2031-05-04T03:00:00+00:00"
    assert ask(reader, "SELECT current_setting('TimeZone')").rows == [("UTC",)]


def test_an_answer_says_where_it_was_cut(reader):
    assert ask(reader, "FROM figures", most_rows=2).is_cut
    assert len(ask(reader, "FROM figures", most_rows=2).rows) == 2
    assert not ask(reader, "FROM figures", most_rows=4).is_cut


def test_a_query_without_end_is_stopped_and_the_connection_goes_on(reader):
    with pytest.raises(BadQuery, match="longer than"):
        ask(
            reader,
            "SELECT count(*) FROM range(9999999) a, range(9999999) b WHERE a.range * b.range % 7 = 8",
            seconds=0.2,
        )
    assert ask(reader, "SELECT 1").rows == [(1,)]


def test_a_query_that_wants_too_much_memory_is_refused(tmp_path):
    with open_store(tmp_path / "small.duckdb", clock()) as store:
        store.publish()
    with open_reader(tmp_path / "small.duckdb", memory="50MB") as connection:
        with pytest.raises(BadQuery, match=r"[Mm]emory"):
            ask(connection, "SELECT list(range) FROM range(200000000)")
        assert ask(connection, "SELECT 1").rows == [(1,)]


def test_two_readers_in_one_process_are_both_locked(reader, tmp_path):
    path = reader.execute("SELECT path FROM duckdb_databases() WHERE database_name = 'w'").fetchone()[0]
    with open_reader(type(tmp_path)(path)) as second:
        assert ask(second, "SELECT current_setting('lock_configuration'), current_setting('TimeZone')").rows == [
            (True, "UTC")
        ]
        with pytest.raises(BadQuery):
            ask(second, "SELECT * FROM read_text('/etc/hostname')")


def test_a_warehouse_that_is_not_there_is_named_with_what_to_do(tmp_path):
    with pytest.raises(WarehouseMissing, match="run `tallywire ingest`"):
        open_reader(tmp_path / "w.duckdb")
    assert list(tmp_path.iterdir()) == []
