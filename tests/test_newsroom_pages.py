"""The newsroom's pages are what its expectations say they are, before anything reads them."""

import json
import re
from itertools import combinations

import feedparser
import pytest
from defusedxml import ElementTree
from lxml import html

from flows.newsroom.expected import read_expected
from flows.newsroom.manuscripts import manuscripts, outlets
from flows.newsroom.printing import printed_pages

EDITIONS = (1, 2)
CONTRADICTING = {
    "internal_conflict", "source_conflict", "retraction", "decrease", "revision", "part_exceeds_whole", "sum_mismatch",
    "scope_drift", "tension",
}  # fmt: skip
CLUTTER_CLASSES = {
    "donation", "subscribe", "cookie", "comments", "share", "navigation", "read_also", "caption", "author_bio",
    "copyright", "advertisement",
}  # fmt: skip
ARTICLES = [(edition, slug) for edition in EDITIONS for slug in manuscripts(edition)]


def printed(edition, slug):
    return printed_pages(edition)[manuscripts(edition)[slug].address].body.decode()


def field_of(edition, mention):
    article = manuscripts(edition)[mention.slug]
    return article.title if mention.field == "title" else "\n".join(article.paragraphs)


def straight(text):
    return text.translate({0x2019: "'", 0x201C: '"', 0x201D: '"'})


def times_printed(quote, text):
    return len(re.findall(rf"(?<![\w,.$-]){re.escape(quote)}(?![\w-]|[,.]\d)", straight(text)))


def test_five_outlets_tell_two_stories_in_at_least_twelve_articles_of_their_own():
    expected = read_expected()
    own = [each for each in expected.articles_of(2) if not each.copy_of]
    assert len(outlets()) == 5
    assert {each.story for each in own} == {"flood", "strike"}
    assert len(own) >= 12
    assert {manuscripts(2)[each.slug].outlet.key for each in own} == set(outlets())


def test_every_article_is_expected_and_every_expected_article_is_printed():
    for edition in EDITIONS:
        expected = read_expected().articles_of(edition)
        assert sorted(each.slug for each in expected) == sorted(manuscripts(edition))
        for each in expected:
            assert each.published == manuscripts(edition)[each.slug].published_at


@pytest.mark.parametrize(("edition", "slug"), ARTICLES)
def test_an_article_has_the_length_of_a_news_report(edition, slug):
    assert 230 <= len(" ".join(manuscripts(edition)[slug].paragraphs).split()) <= 600


@pytest.mark.parametrize(("edition", "slug"), ARTICLES)
def test_every_paragraph_stands_in_the_printed_page(edition, slug):
    page = html.fromstring(printed(edition, slug)).text_content()
    assert all(paragraph in page for paragraph in manuscripts(edition)[slug].paragraphs)


def test_every_expected_quote_stands_once_in_its_field():
    for edition in EDITIONS:
        for figure in (figure for article in read_expected().articles_of(edition) for figure in article.figures):
            assert times_printed(figure.mention.quote, field_of(edition, figure.mention)) == 1, figure.mention


def test_both_sides_of_every_relation_and_trap_stand_once_in_their_articles():
    expected = read_expected()
    for edition in EDITIONS:
        pairs = [(each.a, each.b) for each in expected.relations_of(edition) if "revision" not in each.kinds]
        pairs += [((each.a,), (each.b,)) for each in expected.traps_of(edition)]
        for mention in (mention for a, b in pairs for mention in (*a, *b)):
            assert times_printed(mention.quote, field_of(edition, mention)) == 1, mention


def test_every_contradicting_kind_is_expected():
    assert {each.kinds[0] for each in read_expected().relations if each.needed} == CONTRADICTING


def test_at_least_six_kinds_of_traps_are_laid():
    assert len({each.reason for each in read_expected().traps}) >= 6


def test_every_class_of_clutter_is_on_the_pages():
    assert set().union(*(each.dropped for each in read_expected().articles)) >= CLUTTER_CLASSES


@pytest.mark.parametrize(("edition", "slug"), ARTICLES)
def test_numbers_of_the_clutter_stand_outside_of_the_article(edition, slug):
    article = manuscripts(edition)[slug]
    text = "\n".join((article.title, *article.paragraphs))
    assert not [words for words in read_expected().clutter[article.outlet.key] if words in text]


def test_the_clutter_that_is_listed_is_printed_on_the_outlets_pages():
    for key, listed in read_expected().clutter.items():
        slugs = [slug for slug, each in manuscripts(2).items() if each.outlet.key == key and not each.plain]
        pages = "\n".join(html.fromstring(printed(2, slug)).text_content() for slug in slugs)
        assert [words for words in listed if words not in pages] == []


@pytest.mark.parametrize(("edition", "slug"), ARTICLES)
def test_a_page_calls_nobody(edition, slug):
    page = html.fromstring(printed(edition, slug))
    loaded = page.xpath("//@src | //link[@rel='stylesheet' or @rel='preload']/@href | //iframe/@src | //form/@action")
    assert [address for address in loaded if re.match(r"(?i)[a-z]+:|//", address)] == []
    assert not page.xpath("//script[@src]")


@pytest.mark.parametrize(("edition", "slug"), ARTICLES)
def test_a_page_names_its_canonical_address_and_its_moment(edition, slug):
    article = manuscripts(edition)[slug]
    if article.plain:
        assert article.published_at.strftime("%B %-d, %Y at %-I:%M %p") in printed(edition, slug)
        return
    page = html.fromstring(printed(edition, slug))
    assert page.xpath("//link[@rel='canonical']/@href") == [article.address]
    for block in page.xpath("//script[@type='application/ld+json']/text()"):
        json.loads(block)
    assert article.published_at.strftime("%Y") in "".join(page.xpath("//time/@datetime"))


def test_every_html_article_is_listed_by_a_valid_feed_or_sitemap():
    for edition in EDITIONS:
        for outlet in outlets().values():
            body = printed_pages(edition)[outlet.feed].body
            if outlet.source == "feed":
                feed = feedparser.parse(body)
                assert not feed.bozo
                listed = {entry.link for entry in feed.entries}
            else:
                listed = {each.text for each in ElementTree.fromstring(body).iter() if each.tag.endswith("}loc")}
            articles = [each for each in manuscripts(edition).values() if each.outlet == outlet and not each.plain]
            assert listed >= {each.address for each in articles}


def test_the_second_edition_changes_one_number_in_silence_and_nothing_else_that_was_printed():
    first, second = printed_pages(1), printed_pages(2)
    articles = {each.address: slug for slug, each in manuscripts(1).items()}
    changed = {articles[address] for address in articles if first[address].body != second[address].body}
    assert changed == {"channel9-alessandria-empties"}
    before, after = (printed(edition, "channel9-alessandria-empties") for edition in EDITIONS)
    assert before.replace("2,340 people", "3,240 people") == after


def test_reprints_of_the_agency_keep_nearly_all_of_its_words_under_another_headline():
    for copy in (each for each in read_expected().articles_of(2) if each.copy_of):
        original, reprint = manuscripts(2)[copy.copy_of], manuscripts(2)[copy.slug]
        kept = set(map(straight, original.paragraphs)) & set(map(straight, reprint.paragraphs))
        assert len(kept) >= 0.7 * len(original.paragraphs)
        assert reprint.title != original.title
        assert "(Meridian)" in printed(2, copy.slug)


def test_reports_of_one_event_by_two_newsrooms_share_no_paragraph():
    own = [manuscripts(2)[each.slug] for each in read_expected().articles_of(2) if not each.copy_of]
    assert not [(a.slug, b.slug) for a, b in combinations(own, 2) if set(a.paragraphs) & set(b.paragraphs)]
