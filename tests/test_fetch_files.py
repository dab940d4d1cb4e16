"""Files and folders: each file ends in exactly one Fetched, whatever it is."""

import asyncio
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from extract.fetch import FetchSettings, Known, read_sources, sources_for
from extract.models import Source

NOON = datetime(2026, 5, 6, 12, tzinfo=UTC)


def read(path, known=None, settings=None, name=None):
    sources = sources_for([str(path)]) if name is None else [Source(name, "folder", path=str(path))]
    settings = settings or FetchSettings(max_bytes=10_000)

    async def collect():
        return [one async for one in read_sources(sources, settings=settings, known=known or {}, now=lambda: NOON)]

    return asyncio.run(collect())


def ends(outcomes):
    return {one.record.url: one.record.reason or one.record.outcome for one in outcomes}


@pytest.fixture
def desk(tmp_path):
    folder = tmp_path / "desk"
    folder.mkdir()
    return folder


def test_texts_and_pages_are_read_with_their_media_type(desk):
    (desk / "a.txt").write_text("Nine hurt in Halder")
    (desk / "b.HTML").write_text("<p>Nine hurt in Halder</p>")
    (desk / "no-ending").write_text("Nine hurt in Halder")
    pages = {one.page.url: one.page.media_type for one in read(desk)}
    assert pages == {
        "file:desk/a.txt": "text/plain",
        "file:desk/b.HTML": "text/html",
        "file:desk/no-ending": "text/plain",
    }


def test_each_bad_file_has_its_own_reason(desk):
    (desk / "empty.txt").write_bytes(b"")
    (desk / "blank.html").write_bytes(b" \n\t")
    (desk / "binary.txt").write_bytes(bytes(range(256)) * 4)
    (desk / "picture.html").write_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 100)
    (desk / "huge.txt").write_bytes(b"x" * 10_001)
    (desk / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    (desk / "feed.html").write_bytes(b"<?xml version='1.0'?><rss></rss>")
    (desk / ".DS_Store").write_bytes(b"x")
    assert ends(read(desk)) == {
        "file:desk/empty.txt": "empty",
        "file:desk/blank.html": "empty",
        "file:desk/binary.txt": "binary",
        "file:desk/picture.html": "binary",
        "file:desk/huge.txt": "too_large",
        "file:desk/photo.jpg": "not_an_article_type",
        "file:desk/feed.html": "not_an_article_type",
        "file:desk/.DS_Store": "hidden",
    }


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "utf-16-le", "utf-8-sig", "cp1251"])
def test_text_in_any_encoding_is_no_binary(desk, encoding):
    text = "Девять раненых" if encoding == "cp1251" else "Neun Verletzte in Müllrose, sagt die Reederei."
    (desk / "a.txt").write_bytes(text.encode(encoding))
    assert ends(read(desk)) == {"file:desk/a.txt": "page"}


def test_the_order_is_that_of_the_paths_whatever_order_the_disk_has(desk):
    names = ["b.txt", "a.txt", "z/1.txt", "Z.txt", "c/2.txt", "c/10.txt"]
    for name in names:
        (desk / name).parent.mkdir(exist_ok=True)
        (desk / name).write_text(name)
    urls = [one.record.url for one in read(desk)]
    assert urls == [f"file:desk/{name}" for name in ["Z.txt", "a.txt", "b.txt", "c/10.txt", "c/2.txt", "z/1.txt"]]


def test_a_link_out_of_the_folder_is_refused_and_one_within_is_read(desk, tmp_path):
    (tmp_path / "secret.txt").write_text("not for the ledger")
    (desk / "a.txt").write_text("x")
    (desk / "inside.txt").symlink_to(desk / "a.txt")
    (desk / "outside.txt").symlink_to(tmp_path / "secret.txt")
    (desk / "nowhere.txt").symlink_to(tmp_path / "missing.txt")
    (desk / "itself").symlink_to(desk)
    (desk / "loop.txt").symlink_to(desk / "loop.txt")
    assert ends(read(desk)) == {
        "file:desk/a.txt": "page",
        "file:desk/inside.txt": "page",
        "file:desk/outside.txt": "symlink_outside",
        "file:desk/nowhere.txt": "symlink_outside",
        "file:desk/itself": "symlink",
        "file:desk/loop.txt": "symlink_outside",
    }


def test_a_pipe_is_not_waited_for(desk):
    os.mkfifo(desk / "pipe.txt")
    assert ends(read(desk)) == {"file:desk/pipe.txt": "not_a_file"}


def test_an_empty_folder_and_a_missing_one_say_so(desk, tmp_path):
    assert ends(read(desk)) == {"file:desk/": "no_articles"}
    assert ends(read(tmp_path / "nowhere", name="gone")) == {"file:gone/": "missing_path"}


def test_names_that_no_address_can_hold_are_written_as_bytes(desk):
    (desk / "new\nline.txt").write_text("x")
    os.close(os.open(os.fsencode(desk) + b"/\xff.txt", os.O_CREAT | os.O_WRONLY))
    (desk / "100%.txt").write_text("x")
    (desk / "Zürich heute.txt").write_text("x")
    urls = {one.record.url for one in read(desk)}
    assert urls == {
        "file:desk/new%0Aline.txt",
        "file:desk/%FF.txt",
        "file:desk/100%25.txt",
        "file:desk/Zürich heute.txt",
    }


def test_the_same_bytes_a_second_time_are_unchanged_and_others_are_a_page(desk):
    (desk / "a.txt").write_text("nine")
    (desk / "b.txt").write_text("ten")
    known = {one.record.url: Known(one.record.sha256) for one in read(desk)}
    (desk / "b.txt").write_text("eleven")
    assert ends(read(desk, known)) == {"file:desk/a.txt": "unchanged", "file:desk/b.txt": "page"}


def test_a_page_is_the_same_whether_its_file_or_its_folder_was_named(desk):
    (desk / "a.txt").write_text("nine")
    assert read(desk)[0].page == read(desk / "a.txt")[0].page


def test_a_file_that_may_not_be_read_is_named(desk, monkeypatch):
    (desk / "a.txt").write_text("nine")
    (desk / "b.txt").write_text("ten")
    real_open = os.open

    def refuse(path, *more, **named):
        if str(path).endswith("a.txt"):
            raise PermissionError(13, "Permission denied")
        return real_open(path, *more, **named)

    monkeypatch.setattr(os, "open", refuse)
    outcomes = read(desk)
    assert ends(outcomes) == {"file:desk/a.txt": "unreadable", "file:desk/b.txt": "page"}
    assert "Permission denied" in outcomes[0].record.detail


def test_a_file_whose_system_tells_no_size_is_read_whole(desk):
    told = Path("/proc/self/status")
    assert told.stat().st_size == 0
    [one] = read(told)
    assert one.page.body.startswith(b"Name:")
    assert b"Threads:" in one.page.body


def test_a_file_that_tells_no_size_is_refused_where_it_is_too_large(desk):
    [one] = read(Path("/proc/self/status"), settings=FetchSettings(max_bytes=100))
    assert one.record.reason == "too_large"
