"""The arguments of `ingest`, to sources."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from extract.errors import BadSource
from extract.fetch.addresses import BadAddress, parse_address, public_text
from extract.fetch.folders import JSONL_ENDINGS, WARC_ENDINGS
from extract.models import Source


def sources_for(arguments: Sequence[str]) -> list[Source]:
    """The sources for `ingest PATH_OR_URL…`: a folder or a file's folder gives the name, addresses are joined by host.

    Raises BadSource for what is neither, and for two folders of the same name, whose pages could not be told apart.
    """
    if not arguments:
        raise BadSource("nothing to ingest: name files, folders or http(s) addresses")
    places: dict[str, Path] = {}
    hosts: dict[str, list[str]] = {}
    sources: list[Source] = []
    for argument in arguments:
        if re.match(r"(?i)https?:", argument):
            hosts.setdefault(_host_of(argument), []).append(argument)
            continue
        source, folder = _file_source(argument)
        if places.setdefault(source.name, folder) != folder:
            raise BadSource(
                f"{argument} and {places[source.name]} would both be the source {source.name!r}: "
                "name them apart in a SOURCES.toml"
            )
        if source not in sources:
            sources.append(source)
    return sources + [Source(name=host, kind="urls", urls=tuple(urls)) for host, urls in hosts.items()]


def _host_of(argument: str) -> str:
    try:
        return parse_address(argument).host
    except BadAddress as error:
        raise BadSource(f"{public_text(argument)}: {error}") from None


def _file_source(argument: str) -> tuple[Source, Path]:
    """The source for one path and the folder that gives its name."""
    try:
        path = Path(argument).expanduser()
        exists = path.exists()
    except (OSError, ValueError, RuntimeError):
        exists = False
    if not exists:
        hint = "only http and https addresses are read" if "://" in argument else "no such file or folder"
        raise BadSource(f"{public_text(argument)}: {hint}")
    folder = path.resolve() if path.is_dir() else path.parent.resolve()
    lower = path.name.lower()
    kind = "jsonl" if lower.endswith(JSONL_ENDINGS) else "warc" if lower.endswith(WARC_ENDINGS) else "folder"
    name = "".join(char if char.isprintable() else "_" for char in folder.name) or "root"
    return Source(name=name, kind="folder" if path.is_dir() else kind, path=str(path)), folder  # type: ignore[arg-type] # one of three kinds
