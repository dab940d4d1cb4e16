"""Articles of a shard as Parquet files, written by the process that read them and loaded later by the one writer.

    articles/<key>.parquet  blocks/…  figures/…   the tables' columns, and which reading of the shard a row belongs to;
                                                  articles also have what their words weigh
    fetches/<key>.parquet                         how every record of the shard ended, bad ones by their reason
    shards/<key>.json                             written last: what stands there is complete

Each file appears whole, and any engine reads a folder of them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from extract.models import Article, Fetch, Figure
from extract.story_terms import SCHEME, Terms
from warehouse.load import Row, arrow_table, schema_of
from warehouse.neighbours import full_disk_named
from warehouse.rows import article_row, block_rows, fetch_row, figure_row, storable
from warehouse.rules import find_broken_rule
from warehouse.statements import migration_files

TABLES: Final = ("articles", "blocks", "figures", "fetches")
ARTICLES_AT_ONCE: Final = 400  # kept in memory until they go to the files as one row group
FETCHES_AT_ONCE: Final = 20_000
UNDATED: Final = timezone(timedelta(0), "undated")
"""The zone of moments that no record gave; the load gives them its own, in the order of the records."""
_ADDED: Final[dict[str, list[tuple[str, pa.DataType]]]] = {
    "articles": [
        ("reading", pa.int32()),
        ("moment_no", pa.int64()),
        ("scheme", pa.string()),
        ("weighed_words", pa.list_(pa.string())),
        ("weights", pa.list_(pa.float64())),
        ("names", pa.int32()),
    ],
    "blocks": [("reading", pa.int32())],
    "figures": [("reading", pa.int32())],
    "fetches": [("moment_no", pa.int64()), ("article_id", pa.string()), ("broken_rule", pa.string())],
}


@dataclass(frozen=True, slots=True)
class ShardRecord:
    """What is known of a finished shard.

    key: hash of its content and of the version that read it
    articles: readings, before it is known which of them are stored already; moments: taken from the clock
    """

    key: str
    source: str
    name: str
    reader: str
    fetched: int
    articles: int
    figures: int
    moments: int
    skipped: Mapping[str, int] = field(default_factory=dict)

    def to_json(self) -> str:
        """One JSON object, keys as the fields are called."""
        return json.dumps({**asdict(self), "skipped": dict(sorted(self.skipped.items()))}, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Self:
        """What `to_json` gave."""
        return cls(**json.loads(text))


@cache
def shard_schemas() -> Mapping[str, pa.Schema]:
    """The columns of each kind of file: those of the table in core, then what only a shard needs."""
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        for migration in migration_files():
            connection.execute(migration.sql)
        found = {table: schema_of(connection, f"core.{table}") for table in TABLES}
    fetches = found["fetches"]
    found["fetches"] = fetches.remove(fetches.get_field_index("run_id"))  # the run that loads it gives that
    return {
        table: pa.schema([*schema, *(pa.field(*added) for added in _ADDED[table])]) for table, schema in found.items()
    }


class ShardWriter:
    """Writes the files of one shard into a folder, in the order in which things are given; a context manager."""

    def __init__(self, folder: Path, read_at: datetime) -> None:
        """read_at: moments of the zone UNDATED count from here."""
        self.figures = self.articles = self.fetched = 0
        self.skipped: Counter[str] = Counter()
        self._folder, self._read_at = folder, read_at
        self._files = {
            table: pq.ParquetWriter(folder / f"{table}.parquet", schema, compression="zstd")
            for table, schema in shard_schemas().items()
        }
        self._rows: dict[str, list[Row]] = {table: [] for table in TABLES}
        self._waiting = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, error: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self._flush()
        with full_disk_named(self._folder):
            for file in self._files.values():
                file.close()

    def add_end(self, fetch: Fetch) -> None:
        """Write how a record ended that became no article."""
        self._add_fetch(fetch)

    def add_article(
        self,
        fetch: Fetch,
        article: Article,
        figures: Sequence[Figure],
        *,
        extractor: str,
        signature: bytes,
        terms: Terms,
    ) -> None:
        """Write an article with its figures or, where it breaks a rule, that it is kept out."""
        broken = find_broken_rule(article, tuple(figures))
        if broken is not None:
            self._add_fetch(fetch, broken=(broken.article_id, broken.rule, storable(broken.detail)))
            return
        reading = self.articles
        self.articles += 1
        self.figures += len(figures)
        self._rows["articles"].append(
            (
                *self._article(article, extractor, signature),
                *(reading, self._moment_no(article.fetched_at)),
                *(SCHEME, *terms),
            )
        )
        self._rows["blocks"] += [(*row, reading) for row in block_rows(article)]
        self._rows["figures"] += [(*figure_row(figure), reading) for figure in figures]
        self._add_fetch(fetch)
        if len(self._rows["articles"]) >= ARTICLES_AT_ONCE:
            self._flush()

    def _article(self, article: Article, extractor: str, signature: bytes) -> Row:
        cells = dict(
            zip(shard_schemas()["articles"].names, article_row(article, article.fetched_at, extractor), strict=False)
        )
        moment = self._dated(article.fetched_at)
        return tuple((cells | {"fetched_at": moment, "last_seen_at": moment, "signature": signature}).values())

    def _add_fetch(self, fetch: Fetch, broken: tuple[str, str, str] | None = None) -> None:
        self.fetched += 1
        article_id, rule, words = broken or (None, None, "")
        cells = dict(zip(shard_schemas()["fetches"].names, fetch_row("", fetch)[1:], strict=False))
        cells["fetched_at"] = self._dated(fetch.fetched_at)
        if broken:
            cells |= {"outcome": "skipped", "reason": "quarantined", "detail": f"{rule}: {words}"}
        if cells["outcome"] == "skipped":
            self.skipped[str(cells["reason"])] += 1
        self._rows["fetches"].append((*cells.values(), self._moment_no(fetch.fetched_at), article_id, rule))
        if len(self._rows["fetches"]) >= FETCHES_AT_ONCE:
            self._flush()

    def _moment_no(self, moment: datetime) -> int:
        return 0 if self._dated(moment) else (moment - self._read_at) // timedelta(microseconds=1)

    @staticmethod
    def _dated(moment: datetime) -> datetime | None:
        return None if moment.tzname() == UNDATED.tzname(None) else moment

    def _flush(self) -> None:
        for table, rows in self._rows.items():
            if rows:
                with full_disk_named(self._folder):
                    self._files[table].write_table(arrow_table(rows, shard_schemas()[table]))
            rows.clear()
