"""The pages in a real browser: quiet, reachable, readable, and deaf to what hostile pages say."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from report_warehouse import HOSTILE_TITLE, NOW, open_small_warehouse

from checks.report.site import build_report

pytestmark = pytest.mark.browser

PAGES = ["index.html", "contradictions.html", "stories.html", "stories/s1.html", "articles/a0.html", "articles/a2.html"]
PAGES += ["outlets.html", "claimants.html", "about.html"]


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "report"
    build_report(open_small_warehouse(), folder, NOW)
    return folder


@pytest.fixture(params=["light", "dark"])
def page(browser, request):
    context = browser.new_context(color_scheme=request.param, viewport={"width": 1400, "height": 1000})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("file", PAGES)
def test_no_page_asks_for_anything_or_complains(page, site, file):
    requests, complaints = [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto((site / file).as_uri())
    assert requests == [(site / file).as_uri()]
    assert complaints == []


@pytest.mark.parametrize("file", PAGES)
def test_axe_finds_no_fault_in_contrast_labels_or_structure(page, site, file):
    from axe_playwright_python.sync_playwright import Axe

    page.goto((site / file).as_uri())
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()


@pytest.mark.parametrize("file", PAGES)
def test_nothing_is_wider_than_a_phone(browser, site, file):
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto((site / file).as_uri())
    width = page.evaluate("document.documentElement.scrollWidth")
    _keep_picture(page, file)
    context.close()
    assert width <= 390


def test_a_hostile_title_is_text_and_runs_nothing(page, site):
    page.goto((site / "articles" / "a0.html").as_uri())
    assert page.locator("h1").inner_text() == HOSTILE_TITLE
    assert "owned" not in page.title() or "<script>" in page.title()
    assert page.locator("main a[href^='javascript']").count() == 0


def test_a_contradiction_is_one_click_from_its_words_in_the_article(page, site):
    page.goto((site / "index.html").as_uri())
    page.get_by_role("link", name="in the article").first.click()
    target = page.url.split("#")[1]
    assert page.locator(f"li[id='{target}']").is_visible()


def test_the_keyboard_reaches_the_content_first(page, site):
    page.goto((site / "index.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"


def _keep_picture(page, file):
    """Pictures are kept where CI asks for them."""
    if folder := os.environ.get("TALLYWIRE_ARTIFACTS"):
        page.screenshot(path=Path(folder) / f"report-{file.replace('/', '-')}.png", full_page=True)
