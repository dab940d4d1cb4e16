"""What the README tells people to type does what it says."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ARTICLES

HOUSE = Path(__file__).parent.parent
PAGES = [
    *HOUSE.glob("*.md"),
    *(path for folder in ("extract", "checks", "warehouse", "deploy") for path in (HOUSE / folder).rglob("*.md")),
]
README = (HOUSE / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """The README's fenced blocks of one language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, flags=re.MULTILINE | re.DOTALL)


COMMANDS = [line for block in blocks("sh") for line in block.splitlines() if line and not line.startswith("#")]
DEMO = [line for line in COMMANDS if line == "make demo" or "tallywire-demo" in line]
OWN = [line for line in COMMANDS if line not in DEMO]


def words_of(line: str) -> list[str]:
    """The arguments of tallywire in a command line of the README."""
    program, *words = shlex.split(line)
    assert program == ".venv/bin/tallywire", f"the README has a command that is neither make nor tallywire: {line}"
    return words


def test_every_command_for_own_articles_works_in_the_order_of_the_readme(tmp_path, monkeypatch, tallywire):
    (tmp_path / "articles").mkdir()
    for name, text in ARTICLES.items():
        (tmp_path / "articles" / name).write_text(text, encoding="utf-8")
    [sources] = blocks("toml")
    (tmp_path / "SOURCES.toml").write_text(sources, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert len(OWN) >= 8
    for line in OWN:
        status, out, err = tallywire(*words_of(line))
        assert status == 0, f"{line}\n{err}"
        assert out.strip(), line


@pytest.mark.server
@pytest.mark.timeout(600)
def test_the_demo_prints_contradictions_and_leaves_a_warehouse_that_answers(tmp_path):
    makefile = (HOUSE / "Makefile").read_text(encoding="utf-8")
    assert re.search(r"^demo:.*\n\t\$\(BIN\)/tallywire demo$", makefile, flags=re.MULTILINE)
    environ = os.environ | {"TALLYWIRE_HOME": str(tmp_path / "home")}
    said = []
    for line in DEMO:
        words = ["demo"] if line == "make demo" else words_of(line)
        done = subprocess.run(
            [sys.executable, "-m", "flows", *words],
            cwd=tmp_path,
            env=environ,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{line}\n{done.stderr}"
        said.append(done.stdout)
    assert len(said) == 2
    assert "Channel 9 Europe: “The prefect's office said 3,240 people had been evacuated" in said[0]
    assert "tallywire-demo/report/index.html" in said[0]
    assert "revision" in said[1]
    assert (tmp_path / "tallywire-demo" / "report" / "index.html").is_file()


def test_every_setting_in_the_readme_exists_and_every_setting_is_in_the_readme():
    code = (HOUSE / "flows" / "settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'read\.\w+\(\s*"([A-Z_]+)"', code)) - {"MODEL", "BATCH_PAGES"}
    assert {f"TALLYWIRE_{name}" for name in read} == set(re.findall(r"TALLYWIRE_[A-Z_]+", README))


@pytest.mark.parametrize("page", sorted(path.relative_to(HOUSE).as_posix() for path in PAGES))
def test_every_link_of_a_page_inside_the_house_leads_to_a_file(page):
    text = (HOUSE / page).read_text(encoding="utf-8")
    targets = [target for target in re.findall(r"\]\(([^)#\s]+)", text) if "://" not in target]
    assert [target for target in targets if not (HOUSE / page).parent.joinpath(target).exists()] == []
