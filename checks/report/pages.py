"""The template environment: what a page may use, and how it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from checks.report import marks, wording
from checks.report.reading import Row

CLIP_CHARACTERS = 400  # a dropped block or message longer than this is cut, so that no page grows without bound
SHORT_CHARACTERS = 240


@dataclass(frozen=True, slots=True)
class Press:
    """Where pages are written and with what."""

    folder: Path
    environment: Environment

    def write(self, template: str, file: str, **values: object) -> None:
        """Render one template into one file below the folder; `file` is made of our own ids and words only."""
        target = self.folder / file
        target.parent.mkdir(parents=True, exist_ok=True)
        values = {"root": "../" * file.count("/"), "here": file, **values}
        target.write_text(self.environment.get_template(template).render(values), encoding="utf-8")


def open_press(folder: Path, made_at: datetime) -> Press:
    """A press with all filters; everything is escaped unless made by `marks`."""
    environment = Environment(
        loader=PackageLoader("checks.report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters.update(_filters())
    style = files("checks.report").joinpath("templates", "style.css").read_text(encoding="utf-8")
    environment.globals.update(style=Markup(style), made_at=made_at)  # noqa: S704 - our own style sheet
    environment.tests["web"] = is_web
    environment.filters["is_web"] = is_web
    return Press(folder, environment)


def is_web(url: str | None) -> bool:
    """Whether an address may become a link: http and https only, never javascript: or file:."""
    try:
        return urlsplit(url or "").scheme in ("http", "https")
    except ValueError:
        return False


def clip(text: str | None) -> str:
    """At most CLIP_CHARACTERS of the text."""
    text = text or ""
    return text if len(text) <= CLIP_CHARACTERS else f"{text[:CLIP_CHARACTERS]}… ({len(text):,} characters)"


def shorten(sentence: str, quote: str) -> Markup:
    """The sentence with its number marked, cut around the number where it is long."""
    start = max(sentence.find(quote), 0)
    if len(sentence) > SHORT_CHARACTERS:
        left = max(0, start - SHORT_CHARACTERS // 2)
        right = min(len(sentence), left + SHORT_CHARACTERS)
        sentence = f"{'…' if left else ''}{sentence[left:right]}{'…' if right < len(sentence) else ''}"
    return marks.mark_quotes(sentence, [quote])


def _filters() -> Mapping[str, object]:
    return {
        "number": wording.number,
        "as_of": wording.as_of,
        "day": wording.day,
        "moment": wording.moment,
        "count": wording.count,
        "span": wording.span,
        "manner": wording.manner,
        "subject": wording.subject,
        "kind_label": lambda kind: wording.KIND_LABELS.get(kind, kind),
        "severity_sign": lambda severity: wording.SEVERITY_SIGNS.get(severity, ""),
        "row_bounds": _row_bounds,
        "mark_quotes": marks.mark_quotes,
        "clip": clip,
        "shorten": shorten,
    }


def _row_bounds(row: Row) -> str:
    return wording.bounds(row["low"], row["high"])
