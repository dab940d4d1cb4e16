"""JSONL: a broken line is one named skip with its number, the others land."""

import asyncio
import gzip
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.fetch import FetchSettings, Known, read_sources, sources_for
from extract.fetch.jsonl import read_jsonl
from extract.models import Source

NOON = datetime(2026, 5, 6, 12, tzinfo=UTC)
SETTINGS = FetchSettings(max_bytes=5_000)


def line(number, **more):
    return json.dumps({"url": f"https://halder.example/{number}", "text": f"{number} hurt"} | more)


@pytest.fixture
def read(tmp_path):
    def write_and_read(content, known=None, name="wire.jsonl"):
        (tmp_path / "desk").mkdir(exist_ok=True)
        path = tmp_path / "desk" / name
        path.write_bytes(content if isinstance(content, bytes) else "\n".join(content).encode())

        async def collect():
            sources = sources_for([str(path)])
            return [one async for one in read_sources(sources, settings=SETTINGS, known=known or {}, now=lambda: NOON)]

        return asyncio.run(collect())

    return write_and_read


def ends(outcomes):
    return [(one.record.url, one.record.reason or one.record.outcome) for one in outcomes]


def test_a_broken_third_line_is_named_and_the_others_land(read):
    outcomes = read([line(1), line(2), '{"url": "https://hal', line(4), line(5)])
    assert ends(outcomes) == [
        ("https://halder.example/1", "page"),
        ("https://halder.example/2", "page"),
        ("file:desk/wire.jsonl#L3", "bad_json"),
        ("https://halder.example/4", "page"),
        ("https://halder.example/5", "page"),
    ]
    assert outcomes[2].record.detail.startswith("line 3: ")


def test_all_that_a_record_says_is_on_its_page(read):
    record = {
        "url": "https://HALDER.example/a?utm_source=x#top",
        "html": "<p>Nine hurt</p>",
        "title": "Nine hurt",
        "published": "2026-05-04T08:30:00+02:00",
        "outlet": "The Gazette",
        "author": ["A. Writer", "B. Writer"],
        "language": "en",
    }
    (outcome,) = read([json.dumps(record)])
    page = outcome.page
    assert page.url == "https://halder.example/a"
    assert (page.media_type, page.body, page.charset) == ("text/html", b"<p>Nine hurt</p>", "utf-8")
    assert page.published_at == datetime(2026, 5, 4, 6, 30, tzinfo=UTC)
    assert (page.published_from, page.author) == ("source", "A. Writer, B. Writer")
    assert (page.title, page.outlet, page.language) == ("Nine hurt", "The Gazette", "en")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"text": "x"}', "bad_record"),
        ('{"url": "https://h.example/1"}', "bad_record"),
        ('{"url": "https://h.example/1", "text": "  "}', "empty"),
        ('{"url": "https://h.example/1", "text": 7}', "bad_record"),
        ('{"url": ["https://h.example/1"], "text": "x"}', "bad_record"),
        ('{"url": "javascript:alert(1)", "text": "x"}', "bad_address"),
        ('{"url": "file:///etc/hostname", "text": "x"}', "bad_address"),
        ('{"url": "https://h.example/1", "text": "x", "published": "last Tuesday"}', "bad_record"),
        ('{"url": "https://h.example/1", "text": "x", "published": 1e300}', "bad_record"),
        ('["https://h.example/1", "x"]', "bad_json"),
        ("null", "bad_json"),
        ("[" * 4_000, "bad_json"),
        ('{"url": ' + "9" * 4_500 + "}", "bad_json"),
        ('{"url": "https://h.example/1", "text": "' + "x" * 6_000 + '"}', "too_large"),
    ],
)
def test_each_bad_record_has_its_own_reason(read, text, reason):
    assert [end for _, end in ends(read([text, line(2)]))] == [reason, "page"]


def test_a_line_in_another_encoding_is_named_with_its_number(read):
    outcomes = read(line(1).encode() + b"\n" + '{"url": "https://h.example", "text": "Müll"}'.encode("latin-1") + b"\n")
    assert ends(outcomes)[1] == ("file:desk/wire.jsonl#L2", "bad_encoding")
    assert "UTF-8" in outcomes[1].record.detail


def test_a_mark_at_the_start_of_the_file_is_no_part_of_the_first_record(read):
    assert ends(read(b"\xef\xbb\xbf" + line(1).encode()))[0][1] == "page"


def test_a_file_in_utf_16_says_how_to_mend_it(read):
    outcomes = read(line(1).encode("utf-16"))
    assert {end for _, end in ends(outcomes)} == {"bad_encoding"}


def test_a_lone_surrogate_reaches_nobody(read):
    (outcome,) = read(['{"url": "https://h.example/1", "text": "a\\ud800b", "title": "c\\udfffd"}'])
    assert outcome.page.body.decode("utf-8") == "a?b"
    assert outcome.page.title == "c?d"


def test_the_same_record_twice_is_named_and_a_changed_one_is_a_version(read):
    outcomes = read([line(1), line(1), line(1, text="2 hurt")])
    assert [end for _, end in ends(outcomes)] == ["page", "duplicate_address", "page"]


def test_records_that_are_stored_are_unchanged_and_old_versions_don_t_come_back(read):
    first = read([line(1), line(1, text="2 hurt"), line(3)])
    shas = [one.record.sha256 for one in first]
    known = {
        "https://halder.example/1": Known(shas[1], seen=frozenset(shas[:2])),
        "https://halder.example/3": Known(shas[2]),
    }
    again = read([line(1), line(1, text="2 hurt"), line(3), line(3, title="New")], known)
    assert [end for _, end in ends(again)] == ["older_version", "unchanged", "unchanged", "page"]


def test_gzip_is_read_and_a_torn_one_named_after_what_came_before(read):
    packed = gzip.compress("\n".join(line(number) for number in range(2_000)).encode())
    assert len(read(packed, name="wire.jsonl.gz")) == 2_000
    torn = ends(read(packed[: len(packed) // 2], name="wire.jsonl.gz"))
    assert torn[-1] == ("file:desk/wire.jsonl.gz", "bad_gzip")
    assert len(torn) > 100


def test_an_empty_file_says_so(read):
    assert ends(read(b"\n\n")) == [("file:desk/wire.jsonl", "empty")]


def test_credentials_in_an_address_are_not_kept(read):
    (outcome,) = read([json.dumps({"url": "https://me:hunter2@h.example/1?token=abc&id=7", "text": "x"})])
    assert outcome.page.url == "https://h.example/1?id=7"
    assert "hunter2" not in repr(outcome)


RECORDS = st.fixed_dictionaries(
    {},
    optional={
        "url": st.one_of(st.text(), st.just("https://h.example/a"), st.integers(), st.none()),
        "text": st.one_of(st.text(), st.integers(), st.lists(st.none())),
        "html": st.text(),
        "published": st.one_of(st.text(), st.floats(), st.integers(), st.booleans()),
        "author": st.one_of(st.text(), st.lists(st.text())),
    },
).map(lambda record: json.dumps(record).encode())


@given(st.lists(st.one_of(st.binary(max_size=80), RECORDS), max_size=6))
def test_any_bytes_end_in_one_outcome_a_line(lines):
    import io

    content = b"\n".join(line.replace(b"\n", b" ") for line in lines)
    outcomes = list(
        read_jsonl(
            io.BytesIO(content),
            name="x.jsonl",
            source=Source("desk", "jsonl"),
            settings=SETTINGS,
            known={},
            now=lambda: NOON,
        )
    )
    written = [line for line in content.split(b"\n") if line.strip()]
    if not content.startswith(b"\x1f\x8b"):
        assert len(outcomes) == max(1, len(written))
