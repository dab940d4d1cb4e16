"""How long a person waits for tallywire, and what Prefect adds to a run of many articles.

usage: python tests/benchmarks/bench_running.py [ARTICLES]

Seconds by the clock, and of the processor for whoever measures on a busy machine. Prefect's share is what a run costs
as a flow on a server, the server's own work included, above what the same run costs without; the middle of PAIRS runs.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

import httpx
import psutil

sys.path.insert(0, str(Path(__file__).parents[1]))
from bench_figures import articles
from box import serving
from conftest import ARTICLES
from ratios import Ratio, report

COMMAND = [sys.executable, "-m", "flows"]
LOOK_EVERY_SECONDS = 0.1
PAIRS = 3


class Family(Thread):
    """Counts the seconds of the processor of a process and of all its descendants, those that nobody waits for too."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.process, self.spent, self.ended = psutil.Process(pid), {}, Event()

    def run(self):
        while not self.ended.wait(LOOK_EVERY_SECONDS):
            with suppress(psutil.Error):
                for one in [self.process, *self.process.children(recursive=True)]:
                    times = one.cpu_times()
                    self.spent[one.pid, one.create_time()] = times.user + times.system

    def seconds(self):
        return sum(list(self.spent.values()))


@contextmanager
def family_of(process):
    """The count, while the block runs."""
    family = Family(process.pid)
    family.start()
    yield family
    family.ended.set()
    family.join()


def tallywire(folder, *arguments, **environ):
    """Seconds by the clock and of the processor that one command takes to its end."""
    home = {"TALLYWIRE_HOME": str(folder / "home")}
    command = [*COMMAND, *map(str, arguments), "--quiet"]
    began = time.monotonic()
    process = subprocess.Popen(command, cwd=folder, env={**os.environ, **home, **environ}, stdout=subprocess.DEVNULL)
    with family_of(process) as family:
        status = process.wait()
    if status:
        sys.exit(f"{command} ended with status {status}")
    return time.monotonic() - began, family.seconds()


def write_jsonl(path, count):
    """So many invented articles of the usual size, a line each."""
    with path.open("w", encoding="utf-8") as file:
        for number, article in enumerate(articles(count)):
            record = {"url": f"https://paper.example/{number}", "text": article.text, "published": "2031-05-08"}
            file.write(json.dumps(record) + "\n")


def waiting(what, seconds, processor, at_most):
    """A line of the table about seconds that somebody waits."""
    return Ratio(what, f"{seconds:.1f} s", f"{processor:.1f} s of the processor", seconds, most=at_most)


def measure_commands(folder):
    """The times until a page is read."""
    page = folder / "page.html"
    page.write_text(ARTICLES["page.html"], encoding="utf-8")
    ingest = ("ingest", page, "--warehouse", folder / "one.duckdb")
    yield waiting("ingest one.html without a server", *tallywire(folder, *ingest), 20)
    yield waiting("the same again, nothing new", *tallywire(folder, *ingest), 15)


def measure_scheduled(box, family):
    """Runs on a worker, from the moment each is asked for: one of three articles, and one that finds nothing new."""
    [track] = [one for one in box.ask("deployments/filter", {}) if one["name"] == "track"]
    for what, at_most in (("a first run on a worker, three articles", None), ("a run with nothing new on it", 15)):
        began, before = time.monotonic(), family.seconds()
        started = box.ask(f"deployments/{track['id']}/create_flow_run", {"parameters": {}})
        box.wait_for(lambda started=started: any(run["id"] == started["id"] for run in box.runs("COMPLETED")))
        yield waiting(what, time.monotonic() - began, family.seconds() - before, at_most)


def measure_share(folder, box, family, count):
    """Prefect's share of a run over so many articles."""
    write_jsonl(folder / "wire.jsonl", count)
    server = {"PREFECT_API_URL": f"{box.url}/api", "PREFECT_API_AUTH_STRING": ":".join(box.login)}
    by_clock, by_processor = [], []
    for pair in range(PAIRS):
        plain = tallywire(folder, "ingest", "wire.jsonl", "--warehouse", folder / f"plain{pair}.duckdb")
        served = family.seconds()
        flow = tallywire(
            folder, "ingest", "wire.jsonl", "--prefect", "--warehouse", folder / f"flow{pair}.duckdb", **server
        )
        served = family.seconds() - served
        print(f"{count:,} articles: {plain} s plain, {flow} s as a flow, {served} s of its server", flush=True)
        by_clock.append(1 - plain[0] / flow[0])
        by_processor.append(1 - plain[1] / (flow[1] + served))
    for unit, shares in (("the clock", by_clock), ("the processor", by_processor)):
        share = statistics.median(shares)
        yield Ratio(f"Prefect's share of {count:,} articles by {unit}", f"{share:.1%}", "", share, most=0.10)


def measure_all(folder, count):
    """All lines of the table."""
    yield from measure_commands(folder)
    (folder / "box").mkdir()
    began = time.monotonic()
    with serving(folder / "box", ARTICLES, schedule="every 30 days") as box, family_of(box.process) as family:
        box.wait_for(lambda: httpx.get(box.url, follow_redirects=True, timeout=5).status_code == 200)
        yield waiting("serve, from nothing to a page that answers", time.monotonic() - began, family.seconds(), 30)
        box.wait_until_ready()
        yield waiting("serve, to the first run that could start", time.monotonic() - began, family.seconds(), None)
        yield from measure_scheduled(box, family)
        yield from measure_share(folder, box, family, count)


def main():
    """Print one table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as name:
        report(list(measure_all(Path(name), count)))


if __name__ == "__main__":
    main()
