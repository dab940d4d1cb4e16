"""The newsroom on the air, asked as a client would."""

import threading

import httpx
import pytest

from extract.fetch.sources import parse_sources
from flows.newsroom.manuscripts import manuscripts, outlets
from flows.newsroom.printing import printed_pages
from flows.newsroom.server import newsroom_sources, serve_newsroom

REVISED = "channel9-alessandria-empties"


def ask(newsroom, address, method="GET", **headers):
    url = httpx.URL(address)
    return httpx.request(method, newsroom.base_url + url.raw_path.decode(), headers={"Host": url.host, **headers})


@pytest.fixture
def newsroom():
    with serve_newsroom() as running:
        yield running


@pytest.mark.parametrize("edition", [1, 2])
def test_every_printed_address_is_served_as_it_was_printed(edition):
    with serve_newsroom(edition) as newsroom:
        for address, page in printed_pages(edition).items():
            answer = ask(newsroom, address)
            assert (answer.status_code, answer.content) == (200, page.body)
            assert answer.headers["content-type"] == page.content_type


def test_a_page_belongs_to_its_host_alone(newsroom):
    article = manuscripts(1)["riverpost-flood-kills"]
    assert ask(newsroom, article.address.replace("riverpost.example", "ambercoast.example")).status_code == 404
    assert ask(newsroom, article.address.replace("riverpost.example", "elsewhere.example")).status_code == 404


def test_an_unchanged_page_is_not_sent_again(newsroom):
    address = manuscripts(1)[REVISED].address
    first = ask(newsroom, address)
    by_tag = ask(newsroom, address, **{"If-None-Match": first.headers["etag"]})
    by_date = ask(newsroom, address, **{"If-Modified-Since": first.headers["last-modified"]})
    assert (by_tag.status_code, by_tag.content) == (304, b"")
    assert (by_date.status_code, by_date.content) == (304, b"")


def test_the_second_edition_is_seen_by_the_next_request(newsroom):
    address, new = manuscripts(1)[REVISED].address, manuscripts(2)["channel9-toll-rises"].address
    first = ask(newsroom, address)
    assert ask(newsroom, new).status_code == 404
    newsroom.turn_to(2)
    again = ask(newsroom, address, **{"If-None-Match": first.headers["etag"]})
    since = ask(newsroom, address, **{"If-Modified-Since": first.headers["last-modified"]})
    assert (again.status_code, since.status_code) == (200, 200)
    assert "3,240 people" in again.text
    assert ask(newsroom, new).status_code == 200


def test_a_head_request_gets_the_length_and_no_body(newsroom):
    address = manuscripts(1)[REVISED].address
    answer = ask(newsroom, address, method="HEAD")
    assert answer.content == b""
    assert int(answer.headers["content-length"]) == len(printed_pages(1)[address].body)


def test_robots_txt_forbids_the_partner_pages(newsroom):
    answer = ask(newsroom, "http://ambercoast.example/robots.txt")
    assert "Disallow: /partner/" in answer.text.splitlines()


def test_a_deleted_page_that_a_feed_still_lists_is_not_found(newsroom):
    assert "/2026/04/11/spring-market-photos/" in ask(newsroom, outlets()["riverpost"].feed).text
    assert ask(newsroom, "http://riverpost.example/2026/04/11/spring-market-photos/").status_code == 404


def test_a_date_that_is_none_is_answered_with_the_page(newsroom):
    answer = ask(newsroom, manuscripts(1)[REVISED].address, **{"If-Modified-Since": "yesterday, or so"})
    assert answer.status_code == 200


def test_the_sources_file_names_every_outlet_and_no_port(tmp_path):
    path = tmp_path / "SOURCES.toml"
    path.write_text(newsroom_sources(), encoding="utf-8")
    sources = parse_sources(path).sources
    assert {source.outlet for source in sources} == {outlet.name for outlet in outlets().values()}
    assert {source.kind for source in sources} == {"feed", "sitemap", "urls"}
    assert "127.0.0.1" not in path.read_text(encoding="utf-8")


def test_nothing_listens_after_the_newsroom_closed():
    with serve_newsroom() as newsroom:
        base_url = newsroom.base_url
    with pytest.raises(httpx.ConnectError):
        httpx.get(base_url)
    assert not [thread for thread in threading.enumerate() if thread.name == "newsroom"]
