"""The pages people read, built from a small warehouse."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from report_warehouse import NOW, add_relation, open_small_warehouse

from checks.report.marks import mark_figures, mark_quotes
from checks.report.pages import is_web
from checks.report.reading import Follower
from checks.report.site import build_report
from checks.report.wording import as_of, bounds, count, number, span


class Links(HTMLParser):
    """All addresses and element names of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.elements: set[str] = set()
        self.ids: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.elements.add(tag)
        self.addresses += [value for name, value in attrs if name in ("href", "src") and value]
        self.ids += [value for name, value in attrs if name == "id" and value]


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "report"
    build_report(open_small_warehouse(), folder, NOW)
    return folder


def pages_of(site: Path) -> dict[Path, str]:
    return {path: path.read_text(encoding="utf-8") for path in sorted(site.rglob("*.html"))}


def test_every_link_inside_the_site_leads_to_a_page_and_an_element(site):
    pages = pages_of(site)
    for path, page in pages.items():
        for address in Links(page).addresses:
            if is_web(address):
                continue
            file, _, fragment = address.partition("#")
            target = (path.parent / file).resolve() if file else path
            assert target in pages, f"{path.name} links to {address}"
            assert not fragment or fragment in Links(pages[target]).ids, f"{path.name} links to {address}"


def test_no_page_carries_a_script_or_a_link_of_another_scheme(site):
    for path, page in pages_of(site).items():
        links = Links(page)
        assert "script" not in links.elements, path
        assert not [
            address for address in links.addresses if address.lower().startswith(("javascript:", "data:", "file:"))
        ]


def test_a_hostile_title_stands_on_the_page_as_text(site):
    page = (site / "articles" / "a0.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;document.title=" in page
    assert "<script" not in page


def test_every_open_contradiction_is_reached_from_the_first_page_with_both_sentences(site):
    page = (site / "index.html").read_text(encoding="utf-8")
    assert "Riverpost says at least 164; Hill Herald says 43." in page
    assert "<mark>At least 164 people</mark> died" in page
    assert "Officials count <mark>43 dead</mark>" in page


def test_each_of_many_contradictions_is_two_clicks_from_the_first_page_at_most(tmp_path):
    connection = open_small_warehouse()
    many = [f"many{number:03}" for number in range(350)]
    for relation_id in many:
        severity = ("high", "medium", "low")[int(relation_id[4:]) % 3]
        add_relation(connection, relation_id, "source_conflict", severity=severity, explanation="One says 164.")
    pages = pages_of(build_report(connection, tmp_path / "report", NOW).index.parent)
    reached = {path for path in pages if path.name == "index.html"}
    for _click in range(2):
        addresses = [(path, address.partition("#")[0]) for path in reached for address in Links(pages[path]).addresses]
        reached |= {(path.parent / file).resolve() for path, file in addresses if file and not is_web(file)}
    shown = "".join(pages[path] for path in reached)
    assert [relation_id for relation_id in many if f"relation {relation_id}" not in shown] == []
    assert max(len(page.encode()) for page in pages.values()) <= 500_000


def test_an_update_is_told_on_its_story_and_not_among_the_contradictions(site):
    assert "The toll grew from 42 to 43." in (site / "stories" / "s1.html").read_text(encoding="utf-8")
    assert "The toll grew" not in (site / "contradictions.html").read_text(encoding="utf-8")


def test_a_story_shows_its_time_line_with_words_for_those_who_do_not_see_it(site):
    page = (site / "stories" / "s1.html").read_text(encoding="utf-8")
    assert 'role="img" aria-label="killed · Almaty. From 164 on 2026-03-04 to 43 on 2026-03-05' in page
    assert "var(--accent)" in page


@pytest.mark.parametrize(("qualifier", "is_news"), [("more_than", False), ("exact", True)])
def test_more_than_the_number_before_is_no_move_by_one(tmp_path, qualifier, is_news):
    connection = open_small_warehouse()
    connection.execute(
        "UPDATE core.figures SET qualifier = ?, value = 164, low = 165 WHERE figure_id = 'f2'", [qualifier]
    )
    connection.execute("UPDATE core.timeline SET low = 165, best = 165 WHERE list_contains(figure_ids, 'f2')")
    today = build_report(connection, tmp_path / "report", NOW).index.read_text(encoding="utf-8")
    assert ("<b>165</b>" in today) == is_news


def test_a_second_version_tells_what_changed(site):
    page = (site / "articles" / "a2.html").read_text(encoding="utf-8")
    assert re.search(r'class="removed".*Officials count 42 dead\.', page)
    assert re.search(r'class="added".*Officials count 43 dead\.', page)


def test_a_dropped_block_is_shown_with_its_reason(site):
    page = (site / "articles" / "a0.html").read_text(encoding="utf-8")
    assert "Please donate 5 euros" in page
    assert "<b>donation</b>" in page


def test_building_again_replaces_the_site_whole(tmp_path):
    folder = tmp_path / "report"
    build_report(open_small_warehouse(), folder, NOW)
    (folder / "articles" / "stale.html").write_text("old")
    build_report(open_small_warehouse(), folder, NOW)
    assert not (folder / "articles" / "stale.html").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_a_folder_that_holds_something_else_is_not_touched(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(FileExistsError, match="name another folder"):
        build_report(open_small_warehouse(), tmp_path, NOW)
    assert (tmp_path / "thesis.txt").read_text() == "mine"


def test_a_warehouse_without_any_article_still_gives_all_pages(tmp_path):
    connection = open_small_warehouse()
    for table in ("articles", "blocks", "figures", "relations", "stories", "timeline", "claimants"):
        connection.execute(f"DELETE FROM core.{table}")
    report = build_report(connection, tmp_path / "report", NOW)
    assert (report.articles, report.contradictions) == (0, 0)
    assert "None is open." in report.index.read_text(encoding="utf-8")


def test_the_same_warehouse_gives_the_same_bytes(site, tmp_path):
    build_report(open_small_warehouse(), tmp_path / "again", NOW)
    first = {path.relative_to(site): text for path, text in pages_of(site).items()}
    assert first == {path.relative_to(tmp_path / "again"): text for path, text in pages_of(tmp_path / "again").items()}


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (164, 164, "164"),
        (164, None, "164 or more"),
        (None, 10, "at most 10"),
        (2000, 4000, "2,000 to 4,000"),
        (None, None, "any number"),
    ],
)
def test_bounds_read_as_words(low, high, words):
    assert bounds(low, high) == words


@pytest.mark.parametrize(
    ("value", "words"), [(None, "…"), (0, "0"), (1234567.5, "1,234,567.5"), (4.2, "4.2"), (100, "100")]
)
def test_numbers_keep_their_digits_and_lose_their_zeros(value, words):
    assert number(value) == words


@pytest.mark.parametrize(
    ("number_of", "noun", "words"),
    [(1, "story", "1 story"), (0, "story", "0 stories"), (1200, "outlet", "1,200 outlets")],
)
def test_counts_agree_with_their_noun(number_of, noun, words):
    assert count(number_of, noun) == words


def test_a_number_without_a_day_says_so():
    assert as_of(NOW) == "as of 2026-03-05"
    assert as_of(None) == "day not told"


def test_a_story_of_one_day_names_it_once():
    assert span(NOW, NOW) == "2026-03-05"


def test_a_quote_that_is_not_in_its_sentence_marks_nothing_and_still_escapes():
    assert mark_quotes("a < b", ["12"]) == "a &lt; b"


def test_two_quotes_of_one_sentence_are_both_marked_and_never_inside_a_longer_number():
    marked = mark_quotes("Of 162 hurt, 16 died and 2 fled", ["16", "2"])
    assert marked == "Of 162 hurt, <mark>16</mark> died and <mark>2</mark> fled"


def test_overlapping_figures_are_marked_once():
    figures = [
        {"figure_id": "x", "char_start": 0, "char_end": 6, "hint": "six", "trackable": True},
        {"figure_id": "y", "char_start": 3, "char_end": 9, "hint": "late", "trackable": True},
    ]
    [paragraph] = mark_figures("abcdefghi", figures)
    assert paragraph.count("<a ") == 1
    assert ">abcdef</a>ghi" in paragraph


def test_a_follower_gives_each_key_its_rows_and_skips_what_nobody_asks_for():
    follower = Follower(iter([{"k": "a", "n": 1}, {"k": "b", "n": 2}, {"k": "b", "n": 3}, {"k": "d", "n": 4}]), "k")
    assert [[row["n"] for row in follower.rows_of(key)] for key in "bcde"] == [[2, 3], [], [4], []]
