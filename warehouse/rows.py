"""Articles, blocks, figures, fetches and runs as rows, in the order of the tables' columns."""

from __future__ import annotations

from datetime import datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

from extract.models import Article, Fetch, Figure
from warehouse.load import Row
from warehouse.records import Run

PLACES = Decimal("0.000001")  # the tables' DECIMAL(28, 6)


def article_row(article: Article, last_seen_at: datetime, extractor: str) -> Row:
    """A row of core.articles; version, is_latest, story and copies are decided in the warehouse."""
    return (
        article.article_id, article.page_id, article.url, article.canonical_url,
        article.outlet, article.source, article.title, article.author,
        article.published_at, article.published_from, article.modified_at,
        article.fetched_at, last_seen_at, None,
        article.language, article.text, article.captions, len(article.text.split()), article.origin,
        0, False, None, None, None, None, extractor,
    )  # fmt: skip


def block_rows(article: Article) -> list[Row]:
    """Rows of core.blocks, in page order."""
    article_id = article.article_id
    return [(article_id, block.block_no, block.text, block.kept, block.reason, block.rule) for block in article.blocks]


def figure_row(figure: Figure) -> Row:
    """A row of core.figures. Bounds of more than six decimals are widened to fit; voices are joined later."""
    return (
        figure.figure_id, figure.article_id,
        figure.field, figure.quote, figure.char_start, figure.char_end, figure.sentence,
        _fit(figure.value, ROUND_HALF_EVEN), _fit(figure.low, ROUND_FLOOR), _fit(figure.high, ROUND_CEILING),
        _fit(figure.likely_low, ROUND_FLOOR), _fit(figure.likely_high, ROUND_CEILING),
        str(figure.qualifier), figure.unit, figure.counted, figure.population, figure.measure,
        None if figure.aspect is None else str(figure.aspect),
        figure.place, figure.country, figure.place_source, figure.as_of, figure.as_of_from, figure.as_of_to,
        figure.claimant, figure.claimant_kind, None, figure.speech, figure.modality,
        figure.negated, figure.part_of, figure.corrects, figure.is_background, figure.trackable,
        figure.extractor, figure.rule,
    )  # fmt: skip


def fetch_row(run_id: str, fetch: Fetch) -> Row:
    """A row of core.fetches."""
    return (
        run_id, storable(fetch.url), fetch.source, fetch.fetched_at,
        fetch.outcome, fetch.reason, storable(fetch.detail), fetch.status, fetch.size_bytes,
        fetch.seconds, fetch.sha256, fetch.etag and storable(fetch.etag),
        fetch.last_modified and storable(fetch.last_modified), fetch.page_url and storable(fetch.page_url),
    )  # fmt: skip


def run_row(run: Run) -> Row:
    """A row of core.runs."""
    return (
        run.run_id, run.flow, run.started_at, run.ended_at,
        run.state, run.fetched, run.stored, run.unchanged, run.skipped,
        dict(sorted(run.skipped_by_reason.items())), run.figures, run.contradictions_new,
        run.extractor, run.message,
    )  # fmt: skip


def _fit(number: Decimal | None, rounding: str) -> Decimal | None:
    return None if number is None else number.quantize(PLACES, rounding=rounding)


def storable(text: str) -> str:
    """The text with half characters written out; file names and headers may hold bytes of no encoding."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
