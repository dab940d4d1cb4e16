"""What a form may ask for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from extract.errors import BadSource
from flows.forms import require_allowed, save_pasted
from flows.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "open").mkdir()
    (tmp_path / "closed").mkdir()
    return Settings(warehouse=tmp_path / "house" / "w.duckdb", folders=(tmp_path / "open",))


def test_addresses_empty_fields_and_paths_in_an_allowed_folder_pass(settings, tmp_path):
    require_allowed(["https://wire.example/1", None, "", str(tmp_path / "open" / "a.txt")], settings)


def test_a_path_outside_is_refused_with_what_to_do(settings, tmp_path):
    with pytest.raises(BadSource, match="TALLYWIRE_FOLDERS"):
        require_allowed([str(tmp_path / "closed" / "a.txt")], settings)


def test_a_way_out_by_dots_or_by_a_link_is_refused(settings, tmp_path):
    (tmp_path / "open" / "door").symlink_to(tmp_path / "closed")
    for path in (tmp_path / "open" / ".." / "closed" / "a.txt", tmp_path / "open" / "door" / "a.txt"):
        with pytest.raises(BadSource):
            require_allowed([str(path)], settings)


def test_without_a_list_only_the_folder_of_the_run_is_open(settings, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path / "open")
    require_allowed(["a.txt"], replace(settings, folders=()))
    with pytest.raises(BadSource):
        require_allowed(["/etc/passwd"], replace(settings, folders=()))


def test_the_same_pasted_text_is_the_same_file(settings):
    settings.warehouse.parent.mkdir()
    assert save_pasted("Four hurt\n\nFour were hurt.", settings) == save_pasted(
        "Four hurt\n\nFour were hurt.", settings
    )
