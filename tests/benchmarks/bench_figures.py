"""Articles a core-second: our two modes beside spaCy's full pipeline, and quantulum3 where it is installed, in one run.

usage: python tests/benchmarks/bench_figures.py [ARTICLES]
"""

import importlib.util
import json
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from extract.figures import find_figures, load_model
from extract.models import Article

SENTENCES = Path(__file__).parents[1] / "corpus" / "sentences"
PLAIN = "The hall stood empty in the rain, and nobody in the street could tell when the doors would open again. "
SIZE = 5500  # characters of a usual article
SHARE_WITH_FIGURES = 6  # one sentence in so many holds a figure


def articles(count):
    """Articles of the usual size: labelled sentences, each among others that hold no number."""
    texts = [
        json.loads(line)["text"] for path in sorted(SENTENCES.glob("*.jsonl")) for line in path.open(encoding="utf-8")
    ]
    made = []
    for number in range(count):
        parts, position = [], number
        while sum(map(len, parts)) < SIZE:
            parts.append(texts[position % len(texts)] + " " + PLAIN * (SHARE_WITH_FIGURES - 1))
            position += count
        now = datetime(2031, 5, 8, tzinfo=UTC)
        made.append(
            Article(str(number), "https://paper.example/", "paper", None, None, "\n".join(parts), now, published_at=now)
        )
    return made


def per_second(work, count, runs=3):
    """Best of the runs, in articles a second of processor time."""
    best = float("inf")
    for _ in range(runs):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return count / best


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    sample = articles(count)
    rates = {}
    for mode in ("fast", "normal"):
        model = load_model(mode=mode)
        find_figures(sample[:2], model)
        rates[mode] = per_second(lambda model=model: find_figures(sample, model), count)
    import spacy

    whole = spacy.load(load_model().name)
    few = [article.text for article in sample[:8]]
    rates["spaCy, whole pipeline"] = per_second(lambda: list(whole.pipe(few)), len(few), runs=1)
    if importlib.util.find_spec("quantulum3"):
        from quantulum3 import parser

        rates["quantulum3"] = per_second(lambda: [parser.parse(text) for text in few], len(few), runs=1)
    for name, rate in rates.items():
        sys.stdout.write(f"{name:24s} {rate:8.1f} articles a core-second\n")


if __name__ == "__main__":
    main()
