"""Takes the README's pictures of the demo's report.

usage: python tests/pictures.py tallywire-demo/report deploy/pictures
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from test_browser_report import CHROMIUM_FLAGS

WIDTH = 1100
STORY = "Piedmont dam"


def take_pictures(report: Path, folder: Path) -> None:
    """today.png: the first page down to its first contradictions. story.png: the first time lines of a story."""
    from playwright.sync_api import sync_playwright

    folder.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM_FLAGS)
        page = browser.new_page(viewport={"width": WIDTH, "height": 1000}, color_scheme="light")
        page.goto((report / "index.html").resolve().as_uri())
        page.screenshot(path=folder / "today.png")
        page.get_by_role("link", name=STORY).first.click()
        page.get_by_role("heading", name="Time lines").evaluate("heading => heading.scrollIntoView()")
        page.screenshot(path=folder / "story.png")
        browser.close()


if __name__ == "__main__":
    take_pictures(Path(sys.argv[1]), Path(sys.argv[2]))
