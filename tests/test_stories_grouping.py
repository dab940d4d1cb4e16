"""Which articles tell one story."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.stories import StoryCard, Tracker, group_stories, tracker_of
from extract.story_links import candidate_pairs
from extract.story_names import Told, story_name
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


def card(name, title, text, day=date(2031, 5, 5), trackers=(), **place):
    return StoryCard(
        f"id {name}",
        f"page {name}",
        f"https://paper.example/{name}",
        story_terms(title, text),
        day,
        tracker=tracker_of(f"{title or ''}\n{text}", day, place.values(), trackers),
        **place,
    )


def cards(*stories, day=date(2031, 5, 5), trackers=()):
    return [
        card(f"{at}-{number}", *words, day=day, trackers=trackers)
        for at, story in enumerate(stories)
        for number, words in enumerate(story)
    ]


def stories(given):
    """The story of each article."""
    return {member.article_id: story for story in group_stories(given) for member in story.members}


def members(story):
    return [member.article_id.removeprefix("id ") for member in story.members]


def groups(given):
    return sorted(sorted(members(story)) for story in group_stories(given))


APART = [["0-0", "0-1", "0-2"], ["1-0", "1-1"]]


def test_articles_of_one_event_are_one_story_and_of_two_are_two():
    assert groups(cards(FLOOD, STRIKE)) == APART


def test_a_few_articles_of_one_story_alone_are_one_story():
    assert groups(cards(FLOOD)) == [["0-0", "0-1", "0-2"]]


def test_undated_articles_join_by_their_content():
    assert groups(cards(FLOOD, STRIKE, day=None)) == APART


def test_two_events_in_one_town_are_two_stories():
    assert groups(cards(FLOOD, FIRE)) == [["0-0", "0-1", "0-2"], ["1-0"]]


def test_the_same_event_in_two_towns_is_two_stories():
    other = [
        (
            title.replace("Tarnow", "Brezna").replace("Dunaj", "Orlav"),
            text.replace("Tarnow", "Brezna").replace("Dunaj", "Orlav"),
        )
        for title, text in FLOOD
    ]
    assert groups(cards(FLOOD, other)) == [["0-0", "0-1", "0-2"], ["1-0", "1-1", "1-2"]]


def test_any_order_of_arrival_gives_the_same_stories():
    given = cards(FLOOD, STRIKE, FIRE)
    expected = group_stories(given)
    assert len(expected) == 3
    for seed in range(5):
        shuffled = given[:]
        Random(seed).shuffle(shuffled)
        assert group_stories(shuffled) == expected


def test_a_story_keeps_its_id_and_name_when_later_articles_join():
    first = stories(cards(FLOOD[:2]))["id 0-0"]
    grown = [*cards(FLOOD[:2]), card("late", *FLOOD[2], day=date(2031, 5, 9))]
    after = stories(grown)
    assert after["id late"].story_id == after["id 0-0"].story_id == first.story_id


def test_a_new_version_of_the_earliest_page_keeps_the_story_id():
    given = cards(FLOOD)
    changed = [replace(given[0], article_id="another version"), *given[1:]]
    assert stories(changed)["another version"].story_id == stories(given)["id 0-0"].story_id


def test_an_article_like_no_other_is_a_story_of_its_own():
    assert members(stories(cards(STRIKE, FIRE))["id 1-0"]) == ["1-0"]


def told(title, text):
    return Told(story_terms(title, text), title, text, "https://paper.example/1")


def test_a_story_is_named_by_its_name_and_its_thing():
    name = story_name([told(*words) for words in FLOOD], None)
    assert name in {"Tarnow flood", "Tarnow valley", "Tarnow rescuers", "Tarnow flooded"}


def test_a_story_without_names_is_named_by_its_place_or_its_headline():
    words = ("Flood hits a valley", "Rain flooded the valley. Rescuers took villagers off roofs.")
    assert story_name([told(*words)], "Brezna").startswith("Brezna ")
    assert story_name([told("", "1 2 3\n4")], None) == "1 2 3"


def test_the_place_of_most_articles_is_the_place_of_the_story():
    given = [
        card(str(at), *words, place=place, country="Polania")
        for at, (words, place) in enumerate(zip(FLOOD, ("Tarnow", "Tarnow", "Brezna"), strict=True))
    ]
    story = stories(given)["id 0"]
    assert (story.place, story.country) == ("Tarnow", "Polania")


def test_nothing_gives_nothing():
    assert group_stories([]) == []


@pytest.mark.parametrize("text", ["", "\n\n", "1 2 3", "…" * 50])
def test_a_page_without_words_is_a_story_of_its_own(text):
    assert members(stories([card("odd", None, text), *cards(FLOOD)])["id odd"]) == ["odd"]
    assert story_name([told(None, text)], None)


# trackers


def test_a_tracker_takes_its_articles_first():
    tracker = Tracker("Tarnow spring", words=("flood", "theatre"), places=("Tarnow",))
    given = cards(FLOOD, STRIKE, FIRE, trackers=[tracker])
    assert groups(given) == [["0-0", "0-1", "0-2", "2-0"], ["1-0", "1-1"]]
    assert sorted(story.tracker or "" for story in group_stories(given)) == ["", "Tarnow spring"]


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
    assert (card("a", *FLOOD[0], trackers=[tracker], country="Polania").tracker == "t") is taken


def test_of_two_trackers_the_first_takes_the_article():
    trackers = [Tracker("one", words=("flood",)), Tracker("two", words=("Tarnow",))]
    assert card("a", *FLOOD[0], trackers=trackers).tracker == "one"


# terms


def test_names_are_words_with_a_capital_inside_a_sentence():
    terms = story_terms("Flood Hits Tarnow", "Rain fell. Rescuers in Tarnow waited, and the Dunaj rose.")
    names = set(terms.words[: terms.names])
    assert {"tarnow", "dunaj"} <= names
    assert not {"rain", "rescu", "flood"} & names


def test_words_of_any_news_tell_nothing():
    assert not {"police", "said", "monday", "killed"} & set(
        story_terms("Police said", "Police said on Monday that ten were killed.").words
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
    found = groups(given)
    assert [names for names in found if len({name.split("/")[0] for name in names}) > 1] == []
    assert sum(len(names) == 2 for names in found) >= 0.9 * len(pairs)


def test_time_grows_about_linearly_with_the_number_of_articles():
    """Counts comparisons, not seconds."""
    counted = []
    for size in (200, 400):
        random = Random(7)
        strongest = [random.sample(range(60), 9) for _ in range(size)]
        counted.append(sum(1 for _ in candidate_pairs(strongest)))
    assert counted[1] <= 2.5 * counted[0]


@settings(max_examples=60)
@given(st.lists(st.sets(st.integers(0, 11), max_size=6), max_size=12))
def test_just_the_articles_that_share_two_strong_terms_are_compared(term_sets):
    meeting = {
        (one, other)
        for one in range(len(term_sets))
        for other in range(one + 1, len(term_sets))
        if len(term_sets[one] & term_sets[other]) >= 2
    }
    assert set(candidate_pairs([sorted(terms) for terms in term_sets])) == meeting
