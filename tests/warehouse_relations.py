"""Invented relations, as the checks leave them in the warehouse."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from warehouse_articles import MORNING


def a_relation(relation_id, kind="source_conflict", *, is_current=True, story="story", figure_ids=("f1", "f2")):
    """A row of core.relations: 12 dead against at least 19."""
    a_figure_id, b_figure_id = figure_ids
    return (
        relation_id, story, kind, "high", "killed", None, "Velm", "person", date(2031, 5, 4),
        list(figure_ids), [a_figure_id], [b_figure_id],
        "12 dead", "Velm Courier", "https://courier.example/dam", Decimal(12), Decimal(12),
        "At least 19 dead", "Ost Gazette", "https://gazette.example/flood", Decimal(19), None,
        Decimal(7), "disjoint_bounds", "12 and at least 19 cannot both be right", 2, MORNING, MORNING, is_current,
    )  # fmt: skip
