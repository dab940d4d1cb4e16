"""Takes the README's pictures of the demo's report.

usage: python tests/pictures.py tallywire-demo/report deploy/pictures
"""

from __future__ import annotations

import sys
from pathlib import Path

from chromium import chromium

WIDTH = 1100
STORY = "Piedmont dam"


def take_pictures(report: Path, folder: Path) -> None:
    """today.png: the first page down to its first contradictions. story.png: the first time lines of a story."""
    folder.mkdir(exist_ok=True)
    with chromium() as browser:
        page = browser.new_page(viewport={"width": WIDTH, "height": 1000}, color_scheme="light")
        page.goto((report / "index.html").resolve().as_uri())
        page.screenshot(path=folder / "today.png")
        page.get_by_role("link", name=STORY).first.click()
        page.get_by_role("heading", name="Time lines").evaluate("heading => heading.scrollIntoView()")
        page.screenshot(path=folder / "story.png")


if __name__ == "__main__":
    take_pictures(Path(sys.argv[1]), Path(sys.argv[2]))
