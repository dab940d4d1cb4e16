"""Each rule of the checks, with a row it catches and a row it leaves alone; a user's own rules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from newsdesk import NOW, Desk

from checks.relate import CONTRADICTING
from checks.rules import custom_rules, own_rules
from checks.run import run_checks
from checks.suite import judge
from extract.errors import CheckFailed

TEXT = "Seven people died."


@pytest.fixture
def desk():
    """One sound article with one sound figure, related and stored with a run."""
    desk = Desk()
    article = desk.article("a", text=TEXT)
    desk.figure(article, 7, quote="Seven people", char_start=0, char_end=12, claimant="Fire Brigade")
    desk.block_and_run(article)
    fetch(desk, "r1", NOW)
    desk.relate()
    return desk


def fetch(desk, run, at, *, source="desk", outcome="page", pages=1):
    for number in range(pages):
        desk.connection.execute(
            """INSERT INTO core.fetches (run_id, url, source, fetched_at, outcome, reason, detail, size_bytes, seconds)
            VALUES (?, ?, ?, ?, ?, '', '', 10, 0.1)""",
            [run, f"https://{source}.example/{number}", source, at, outcome],
        )


def sql(text):
    return lambda desk: desk.connection.execute(text)


def contradiction(desk, kind):
    desk.connection.execute(
        """INSERT INTO core.relations (relation_id, story_id, kind, severity, figure_ids, a_figure_ids, b_figure_ids,
        rule, explanation, voices, first_seen_at, last_seen_at, is_current)
        SELECT 'x', 's', $kind, 'low', [figure_id], [figure_id], [figure_id], 'by hand', 'Because.', 1, $now, $now, true
        FROM core.figures""",
        {"kind": kind, "now": NOW},
    )


def relation_across_stories(desk):
    other = desk.report("z", 8, article={"story": "t"})
    contradiction(desk, "update")
    desk.connection.execute(
        "UPDATE core.relations SET severity = NULL, figure_ids = list_append(figure_ids, ?)", [other]
    )


def stale(desk):
    desk.connection.execute("DELETE FROM core.fetches")
    fetch(desk, "r0", NOW - timedelta(days=4))
    fetch(desk, "r1", NOW, outcome="skipped")


def thin(desk):
    for day in range(1, 7):
        fetch(desk, f"e{day}", NOW - timedelta(days=day), pages=9)


TWICE = "INSERT INTO core.{0} SELECT * FROM core.{0}"
BREAKS = {
    "articles_have_unique_ids": sql(TWICE.format("articles")),
    "figures_have_unique_ids": sql(TWICE.format("figures")),
    "relations_have_unique_ids": lambda desk: (contradiction(desk, "tension"), contradiction(desk, "tension")),
    "figures_stand_in_their_article": sql("UPDATE core.figures SET char_start = 1, char_end = 13"),
    "figures_belong_to_an_article": sql("UPDATE core.figures SET article_id = 'gone'"),
    "figures_have_bounds_in_order": sql("UPDATE core.figures SET low = 9, high = 8"),
    "figures_have_days_in_order": sql("UPDATE core.figures SET as_of_from = DATE '2031-05-09'"),
    "blocks_belong_to_an_article": sql("UPDATE core.blocks SET article_id = 'gone'"),
    "pages_have_one_latest_version": sql("UPDATE core.articles SET is_latest = false"),
    "articles_belong_to_a_story": sql("DELETE FROM core.stories"),
    "relations_rest_on_figures": lambda desk: (
        contradiction(desk, "tension"),
        desk.connection.execute("UPDATE core.relations SET figure_ids = ['gone']"),
    ),
    "relations_stay_in_one_story": relation_across_stories,
    "relations_explain_themselves": lambda desk: (
        contradiction(desk, "tension"),
        desk.connection.execute("UPDATE core.relations SET explanation = ' '"),
    ),
    "timeline_has_numbers_in_order": sql("UPDATE core.timeline SET best = 99"),
    "timeline_has_one_row_a_day": sql(TWICE.format("timeline")),
    "runs_reconcile": sql("UPDATE core.runs SET skipped = 0"),
    "forgotten_pages_are_gone": sql("INSERT INTO core.forgotten SELECT page_id, 'x', now(), NULL FROM core.articles"),
    "claimants_have_a_voice": sql("DELETE FROM core.claimants"),
    "warehouse_is_not_empty": sql("DELETE FROM core.figures"),
    "sources_are_fresh": stale,
    "volume_is_usual": thin,
    "nothing_is_in_quarantine": sql(
        "INSERT INTO core.quarantine VALUES ('a', 'https://a.example', 'no_text', '', now())"
    ),
    "all_pairs_were_compared": sql("UPDATE core.related SET beyond_cap = 4"),
} | {f"no_{kind}": (lambda desk, kind=kind: contradiction(desk, kind)) for kind in CONTRADICTING}


def broken(desk):
    return {
        one.rule.name: one
        for one in judge(desk.connection, own_rules(), {"run_id": "r1", "now": NOW})
        if one.outcome != "pass"
    }


def test_every_rule_has_a_row_that_breaks_it():
    assert set(BREAKS) == {rule.name for rule in own_rules()}


def test_every_rule_leaves_a_sound_warehouse_alone(desk):
    assert broken(desk) == {}


@pytest.mark.parametrize("name", BREAKS)
def test_a_rule_catches_its_row(desk, name):
    BREAKS[name](desk)
    rule = next(rule for rule in own_rules() if rule.name == name)
    (found,) = judge(desk.connection, [rule], {"run_id": "r1", "now": NOW})
    assert (found.outcome, found.rows_failed and found.rows_failed > 0) == ("fail", True)
    assert found.sample is not None
    assert rule.row in found.message


def test_a_passing_warehouse_is_stored_with_what_was_checked(desk):
    results = run_checks(desk.connection, "r1", NOW)
    stored = desk.rows(
        "SELECT check_name, severity, outcome, rows_checked, rows_failed FROM check_results WHERE run_id = 'r1'"
    )
    assert len(stored) == len(results)
    assert {row["outcome"] for row in stored} == {"pass"}
    assert {
        "check_name": "figures_have_unique_ids",
        "severity": "critical",
        "outcome": "pass",
        "rows_checked": 1,
        "rows_failed": 0,
    } in stored


def test_checking_a_run_twice_stores_its_outcomes_once(desk):
    results = run_checks(desk.connection, "r1", NOW)
    run_checks(desk.connection, "r1", NOW)
    assert desk.rows("SELECT count(*) AS n FROM check_results") == [{"n": len(results)}]


def test_a_critical_failure_stops_the_run_and_shows_the_row(desk):
    BREAKS["figures_have_bounds_in_order"](desk)
    with pytest.raises(CheckFailed, match=r"figures_have_bounds_in_order: 1 found: .*Seven people"):
        run_checks(desk.connection, "r1", NOW)


def test_a_warning_lets_the_run_go_on(desk):
    contradiction(desk, "tension")
    results = {result.check_name: result for result in run_checks(desk.connection, "r1", NOW)}
    assert (results["no_tension"].severity, results["no_tension"].outcome) == ("warning", "fail")


def test_an_empty_warehouse_is_not_a_pass():
    desk = Desk()
    results = {result.check_name: result for result in run_checks(desk.connection, "r1", NOW)}
    assert results["warehouse_is_not_empty"].outcome == "fail"


def test_what_could_not_be_compared_is_counted(desk):
    for page in ("b", "c"):
        article = desk.article(page, text=TEXT)
        desk.figure(article, 7, quote="Seven people", char_start=0, char_end=12, place=None)
    desk.relate()
    results = {
        result.check_name: result for result in run_checks(desk.connection, "r1", NOW) if result.severity == "info"
    }
    unknown = results["incomparable_place_unknown"]
    assert (unknown.outcome, unknown.rows_checked, unknown.rows_failed) == ("pass", 3, 3)


# a user's own

TOO_BIG = """-- no_toll_above_a_thousand: warning, over figures
-- One row: one toll that cannot be meant.
SELECT figure_id, quote FROM figures WHERE measure = 'killed' AND low > 1000;
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "big.sql").write_text(TOO_BIG, encoding="utf-8")
    return tmp_path


def by_name(desk, folder):
    return {result.check_name: result for result in run_checks(desk.connection, "r1", NOW, folder)}


def test_a_users_own_check_runs_and_is_stored_like_ours(desk, folder):
    desk.report("b", 70_000)
    desk.relate()
    desk.connection.execute("UPDATE core.figures SET quote = 'Seven people', char_start = 0, char_end = 12")
    desk.connection.execute("UPDATE core.articles SET text = 'Seven people died.'")
    found = by_name(desk, folder)["no_toll_above_a_thousand"]
    assert (found.severity, found.outcome, found.rows_checked, found.rows_failed) == ("warning", "fail", 2, 1)
    assert found.message == "1 found: one toll that cannot be meant."


def test_a_users_own_check_leaves_sound_rows_alone(desk, folder):
    assert by_name(desk, folder)["no_toll_above_a_thousand"].outcome == "pass"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT 1", "must begin with two lines"),
        ("-- odd: grave\n-- One row: one.\nSELECT 1", "severity 'grave' is none of"),
        ("-- odd: warning\n-- One row: one.\nSELECT 1; SELECT 2", "must hold one SELECT"),
        ("-- odd: warning\n-- One row: one.\nDELETE FROM core.figures", "must hold one SELECT"),
        ("-- odd: warning\n-- One row: one.\nSELEC 1", "is no SQL"),
        ("-- odd: warning\n-- One row: one.\nSELECT $now", "has parameters (now)"),
        ("-- odd: warning\n-- One row: one.\nSELECT * FROM nowhere", "nowhere does not exist"),
        ("-- odd: warning\n-- One row: one.\nSELECT CAST(quote AS INTEGER) FROM figures", "Could not convert string"),
        (
            "-- figures_have_unique_ids: warning\n-- One row: one.\nSELECT 1",
            "there is a check figures_have_unique_ids already",
        ),
    ],
)
def test_a_check_that_cannot_run_is_an_error_and_never_a_pass(desk, tmp_path, text, said):
    (tmp_path / "odd.sql").write_text(text, encoding="utf-8")
    errors = [result for result in run_checks(desk.connection, "r1", NOW, tmp_path) if result.outcome == "error"]
    assert [said in (error.message or "") for error in errors] == [True], [error.message for error in errors]
    assert desk.rows("SELECT count(*) AS n FROM figures") == [{"n": 1}]


def test_a_check_may_find_what_no_table_can_hold(desk, tmp_path):
    (tmp_path / "odd.sql").write_text("-- odd: warning\n-- One row: one.\nSELECT (quote, low) AS r FROM figures")
    found = by_name(desk, tmp_path)["odd"]
    assert (found.outcome, found.rows_failed) == ("fail", 1)


def test_a_check_is_asked_once(desk, tmp_path):
    desk.connection.execute("CREATE SEQUENCE asked")
    (tmp_path / "odd.sql").write_text(
        "-- odd: warning\n-- One row: one.\nSELECT nextval('asked') AS n", encoding="utf-8"
    )
    assert by_name(desk, tmp_path)["odd"].rows_failed == 1
    assert desk.rows("SELECT nextval('asked') AS n") == [{"n": 2}]


def test_a_critical_check_that_breaks_stops_the_run(desk, tmp_path):
    (tmp_path / "odd.sql").write_text("-- odd: critical\n-- One row: one.\nSELECT * FROM nowhere", encoding="utf-8")
    with pytest.raises(CheckFailed, match="odd: "):
        run_checks(desk.connection, "r1", NOW, tmp_path)


def test_a_missing_folder_of_checks_is_an_error(tmp_path):
    (rule,) = custom_rules(tmp_path / "nowhere")
    assert "is no folder" in rule.problem


def test_an_unreadable_file_is_an_error(tmp_path):
    (tmp_path / "odd.sql").write_bytes(b"\xff\xfe\x00")
    (rule,) = custom_rules(tmp_path)
    assert "cannot be read" in rule.problem


def test_moments_are_read_in_utc(desk):
    desk.connection.execute("DELETE FROM core.fetches")
    fetch(desk, "r0", datetime(2031, 5, 17, 12, 1, tzinfo=UTC))
    fetch(desk, "r1", NOW, outcome="skipped")
    assert "sources_are_fresh" not in broken(desk)
