"""What `tallywire doctor` says of broken installations, and what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flows.doctor import Finding, examine
from flows.pipeline import utc_now
from flows.settings import Settings
from warehouse.lock import writers_lock
from warehouse.neighbours import Neighbours


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An installation that was just unpacked, on a port that nobody answers."""
    return Settings(
        warehouse=tmp_path / "house" / "w.duckdb", sources=tmp_path / "SOURCES.toml", home=tmp_path / "home", port=9
    )


def found(settings: Settings, topic: str) -> Finding:
    [finding] = [one for one in examine(settings, utc_now()) if one.topic == topic]
    return finding


def test_a_new_installation_is_not_ill_and_every_note_says_what_to_do(settings):
    findings = list(examine(settings, utc_now()))
    assert [one for one in findings if one.state == "bad"] == []
    assert [one for one in findings if one.state == "note" and not one.advice] == []
    assert {"versions", "extractor", "sources", "schedule", "disk", "writer", "warehouse", "server", "login"} <= {
        one.topic for one in findings
    }


def test_a_file_that_is_no_warehouse_is_bad(settings):
    settings.warehouse.parent.mkdir()
    settings.warehouse.write_bytes(b"not a warehouse" * 1000)
    finding = found(settings, "warehouse")
    assert finding.state == "bad"
    assert "replay" in finding.advice


def test_a_line_of_the_sources_that_cannot_be_read_is_named(settings):
    settings.sources.write_text('[[source]]\nname = "desk"\nkin = "folder"\n', encoding="utf-8")
    finding = found(settings, "sources")
    assert finding.state == "bad"
    assert "kind" in finding.found


def test_a_schedule_that_is_none_is_named(settings, monkeypatch):
    finding = found(Settings.from_env({"TALLYWIRE_SCHEDULE": "now and then", "TALLYWIRE_PORT": "9"}), "schedule")
    assert finding.state == "bad"
    assert "now and then" in finding.found


def test_a_login_that_others_may_read_is_bad_and_the_advice_closes_it(settings):
    settings.home.mkdir()
    login = settings.home / "login"
    login.write_text("tallywire:words\n", encoding="utf-8")
    login.chmod(0o644)
    finding = found(settings, "login")
    assert (finding.state, finding.advice) == ("bad", f"chmod 600 {login}")
    assert "words" not in finding.found


def test_who_writes_is_named(settings):
    settings.warehouse.parent.mkdir()
    with writers_lock(Neighbours(settings.warehouse), utc_now):
        finding = found(settings, "writer")
    assert finding.state == "note"
    assert "writes since" in finding.found


def test_for_machines_every_finding_is_a_line_of_json(tallywire, tmp_path, monkeypatch):
    monkeypatch.setenv("TALLYWIRE_PORT", "9")
    status, said, _ = tallywire("doctor", "--json", "--warehouse", tmp_path / "house" / "w.duckdb")
    assert status == 0
    assert {"topic", "state", "found", "advice"} == set(json.loads(said.splitlines()[0]))
