"""The flow `recheck`: what is stored, grouped, related and checked anew."""

from __future__ import annotations

from typing import Any

from prefect import flow

from flows.forms import require_allowed
from flows.jobs import job_of_stored
from flows.pipeline import run_pipeline
from flows.settings import Settings
from flows.tasks import RunLog, as_task, is_from_a_form, leave_artifacts


@flow(name="recheck", validate_parameters=True)
def recheck(warehouse: str | None = None) -> dict[str, Any]:
    """Group, relate and check anew what is stored, without fetching.

    Args:
        warehouse: The published file; leave empty for the usual one.
    """
    settings = Settings.from_env().with_warehouse(warehouse)
    if is_from_a_form():
        require_allowed([warehouse], settings)
    summary = run_pipeline(job_of_stored(settings), settings, watcher=RunLog(), as_task=as_task)
    leave_artifacts(summary)
    return summary.as_dict()
