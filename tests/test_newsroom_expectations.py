"""Both editions of the newsroom, served on loopback and read by the whole pipeline, give what expected.toml says."""

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from anyascii import anyascii
from questions_page import write_page

from extract.fetch import FetchSettings, parse_sources
from flows.newsroom.expected import read_expected
from flows.newsroom.manuscripts import manuscripts
from flows.newsroom.server import newsroom_sources, serve_newsroom
from flows.pipeline import run_pipeline
from flows.run import Job
from flows.settings import Settings
from warehouse.reader import open_reader

pytestmark = pytest.mark.timeout(600)
EDITIONS = (1, 2)
SLUG_OF = {each.address: slug for slug, each in manuscripts(2).items()}
VIEWS = ("articles", "blocks", "figures", "relations", "contradictions", "fetches", "timeline", "claimants")


@dataclass(frozen=True)
class Ledger:
    """The public views of the warehouse after one edition, as lists of rows."""

    views: dict
    summary: object
    warehouse: Path

    def __getattr__(self, view):
        return self.views[view]


def rows_of(connection, view):
    cursor = connection.execute(f"FROM {view}")
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def read_edition(newsroom, folder):
    path = folder / "SOURCES.toml"
    path.write_text(newsroom_sources(), encoding="utf-8")
    job = Job("track", parse_sources(path).sources, fetch=FetchSettings(hosts=newsroom.hosts))
    settings = replace(Settings(), warehouse=folder / "warehouse.duckdb", workers=1)
    summary = run_pipeline(job, settings, now=newsroom.now)
    with open_reader(settings.warehouse) as connection:
        return Ledger({view: rows_of(connection, view) for view in VIEWS}, summary, settings.warehouse)


@pytest.fixture(scope="module")
def ledgers(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ledger")
    with serve_newsroom() as newsroom:
        first = read_edition(newsroom, folder)
        newsroom.turn_to(2)
        return {1: first, 2: read_edition(newsroom, folder)}


def straight(text):
    return text.translate({0x2019: "'", 0x201C: '"', 0x201D: '"'})


def plain(name):
    return anyascii(straight(name or "")).lower()


def span_of(quote, text):
    """Where the words of a quote stand in a text; null if they don't."""
    return re.search(rf"(?<![\w,.$-]){re.escape(quote)}(?![\w-]|[,.]\d)", straight(text), re.IGNORECASE)


def figures_at(ledger, mention):
    """The figures that were found at a printed number, in every version of the article that holds it."""
    found = []
    for article in ledger.articles:
        if SLUG_OF.get(article["url"]) == mention.slug:
            span = span_of(mention.quote, article[mention.field])
            found += [
                figure
                for figure in ledger.figures
                if span
                and (figure["article_id"], figure["field"]) == (article["article_id"], mention.field)
                and figure["char_start"] < span.end()
                and span.start() < figure["char_end"]
            ]
    return found


def ids_at(ledger, mentions):
    return {figure["figure_id"] for mention in mentions for figure in figures_at(ledger, mention)}


def latest_articles(ledger):
    return {SLUG_OF[each["url"]]: each for each in ledger.articles if each["is_latest"] and each["url"] in SLUG_OF}


def answers(relation, expected, ledger):
    """Whether a flagged relation is the expected one: a right kind, with a figure of each side."""
    ids = set(relation["figure_ids"])
    sides = (ids_at(ledger, expected.a), ids_at(ledger, expected.b))
    return relation["kind"] in expected.kinds and all(ids & side for side in sides)


def told(relation):
    return f"{relation['kind']}: {relation['a_quote']!r} | {relation['b_quote']!r} ({relation['explanation']})"


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_article_is_stored_with_its_title_its_moment_and_its_whole_text(ledgers, edition):
    stored = latest_articles(ledgers[edition])
    assert sorted(stored) == sorted(manuscripts(edition))
    for slug, printed in manuscripts(edition).items():
        assert stored[slug]["title"] == printed.title
        if not printed.plain:  # plain text names no zone
            assert stored[slug]["published_at"] == printed.published_at
        assert stored[slug]["published_at"].date() == printed.published_at.date()
        lost = [paragraph for paragraph in printed.paragraphs if paragraph not in stored[slug]["text"]]
        assert lost == [], slug


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_number_of_the_clutter_reaches_a_text_or_a_figure(ledgers, edition):
    ledger = ledgers[edition]
    for slug, article in latest_articles(ledger).items():
        clutter = read_expected().clutter[manuscripts(edition)[slug].outlet.key]
        assert [words for words in clutter if words in article["text"]] == [], slug
    clean = {slug: "\n".join((each.title, each.deck, *each.paragraphs)) for slug, each in manuscripts(edition).items()}
    strays = [
        (figure["url"], figure["quote"])
        for figure in ledger.figures
        if figure["is_latest"] and figure["field"] != "caption" and figure["quote"] not in clean[SLUG_OF[figure["url"]]]
    ]
    assert strays == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_class_of_clutter_is_dropped_by_name(ledgers, edition):
    ledger = ledgers[edition]
    stored = latest_articles(ledger)
    for expected in read_expected().articles_of(edition):
        article_id = stored[expected.slug]["article_id"]
        dropped = {each["reason"] for each in ledger.blocks if each["article_id"] == article_id and not each["kept"]}
        assert expected.dropped - dropped == set(), expected.slug


def wrong_fields(expected, figure):
    fields = {
        "measure": figure["measure"] == expected.measure,
        "low": figure["low"] == expected.low,
        "high": figure["high"] == expected.high,
        "place": expected.place is None or plain(figure["place"]) == plain(expected.place),
        "claimant": expected.claimant is None or plain(expected.claimant) in plain(figure["claimant"]),
        "trackable": figure["trackable"] == expected.trackable,
    }
    return [f"{name} {figure[name]}" for name, right in fields.items() if not right]


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_key_figure_is_found_with_its_bounds_place_and_claimant(ledgers, edition):
    wrong = []
    for article in read_expected().articles_of(edition):
        for expected in article.figures:
            tries = [wrong_fields(expected, figure) for figure in figures_at(ledgers[edition], expected.mention)]
            if [] not in tries:
                wrong.append((expected.mention, min(tries, key=len, default="not found")))
    assert wrong == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_article_has_at_least_its_number_of_figures(ledgers, edition):
    for article in read_expected().articles_of(edition):
        article_id = latest_articles(ledgers[edition])[article.slug]["article_id"]
        found = [figure for figure in ledgers[edition].figures if figure["article_id"] == article_id]
        assert len(found) >= article.at_least, article.slug


@pytest.mark.parametrize("edition", EDITIONS)
def test_each_event_is_one_story(ledgers, edition):
    stored = latest_articles(ledgers[edition])
    stories = {}
    for article in read_expected().articles_of(edition):
        stories.setdefault(article.story, set()).add(stored[article.slug]["story_id"])
    assert {name: len(ids) for name, ids in stories.items()} == {"flood": 1, "strike": 1}
    assert stories["flood"] != stories["strike"]


def test_reprints_of_the_agency_are_one_voice(ledgers):
    stored = latest_articles(ledgers[1])
    copies = [each for each in read_expected().articles_of(1) if each.copy_of]
    clusters = {stored[slug]["syndication_id"] for each in copies for slug in (each.slug, each.copy_of)}
    assert len(clusters) == 1
    assert None not in clusters
    others = {stored[slug]["syndication_id"] for slug in stored} - clusters
    assert all(stored[each.slug]["copy_of"] == stored[each.copy_of]["article_id"] for each in copies)
    assert others


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_expected_contradiction_is_flagged_under_its_kind(ledgers, edition):
    ledger = ledgers[edition]
    missed = [
        (expected.kinds[0], expected.why)
        for expected in read_expected().relations_of(edition)
        if expected.needed and not any(answers(relation, expected, ledger) for relation in ledger.contradictions)
    ]
    assert missed == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_trap_is_flagged(ledgers, edition):
    ledger = ledgers[edition]
    caught = []
    for trap in read_expected().traps_of(edition):
        one, other = ids_at(ledger, [trap.a]), ids_at(ledger, [trap.b])
        for relation in ledger.contradictions:
            a, b = set(relation["a_figure_ids"]), set(relation["b_figure_ids"])
            if (a & one and b & other) or (a & other and b & one):
                caught.append((trap.reason, trap.why, told(relation)))
    assert caught == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_nothing_is_flagged_that_a_careful_analyst_would_not_flag(ledgers, edition):
    ledger = ledgers[edition]
    expected = read_expected().relations_of(edition)
    strays = [
        told(relation)
        for relation in ledger.contradictions
        if not any(answers(relation, each, ledger) for each in expected)
    ]
    assert strays == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_contradiction_says_why_in_one_sentence(ledgers, edition):
    for relation in ledgers[edition].contradictions:
        assert relation["explanation"].rstrip(".").count(". ") == 0
        assert len(relation["explanation"].split()) >= 5


def test_the_toll_grows_on_the_time_line(ledgers):
    best = {
        row["as_of"].day: row["best"]
        for row in ledgers[2].timeline
        if (row["measure"], row["place"]) == ("killed", "Piedmont") and row["population"] in ("people", None)
    }
    assert {day: best.get(day) for day in (13, 14, 15)} == {13: 19, 14: 24, 15: 31}


def test_the_silent_change_keeps_both_versions(ledgers):
    address = manuscripts(2)["channel9-alessandria-empties"].address
    versions = [each for each in ledgers[2].articles if each["url"] == address]
    numbers = {each["version"]: re.findall(r"[\d,]+ people had been evacuated", each["text"]) for each in versions}
    assert numbers == {1: ["2,340 people had been evacuated"], 2: ["3,240 people had been evacuated"]}


@pytest.mark.parametrize("edition", EDITIONS)
def test_addresses_that_are_no_articles_are_skipped_by_name(ledgers, edition):
    reasons = {each["url"]: each["reason"] for each in ledgers[edition].fetches if each["outcome"] == "skipped"}
    for skip in read_expected().skips:
        assert reasons.get(skip.address) in skip.reasons, skip.address


def test_two_fresh_runs_give_the_same_relations(ledgers, tmp_path):
    with serve_newsroom() as newsroom:
        again = read_edition(newsroom, tmp_path)
    for view in ("figures", "relations"):
        rows = [
            sorted(json.dumps(row, default=str, sort_keys=True) for row in each.views[view])
            for each in (ledgers[1], again)
        ]
        assert rows[0] == rows[1]


def test_the_worked_questions_are_shown_with_the_answers_that_the_demo_gives(ledgers):
    shown = Path(__file__).parent.parent / "warehouse" / "README.md"
    written = write_page(ledgers[2].warehouse)
    assert shown.read_text(encoding="utf-8") == written, f"renew it: see {write_page.__module__}.py"
