"""Parsers that fail as real ones do, on pages that say so; imported by worker processes too."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from dataclasses import replace

from extract.models import Article, Page, Skip
from flows.spool import Packed
from flows.workers import Reading, clean_pages, read_articles


def clean_with_bad_parser(pages: Sequence[Page]) -> list[Packed | Skip]:
    """What clean_pages does, but a page kills the process, hangs it or breaks the parser where its text says so."""
    for page in pages:
        if b"KILL THE WORKER" in page.body:
            os.kill(os.getpid(), signal.SIGKILL)
        if b"HANG THE WORKER" in page.body:
            time.sleep(3600)
        if b"BREAK THE PARSER" in page.body:
            raise RecursionError("too deep")
    return clean_pages(pages)


def read_with_bad_engine(articles: Sequence[Article]) -> list[Reading]:
    """What read_articles does, but the figures of an article that says so belong to another one."""
    return [
        replace(reading, figures=tuple(replace(figure, article_id="elsewhere") for figure in reading.figures))
        if "MIX UP THE FIGURES" in reading.article.text
        else reading
        for reading in read_articles(articles)
    ]
