"""Coverage-guided fuzzing of one reader, beside the property tests; by hand, with `pip install atheris` for it alone.

usage: python tests/benchmarks/fuzz_readers.py feed|sitemap|robots|jsonl|warc [options of libFuzzer] [CORPUS]
"""

from __future__ import annotations

import io
import sys
from contextlib import suppress
from datetime import UTC, datetime

import atheris

with atheris.instrument_imports(include=["extract.fetch", "protego"]):
    from extract.fetch.addresses import parse_address
    from extract.fetch.client import FetchProblem
    from extract.fetch.feeds import parse_feed, parse_sitemap
    from extract.fetch.jsonl import read_jsonl
    from extract.fetch.reasons import REASONS
    from extract.fetch.robots import parse_robots, robots_text
    from extract.fetch.settings import FetchSettings
    from extract.fetch.warc import read_warc
    from extract.models import Source

DESK = Source("desk", "folder", path="desk")
LIMITS = FetchSettings(max_bytes=100_000)
PAGE = parse_address("https://halder.example/a/b?c=d")


def feed(body):
    assert len(parse_feed(body, 10).entries) <= 10


def sitemap(body):
    assert len(parse_sitemap(body, 10, 100_000).entries) <= 10


def robots(body):
    rules = parse_robots(robots_text(body), "tallywire")
    assert rules.delay_seconds >= 0
    with suppress(FetchProblem):
        rules.refuse_if_forbidden(PAGE)


def records_of(read):
    def every_record_is_a_page_or_named(body):
        noon = datetime(2026, 5, 6, 12, tzinfo=UTC)
        found = read(io.BytesIO(body), name="n", source=DESK, settings=LIMITS, known={}, now=lambda: noon)
        assert all(one.page is not None or one.record.reason in REASONS for one in found)

    return every_record_is_a_page_or_named


READERS = {
    "feed": feed,
    "sitemap": sitemap,
    "robots": robots,
    "jsonl": records_of(read_jsonl),
    "warc": records_of(read_warc),
}

if __name__ == "__main__":
    reader = READERS[sys.argv.pop(1)]
    atheris.Setup(sys.argv, reader)
    atheris.Fuzz()
