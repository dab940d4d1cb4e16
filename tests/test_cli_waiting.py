"""Commands that meet another process which writes to the same warehouse."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import ExitStack
from datetime import UTC, datetime
from threading import Timer

from writers import writing_process

from flows.commands import forgetting
from warehouse.reader import open_reader


def told_to_wait(published, *arguments):
    """Run a command while another process writes, and let that one go on as soon as the command says it waits."""
    command = [sys.executable, "-m", "flows", *map(str, arguments), "--warehouse", str(published)]
    environ = os.environ | {"TALLYWIRE_WAIT_SECONDS": "600", "TALLYWIRE_WORKERS": "1"}
    with (
        writing_process(published) as other,
        subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as waiting,
    ):
        assert any(f"waiting for process {other.pid} " in line for line in waiting.stderr)
        freed_after = datetime.now(UTC)
        other.communicate("go on\n")
        _, err = waiting.communicate()
    assert waiting.returncode == 0, err
    return freed_after


def rows(published, question):
    with open_reader(published) as connection:
        return connection.execute(question).fetchall()


def test_a_run_begins_when_the_one_that_writes_is_done(desk, published):
    freed_after = told_to_wait(published, "ingest", desk)
    [(started_at,)] = rows(published, "SELECT started_at FROM runs WHERE flow = 'ingest'")
    assert started_at > freed_after
    assert rows(published, "SELECT count(*) > 3 FROM articles") == [(True,)]


def test_a_verdict_and_the_end_of_a_page_wait_too(desk, published, tallywire):
    tallywire("ingest", desk, "--warehouse", published)
    [(relation,)] = rows(published, "SELECT relation_id FROM contradictions LIMIT 1")
    told_to_wait(published, "review", "dismiss", relation, "--note", "two different ferries")
    assert rows(published, f"SELECT status FROM relations WHERE relation_id = '{relation}'") == [("dismissed",)]
    [(url,)] = rows(published, "SELECT url FROM articles WHERE url LIKE 'file:%' ORDER BY url LIMIT 1")
    told_to_wait(published, "forget", url)
    assert rows(published, f"SELECT count(*) FROM articles WHERE url = '{url}'") == [(0,)]


def test_what_is_begun_of_forgetting_waits_for_a_run_that_came_in_between(desk, published, tallywire, monkeypatch):
    tallywire("ingest", desk, "--warehouse", published)
    [(url,)] = rows(published, "SELECT url FROM articles ORDER BY url LIMIT 1")
    forget, others = forgetting._forget, ExitStack()

    def forget_and_let_one_in(*given, **settings):
        answer = forget(*given, **settings)
        other = others.enter_context(writing_process(published))
        Timer(1, other.communicate, ["go on\n"]).start()  # long enough for the lock to be asked for in vain
        return answer

    monkeypatch.setattr(forgetting, "_forget", forget_and_let_one_in)
    with others:
        status, _, err = tallywire("forget", url, "--warehouse", published)
    assert status == 0, err
    assert "waiting for process" in err
