"""A small paper on loopback, and runs of the pipeline over it under a clock that the test moves."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from flows.jobs import job_of_archive, job_of_sources
from flows.pipeline import run_pipeline
from flows.settings import Settings
from tests.hostile_answers import answer, feed, item, page
from tests.hostile_server import HostileServer
from warehouse.reader import open_reader

MORNING = datetime(2026, 5, 5, 8, tzinfo=UTC)
FILLING = (
    "Crews worked through the night on the bank of the river, and the road to the bridge stayed closed to all traffic."
)


def article(headline: str, sentence: str, published: str = "2026-05-05T07:00:00Z") -> bytes:
    """One page of the paper as its server sends it."""
    return page(
        f"<!DOCTYPE html><html lang=en><head><title>{headline} | The Lodz Courier</title>"
        f"<meta property='article:published_time' content='{published}'></head><body><article><h1>{headline}</h1>"
        f"<p>{sentence}</p><p>{FILLING}</p></article></body></html>".encode()
    )


FERRY = article("Ferry sinks near Lodz", "Police said 14 people were killed when a ferry sank near Lodz on Monday.")
FERRY_EDITED = article(
    "Ferry sinks near Lodz", "Police said 19 people were killed when a ferry sank near Lodz on Monday."
)
INQUIRY = article(
    "Ferry inquiry opens", "The mayor said 31 people were killed when the ferry sank near Lodz on Monday."
)
FIRE = article(
    "Mill burns in Torun", "The fire brigade said 7 workers were injured when a mill burnt in Torun on Monday."
)


class Paper:
    """The paper's server with a feed, and one warehouse that follows it."""

    def __init__(self, server: HostileServer, folder: Path, *, recheck_seconds: float = 1800) -> None:
        self.server, self.folder, self.now = server, folder, MORNING
        self.settings = Settings(warehouse=folder / "warehouse.duckdb", workers=1, mode="fast")
        self.sources = folder / "SOURCES.toml"
        self.sources.write_text(
            f"[fetch]\nrecheck_seconds = {recheck_seconds}\nattempts = 1\nbackoff_seconds = 0.01\nread_seconds = 2\n"
            '[[source]]\nname = "courier"\nkind = "feed"\noutlet = "The Courier"\nevery = 0\n'
            f'url = "{server.url("/feed")}"\n'
        )
        server.routes["/robots.txt"] = answer("404 Not Found")

    def print(self, **pages: bytes) -> None:
        """Put pages on the air under their names."""
        self.server.routes |= {f"/{name}": reply for name, reply in pages.items()}

    def list(self, *names: str) -> None:
        """Make the feed name these pages."""
        self.server.routes["/feed"] = feed(*(item(f"/{name}") for name in names))

    def track(self):
        """One run over the feed."""
        return run_pipeline(job_of_sources(self.sources, self.settings), self.settings, now=lambda: self.now)

    def replay(self, warehouse: Path):
        """A warehouse made from this one's archive alone."""
        settings = replace(self.settings, warehouse=warehouse)
        job = job_of_archive(self.settings.warehouse.with_name("warehouse.archive"), settings)
        return run_pipeline(job, settings, now=lambda: self.now)

    def rows(self, query: str, warehouse: Path | None = None) -> list[tuple[object, ...]]:
        """The answer of the published warehouse."""
        with closing(open_reader(warehouse or self.settings.warehouse)) as connection:
            return connection.execute(query).fetchall()


TOWNS = (
    *("Lodz", "Torun", "Gdansk", "Krakow", "Lublin", "Poznan", "Bergen", "Malmo", "Turin", "Genoa", "Porto", "Seville"),
    *("Lyon", "Nantes", "Graz", "Leipzig", "Bremen", "Cork", "Leeds", "Bristol", "Varna", "Split", "Tartu", "Brno"),
)
ACCIDENTS = (
    ("Crane", "a crane fell onto the quay", "The dockers' union"),
    ("Bus", "a bus left the mountain road", "The police"),
    ("Mill", "a mill burnt down", "The fire brigade"),
    ("Flood", "a dam broke above the town", "The mayor"),
    ("Storm", "a storm took the roof off a hall", "The hospital"),
    ("Train", "two trains met on one track", "The railway"),
    ("Mine", "a shaft collapsed", "The mine's owner"),
)


def accident(number: int) -> bytes:
    """The number-th of many pages, each in words of its own."""
    town, (thing, event, claimant) = TOWNS[number % len(TOWNS)], ACCIDENTS[number // len(TOWNS) % len(ACCIDENTS)]
    day = date(2026, 1, 1) + timedelta(days=number // (len(TOWNS) * len(ACCIDENTS)))
    hurt = 3 + number * 7 % 90
    return article(
        f"{thing} accident in {town}, report {number}",
        f"{claimant} said {hurt} people were injured when {event} in {town} on {day:%d %B %Y}.",
        f"{day.isoformat()}T09:00:00Z",
    )


QUICK_FAULTS = (answer("404 Not Found"), answer("500 Internal Server Error"), page(b""), answer("403 Forbidden"))


def fill(servers: list[HostileServer], addresses: int) -> list[str]:
    """Put so many pages on the servers, every twentieth a fault; returns their addresses, hosts mixed."""
    urls = []
    for number in range(addresses):
        server, path = servers[number % len(servers)], f"/n/{number}"
        fault = QUICK_FAULTS[number // 20 % len(QUICK_FAULTS)]
        server.routes[path] = fault if number % 20 == 7 else accident(number)
        urls.append(server.url(path))
    return urls
