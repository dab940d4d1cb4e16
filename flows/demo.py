"""The flow `demo`: the bundled newsroom's two editions, read as if from the web."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

from prefect import flow

from extract.errors import BadSource
from extract.fetch import FetchSettings, parse_sources
from flows.artifacts import leave_artifacts
from flows.newsroom.server import Newsroom, newsroom_sources, serve_newsroom
from flows.pipeline import run_pipeline
from flows.run import Job
from flows.settings import Settings
from flows.summary import RunSummary
from flows.tasks import RunLog, as_task

MARK = "This folder was made by `tallywire demo`, which makes it anew each time.\n"


@flow(name="demo", validate_parameters=True)
def demo(folder: str = "tallywire-demo") -> list[dict[str, Any]]:
    """Read both editions of the bundled newsroom into a warehouse of their own.

    Args:
        folder: Where the warehouse goes; an earlier demo there is replaced.
    """
    made = prepare_folder(Path(folder))
    settings = replace(Settings.from_env(), warehouse=made / "warehouse.duckdb")
    (made / "SOURCES.toml").write_text(newsroom_sources(), encoding="utf-8")
    with serve_newsroom(1) as newsroom:
        first = _read_edition(newsroom, settings, "first edition")
        newsroom.turn_to(2)
        second = _read_edition(newsroom, settings, "second edition")
    return [first.as_dict(), second.as_dict()]


def prepare_folder(folder: Path) -> Path:
    """An empty folder for the demo. Raises BadSource where something else lies there."""
    mark = folder / "README.txt"
    if folder.exists() and any(folder.iterdir()):
        if not (mark.is_file() and mark.read_text(encoding="utf-8") == MARK):
            raise BadSource(f"{folder} holds something else than a demo: give another folder with --folder")
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    mark.write_text(MARK, encoding="utf-8")
    return folder


def _read_edition(newsroom: Newsroom, settings: Settings, edition: str) -> RunSummary:
    sources = parse_sources(settings.warehouse.with_name("SOURCES.toml"))
    fetch = FetchSettings(hosts=newsroom.hosts, contact=settings.contact)
    job = Job("track", sources.sources, sources.trackers, fetch)
    watcher = RunLog()
    watcher.begin(edition)
    summary = run_pipeline(job, settings, watcher=watcher, now=newsroom.now, as_task=as_task)
    leave_artifacts(summary)
    watcher.finish()
    return summary
