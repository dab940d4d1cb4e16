"""news-please over pages, in an environment of its own: JSON lines with `url` and `html` in, texts and seconds out.

usage: PYTHON tests/benchmarks/peer_news_please.py RUNS < PAGES.jsonl
PYTHON is one with news-please installed: `uv venv peer && uv pip install --python peer/bin/python news-please`.
"""

from __future__ import annotations

import json
import sys
import time
from importlib.metadata import version

from newsplease import NewsPlease


def read(pages: list[dict[str, str]]) -> list[str]:
    """The text that it finds on each page."""
    found = [NewsPlease.from_html(page["html"], url=page.get("url", "https://pages.example/")) for page in pages]
    return [article.maintext or "" for article in found]


def main() -> None:
    """Print one JSON object: version, seconds of processor time for each run, texts."""
    pages = [json.loads(line) for line in sys.stdin]
    read(pages[:1])  # what is loaded at the first use is loaded before the clock runs
    seconds, texts = [], []
    for _ in range(int(sys.argv[1])):
        start = time.process_time()
        texts = read(pages)
        seconds.append(time.process_time() - start)
    json.dump({"version": version("news-please"), "seconds": seconds, "texts": texts}, sys.stdout)


if __name__ == "__main__":
    main()
