"""Time lines as inline SVG, drawn by Altair in the page's own colours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from copy import deepcopy
from functools import cache
from typing import Any

from markupsafe import Markup, escape

from checks.report.reading import Row
from checks.report.wording import bounds, day, number

# Altair writes fixed colours; these stand for the style sheet's variables, so that one SVG serves light and dark.
COLOURS = {
    "#010101": "var(--ink)",
    "#020202": "var(--muted)",
    "#030303": "var(--rule)",
    "#040404": "var(--band)",
    "#050505": "var(--accent)",
    "#060606": "var(--high)",
}
SIGNS = ("claim", "contradicted")  # by shape and not by colour alone
WIDTH, HEIGHT = 860, 220  # pixels at full size; the style sheet scales it down on a phone
MOST_CLAIMS_DRAWN = 120  # different ones; equal claims of a day lie on one another anyway
MOST_DAY_LABELS = 7


def draw_timeline(days: Sequence[Row], claims: Sequence[Row], title: str, contradicted: AbstractSet[str]) -> Markup:
    """Band from low to high, steps through best, a mark a claim; empty where there is nothing to compare.

    days: rows of `timeline` of one kind of number; claims: the tracked figures behind it
    contradicted: figure ids that stand in an open contradiction; they are drawn as crosses, others as rings
    """
    dated = [claim for claim in claims if claim["as_of"] is not None]
    if len(days) + len(dated) < 2:  # noqa: PLR2004 - one mark is no line
        return Markup()
    import vl_convert

    svg = vl_convert.vegalite_to_svg(_filled(days, dated, contradicted))
    for fixed, variable in COLOURS.items():
        svg = svg.replace(fixed, variable)
    # A layer without marks would be a symbol without a name.
    svg = re.sub(r'<g [^<>]*role="graphics-symbol"[^<>]*(?:/>|></g>)', "", svg)
    words = escape(f"{title}. {describe(days)}")
    picture = Markup(svg)  # noqa: S704 - drawn from numbers; names in it were escaped by the drawing library
    return Markup('<div class="chart" role="img" aria-label="{}">{}</div>').format(words, picture)


def describe(days: Sequence[Row]) -> str:
    """The time line in words, for those who don't see it."""
    if not days:
        return "Claims without a common day."
    first, last = days[0], days[-1]
    if len(days) == 1:
        return f"{day(first['as_of'])}: {number(first['best'])}."
    return (
        f"From {number(first['best'])} on {day(first['as_of'])} to {number(last['best'])} on {day(last['as_of'])}, "
        f"last between {bounds(last['low'], last['high'])}."
    )


def _filled(days: Sequence[Row], claims: Sequence[Row], contradicted: AbstractSet[str]) -> dict[str, Any]:
    """The chart's specification with these rows in it."""
    lines = [_day_values(row) for row in days]
    marks = {tuple(values.items()): values for values in (_claim_values(claim, contradicted) for claim in claims)}
    labels = _labels([*lines, *marks.values()])
    specification = deepcopy(_specification())
    specification["datasets"] = {"days": lines, "claims": list(marks.values())[:MOST_CLAIMS_DRAWN]}
    for layer in specification["layer"]:
        layer["encoding"]["x"]["axis"]["values"] = labels
    return specification


@cache
def _specification() -> dict[str, Any]:
    """The chart without its rows, made once: Altair takes half a second to check it."""
    import altair as alt

    x_axis = alt.Axis(format="%e %b", labelFlush=True, values=[])
    x = alt.X("as_of:T", title=None, axis=x_axis, scale=alt.Scale(padding=12))
    y = alt.Y("low:Q", title=None, axis=alt.Axis(format="~s", tickCount=5))
    band, marks = alt.Chart(alt.NamedData("days")), alt.Chart(alt.NamedData("claims"))
    claimed = {
        "x": x,
        "y": "best:Q",
        "shape": alt.Shape("sign:N", legend=None, scale=alt.Scale(domain=list(SIGNS), range=["circle", "cross"])),
        "color": alt.Color("sign:N", legend=None, scale=alt.Scale(domain=list(SIGNS), range=["#010101", "#060606"])),
        "description": "words:N",
    }
    layers = [
        band.mark_area(interpolate="step-after", color="#040404", opacity=1).encode(x=x, y=y, y2="high:Q"),
        band.mark_line(interpolate="step-after", color="#050505", strokeWidth=2).encode(x=x, y="best:Q"),
        marks.mark_rule(color="#020202", opacity=0.6).encode(x=x, y="low:Q", y2="high:Q"),
        marks.mark_point(filled=False, size=90, opacity=1).encode(**claimed),
    ]
    chart = alt.layer(*layers).properties(width=WIDTH, height=HEIGHT, background="transparent")
    axis = {"labelColor": "#020202", "domainColor": "#030303", "tickColor": "#030303", "gridColor": "#030303"}
    fonts = {"labelFont": "system-ui, sans-serif", "labelFontSize": 11}
    specification: dict[str, Any] = chart.configure_view(stroke=None).configure_axis(**axis, **fonts).to_dict()
    return specification


def _labels(values: Sequence[Row]) -> list[str]:
    """The days to name below the chart, evenly thinned."""
    days = sorted({row["as_of"] for row in values})
    step = -(-len(days) // MOST_DAY_LABELS)
    return days[::step]


def _day_values(row: Row) -> Row:
    best = _plain(row["best"])
    low, high = _plain(row["low"]), _plain(row["high"])
    return {
        "as_of": row["as_of"].isoformat(),
        "best": best,
        "low": best if low is None else low,
        "high": best if high is None else high,
    }


def _claim_values(row: Row, contradicted: AbstractSet[str]) -> Row:
    stated = row["value"] if row["value"] is not None else row["likely_low"] or row["low"] or row["high"]
    best = _plain(stated)
    low, high = _plain(row["likely_low"]), _plain(row["likely_high"])
    return {
        "as_of": row["as_of"].isoformat(),
        "best": best,
        "low": best if low is None else low,
        "high": best if high is None else high,
        "sign": SIGNS[row["figure_id"] in contradicted],
        "words": f"{row['quote']}: {row['claimant'] or row['outlet'] or 'narrator'}, {row['as_of'].isoformat()}",
    }


def _plain(value: Any) -> float | None:  # noqa: ANN401 - Decimal or null, as DuckDB gives it
    """Only for drawing: a pixel is coarser than a float."""
    return None if value is None else float(value)
