"""The flow `ingest`: given files, folders, addresses or a pasted article, once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from prefect import flow

from extract.fetch import FetchSettings
from flows.alerts import telling_news
from flows.artifacts import leave_artifacts
from flows.forms import NO_NAMES, Pasted, PathText, Places, name_ingest_run, require_allowed, source_of_pasted
from flows.jobs import job_of_places, trackers_of
from flows.pipeline import run_pipeline
from flows.run import Job
from flows.settings import Settings
from flows.tasks import RunLog, as_task, is_from_a_form

NOTHING_PASTED = Pasted()


@flow(name="ingest", flow_run_name=name_ingest_run, validate_parameters=True)
def ingest(article: Pasted = NOTHING_PASTED, places: Places = NO_NAMES, warehouse: PathText = "") -> dict[str, Any]:
    """Read one pasted article, or the given addresses, files and folders.

    Args:
        article: An article, pasted: its text and what is known of it.
        places: Addresses (https://…), or paths of files and folders on the worker's machine.
        warehouse: The published file; leave empty for the usual one.
    """
    settings = Settings.from_env().with_warehouse(warehouse)
    if is_from_a_form():
        require_allowed([*places, warehouse], settings)
    job = _job(places, article, settings)
    log = RunLog()
    with telling_news(settings):
        summary = run_pipeline(job, settings, watcher=log, as_task=as_task)
    leave_artifacts(summary)
    log.finish()
    return summary.as_dict()


def _job(places: Sequence[str], pasted: Pasted, settings: Settings) -> Job:
    source = source_of_pasted(pasted, settings)
    if source is None:
        return job_of_places(places, settings)
    nothing_else = Job("ingest", trackers=trackers_of(settings), fetch=FetchSettings(contact=settings.contact))
    job = job_of_places(places, settings) if places else nothing_else
    return replace(job, sources=(*job.sources, source))
