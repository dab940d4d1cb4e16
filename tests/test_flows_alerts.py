"""Who was told of what: the ledger beside the warehouse, and the words of a message."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from prefect.settings import PREFECT_API_URL, temporary_settings

from extract.errors import WarehouseBroken
from flows.alerts import _event, _payload, tell
from flows.settings import Settings
from flows.told import Told

NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)


@pytest.fixture
def told(tmp_path: Path) -> Told:
    ledger = Told(tmp_path / "warehouse.duckdb")
    ledger.begin(NOON)
    return ledger


def flagged(**given: object) -> dict[str, object]:
    """One row as the warehouse gives it."""
    texts = dict.fromkeys(("measure", "place", "story", "a_quote", "b_quote", "a_url", "b_url"), "words")
    sides = dict.fromkeys(("a_outlet", "b_outlet", "a_sentence", "b_sentence"), "words")
    row = {"relation_id": "r1", "kind": "source_conflict", "severity": "high", "explanation": "12 are not 29"}
    return {**texts, **sides, **row, "first_seen_at": NOON, **given}


def test_a_kill_while_a_ledger_begins_leaves_none_that_cannot_be_read(tmp_path):
    (tmp_path / "warehouse.told.new").touch()
    ledger = Told(tmp_path / "warehouse.duckdb")
    ledger.begin(NOON)
    assert ledger.since() == NOON


def test_a_ledger_begins_once_and_remembers_who_was_told(told):
    told.add(["r1", "r2"])
    told.begin(datetime(2032, 1, 1, tzinfo=UTC))
    assert told.since() == NOON
    assert {"r1", "r2"} <= told.relations()


def test_a_line_that_a_crash_cut_off_does_not_swallow_the_next(told):
    told.add(["r1"])
    with told.path.open("a", encoding="utf-8") as file:
        file.write("r2-cut-o")
    told.add(["r3"])
    assert {"r1", "r3"} <= told.relations()
    assert "r2" not in told.relations()


def test_a_file_that_is_no_ledger_is_named(told):
    told.path.write_text("something else\n", encoding="utf-8")
    with pytest.raises(WarehouseBroken, match="remove it"):
        told.since()


def test_the_same_contradiction_is_the_same_event_whenever_it_is_told():
    assert _event(flagged()).id == _event(flagged(explanation="put in other words")).id
    assert _event(flagged()).id != _event(flagged(relation_id="r2")).id


def test_a_message_commands_no_chat_and_no_terminal():
    hostile = "<!channel> @here \x1b[2J [free money](https://evil.example)"
    payload = _payload(flagged(a_sentence=hostile, a_outlet=hostile, explanation=hostile))
    assert not set(payload["message"]) & set("<>@[]\x1b")
    assert "channel" in payload["message"]
    assert "\x1b" not in "".join(payload.values())


def test_a_server_that_does_not_answer_leaves_the_telling_to_the_next_run(tallywire, desk, published):
    told = Told(published)
    told.begin(NOON.replace(year=2001))
    tallywire("ingest", desk, "--warehouse", published, "--quiet")
    with temporary_settings({PREFECT_API_URL: "http://127.0.0.1:9/api"}), pytest.raises(httpx.HTTPError):
        tell(told, Settings(warehouse=published, alert_severity="low"))
    assert told.relations() == {""}
    assert tell(told, Settings(warehouse=published, alert_severity="high")) == 0
    noted = told.relations() - {""}
    assert len(noted) >= 1
    assert tell(told, Settings(warehouse=published, alert_severity="low")) == 0, "what was too small once stays so"
