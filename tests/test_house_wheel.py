"""What is built is whole: an editable install would hide what the wheel lacks."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
PACKAGES = ("flows", "extract", "warehouse", "checks")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as pip builds it, from the locked build tools."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index", "--no-build-isolation"]
    subprocess.run([*command, "--wheel-dir", str(folder), str(HOUSE)], check=True, capture_output=True)
    return next(folder.glob("tallywire-*.whl"))


def test_the_wheel_carries_every_file_of_the_packages(wheel):
    listed = subprocess.run(
        ["git", "ls-files", *PACKAGES], cwd=HOUSE, capture_output=True, text=True, check=True
    ).stdout.split()
    with zipfile.ZipFile(wheel) as archive:
        missing = set(listed) - set(archive.namelist())
    assert not {name for name in missing if (HOUSE / name).exists()}


def test_the_wheel_runs_without_the_repository(wheel, tmp_path):
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    (tmp_path / "one.txt").write_text(
        "Bus crash\n\nThe police said 4 people were killed near Lyon on Sunday.\n", encoding="utf-8"
    )
    done = subprocess.run(
        [sys.executable, "-m", "flows", "ingest", "one.txt", "--warehouse", "w.duckdb"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path / "site"), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "1 fetched = 1 stored" in done.stdout
