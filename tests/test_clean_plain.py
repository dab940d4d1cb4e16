"""Plain text: what each line is by its words and by where it stands."""

# ruff: noqa: E501 - mark-up and printed lines stand as they are read

from datetime import UTC, datetime

import pytest

from extract.clean import clean_page
from extract.models import Article, Page, Skip

FETCHED_AT = datetime(2032, 1, 1, tzinfo=UTC)
FIRST = "Crews brought 212 passengers ashore at Brindle Point on Tuesday after the ferry took on water, the coast guard said."
SECOND = (
    "Three people were still missing at noon, a spokeswoman told reporters on the quay, and divers went down twice."
)
THIRD = (
    "The company that runs the line had first spoken of 190 passengers, but it counted again when families called in."
)
FOURTH = "An inquiry into the hull plates will begin on Thursday and is expected to last for months, the ministry said."
HEADLINE = "Ferry rescue ends with 212 people safe"
BODY = [FIRST, SECOND, THIRD, FOURTH]


def page(text, **given):
    return Page("file:papers/a.txt", "papers", text.encode(), "text/plain", FETCHED_AT, **given)


def clean(*lines, **given):
    article = clean_page(page("\n\n".join(lines), **given))
    assert isinstance(article, Article)
    return article


def reason(article, line):
    return next(block.reason for block in article.blocks if block.text == line)


def test_a_first_line_that_reads_like_a_headline_is_the_title_and_no_text():
    article = clean(HEADLINE, *BODY)
    assert article.title == HEADLINE
    assert article.text == "\n".join(BODY)
    assert (article.blocks[0].kept, article.blocks[0].reason) == (True, "title")


def test_a_first_line_that_is_a_sentence_stays_text():
    article = clean(*BODY)
    assert article.title is None
    assert article.text == "\n".join(BODY)


def test_the_headline_is_found_below_an_appeal_and_a_caption():
    appeal = "Help from readers like you keeps the Harbour Post open."
    caption = "The ferry lies on her side off Brindle Point. Alamy Stock Photo"
    article = clean("We need your help now", appeal, caption, HEADLINE, *BODY)
    assert article.title == HEADLINE
    assert article.captions == caption
    assert [reason(article, line) for line in ("We need your help now", appeal)] == ["donation", "donation"]


def test_names_of_sections_above_the_headline_are_dropped():
    article = clean("The Quay", HEADLINE, *BODY)
    assert article.title == HEADLINE
    assert reason(article, "The Quay") == "section"


def test_a_title_that_the_source_gives_is_kept_and_its_line_leaves_the_text():
    article = clean("FERRY RESCUE ENDS WITH 212 PEOPLE SAFE", *BODY, title=HEADLINE)
    assert article.title == HEADLINE
    assert article.text == "\n".join(BODY)


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("January 8, 2031 at 5:24 pm", datetime(2031, 1, 8, 17, 24, tzinfo=UTC)),
        ("Published on 3 May 2031", datetime(2031, 5, 3, tzinfo=UTC)),
        ("UPDATED 16:47 EST / DECEMBER 19 2031", datetime(2031, 12, 19, 21, 47, tzinfo=UTC)),
        ("Published on 15/04/2031 - 18:20 GMT+2", datetime(2031, 4, 15, 16, 20, tzinfo=UTC)),
        ("3.4.2031", datetime(2031, 4, 3, tzinfo=UTC)),
        ("Monday, 3 May 2031 14:05 GMT", datetime(2031, 5, 3, 14, 5, tzinfo=UTC)),
    ],
)
def test_a_date_line_dates_the_article_and_leaves_the_text(line, moment):
    article = clean(HEADLINE, line, *BODY)
    assert (article.published_at, article.published_from) == (moment, "text")
    assert article.text == "\n".join(BODY)
    assert reason(article, line) == "date_line"


def test_a_date_that_could_be_two_days_is_not_guessed():
    article = clean(HEADLINE, "03/04/2031", *BODY)
    assert article.published_at is None
    assert article.text == "\n".join(BODY)


@pytest.mark.parametrize("line", ["February 31, 2031", "January 8, 2050", "3 May 1871"])
def test_an_impossible_date_is_refused(line):
    assert clean(HEADLINE, line, *BODY).published_at is None


@pytest.mark.parametrize(
    ("dateline", "day"),
    [
        ("PORTO, 12 March 2031 - ", 12),
        ("PORTO, Portugal (Harbour Wire), March 12, 2031 -- ", 12),
        ("S\u00e3o Tom\u00e9 (Wire), 4 March 2031 \u2013 ", 4),
        ("PORT-OF-SPAIN, March 9, 2031 (Wire): ", 9),
    ],
)
def test_the_dateline_of_a_report_dates_it_and_stays_in_its_text(dateline, day):
    article = clean(HEADLINE, dateline + BODY[0], *BODY[1:])
    assert (article.published_at, article.published_from) == (datetime(2031, 3, day, tzinfo=UTC), "dateline")
    assert article.text.startswith(dateline)


@pytest.mark.parametrize(
    "lead", ["On March 12, 2031 - ", "The ferry, which sank on 12 March 2031 - ", "PORTO, March 12 - "]
)
def test_a_day_in_the_middle_of_a_sentence_or_without_its_year_is_no_dateline(lead):
    assert clean(HEADLINE, lead + BODY[0], *BODY[1:]).published_at is None


def test_a_copyright_year_only_bounds_the_date_and_names_the_agency():
    article = clean(HEADLINE, *BODY, "© AFP 2031")
    assert (article.published_at, article.published_from, article.origin) == (None, "copyright 2031", "AFP")
    assert reason(article, "© AFP 2031") == "copyright"


@pytest.mark.parametrize(
    ("lines", "origin"),
    [
        (["BRINDLE POINT (Reuters) - " + FIRST, SECOND, THIRD], "Reuters"),
        (["BRINDLE POINT, March 4 (AP) — " + FIRST, SECOND, THIRD], "AP"),
        (["TASS, March 4. " + FIRST, SECOND, THIRD], "TASS"),
        (["By Agence France-Presse", FIRST, SECOND, THIRD], "AFP"),
        ([FIRST, "AP reporters saw two boats leave the quay at dawn on that day.", THIRD], None),
    ],
)
def test_an_agency_that_signs_the_text_is_its_origin(lines, origin):
    assert clean(HEADLINE, *lines).origin == origin


def test_the_line_before_a_credit_is_its_caption_and_the_line_joined_above_is_the_captions_head():
    caption = "The minister, right, and the captain shake hands in Tarn, June 7, 2029."
    article = clean(HEADLINE, FIRST, SECOND, f"Rescue at Brindle Point\n{caption}", "Jan Reed / AP", THIRD, FOURTH)
    assert article.text == "\n".join(BODY)
    assert article.captions == f"Rescue at Brindle Point\n{caption}"
    assert reason(article, "Jan Reed / AP") == "credit"


def test_a_subheading_stays():
    assert "‘Nobody told us’" in clean(HEADLINE, FIRST, "‘Nobody told us’", SECOND, THIRD).text.split("\n")


def test_what_follows_the_last_paragraph_of_comments_belongs_to_them():
    article = clean(HEADLINE, *BODY, "3 Comments", "First!", "well said tom")
    assert article.text == "\n".join(BODY)
    assert [reason(article, line) for line in ("First!", "well said tom")] == ["comments", "comments"]


def test_a_biography_at_the_end_is_dropped_with_its_repetition():
    bio = "Mara Lindqvist is a reporter for the Harbour Post. She has covered towns and rivers since the last flood of the Silla."
    article = clean(HEADLINE, *BODY, bio, "Written By", bio)
    assert article.text == "\n".join(BODY)
    assert reason(article, "Written By") == "author_bio"


def test_a_reporter_whom_the_article_speaks_of_is_no_biography():
    news = "Mara Lindqvist is a reporter for the Harbour Post and was held for two days."
    article = clean(
        "Reporter freed after two days",
        FIRST,
        "Police let Lindqvist go on Friday, her editor said to all papers.",
        SECOND,
        THIRD,
        news,
    )
    assert news in article.text


def test_a_line_that_breaks_off_is_a_teaser():
    assert (
        reason(
            clean(HEADLINE, FIRST, "Mayor warns that if the dam at Ur …", SECOND, THIRD),
            "Mayor warns that if the dam at Ur …",
        )
        == "teaser"
    )


def test_headlines_after_the_last_sentence_are_dropped():
    article = clean(HEADLINE, *BODY, "Winter timetable is extended", "2 DAYS AGO")
    assert article.text == "\n".join(BODY)


def test_the_language_is_told_and_other_languages_are_kept():
    article = clean(
        "Сильный шторм оставил без света двенадцать тысяч домов на побережье, сообщили во вторник в областной управе."
    )
    assert article.language == "ru"
    assert article.text


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"%PDF-1.7 abc", "binary"),
        (bytes(range(256)) * 40, "binary"),
        (b"Share\n\nTweet", "no_text"),
    ],
)
def test_a_page_without_an_article_is_skipped_by_name(body, reason):
    skip = clean_page(Page("file:papers/a.txt", "papers", body, "text/plain", FETCHED_AT))
    assert isinstance(skip, Skip)
    assert skip.reason == reason
