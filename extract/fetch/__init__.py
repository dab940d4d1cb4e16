"""The only network code, and the readers of files."""

from extract.fetch.archive import Archive, LandedRun
from extract.fetch.arguments import sources_for
from extract.fetch.memory import HostMemory
from extract.fetch.read import read_sources
from extract.fetch.records import unless_forgotten
from extract.fetch.settings import Clock, FetchSettings, Known
from extract.fetch.sources import SourcesFile, parse_sources

__all__ = [
    "Archive",
    "Clock",
    "FetchSettings",
    "HostMemory",
    "Known",
    "LandedRun",
    "SourcesFile",
    "parse_sources",
    "read_sources",
    "sources_for",
    "unless_forgotten",
]
