"""Each walk-through of the docs, followed to the letter in a copy of the house, ends with what it shows."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
PACKAGES = ("extract", "warehouse", "checks", "flows")
BLOCK = re.compile(r"^```(?P<kind>\w+)(?: (?P<path>\S+))?\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
PATCHED = re.compile(r"^--- (?:a/)?(?P<old>\S+)\n\+\+\+ b/(?P<path>\S+)\n(?P<hunks>(?:(?!--- ).*\n?)*)", re.MULTILINE)


def walk_throughs():
    """Name and text of every section that is one."""
    for page in ("extract/README.md", "checks/README.md"):
        sections = re.split(r"^## ", (HOUSE / page).read_text(encoding="utf-8"), flags=re.MULTILINE)
        for section in sections:
            heading, _, text = section.partition("\n")
            if heading.startswith("Walk-through: "):
                yield pytest.param(text, id=heading.removeprefix("Walk-through: "))


def patch(house, diff):
    """Change files as a diff says; each hunk must stand exactly once in its file."""
    for change in PATCHED.finditer(diff):
        path = house / change["path"]
        text = "" if change["old"] == "/dev/null" else path.read_text(encoding="utf-8")
        for hunk in re.split(r"^@@\n", change["hunks"], flags=re.MULTILINE)[1:]:
            lines = hunk.splitlines(keepends=True)
            before = "".join(line[1:] or "\n" for line in lines if line[0] in " -")
            after = "".join(line[1:] or "\n" for line in lines if line[0] in " +")
            assert not text or text.count(before) == 1, f"{change['path']} has changed: {before}"
            text = text.replace(before, after) if text else after
        path.write_text(text, encoding="utf-8")


def type_in(line, house):
    """Run a line of the page in the copied house; what it printed."""
    words = shlex.split(line)
    settings = dict(word.split("=", 1) for word in words if word.startswith("TALLYWIRE_"))
    program, *arguments = [word for word in words if not word.startswith("TALLYWIRE_")]
    assert program == ".venv/bin/tallywire"
    done = subprocess.run(
        [sys.executable, "-m", "flows", *arguments],
        cwd=house,
        env=os.environ | settings | {"PYTHONPATH": str(house), "TALLYWIRE_WORKERS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{line}\n{done.stderr}"
    return done.stdout


@pytest.mark.parametrize("text", walk_throughs())
def test_a_walk_through_ends_with_what_it_shows(text, tmp_path):
    for package in PACKAGES:
        shutil.copytree(HOUSE / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    said, shown = "", []
    for block in BLOCK.finditer(text):
        kind, path, body = block["kind"], block["path"], block["body"]
        if kind == "diff":
            patch(tmp_path, body)
        elif kind == "sh":
            said = "".join(type_in(line, tmp_path) for line in body.splitlines())
        elif kind == "out":
            shown += body.splitlines()
            assert [line for line in body.splitlines() if line not in said] == [], said
        else:
            (tmp_path / path).parent.mkdir(exist_ok=True)
            (tmp_path / path).write_text(body, encoding="utf-8")
    assert shown


def test_there_is_a_walk_through_for_a_measure_a_source_and_a_check():
    assert [one.id for one in walk_throughs()] == ["a measure", "a kind of source", "a check of your own"]
