"""What people type into the UI's forms, checked before it is used: a form is filled in by whoever may log in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from extract.errors import BadSource, FactError
from extract.fetch import parse_sources
from extract.ids import hash_id
from flows.settings import Settings

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


def require_allowed(paths: Sequence[str | None], settings: Settings) -> None:
    """Raise BadSource for a path outside the allowed folders: those of TALLYWIRE_FOLDERS, else the folder of the run.

    Addresses and what was left empty pass; links are followed before the look.
    """
    allowed = [
        folder.expanduser().resolve() for folder in (*(settings.folders or (Path.cwd(),)), settings.warehouse.parent)
    ]
    for path in paths:
        if not path or _ADDRESS.match(path):
            continue
        meant = Path(path).expanduser().resolve()
        if not any(meant.is_relative_to(folder) for folder in allowed):
            raise BadSource(
                f"{path} lies outside the folders that forms may name ({', '.join(map(str, allowed))}):"
                " move it there, or let whoever runs the server add its folder to TALLYWIRE_FOLDERS"
            )


def save_pasted(text: str, settings: Settings) -> Path:
    """A pasted article as a file of the source "pasted", the same one for the same text."""
    folder = settings.warehouse.absolute().parent / "pasted"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{hash_id('pasted', text)}.txt"
    path.write_text(text, encoding="utf-8", errors="replace")
    return path


def name_track_run() -> str:
    """What the UI calls a run of `track`: "track 2026-11-21 09:00, 3 sources"."""
    from prefect.runtime import flow_run

    given = (flow_run.get_parameters() or {}).get("sources")
    try:
        count = len(parse_sources(Path(given) if given else Settings.from_env().sources).sources)
    except FactError:  # the run itself will say what is wrong
        return f"track {datetime.now(UTC):%Y-%m-%d %H:%M}"
    return f"track {datetime.now(UTC):%Y-%m-%d %H:%M}, {count} {'source' if count == 1 else 'sources'}"


def name_ingest_run() -> str:
    """What the UI calls a run of `ingest`: the first thing that it reads, and how many more."""
    from prefect.runtime import flow_run

    places = list((flow_run.get_parameters() or {}).get("places") or ["pasted text"])
    more = f" and {len(places) - 1} more" if len(places) > 1 else ""
    return f"ingest {str(places[0])[:80]}{more}"
