"""Holds the figures of each story against each other and stores what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

import duckdb

from checks.queries import relation_kinds, relation_query, shared_queries, statement
from checks.voices import join_voices
from checks.workbench import Workbench, workbench_of

FIGURES_AT_ONCE = 100_000  # a batch of whole stories; bounds the memory
MOST_BATCHES = (
    16  # each reads all tables through: a batch a story, and ten times the figures took a hundred times as long
)

# The gravest first: of two numbers that stand in several relations, the first kind that holds is kept.
KINDS = (
    "retraction",
    "revision",
    "internal_conflict",
    "part_exceeds_whole",
    "sum_mismatch",
    "source_conflict",
    "decrease",
    "scope_drift",
    "tension",
    "rounding",
    "update",
    "agreement",
)
CONTRADICTING = KINDS[:9]

# What a kind looks at; where all of it is empty, nothing can be found.
NEEDS: dict[str, frozenset[str]] = {
    "retraction": frozenset({"withdrawn"}),
    "revision": frozenset({"former"}),
    "internal_conflict": frozenset({"article_pairs"}),
    "part_exceeds_whole": frozenset({"insides", "stated_parts", "sums"}),
    "sum_mismatch": frozenset({"sum_wholes"}),
    "source_conflict": frozenset({"pairs"}),
    "decrease": frozenset({"pairs"}),
    "scope_drift": frozenset({"scopes"}),
    "tension": frozenset({"pairs", "sum_wholes", "withdrawn"}),
    "rounding": frozenset({"pairs"}),
    "update": frozenset({"pairs"}),
    "agreement": frozenset({"voices_meeting"}),
}

WORLD = ("population_tree", "population_disjoint", "place_tree")  # what lies in what, or apart

# Statements that decide what is found, beside those of the kinds: a change in any relates all stories anew.
DECIDING = ("corrected", "articles_at_hand", "figures_at_hand", "one_less", "words_behind")

# What a batch comes to, and the statements that store it.
FRESH: dict[str, tuple[str, ...]] = {
    "fresh_relations": ("save_relations", "close_relations"),
    "fresh_timeline": ("save_timeline",),
    "fresh_counts": ("save_related",),
}


@dataclass(frozen=True, slots=True)
class RelationCounts:
    """What one pass over the warehouse came to.

    stories: how many were related again, because something of theirs had changed
    current: relations that hold now, by kind; new: how many were never seen before; closed: how many hold no longer
    new_contradictions: of the new ones, those that contradict
    """

    stories: int = 0
    new: int = 0
    closed: int = 0
    new_contradictions: int = 0
    current: dict[str, int] = field(default_factory=dict)


def relate(connection: duckdb.DuckDBPyConnection, now: datetime) -> RelationCounts:
    """Find all relations of the stories that changed; merge them into relations, time line, claimants, figures' voices.

    now: when the relations are seen, with a time zone. Running it twice changes nothing but last_seen_at.
    """
    connection.execute("SET enable_progress_bar = false")
    with _joined_as_written(connection), workbench_of(connection) as bench:
        before = _census(connection)
        connection.execute(statement("due"), {"rules": rules_version()})
        batches = list(_batches(connection))
        if batches:
            connection.execute(statement("pages_due"))
            connection.execute(statement("corrected"))
            for table in WORLD:
                bench.bring(table, f"FROM core.{table}")
        for batch in batches:
            _relate_batch(bench, batch, now)
        for table in ("corrected", "no_figures", "due", "pages_due", "at_hand", "batch"):
            connection.execute(f"DROP TABLE IF EXISTS {table}")
        _run(connection, statement("count_claimants"), now)
        connection.execute(statement("seen_again"), {"now": now})
        return _compare(before, _census(connection), sum(map(len, batches)))


@contextmanager
def _joined_as_written(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Have all queries over this database join their tables in the order in which they name them.

    DuckDB's own order takes half as long again for a crowded story. Of what a transaction has written it knows no
    statistics before the commit, and what reads the warehouse in one may pair all numbers of a story.
    """
    [(before,)] = connection.execute("SELECT current_setting('disabled_optimizers')").fetchall()
    connection.execute("SET disabled_optimizers = ?", [",".join(filter(None, (before, "join_order")))])
    try:
        yield
    finally:
        # Through a connection of its own: one whose transaction has failed refuses every statement, and would hide why.
        with connection.cursor() as other:
            other.execute("SET disabled_optimizers = ?", [before])


def rules_version() -> str:
    """Changes with any word of the rules, so that all stories are related anew."""
    texts = [
        *(text for _, text in shared_queries()),
        *map(relation_query, KINDS),
        *map(statement, DECIDING),
        *map(statement, FRESH),
    ]
    return sha256("\x1f".join(texts).encode()).hexdigest()[:12]


def _relate_batch(bench: Workbench, stories: Sequence[str], now: datetime) -> None:
    """Relate whole stories at once."""
    warehouse, tables = bench.warehouse, bench.tables
    warehouse.execute(statement("at_hand"), {"stories": list(stories)})
    warehouse.execute(statement("batch"))
    join_voices(warehouse)
    bench.bring("articles_at_hand", statement("articles_at_hand"))
    bench.bring("figures_at_hand", statement("figures_at_hand"))
    tables.execute(statement("one_less"))
    with bench.handed_over("one_less"):
        bench.bring("words_behind", statement("words_behind"))
    for _, text in shared_queries():
        tables.execute(text)
    tables.execute(statement("found"))
    tables.execute("SET VARIABLE kinds = $kinds", {"kinds": list(KINDS)})
    there = _what_is_there(tables)
    for kind in KINDS:
        if there & NEEDS[kind]:
            tables.execute(f"INSERT INTO found BY NAME {relation_query(kind)}")
    for table in FRESH:
        _run(tables, statement(table), now)
    for table, steps in FRESH.items():
        with bench.handed_over(table):
            for step in steps:
                _run(warehouse, statement(step), now)
    tables.execute(statement("drop_temporary"))


def _what_is_there(tables: duckdb.DuckDBPyConnection) -> set[str]:
    """The tables of the batch that hold anything; a kind that has nothing to look at need not be planned."""
    row = tables.execute(statement("what_is_there")).fetchone()
    return set(row[0]) if row else set()


def _run(connection: duckdb.DuckDBPyConnection, text: str, now: datetime) -> None:
    """One file, with the moment where it asks for it."""
    for part in connection.extract_statements(text):
        connection.execute(part, {"now": now} if "now" in part.named_parameters else None)


def _batches(connection: duckdb.DuckDBPyConnection) -> Iterator[list[str]]:
    """The changed stories in batches of about FIGURES_AT_ONCE figures, or a MOST_BATCHESth of all, by their ids."""
    batch: list[str] = []
    size = 0
    due = connection.execute("SELECT story, figures FROM due ORDER BY story").fetchall()
    at_once = max(FIGURES_AT_ONCE, sum(figures for _, figures in due) // MOST_BATCHES)
    for story, figures in due:
        if batch and size + figures > at_once:
            yield batch
            batch, size = [], 0
        batch.append(story)
        size += figures
    if batch:
        yield batch


def _census(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, bool], int]:
    """How many relations there are, by kind and whether they hold."""
    rows = connection.execute("SELECT kind, is_current, count(*) FROM core.relations GROUP BY ALL").fetchall()
    return {(kind, bool(is_current)): int(count) for kind, is_current, count in rows}


def _compare(before: dict[tuple[str, bool], int], after: dict[tuple[str, bool], int], stories: int) -> RelationCounts:
    """The counts of one pass from the state before and after."""
    ever = {
        kind: sum(after.get((kind, flag), 0) - before.get((kind, flag), 0) for flag in (True, False)) for kind in KINDS
    }
    closed = sum(max(0, after.get((kind, False), 0) - before.get((kind, False), 0)) for kind in KINDS)
    return RelationCounts(
        stories=stories,
        new=sum(ever.values()),
        closed=closed,
        new_contradictions=sum(ever[kind] for kind in CONTRADICTING),
        current={kind: after[kind, True] for kind in KINDS if after.get((kind, True))},
    )


assert set(KINDS) == set(relation_kinds()), "every kind of relation has its file, and every file its place in the order"
