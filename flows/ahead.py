"""What takes seconds to load, loaded while the run waits for something else."""

from __future__ import annotations

import logging
import os
import threading
from functools import cache
from importlib import import_module
from multiprocessing import forkserver

log = logging.getLogger(__name__)


def start_forkserver() -> None:
    """Start the process that workers are forked from; it loads their model on its own, in about five seconds."""
    # As a rule there are as many workers as cores, and numpy's library would put threads of each on all of them. The
    # variable holds for all that this process starts; a value that a user has set is kept.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    forkserver.set_forkserver_preload(["flows.warm"])
    forkserver.ensure_running()


@cache
def load_checks() -> None:
    """Import Great Expectations beside the run, once: six seconds, which the run else spends waiting for workers."""
    threading.Thread(target=_import_checks, name="load-checks", daemon=True).start()


def _import_checks() -> None:
    try:
        import_module("great_expectations")
    except Exception as error:  # noqa: BLE001  # the run imports it again when it needs it, and can say what is wrong
        log.debug("not loaded ahead error=%s", error)
