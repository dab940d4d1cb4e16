"""The files that stand beside a published warehouse, and what happens to them on disk."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from extract.errors import WarehouseFull, WarehouseMissing

WRITABLE, READ_ONLY = 0o644, 0o444


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Where the writer keeps what belongs to one published file; all in its folder, so that a rename is atomic."""

    published: Path

    @property
    def name(self) -> str:
        """The published file's name without its ending."""
        return self.published.name.removesuffix(".duckdb")

    @property
    def work(self) -> Path:
        """The writer's private file."""
        return self.published.with_name(f"{self.name}.work.duckdb")

    @property
    def work_log(self) -> Path:
        """DuckDB's write-ahead log of the work file; it is there only while a writer is, or after it was killed."""
        return self.published.with_name(f"{self.name}.work.duckdb.wal")

    @property
    def copying(self) -> Path:
        """The work file while it is made from the published one."""
        return self.published.with_name(f"{self.name}.copying")

    @property
    def publishing(self) -> Path:
        """The next published file until it is complete."""
        return self.published.with_name(f"{self.name}.publishing")

    @property
    def lock(self) -> Path:
        """What the one writer holds."""
        return self.published.with_name(f"{self.name}.lock")

    @property
    def writer(self) -> Path:
        """Who that writer is, for a message; stale once nobody holds the lock."""
        return self.published.with_name(f"{self.name}.writer.json")

    def sweep(self) -> None:
        """Remove what a killed writer left half done; only for the holder of the lock."""
        for half_done in (self.copying, self.publishing):
            half_done.unlink(missing_ok=True)
            half_done.with_name(f"{half_done.name}.wal").unlink(missing_ok=True)
            shutil.rmtree(half_done.with_name(f"{half_done.name}.tmp"), ignore_errors=True)
        shutil.rmtree(self.work.with_name(f"{self.work.name}.tmp"), ignore_errors=True)

    def discard_work(self) -> None:
        """Throw the work file away; the published one holds all that ever counted."""
        self.work_log.unlink(missing_ok=True)
        self.work.unlink(missing_ok=True)

    def copy_published(self) -> None:
        """Make the work file from the published one, whole or not at all. Raises WarehouseFull."""
        with full_disk_named(self.work):
            shutil.copyfile(self.published, self.copying)
        self.copying.chmod(WRITABLE)
        self.copying.replace(self.work)


def require_folder(published: Path) -> None:
    """Make the warehouse's own folder if only that one is missing; raises WarehouseMissing where it cannot be used."""
    folder = published.absolute().parent
    if not folder.parent.is_dir():
        raise WarehouseMissing(f"the folder {folder} for the warehouse does not exist: make it, or give another path")
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise WarehouseMissing(f"the folder {folder} for the warehouse cannot be made: {error}") from error
    if published.is_dir():
        raise WarehouseMissing(
            f"{published} is a folder: give the path of a file, such as {published / 'warehouse.duckdb'}"
        )
    if not os.access(folder, os.W_OK):
        raise WarehouseMissing(
            f"the folder {folder} of the warehouse cannot be written to: change its rights, or give another path"
        )


def settle(path: Path) -> None:
    """Wait until a file or folder is on the disk, not only in its cache."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def put_in_place(finished: Path, published: Path) -> None:
    """Rename a finished file over the published one; whoever reads the old one keeps it."""
    finished.chmod(READ_ONLY)
    settle(finished)
    finished.replace(published)
    settle(published.parent)


@contextmanager
def full_disk_named(target: Path) -> Iterator[None]:
    """Turn the system's word for a full disk into ours."""
    try:
        yield
    except OSError as error:
        raise WarehouseFull(full_disk_message(target, str(error))) from error


def full_disk_message(target: Path, found: str) -> str:
    """What a person can do when nothing more can be written."""
    return (
        f"could not write {target}: {found}. The published file is as it was. "
        f"Make room in {target.absolute().parent} (the writer needs about three times the published file) and run again"
    )
