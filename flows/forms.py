"""What people type into the UI's forms, checked before it is used: a form is filled in by whoever may log in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, SerializerFunctionWrapHandler, WithJsonSchema, model_serializer

from extract.errors import BadSource, FactError
from extract.fetch import parse_sources
from extract.fetch.addresses import public_text
from extract.ids import hash_id
from extract.models import Source
from flows.settings import Settings, Severity
from flows.wording import one_line

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)

# Prefect's form shows every "X or null" as a switch between two types, with the field hidden at first. So what may be
# left empty has an empty default, and a day has none that the form could send back as a null that is no day.
PathText = Annotated[str, Field(max_length=4096)]
Names = Annotated[list[str], Field(max_length=1000)]
Places = Annotated[list[Annotated[str, Field(min_length=1, max_length=4096)]], Field(max_length=10_000)]
OptionalDay = Annotated[date | None, WithJsonSchema({"type": "string", "format": "date"})]
NO_NAMES: list[str] = []


def _no_day() -> date | None:
    """A default that pydantic makes and does not put into the schema."""
    return None


class _Group(BaseModel):
    """Fields that stand together in a form; what is empty is left out of the defaults that the form begins with."""

    model_config = ConfigDict(extra="forbid")

    @model_serializer(mode="wrap")
    def _without_nulls(self, serialise: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {name: value for name, value in serialise(self).items() if value is not None}


class Pasted(_Group):
    """One article, pasted."""

    text: str = Field(
        default="",
        title="Text",
        description="The headline on a line of its own, then the paragraphs.",
        max_length=1_000_000,
    )
    outlet: str = Field(
        default="", title="Outlet", description="Who printed it; leave empty where unknown.", max_length=200
    )
    printed_on: OptionalDay = Field(
        default_factory=_no_day,
        title="Printed on",
        description="Leave empty where unknown, or where the text says it.",
    )


class Shown(_Group):
    """Which contradictions the run's page lists."""

    story: str = Field(
        default="", title="Story", description="Words of a story's name; leave empty for all stories.", max_length=200
    )
    first_day: OptionalDay = Field(
        default_factory=_no_day, title="From", description="Only numbers that speak of this day or a later one."
    )
    last_day: OptionalDay = Field(
        default_factory=_no_day, title="To", description="Only numbers that speak of this day or an earlier one."
    )
    severity: Severity = Field(default="low", title="Severity", description="This one and the graver ones.")
    most: int = Field(default=100, title="At most", description="So many, the gravest first.", ge=1, le=500)


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


def chosen(sources: Sequence[Source], names: Sequence[str]) -> tuple[Source, ...]:
    """The sources of these names, all where none is named. Raises BadSource for a name that is no source's."""
    known = [source.name for source in sources]
    for name in names:
        if name not in known:
            raise BadSource(f"there is no source {name!r}; choose of {', '.join(known)}")
    return tuple(source for source in sources if not names or source.name in names)


def source_of_pasted(pasted: Pasted, settings: Settings) -> Source | None:
    """A pasted article as a file of the source "pasted", the same one for the same words; None where none was."""
    if not pasted.text.strip():
        return None
    folder = settings.warehouse.absolute().parent / "pasted"
    folder.mkdir(parents=True, exist_ok=True)
    words = _with_day(pasted.text.strip(), pasted.printed_on)
    path = folder / f"{hash_id('pasted', words, pasted.outlet)}.txt"
    path.write_text(words + "\n", encoding="utf-8", errors="replace")
    return Source(name="pasted", kind="folder", path=str(path), outlet=pasted.outlet.strip() or None)


def _with_day(text: str, day: date | None) -> str:
    """The article with a date line below its headline, as papers print it."""
    if day is None:
        return text
    headline, _, paragraphs = text.partition("\n")
    return f"{headline.rstrip()}\n{day:%B} {day.day}, {day.year}\n\n{paragraphs.lstrip()}"


def name_track_run() -> str:
    """What the UI calls a run of `track`: "track 2026-11-21 09:00, 3 sources"."""
    from prefect.runtime import flow_run

    given = flow_run.get_parameters() or {}
    path, only = given.get("sources"), given.get("only")
    try:
        settings = Settings.from_env()
        require_allowed([str(path)] if path else [], settings)
        read = parse_sources(Path(path) if path else settings.sources).sources
    except FactError:  # the run itself will say what is wrong
        return f"track {_minute()}"
    count = len(only or read)
    return f"track {_minute()}, {count} {'source' if count == 1 else 'sources'}"


def name_ingest_run() -> str:
    """What the UI calls a run of `ingest`: "ingest 2026-11-21 09:00, …" with the first thing that it reads."""
    from prefect.runtime import flow_run

    given = flow_run.get_parameters() or {}
    places = [*(given.get("places") or []), *_headline(given.get("article"))]
    first = one_line(public_text(str(places[0])), 80) if places else "nothing"
    more = f" and {len(places) - 1} more" if len(places) > 1 else ""
    return f"ingest {_minute()}, {first}{more}"


def name_recheck_run() -> str:
    """What the UI calls a run of `recheck`: "recheck 2026-11-21 09:00"."""
    return f"recheck {_minute()}"


def name_backfill_run() -> str:
    """What the UI calls a run of `backfill`: "backfill 2026-11-21 09:00"."""
    return f"backfill {_minute()}"


def _headline(pasted: object) -> list[str]:
    """The first line of a pasted article, in quotes; Prefect gives it as a model or as its fields."""
    text = pasted.get("text", "") if isinstance(pasted, dict) else getattr(pasted, "text", "")
    return [f"“{text.strip().splitlines()[0].strip()}”"] if str(text).strip() else []


def _minute() -> str:
    return f"{datetime.now(UTC):%Y-%m-%d %H:%M}"
