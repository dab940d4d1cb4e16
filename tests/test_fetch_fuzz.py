"""Whatever bytes come, the readers end, in time in proportion to them, with something that has a name."""

import gzip
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.fetch import answers, media
from extract.fetch.addresses import parse_address
from extract.fetch.client import FetchProblem
from extract.fetch.decode import BadBody, unpack
from extract.fetch.feeds import parse_feed, parse_sitemap
from extract.fetch.reasons import REASONS
from extract.fetch.records import parse_moment
from extract.fetch.robots import parse_robots, robots_text
from tests.patience import linear_work

MARKUP = st.sampled_from(
    [
        b"<rss>", b"<channel>", b"<item>", b"<link>", b"https://h.example/1", b"</link>", b"</item>", b"<entry>",
        b"</entry>", b"<link href='https://h.example/2'/>", b"<link rel='self' href='x'/>", b"<guid>", b"</guid>",
        b"<pubDate>", b"</pubDate>", b"Tue, 05 May 2026 07:30:00 GMT", b"2026-05-05T07:30:00Z", b"<urlset>", b"<url>",
        b"<loc>", b"</loc>", b"</url>", b"<sitemapindex>", b"<sitemap>", b"</sitemap>", b"<!DOCTYPE rss [",
        b"<!ENTITY a 'b'>", b"]>", b"&a;", b"&nbsp;", b"&", b"<![CDATA[", b"]]>", b"<!--", b"-->", b"\xff\xfe", b"\x00",
        b"<?xml version='1.0' encoding='utf-16'?>", b"<?xml version='1.0'?>", b"\xef\xbb\xbf", b"</rss>",
        b"<feed xmlns='http://www.w3.org/2005/Atom'>", b"</feed>",
    ]
)  # fmt: skip
PIECES = st.lists(st.one_of(MARKUP, st.binary(max_size=10)), max_size=30).map(b"".join)
BYTES = st.one_of(st.binary(max_size=300), PIECES)


@given(BYTES)
def test_any_bytes_are_a_feed_or_named(body):
    listed = parse_feed(body, 10)
    assert listed.total or listed.reason in REASONS or listed.reason == ""
    assert len(listed.entries) <= 10
    assert all(entry.link for entry in listed.entries)


@given(BYTES)
def test_any_bytes_are_a_sitemap_or_named(body):
    listed = parse_sitemap(body, 10, 10_000)
    assert listed.total or listed.sitemaps or listed.reason in REASONS or listed.reason == ""


RULES = st.sampled_from(
    [
        b"User-agent: *", b"User-agent: tallywire", b"Disallow: /", b"Allow: /*a*$", b"Crawl-delay: 1e9",
        b"Disallow: %", b"Crawl-delay: -5", b"Request-rate: 1/0", b"Request-rate: 0/5", b"Request-rate: 3/1s 0900-1700",
        b"Sitemap: ::", b"Visit-time: 25-99",
    ]
)  # fmt: skip
ROBOTS = st.lists(st.one_of(st.binary(max_size=30), RULES), max_size=20).map(b"\n".join)


def reason_raised(error, work):
    """The reason of the error that the work raises, null if it raises none."""
    try:
        work()
    except error as problem:
        return problem.reason
    return None


@given(ROBOTS, st.text(max_size=30))
def test_any_robots_txt_gives_an_answer(body, path):
    rules = parse_robots(robots_text(body), "tallywire")
    address = parse_address("/" + path.replace("\\", "").lstrip("/"), base="https://h.example/")
    assert rules.delay_seconds >= 0
    assert reason_raised(FetchProblem, lambda: rules.refuse_if_forbidden(address)) in REASONS.keys() | {None}


@given(st.binary(max_size=500), st.sampled_from(["gzip", "deflate", "br", "", "x-gzip", "zstd", "gzip, br"]))
def test_any_bytes_unpack_within_the_limit_or_are_named(packed, encoding):
    def unpacked():
        assert len(unpack(packed, encoding, 5_000)) <= 5_000

    assert reason_raised(BadBody, unpacked) in REASONS.keys() | {None}


@given(st.binary(max_size=3_000), st.integers(1, 400))
def test_packed_bytes_come_back_whatever_the_pieces(body, size):
    from extract.fetch.decode import Body

    packed = gzip.compress(body)
    whole = Body("gzip", 10_000)
    for at in range(0, len(packed), size):
        whole.add(packed[at : at + size])
    assert whole.whole() == body


@given(st.binary(max_size=500), st.text(max_size=60))
def test_any_body_and_content_type_is_a_kind_or_none(body, header):
    declared, _ = media.parse_content_type(header)
    assert media.article_type(body, declared) in {"text/html", "text/plain", None}
    assert media.looks_binary(body) in {True, False}
    assert answers.reason_of_page(body) in REASONS.keys() | {None}


@given(st.text(max_size=120))
def test_any_text_is_a_moment_or_none(text):
    moment = parse_moment(text)
    assert moment is None or moment.utcoffset().total_seconds() == 0


@pytest.mark.parametrize(
    "body",
    [
        b"<rss>" + b"<a>" * 300_000,
        b"<rss><channel>" + b"<item>" * 150_000,
        b"<rss><channel><item>" + b"<a/>" * 200_000,
        b"<rss><channel>" + b"<a/>" * 200_000,
        b"<rss " + b"a='1' " * 100_000,
        b"<" * 1_000_000,
        b"&" * 1_000_000,
        b"<!--" * 200_000,
        b"<![CDATA[" * 100_000,
        b"<!DOCTYPE " * 100_000,
        b" " * 1_000_000,
        b"<script" * 140_000,
        b"<form><input " * 70_000,
        b"<title" * 150_000,
        b"<link rel=alternate " * 50_000,
        b"<html><title>page " + b"oops " * 200_000,
        b"<html>" + b"\xc3\x28" * 400_000,
    ],
    ids=lambda body: repr(body[:24]),
)
def test_a_megabyte_of_malice_costs_no_more_than_seconds(body):
    from extract.fetch.discover import _named_in

    with linear_work():
        parse_feed(body, 100)
        parse_sitemap(body, 100, 10_000_000)
        parse_robots(robots_text(body), "tallywire")
        media.article_type(body, "text/html")
        answers.reason_of_page(body)
        answers.reason_of_page(body[:60_000])
        _named_in(body.decode("utf-8", "replace"), parse_address("https://h.example/"))


def test_the_words_for_not_found_spare_headlines():
    for headline in (
        "404 people hurt in Halder",
        "Page of history found in attic",
        "Not found: the missing ferry's owner speaks",
    ):
        html = f"<html><title>{headline}</title>".encode()
        assert answers.reason_of_page(html) is None, headline
    for title in (
        "404",
        "404 - Not found",
        "Error 404",
        "Page not found | Gazette",
        "Not Found",
        "Sorry, this page no longer exists",
    ):
        html = f"<html><title>{title}</title>".encode()
        assert answers.reason_of_page(html) == "soft_404", title


def test_no_pattern_of_the_readers_is_open_ended():
    assert re.compile(answers.NOT_FOUND_TITLE).match("page " + "you " * 20_000) is None
