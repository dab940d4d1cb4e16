"""Writes warehouse/README.md: the public views, and the worked questions with their answers on the demo.

usage: python tests/questions_page.py tallywire-demo/warehouse.duckdb > warehouse/README.md
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import duckdb

from warehouse.export import csv_cell
from warehouse.queries import worked_queries
from warehouse.reader import open_reader

MOST_ROWS = 4
MOST_CHARS = 90

HEAD = """# Asking the warehouse

The published file is an ordinary DuckDB file that any client opens read-only while runs go on. Ask it with
`tallywire sql "…"` (`--csv` and `--json` for machines), from the DuckDB shell, DBeaver, R or Python:

```python
import duckdb

with duckdb.connect("tallywire-demo/warehouse.duckdb", read_only=True) as warehouse:
    timeline = warehouse.sql("FROM timeline").df()
```

A file that is open keeps the edition it was opened with; connect again to see the next. Times are UTC, `as_of` is the
day that a number speaks of, and a bound that is not known is null.

## Views and macros

`FROM data_dictionary` explains every column of them.
"""


def write_page(warehouse: Path) -> str:
    """The page as it should stand in the repository."""
    with closing(open_reader(warehouse)) as connection:
        return "\n".join([HEAD, *_views(connection), "", "## Twenty questions", "", *_questions(connection)]) + "\n"


def _views(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    told = connection.execute(
        "SELECT name, kind, data_type, description FROM data_dictionary WHERE column_name IS NULL "
        "ORDER BY kind DESC, name"
    )
    yield "| view or macro | what it gives |\n|---|---|"
    for name, kind, parameters, description in told.fetchall():
        shown = f"{name}({parameters})" if kind == "macro" else name
        yield f"| `{shown}` | {description} |"


def _questions(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    yield "Each stands in [queries.sql](queries.sql); the answers are those of `make demo`."
    for query in worked_queries():
        answer = connection.execute(query.sql)
        columns, rows = [column[0] for column in answer.description], answer.fetchall()
        yield f"\n### {query.question}\n\n```sql\n{query.sql}\n```\n"
        yield from _table(columns, rows) if rows else ["*No row: nothing of the kind is in the demo.*"]


def _table(columns: list[str], rows: list[tuple[object, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(columns)} |\n|{'---|' * len(columns)}"
    for row in rows[:MOST_ROWS]:
        yield f"| {' | '.join(_cell(cell) for cell in row)} |"
    if len(rows) > MOST_ROWS:
        yield f"\n… {len(rows)} rows in all."


def _cell(cell: object) -> str:
    text = " ".join(csv_cell(cell).replace("|", "\\|").split())
    return text if len(text) <= MOST_CHARS else f"{text[:MOST_CHARS].rstrip()}…"


if __name__ == "__main__":
    sys.stdout.write(write_page(Path(sys.argv[1])))
