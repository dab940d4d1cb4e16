"""A warehouse in memory, and short words to put articles and figures into it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import duckdb

from checks.relate import RelationCounts, relate
from extract.figures.populations import population_disjoint_rows, population_tree_rows
from extract.ids import hash_id
from warehouse.schema import migrate

NOW = datetime(2031, 5, 20, 12, tzinfo=UTC)
MAY = {day: date(2031, 5, day) for day in range(1, 32)}
PLACES = [
    ("Norland", "Norland", 0),
    ("Westmark", "Westmark", 0),
    ("Westmark", "Norland", 1),
    ("Eastmark", "Eastmark", 0),
    ("Eastmark", "Norland", 1),
]
ASPECTS = {"missing": "stock", "deployed": "stock", "hospitalised": "stock"}
MEASURES = (
    *("killed", "injured", "missing", "detained", "displaced", "deployed", "withdrawn"),
    *("protesters", "hospitalised", "rescued", "money", "jobs_cut", "damaged"),
)


EMPTIED = (
    *("articles", "blocks", "figures", "relations", "related", "timeline", "claimants", "stories", "reviews"),
    *("corrections", "fetches", "runs", "check_results", "forgotten", "quarantine"),
)


@cache
def _warehouse() -> duckdb.DuckDBPyConnection:
    """One file in memory for all desks of a process; each desk begins by emptying it."""
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'; SET threads = 1")
    migrate(connection, Path("in memory"), NOW)
    trees = {
        "population_tree": population_tree_rows(),
        "population_disjoint": population_disjoint_rows(),
        "place_tree": PLACES,
        "measures": [(measure, ASPECTS.get(measure, "cumulative"), True, "a measure") for measure in MEASURES],
    }
    for table, rows in trees.items():
        columns = list(zip(*rows, strict=True))
        given = {f"c{at}": list(column) for at, column in enumerate(columns)}
        connection.execute(f"INSERT INTO core.{table} SELECT {', '.join(f'unnest(${name})' for name in given)}", given)
    return connection


class Desk:
    """One story in an empty warehouse; what is written into it is read back as relations."""

    def __init__(self) -> None:
        self.connection = _warehouse()
        for table in EMPTIED:
            self.connection.execute(f"DELETE FROM core.{table}")

    def block_and_run(self, article):
        """The article's one block, and a run whose counts add up."""
        self.connection.execute(
            "INSERT INTO core.blocks VALUES (?, 0, 'Seven people died.', true, 'text', 'kept')", [article]
        )
        self.connection.execute(
            """INSERT INTO core.runs (run_id, flow, started_at, state, fetched, stored, unchanged, skipped, figures,
            contradictions_new, extractor) VALUES ('r0', 'track', $now, 'completed', 3, 1, 1, 1, 1, 0, 'test 1')""",
            {"now": NOW},
        )

    def article(
        self, page="a", *, day=5, hour=0, story="s", outlet=None, version=1, is_latest=True, cluster=None, text=""
    ):
        """Put one version of one page in; its id is for `figure`. day: of May 2031, null = undated."""
        article_id = hash_id("article", page, str(version))
        self.connection.execute(
            """INSERT INTO core.articles (article_id, page_id, url, outlet, source, published_at, fetched_at,
            last_seen_at, text, captions, words, version, is_latest, story_id, syndication_id, extractor)
            VALUES ($id, $page, $url, $outlet, 'desk', $at, $now, $now,
            $text, '', 1, $version, $latest, $story, $cluster, 'test 1')""",
            {
                "id": article_id,
                "page": hash_id("page", page),
                "url": f"https://{page}.example/{page}",
                "outlet": outlet or f"The {page.title()}",
                "at": None if day is None else datetime(2031, 5, day, hour, tzinfo=UTC),
                "now": NOW,
                "text": text,
                "version": version,
                "latest": is_latest,
                "story": story,
                "cluster": cluster or article_id,
            },
        )
        known = self.connection.execute("SELECT count(*) FROM core.stories WHERE story_id = ?", [story]).fetchall()[0][
            0
        ]
        if not known:
            self.connection.execute(
                "INSERT INTO core.stories (story_id, name, articles, outlets) VALUES (?, ?, 1, 1)", [story, story]
            )
        return article_id

    def figure(self, article_id, number=None, **given):
        """Put one figure in and return its id: unless told, people killed in Norland on 5 May, says the narrator."""
        at = self.connection.execute("SELECT count(*) FROM core.figures").fetchall()[0][0] * 50
        day = given.pop("day", 5)
        days = (MAY[day], MAY[day]) if day else (None, None)
        low, high = given.pop("low", number), given.pop("high", number)
        quote = given.pop("quote", f"{number} people")
        row = {
            "figure_id": hash_id("figure", article_id, str(at)),
            "article_id": article_id,
            "field": "text",
            "quote": quote,
            "char_start": at,
            "char_end": at + len(quote),
            "sentence": f"In all {quote} were counted, {at}.",
            "value": number,
            "low": low,
            "high": high,
            "likely_low": low,
            "likely_high": high,
            "qualifier": "exact",
            "unit": "person",
            "counted": "people",
            "population": "people",
            "measure": "killed",
            "aspect": None,
            "place": "Norland",
            "country": "Norland",
            "place_source": "stated",
            "as_of": days[0],
            "as_of_from": days[0],
            "as_of_to": days[1],
            "claimant": None,
            "claimant_kind": None,
            "voice_id": None,
            "speech": "narrator",
            "modality": "stated",
            "negated": False,
            "part_of": None,
            "corrects": None,
            "is_background": False,
            "trackable": True,
            "extractor": "test 1",
            "rule": "by hand",
        } | given
        row |= {name: Decimal(str(row[name])) for name in NUMBERS if row[name] is not None}
        names = ", ".join(row)
        self.connection.execute(
            f"INSERT INTO core.figures ({names}) VALUES ({', '.join('?' for _ in row)})", list(row.values())
        )
        return row["figure_id"]

    def report(self, page, number=None, *, day=5, hour=0, article=None, **given):
        """One article with one figure of its day."""
        article_id = self.article(page, day=day, hour=hour, **(article or {}))
        return self.figure(article_id, number, **{"day": day, **given})

    def relate(self, now=NOW) -> RelationCounts:
        return relate(self.connection, now)

    def rows(self, query, *values):
        cursor = self.connection.execute(query, list(values))
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def relations(self, *kinds):
        """What holds now, after relating: all, or the given kinds."""
        self.relate()
        rows = self.rows("SELECT * FROM relations WHERE status <> 'closed' ORDER BY kind, a_low, b_low, relation_id")
        return [row for row in rows if not kinds or row["kind"] in kinds]

    def kinds(self):
        """The kinds of what holds now, in order."""
        return [row["kind"] for row in self.relations()]

    def contradictions(self):
        self.relate()
        return self.rows("SELECT * FROM contradictions ORDER BY kind, relation_id")


def one(found):
    """The only row of what was found."""
    assert len(found) == 1, [(row["kind"], row["explanation"]) for row in found]
    return found[0]


NUMBERS = ("value", "low", "high", "likely_low", "likely_high")
VAGUE_DOZENS = {
    "quote": "dozens of people",
    "low": 12,
    "high": None,
    "likely_low": 24,
    "likely_high": 99,
    "qualifier": "vague",
}
