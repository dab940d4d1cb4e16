"""Imported once by the process that workers are forked from: what each would load for itself is loaded and shared."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

from extract.clean import clean_page, signature
from extract.errors import FactError
from extract.figures import find_figures, load_model
from extract.models import Article, Page
from flows.settings import Settings

SAMPLE = b"<html><body><h1>Four hurt</h1><p>The police said on Sunday that four people were hurt.</p></body></html>"


def warm_up() -> None:
    """Clean a page and find its figures: tables and models that are loaded at the first use are then there."""
    settings = Settings.from_env()
    page = Page("file:sample", "sample", SAMPLE, "text/html", datetime(2025, 1, 1, tzinfo=UTC))
    article = clean_page(page)
    if isinstance(article, Article):
        signature(article.text)
        find_figures([article], load_model(settings.model, settings.mode))


with suppress(FactError):  # the workers meet it themselves, and can say so
    warm_up()
