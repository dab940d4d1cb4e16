"""The flow `ingest`: given files, folders and addresses, once."""

from __future__ import annotations

from typing import Annotated, Any

from prefect import flow
from pydantic import Field

from flows.jobs import job_of_places
from flows.pipeline import run_pipeline
from flows.settings import Settings
from flows.tasks import RunLog, as_task, leave_artifacts


@flow(name="ingest", flow_run_name="ingest {places}", validate_parameters=True)
def ingest(places: Annotated[list[str], Field(min_length=1)], warehouse: str | None = None) -> dict[str, Any]:
    """Read the given files, folders and addresses.

    Args:
        places: Paths of files or folders on the worker's machine, or http(s) addresses.
        warehouse: The published file; empty for the one of the settings.
    """
    settings = Settings.from_env().with_warehouse(warehouse)
    summary = run_pipeline(job_of_places(places, settings), settings, watcher=RunLog(), as_task=as_task)
    leave_artifacts(summary)
    return summary.as_dict()
