"""Time lines as inline SVG, drawn by Altair in the page's own colours."""

from __future__ import annotations

from collections.abc import Sequence
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
}
WIDTH, HEIGHT = 620, 190  # pixels at full size; the style sheet scales it down on a phone
MOST_CLAIMS_DRAWN = 300


def draw_timeline(days: Sequence[Row], claims: Sequence[Row], title: str) -> Markup:
    """Band from low to high, steps through best, a mark a claim; empty where there is nothing to compare.

    days: rows of `timeline` of one kind of number; claims: the tracked figures behind it
    """
    dated = [claim for claim in claims if claim["as_of"] is not None]
    if len(days) + len(dated) < 2:  # noqa: PLR2004 - one mark is no line
        return Markup()
    import vl_convert

    svg = vl_convert.vegalite_to_svg(_specification(days, dated[:MOST_CLAIMS_DRAWN]))
    for fixed, variable in COLOURS.items():
        svg = svg.replace(fixed, variable)
    words = escape(f"{title}. {describe(days)}")
    return Markup('<div class="chart" role="img" aria-label="{}">{}</div>').format(words, Markup(svg))  # noqa: S704 - drawn from numbers; names in it were escaped by the drawing library


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


def _specification(days: Sequence[Row], claims: Sequence[Row]) -> dict[str, Any]:
    import altair as alt

    x = alt.X("as_of:T", title=None, axis=alt.Axis(format="%e %b", labelFlush=True, tickCount=6))
    band = alt.Chart(alt.Data(values=[_day_values(row) for row in days]))
    marks = alt.Chart(alt.Data(values=[_claim_values(row) for row in claims]))
    layers = [
        band.mark_area(interpolate="step-after", color="#040404", opacity=1).encode(
            x=x, y=alt.Y("low:Q", title=None, axis=alt.Axis(format="~s", tickCount=5)), y2="high:Q"
        ),
        band.mark_line(interpolate="step-after", color="#050505", strokeWidth=2).encode(x=x, y="best:Q"),
        marks.mark_rule(color="#020202", opacity=0.6).encode(x=x, y="low:Q", y2="high:Q"),
        marks.mark_point(filled=False, color="#010101", size=46).encode(
            x=x, y="best:Q", shape=alt.Shape("voice:N", legend=None)
        ),
    ]
    chart = alt.layer(*layers).properties(width=WIDTH, height=HEIGHT, background="transparent")
    axis = {"labelColor": "#020202", "domainColor": "#030303", "tickColor": "#030303", "gridColor": "#030303"}
    fonts = {"labelFont": "system-ui, sans-serif", "labelFontSize": 11}
    specification: dict[str, Any] = chart.configure_view(stroke=None).configure_axis(**axis, **fonts).to_dict()
    return specification


def _day_values(row: Row) -> Row:
    best = _plain(row["best"])
    low, high = _plain(row["low"]), _plain(row["high"])
    return {
        "as_of": row["as_of"].isoformat(),
        "best": best,
        "low": best if low is None else low,
        "high": best if high is None else high,
    }


def _claim_values(row: Row) -> Row:
    stated = row["value"] if row["value"] is not None else row["likely_low"] or row["low"] or row["high"]
    best = _plain(stated)
    low, high = _plain(row["likely_low"]), _plain(row["likely_high"])
    return {
        "as_of": row["as_of"].isoformat(),
        "best": best,
        "low": best if low is None else low,
        "high": best if high is None else high,
        "voice": row["claimant"] or row["outlet"] or "",
    }


def _plain(value: Any) -> float | None:  # noqa: ANN401 - Decimal or null, as DuckDB gives it
    """Only for drawing: a pixel is coarser than a float."""
    return None if value is None else float(value)
