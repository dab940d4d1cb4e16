"""Pages to articles with figures, in processes of their own: a page that crashes or hangs one becomes a named skip."""

from __future__ import annotations

import errno
import multiprocessing
import os
import resource
import tempfile
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, replace
from multiprocessing.connection import wait
from types import TracebackType
from typing import TYPE_CHECKING, Generic, Protocol, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from extract.errors import FactError, ModelMissing, WorkersBroken
from extract.models import Article, Figure, Page, Skip
from flows.ahead import start_forkserver
from flows.collecting import collect_seldom
from flows.settings import Mode
from flows.spool import Packed

if TYPE_CHECKING:
    from extract.figures import LanguageModel
    from extract.story_terms import Terms

WORKER_BYTES = 3 * 1024**3  # of writable memory: the model takes 0.3 GB, and no page deserves ten times that
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EMFILE, errno.ENOMEM}
BATCHES_A_WORKER = 400  # then a fresh process takes over: lxml and spaCy never give back all they took


class Named(Protocol):
    """A page or an article."""

    @property
    def url(self) -> str:
        """Its address."""

    @property
    def source(self) -> str:
        """Its source's name."""


Given = TypeVar("Given", bound=Named)
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a worker found in one article.

    extractor: the version that found it; signature: of the text, to know copies by; terms: to know its story by
    """

    article: Article
    figures: tuple[Figure, ...]
    extractor: str
    signature: bytes
    terms: Terms


@dataclass(frozen=True, slots=True)
class Pending(Generic[Given, Made]):
    """A batch under way."""

    items: tuple[Given, ...]
    future: Future[list[Made]]
    retry_one: Callable[[Given], Made | Skip]

    def result(self) -> list[Made | Skip]:
        """One answer an item, in their order. Waits; raises FactError for what concerns all items alike."""
        try:
            return list(self.future.result())
        except (FactError, CancelledError):
            raise
        except Exception:  # noqa: BLE001  # a hang, a crash or a parser's own error: each item tells for itself
            return [self.retry_one(item) for item in self.items]


@dataclass(frozen=True, slots=True)
class PendingReadings:
    """A batch of articles under way, which went without their blocks: no figure needs them, and there are hundreds."""

    articles: tuple[Article, ...]
    light: Pending[Article, Reading]

    def result(self) -> list[Reading | Skip]:
        """As `Pending.result`, with the articles whole again."""
        return [
            replace(answer, article=article) if isinstance(answer, Reading) else answer
            for article, answer in zip(self.articles, self.light.result(), strict=True)
        ]


class Workers:
    """A pool that cleans pages and finds figures; use it as a context manager.

    A batch that crashes or hangs is taken apart and tried again one by one, so that only the guilty page is skipped.
    """

    def __init__(
        self, count: int, *, page_timeout_seconds: float, model: str | None = None, mode: Mode = "normal"
    ) -> None:
        self.count = count
        self._timeout_seconds = page_timeout_seconds
        start_forkserver()  # a process without threads, and loaded: a worker that died is replaced within milliseconds
        self._pool = ProcessPool(
            max_workers=count,
            max_tasks=BATCHES_A_WORKER,
            initializer=_prepare_worker,
            initargs=(model, mode),
            context=multiprocessing.get_context("forkserver"),
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

    def clean(self, pages: Sequence[Page]) -> Pending[Page, Packed | Skip]:
        """Start to clean a batch of pages."""
        return self._submit(clean_pages, pages)

    def read(self, articles: Sequence[Article]) -> PendingReadings:
        """Start to find the figures of a batch of articles."""
        light = [replace(article, blocks=()) for article in articles]
        return PendingReadings(tuple(articles), self._submit(read_articles, light))

    def _submit(self, work: Callable[[Sequence[Given]], list[Made]], items: Sequence[Given]) -> Pending[Given, Made]:
        # One slow page must not make the whole batch late, nor a batch of slow ones look like a hang.
        future = self._schedule(work, items, self._timeout_seconds * (1 + 0.1 * len(items)))
        return Pending(tuple(items), future, lambda item: self._retry_one(work, item))

    def _schedule(
        self, work: Callable[[Sequence[Given]], list[Made]], items: Sequence[Given], seconds: float
    ) -> Future[list[Made]]:
        try:
            future: Future[list[Made]] = self._pool.schedule(work, (tuple(items),), timeout=seconds)
        except RuntimeError as error:  # what pebble raises once its own threads have given up
            raise WorkersBroken(
                "the worker processes cannot be started (no room, no memory, or a damaged installation):"
                " `tallywire doctor` says more. Nothing of this run was published"
            ) from error
        return future

    def _retry_one(self, work: Callable[[Sequence[Given]], list[Made]], item: Given) -> Made | Skip:
        """One item of a batch that failed: done after all, or skipped with what happened to it."""
        try:
            return self._schedule(work, [item], self._timeout_seconds).result()[0]
        except TimeoutError:
            advice = "raise TALLYWIRE_PAGE_TIMEOUT_SECONDS if the page is only long"
            return _skip(item, "timeout", f"no answer within {self._timeout_seconds:g} s; {advice}")
        except ProcessExpired as error:
            return _skip(item, "crash", f"the worker process died with exit code {error.exitcode}")
        except (FactError, CancelledError):
            raise
        except Exception as error:  # whatever a parser raises must cost one page, by name, not the run
            if isinstance(error, OSError) and error.errno in FULL:
                # The machine's fault, which the next page meets too.
                raise WorkersBroken(
                    f"a worker process got {error}: make room for temporary files in {tempfile.gettempdir()}"
                    " and run again. The published file is as it was"
                ) from error
            return _skip(item, "crash", f"{type(error).__name__}: {error}"[:300])


def clean_pages(pages: Sequence[Page]) -> list[Packed | Skip]:
    """In a worker: each page's article, or why there is none."""
    from extract.clean import clean_page

    return [cleaned if isinstance(cleaned, Skip) else Packed.pack(cleaned) for cleaned in map(clean_page, pages)]


def read_articles(articles: Sequence[Article]) -> list[Reading]:
    """In a worker: each article with its figures."""
    from extract.clean import signature
    from extract.figures import find_figures
    from extract.story_terms import story_terms

    model = _loaded_model()
    return [
        Reading(article, figures, model.extractor, signature(article.text), story_terms(article.title, article.text))
        for article, figures in zip(articles, find_figures(articles, model), strict=True)
    ]


class _Worker:
    """What one worker process keeps between batches."""

    model: LanguageModel | None = None
    problem: FactError | None = None


def _loaded_model() -> LanguageModel:
    """The worker's model. Raises ModelMissing, to the caller and not into the pool's machinery."""
    if _Worker.model is None:
        raise _Worker.problem or ModelMissing("this process is no worker")
    return _Worker.model


def _prepare_worker(model_name: str | None, mode: Mode) -> None:
    """Set the process up. The model is loaded here because the time of the first page must not pay for it."""
    from extract.figures import load_model

    collect_seldom()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (WORKER_BYTES, WORKER_BYTES))
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    try:
        _Worker.model = load_model(model_name, mode)
    except FactError as error:
        _Worker.problem = error


def _leave_with_parent() -> None:
    """A worker whose run was killed must not live on."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _skip(item: Named, reason: str, detail: str) -> Skip:
    return Skip(url=item.url, source=item.source, reason=reason, detail=detail)
