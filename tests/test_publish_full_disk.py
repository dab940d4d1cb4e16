"""A disk that is full, really: the system refuses to write, and readers keep what they had."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from warehouse_articles import EXTRACTOR, clock, dam_story
from warehouse_tables import dump_tables

from warehouse.store import open_store

# The process may write no file beyond a size: the system answers with an error, as a full disk does.
WRITER = """
import resource, signal, sys
from pathlib import Path
from warehouse_articles import EXTRACTOR, a_page, clock, read
from warehouse.store import open_store
from extract.errors import WarehouseFull

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
words = [hex(number * 2654435761) for number in range(400_000)]
try:
    with open_store(Path(sys.argv[1]), clock()) as store:
        if sys.argv[2] == "saving":
            resource.setrlimit(resource.RLIMIT_FSIZE, (4_000_000, resource.RLIM_INFINITY))
        pages = [read(a_page(f"long {n}", " ".join(words[n * 4000 : n * 4000 + 4000]))) for n in range(100)]
        store.save_extracted(pages, extractor=EXTRACTOR)
        if sys.argv[2] == "publishing":
            store.connection.execute("CHECKPOINT")
            resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, resource.RLIM_INFINITY))
        store.publish()
except WarehouseFull as full:
    print(full)
    sys.exit(7)
"""


@pytest.mark.parametrize("moment", ["saving", "publishing"])
def test_a_full_disk_leaves_the_published_file_and_says_what_to_do(tmp_path, moment):
    path = tmp_path / "w.duckdb"
    with open_store(path, clock()) as store:
        store.save_extracted(dam_story(), extractor=EXTRACTOR)
        store.publish()
    before = path.read_bytes()
    done = subprocess.run(
        [sys.executable, "-c", WRITER, str(path), moment],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert (done.returncode, done.stderr) == (7, "")
    assert "The published file is as it was" in done.stdout
    assert f"Make room in {tmp_path}" in done.stdout
    assert path.read_bytes() == before
    with open_store(path, clock()) as store:
        store.save_extracted(dam_story(), extractor=EXTRACTOR)
        store.publish()
    assert len(dump_tables(path)["articles"]) == 3
    assert sorted(found.name for found in tmp_path.iterdir()) == ["w.duckdb", "w.lock", "w.work.duckdb"]
