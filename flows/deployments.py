"""The deployments that a server offers: which flows, when, and how many at once."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterState, FlowRunFilterStateType
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy, State, StateType
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectAlreadyExists
from prefect.states import Crashed, Scheduled
from prefect.types.entrypoint import EntrypointType

from extract.errors import FactError
from extract.fetch import parse_sources
from flows.alerts import crash_of
from flows.automations import register_automations
from flows.backfill import backfill
from flows.ingest import ingest
from flows.recheck import recheck
from flows.schedules import parse_schedule
from flows.settings import Settings
from flows.track import track

POOL = "tallywire"
STOPPED = "tallywire was stopped while this ran; nothing of it was published"

# Two runs would only wait for one warehouse: the later one is cancelled, and the next one by schedule does its work.
ONE_AT_A_TIME = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)


async def deploy_all(settings: Settings, folder: Path) -> None:
    """Register pool and deployments with the server of the environment; doing it again changes nothing.

    folder: where relative paths of settings and forms begin
    """
    async with get_client() as client:
        with suppress(ObjectAlreadyExists):
            await client.create_work_pool(WorkPoolCreate(name=POOL, type="process"))
    for deployment in deployments_of(settings, folder):
        await deployment.aapply()
    await register_automations(settings)


async def end_orphans() -> None:
    """Mark runs that no worker works on any more as crashed, and tell of it; only while no worker runs.

    A run that a worker had taken ahead of its moment has not begun: it is put back, for the next worker.
    """
    unfinished = FlowRunFilterState(
        type=FlowRunFilterStateType(any_=[StateType.RUNNING, StateType.PENDING, StateType.CANCELLING])
    )
    async with get_client() as client:
        for run in await client.read_flow_runs(flow_run_filter=FlowRunFilter(state=unfinished)):
            if run.state_type is StateType.PENDING:
                await client.set_flow_run_state(run.id, Scheduled(scheduled_time=run.expected_start_time), force=True)
                continue
            state: State[None] = Crashed(message=STOPPED)
            await client.set_flow_run_state(run.id, state, force=True)
            await client.request("POST", "/events", json=[crash_of(run, STOPPED).model_dump(mode="json")])


def deployments_of(settings: Settings, folder: Path) -> list[RunnerDeployment]:
    """What `serve` offers. Raises BadSetting for a schedule that is none."""
    schedules = [parse_schedule(settings.schedule, settings.timezone)]
    made = [
        RunnerDeployment.from_flow(
            flow,
            name=flow.name,
            description=flow.description,
            schedules=schedules if flow is track else None,
            concurrency_limit=ONE_AT_A_TIME,
            work_pool_name=POOL,
            job_variables={"working_dir": str(folder)},
            entrypoint_type=EntrypointType.MODULE_PATH,
            tags=["tallywire"],
        )
        for flow in (track, ingest, recheck, backfill)
    ]
    _offer_sources(made[0], settings)
    return made


def _offer_sources(deployment: RunnerDeployment, settings: Settings) -> None:
    """Let the form of `track` offer the sources by name; a SOURCES.toml that cannot be read yet offers none."""
    with suppress(FactError, OSError):
        names = [source.name for source in parse_sources(settings.sources).sources]
        deployment._parameter_openapi_schema.properties["only"]["items"]["enum"] = names  # noqa: SLF001  # no public door
