"""The flow `track`: all sources, once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from prefect import flow

from flows.alerts import telling_news
from flows.artifacts import leave_artifacts
from flows.forms import NO_NAMES, Names, PathText, chosen, name_track_run, require_allowed
from flows.jobs import job_of_sources
from flows.pipeline import run_pipeline
from flows.settings import Settings
from flows.tasks import RunLog, as_task, is_from_a_form


@flow(name="track", flow_run_name=name_track_run, validate_parameters=True)
def track(only: Names = NO_NAMES, sources: PathText = "", warehouse: PathText = "") -> dict[str, Any]:
    """Read all sources once: fetch, clean, extract, load, check, publish.

    Args:
        only: The sources to read; leave empty for all of them.
        sources: The SOURCES.toml to read; leave empty for the usual one.
        warehouse: The published file; leave empty for the usual one.
    """
    settings = Settings.from_env().with_warehouse(warehouse)
    if is_from_a_form():
        require_allowed([sources, warehouse], settings)
    job = job_of_sources(Path(sources) if sources else settings.sources, settings)
    job = replace(job, sources=chosen(job.sources, only))
    log = RunLog()
    with telling_news(settings):
        summary = run_pipeline(job, settings, watcher=log, as_task=as_task)
    leave_artifacts(summary)
    log.finish()
    return summary.as_dict()
