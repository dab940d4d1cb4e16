"""The flow `ingest`: given files, folders, addresses or a pasted text, once."""

from __future__ import annotations

from typing import Annotated, Any

from prefect import flow
from pydantic import Field

from flows.forms import name_ingest_run, require_allowed, save_pasted
from flows.jobs import job_of_places
from flows.pipeline import run_pipeline
from flows.settings import Settings
from flows.tasks import RunLog, as_task, is_from_a_form, leave_artifacts


@flow(name="ingest", flow_run_name=name_ingest_run, validate_parameters=True)
def ingest(
    places: Annotated[list[str], Field(max_length=10_000)] | None = None,
    text: Annotated[str, Field(max_length=1_000_000)] | None = None,
    warehouse: str | None = None,
) -> dict[str, Any]:
    """Read the given files, folders and addresses, or one pasted article.

    Args:
        places: Addresses (http or https), or paths of files and folders on the worker's machine.
        text: An article's text, pasted: headline first, then a date line if there is one, then the paragraphs.
        warehouse: The published file; leave empty for the usual one.
    """
    settings = Settings.from_env().with_warehouse(warehouse)
    named = list(places or [])
    if is_from_a_form():
        require_allowed([*named, warehouse], settings)
    if text and text.strip():
        named.append(str(save_pasted(text, settings)))
    summary = run_pipeline(job_of_places(named, settings), settings, watcher=RunLog(), as_task=as_task)
    leave_artifacts(summary)
    return summary.as_dict()
