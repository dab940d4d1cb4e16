"""Takes the public views out of a published warehouse: Parquet, CSV, and JSON-LD in schema.org's words."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Final, TextIO

import duckdb

from extract.errors import BadQuery
from warehouse.jsonld import claims, reviews
from warehouse.reader import open_reader
from warehouse.statements import statement, view_files

ROWS_AT_A_TIME: Final = 5_000
# A spreadsheet runs a cell that begins with one of these; the last four are their full-width twins.
FORMULA_STARTS: Final = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"

Written = list[Path]


def export_parquet(published: Path, folder: Path, views: Sequence[str] | None = None) -> Written:
    """One <view>.parquet for each public view, or for the named ones. Raises BadQuery for a view that is none."""
    return _export_each(published, folder, views, "parquet", _write_parquet)


def export_csv(published: Path, folder: Path, views: Sequence[str] | None = None) -> Written:
    """One <view>.csv for each public view, or for the named ones, with formulas disarmed."""
    return _export_each(published, folder, views, "csv", _write_csv)


def export_jsonld(published: Path, path: Path) -> int:
    """One JSON-LD document: a Claim for each figure of a latest version, a ClaimReview for each verdict of a person.

    Returns how many of both it holds.
    """
    with closing(open_reader(published)) as connection, _whole_file(path) as stream:
        return write_graph(stream, _graph(connection))


def write_graph(stream: IO[bytes], graph: Iterable[object]) -> int:
    """Write one JSON-LD document node by node; "<" is escaped, so that it can stand inside a page."""
    count = 0
    stream.write(b'{"@context": "https://schema.org", "@graph": [')
    for count, node in enumerate(graph, start=1):
        line = json.dumps(node, ensure_ascii=True, allow_nan=False).replace("<", "\\u003c")
        stream.write((",\n" if count > 1 else "\n").encode() + line.encode())
    stream.write(b"\n]}\n")
    return count


def csv_cell(cell: object) -> str:
    """A cell as text that no spreadsheet runs.

    Null is empty, numbers plain without trailing zeros, moments in ISO form, lists and maps JSON.
    """
    match cell:
        case None:
            text = ""
        case bool():
            text = "true" if cell else "false"
        case Decimal():
            text = format(cell.normalize(), "f")
        case int() | float():
            text = str(cell)
        case datetime():
            text = cell.isoformat()
        case list() | dict() | tuple():
            text = json.dumps(cell, ensure_ascii=False, default=str)
        case _:
            text = disarm(str(cell))
    return text


def disarm(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run as a formula."""
    begins = text.lstrip(" \u00a0\ufeff\"'")[:1] or text[:1]
    return f"'{text}" if begins and begins in FORMULA_STARTS else text


def write_csv(stream: TextIO, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write rows with a heading; also for answers to queries."""
    writer = csv.writer(stream, lineterminator="\r\n")  # so that a lone return in a cell is quoted too
    writer.writerow([disarm(column) for column in columns])
    writer.writerows([csv_cell(cell) for cell in row] for row in rows)


def _export_each(
    published: Path,
    folder: Path,
    views: Sequence[str] | None,
    ending: str,
    write: Callable[[duckdb.DuckDBPyConnection, IO[bytes]], None],
) -> Written:
    public = [view.name for view in view_files()]
    wanted = public if views is None else list(views)
    for name in wanted:
        if name not in public:
            raise BadQuery(f"there is no public view {name!r}: choose from {', '.join(public)}")
    folder.mkdir(parents=True, exist_ok=True)
    written: Written = []
    with closing(open_reader(published)) as connection:
        for name in wanted:
            path = folder / f"{name}.{ending}"
            with _whole_file(path) as stream:
                connection.execute(f"SELECT * FROM {name} ORDER BY ALL")  # noqa: S608  one of our own views
                write(connection, stream)
            written.append(path)
    return written


def _write_parquet(answered: duckdb.DuckDBPyConnection, stream: IO[bytes]) -> None:
    from pyarrow import parquet  # half a second, only where it is asked for

    reader = answered.to_arrow_reader(ROWS_AT_A_TIME)
    with parquet.ParquetWriter(stream, reader.schema, compression="zstd") as writer:
        for batch in reader:
            writer.write_batch(batch)


def _write_csv(answered: duckdb.DuckDBPyConnection, stream: IO[bytes]) -> None:
    import io

    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    write_csv(text, [column[0] for column in answered.description or []], _rows(answered))
    text.detach()


def _rows(answered: duckdb.DuckDBPyConnection) -> Iterator[tuple[object, ...]]:
    while rows := answered.fetchmany(ROWS_AT_A_TIME):
        yield from rows


def _graph(connection: duckdb.DuckDBPyConnection) -> Iterator[dict[str, object]]:
    for name, nodes in (("export_claims", claims), ("export_reviews", reviews)):
        connection.execute(statement(name))
        columns = [column[0] for column in connection.description or []]
        yield from nodes(dict(zip(columns, row, strict=True)) for row in _rows(connection))


@contextmanager
def _whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A file that appears under its name only once it is complete."""
    half_done = path.with_name(f"{path.name}.part")
    try:
        with half_done.open("wb") as stream:
            yield stream
        half_done.replace(path)
    finally:
        half_done.unlink(missing_ok=True)
