"""A page is read again while its story moves: what becomes of an edit, of silence and of a page that vanishes."""

from datetime import timedelta

import pytest

from tests.hostile_answers import answer
from tests.hostile_server import on_air
from tests.loopback_paper import FERRY, FERRY_EDITED, FIRE, INQUIRY, MORNING, Paper
from warehouse.store import open_store

HOUR = timedelta(hours=1)


@pytest.fixture
def paper(tmp_path):
    with on_air() as [server]:
        yield Paper(server, tmp_path)


def test_an_edited_page_that_no_feed_lists_any_more_becomes_a_version_and_its_changed_number_a_revision(paper):
    paper.print(ferry=FERRY, fire=FIRE)
    paper.list("ferry", "fire")
    paper.track()
    paper.print(ferry=FERRY_EDITED)
    paper.list("fire")
    paper.now += HOUR
    summary = paper.track()
    assert (summary.stored, summary.unchanged, summary.skipped) == (1, 1, {"listing": 1})
    versions = paper.rows(
        "SELECT version, is_latest, fetched_at FROM articles WHERE url LIKE '%ferry' ORDER BY version"
    )
    assert versions == [(1, False, MORNING), (2, True, MORNING + HOUR)]
    revisions = paper.rows("SELECT a_low, b_low FROM contradictions WHERE kind = 'revision'")
    assert [tuple(map(int, row)) for row in revisions] == [(14, 19)]


def test_pages_are_visited_at_pauses_that_double_while_nothing_changes(paper):
    paper.print(ferry=FERRY)
    paper.list("ferry")
    visits = []
    for hour in (0, 1, 2, 3, 4, 7, 8):
        paper.now = MORNING + hour * HOUR
        before = paper.server.asked["/ferry"]
        summary = paper.track()
        assert summary.fetched == 2
        visits += [hour] * (paper.server.asked["/ferry"] - before)
    assert visits == [0, 1, 2, 4, 8]
    assert paper.server.asked["/robots.txt"] == 1  # what the hosts said is remembered from run to run
    attempts = "SELECT outcome FROM fetches WHERE url LIKE '%ferry' ORDER BY fetched_at"
    assert paper.rows(attempts) == [("page",)] + [("unchanged",)] * 4


def test_a_story_moves_with_each_of_its_articles(paper):
    paper.print(ferry=FERRY, inquiry=INQUIRY, fire=FIRE)
    paper.list("ferry", "fire")
    paper.track()
    paper.list("ferry", "inquiry", "fire")
    paper.now += HOUR
    paper.track()
    with open_store(paper.settings.warehouse, lambda: paper.now) as store:
        moved = store.revisits()["courier"]
    url = paper.server.url
    assert moved == {url("/ferry"): MORNING + HOUR, url("/inquiry"): MORNING + HOUR, url("/fire"): MORNING}


def test_a_page_that_vanished_is_marked_until_it_comes_back_and_410_is_not_asked_for_again(paper):
    paper.print(ferry=FERRY, fire=FIRE, short=answer("301 Moved Permanently", Location="/inquiry"), inquiry=INQUIRY)
    paper.list("ferry", "fire", "short")
    paper.track()
    paper.print(ferry=answer("404 Not Found"), fire=answer("410 Gone"), inquiry=answer("410 Gone"))
    paper.list()
    gone = []
    for hours in (1, 9, 40):
        paper.now = MORNING + hours * HOUR
        paper.track()
        gone.append(paper.rows("SELECT regexp_extract(url, '[a-z]+$'), gone_at FROM articles ORDER BY url"))
        paper.print(ferry=FERRY if hours == 9 else answer("404 Not Found"))
    at = MORNING + HOUR  # the first time, whenever it is looked for again
    assert gone[0] == gone[1] == [("ferry", at), ("fire", at), ("inquiry", at)]
    assert gone[2] == [("ferry", None), ("fire", at), ("inquiry", at)]
    assert {path: paper.server.asked[path] for path in ("/ferry", "/fire", "/short")} == {
        "/ferry": 4,
        "/fire": 2,
        "/short": 2,
    }
    led_to = paper.rows("SELECT DISTINCT page_url FROM fetches WHERE url LIKE '%short'")
    assert led_to == [(paper.server.url("/inquiry"),)]
