"""The flow `track`: all sources, once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from prefect import flow

from flows.forms import name_track_run, require_allowed
from flows.jobs import job_of_sources
from flows.pipeline import run_pipeline
from flows.settings import Settings
from flows.tasks import RunLog, as_task, is_from_a_form, leave_artifacts


@flow(name="track", flow_run_name=name_track_run, validate_parameters=True)
def track(sources: str | None = None, warehouse: str | None = None) -> dict[str, Any]:
    """Read all sources once: fetch, clean, extract, load, check, publish.

    Args:
        sources: The SOURCES.toml to read; leave empty for the usual one.
        warehouse: The published file; leave empty for the usual one.
    """
    settings = Settings.from_env().with_warehouse(warehouse)
    if is_from_a_form():
        require_allowed([sources, warehouse], settings)
    job = job_of_sources(Path(sources) if sources else settings.sources, settings)
    summary = run_pipeline(job, settings, watcher=RunLog(), as_task=as_task)
    leave_artifacts(summary)
    return summary.as_dict()
