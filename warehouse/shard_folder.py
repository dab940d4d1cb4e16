"""The folder of finished shards, on this machine or on an object store."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

from extract.errors import ShardUnreadable
from warehouse.neighbours import full_disk_named, settle
from warehouse.shards import TABLES, ShardRecord


@dataclass(frozen=True, slots=True)
class ShardFolder:
    """What was made of shards, by key.

    address: a path, or "s3://bucket/folder"
    """

    address: str

    @property
    def is_remote(self) -> bool:
        """Whether it is on an object store."""
        return "://" in self.address

    def find(self, key: str) -> ShardRecord | None:
        """The record of a finished shard, null for one that is not finished or has lost a file since."""
        try:
            if self.is_remote:
                record = ShardRecord.from_json(self._store().cat_file(self._record(key)).decode())
            else:
                record = ShardRecord.from_json(Path(self._record(key)).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        return record if all(self._exists(self._file(table, key)) for table in TABLES) else None

    @contextmanager
    def draft(self) -> Iterator[Path]:
        """An empty local folder for files that are not finished; it goes with the block, and is swept after a kill."""
        if self.is_remote:
            with TemporaryDirectory(prefix="tallywire-") as temporary:
                yield Path(temporary)
            return
        folder = Path(self.address) / f".draft-{socket.gethostname()}-{os.getpid()}-{uuid4().hex[:8]}"
        folder.mkdir(parents=True)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def put(self, draft: Path, record: ShardRecord) -> None:
        """Put the finished files of a draft in place, the record last. Raises WarehouseFull."""
        with full_disk_named(draft):
            (draft / "record.json").write_text(record.to_json(), encoding="utf-8")
        files = {draft / f"{table}.parquet": self._file(table, record.key) for table in TABLES}
        for local, target in {**files, draft / "record.json": self._record(record.key)}.items():
            if self.is_remote:
                self._store().put_file(str(local), target)
            else:
                _put_local(local, Path(target))

    @contextmanager
    def files(self, key: str) -> Iterator[Mapping[str, Path]]:
        """The files of a finished shard by table, on this machine; copies of a store's go with the block."""
        if not self.is_remote:
            yield {table: Path(self._file(table, key)) for table in TABLES}
            return
        with TemporaryDirectory(prefix="tallywire-") as folder:
            files = {table: Path(folder) / f"{table}.parquet" for table in TABLES}
            for table, local in files.items():
                try:
                    self._store().get_file(self._file(table, key), str(local))
                except FileNotFoundError as error:
                    raise ShardUnreadable(
                        f"{self._file(table, key)} is gone, though its record says it is there"
                    ) from error
            yield files

    def sweep(self) -> None:
        """Remove drafts that processes of this machine left when they were killed."""
        if self.is_remote:
            return
        for draft in Path(self.address).glob(".draft-*"):
            host, process, _ = draft.name.removeprefix(".draft-").rsplit("-", 2)
            if host == socket.gethostname() and not Path(f"/proc/{process}").exists():
                shutil.rmtree(draft, ignore_errors=True)

    def _file(self, table: str, key: str) -> str:
        return f"{self.address.rstrip('/')}/{table}/{key}.parquet"

    def _exists(self, file: str) -> bool:
        return bool(self._store().exists(file)) if self.is_remote else Path(file).exists()

    def _record(self, key: str) -> str:
        return f"{self.address.rstrip('/')}/shards/{key}.json"

    def _store(self) -> Any:  # noqa: ANN401  # fsspec has no types
        from extract.fetch.shards import filesystem_of

        return filesystem_of(self.address)[0]


def _put_local(local: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with full_disk_named(target):
        settle(local)
        local.replace(target)
