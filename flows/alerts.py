"""Tells Prefect's server of every new contradiction, once: the event that automations turn into messages.

What is to be told is read from the published warehouse and from the ledger beside it (flows.told), never from the run's
memory. The server is told before the ledger is written, so nothing is lost by a crash; one between the two tells
twice, under the same event id, which the server drops as long as it remembers it (some minutes).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

import httpx
from prefect import get_run_logger
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import FlowRun
from prefect.events.schemas.events import Event, RelatedResource, Resource
from prefect.exceptions import PrefectHTTPStatusError
from prefect.runtime import flow_run
from prefect.settings import PREFECT_API_URL

from flows.settings import Settings
from flows.showing import Wanted, find_contradictions, flagged_since
from flows.told import Told
from flows.wording import one_line
from warehouse.neighbours import require_folder

FLAGGED = "tallywire.contradiction.flagged"
CRASHED = "tallywire.run.crashed"
_NAMESPACE = UUID("6f0d7a5e-3a7e-5d0c-9a33-2f4f5d1c8b77")
_BATCH = 50  # events in one request
_WIDTH = 500  # characters of one text

# Chats take <!channel>, @here and [words](address) from whoever wrote the page as their own.
CHAT_SIGNS = str.maketrans({"<": "‹", ">": "›", "@": "＠", "[": "(", "]": ")"})


@contextmanager
def telling_news(settings: Settings) -> Iterator[None]:
    """After the block tell of what it flagged, and of what an earlier run flagged and could not tell.

    Nothing is told, or noted as told, on a server that lives no longer than this process. A server that does not
    answer costs a warning: the next run tells.
    """
    if not PREFECT_API_URL.value():
        yield
        return
    told = Told(settings.warehouse)
    require_folder(settings.warehouse)
    told.begin(datetime.now(UTC))
    yield
    try:
        tell(told, settings)
    except (httpx.HTTPError, PrefectHTTPStatusError) as error:
        get_run_logger().warning("the server was not told of new contradictions, the next run will: %s", error)


def tell(told: Told, settings: Settings) -> int:
    """Tell the server of what stands and was not told of yet; how many. Raises httpx.HTTPError where it cannot be."""
    with told.lock:
        new = _new(told, settings)
        graver = _graver(new, settings)
        for first in range(0, len(graver), _BATCH):
            batch = graver[first : first + _BATCH]
            _send([_event(row) for row in batch])
            told.add(row["relation_id"] for row in batch)
        lesser = {row["relation_id"] for row in new} - {row["relation_id"] for row in graver}
        if lesser:  # noted too, or a later and lower setting would bring them all at once
            told.add(sorted(lesser))
    return len(graver)


def _new(told: Told, settings: Settings) -> list[dict[str, Any]]:
    """What stands and was not told of; years of what was told are looked through by their ids alone."""
    flagged, before = flagged_since(settings.warehouse, told.since()), told.relations()
    first = min((moment for relation, moment in flagged.items() if relation not in before), default=None)
    if first is None:
        return []
    found = find_contradictions(settings.warehouse, Wanted(since=first))
    return [row for row in found if row["relation_id"] not in before]


def _graver(rows: Sequence[dict[str, Any]], settings: Settings) -> list[dict[str, Any]]:
    severities = Wanted(severity=settings.alert_severity).parameters()["severities"]
    return [row for row in rows if row["severity"] in severities]  # type: ignore[operator] # a list of names


def _send(events: Sequence[Event]) -> None:
    """Hand events to the server and wait until it has taken them: emit_event would not say whether it did."""
    bodies = [event.model_dump(mode="json") for event in events]
    with get_client(sync_client=True) as client:
        client.request("POST", "/events", json=bodies).raise_for_status()


def _event(row: Mapping[str, Any]) -> Event:
    return Event(
        id=uuid5(_NAMESPACE, f"{row['relation_id']} {row['first_seen_at'].isoformat()}"),
        event=FLAGGED,
        resource=Resource(
            {
                "prefect.resource.id": f"tallywire.relation.{row['relation_id']}",
                "prefect.resource.name": one_line(row["explanation"], 120),
                "tallywire.kind": row["kind"],
                "tallywire.severity": row["severity"],
                "tallywire.story": one_line(row["story"], 120),
            }
        ),
        related=_this_run(),
        payload=_payload(row),
    )


def _this_run() -> list[RelatedResource]:
    """The flow run that tells, so that its page shows the event."""
    if not flow_run.id:
        return []
    return [
        RelatedResource(
            {
                "prefect.resource.id": f"prefect.flow-run.{flow_run.id}",
                "prefect.resource.role": "flow-run",
                "prefect.resource.name": str(flow_run.name),
            }
        )
    ]


def crash_of(run: FlowRun, message: str) -> Event:
    """What `serve` tells of a run whose worker is gone.

    Prefect's own event of it waits up to a quarter of an hour for the one of the run's schedule, which it never sends.
    """
    related = [
        RelatedResource({"prefect.resource.id": f"prefect.tag.{tag}", "prefect.resource.role": "tag"})
        for tag in run.tags
    ]
    names = {"prefect.resource.name": run.name, "prefect.state-name": "Crashed", "prefect.state-message": message}
    resource = Resource({"prefect.resource.id": f"prefect.flow-run.{run.id}", **names})
    return Event(event=CRASHED, resource=resource, related=related)


def _payload(row: Mapping[str, Any]) -> dict[str, str]:
    """The contradiction in texts, and `message`: the same in one piece that no chat reads commands from."""
    names = ("relation_id", "kind", "severity", "story", "explanation", "measure", "place")
    sides = [f"{side}_{name}" for side in "ab" for name in ("outlet", "url", "quote", "sentence")]
    payload = {name: one_line(str(row[name] or ""), _WIDTH) for name in (*names, *sides)}
    kind = payload["kind"].replace("_", " ")
    lines = [f"{payload['severity']} {kind}: {payload['explanation']}"]
    for side in "ab":
        outlet, url = payload[f"{side}_outlet"] or "unnamed outlet", payload[f"{side}_url"]
        lines.append(f"{outlet}: “{payload[f'{side}_sentence'] or payload[f'{side}_quote']}” {url}")
    return {**payload, "message": "\n".join(lines).translate(CHAT_SIGNS)}
