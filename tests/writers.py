"""Another process that writes to a warehouse for as long as a test wants it to."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WRITER = """
import sys
from pathlib import Path
from warehouse_articles import EXTRACTOR, clock, dam_story
from warehouse.store import open_store
with open_store(Path(sys.argv[1]), clock()) as store:
    print("open", flush=True)
    sys.stdin.readline()
    store.save_extracted(dam_story(), extractor=EXTRACTOR)
    store.publish()
"""


@contextmanager
def writing_process(path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the warehouse; a line on its standard input lets it publish a story and end."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    ) as other:
        assert other.stdout.readline() == "open\n"
        yield other
