"""SOURCES.toml, read as meant or refused with the line and the nearest right word."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import BadSource
from extract.fetch import FetchSettings, parse_sources

GOOD = """\
# what we follow
[[source]]
name = "halder"
kind = "feed"
url = "https://halder.example/rss"
outlet = "The Halder Gazette"
language = "en"
every = "500ms"
tags = ["coast", "ferries"]

[[source]]
name = "desk"
kind = "folder"
path = "articles"

[[tracker]]
name = "the gangway"
words = ["gangway", "ferry"]
places = ["Port Halder"]
from = 2026-05-04
to = "2026-06-01"

[fetch]
contact = "desk@halder.example"
concurrency = 7
allowed_networks = ["10.1.0.0/16"]
"""


@pytest.fixture
def read(tmp_path):
    def write_and_read(text):
        path = tmp_path / "SOURCES.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return parse_sources(path)

    return write_and_read


def test_a_whole_file_is_read_as_it_says(read, tmp_path):
    file = read(GOOD)
    feed, folder = file.sources
    assert (feed.name, feed.kind, feed.url, feed.outlet) == (
        "halder",
        "feed",
        "https://halder.example/rss",
        "The Halder Gazette",
    )
    assert feed.every_seconds == 0.5
    assert feed.tags == ("coast", "ferries")
    assert folder.path == str(tmp_path / "articles")
    (tracker,) = file.trackers
    assert (tracker.words, tracker.places) == (("gangway", "ferry"), ("Port Halder",))
    assert (tracker.starts_on, tracker.ends_on) == (date(2026, 5, 4), date(2026, 6, 1))
    settings = file.fetch_settings(FetchSettings(per_host=5))
    assert (settings.concurrency, settings.per_host) == (7, 5)
    assert settings.agent_line.endswith("(+desk@halder.example)")


SOURCE = '[[source]]\nname = "a"\nkind = "urls"\nurls = ["https://h.example/1"]\n'


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (SOURCE.replace("kind", "knid"), 3, "unknown key 'knid'; did you mean 'kind'?"),
        (SOURCE + '\n[[source]]\nname = "b"\nkind = "feed"\nulr = "https://h.example"\n', 9, "did you mean 'url'?"),
        (SOURCE.replace('"urls"', '"sitemaps"'), 3, "unknown kind 'sitemaps'; did you mean 'sitemap'?"),
        (SOURCE.replace('"urls"\n', '"telepathy"\n'), 3, "it is one of feed, sitemap, urls, folder, jsonl, warc"),
        (SOURCE.replace('kind = "urls"\n', ""), 1, "no `kind`"),
        (SOURCE.replace('name = "a"\n', ""), 1, "needs a `name`"),
        (SOURCE.replace('"a"', '"a/b"'), 2, "without slashes"),
        (SOURCE.replace('"a"', "7"), 2, "must be a text"),
        ('[[source]]\nname = "a"\nkind = "feed"\n', 3, "needs `url`"),
        ('[[source]]\nname = "a"\nkind = "folder"\nurl = "https://h.example"\npath = "x"\n', 4, "takes `path`"),
        (SOURCE.replace("https", "gopher"), 4, "instead of http or https"),
        (SOURCE + 'every = "soon"\n', 5, "must be seconds"),
        (SOURCE + "every = -1\n", 5, "must be seconds"),
        (SOURCE + "tags = 'coast'\n", 5, "must be a list of texts"),
        (SOURCE + SOURCE, 6, "a second source is called 'a'"),
        (SOURCE + '[[trakcer]]\nname = "t"\n', 5, "did you mean 'tracker'?"),
        (SOURCE + '[[tracker]]\nname = "t"\n', 5, "needs `words` or `places`"),
        (SOURCE + '[[tracker]]\nname = "t"\nwords = ["x"]\nfrom = 2026-02-02\nto = 2026-01-01\n', 8, "later than `to`"),
        (SOURCE + '[[tracker]]\nname = "t"\nwords = ["x"]\nfrom = "yesterday"\n', 8, "must be a day"),
        (SOURCE + "[fetch]\nconcurency = 4\n", 6, "did you mean 'concurrency'?"),
        (SOURCE + '[fetch]\nconcurrency = "many"\n', 6, "cannot be 'many'"),
        (SOURCE.replace("[[source]]", "[source]"), 1, "two brackets"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(read, text, line, words):
    with pytest.raises(BadSource) as caught:
        read(text)
    assert f"line {line}:" in str(caught.value)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no [[source]] in it"),
        ("[[source]\n", "not valid TOML"),
        (b'[[source]]\nname = "\xff"\n', "is not UTF-8"),
        (SOURCE + '[fetch]\nallowed_networks = ["the office"]\n', "is no network"),
        (SOURCE + "[fetch]\nconcurrency = 0\n", "must be above 0"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(read, text, words):
    with pytest.raises(BadSource) as caught:
        read(text)
    assert words in str(caught.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(BadSource, match="cannot be read"):
        parse_sources(tmp_path / "SOURCES.toml")


def test_a_refused_address_does_not_show_its_password(read):
    with pytest.raises(BadSource) as caught:
        read(SOURCE.replace("https://h.example/1", "https://me:hunter2@h..example/%s" % ("x" * 5000)))
    assert "hunter2" not in str(caught.value)


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text):
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "SOURCES.toml"
        path.write_text(text, encoding="utf-8", errors="replace")
        with pytest.raises(BadSource):
            parse_sources(path)
