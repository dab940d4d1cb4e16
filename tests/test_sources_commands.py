"""`tallywire sources`: a site's feeds are shown and added, and each source is tried before anything depends on it."""

import pytest

from extract.fetch import parse_sources
from tests.hostile_answers import answer, feed, item, page
from tests.hostile_server import on_air
from tests.loopback_paper import FERRY, FIRE

HOME = page(
    b"<html><head><title>Home</title><link rel=alternate type='application/rss+xml' href='/news.rss'></head></html>"
)


@pytest.fixture
def site():
    with on_air() as [server]:
        news = feed(item("/ferry"), item("/fire"), item("/status-404"))
        server.routes |= {"/home": HOME, "/news.rss": news, "/ferry": FERRY, "/fire": FIRE}
        yield server


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TALLYWIRE_MODE", "fast")
    return tmp_path / "SOURCES.toml"


def test_a_site_s_feed_is_shown_and_added_behind_what_the_file_says_already(site, here, tallywire):
    here.write_text("# ours\n[fetch]\nper_host = 1")
    status, said, note = tallywire("sources", "add", site.url("/home"), "--outlet", "The Courier")
    assert (status, said.splitlines()[-1]) == (0, "added '127.0.0.1' to SOURCES.toml")
    assert f"{site.url('/news.rss')}: 3 entries, 3 with a date, newest 2026-05-05" in note
    read = parse_sources(here)
    [source] = read.sources
    assert (source.kind, source.url, source.outlet) == ("feed", site.url("/news.rss"), "The Courier")
    assert read.extras == {"per_host": 1}
    assert here.read_text().startswith("# ours\n")


def test_a_feed_that_is_there_already_is_not_added_again(site, here, tallywire):
    tallywire("sources", "add", site.url("/home"))
    written = here.read_bytes()
    status, said, _ = tallywire("sources", "add", site.url("/news.rss"), "--name", "another")
    assert (status, "nothing was written" in said) == (0, True)
    assert here.read_bytes() == written


def test_two_sources_of_one_host_get_names_of_their_own(site, here, tallywire):
    site.routes["/sport.rss"] = feed(item("/fire"))
    for path in ("/news.rss", "/sport.rss"):
        tallywire("sources", "add", site.url(path))
    assert [source.name for source in parse_sources(here).sources] == ["127.0.0.1", "127.0.0.1-2"]
    status, _, note = tallywire("sources", "add", site.url("/home"), "--name", "127.0.0.1", "--sources", here)
    assert (status, parse_sources(here).sources[0].url) == (0, site.url("/news.rss"))
    assert note


def test_a_name_that_cannot_stand_in_the_file_leaves_it_as_it_was(site, here, tallywire):
    here.write_text("# ours\n")
    status, _, note = tallywire("sources", "add", site.url("/home"), "--name", "a/b")
    assert (status, "without slashes" in note) == (2, True)
    assert [path.name for path in here.parent.iterdir()] == ["SOURCES.toml"]
    assert here.read_text() == "# ours\n"


def test_a_site_that_gives_nothing_says_why_and_nothing_is_written(site, here, tallywire):
    for path, says in (("/status-410", "removed for good (410)"), ("/home", "robots.txt of the host forbids it")):
        status, _, note = tallywire("sources", "add", site.url(path))
        assert (status, here.exists()) == (2, False)
        assert says in note
        site.routes["/robots.txt"] = page(b"User-agent: *\nDisallow: /\n", "text/plain")


def test_each_source_is_tried_and_whatever_became_no_article_is_named(site, here, tallywire):
    (here.parent / "desk").mkdir()
    (here.parent / "desk" / "a.bin").write_text("x")
    site.routes["/empty"] = answer()
    here.write_text(
        f"[[source]]\nname = 'courier'\nkind = 'feed'\nurl = '{site.url('/news.rss')}'\nevery = 0\n"
        f"[[source]]\nname = 'dead'\nkind = 'urls'\nevery = 0\nurls = ['{site.url('/empty')}']\n"
        "[[source]]\nname = 'desk'\nkind = 'folder'\npath = 'desk'\n"
    )
    status, said, _ = tallywire("sources", "test", "--pages", "3")
    assert status == 1
    first, second = said.splitlines()[:2]
    assert first.startswith("courier (feed): reachable, allowed by robots.txt, 3 listed; 2 pages read: ")
    assert first.endswith(": 2 articles, 2 with a date, 2 with figures")
    assert second == f"    not_found: no such page (404); status 404: {site.url('/status-404')}"
    assert f"    empty: nothing in it: 0 bytes, or white space only: {site.url('/empty')}" in said.splitlines()
    assert "desk (folder): NOTHING TO READ" in said.splitlines()
    assert not (here.parent / "tallywire").exists()


def test_one_source_can_be_tried_alone(site, here, tallywire):
    site.routes["/robots.txt"] = page(b"User-agent: *\nDisallow: /\n", "text/plain")
    here.write_text(
        f"[[source]]\nname = 'courier'\nkind = 'feed'\nurl = '{site.url('/news.rss')}'\nevery = 0\n"
        "[[source]]\nname = 'desk'\nkind = 'folder'\npath = 'desk'\n"
    )
    status, said, _ = tallywire("sources", "test", "--source", "courier")
    assert (status, said.splitlines()[0]) == (1, "courier (feed): FORBIDDEN by robots.txt")
    assert tallywire("sources", "test", "--source", "nobody")[0] == 2


def test_a_list_is_tried_by_its_first_addresses_alone(site, here, tallywire):
    urls = [site.url(f"/ferry?{number}") for number in range(40)]
    here.write_text(f"[[source]]\nname = 'list'\nkind = 'urls'\nevery = 0\nurls = {urls}\n")
    status, said, _ = tallywire("sources", "test", "--pages", "2")
    assert (status, "40 listed; 2 pages read" in said) == (0, True)
    assert sum(site.asked.values()) == 3
