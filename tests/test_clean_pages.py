"""Pages that are no article are skipped by name; facts are read from the best place on the page."""

# ruff: noqa: E501 - mark-up and printed lines stand as they are read

from datetime import UTC, datetime

import pytest

from extract.clean import clean_page, drop_furniture
from extract.models import Article, Page, Skip

FETCHED_AT = datetime(2032, 1, 1, tzinfo=UTC)
STORY = [
    "Crews brought 212 passengers ashore at Brindle Point on Tuesday after the ferry took on water, the coast guard said.",
    "Three people were still missing at noon, a spokeswoman told reporters on the quay, and divers went down twice.",
    "The company that runs the line had first spoken of 190 passengers, but it counted again when families called in.",
    "An inquiry into the hull plates will begin on Thursday and is expected to last for months, the ministry said.",
]


def clean(body, head="", url="https://paper.example/a", **given):
    markup = f"<html><head>{head}</head><body>{body}</body></html>"
    return clean_page(Page(url, "papers", markup.encode(), "text/html", FETCHED_AT, charset="utf-8", **given))


def story(lines=STORY):
    return "<article><h1>Ferry rescue ends well</h1>" + "".join(f"<p>{line}</p>" for line in lines) + "</article>"


def links(count):
    return (
        "<ul>"
        + "".join(f'<li><a href="/{n}">Town number {n} opens another bridge this week</a></li>' for n in range(count))
        + "</ul>"
    )


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("index_page", f"<h1>Latest</h1>{links(40)}"),
        ("soft_404", "<h1>Page not found</h1><p>The page you are looking for does not exist.</p>" + links(5)),
        ("soft_404", "<h1>404</h1><p>Try the search above.</p>" + links(5)),
        ("soft_404", "<h1>Error 404</h1><p>Try the search above.</p>" + links(5)),
        (
            "login_wall",
            "<h1>Ferry rescue ends well</h1><p>Crews brought passengers ashore.</p><p>Log in to continue reading.</p>",
        ),
        ("video_stub", "<h1>Ferry rescue</h1><div class='player'>Video player is loading. 0:00 / 1:24</div>"),
        ("no_text", "<nav><a href='/'>Home</a></nav>"),
        ("no_text", ""),
    ],
)
def test_a_page_that_is_no_article_is_skipped_by_name(name, body):
    skip = clean(body)
    assert isinstance(skip, Skip)
    assert skip.reason == name


def test_a_short_article_about_404_people_is_an_article():
    page = clean(
        "<article><h1>404 injured in Velm</h1><p>The hospital of Velm said 404 people were hurt on Monday.</p></article>"
    )
    assert isinstance(page, Article)


def test_an_article_with_many_links_beside_it_is_an_article():
    assert isinstance(clean(story() + f"<aside>{links(60)}</aside>"), Article)


def test_json_ld_comes_before_meta_and_keeps_its_zone():
    head = (
        '<script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, {"@type": "NewsArticle", "headline": "Ferry rescue ends well",'
        '"datePublished": "2031-03-04T09:20:00+02:00", "dateModified": "2031-03-04T12:00:00Z", "author": [{"name": "Ann Lee"}, {"name": "Bo Ek"}]}]}</script>'
        '<meta property="article:published_time" content="2030-01-01">'
    )
    article = clean(story(), head)
    assert article.published_at == datetime(2031, 3, 4, 7, 20, tzinfo=UTC)
    assert article.modified_at == datetime(2031, 3, 4, 12, tzinfo=UTC)
    assert (article.published_from, article.author) == ("json-ld", "Ann Lee, Bo Ek")


@pytest.mark.parametrize(
    ("head", "body", "url", "moment", "source"),
    [
        (
            '<meta name="pubdate" content="2031-03-04">',
            "",
            "https://p.example/a",
            datetime(2031, 3, 4, tzinfo=UTC),
            "meta",
        ),
        ("", "<time datetime='2031-03-05'>x</time>", "https://p.example/a", datetime(2031, 3, 5, tzinfo=UTC), "time"),
        ("", "", "https://p.example/2031/03/06/ferry", datetime(2031, 3, 6, tzinfo=UTC), "url"),
        (
            '<meta name="pubdate" content="2077-03-04">',
            "",
            "https://p.example/2031/03/06/a",
            datetime(2031, 3, 6, tzinfo=UTC),
            "url",
        ),
        ('<meta name="pubdate" content="soon">', "", "https://p.example/a", None, None),
    ],
)
def test_the_moment_of_publication_is_found_and_told_where_from(head, body, url, moment, source):
    article = clean(story() + body, head, url)
    assert (article.published_at, article.published_from) == (moment, source)


@pytest.mark.parametrize(
    "document", ["{", "[" * 100_000, '{"@type": "NewsArticle", "author": {"name": {"name": 3}}}', "null", '"x"']
)
def test_broken_json_ld_says_nothing_and_breaks_nothing(document):
    assert isinstance(clean(story(), f'<script type="application/ld+json">{document}</script>'), Article)


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("https://paper.example/b", "https://paper.example/b"),
        ("/b", "https://paper.example/b"),
        ("javascript:alert(1)", None),
        ("http://[bad", None),
    ],
)
def test_the_canonical_address_is_http_or_nothing(address, found):
    assert clean(story(), f'<link rel="canonical" href="{address}">').canonical_url == found


def test_words_of_scripts_and_styles_are_no_text():
    article = clean(story() + "<script>var toll = 'the toll of 9,999';</script><style>p::after {content: 'x'}</style>")
    assert "9,999" not in "".join(block.text for block in article.blocks)


@pytest.mark.parametrize("city", ["Istanbul", "\u0130stanbul"])
def test_a_script_closed_in_capitals_ends_there_whatever_letters_grow_when_lowered(city):
    article = clean(f"<p>{city}</p><SCRIPT>var toll = 'the toll of 9,999'</SCRIPT>" + story())
    assert all(line in article.text for line in STORY)
    assert "9,999" not in "".join(block.text for block in article.blocks)


def test_a_row_of_a_table_is_one_line_with_tabs_between_its_cells():
    table = "<table><tr><th>Town</th><th>Homes</th></tr><tr><td>Orle</td><td>103</td></tr></table>"
    page = clean(
        "<article><h1>Ferry rescue ends well</h1>"
        + "".join(f"<p>{line}</p>" for line in STORY[:2])
        + table
        + "".join(f"<p>{line}</p>" for line in STORY[2:])
        + "</article>"
    )
    assert "Orle\t103" in [block.text for block in page.blocks]


def outlet_page(number, *lines):
    return clean(
        story([f"Report number {number} of the day tells of boat {number} and what came of it.", *STORY, *lines]),
        url=f"https://paper.example/{number}",
        outlet="Paper",
    )


def test_a_line_on_many_pages_of_an_outlet_is_furniture():
    promise = "The Paper tells the truth about the harbour every morning of the week."
    pages = [
        clean(
            story(
                [
                    f"Report number {n} tells of {word} boats and of their crews in the {word} night.",
                    f"On the {word} quay stood {n} people who waited for news of the {word} ships.",
                    promise,
                ]
            ),
            url=f"https://paper.example/{n}",
            outlet="Paper",
        )
        for n, word in enumerate(["first", "second", "third", "fourth"])
    ]
    cleaned = drop_furniture(pages, {})
    assert all(promise not in article.text for article in cleaned)
    assert all(
        [block.reason for block in article.blocks if block.text == promise] == ["furniture"] for article in cleaned
    )


def test_a_report_printed_several_times_is_no_furniture():
    pages = [clean(story(), url=f"https://paper.example/{n}", outlet="Paper") for n in range(6)]
    assert drop_furniture(pages, {}) == pages


def test_a_line_seen_on_pages_of_earlier_runs_counts():
    article = clean(story(), outlet="Paper")
    seen = {("Paper", STORY[3].lower()): 5}
    assert STORY[3] not in drop_furniture([article], seen)[0].text
    assert STORY[3] in drop_furniture([article], {("Other", STORY[3].lower()): 5})[0].text
