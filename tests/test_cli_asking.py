"""`tallywire sql` on a published warehouse, as people and as scripts call it."""

from __future__ import annotations

import csv
import io
import json

import pytest
from test_publish_readers import publish_edition


@pytest.fixture
def asking(published, tallywire):
    publish_edition(published, 1)

    def ask(query, *options):
        return tallywire("sql", query, "--warehouse", published, *options)

    return ask


def test_an_answer_as_csv_is_read_by_any_csv_reader_and_holds_no_formula(asking):
    status, out, err = asking("SELECT '=1+1' AS cell, 'a \"b\", c' AS quoted, 3.50::DECIMAL(9,2) AS number", "--csv")
    assert (status, err) == (0, "")
    assert list(csv.reader(io.StringIO(out))) == [["cell", "quoted", "number"], ["'=1+1", 'a "b", c', "3.5"]]


def test_an_answer_as_json_is_one_object_a_row(asking):
    status, out, _ = asking("SELECT outlet, words FROM articles ORDER BY url LIMIT 2", "--json")
    assert status == 0
    assert [sorted(json.loads(line)) for line in out.splitlines()] == [["outlet", "words"]] * 2


def test_an_answer_is_json_or_csv_but_not_both(asking):
    status, out, err = asking("SELECT 1", "--json", "--csv")
    assert (status, out) == (2, "")
    assert "leave out --json or --csv" in " ".join(err.split())


def test_a_long_answer_is_cut_and_says_so_beside_the_answer(asking):
    status, out, err = asking("FROM articles", "--rows", "3")
    assert (status, len(out.splitlines())) == (0, 4)
    assert "only the first 3 rows are shown: --rows for more" in err


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT nonsense FROM articles", "nonsense"),
        ("DELETE FROM core.articles", "only queries can be run here"),
        ("FROM read_csv('/etc/passwd')", "disabled"),
    ],
)
def test_a_query_that_cannot_be_answered_is_told_why(asking, query, told):
    status, out, err = asking(query)
    assert (status != 0, out) == (True, "")
    assert told in err


def test_the_help_says_of_every_command_in_one_whole_line_what_it_does(tallywire):
    status, out, _ = tallywire("--help")
    commands = out.partition("Commands:")[2].strip().splitlines()
    assert status == 0
    assert len(commands) >= 14
    assert [line for line in commands if not line.endswith(".") or line.endswith("...")] == []
