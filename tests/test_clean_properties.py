"""Whatever the bytes are: nothing raises, nothing takes more than linear time, nothing is lost."""

# ruff: noqa: E501 - mark-up and printed lines stand as they are read

import re
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml.html import document_fromstring

from extract.clean import clean_page
from extract.clean.lines import key_of, read_line
from extract.models import Article, Page, Skip
from tests.patience import linear_work

FETCHED_AT = datetime(2032, 1, 1, tzinfo=UTC)
WORDS = st.sampled_from(
    [
        "Share",
        "© AFP 2031",
        "Photo: Ann Lee",
        "The toll rose to 12.",
        "By Ann Lee",
        "3 Comments",
        "مرحبا بالعالم",
        "\x00",
        "…",
        "READ: more",
        "12 May 2031",
        "a" * 400,
    ]
)
TAGS = st.sampled_from(
    [
        "p",
        "div",
        "h1",
        "li",
        "ul",
        "nav",
        "span",
        "table",
        "tr",
        "td",
        "figure",
        "figcaption",
        "a",
        "br",
        "article",
        "aside",
        "script",
        "form",
        "svg",
    ]
)
NAMES = st.sampled_from(
    [
        "",
        ' class="comments"',
        ' class="caption"',
        ' id="ad"',
        " hidden",
        ' class="article-body"',
        " style='display:none'",
        ' class="',
    ]
)


def page(body, media_type="text/html", charset=None):
    return Page("https://paper.example/a", "papers", body, media_type, FETCHED_AT, charset=charset)


def folded(text):
    return re.sub(r"[\s\x00-\x1f\x7f\ufeff\ufffe]+", "", text)


@given(st.one_of(st.text(max_size=60), WORDS))
def test_a_lines_key_alone_is_that_of_the_line_that_was_read(text):
    assert key_of(text) == read_line(text).key


@given(
    st.binary(max_size=4000),
    st.sampled_from(["text/html", "text/plain"]),
    st.sampled_from([None, "utf-8", "utf-16", "nonsense", "koi8-r", "idna", "base64"]),
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_bytes_make_cleaning_raise(body, media_type, charset):
    assert isinstance(clean_page(page(body, media_type, charset)), Article | Skip)


@given(st.text(max_size=3000), st.sampled_from(["text/html", "text/plain"]))
@settings(max_examples=150, deadline=None)
def test_no_text_makes_cleaning_raise(text, media_type):
    assert isinstance(clean_page(page(text.encode("utf-8", "replace"), media_type)), Article | Skip)


@given(st.lists(st.one_of(WORDS, st.text(max_size=60)), max_size=30), st.sampled_from(["\n", "\n\n", "\r\n"]))
@settings(max_examples=150, deadline=None)
def test_kept_and_dropped_lines_of_a_plain_text_are_the_text(lines, end):
    text = end.join(["The ferry came home at last, the coast guard said on Tuesday.", *lines])
    article = clean_page(page(text.encode("utf-8", "replace"), "text/plain", "utf-8"))
    if isinstance(article, Article):
        kept_text = folded("".join(block.text for block in article.blocks))
        assert kept_text == folded(text.encode("utf-8", "replace").decode("utf-8"))
    else:
        assert article.reason in {"no_text", "binary"}


@st.composite
def pages(draw):
    parts = draw(st.lists(st.tuples(TAGS, NAMES, WORDS, st.booleans()), max_size=25))
    inner = "".join(f"<{tag}{name}>{words}" + (f"</{tag}>" if closed else "") for tag, name, words, closed in parts)
    return f"<html><body><p>The ferry came home at last, the coast guard said on Tuesday in a note.</p>{inner}</body></html>"


def visible(markup):
    """The page's text by another way: what lxml holds under the body when what no browser draws is taken out."""
    tree = document_fromstring(markup.replace("\x00", ""))
    for element in list(tree.iter("script", "style", "svg", "template", "noscript", "title")):
        element.drop_tree()
    body = tree.find("body")
    return "" if body is None else "".join(body.itertext())


@given(pages())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_kept_and_dropped_blocks_of_a_page_are_its_visible_text(markup):
    article = clean_page(page(markup.encode(), charset="utf-8"))
    if isinstance(article, Article) and "<script" not in markup and "<svg" not in markup:
        assert folded("".join(block.text for block in article.blocks)) == folded(visible(markup))


@given(pages())
@settings(max_examples=60, deadline=None)
def test_a_page_cleaned_twice_gives_the_same_article(markup):
    assert clean_page(page(markup.encode())) == clean_page(page(markup.encode()))


@given(pages())
@settings(max_examples=60, deadline=None)
def test_text_and_captions_are_their_blocks(markup):
    article = clean_page(page(markup.encode()))
    if isinstance(article, Article):
        assert article.text == "\n".join(block.text for block in article.blocks if block.reason == "text")
        assert article.captions == "\n".join(block.text for block in article.blocks if block.reason == "caption")
        assert all(block.kept is (block.reason in {"text", "title", "date_line"}) for block in article.blocks)


MEGABYTE = 1_000_000
HOSTILE = {
    "one line": b"word " * (MEGABYTE // 5),
    "one word": b"w" * MEGABYTE,
    "100,000 nested tags": b"<html><body>" + b"<div>" * 100_000 + b"hello" + b"</div>" * 100_000 + b"<p>after</p>",
    "unclosed tags": b"<p>a <div>b <span>" * 20_000,
    "unclosed scripts": b"<script " * 100_000,
    "unclosed comments": b"<!-- a " * 100_000,
    "angle brackets": b"<" * MEGABYTE,
    "null bytes": b"a\0b c\0 " * 100_000,
    "right-to-left text": "مرحبا بالعالم ".encode() * 30_000,
    "50,000 short lines": b"abc def\n" * 50_000,
    "50,000 short paragraphs": b"<p>abc def</p>" * 50_000,
    "brackets and quotes": b"[(\"' " * 200_000,
    "tables in tables": b"<table><tr><td>" * 60_000 + b"hello",
    "long class names": b'<div class="' + b"nav-ad " * 140_000 + b'">x</div>',
    "credits": b"Photo: a / b\n" * 40_000,
    "dates": b"January 8, 2031 at 5:24 pm\n" * 30_000,
    "deep JSON-LD": b'<script type="application/ld+json">' + b"[" * MEGABYTE + b"</script><p>hello there</p>",
}


@pytest.mark.parametrize("media_type", ["text/html", "text/plain"])
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_megabyte_costs_seconds_and_raises_nothing(name, media_type):
    with linear_work():
        assert isinstance(clean_page(page(HOSTILE[name], media_type)), Article | Skip)


def test_a_page_too_deep_for_a_parser_keeps_its_words():
    article = clean_page(page(HOSTILE["100,000 nested tags"]))
    assert isinstance(article, Article)
    assert [block.text for block in article.blocks] == ["hello", "after"]


@pytest.mark.parametrize(
    ("charset", "declared"),
    [
        ("windows-1251", "windows-1251"),
        ("iso-8859-1", "iso-8859-1"),
        ("utf-16", None),
        ("utf-16-le", None),
        ("utf-8", "iso-8859-1"),
        ("cp1252", "utf-8"),
        ("koi8-r", "koi8-r"),
        ("utf-8-sig", "cp1252"),
    ],
)
def test_bytes_are_read_in_their_charset_whatever_was_declared(charset, declared):
    sentence = (
        "Сильный шторм оставил без света двенадцать тысяч домов на побережье."
        if charset in {"windows-1251", "koi8-r"}
        else "Der Bürgermeister von Köln sagte, die Brücke über den Fluss müsse gesperrt bleiben, für Wochen."
    )
    article = clean_page(page(sentence.encode(charset), "text/plain", declared))
    assert isinstance(article, Article)
    assert article.text == sentence
