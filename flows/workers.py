"""Pages to articles with figures, in processes of their own: a page that crashes or hangs one becomes a named skip."""

from __future__ import annotations

import multiprocessing
import os
import resource
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from multiprocessing.connection import wait
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self, cast

from pebble import ProcessExpired, ProcessPool

from extract.errors import FactError
from extract.models import Article, Extracted, Page, Skip

if TYPE_CHECKING:
    from extract.figures import LanguageModel

WORKER_BYTES = 3 * 1024**3  # of writable memory: the model takes 0.3 GB, and no page deserves ten times that
BATCHES_A_WORKER = 400  # then a fresh process takes over: lxml and spaCy never give back all they took
PRELOADED = ["extract.clean", "extract.figures", "lxml.html", "spacy", "trafilatura"]


@dataclass(frozen=True, slots=True)
class WorkerSettings:
    """What the worker processes need to know; see flows.settings."""

    workers: int = 1
    page_timeout_seconds: float = 30.0
    model: str | None = None
    mode: Literal["normal", "fast"] = "normal"


class Extractor:
    """A pool that cleans pages and finds figures; use it as a context manager.

    A batch that crashes or hangs is taken apart and tried again page by page, so that only the guilty page is skipped.
    """

    def __init__(self, settings: WorkerSettings) -> None:
        self._timeout_seconds = settings.page_timeout_seconds
        context = multiprocessing.get_context("forkserver")
        # Imported once, in a process without threads; a worker that died is then replaced within milliseconds.
        context.set_forkserver_preload(PRELOADED)
        self._pool = ProcessPool(
            max_workers=settings.workers,
            max_tasks=BATCHES_A_WORKER,
            initializer=_prepare_worker,
            initargs=(settings.model, settings.mode),
            context=context,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, error: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self._pool.close()
        else:
            self._pool.stop()
        self._pool.join()

    def submit_pages(self, pages: Sequence[Page]) -> Pending:
        """Start on a batch; ask the answer for its result."""
        # One slow page must not make the whole batch late, nor a batch of slow ones look like a hang.
        seconds = self._timeout_seconds * (1 + 0.1 * len(pages))
        return Pending(
            tuple(pages), self._pool.schedule(extract_pages, (tuple(pages),), timeout=seconds), self._extract_one
        )

    def submit_articles(self, articles: Sequence[Article]) -> Future[list[Extracted]]:
        """Find the figures of cleaned articles again."""
        seconds = self._timeout_seconds * (1 + 0.1 * len(articles))
        future: Future[list[Extracted]] = self._pool.schedule(extract_articles, (tuple(articles),), timeout=seconds)
        return future

    def _extract_one(self, page: Page) -> Extracted:
        """One page that was in a batch that failed: extracted after all, or skipped with what happened to it."""
        try:
            [found] = self._pool.schedule(extract_pages, ((page,),), timeout=self._timeout_seconds).result()
        except TimeoutError:
            advice = "raise TALLYWIRE_PAGE_TIMEOUT_SECONDS if the page is only long"
            return _skipped(page, "timeout", f"no answer within {self._timeout_seconds:g} s; {advice}")
        except ProcessExpired as error:
            return _skipped(page, "crash", f"the worker process died with exit code {error.exitcode}")
        except (FactError, CancelledError):
            raise
        except Exception as error:  # noqa: BLE001  # whatever a parser raises must cost one page, by name, not the run
            return _skipped(page, "crash", f"{type(error).__name__}: {error}"[:300])
        return cast("Extracted", found)


@dataclass(frozen=True, slots=True)
class Pending:
    """A batch under way."""

    pages: tuple[Page, ...]
    future: Future[list[Extracted]]
    extract_one: Callable[[Page], Extracted]

    def result(self) -> list[Extracted]:
        """One answer a page, in the order of the pages. Waits."""
        try:
            return self.future.result()
        except (FactError, CancelledError):
            raise
        except Exception:  # noqa: BLE001  # a hang, a crash or a parser's own error: each page tells for itself
            return [self.extract_one(page) for page in self.pages]


def extract_pages(pages: Sequence[Page]) -> list[Extracted]:
    """In a worker: each page's article with its figures, or its skip, in the order of the pages."""
    from extract.clean import clean_page

    cleaned = [clean_page(page) for page in pages]
    articles = [item for item in cleaned if isinstance(item, Article)]
    found = iter(extract_articles(articles))
    return [
        next(found) if isinstance(item, Article) else Extracted(page_url=page.url, skip=item)
        for page, item in zip(pages, cleaned, strict=True)
    ]


def extract_articles(articles: Sequence[Article]) -> list[Extracted]:
    """In a worker: each article with its figures."""
    from extract.figures import find_figures

    figures = find_figures(articles, _loaded_model()) if articles else []
    return [
        Extracted(page_url=article.url, article=article, figures=found)
        for article, found in zip(articles, figures, strict=True)
    ]


class _Worker:
    """What one worker process keeps between batches."""

    model_name: str | None = None
    mode: Literal["normal", "fast"] = "normal"
    model: LanguageModel | None = None


def _loaded_model() -> LanguageModel:
    """Loaded at the first article; ModelMissing reaches the caller instead of breaking the pool."""
    from extract.figures import load_model

    if _Worker.model is None:
        _Worker.model = load_model(_Worker.model_name, _Worker.mode)
    return _Worker.model


def _prepare_worker(model_name: str | None, mode: Literal["normal", "fast"]) -> None:
    _Worker.model_name, _Worker.mode = model_name, mode
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (WORKER_BYTES, WORKER_BYTES))
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    """A worker whose run was killed must not live on."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _skipped(page: Page, reason: str, detail: str) -> Extracted:
    return Extracted(page_url=page.url, skip=Skip(url=page.url, source=page.source, reason=reason, detail=detail))
