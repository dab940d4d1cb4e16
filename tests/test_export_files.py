"""What leaves the warehouse: Parquet and CSV."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from warehouse_articles import EXTRACTOR, MORNING, a_page, clock, dam_story, read

from extract.errors import BadQuery, WarehouseMissing
from warehouse.export import FORMULA_STARTS, csv_cell, disarm, export_csv, export_parquet, write_csv
from warehouse.records import Run
from warehouse.statements import view_files
from warehouse.store import open_store

HOSTILE = '=HYPERLINK("https://evil.example","click")'


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    path = tmp_path_factory.mktemp("ledger") / "w.duckdb"
    with open_store(path, clock()) as store:
        hostile = a_page("hostile", "@SUM(1+1)*cmd|' /C calc'!A0", title=HOSTILE, outlet="+Velm -Courier")
        store.save_extracted([*dam_story(), read(hostile)], extractor=EXTRACTOR)
        store.save_run(Run("run", "track", MORNING, "completed", skipped_by_reason={"empty": 2}))
        store.publish()
    return path


def test_every_public_view_goes_into_a_file_of_its_own(published, tmp_path):
    names = [view.name for view in view_files()]
    assert [path.name for path in export_parquet(published, tmp_path)] == [f"{name}.parquet" for name in names]
    assert [path.name for path in export_csv(published, tmp_path)] == [f"{name}.csv" for name in names]
    assert len(list(tmp_path.iterdir())) == 2 * len(names)


def test_parquet_holds_the_rows_and_types_of_the_views(published, tmp_path):
    export_parquet(published, tmp_path)
    with duckdb.connect(str(published), read_only=True) as ledger:
        for view in view_files():
            there = f"read_parquet('{tmp_path / view.name}.parquet')"
            described = "SELECT column_name, column_type FROM (DESCRIBE {})"
            wanted = ledger.execute(described.format(view.name)).fetchall()
            assert ledger.execute(described.format(f"SELECT * FROM {there}")).fetchall() == wanted, view.name
            for one, other in ((view.name, there), (there, view.name)):
                left = ledger.execute(f"SELECT count(*) FROM (FROM {one} EXCEPT ALL FROM {other})").fetchone()
                assert left == (0,), view.name


def test_csv_disarms_every_formula_and_loses_nothing(published, tmp_path):
    export_csv(published, tmp_path, ["articles", "figures"])
    with (tmp_path / "articles.csv").open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    (hostile,) = [row for row in rows if row["url"].endswith("/hostile")]
    assert hostile["title"] == f"'{HOSTILE}"
    assert hostile["text"].startswith("'@SUM")
    assert hostile["outlet"] == "'+Velm -Courier"
    assert len(rows) == 4
    with (tmp_path / "figures.csv").open(newline="", encoding="utf-8") as stream:
        figures = list(csv.DictReader(stream))
    assert {row["low"] for row in figures} == {"12", "30", "19", "21"}
    assert {row["high"] for row in figures} == {"12", "30", "", "21"}


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        (None, ""),
        (True, "true"),
        (Decimal("-12.500000"), "-12.5"),
        (Decimal("3000.000000"), "3000"),
        (-3, "-3"),
        (datetime.fromisoformat("2031-05-04T06:00:00+00:00"), "2031-05-04T06:00:00+00:00"),
        (date(2031, 5, 4), "2031-05-04"),
        (["=1", "b"], '["=1", "b"]'),
        ({"empty": 2}, '{"empty": 2}'),
        ("-5 degrees", "'-5 degrees"),
        ("  =1+1", "'  =1+1"),
        ("\t=1", "'\t=1"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("12 = twelve", "12 = twelve"),
        ("", ""),
    ],
)
def test_a_cell_is_written_as_text_that_no_spreadsheet_runs(cell, written):
    assert csv_cell(cell) == written


@given(st.text())
def test_no_text_at_all_begins_like_a_formula(text):
    assert disarm(text)[:1] not in set(FORMULA_STARTS)
    assert disarm(text).removeprefix("'") == text or disarm(text) == text


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2)))
def test_a_written_csv_reads_back_as_the_same_cells(rows):
    stream = io.StringIO(newline="")
    write_csv(stream, ["one", "two"], rows)
    stream.seek(0)
    assert list(csv.reader(stream))[1:] == [[disarm(cell) for cell in row] for row in rows]


def test_a_view_that_is_none_is_named_with_the_choices(published, tmp_path):
    with pytest.raises(BadQuery, match=r"no public view 'core\.articles': choose from articles"):
        export_csv(published, tmp_path, ["core.articles"])


def test_a_missing_warehouse_is_named(tmp_path):
    with pytest.raises(WarehouseMissing):
        export_csv(tmp_path / "w.duckdb", tmp_path / "out")


def test_an_export_that_breaks_leaves_no_half_file_and_the_old_one_stays(published, tmp_path):
    (tmp_path / "stories.csv").write_text("the old one")
    spoilt = tmp_path / "w.duckdb"
    shutil.copyfile(published, spoilt)
    script = (
        "import resource, signal, sys; from pathlib import Path; from warehouse.export import export_csv\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (10, resource.RLIM_INFINITY))\n"
        "export_csv(Path(sys.argv[1]), Path(sys.argv[2]), ['stories'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(spoilt), str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "File too large" in done.stderr
    assert (tmp_path / "stories.csv").read_text() == "the old one"
    assert not list(tmp_path.glob("*.part"))
