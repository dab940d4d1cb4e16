"""What tests of several areas share: a small desk of articles in our own words, and a command line to run on them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from chromium import chromium

ARTICLES: Mapping[str, str] = {
    "harbour.txt": (
        "Crane topples in Gdansk harbour\n"
        "May 4, 2025\n\n"
        "The police said 12 people were killed when a crane fell onto the quay in Gdansk on Sunday.\n"
        "The harbour was closed for the rest of the day and ships were told to wait at sea.\n"
    ),
    "evening.txt": (
        "Gdansk crane: what we know\n"
        "May 4, 2025\n\n"
        "The dockers' union said 29 people were killed when a crane fell onto the quay in Gdansk on Sunday.\n"
        "Relatives gathered at the gates of the harbour in the evening, waiting for names.\n"
    ),
    "page.html": (
        "<!DOCTYPE html><html lang='en'><head><title>Crane falls, 30 hurt | The Quay</title>"
        "<meta property='article:published_time' content='2025-05-05T08:00:00+02:00'></head><body>"
        "<nav><a href='/'>Home</a> <a href='/port'>Port</a></nav><article><h1>Crane falls, 30 hurt</h1>"
        "<p>The crane that fell in Gdansk on Sunday injured 30 people, the city's hospital said on Monday morning.</p>"
        "<p>Work on the quay will not begin again before the end of the week, the harbour master said.</p></article>"
        "<footer>Copyright The Quay. 1,204 people shared this.</footer></body></html>"
    ),
}

# What differs between two runs over the same bytes, and nothing else may.
MOMENTS = {"fetched_at", "first_seen_at", "last_seen_at", "run_id", "started_at", "ended_at", "checked_at", "seconds"}
COMPARED = ("articles", "blocks", "figures", "relations", "contradictions", "timeline", "stories", "claimants")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with long tests come first, so that of several processes none is left alone with one at the end."""
    long, served = ({item.path for item in items if item.get_closest_marker(mark)} for mark in ("slow", "server"))
    items.sort(key=lambda item: (item.path not in long, item.path not in served))


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test sees the settings of whoever runs it, or leaves state in that person's home."""
    for name in [
        name for name in os.environ if name.startswith(("TALLYWIRE_", "PREFECT_")) and name != "TALLYWIRE_ARTIFACTS"
    ]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("TALLYWIRE_HOME", str(tmp_path_factory.getbasetemp() / "home"))


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder `desk` with three small articles about one accident."""
    folder = tmp_path / "desk"
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def jsonl(tmp_path: Path) -> Callable[..., Path]:
    """Writes records, or raw lines, as a .jsonl file."""

    def write(*records: Mapping[str, object] | str, name: str = "wire.jsonl") -> Path:
        path = tmp_path / "wire" / name
        path.parent.mkdir(exist_ok=True)
        lines = [record if isinstance(record, str) else json.dumps(record) for record in records]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A real browser."""
    with chromium() as opened:
        yield opened


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """Where a test's warehouse goes."""
    return tmp_path / "warehouse.duckdb"


@pytest.fixture
def tallywire(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Callable[..., tuple[int, str, str]]]:
    """Runs a command in this process with one worker; gives exit status, answers, notes."""
    from flows.cli import run

    monkeypatch.setenv("TALLYWIRE_WORKERS", "1")

    def call(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        status = run([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return status, said.out, said.err

    return call


@pytest.fixture
def tables() -> Callable[[Path], dict[str, list[tuple[object, ...]]]]:
    """All public rows of a warehouse, in an order of their own, without what the clock decides."""
    from warehouse.reader import open_reader

    def read(warehouse: Path) -> dict[str, list[tuple[object, ...]]]:
        found = {}
        with closing(open_reader(warehouse)) as connection:
            for view in COMPARED:
                columns = [row[0] for row in connection.execute(f"DESCRIBE {view}").fetchall()]
                kept = ", ".join(column for column in columns if column not in MOMENTS)
                found[view] = sorted(connection.execute(f"SELECT {kept} FROM {view}").fetchall(), key=repr)
        return found

    return read
