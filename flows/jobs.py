"""What a person asked for, as the job of a run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from extract.errors import BadSource
from extract.fetch import FetchSettings, parse_sources, sources_for
from extract.models import Tracker
from flows.run import Job, archive_of
from flows.settings import Settings

RECHECK_SECONDS = 1800.0  # before a page is read again; a page that was named to `ingest` is read whenever it is named


def job_of_sources(path: Path, settings: Settings) -> Job:
    """All sources and trackers of a SOURCES.toml. Raises BadSource with the line that cannot be read as meant."""
    if not path.is_file():
        raise BadSource(f'{path}: no such file; write one (see README, "Your own articles") or name another')
    read = parse_sources(path)
    usual = FetchSettings(contact=settings.contact, recheck_seconds=RECHECK_SECONDS)
    return Job("track", read.sources, read.trackers, read.fetch_settings(usual))


def job_of_places(places: Sequence[str], settings: Settings) -> Job:
    """The files, folders and addresses of `ingest`. Raises BadSource for what is neither."""
    fetch = FetchSettings(contact=settings.contact)
    return Job("ingest", tuple(sources_for(places)), trackers_of(settings), fetch)


def job_of_stored(settings: Settings) -> Job:
    """What is stored, anew."""
    return Job("recheck", trackers=trackers_of(settings))


def trackers_of(settings: Settings) -> tuple[Tracker, ...]:
    """The trackers of the usual SOURCES.toml; every run needs them, or a story's name would change with the command."""
    return parse_sources(settings.sources).trackers if settings.sources.is_file() else ()


def job_of_archive(folder: Path | None, settings: Settings) -> Job:
    """All that an archive kept, the warehouse's own where none is named. Raises BadSource where there is none."""
    folder = folder or archive_of(settings.warehouse)
    if not folder.is_dir():
        raise BadSource(f"{folder}: no such archive; name the folder that an earlier run left beside its warehouse")
    return Job("replay", trackers=trackers_of(settings), replayed=folder)
