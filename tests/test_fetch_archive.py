"""The archive: what was fetched can be shown, replayed to the byte, and gone on with after a sudden end."""

import asyncio
import gzip
import random
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from extract.errors import UnreadablePage
from extract.fetch import Archive, FetchSettings, read_sources, sources_for
from extract.models import Fetch, Fetched, Page, Source
from tests.hostile_answers import ARTICLE, answer, page
from tests.hostile_server import HostileServer

NOON = datetime(2026, 5, 6, 12, 0, 0, 123456, tzinfo=UTC)
SETTINGS = FetchSettings(backoff_seconds=0.01, attempts=1, total_seconds=5, read_seconds=2, per_host=4)


class Days:
    """A clock that a test moves."""

    def __init__(self):
        self.now = NOON

    def __call__(self):
        return self.now


@pytest.fixture
def days():
    return Days()


@pytest.fixture
def archive(tmp_path, days):
    return Archive(tmp_path / "archive", days)


def reopened(archive, days):
    archive.close()
    return Archive(archive.folder, days)


def of_page(number, body=ARTICLE, at=NOON, **more):
    url = f"https://halder.example/{number}"
    record = Fetch(
        url, "halder", at, "page", status=200, size_bytes=len(body), sha256=sha256(body).hexdigest(), etag='"1"'
    )
    return Fetched(record, Page(url, "halder", body, "text/html", at, "utf-8", "The Gazette", **more))


async def collect(sources, archive=None, known=None):
    reading = read_sources(sources, settings=SETTINGS, known=known or {}, now=lambda: NOON, archive=archive)
    return [one async for one in reading]


def test_a_page_comes_back_to_the_byte(archive, days):
    saved = of_page(1, bytes(range(256)) * 50, title="Zwölf\r\nX: 1", published_at=NOON, published_from="feed")
    archive.save(saved, {"content-type": "text/html", "x-note": "a\r\nb", "content-encoding": "gzip"})
    assert list(reopened(archive, days).replay()) == [saved]


def test_any_warc_reader_reads_the_page_with_its_headers_time_and_hash(archive, tmp_path):
    archive.save(of_page(1), {"server": "Halder/1.0", "set-cookie": "no"})
    archive.close()
    with (tmp_path / "archive" / "2026-05-06.warc.gz").open("rb") as stream:
        info, record = [
            (one.rec_type, one.rec_headers, one.http_headers, one.content_stream().read())
            for one in ArchiveIterator(stream)
        ]
    assert info[0] == "warcinfo"
    assert (record[0], record[3]) == ("response", ARTICLE)
    assert record[1].get_header("WARC-Date") == "2026-05-06T12:00:00.123456Z"
    assert record[1].get_header("WARC-Payload-Digest") == f"sha256:{sha256(ARTICLE).hexdigest()}"
    assert record[2].get_header("server") == "Halder/1.0"
    assert record[2].get_header("set-cookie") is None


def test_the_bytes_of_a_page_are_kept_once_and_every_attempt_is_kept(archive, days, tmp_path):
    archive.save(of_page(1))
    size = (tmp_path / "archive" / "2026-05-06.warc.gz").stat().st_size
    days.now += timedelta(days=1)
    archive.save(of_page(1))
    archive.save(of_page(2))
    assert (tmp_path / "archive" / "2026-05-06.warc.gz").stat().st_size == size
    assert archive.find("https://halder.example/1", sha256(ARTICLE).hexdigest()).day == "2026-05-06"
    assert [one.page.url for one in archive.replay()] == [f"https://halder.example/{number}" for number in (1, 1, 2)]


def test_changed_bytes_in_the_archive_are_noticed(archive, days, tmp_path):
    archive.save(of_page(1))
    archive.close()
    place = archive.find("https://halder.example/1", sha256(ARTICLE).hexdigest())
    path = tmp_path / "archive" / "2026-05-06.warc.gz"
    raw = bytearray(path.read_bytes())
    member = gzip.decompress(bytes(raw[place.offset :])).replace(b"14 passengers", b"99 passengers")
    path.write_bytes(raw[: place.offset] + gzip.compress(member, 6, mtime=0).ljust(place.length, b"\0")[: place.length])
    with pytest.raises(UnreadablePage):
        list(reopened(archive, days).replay())


def test_an_archive_torn_at_any_byte_keeps_every_whole_page_and_can_be_written_on(archive, days, tmp_path):
    for number in range(6):
        archive.save(of_page(number, ARTICLE + bytes([number])))
    archive.close()
    warc, journal = tmp_path / "archive" / "2026-05-06.warc.gz", tmp_path / "archive" / "2026-05-06.jsonl"
    whole_warc, whole_journal = warc.read_bytes(), journal.read_bytes()
    chance = random.Random(6)
    for _ in range(40):
        warc.write_bytes(whole_warc[: chance.randrange(len(whole_warc) + 1)])
        journal.write_bytes(whole_journal[: chance.randrange(len(whole_journal) + 1)])
        torn = Archive(tmp_path / "archive", days)
        torn.save(of_page("after"))
        urls = [one.page.url for one in reopened(torn, days).replay()]
        assert urls == [f"https://halder.example/{number}" for number in [*range(len(urls) - 1), "after"]]


def test_replay_of_a_run_gives_its_pages_and_skips_again(archive, tmp_path):
    desk = tmp_path / "desk"
    desk.mkdir()
    (desk / "a.txt").write_text("Nine hurt")
    (desk / "b.bin").write_text("x")
    (desk / "c.jsonl").write_text('{"url": "https://h.example/c", "text": "Ten hurt", "title": "Ten"}\n')

    async def run():
        async with HostileServer() as server:
            web = Source(
                "halder", "urls", urls=tuple(map(server.url, ("/story", "/status-404", "/brotli"))), every_seconds=0
            )
            return await collect([*sources_for([str(desk)]), web], archive)

    outcomes = asyncio.run(run())
    assert sorted(archive.replay(), key=repr) == sorted(outcomes, key=repr)
    assert len(outcomes) == 6


def test_a_run_that_did_not_land_is_gone_on_with_and_one_that_landed_is_not(archive, days):
    async def run():
        async with HostileServer() as server:
            server.routes["/fails"] = answer("500 Internal Server Error")
            source = Source(
                "h", "urls", urls=tuple(map(server.url, ("/story", "/status-404", "/fails"))), every_seconds=0
            )
            first = await collect([source], archive)
            again = await collect([source], reopened(archive, days))
            asked = dict(server.asked)
            landed = reopened(archive, days)
            landed.landed()
            await collect([source], reopened(landed, days))
            return first, again, asked, server.asked["/story"]

    first, again, asked, after_landing = asyncio.run(run())
    assert sorted(again, key=lambda one: one.record.url)[1:] == sorted(first, key=lambda one: one.record.url)[1:]
    assert (asked["/story"], asked["/status-404"], asked["/fails"]) == (1, 1, 2)
    assert after_landing == 2


def test_what_is_too_old_is_asked_for_again(archive, days):
    archive.save(of_page(1))
    assert reopened(archive, days).resume("https://halder.example/1") == of_page(1)
    days.now += timedelta(hours=25)
    assert reopened(archive, days).resume("https://halder.example/1") is None


def test_days_beyond_the_time_of_keeping_are_removed(archive, days, tmp_path):
    for _ in range(4):
        archive.save(of_page(days.now.day))
        days.now += timedelta(days=1)
    assert archive.retire(2) == ["2026-05-06", "2026-05-07"]
    assert sorted(path.name for path in (tmp_path / "archive").iterdir()) == [
        "2026-05-08.jsonl", "2026-05-08.warc.gz", "2026-05-09.jsonl", "2026-05-09.warc.gz",
    ]  # fmt: skip
    assert [one.page.url[-1] for one in archive.replay()] == ["8", "9"]


def test_a_page_that_a_person_had_removed_is_gone_and_the_others_stand(archive, days, tmp_path):
    for number in range(3):
        archive.save(of_page(number, ARTICLE + bytes([number])))
    days.now += timedelta(days=1)
    archive.save(of_page(1, b"<html>The secret second version</html>"))
    archive.save(of_page(0, ARTICLE + b"\0"))
    assert archive.forget("https://halder.example/1") == 2
    left = reopened(archive, days)
    assert [one.page.url[-1] for one in left.replay()] == ["0", "2", "0"]
    left.save(of_page(7))
    left.close()
    for path in (tmp_path / "archive").iterdir():
        raw = path.read_bytes()
        text = gzip.decompress(raw) if path.suffix == ".gz" else raw
        assert b"halder.example/1" not in text
        assert b"secret second" not in text
    with (tmp_path / "archive" / "2026-05-06.warc.gz").open("rb") as stream:
        kinds = [one.rec_type for one in ArchiveIterator(stream)]
    assert kinds == ["warcinfo", "response", "metadata", "response"]


KILLED_RUN = """
import asyncio, sys
from datetime import UTC, datetime
from pathlib import Path
from extract.fetch import Archive, FetchSettings, read_sources
from extract.models import Source

async def run(folder, urls):
    now = lambda: datetime.now(UTC)
    archive = Archive(Path(folder), now)
    sources = [Source("h", "urls", urls=tuple(urls), every_seconds=0)]
    settings = FetchSettings(concurrency=8, per_host=4, attempts=1)
    async for one in read_sources(sources, settings=settings, known={}, now=now, archive=archive):
        if one.page is not None:
            print(one.page.url, len(one.page.body), flush=True)
    archive.landed()
    print("landed", flush=True)

asyncio.run(run(sys.argv[1], sys.argv[2:]))
"""


def test_a_run_killed_at_random_moments_ends_with_the_same_pages_and_asks_for_hardly_any_twice(tmp_path):
    paths = [f"/n/{number}" for number in range(120)]

    async def run():
        async with HostileServer(latency_seconds=0.01) as server:
            server.routes |= {path: page(ARTICLE + path.encode()) for path in paths}
            command = [sys.executable, "-c", KILLED_RUN, str(tmp_path / "archive"), *map(server.url, paths)]
            chance, kills = random.Random(4), 0
            while True:
                child = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE, cwd=Path.cwd())
                lines = []
                dies_after = chance.randrange(5, 40) * (kills + 1) if kills < 3 else 10_000
                while line := await child.stdout.readline():
                    lines.append(line.decode().strip())
                    if len(lines) == dies_after:
                        child.kill()
                        kills += 1
                        break
                await child.wait()
                if lines[-1:] == ["landed"]:
                    return lines, kills, sum(server.asked[path] for path in paths)

    lines, kills, asked = asyncio.run(run())
    assert len(set(lines)) == 121
    assert kills >= 2
    assert asked <= 120 + kills * 8  # those under way when it died


def writing(folder, days, run_id):
    return Archive(folder, days, run_id=run_id, flow="track")


def test_runs_that_landed_are_replayed_each_for_itself_and_one_that_did_not_is_left_out(tmp_path, days):
    for number, lands in enumerate((True, False, True)):
        run = writing(tmp_path, days, f"run {number}")
        for page_number in (number, number + 10):
            run.save(of_page(page_number, ARTICLE + bytes([65 + page_number])))
            days.now += timedelta(hours=9)  # so that runs go past midnight
        if lands:
            run.landed()
        run.close()
    kept = Archive(tmp_path, days)
    landed = kept.landed_runs()
    assert [(run.run_id, run.flow) for run in landed] == [("run 0", "track"), ("run 2", "track")]
    assert [[one.page.url.rpartition("/")[2] for one in kept.replay(run)] for run in landed] == [
        ["0", "10"],
        ["2", "12"],
    ]
    assert len(list(kept.replay())) == 6


def test_what_a_run_goes_on_with_is_its_own_when_it_lands(tmp_path, days):
    writing(tmp_path, days, "killed").save(of_page(1))
    again = writing(tmp_path, days, "next")
    again.save(again.resume("https://halder.example/1"))
    again.landed()
    [landed] = again.landed_runs()
    assert (landed.run_id, list(again.replay(landed))) == ("next", [of_page(1)])


def test_the_bytes_of_a_day_stay_as_long_as_a_day_that_is_kept_points_to_them(archive, days, tmp_path):
    archive.save(of_page(1))
    days.now += timedelta(days=1)
    archive.save(of_page(1))
    days.now += timedelta(days=1)
    assert archive.retire(1) == ["2026-05-06"]
    assert list(archive.replay()) == [of_page(1)]
    days.now += timedelta(days=5)
    archive.save(of_page(2))
    assert archive.retire(1) == ["2026-05-07"]
    assert sorted(path.name[:10] for path in (tmp_path / "archive").iterdir()) == ["2026-05-13"] * 2


def test_what_other_attempts_say_of_a_forgotten_page_is_forgotten_too(archive, days, tmp_path):
    archive.save(of_page(1))
    record = Fetch(
        "https://halder.example/short",
        "halder",
        NOON,
        "skipped",
        "duplicate_address",
        "leads to https://halder.example/1",
    )
    archive.save(Fetched(record))
    archive.forget("https://halder.example/1")
    [left] = reopened(archive, days).replay()
    assert (left.record.url, left.record.detail) == (record.url, "")
