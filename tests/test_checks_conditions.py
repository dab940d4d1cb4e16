"""Each condition of a rule: every way to break it, and every row that it spares."""

from __future__ import annotations

from datetime import timedelta

import pytest
from newsdesk import NOW, Desk

from checks.rules import own_rules

CONTRADICTION = """INSERT INTO core.relations (relation_id, story_id, kind, severity, figure_ids, a_figure_ids,
    b_figure_ids, rule, explanation, voices, first_seen_at, last_seen_at, is_current)
    SELECT 'x', 's', 'tension', 'low', [figure_id], [figure_id], [figure_id], 'by hand', 'Because.', 1, now(), now(),
    true FROM core.figures LIMIT 1"""
GONE = "UPDATE core.relations SET figure_ids = ['gone']"
OTHER_STORY = """INSERT INTO core.articles
    SELECT * REPLACE ('b' AS article_id, 'b' AS page_id, 't' AS story_id) FROM core.articles;
    INSERT INTO core.figures SELECT * REPLACE ('g' AS figure_id, 'b' AS article_id) FROM core.figures;
    UPDATE core.relations SET figure_ids = list_append(figure_ids, 'g')"""
OLDER = """INSERT INTO core.articles
    SELECT * REPLACE ('b' AS article_id, false AS is_latest, 'unlisted' AS story_id) FROM core.articles;
    INSERT INTO core.figures
    SELECT * REPLACE ('g' AS figure_id, 'b' AS article_id, 'Unknown' AS claimant) FROM core.figures"""

BROKEN = [
    ("figures_have_bounds_in_order", "UPDATE core.figures SET likely_low = 9, likely_high = 8"),
    (
        "figures_have_bounds_in_order",
        "UPDATE core.figures SET value = NULL, low = NULL, high = NULL, likely_low = NULL, likely_high = NULL",
    ),
    ("figures_have_days_in_order", "UPDATE core.figures SET as_of = NULL, as_of_from = DATE '2031-05-09'"),
    ("figures_have_days_in_order", "UPDATE core.figures SET as_of = DATE '2031-05-01'"),
    ("figures_have_days_in_order", "UPDATE core.figures SET as_of = DATE '2031-05-30'"),
    ("figures_stand_in_their_article", "UPDATE core.figures SET quote = '', char_end = 0"),
    ("figures_stand_in_their_article", "UPDATE core.figures SET field = 'title'"),
    ("figures_stand_in_their_article", "UPDATE core.figures SET field = 'caption'"),
    ("blocks_belong_to_an_article", "INSERT INTO core.blocks SELECT * FROM core.blocks"),
    ("timeline_has_numbers_in_order", "UPDATE core.timeline SET low = 99, high = 99"),
    ("timeline_has_numbers_in_order", "UPDATE core.timeline SET best = NULL"),
    ("relations_explain_themselves", f"{CONTRADICTION}; UPDATE core.relations SET severity = NULL"),
    ("relations_explain_themselves", f"{CONTRADICTION}; UPDATE core.relations SET kind = 'update'"),
    ("relations_explain_themselves", f"{CONTRADICTION}; UPDATE core.relations SET severity = 'grave'"),
    ("relations_rest_on_figures", f"{CONTRADICTION}; UPDATE core.relations SET a_figure_ids = []"),
    ("relations_rest_on_figures", f"{CONTRADICTION}; UPDATE core.relations SET b_figure_ids = []"),
    (
        "pages_have_one_latest_version",
        "INSERT INTO core.articles SELECT * REPLACE ('b' AS article_id) FROM core.articles",
    ),
    ("warehouse_is_not_empty", "DELETE FROM core.articles"),
    ("claimants_have_a_voice", "UPDATE core.claimants SET spelling = 'Fire Service'"),
]
SPARED = [
    ("relations_have_unique_ids", CONTRADICTION),
    ("relations_rest_on_figures", CONTRADICTION),
    ("relations_stay_in_one_story", CONTRADICTION),
    ("relations_explain_themselves", CONTRADICTION),
    ("runs_reconcile", "UPDATE core.runs SET skipped = 0, state = 'failed'"),
    ("articles_belong_to_a_story", OLDER),
    ("articles_belong_to_a_story", "UPDATE core.articles SET story_id = NULL"),
    ("claimants_have_a_voice", OLDER),
    ("claimants_have_a_voice", "UPDATE core.figures SET claimant = NULL"),
    ("relations_rest_on_figures", f"{CONTRADICTION}; {GONE}, is_current = false"),
    ("relations_rest_on_figures", f"{CONTRADICTION}; UPDATE core.relations SET a_figure_ids = [], is_current = false"),
    ("relations_stay_in_one_story", f"{CONTRADICTION}; {OTHER_STORY}, kind = 'revision'"),
    ("relations_stay_in_one_story", f"{CONTRADICTION}; {OTHER_STORY}, is_current = false"),
    ("forgotten_pages_are_gone", "INSERT INTO core.forgotten VALUES ('another page', 'x', now(), NULL)"),
    (
        "timeline_has_one_row_a_day",
        "INSERT INTO core.timeline SELECT * REPLACE (as_of + 1 AS as_of) FROM core.timeline",
    ),
    ("no_tension", f"{CONTRADICTION}; UPDATE core.relations SET kind = 'decrease'"),
]


@pytest.fixture
def desk():
    """One sound article with one sound figure, its block, and a run."""
    desk = Desk()
    article = desk.article("a", text="Seven people died.")
    desk.figure(article, 7, quote="Seven people", char_start=0, char_end=12, claimant="Fire Brigade")
    desk.block_and_run(article)
    desk.relate()
    return desk


def faults(desk, name):
    rule = next(rule for rule in own_rules() if rule.name == name)
    desk.connection.execute("SET VARIABLE run_id = 'r1'")
    desk.connection.execute("SET VARIABLE now = $now", {"now": NOW})
    return desk.connection.execute(rule.query).fetchall()


@pytest.mark.parametrize(("name", "change"), BROKEN)
def test_a_rule_catches_every_way_to_break_it(desk, name, change):
    assert faults(desk, name) == []
    desk.connection.execute(change)
    assert faults(desk, name)


@pytest.mark.parametrize(("name", "change"), SPARED)
def test_a_rule_spares_what_it_is_not_about(desk, name, change):
    desk.connection.execute(change)
    assert faults(desk, name) == []


def fetches(desk, *rows):
    """rows: run, source, outcome, days ago, pages"""
    for run, source, outcome, days, pages in rows:
        desk.connection.execute(
            """INSERT INTO core.fetches (run_id, url, source, fetched_at, outcome, reason, detail, size_bytes, seconds)
            SELECT $run, 'https://' || $source || '.example/' || n, $source, $at, $outcome, '', '', 10, 0.1
            FROM range($pages) AS r(n)""",
            {"run": run, "source": source, "at": NOW - timedelta(days=days), "outcome": outcome, "pages": pages},
        )


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([("r0", "desk", "page", 4, 1), ("r1", "desk", "skipped", 0, 1)], 1),
        ([("r0", "desk", "skipped", 4, 1), ("r1", "desk", "skipped", 0, 1)], 1),  # never read at all
        ([("r1", "desk", "skipped", 0, 1)], 0),  # tried for the first time
        ([("r0", "desk", "page", 4, 1)], 0),  # not tried in this run
        ([("r0", "desk", "page", 2, 1), ("r1", "desk", "skipped", 0, 1)], 0),
        ([("r0", "desk", "page", 4, 1), ("r1", "desk", "unchanged", 0, 1)], 0),
    ],
)
def test_a_source_is_stale_after_three_days_of_trying(desk, rows, found):
    fetches(desk, *rows)
    assert len(faults(desk, "sources_are_fresh")) == found


@pytest.mark.parametrize(
    ("now", "earlier", "found"),
    [
        (("page", 2), [9] * 5, 1),
        (("skipped", 9), [9] * 5, 1),  # what was skipped gave nothing
        (("page", 3), [9] * 5, 0),
        (("page", 2), [9] * 4, 0),  # too few runs to know what is usual
        (("page", 9), [1, 9, 9, 9, 9, 9], 0),  # an earlier run was thin
        (("page", 2), [3] * 10 + [90] * 15, 0),  # what was usual long ago
    ],
)
def test_a_source_is_thin_below_a_third_of_its_last_ten_runs(desk, now, earlier, found):
    fetches(desk, ("r1", "desk", now[0], 0, now[1]))
    fetches(desk, *((f"e{day}", "desk", "page", day, pages) for day, pages in enumerate(earlier, start=1)))
    assert len(faults(desk, "volume_is_usual")) == found
