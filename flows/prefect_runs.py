"""Runs a flow from the command line: on the server that was named, else on one that lives as long as the command."""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from flows.ahead import load_checks, start_forkserver
from flows.progress import Watcher
from flows.settings import Settings, set_prefect_defaults


def run_flow(
    name: str, parameters: Mapping[str, Any], settings: Settings, watcher: Watcher, *, own_server: bool
) -> Any:  # noqa: ANN401  # what the flow returns
    """Run flows.<name>.<name> in this process, recorded by a Prefect server; errors are the flow's own.

    own_server: never ask a server that happens to be in the environment
    """
    if own_server:
        os.environ.pop("PREFECT_API_URL", None)
    set_prefect_defaults(settings)
    watcher.begin("starting Prefect")
    start_forkserver()
    flow = getattr(import_module(f"flows.{name}"), name)
    from flows.tasks import watched_by

    if own_server:
        load_checks()  # its own server takes ten seconds to start, and this process only waits for it
    with watched_by(watcher):
        return flow(**parameters)
