"""Takes one page out of everything, by a record of its own."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

import duckdb

from extract.ids import hash_id
from warehouse.records import Forgotten
from warehouse.statements import statement


def forget_page(connection: duckdb.DuckDBPyConnection, url: str, reason: str | None, now: datetime) -> Forgotten:
    """Remove the page's articles, blocks, figures, relations, days, verdicts and attempts; keep a hash of its address.

    Relations, time lines, stories and claimants of others are right again after they are next computed.
    """
    page_id = hash_id("page", url)
    connection.execute(statement("find_leaving_articles"), [page_id])
    connection.execute(statement("find_leaving_rest"))
    counts = connection.execute(statement("count_forgotten")).fetchone()
    assert counts is not None
    connection.execute(statement("forget"))
    for named in ("forget_address", "forget_mentions", "forget_traces", "forget_samples"):
        connection.execute(statement(named), [url])
    connection.execute(
        statement("remember_forgetting"),
        [page_id, sha256(url.encode("utf-8", "surrogatepass")).hexdigest(), now, reason],
    )
    return Forgotten(articles=counts[0], figures=counts[1], relations=counts[2])
