"""`ingest PATH_OR_URL…`: which sources the arguments mean."""

import pytest

from extract.errors import BadSource
from extract.fetch import sources_for


@pytest.fixture
def desk(tmp_path):
    (tmp_path / "desk").mkdir()
    for name in ("one.txt", "two.html", "many.jsonl", "crawl.warc.gz"):
        (tmp_path / "desk" / name).write_text("x")
    return tmp_path / "desk"


def test_a_folder_gives_its_own_name(desk):
    (source,) = sources_for([str(desk)])
    assert (source.name, source.kind, source.path) == ("desk", "folder", str(desk))


def test_a_file_has_the_name_of_its_folder_so_that_its_page_is_the_same_either_way(desk):
    (source,) = sources_for([str(desk / "one.txt")])
    assert (source.name, source.kind) == ("desk", "folder")


def test_the_kind_is_told_by_the_ending(desk):
    assert [source.kind for source in sources_for([str(desk / "many.jsonl"), str(desk / "crawl.warc.gz")])] == [
        "jsonl",
        "warc",
    ]


def test_the_current_folder_has_a_name_too(desk, monkeypatch):
    monkeypatch.chdir(desk)
    assert sources_for(["."])[0].name == "desk"


def test_the_same_argument_twice_is_one_source(desk):
    assert len(sources_for([str(desk), str(desk)])) == 1


def test_addresses_are_joined_by_host():
    sources = sources_for(["https://a.example/1", "http://b.example/2", "https://A.example/3"])
    assert [(source.name, len(source.urls)) for source in sources] == [("a.example", 2), ("b.example", 1)]


def test_two_folders_of_one_name_are_refused(tmp_path):
    for place in ("x", "y"):
        (tmp_path / place / "news").mkdir(parents=True)
    with pytest.raises(BadSource, match="both be the source 'news'"):
        sources_for([str(tmp_path / "x" / "news"), str(tmp_path / "y" / "news")])


@pytest.mark.parametrize(
    ("argument", "words"),
    [
        ("nowhere/at/all.txt", "no such file or folder"),
        ("ftp://host.example/x", "only http and https"),
        ("https://", "without a host"),
        ("zero\x00byte", "no such file"),
    ],
)
def test_what_is_neither_is_refused(argument, words):
    with pytest.raises(BadSource, match=words):
        sources_for([argument])


def test_nothing_is_refused():
    with pytest.raises(BadSource, match="nothing to ingest"):
        sources_for([])


def test_a_refused_address_does_not_show_its_password():
    with pytest.raises(BadSource) as caught:
        sources_for(["https://me:hunter2@exa mple/"])
    assert "hunter2" not in str(caught.value)
