"""Imported once by the process that workers are forked from: what each would load for itself is loaded and shared."""

from __future__ import annotations

import gc
import logging
from datetime import UTC, datetime

from extract.clean import clean_page, signature
from extract.figures import find_figures, load_model
from extract.models import Article, Page
from extract.story_terms import story_terms
from flows.settings import Settings

log = logging.getLogger(__name__)

SAMPLE = b"<html><body><h1>Four hurt</h1><p>The police said on Sunday that four people were hurt.</p></body></html>"


def warm_up() -> None:
    """Clean a page and find its figures: tables and models that are loaded at the first use are then there."""
    settings = Settings.from_env()
    page = Page("file:sample", "sample", SAMPLE, "text/html", datetime(2025, 1, 1, tzinfo=UTC))
    article = clean_page(page)
    if isinstance(article, Article):
        signature(article.text)
        story_terms(article.title, article.text)
        find_figures([article], load_model(settings.model, settings.mode))


try:
    warm_up()
except Exception as error:  # noqa: BLE001  # whatever it is, the workers meet it themselves and can say so
    log.debug("nothing is shared error=%s", error)
# What is there by now stays: collections need not look through it, nor write to pages of memory that all workers share.
gc.freeze()
