"""What is measured, as rows for the warehouse; the words that say so are in `tables/measures.toml`."""

from __future__ import annotations

from extract.figures.tables import load_table


def measure_rows() -> list[tuple[str, str, bool, str]]:
    """All rows (measure, aspect, is_tracked, description), in the table's order."""
    return [
        (measure, entry["aspect"], entry["tracked"], entry["description"])
        for measure, entry in load_table("measures").items()
    ]
