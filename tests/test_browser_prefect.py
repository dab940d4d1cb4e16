"""What a person sees who has only a browser: Prefect's UI over `tallywire serve`, in a real Chromium."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from box import PATIENCE_SECONDS, Box, serving

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

ARTICLE = """Crane kills 29 people in Gdansk harbour

The police said 12 people were killed when a crane fell onto the quay in Gdansk on Sunday.
The dockers' union said 29 people were killed when the crane fell onto the quay in Gdansk on Sunday.
The harbour was closed for the rest of the day and ships were told to wait at sea.
"""


@pytest.fixture(scope="module")
def box(tmp_path_factory) -> Iterator[Box]:
    with serving(tmp_path_factory.mktemp("box"), {"quiet.txt": "A calm day\n"}, schedule="every 30 days") as box:
        box.wait_until_ready()
        yield box


@pytest.fixture
def page(browser, box):
    """The page of the deployments, after a login by hand."""
    context = browser.new_context(viewport={"width": 1400, "height": 1100})
    context.route(lambda url: not url.startswith(box.url), lambda route: route.abort())
    page = context.new_page()
    page.set_default_timeout(PATIENCE_SECONDS * 1000)
    page.goto(box.url)
    page.locator("input[type=password]").fill(":".join(box.login))
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Deployments").click()
    yield page
    context.close()


def open_form(page, name):
    page.get_by_role("link", name=name, exact=True).first.click()
    page.get_by_role("button", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Custom run").click()
    page.get_by_role("button", name="Submit").wait_for()


def submit(page):
    """Send the form, as a person does who clicks once more where nothing happened."""
    from playwright.sync_api import TimeoutError as NotInTime

    begun = page.get_by_role("button", name="View run")
    page.get_by_role("button", name="Submit").click()
    try:
        begun.wait_for(timeout=15_000)
    except NotInTime:
        page.get_by_role("button", name="Submit").click()
        begun.wait_for()


def open_artifact(page, key):
    """From a run's page over the list of all artifacts of that name to its newest."""
    page.get_by_role("link", name=key).first.click()
    page.locator("a[href*='/artifacts/artifact/']").first.click()


def test_a_person_pastes_an_article_and_finds_its_contradiction(page):
    open_form(page, "ingest")
    page.get_by_label("Text").fill(ARTICLE)
    page.get_by_label("Outlet").fill("The Quay")
    page.get_by_label("Printed on").click()
    page.get_by_role("gridcell").get_by_role("button").filter(has_text=re.compile("^1$")).first.click()
    page.keyboard.press("Escape")
    page.get_by_role("gridcell").first.wait_for(state="hidden")  # a click beside an open calendar only closes it
    keep_picture(page, "form-filled-in")
    submit(page)
    page.get_by_role("button", name="View run").click()
    page.get_by_text("Completed", exact=True).first.wait_for()
    page.get_by_role("heading", name="Crane kills 29 people").or_(
        page.get_by_text("Crane kills 29 people").first
    ).wait_for()
    page.get_by_role("tab", name="Artifacts").click()
    page.get_by_role("link", name="ingest-contradictions").first.wait_for()
    keep_picture(page, "run-completed")
    open_artifact(page, "ingest-contradictions")
    table = page.get_by_role("table")
    table.get_by_text("source conflict").wait_for()
    assert "12 people" in table.inner_text()
    assert "29 people" in table.inner_text()
    keep_picture(page, "contradiction")
    page.go_back()
    page.go_back()
    open_artifact(page, "ingest-chart")
    page.get_by_text("█").first.wait_for()
    keep_picture(page, "chart")


def test_a_wrong_value_is_refused_in_words_before_anything_runs(page, box):
    open_form(page, "ingest")
    page.get_by_label("Outlet").fill(ARTICLE)
    page.get_by_role("button", name="Submit").click()
    page.get_by_text('" is too long').first.wait_for()
    keep_picture(page, "wrong-value")
    page.get_by_role("link", name="Deployments").first.click()
    open_form(page, "recheck")
    page.get_by_label("At most").fill("0")
    page.get_by_role("button", name="Submit").click()
    said = page.get_by_label("At most").evaluate("field => field.validationMessage")
    assert said == "Value must be greater than or equal to 1."
    assert not box.runs("PENDING", "RUNNING", "FAILED")


def keep_picture(page, name):
    """Pictures are kept where CI asks for them."""
    if folder := os.environ.get("TALLYWIRE_ARTIFACTS"):
        page.screenshot(path=Path(folder) / f"prefect-{name}.png", full_page=True)
