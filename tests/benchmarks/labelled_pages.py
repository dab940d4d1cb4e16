"""Pages as they are on the web, for benchmarks: those of ../shared/corpus/html where that is, else invented ones.

Invented pages are a tenth of the weight and too clean to tell much; a benchmark says which it read.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

from invented_archive import invent_page

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus" / "html" / "dev.jsonl.gz"
_TEXT = re.compile(r"<(script|style)\b.*?</\1>|(?<=>)[^<>]+(?=<)", re.DOTALL | re.IGNORECASE)
_NAME = re.compile(r"\b[A-Z][a-z]+\b")


def read_pages(path: Path) -> list[dict[str, str]]:
    """The labelled pages of a file, packed or not: `html`, `body`, perhaps `url`."""
    packed = path.read_bytes()
    text = (gzip.decompress(packed) if path.suffix == ".gz" else packed).decode("utf-8")
    return [json.loads(line) for line in text.split("\n") if line]


def invented_pages(number: int) -> list[dict[str, str]]:
    """Pages of our own words, whose article is known because it was made."""
    pages = [invent_page(place) for place in range(number)]
    return [{"url": page.url, "html": page.html(), "body": "\n".join(page.paragraphs)} for page in pages]


def many_pages(number: int) -> tuple[str, Iterator[str]]:
    """What kind they are, and so many pages; where they return, then with other names in them."""
    if not CORPUS.exists():
        return "invented pages", (page["html"] for page in invented_pages(number))
    return "labelled pages", islice(_editions([page["html"] for page in read_pages(CORPUS)]), number)


def _editions(pages: list[str]) -> Iterator[str]:
    """The pages again and again, each time with the names in them changed."""
    yield from pages
    for edition in count(1):
        yield from (_edited(html, edition) for html in pages)


def _edited(html: str, by: int) -> str:
    """The page with each word that has a capital moved on by so many letters; its markup and scripts stay."""
    return _TEXT.sub(lambda part: part[0] if part[1] else _NAME.sub(lambda name: _moved(name[0], by), part[0]), html)


def _moved(name: str, by: int) -> str:
    return name[0] + "".join(chr((ord(letter) - ord("a") + by) % 26 + ord("a")) for letter in name[1:])
