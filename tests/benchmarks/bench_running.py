"""How long a person waits for tallywire, and what Prefect adds to a run of many articles.

usage: python tests/benchmarks/bench_running.py [ARTICLES]

Seconds by the clock, and of the processor for whoever measures on a busy machine. Prefect's share is what a run costs
as a flow on a server, the server's own work included, above what the same run costs without; the middle of PAIRS runs.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import httpx
import psutil

sys.path.insert(0, str(Path(__file__).parents[1]))
from bench_figures import articles
from box import serving
from conftest import ARTICLES

COMMAND = [sys.executable, "-m", "flows"]


class Family(Thread):
    """Counts the seconds of the processor of a process and of all its descendants, those that nobody waits for too."""

    def __init__(self, process):
        super().__init__(daemon=True)
        self.process, self.spent, self.ended = psutil.Process(process.pid), {}, Event()

    def look(self):
        for one in [self.process, *self.process.children(recursive=True)]:
            with suppress(psutil.Error):
                times = one.cpu_times()
                self.spent[one.pid, one.create_time()] = times.user + times.system

    def run(self):
        while not self.ended.wait(LOOK_EVERY_SECONDS):
            with suppress(psutil.Error):
                self.look()

    def seconds(self):
        with suppress(psutil.Error):
            self.look()
        return sum(self.spent.values())


@contextmanager
def family_of(process):
    """The count while the block runs."""
    family = Family(process)
    family.start()
    yield family
    family.ended.set()
    family.join()


@contextmanager
def timed(said, family=None):
    """Prints how long the block took, by the clock and, of a family that goes on, of the processor."""
    began, before = time.monotonic(), family.seconds() if family else 0.0
    taken = {}
    yield taken
    taken["seconds"] = time.monotonic() - began
    if family:
        taken["processor"] = family.seconds() - before
    print(f"{said}: {taken['seconds']:.1f} s ({taken['processor']:.1f} s of the processor)", flush=True)


def tallywire(folder, *arguments, **environ):
    """One command, to its end."""
    home = {"TALLYWIRE_HOME": str(folder / "home")}
    subprocess.run(
        [*COMMAND, *map(str, arguments), "--quiet"], cwd=folder, env={**os.environ, **home, **environ}, check=True
    )


def write_jsonl(path, count):
    """So many invented articles of the usual size, a line each."""
    with path.open("w", encoding="utf-8") as file:
        for number, article in enumerate(articles(count)):
            record = {"url": f"https://paper.example/{number}", "text": article.text, "published": "2031-05-08"}
            file.write(json.dumps(record) + "\n")


def processor_of(box):
    """Seconds of the processor that a box's server and worker have taken so far."""
    family = [psutil.Process(box.process.pid), *psutil.Process(box.process.pid).children(recursive=True)]
    times = [process.cpu_times() for process in family]
    return sum(part.user + part.system + part.children_user + part.children_system for part in times)


def measure_waiting(folder):
    """The times until something is there to look at."""
    page = folder / "page.html"
    page.write_text(ARTICLES["page.html"], encoding="utf-8")
    with timed("ingest one.html without a server", at_most=20):
        tallywire(folder, "ingest", page, "--warehouse", folder / "one.duckdb")
    with timed("the same again, nothing new", at_most=15):
        tallywire(folder, "ingest", page, "--warehouse", folder / "one.duckdb")


def measure_share(folder, box, count):
    """Prefect's share of a run over so many articles."""
    write_jsonl(folder / "wire.jsonl", count)
    with timed(f"{count:,} articles without Prefect") as plain:
        tallywire(folder, "ingest", "wire.jsonl", "--warehouse", folder / "plain.duckdb")
    login = ":".join(box.login)
    server = {"PREFECT_API_URL": f"{box.url}/api", "PREFECT_API_AUTH_STRING": login}
    served = processor_of(box)
    with timed(f"{count:,} articles as a flow") as flow:
        tallywire(folder, "ingest", "wire.jsonl", "--prefect", "--warehouse", folder / "flow.duckdb", **server)
    served = processor_of(box) - served
    whole = flow["processor"] + served
    share = (whole - plain["processor"]) / whole
    by_clock = (flow["seconds"] - plain["seconds"]) / flow["seconds"]
    print(f"Prefect's share: {share:.1%} of the processor's time, {by_clock:.1%} by the clock; at most 10 % is wanted")


def measure_scheduled(box):
    """A run that finds nothing new, from the moment it is asked for."""
    [track] = [one for one in box.ask("deployments/filter", {}) if one["name"] == "track"]
    for what in ("a first run of three articles on a worker", "a run on a worker with nothing new"):
        with timed(what, at_most=15 if "nothing" in what else None, processor=partial(processor_of, box)):
            started = box.ask(f"deployments/{track['id']}/create_flow_run", {"parameters": {}})
            box.wait_for(lambda started=started: any(run["id"] == started["id"] for run in box.runs("COMPLETED")))


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        measure_waiting(folder)
        (folder / "box").mkdir()
        with serving(folder / "box", ARTICLES, schedule="every 30 days") as box:
            processor = partial(processor_of, box)
            with timed("serve, from nothing to a page that answers", at_most=30, processor=processor):
                box.wait_for(lambda: httpx.get(box.url, follow_redirects=True, timeout=5).status_code == 200)
            with timed("… and to the first run that could start", processor=processor):
                box.wait_until_ready()
            measure_scheduled(box)
            measure_share(folder, box, count)


if __name__ == "__main__":
    main()
