"""Ten invented outlets: every widget is dropped under its own name, every paragraph stays."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from extract.clean import clean_page
from extract.models import Article, Page

OUTLETS = Path(__file__).parent / "corpus" / "outlets"
LABELS = json.loads((OUTLETS / "labels.json").read_text("utf-8"))
FETCHED_AT = datetime(2032, 1, 1, tzinfo=UTC)


def clean(name):
    page = Page(f"https://outlet.example/{name}", "outlets", (OUTLETS / name).read_bytes(), "text/html", FETCHED_AT)
    article = clean_page(page)
    assert isinstance(article, Article)
    return article


def outlets():
    return pytest.mark.parametrize("label", LABELS, ids=lambda label: label["file"])


@outlets()
def test_the_text_is_the_story_and_nothing_else(label):
    assert clean(label["file"]).text.split("\n") == label["text"]


@outlets()
def test_every_widget_is_dropped_under_its_own_name(label):
    reasons = {block.text: block.reason for block in clean(label["file"]).blocks}
    expected = {line: kind for kind, lines in label["widgets"].items() for line in lines}
    expected |= dict.fromkeys(label["related"], "read_also")
    assert {line: reasons.get(line) for line in expected} == expected


@outlets()
def test_the_page_tells_title_author_outlet_and_moment(label):
    article = clean(label["file"])
    found = (article.title, article.author, article.outlet, article.published_at)
    assert found == (label["title"], label["author"], label["outlet"], datetime.fromisoformat(label["published"]))
    assert article.published_from == "meta"


@outlets()
def test_captions_leave_the_text_but_stay_readable(label):
    assert label["caption"] in clean(label["file"]).captions


@outlets()
def test_the_headline_is_a_kept_block_of_its_own(label):
    titles = [block for block in clean(label["file"]).blocks if block.reason == "title"]
    assert [(block.text, block.kept) for block in titles] == [(label["title"], True)]


def test_the_pages_stand_in_the_charsets_that_they_should():
    charsets = {(label["charset"], label["declared"]) for label in LABELS}
    assert {charset for charset, _ in charsets} >= {"windows-1251", "iso-8859-1", "utf-16", "utf-8"}
    assert any(charset != declared for charset, declared in charsets)


def test_other_languages_are_kept_and_marked():
    languages = {label["file"]: clean(label["file"]).language for label in LABELS}
    assert languages.pop("pribrezhny.html") == "ru"
    assert languages.pop("faro_de_bruma.html") == "es"
    assert set(languages.values()) == {"en"}


def test_every_outlet_has_every_kind_of_widget():
    kinds = {
        "donation",
        "subscribe",
        "cookie",
        "comments",
        "share",
        "navigation",
        "read_also",
        "author_bio",
        "copyright",
    }
    assert len(LABELS) == 10
    assert all(set(label["widgets"]) >= kinds | {"contact", "advertisement", "section"} for label in LABELS)
