"""Pairs of articles that agree, whatever it looks like: almost nothing of them may be flagged."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from checks.relate import relate
from extract.clean import clean_page
from extract.figures import find_figures, load_model
from extract.models import Extracted, Page
from extract.stories import StoryCard, group_stories
from extract.story_terms import story_terms
from warehouse.records import NamedStory
from warehouse.store import open_store
from warehouse.trees import load_current_trees

NOW = datetime(2026, 1, 2, tzinfo=UTC)
PAIRS = Path(__file__).parent / "corpus" / "consistent_pairs.jsonl"
LEAST_PAIRS = 60
LEAST_COMPARABLE = 50
MOST_FLAGGED = 0.03

# Two figures of two articles that count the same, of equal classes and places or of one inside the other.
COMPARABLE = """
WITH inside AS (
    SELECT population AS part, ancestor AS whole FROM core.population_tree
    UNION ALL SELECT place, ancestor FROM core.place_tree
)
SELECT count(*)
FROM figures AS a
JOIN figures AS b USING (story_id, measure, unit)
WHERE a.article_id < b.article_id AND a.trackable AND b.trackable
    AND (a.population IS NOT DISTINCT FROM b.population
        OR EXISTS (FROM inside WHERE (part, whole) IN ((a.population, b.population), (b.population, a.population))))
    AND (a.place IS NOT DISTINCT FROM b.place
        OR EXISTS (FROM inside WHERE (part, whole) IN ((a.place, b.place), (b.place, a.place))))
"""


def page_of(pair, side):
    given = pair[side]
    return Page(
        url=f"https://{side}.example/{pair['id']}",
        source="control",
        body=given["text"].encode(),
        media_type="text/plain",
        fetched_at=NOW,
        charset="utf-8",
        outlet=given["outlet"],
        title=given["title"],
        published_at=datetime.fromisoformat(given["published"]) if given["published"] else None,
        published_from="source" if given["published"] else None,
        language="en",
    )


def card_of(article):
    day = article.published_at.date() if article.published_at else None
    return StoryCard(article.article_id, article.page_id, article.url, story_terms(article.title, article.text), day)


@pytest.fixture(scope="module")
def pairs():
    return [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def ledger(pairs, tmp_path_factory):
    """All pairs read, each pair a story of its own, and related at once."""
    path = tmp_path_factory.mktemp("control") / "control.duckdb"
    model = load_model()
    articles = [clean_page(page_of(pair, side)) for pair in pairs for side in "ab"]
    extracted = [
        Extracted(page_url=article.url, article=article, figures=figures)
        for article, figures in zip(articles, find_figures(articles, model), strict=True)
    ]
    stories = []
    for one, other in zip(articles[::2], articles[1::2], strict=True):
        first = group_stories([card_of(one), card_of(other)])[0]
        stories.append(NamedStory(first.story_id, "", article_ids=(one.article_id, other.article_id)))
    with open_store(path, lambda: NOW) as store:
        store.save_extracted(extracted, extractor=model.extractor)
        store.save_stories(stories)
        load_current_trees(store, model.extractor)
        relate(store.connection, NOW)
        yield store.connection


def test_the_control_set_is_large_enough_to_measure_with(pairs, ledger):
    assert len(pairs) >= LEAST_PAIRS
    assert ledger.execute("SELECT count(DISTINCT story_id) FROM articles").fetchone()[0] == len(pairs)
    assert ledger.execute(COMPARABLE).fetchone()[0] >= LEAST_COMPARABLE


def test_at_most_three_in_a_hundred_comparable_pairs_that_agree_are_flagged(ledger, record_property):
    comparable = ledger.execute(COMPARABLE).fetchone()[0]
    flagged = ledger.execute("SELECT kind, severity, explanation FROM contradictions ORDER BY ALL").fetchall()
    counts = f"{len(flagged)} of {comparable} comparable pairs of figures that agree are flagged"
    sys.stdout.write(counts + "\n")
    record_property("flagged", counts)
    assert len(flagged) <= MOST_FLAGGED * comparable, "\n".join((counts, *map(str, flagged)))
