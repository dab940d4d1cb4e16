"""Pages of outlets and claimants: what each said, and how often it changed."""

from __future__ import annotations

import duckdb

from checks.report.pages import Press
from checks.report.reading import Row, grouped, rows
from extract.ids import hash_id


def write_voices(press: Press, connection: duckdb.DuckDBPyConnection) -> int:
    """Both lists and a page for each outlet and claimant; the number of pages."""
    outlets = [{**row, "page": f"{hash_id('outlet', row['outlet'])}.html"} for row in rows(connection, "outlets")]
    press.write("outlets.html.j2", "outlets.html", outlets=outlets)
    said = grouped(connection, "outlet_figures", "outlet")
    for row in outlets:
        press.write(
            "voice.html.j2",
            f"outlets/{row['page']}",
            name=row["outlet"],
            lead=_outlet_lead(row),
            figures=said.get(row["outlet"], []),
            who="claimant",
        )
    claimants = [
        {**row, "page": f"{hash_id('claimant', row['voice_id'])}.html"} for row in rows(connection, "claimants")
    ]
    press.write("claimants.html.j2", "claimants.html", claimants=claimants)
    claimed = grouped(connection, "claimant_figures", "voice_id")
    for row in claimants:
        press.write(
            "voice.html.j2",
            f"claimants/{row['page']}",
            name=row["name"],
            lead=f"Spelt {'; '.join(row['spellings'][:12])}.",
            figures=claimed.get(row["voice_id"], []),
            who="outlet",
        )
    return len(outlets) + len(claimants)


def _outlet_lead(row: Row) -> str:
    return (
        f"{row['articles']} articles, {row['copies']} of them copies; {row['figures']} numbers followed; "
        f"{row['revisions']} changed in silence; in {row['contradictions']} contradictions."
    )
