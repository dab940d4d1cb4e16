"""Articles a core-second: our two modes beside spaCy's full pipeline, and quantulum3 where it is installed, in one run.

usage: python tests/benchmarks/bench_figures.py [ARTICLES]
       python tests/benchmarks/bench_figures.py memory [fast|normal] [ARTICLES]

`memory` prints what the process holds after a twentieth of the articles (20,000 unless told) and after all of them.
"""

import gc
import importlib.util
import json
import os
import resource
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from ratios import Ratio, report

from extract.figures import find_figures, load_model
from extract.models import Article

SENTENCES = Path(__file__).parents[1] / "corpus" / "sentences"
PLAIN = "The hall stood empty in the rain, and nobody in the street could tell when the doors would open again. "
SIZE = 5500  # characters of a usual article
SHARE_WITH_FIGURES = 6  # one sentence in so many holds a figure
MANY, BATCH = 20_000, 50
FIRST_SHARE = 20  # memory is first read after one article in so many
LETTERS = "bcdfglmnprstv"
PROMISED = {"fast": 250, "normal": 50}
RATE = "articles a core-second"
RUNS = 20  # the best counts: what else a machine does only ever slows one down
FEW = 8  # articles for those that take long


def articles(count, first=0):
    """Articles of the usual size: labelled sentences, each among others that hold no number."""
    texts = [
        json.loads(line)["text"] for path in sorted(SENTENCES.glob("*.jsonl")) for line in path.open(encoding="utf-8")
    ]
    made = []
    for number in range(first, first + count):
        parts, position = [], number
        while sum(map(len, parts)) < SIZE:
            parts.append(texts[position % len(texts)] + " " + PLAIN * (SHARE_WITH_FIGURES - 1))
            position += max(count, 1)
        now = datetime(2031, 5, 8, tzinfo=UTC)
        made.append(
            Article(str(number), "https://paper.example/", "paper", None, None, "\n".join(parts), now, published_at=now)
        )
    return made


def strange_words(number):
    """A sentence whose names and nouns no other article has, as new articles bring new names."""
    name = "".join(LETTERS[number // 13**place % 13] + "aeiou"[number // 5**place % 5] for place in range(5))
    return f"{name.title()} {name[::-1].title()} said {number + 2} {name}s were hurt near {name.title()} Hill.\n"


def per_second(work, count, runs=RUNS):
    """Best of the runs, in articles a second of processor time."""
    best = float("inf")
    for _ in range(runs):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return count / best


def held_megabytes():
    """What the process holds at this moment; where no /proc tells, the most that it ever held."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def print_memory(mode, count):
    """Print what is held after the first articles and after all, each with words of its own."""
    model = load_model(mode=mode)
    for first in range(0, count, BATCH):
        batch = [
            Article(a.page_id, a.url, a.source, None, None, strange_words(first + at) + a.text, a.fetched_at)
            for at, a in enumerate(articles(BATCH, first))
        ]
        find_figures(batch, model)
        done = first + BATCH
        if done in (count // FIRST_SHARE, count):
            sys.stdout.write(f"{mode} mode, after {done:6d} articles: {held_megabytes():7.1f} MB\n")
            sys.stdout.flush()


def print_speed(count):
    """Print the rates of both modes, held against what was promised and against what others do in the same run."""
    sample = articles(count)
    rates = {}
    for mode in PROMISED:
        model = load_model(mode=mode)
        find_figures(sample[:2], model)
        gc.freeze()  # as in flows.warm: no collection looks through tables and models
        rates[mode] = per_second(lambda model=model: find_figures(sample, model), count)
    others = rates_of_others(sample[:FEW])
    rows = []
    for mode, rate in rates.items():
        ours = f"{rate:.1f} {RATE}"
        least = PROMISED[mode]
        rows.append(Ratio(f"figures, {mode} mode, what was promised beside", ours, f"{least} {RATE}", rate / least, 1))
        rows += [Ratio(f"  {name} beside", ours, f"{other:.1f} {RATE}", rate / other) for name, other in others.items()]
    report(rows)


def rates_of_others(sample):
    """Articles a core-second of spaCy's full pipeline, and of quantulum3 where it is installed."""
    import spacy

    whole = spacy.load(load_model().name)
    texts = [article.text for article in sample]
    rates = {"spaCy's full pipeline": per_second(lambda: list(whole.pipe(texts)), len(texts), runs=1)}
    if importlib.util.find_spec("quantulum3"):
        from quantulum3 import parser

        rates["quantulum3"] = per_second(lambda: [parser.parse(text) for text in texts], len(texts), runs=1)
    return rates


def main():
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # as in a worker; numpy reads it when a model loads it
    arguments = sys.argv[1:]
    if arguments[:1] == ["memory"]:
        mode, count = [*arguments[1:], *("fast", str(MANY))[len(arguments) - 1 :]]
        print_memory(mode, int(count))
    else:
        print_speed(int(arguments[0]) if arguments else 60)


if __name__ == "__main__":
    main()
