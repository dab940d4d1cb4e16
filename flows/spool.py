"""Cleaned articles between two stages: in memory while they are few, in an unnamed file when they are many."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import Self

from extract.models import Article, Fetch

MEMORY_BYTES = 64 * 1024**2
OUTLET_AT_ONCE = 1000  # articles of one outlet judged together for lines that return; more tell nothing new

Cleaned = tuple[Fetch, Article]


@dataclass(frozen=True, slots=True)
class Packed:
    """An article as the worker that cleaned it packed it; it is opened when its outlet's turn comes, and only then.

    outlet: or the source's name, where no outlet is known
    """

    outlet: str
    url: str
    article_id: str
    data: bytes

    @classmethod
    def pack(cls, article: Article) -> Packed:
        """The article as bytes, and what says when its turn is."""
        data = pickle.dumps(article, protocol=pickle.HIGHEST_PROTOCOL)
        return cls(article.outlet or article.source, article.url, article.article_id, data)


class Spool:
    """Takes articles in any order and gives them back by outlet and address; use it as a context manager."""

    def __init__(self, folder: Path) -> None:
        """folder: where the file goes when memory is not enough; it vanishes with the process."""
        self._file = SpooledTemporaryFile(max_size=MEMORY_BYTES, dir=str(folder))  # noqa: SIM115  # closed by __exit__
        self._places: list[tuple[str, str, str, int]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, error: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def __len__(self) -> int:
        return len(self._places)

    def add(self, record: Fetch, article: Packed) -> None:
        """Keep one article with the attempt that brought it."""
        place = self._file.seek(0, 2)
        pickle.dump((record, article.data), self._file, protocol=pickle.HIGHEST_PROTOCOL)
        self._places.append((article.outlet, article.url, article.article_id, place))

    def by_outlet(self) -> Iterator[list[Cleaned]]:
        """All articles, one outlet after the other, at most OUTLET_AT_ONCE at a time; in order of their addresses."""
        for _, places in groupby(sorted(self._places), key=lambda place: place[0]):
            positions = [place[3] for place in places]
            for start in range(0, len(positions), OUTLET_AT_ONCE):
                yield [self._load(position) for position in positions[start : start + OUTLET_AT_ONCE]]

    def _load(self, position: int) -> Cleaned:
        self._file.seek(position)
        record, data = pickle.load(self._file)  # noqa: S301  # our own bytes of a moment ago
        return record, pickle.loads(data)  # noqa: S301
