"""The flow `recheck`: what is stored, grouped, related and checked anew, and a list of what stands."""

from __future__ import annotations

from typing import Any

from prefect import flow

from flows.alerts import telling_news
from flows.artifacts import leave_artifacts
from flows.forms import PathText, Shown, name_recheck_run, require_allowed
from flows.jobs import job_of_stored
from flows.pipeline import run_pipeline
from flows.settings import Settings
from flows.tasks import RunLog, as_task, is_from_a_form

ALL_THAT_STANDS = Shown()


@flow(name="recheck", flow_run_name=name_recheck_run, validate_parameters=True)
def recheck(show: Shown = ALL_THAT_STANDS, warehouse: PathText = "") -> dict[str, Any]:
    """Group, relate and check anew what is stored, without fetching, and list the contradictions that stand.

    Args:
        show: Which contradictions the run's page lists.
        warehouse: The published file; leave empty for the usual one.
    """
    settings = Settings.from_env().with_warehouse(warehouse)
    if is_from_a_form():
        require_allowed([warehouse], settings)
    log = RunLog()
    with telling_news(settings):
        summary = run_pipeline(job_of_stored(settings), settings, watcher=log, as_task=as_task)
    leave_artifacts(summary, show)
    log.finish()
    return summary.as_dict()
