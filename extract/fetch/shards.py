"""Shards of an archive: WARC files, JSONL and Parquet, on this machine or on an object store (fsspec)."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import file_digest, sha256
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, BinaryIO, Final, Literal, cast

from extract.errors import BadSource, ShardUnreadable
from extract.fetch.addresses import public_text
from extract.fetch.folders import JSONL_ENDINGS, WARC_ENDINGS
from extract.fetch.jsonl import read_jsonl
from extract.fetch.records import skipped
from extract.fetch.settings import NOTHING_KNOWN, FetchSettings
from extract.fetch.warc import read_warc
from extract.models import Fetched, Source

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

PARQUET_ENDINGS: Final = (".parquet",)
STORES: Final = {"file": "", "s3": "s3fs", "gs": "gcsfs"}  # scheme of an address -> the package that reads it
READ_AHEAD: Final = 1 << 20
Kind = Literal["warc", "jsonl", "parquet", "other"]


@dataclass(frozen=True, slots=True)
class Shard:
    """One file of an archive; one of the kind "other" is only counted.

    address: where it is: an absolute path, or the address of an object ("s3://bucket/news/1.warc.gz")
    source, name: what `ingest` would call it: the folder's name and the path inside; both stand in the tables
    """

    address: str
    source: str
    name: str
    kind: Kind

    @property
    def place(self) -> str:
        """Its address in `fetches`, which does not tell where a machine keeps its files."""
        return f"file:{self.source}/{self.name}"


def kind_of(name: str) -> Kind:
    """What a file of that name holds, "other" where it is no shard."""
    endings: tuple[tuple[Kind, tuple[str, ...]], ...] = (
        ("warc", WARC_ENDINGS),
        ("jsonl", JSONL_ENDINGS),
        ("parquet", PARQUET_ENDINGS),
    )
    return next((kind for kind, ends in endings if name.lower().endswith(ends)), "other")


def filesystem_of(address: str) -> tuple[Any, str]:
    """The file system of an address (fsspec) and the path in it. Raises BadSource for one that cannot be read here."""
    import fsspec

    scheme = address.partition("://")[0] if "://" in address else "file"
    if scheme not in STORES:
        raise BadSource(f"{public_text(address)}: only paths, s3:// and gs:// can be read, not {scheme}://")
    try:
        system = fsspec.filesystem(scheme)
    except ImportError:
        raise BadSource(
            f"{public_text(address)}: to read {scheme}://, install {STORES[scheme]} beside tallywire"
        ) from None
    return system, str(Path(address).absolute()) if "://" not in address else system._strip_protocol(address)  # noqa: SLF001  # fsspec's documented hook


def find_shards(places: Sequence[str]) -> list[Shard]:
    """All files that files, folders and patterns ("s3://bucket/2031/*.warc.gz") name, each once, by source and name.

    Raises BadSource where nothing is there, where a file is no shard, and for two folders of one name, whose records
    could not be told apart.
    """
    if not places:
        raise BadSource("nothing to read: name WARC, JSONL or Parquet files, folders of them, or addresses of a store")
    found: dict[str, Shard] = {}
    tops: dict[str, str] = {}
    for place in places:
        for shard, top in _shards_at(place):
            if tops.setdefault(shard.source, top) != top:
                raise BadSource(
                    f"{public_text(place)} and {tops[shard.source]} would both be the source {shard.source!r}:"
                    " name a folder that holds both, or read them in two runs with warehouses of their own"
                )
            found[shard.address] = shard
    return sorted(found.values(), key=lambda shard: (shard.source, shard.name))


def _shards_at(place: str) -> Iterator[tuple[Shard, str]]:
    """The shards of one argument, each with the folder that gives the source its name."""
    system, path = filesystem_of(place)
    if not system.exists(path) and "*" not in path:
        raise BadSource(f"{public_text(place)}: no such file or folder")
    if system.isfile(path):
        top, paths = str(PurePosixPath(path).parent), [path]
    else:
        top = _fixed_part(path)
        paths = sorted(system.glob(path) if "*" in path else system.find(path))
    shards = [(path, kind_of(path)) for path in paths]
    if all(kind == "other" for _, kind in shards):
        raise BadSource(f"{public_text(place)}: no shard there; read are {', '.join(_endings())}")
    source = "".join(char if char.isprintable() else "_" for char in PurePosixPath(top).name) or "root"
    for path, kind in shards:
        if "://" not in place and not Path(path).resolve().is_relative_to(Path(top).resolve()):
            raise BadSource(f"{public_text(path)}: a link that leads out of {top}; name the file that it leads to")
        name = str(PurePosixPath(path).relative_to(top))
        yield Shard(system.unstrip_protocol(path) if "://" in place else path, source, name, kind), top


def _fixed_part(pattern: str) -> str:
    """The folder above the first part that holds a star."""
    parts = PurePosixPath(pattern).parts
    first = next((at for at, part in enumerate(parts) if "*" in part), len(parts))
    return str(PurePosixPath(*parts[:first]))


def _endings() -> tuple[str, ...]:
    return (*WARC_ENDINGS, *JSONL_ENDINGS, *PARQUET_ENDINGS)


def digest_of(shard: Shard) -> str:
    """Changes with the shard's content: SHA-256 of a file; of an object what its store says of it, without reading it.

    Raises ShardUnreadable.
    """
    system, path = filesystem_of(shard.address)
    try:
        if "://" not in shard.address:
            with Path(path).open("rb") as stream:
                return file_digest(stream, "sha256").hexdigest()
        return sha256(f"{shard.address}\x1f{system.checksum(path)}".encode()).hexdigest()
    except OSError as error:
        raise ShardUnreadable(f"{shard.place} cannot be read: {error}") from error


def read_shard(shard: Shard, *, settings: FetchSettings, now: Callable[[], datetime]) -> Iterator[Fetched]:
    """Every record of a shard once: a page or a named skip; nothing counts as known.

    Raises ShardUnreadable where the disk or the store fails, which another try may not meet.
    """
    source = Source(name=shard.source, kind="warc" if shard.kind == "warc" else "jsonl", path=shard.address)
    system, path = filesystem_of(shard.address)
    try:
        raw = system.open(path, "rb", **({} if "://" not in shard.address else {"cache_type": "readahead"}))
    except OSError as error:
        raise ShardUnreadable(f"{shard.place} cannot be opened: {error}") from error
    with io.BufferedReader(_Steady(raw, shard.place), READ_AHEAD) as buffered:
        yield from _read(shard, cast("BinaryIO", buffered), source, settings, now)


def _read(
    shard: Shard, stream: BinaryIO, source: Source, settings: FetchSettings, now: Callable[[], datetime]
) -> Iterator[Fetched]:
    reader = read_warc if shard.kind == "warc" else read_jsonl
    if shard.kind != "parquet":
        yield from reader(stream, name=shard.name, source=source, settings=settings, known=NOTHING_KNOWN, now=now)
        return
    from extract.fetch.parquet import ParquetLines  # pyarrow takes a second to import

    rows = ParquetLines(stream)
    lines = cast("BinaryIO", rows)
    for fetched in read_jsonl(lines, name=shard.name, source=source, settings=settings, known=NOTHING_KNOWN, now=now):
        if rows.damage is None or fetched.record.reason != "empty":
            yield fetched
    if rows.damage is not None:
        yield skipped(
            shard.place, shard.source, now(), "bad_parquet", f"the rows before were read: {rows.damage}"[:200]
        )


def failed_shard(shard: Shard, at: datetime, detail: str) -> Fetched:
    """A shard that nothing came of."""
    return skipped(shard.place, shard.source, at, "shard_failed", detail)


def no_shard(shard: Shard, at: datetime) -> Fetched:
    """A file of another kind beside the shards."""
    return skipped(shard.place, shard.source, at, "not_an_article_type", f"no shard; read are {', '.join(_endings())}")


class _Steady(io.RawIOBase):
    """A file whose own failures cannot be taken for damage in what it holds: readers of archives catch OSError."""

    def __init__(self, raw: BinaryIO, place: str) -> None:
        self._raw, self._place = raw, place

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        try:
            found = self._raw.read(len(view))
        except OSError as error:
            raise ShardUnreadable(f"{self._place} failed while it was read: {error}") from error
        view[: len(found)] = found
        return len(found)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._raw.seek(offset, whence)

    def tell(self) -> int:
        return self._raw.tell()

    def close(self) -> None:
        self._raw.close()
        super().close()
