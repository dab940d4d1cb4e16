"""Which articles tell one story."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.stories import StoryCard, Tracker, group_stories
from extract.story_links import Node, candidate_pairs
from extract.story_terms import story_terms

FLOOD = [
    (
        "Flood hits Tarnow valley",
        "Rain flooded the Tarnow valley. Rescuers in Tarnow took villagers off roofs as the river Dunaj rose.",
    ),
    (
        "Dunaj river bursts its banks near Tarnow",
        "Villagers fled when the Dunaj burst a dyke near Tarnow. Rescuers used boats; the flood cut the road.",
    ),
    (
        "Rescuers search flooded Tarnow",
        "The flood in Tarnow left villagers without power. The Dunaj river fell and rescuers searched cellars.",
    ),
]
STRIKE = [
    (
        "Miners strike in Kolvik",
        "Miners in Kolvik walked out over wages. The Kolvik pit owner, Nordal Mining, called the strike a shame.",
    ),
    (
        "Kolvik strike enters second week",
        "The miners' strike at the Kolvik pit goes on. Nordal Mining offered higher wages to the union in Kolvik.",
    ),
]
FIRE = [
    (
        "Fire in Tarnow theatre",
        "A theatre burned in Tarnow. Actors left the stage in time; the curtain had caught fire from a lamp.",
    ),
]


def card(name, title, text, day=date(2031, 5, 5), **given):
    return StoryCard(f"id {name}", f"page {name}", f"https://paper.example/{name}", title, text, day, **given)


def cards(*stories, day=date(2031, 5, 5)):
    return [
        card(f"{at}-{number}", *words, day=day)
        for at, story in enumerate(stories)
        for number, words in enumerate(story)
    ]


def groups(found):
    by_story = defaultdict(list)
    for article, story in found.items():
        by_story[story.story_id].append(article.removeprefix("id "))
    return sorted(sorted(members) for members in by_story.values())


APART = [["0-0", "0-1", "0-2"], ["1-0", "1-1"]]


def test_articles_of_one_event_are_one_story_and_of_two_are_two():
    assert groups(group_stories(cards(FLOOD, STRIKE))) == APART


def test_a_few_articles_of_one_story_alone_are_one_story():
    assert groups(group_stories(cards(FLOOD))) == [["0-0", "0-1", "0-2"]]


def test_undated_articles_join_by_their_content():
    assert groups(group_stories(cards(FLOOD, STRIKE, day=None))) == APART


def test_two_events_in_one_town_are_two_stories():
    assert groups(group_stories(cards(FLOOD, FIRE))) == [["0-0", "0-1", "0-2"], ["1-0"]]


def test_the_same_event_in_two_towns_is_two_stories():
    other = [
        (
            title.replace("Tarnow", "Brezna").replace("Dunaj", "Orlav"),
            text.replace("Tarnow", "Brezna").replace("Dunaj", "Orlav"),
        )
        for title, text in FLOOD
    ]
    assert groups(group_stories(cards(FLOOD, other))) == [["0-0", "0-1", "0-2"], ["1-0", "1-1", "1-2"]]


def test_any_order_of_arrival_gives_the_same_stories():
    given = cards(FLOOD, STRIKE, FIRE)
    expected = group_stories(given)
    for seed in range(5):
        shuffled = given[:]
        Random(seed).shuffle(shuffled)
        assert group_stories(shuffled) == expected


def test_a_story_keeps_its_id_and_name_when_later_articles_join():
    first = group_stories(cards(FLOOD[:2]))["id 0-0"]
    grown = [*cards(FLOOD[:2]), card("late", *FLOOD[2], day=date(2031, 5, 9))]
    after = group_stories(grown)
    assert after["id late"].story_id == after["id 0-0"].story_id == first.story_id


def test_a_new_version_of_the_earliest_page_keeps_the_story_id():
    given = cards(FLOOD)
    changed = [
        StoryCard(
            "another version",
            *[getattr(given[0], name) for name in ("page_id", "url", "title", "text", "published_on")],
        ),
        *given[1:],
    ]
    assert group_stories(changed)["another version"].story_id == group_stories(given)["id 0-0"].story_id


def test_an_article_like_no_other_is_a_story_of_its_own():
    found = group_stories(cards(STRIKE, FIRE))
    assert found["id 1-0"].article_ids == ("id 1-0",)


def test_a_story_is_named_by_its_name_and_its_thing():
    assert group_stories(cards(FLOOD))["id 0-0"].name in {
        "Tarnow flood",
        "Tarnow valley",
        "Tarnow rescuers",
        "Tarnow flooded",
    }


def test_the_place_of_most_articles_is_the_place_of_the_story():
    given = [
        card(str(at), *words, place=place, country="Polania")
        for at, (words, place) in enumerate(zip(FLOOD, ("Tarnow", "Tarnow", "Brezna"), strict=True))
    ]
    story = group_stories(given)["id 0"]
    assert (story.place, story.country) == ("Tarnow", "Polania")


def test_nothing_gives_nothing():
    assert group_stories([]) == {}


@pytest.mark.parametrize("text", ["", "\n\n", "1 2 3", "…" * 50])
def test_a_page_without_words_is_a_story_of_its_own(text):
    found = group_stories([card("odd", None, text), *cards(FLOOD)])
    assert found["id odd"].article_ids == ("id odd",)
    assert found["id odd"].name


# trackers


def test_a_tracker_takes_its_articles_first():
    tracker = Tracker("Tarnow spring", words=("flood", "theatre"), places=("Tarnow",))
    found = group_stories(cards(FLOOD, STRIKE, FIRE), [tracker])
    assert groups(found) == [["0-0", "0-1", "0-2", "2-0"], ["1-0", "1-1"]]
    assert {(story.name, story.tracker) for article, story in found.items() if article not in {"id 1-0", "id 1-1"}} == {
        ("Tarnow spring", "Tarnow spring")
    }


@pytest.mark.parametrize(
    ("tracker", "taken"),
    [
        (Tracker("t", words=("flood",)), True),
        (Tracker("t", words=("floo",)), True),
        (Tracker("t", words=("lood",)), False),
        (Tracker("t", words=("flood",), places=("Kolvik",)), False),
        (Tracker("t", places=("Polania",)), True),
        (Tracker("t", words=("flood",), starts_on=date(2031, 5, 6)), False),
        (Tracker("t", words=("flood",), ends_on=date(2031, 5, 4)), False),
        (Tracker("t", words=("flood",), starts_on=date(2031, 5, 5), ends_on=date(2031, 5, 5)), True),
        (Tracker("t"), False),
    ],
)
def test_a_tracker_goes_by_words_places_and_days(tracker, taken):
    found = group_stories([card("a", *FLOOD[0], country="Polania")], [tracker])
    assert (found["id a"].tracker == "t") is taken


def test_of_two_trackers_the_first_takes_the_article():
    found = group_stories([card("a", *FLOOD[0])], [Tracker("one", words=("flood",)), Tracker("two", words=("Tarnow",))])
    assert found["id a"].name == "one"


# terms


def test_names_are_words_with_a_capital_inside_a_sentence():
    terms = story_terms("Flood Hits Tarnow", "Rain fell. Rescuers in Tarnow waited, and the Dunaj rose.")
    assert {"tarnow", "dunaj"} <= terms.names
    assert not {"rain", "rescu", "flood"} & terms.names


def test_words_of_any_news_tell_nothing():
    assert not {"police", "said", "monday", "killed"} & set(
        story_terms("Police said", "Police said on Monday that ten were killed.").weights
    )


# the corpus of consistent pairs


def test_pairs_of_reports_of_one_event_share_a_story_and_never_another_pairs():
    lines = (Path(__file__).parent / "corpus" / "consistent_pairs.jsonl").read_text(encoding="utf-8").splitlines()
    pairs = [json.loads(line) for line in lines]
    given = [
        card(
            f"{pair['id']}/{side}",
            pair[side]["title"],
            pair[side]["text"],
            date.fromisoformat(pair[side]["published"][:10]),
        )
        for pair in pairs
        for side in "ab"
        if pair[side].get("published")
    ]
    found = groups(group_stories(given))
    assert [members for members in found if len({name.split("/")[0] for name in members}) > 1] == []
    assert sum(len(members) == 2 for members in found) >= 0.9 * len(pairs)


def test_time_grows_about_linearly_with_the_number_of_articles():
    """Counts comparisons, not seconds."""
    from extract import story_links

    counted = []
    for size in (200, 400):
        random = Random(7)
        nodes = []
        for at in range(size):
            words = random.sample(range(60), 9)
            vector = {f"w{word}": 1 / 3 for word in words}
            nodes.append(story_links.Node((str(at),), vector, {}, date(2031, 1, 1) + timedelta(days=at % 9)))
        counted.append(sum(1 for _ in story_links.candidate_pairs(nodes)))
    assert counted[1] <= 2.5 * counted[0]


@settings(max_examples=60)
@given(st.lists(st.sets(st.sampled_from("abcdefghijkl"), max_size=6), max_size=12))
def test_just_the_articles_that_share_two_strong_terms_are_compared(term_sets):
    nodes = [
        Node((str(at),), dict.fromkeys(sorted(terms), 1.0), {}, None) for at, terms in enumerate(map(sorted, term_sets))
    ]
    meeting = {
        (one, other)
        for one in range(len(nodes))
        for other in range(one + 1, len(nodes))
        if len(term_sets[one] & term_sets[other]) >= 2
    }
    assert set(candidate_pairs(nodes)) == meeting
