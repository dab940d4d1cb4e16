"""Who is told of what: the automations that `serve` and `alerts` register with Prefect's server."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal
from uuid import UUID

from prefect.automations import AutomationCore, EventTrigger, Posture
from prefect.blocks.webhook import Webhook
from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.objects import StateType
from prefect.events.actions import CallWebhook, ChangeFlowRunState, SendNotification
from prefect.exceptions import ObjectNotFound
from prefect.settings import PREFECT_API_URL
from prefect.types import SecretDict
from pydantic import SecretStr

from extract.errors import BadSetting
from flows.alerts import CHAT_SIGNS, CRASHED, FLAGGED
from flows.settings import Settings

OURS = "tallywire: "  # how the names of our automations begin
WEBHOOK_BLOCK = "tallywire-alerts"
SILENCE = timedelta(seconds=90)  # three heartbeats
TOLD_AGAIN_AFTER = timedelta(hours=1)  # a machine that slept comes back with every moment it missed as a late run

_OUR_RUNS: dict[str, Any] = {
    "match": {"prefect.resource.id": "prefect.flow-run.*"},
    "match_related": {"prefect.resource.id": "prefect.tag.tallywire", "prefect.resource.role": "tag"},
    "for_each": {"prefect.resource.id"},
}

# A run's message may hold words of a page: no chat may read a mention in them.
_MADE_HARMLESS = "| default('') | string" + "".join(
    f" | replace('{chr(sign)}', '{harmless}')" for sign, harmless in CHAT_SIGNS.items()
)
_RUN_NAME = f"event.resource['prefect.resource.name'] {_MADE_HARMLESS}"
_RUN_STATE = "event.resource['prefect.state-name']"
_RUN_MESSAGE = f"event.resource['prefect.state-message'] {_MADE_HARMLESS}"


@dataclass(frozen=True, slots=True)
class _Words:
    """What a message says, as Prefect's templates: for people, and as JSON for machines."""

    subject: str
    body: str
    payload: str


_OF_A_CONTRADICTION = _Words(
    "tallywire: new contradiction", "{{ event.payload.message }}", "{{ event.payload | tojson }}"
)
_OF_A_RUN = _Words(
    f"tallywire: {{{{ {_RUN_NAME} }}}} is {{{{ {_RUN_STATE} }}}}",
    f"{{{{ {_RUN_NAME} }}}}: {{{{ {_RUN_STATE} }}}}. {{{{ {_RUN_MESSAGE} }}}}",
    "{{ {'event': event.event, 'run': "
    f"{_RUN_NAME}, 'state': {_RUN_STATE}, 'message': {_RUN_MESSAGE}}} | tojson }}}}",
)


@dataclass(frozen=True, slots=True)
class _Target:
    """A block of Prefect's that takes messages."""

    block: UUID
    takes: Literal["payload", "words"]

    def action(self, words: _Words) -> CallWebhook | SendNotification:
        """What an automation does to send this here."""
        if self.takes == "payload":
            return CallWebhook(block_document_id=self.block, payload=words.payload)
        return SendNotification(block_document_id=self.block, subject=words.subject, body=words.body)


def require_server() -> None:
    """Raise BadSetting where no server is named: one that ends with this process would forget at once."""
    if not PREFECT_API_URL.value():
        raise BadSetting("PREFECT_API_URL names no server; set it to one that stays, such as http://127.0.0.1:4200/api")


async def register_automations(settings: Settings) -> list[str]:
    """Make our automations be those that the settings ask for; doing it again changes nothing. Returns their names.

    One that a person switched off in the UI stays off. Raises BadSetting for a block that is not there.
    """
    async with get_client() as client:
        targets = await _targets(client, settings)
        wanted = [_of_silent_runs(), *(_alerts(targets) if targets else [])]
        before = {found.name: found for found in await client.read_automations() if found.name.startswith(OURS)}
        for automation in wanted:
            if old := before.pop(automation.name, None):
                automation.enabled = old.enabled
                await client.update_automation(old.id, automation)
            else:
                await client.create_automation(automation)
        for stale in before.values():
            await client.delete_automation(stale.id)
    return [automation.name for automation in wanted]


async def _targets(client: PrefectClient, settings: Settings) -> list[_Target]:
    targets = []
    if settings.alert_webhook:
        hook = Webhook(url=SecretStr(settings.alert_webhook), headers=SecretDict({"Content-Type": "application/json"}))
        block = await hook.asave(WEBHOOK_BLOCK, overwrite=True, client=client)
        targets.append(_Target(block, "payload"))
    if settings.alert_block:
        targets.append(await _named_block(client, settings.alert_block))
    return targets


async def _named_block(client: PrefectClient, name: str) -> _Target:
    """A block that somebody made in the UI, "slack-webhook/desk"."""
    kind, _, own_name = name.partition("/")
    try:
        block = await client.read_block_document_by_name(own_name, kind)
    except ObjectNotFound:
        raise BadSetting(
            f"TALLYWIRE_ALERT_BLOCK={name!r}: the server has no such block; make it under Blocks in the UI"
            ' and name it as "slack-webhook/its-name"'
        ) from None
    return _Target(block.id, "payload" if kind == Webhook.get_block_type_slug() else "words")


def _alerts(targets: Sequence[_Target]) -> list[AutomationCore]:
    flagged = EventTrigger(
        expect={FLAGGED},
        match={"prefect.resource.id": "tallywire.relation.*"},
        for_each={"prefect.resource.id"},
        posture=Posture.Reactive,
        threshold=1,
    )
    ended_badly = {CRASHED, *(f"prefect.flow-run.{state}" for state in ("Failed", "Crashed", "TimedOut"))}
    return [
        _automation(
            "new contradiction",
            "A contradiction was flagged for the first time.",
            flagged,
            targets,
            _OF_A_CONTRADICTION,
        ),
        _automation(
            "run failed", "A run failed, crashed or took too long.", _run_event(ended_badly), targets, _OF_A_RUN
        ),
        _automation(
            "run late",
            f"A run did not start when it was due; told at most once in {TOLD_AGAIN_AFTER.seconds // 60} minutes.",
            _run_event({"prefect.flow-run.Late"}, per_deployment=True),
            targets,
            _OF_A_RUN,
        ),
    ]


def _automation(
    name: str, description: str, trigger: EventTrigger, targets: Sequence[_Target], words: _Words
) -> AutomationCore:
    actions: list[Any] = [target.action(words) for target in targets]  # a list of some of Prefect's many actions
    return AutomationCore(name=f"{OURS}{name}", description=description, trigger=trigger, actions=actions)


def _run_event(events: set[str], *, per_deployment: bool = False) -> EventTrigger:
    """Something that happens to our runs, told once an hour for a run; per_deployment: for all runs of a deployment."""
    trigger = EventTrigger(expect=events, posture=Posture.Reactive, threshold=1, within=TOLD_AGAIN_AFTER, **_OUR_RUNS)
    if per_deployment:
        trigger.for_each = {"related:deployment:prefect.resource.id"}
    return trigger


def _of_silent_runs() -> AutomationCore:
    """Mark a run crashed whose heartbeat stopped: else its place under the limit of one run is never freed."""
    ends = {f"prefect.flow-run.{state}" for state in ("Completed", "Failed", "Crashed", "Cancelled", "TimedOut")}
    heartbeat = "prefect.flow-run.heartbeat"
    trigger = EventTrigger(
        after={heartbeat},
        expect={heartbeat, *ends},
        posture=Posture.Proactive,
        threshold=1,
        within=SILENCE,
        **_OUR_RUNS,
    )
    crash = ChangeFlowRunState(
        name=None,
        state=StateType.CRASHED,
        message=f"no sign of life for {SILENCE.seconds} s; nothing of this run was published",
        force=False,
    )
    return AutomationCore(
        name=f"{OURS}silent run is crashed",
        description="A run that was killed with its worker is marked as crashed.",
        trigger=trigger,
        actions=[crash],
    )
