"""WARC archives of any crawler: one outcome a page, whatever is in them."""

import gzip
import io
from datetime import UTC, datetime

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from extract.fetch import FetchSettings, Known
from extract.fetch.warc import read_warc
from extract.models import Source
from tests.hostile_answers import ARTICLE

NOON = datetime(2026, 5, 6, 12, tzinfo=UTC)


def warc(*records, packed=True):
    """An archive of (url, status line, headers, body); status null = a resource record."""
    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("x.warc", {"software": "test"}))
    for url, status, headers, body in records:
        http = StatusAndHeaders(status, list(headers.items()), protocol="HTTP/1.1") if status else None
        writer.write_record(
            writer.create_warc_record(
                url,
                "response" if status else "resource",
                payload=io.BytesIO(body),
                http_headers=http,
                warc_content_type="" if status else "text/html",
                warc_headers_dict={"WARC-Date": "2025-01-02T03:04:05Z"},
            )
        )
    return stream.getvalue()


def read(content, known=None):
    return list(
        read_warc(
            io.BytesIO(content),
            name="x.warc.gz",
            source=Source("crawl", "warc", outlet="The Gazette"),
            settings=FetchSettings(max_bytes=100_000),
            known=known or {},
            now=lambda: NOON,
        )
    )


def ends(outcomes):
    return [one.record.reason or one.record.outcome for one in outcomes]


HTML = {"Content-Type": "text/html; charset=utf-8"}
URL = "https://halder.example/1"


@pytest.mark.parametrize("packed", [True, False])
def test_a_page_has_its_address_its_bytes_and_the_time_of_the_crawl(packed):
    (outcome,) = read(warc((URL + "?utm_source=x", "200 OK", HTML, ARTICLE), packed=packed))
    assert (outcome.page.url, outcome.page.body, outcome.page.charset) == (URL, ARTICLE, "utf-8")
    assert outcome.page.fetched_at == datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert outcome.page.outlet == "The Gazette"


@pytest.mark.parametrize(
    ("status", "headers", "body", "end"),
    [
        ("200 OK", HTML | {"Content-Encoding": "gzip"}, gzip.compress(ARTICLE), "page"),
        ("200 OK", HTML | {"Content-Encoding": "br"}, brotli.compress(ARTICLE), "page"),
        ("200 OK", HTML | {"Transfer-Encoding": "chunked"}, b"5\r\n<html\r\n1\r\n>\r\n0\r\n\r\n", "page"),
        ("200 OK", HTML | {"Content-Encoding": "gzip"}, gzip.compress(bytes(5_000_000)), "unpacks_too_large"),
        ("200 OK", HTML | {"Content-Encoding": "gzip"}, b"\x1f\x8bnothing", "bad_gzip"),
        ("200 OK", HTML, b"x" * 200_000, "too_large"),
        ("200 OK", HTML, b"", "empty"),
        ("200 OK", HTML, b"\x89PNG\r\n\x1a\n", "binary"),
        ("200 OK", {"Content-Type": "application/json"}, b"{}", "not_an_article_type"),
        ("404 Not Found", HTML, ARTICLE, "not_found"),
        ("301 Moved", HTML | {"Location": "/x"}, b"", "unexpected_status"),
        ("500 No", HTML, b"", "server_error"),
        (None, {}, ARTICLE, "page"),
    ],
)
def test_each_record_ends_under_its_own_name(status, headers, body, end):
    assert ends(read(warc((URL, status, headers, body), ("https://halder.example/2", "200 OK", HTML, ARTICLE)))) == [
        end,
        "page",
    ]


def test_an_address_that_cannot_be_one_is_named_by_its_place():
    outcomes = read(warc(("dns:halder.example", "200 OK", HTML, ARTICLE)))
    assert [(one.record.url, one.record.reason) for one in outcomes] == [("file:crawl/x.warc.gz#1", "bad_address")]


def test_versions_of_a_page_are_read_and_the_same_bytes_are_not_read_twice():
    other = ARTICLE.replace(b"14", b"15")
    records = [(URL, "200 OK", HTML, body) for body in (ARTICLE, ARTICLE, other)]
    first = read(warc(*records))
    assert ends(first) == ["page", "duplicate_address", "page"]
    shas = [one.record.sha256 for one in first if one.page]
    assert ends(read(warc(*records), {URL: Known(shas[1], seen=frozenset(shas))})) == [
        "older_version",
        "duplicate_address",
        "unchanged",
    ]


def test_what_stands_before_the_damage_is_read_and_the_rest_is_named():
    whole = warc(
        *((f"https://halder.example/{number}", "200 OK", HTML, ARTICLE + bytes([65 + number])) for number in range(5))
    )
    for cut in range(100, len(whole), 97):
        outcomes = ends(read(whole[:cut]))
        assert set(outcomes) <= {"page", "bad_warc", "bad_gzip", "no_articles"}
    assert ends(read(whole)) == ["page"] * 5


def test_an_archive_without_pages_and_a_file_that_is_none_say_so():
    assert ends(read(warc())) == ["no_articles"]
    assert ends(read(b"this is no archive at all\n" * 50)) == ["bad_warc"]
    assert ends(read(b"")) in (["no_articles"], ["bad_warc"])


@given(st.binary(max_size=400), st.integers(0, 400), st.booleans())
def test_an_archive_with_any_bytes_in_any_place_ends_in_named_outcomes(noise, at, packed):
    whole = warc((URL, "200 OK", HTML, ARTICLE), (URL, "200 OK", HTML, b"<html>other"), packed=packed)
    outcomes = read(whole[:at] + noise + whole[at + len(noise) :])
    assert outcomes
    assert all(one.page or one.record.reason for one in outcomes)
