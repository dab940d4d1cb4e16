"""An archive of invented news: pages in our own words whose figures are known, in WARC shards; all from a seed.

usage: python tests/benchmarks/invented_archive.py FOLDER [ARTICLES] [SHARDS]
"""

from __future__ import annotations

import gzip
import json
import random
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

BEGINNING = datetime(2025, 1, 6, 7, tzinfo=UTC)
SIZE = 5_500  # characters of a usual article
FIGURES_EVERY = 7  # one sentence in so many holds a figure
ARTICLES_A_STORY = 5

WORDS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
OUTLETS = [f"{first} {last}" for first in WORDS["outlet_firsts"] for last in WORDS["outlet_lasts"]]
PLAIN = "The {traits} {roles} {did} the {looks} {things} {wheres} {hows}."
PARTS = ("traits", "roles", "did", "looks", "things", "wheres", "hows")
CLUTTER = (
    "<header><nav><a href='/'>Home</a> <a href='/world'>World</a> <a href='/sport'>Sport</a></nav></header>",
    "<div class='share'>Share this article on social media</div>",
    "<aside><h3>Read also</h3><ul><li><a href='/a'>Ten walks for a long weekend</a></li></ul></aside>",
    "<p class='donate'>Support our journalism: give as little as 5 euros a month.</p>",
    "<footer>Copyright 2025 {outlet}. All rights reserved. 3,412 people read this. Cookies help us.</footer>",
)


@dataclass(frozen=True, slots=True)
class Label:
    """One figure that a reader of the page would find."""

    url: str
    measure: str
    value: int
    sentence: str


@dataclass(frozen=True, slots=True)
class InventedPage:
    """One page with the figures that stand on it."""

    url: str
    outlet: str
    title: str
    published_at: datetime
    paragraphs: tuple[str, ...]
    labels: tuple[Label, ...]

    def html(self) -> str:
        """The page as a site would print it."""
        text = "".join(f"<p>{paragraph}</p>" for paragraph in self.paragraphs)
        head = (
            f"<title>{self.title} | {self.outlet}</title><meta property='og:site_name' content='{self.outlet}'>"
            f"<meta property='article:published_time' content='{self.published_at.isoformat()}'>"
        )
        top, share, aside, donate, foot = CLUTTER
        return (
            f"<!DOCTYPE html><html lang='en'><head>{head}</head><body>{top}<article><h1>{self.title}</h1>{share}{text}"
            f"</article>{donate}{aside}{foot.format(outlet=self.outlet)}</body></html>"
        )


def invent_page(number: int, seed: int = 7) -> InventedPage:
    """The page of that number: always the same one for a seed."""
    story, chance = random.Random(f"{seed}/{number // ARTICLES_A_STORY}"), random.Random(f"{seed}/page/{number}")
    place, cause = story.choice(WORDS["places"]), story.choice(WORDS["causes"])
    at = BEGINNING + timedelta(days=story.randrange(300), minutes=chance.randrange(2_000))
    outlet = chance.choice(OUTLETS)
    url = f"https://{outlet.lower().replace(' ', '-')}.example/{at:%Y/%m}/{number}"
    sentences: list[str] = []
    labels: list[Label] = []
    while sum(map(len, sentences)) < SIZE:
        if len(sentences) % FIGURES_EVERY == 1:
            measure, printed = chance.choice(WORDS["printed"])
            value = story.randrange(3, 900) + (chance.randrange(40) if chance.random() < 0.2 else 0)
            sayer = chance.choice(WORDS["sayers"])
            words = printed.format(sayer=sayer, number=value, cause=cause, place=place, day=f"{at:%A}")
            sentences.append(words[0].upper() + words[1:])
            labels.append(Label(url, measure, value, sentences[-1]))
        else:
            sentences.append(PLAIN.format(**{part: chance.choice(WORDS[part]) for part in PARTS}))
    paragraphs = tuple(" ".join(sentences[first : first + 4]) for first in range(0, len(sentences), 4))
    title = f"{place}: what is known after {cause}"
    return InventedPage(url, outlet, title, at, paragraphs, tuple(labels))


def warc_record(page: InventedPage) -> bytes:
    """One answer of a web server, packed as crawlers pack it."""
    body = page.html().encode()
    http = (
        f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        + body
    )
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\n"
        f"WARC-Target-URI: {page.url}\r\nWARC-Date: {page.published_at + timedelta(hours=2):%Y-%m-%dT%H:%M:%SZ}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + http + b"\r\n\r\n", compresslevel=6, mtime=0)


def as_record(page: InventedPage) -> dict[str, Any]:
    """The page as a JSONL article."""
    fetched_at = page.published_at + timedelta(hours=2)
    return {"url": page.url, "html": page.html(), "outlet": page.outlet, "fetched": fetched_at.isoformat()}


def pages_of(shard: int, shards: int, articles: int, seed: int = 7) -> Iterator[InventedPage]:
    """The pages of one shard; the articles of a story lie in several."""
    return (invent_page(number, seed) for number in range(shard, articles, shards))


def write_shard(path: Path, pages: Iterator[InventedPage]) -> list[Label]:
    """Write one shard, of the kind that its name says, and return what its pages say."""
    labels: list[Label] = []
    with path.open("wb") as stream:
        for page in pages:
            packed = warc_record(page) if path.suffix == ".gz" else json.dumps(as_record(page)).encode() + b"\n"
            stream.write(packed)
            labels += page.labels
    return labels


def write_archive(folder: Path, articles: int, shards: int, seed: int = 7) -> list[Path]:
    """Write an archive of WARC shards with a file of labels beside; what is there already is left."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"news-{number:05d}.warc.gz" for number in range(shards)]
    labels = folder.with_name(f"{folder.name}-labels.jsonl")
    if not labels.exists():
        with labels.with_suffix(".part").open("w", encoding="utf-8") as lines:
            for number, path in enumerate(paths):
                for label in write_shard(path, pages_of(number, shards, articles, seed)):
                    lines.write(json.dumps(asdict(label)) + "\n")
        labels.with_suffix(".part").rename(labels)
    return paths


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    given = [int(argument) for argument in sys.argv[2:]] or [1_000]
    print(*write_archive(Path(sys.argv[1]), given[0], given[1] if len(given) > 1 else 4), sep="\n")
