"""The lock files install the same bytes everywhere and name no place to get them from."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-build.lock")


def pinned(lock: str) -> dict[str, str]:
    """Version by name."""
    text = (HOUSE / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==(\S+)", text, flags=re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_hash_and_no_address(lock):
    text = (HOUSE / lock).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[A-Za-z0-9])", text.strip())
    assert len(entries) >= len(pinned(lock)) > 5
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text
    assert "--index" not in text


def test_the_locks_agree_on_what_they_share():
    runtime, development, build = map(pinned, LOCKS)
    assert runtime.items() <= development.items()
    assert build.items() <= development.items()


def test_every_dependency_of_the_project_is_locked():
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {re.split(r"[\[<>=!~ ]", entry, maxsplit=1)[0].lower() for entry in project["dependencies"]}
    assert wanted <= {name.lower() for name in pinned("requirements.lock")}
