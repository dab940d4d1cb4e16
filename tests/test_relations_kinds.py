"""Each kind of relation, with what it catches and what it leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from newsdesk import VAGUE_DOZENS, Desk

import checks
from checks.relate import CONTRADICTING, KINDS


@pytest.fixture
def desk():
    return Desk()


def one(found):
    assert len(found) == 1, [(row["kind"], row["explanation"]) for row in found]
    return found[0]


# retraction


def test_retraction_catches_a_number_that_its_article_corrects(desk):
    article = desk.article("a", day=6)
    old = desk.figure(article, 359, day=6, negated=True)
    new = desk.figure(article, 253, day=6, corrects=old, claimant="Health Ministry")
    found = one(desk.relations("retraction"))
    assert (found["a_figure_ids"], found["b_figure_ids"], found["severity"]) == ([old], [new], "high")
    assert (
        found["explanation"]
        == "Health Ministry takes back 359 killed in Norland and gives 253 instead (The A, 6 May 2031)"
    )


def test_retraction_names_the_articles_that_had_the_old_number(desk):
    earlier = desk.report("b", 359, day=4)
    article = desk.article("a", day=6)
    old = desk.figure(article, 359, day=6, negated=True)
    desk.figure(article, 253, day=6, corrects=old)
    found = one(desk.contradictions())
    assert (found["kind"], sorted(found["a_figure_ids"])) == ("retraction", sorted([earlier, old]))


def test_retraction_catches_a_denied_number_beside_the_one_that_stands(desk):
    article = desk.article("a")
    desk.figure(article, 40, negated=True)
    desk.figure(article, 31)
    assert one(desk.relations("retraction"))["rule"] == "denied_in_words"


def test_retraction_leaves_a_denied_number_far_from_the_one_that_stands_alone(desk):
    article = desk.article("a")
    desk.figure(article, 40, negated=True, char_start=0, char_end=9)
    desk.figure(article, 31, char_start=900, char_end=909)
    assert desk.relations("retraction") == []


def test_retraction_leaves_a_number_confirmed_again_alone(desk):
    article = desk.article("a")
    old = desk.figure(article, 40)
    desk.figure(article, 40, corrects=old)
    assert desk.relations("retraction") == []


# revision


def versions(desk, old, new, **given):
    sentence = "The fire killed {} people at the mill."
    first = desk.article("a", version=1, is_latest=False)
    second = desk.article("a", version=2)
    for article, number in ((first, old), (second, new)):
        desk.figure(article, number, sentence=sentence.format(number), **given)


def test_revision_catches_a_number_changed_in_the_same_words(desk):
    versions(desk, 41, 47)
    found = one(desk.contradictions())
    assert (found["kind"], found["severity"], found["a_low"], found["b_low"]) == ("revision", "medium", 41, 47)
    assert "first printed 41 killed in Norland and now has 47" in found["explanation"]


def test_revision_leaves_a_page_with_the_same_number_alone(desk):
    versions(desk, 41, 41)
    assert desk.contradictions() == []


def test_revision_leaves_a_tally_that_moved_on_a_day_alone(desk):
    for version, day, number in ((1, 5, 41), (2, 6, 47)):
        article = desk.article("a", version=version, day=day, is_latest=version == 2)
        desk.figure(article, number, day=day, sentence=f"The fire has killed {number} people so far.")
    assert desk.contradictions() == []


def test_revision_leaves_a_correction_in_the_open_to_the_retraction(desk):
    first = desk.article("a", version=1, is_latest=False)
    second = desk.article("a", version=2)
    desk.figure(first, 41, sentence="The fire killed 41 people.")
    old = desk.figure(second, 41, negated=True, sentence="An earlier count of 41 people was wrong.")
    desk.figure(second, 47, corrects=old, sentence="The fire killed 47 people.")
    assert [row["kind"] for row in desk.contradictions()] == ["retraction"]


# internal_conflict


def test_internal_conflict_catches_a_headline_against_its_text(desk):
    article = desk.article("a")
    desk.figure(article, 58, field="title")
    desk.figure(article, 158, claimant="Health Ministry")
    found = one(desk.contradictions())
    assert (found["kind"], found["severity"], found["rule"], found["gap"]) == (
        "internal_conflict",
        "high",
        "title_against_text",
        100,
    )
    assert found["explanation"] == "The A, 5 May 2031 gives two numbers killed in Norland: 58 in the headline and 158"


def test_internal_conflict_catches_an_undated_article(desk):
    article = desk.article("a", day=None)
    desk.figure(article, 108, day=None)
    desk.figure(article, 158, day=None)
    assert one(desk.contradictions())["kind"] == "internal_conflict"


def test_internal_conflict_leaves_a_number_less_than_half_of_the_other_alone(desk):
    article = desk.article("a")
    desk.figure(article, 47)
    desk.figure(article, 207)
    assert desk.contradictions() == []


def test_internal_conflict_leaves_two_numbers_of_one_sentence_alone(desk):
    article = desk.article("a")
    for number in (108, 158):
        desk.figure(article, number, sentence="The toll went from 108 people to 158 people.")
    assert desk.contradictions() == []


def test_internal_conflict_leaves_a_sentence_that_looks_back_alone(desk):
    article = desk.article("a")
    desk.figure(article, 108, sentence="Officials had earlier spoken of 108 people.")
    desk.figure(article, 158)
    assert desk.contradictions() == []


def test_internal_conflict_leaves_a_headline_alone_that_the_text_bears_out(desk):
    article = desk.article("a")
    desk.figure(article, 290, field="title")
    desk.figure(article, 290)
    desk.figure(article, 32)
    assert desk.contradictions() == []


def test_internal_conflict_leaves_an_earlier_number_of_the_same_article_alone(desk):
    article = desk.article("a")
    desk.figure(article, 12, day=3)
    desk.figure(article, 19)
    assert desk.kinds() == ["update"]


@pytest.mark.parametrize(
    "other",
    [
        {"place": "Westmark"},
        {"population": "children", "counted": "children"},
        {"measure": "injured"},
        {"aspect": "increment"},
        {"aspect": "difference"},
        {"modality": "hypothetical"},
        {"is_background": True},
        {"trackable": False},
        {"unit": "percent", "population": None, "counted": None},
    ],
)
def test_internal_conflict_leaves_numbers_of_another_scope_alone(desk, other):
    article = desk.article("a")
    desk.figure(article, 58)
    desk.figure(article, 9, **other)
    assert desk.contradictions() == []


def test_internal_conflict_leaves_a_stated_part_alone(desk):
    article = desk.article("a")
    whole = desk.figure(article, 58)
    desk.figure(article, 9, part_of=whole)
    assert desk.contradictions() == []


# source_conflict


def test_source_conflict_catches_two_bodies_on_one_day(desk):
    desk.report("a", 40, claimant="Fire Brigade")
    desk.report("b", 61, claimant="Interior Ministry")
    found = one(desk.contradictions())
    assert (found["kind"], found["severity"], found["voices"]) == ("source_conflict", "medium", 2)
    assert found["explanation"] == (
        "Fire Brigade gives 40 killed in Norland (The A, 5 May 2031); Interior Ministry says 61 (The B, 5 May 2031)"
    )


def test_source_conflict_catches_two_bodies_in_one_article(desk):
    article = desk.article("a", day=None)
    desk.figure(article, 207, day=None, claimant="Police Spokesman Ferd Holm")
    desk.figure(article, 290, day=None, claimant="local media")
    assert one(desk.contradictions())["kind"] == "source_conflict"


def test_source_conflict_is_graver_for_one_body_in_two_articles(desk):
    desk.report("a", 3000, claimant="Defence Ministry", measure="deployed")
    desk.report("b", 5000, claimant="Defence Ministry", measure="deployed")
    assert one(desk.contradictions())["severity"] == "high"


def test_source_conflict_leaves_soldiers_beside_all_security_forces_alone(desk):
    desk.report("a", 450, claimant="Cabinet", measure="deployed", population="soldiers", counted="soldiers")
    desk.report("b", 900, claimant="Army", measure="deployed", population="security_forces", counted="security forces")
    assert desk.contradictions() == []


def test_source_conflict_is_milder_where_one_place_is_only_inherited(desk):
    desk.report("a", 40, claimant="Fire Brigade")
    desk.report("b", 61, claimant="Interior Ministry", place_source="inherited")
    assert one(desk.contradictions())["severity"] == "low"


def test_source_conflict_compares_levels_a_day_apart(desk):
    desk.report("a", 3, measure="missing", claimant="Cabinet", day=5)
    desk.report("b", 7, measure="missing", claimant="Army", day=6)
    assert one(desk.contradictions())["kind"] == "source_conflict"


def test_source_conflict_leaves_levels_two_days_apart_alone(desk):
    desk.report("a", 3, measure="missing", claimant="Cabinet", day=5)
    desk.report("b", 7, measure="missing", claimant="Army", day=7)
    assert desk.contradictions() == []


def test_source_conflict_leaves_levels_of_two_days_in_one_article_alone(desk):
    article = desk.article("a")
    desk.figure(article, 7, measure="missing", day=4)
    desk.figure(article, 3, measure="missing", day=5)
    assert desk.contradictions() == []


def test_source_conflict_leaves_a_tally_that_grew_during_the_day_alone(desk):
    desk.report("a", 78, hour=7, claimant="Health Ministry")
    desk.report("b", 100, hour=15, claimant="Red Cross")
    assert desk.contradictions() == []


def test_source_conflict_leaves_two_narrators_of_one_day_with_near_numbers_alone(desk):
    desk.report("a", 154)
    desk.report("b", 158)
    assert desk.contradictions() == []


def test_source_conflict_catches_narrators_far_apart(desk):
    desk.report("a", 58)
    desk.report("b", 158)
    assert one(desk.contradictions())["kind"] == "source_conflict"


@pytest.mark.parametrize(
    "open_bound", [{"low": 40, "high": None, "qualifier": "at_least"}, {"low": 1, "high": None, "qualifier": "up_to"}]
)
def test_source_conflict_leaves_open_bounds_that_meet_alone(desk, open_bound):
    desk.report("a", 40, claimant="Fire Brigade", **open_bound)
    desk.report("b", 61, claimant="Interior Ministry")
    assert desk.contradictions() == []


def test_source_conflict_leaves_undated_reports_alone_and_counts_them(desk):
    desk.report("a", 3000, day=None, measure="deployed", claimant="Cabinet")
    desk.report("b", 5000, day=None, measure="deployed", claimant="Army")
    assert desk.contradictions() == []
    assert desk.rows("SELECT no_day FROM core.related") == [{"no_day": 1}]


@pytest.mark.parametrize(
    ("unknown", "column"), [({"place": None}, "no_place"), ({"population": None, "counted": "Zorbs"}, "no_class")]
)
def test_what_stays_unknown_is_counted_and_not_compared(desk, unknown, column):
    desk.report("a", 40, claimant="Fire Brigade", **unknown)
    desk.report("b", 61, claimant="Interior Ministry")
    assert desk.contradictions() == []
    assert desk.rows(f"SELECT {column} AS pairs FROM core.related") == [{"pairs": 1}]


def test_numbers_of_two_stories_are_never_held_against_each_other(desk):
    desk.report("a", 40, claimant="Fire Brigade", article={"story": "s"})
    desk.report("b", 61, claimant="Interior Ministry", article={"story": "t"})
    assert desk.relations() == []


def test_sums_of_money_for_different_purposes_or_currencies_are_not_compared(desk):
    damage = {"measure": "money", "population": None, "counted": "damage", "unit": "USD"}
    desk.report("a", 3_000_000_000, **damage, claimant="Governor")
    desk.report("b", 4_000_000_000, **damage | {"unit": "EUR"}, claimant="Cabinet")
    desk.report("c", 9_000_000_000, **damage | {"counted": "aid"}, claimant="Bank")
    assert desk.contradictions() == []


def test_two_estimates_of_the_damage_in_one_currency_are_compared(desk):
    damage = {"measure": "money", "population": None, "counted": "damage", "unit": "USD"}
    desk.report("a", 3_000_000_000, **damage, claimant="Governor")
    desk.report("b", 15_000_000_000, **damage, claimant="Cabinet")
    assert "Governor gives 3 billion USD of losses in Norland" in one(desk.contradictions())["explanation"]


# decrease


def test_decrease_catches_a_lower_count_of_a_later_day(desk):
    desk.report("a", 321, day=5)
    desk.report("b", 253, day=7)
    found = one(desk.contradictions())
    assert (found["kind"], found["severity"], found["a_low"], found["b_low"]) == ("decrease", "medium", 321, 253)
    assert found["explanation"].startswith(
        "The count of killed in Norland goes down: 321 by The A (5 May 2031), later 253"
    )


def test_decrease_is_milder_where_the_lower_number_is_an_old_one_again(desk):
    desk.report("a", 253, day=4)
    desk.report("b", 321, day=5)
    desk.report("c", 253, day=7)
    assert one(desk.contradictions())["severity"] == "low"


def test_decrease_leaves_a_growing_count_alone(desk):
    desk.report("a", 253, day=5)
    desk.report("b", 321, day=7)
    assert desk.kinds() == ["update"]


def test_decrease_leaves_a_number_less_than_half_of_the_other_alone(desk):
    desk.report("a", 18000, day=5, measure="jobs_cut", population="workers", place=None)
    desk.report("b", 400, day=7, measure="jobs_cut", population="workers", place=None)
    assert desk.contradictions() == []


def test_decrease_leaves_a_number_alone_that_was_printed_before_the_higher_one(desk):
    late = desk.article("a", day=9)
    desk.figure(late, 150, day=4)
    desk.report("b", 135, day=6)
    assert desk.contradictions() == []


def test_decrease_leaves_levels_alone(desk):
    desk.report("a", 321, day=5, measure="missing")
    desk.report("b", 253, day=7, measure="missing")
    assert desk.contradictions() == []


def test_decrease_leaves_an_article_alone_that_gives_the_higher_number_too(desk):
    desk.report("a", 152, day=5)
    article = desk.article("b", day=7)
    desk.figure(article, 58, day=7, field="title")
    desk.figure(article, 158, day=7)
    assert [row["kind"] for row in desk.contradictions()] == ["internal_conflict"]


# part_exceeds_whole


def test_part_exceeds_whole_catches_a_city_above_its_country(desk):
    article = desk.article("a")
    part = desk.figure(article, 103, place="Westmark", claimant="Red Cross")
    whole = desk.figure(article, 42, claimant="Cabinet")
    found = one(desk.contradictions())
    assert (found["kind"], found["severity"]) == ("part_exceeds_whole", "high")
    assert (found["a_figure_ids"], found["b_figure_ids"]) == ([part], [whole])
    assert found["explanation"] == (
        "103 killed in Westmark alone, by Red Cross (The A, 5 May 2031), is more than "
        "42 killed in Norland by Cabinet (The A, 5 May 2031)"
    )


def test_part_exceeds_whole_catches_a_class_above_its_kind_on_an_earlier_day(desk):
    desk.report("a", 50, day=4, population="police", counted="policemen")
    desk.report("b", 42, day=6)
    assert one(desk.contradictions())["rule"] == "class_inside"


def test_part_exceeds_whole_catches_a_stated_part(desk):
    article = desk.article("a")
    whole = desk.figure(article, 12)
    desk.figure(article, 20, part_of=whole, population="children", counted="children")
    assert one(desk.contradictions())["rule"] == "stated_part"


def test_part_exceeds_whole_leaves_a_part_below_its_whole_alone(desk):
    article = desk.article("a")
    desk.figure(article, 103, place="Westmark")
    desk.figure(article, 164)
    assert desk.contradictions() == []


def test_part_exceeds_whole_leaves_a_later_part_alone(desk):
    desk.report("a", 42, day=4)
    desk.report("b", 103, day=6, place="Westmark")
    assert desk.contradictions() == []


def test_part_exceeds_whole_leaves_a_place_that_is_only_inherited_alone(desk):
    article = desk.article("a")
    desk.figure(article, 103, place="Westmark", place_source="inherited")
    desk.figure(article, 42)
    assert desk.contradictions() == []


def test_part_exceeds_whole_never_takes_a_number_for_a_whole_beside_a_greater_one(desk):
    article = desk.article("a")
    desk.figure(article, 290)
    desk.figure(article, 1, claimant="A foreign ministry")
    desk.figure(article, 37, population="foreigners", counted="foreigners")
    assert desk.contradictions() == []


def test_part_exceeds_whole_leaves_police_above_the_soldiers_of_the_country_alone(desk):
    article = desk.article("a")
    desk.figure(article, 2977, measure="deployed", population="police", counted="police officers", place="Westmark")
    desk.figure(article, 450, measure="deployed", population="soldiers", counted="soldiers")
    assert desk.contradictions() == []


def test_part_exceeds_whole_leaves_tourists_above_the_evacuated_residents_alone(desk):
    article = desk.article("a")
    desk.figure(article, 900, measure="evacuated", population="tourists", counted="tourists")
    desk.figure(article, 300, measure="evacuated", population="residents", counted="residents")
    assert desk.contradictions() == []


def test_part_exceeds_whole_leaves_two_reports_of_one_day_alone_where_growth_explains_them(desk):
    desk.report("a", 42)
    desk.report("b", 50, hour=6, place="Westmark")
    assert desk.contradictions() == []


def test_part_exceeds_whole_leaves_two_regions_alone(desk):
    article = desk.article("a")
    desk.figure(article, 103, place="Westmark")
    desk.figure(article, 42, place="Eastmark")
    assert desk.contradictions() == []


# sum_mismatch

TOTAL = "The official death total of civilians stands at 26 and that of security officers at 16."


def parts(desk, article, *, sentence=TOTAL, day=5):
    return [
        desk.figure(
            article, 26, population="civilians", counted="civilians", sentence=sentence, day=day, claimant="Cabinet"
        ),
        desk.figure(
            article,
            16,
            population="security_forces",
            counted="security officers",
            sentence=sentence,
            day=day,
            claimant="Cabinet",
        ),
    ]


def test_sum_mismatch_catches_complete_parts_below_the_whole(desk):
    article = desk.article("a", day=None)
    desk.figure(article, 164, high=None, qualifier="at_least", day=None, claimant="Health Ministry")
    both = parts(desk, article, day=None)
    found = one(desk.contradictions())
    assert (found["kind"], found["severity"], found["a_low"], found["gap"]) == ("sum_mismatch", "medium", 42, 122)
    assert sorted(found["a_figure_ids"]) == sorted(both)
    assert found["explanation"] == (
        "26 civilians and 16 security officers killed in Norland make 42 by Cabinet (The A, undated); "
        "Health Ministry says at least 164 (The A, undated)"
    )


def test_sum_mismatch_catches_parts_above_the_whole(desk):
    article = desk.article("a")
    desk.figure(article, 30)
    parts(desk, article, sentence="Among the dead are 26 civilians and 16 officers.")
    assert one(desk.contradictions())["rule"] == "parts_above_whole"


def test_sum_mismatch_leaves_parts_that_nobody_calls_complete_alone(desk):
    article = desk.article("a")
    desk.figure(article, 164)
    parts(desk, article, sentence="The dead include 26 civilians and 16 officers.")
    assert desk.contradictions() == []


def test_sum_mismatch_leaves_parts_that_add_up_alone(desk):
    article = desk.article("a")
    desk.figure(article, 42)
    parts(desk, article)
    assert desk.contradictions() == []


def test_sum_mismatch_never_adds_up_parts_that_may_share_people(desk):
    article = desk.article("a")
    desk.figure(article, 30)
    for number, population in ((26, "children"), (16, "foreigners")):
        desk.figure(article, number, population=population, counted=population, sentence=TOTAL)
    assert desk.contradictions() == []


def test_part_exceeds_whole_takes_a_complete_sum_for_a_whole(desk):
    article = desk.article("a", day=None)
    desk.figure(article, 103, place="Westmark", day=None, claimant="Health Ministry")
    both = parts(desk, article, day=None)
    found = one(desk.contradictions())
    assert (found["kind"], found["rule"], sorted(found["b_figure_ids"])) == (
        "part_exceeds_whole",
        "inside_a_sum",
        sorted(both),
    )
    assert (
        "is more than the 42 killed in Norland that 26 civilians and 16 security officers make by Cabinet"
        in found["explanation"]
    )


def test_sum_mismatch_catches_places_whose_sum_is_above_the_region(desk):
    article = desk.article("a")
    sentence = "15 people died in Westmark and 13 in Eastmark, 24 people in all of Norland."
    desk.figure(article, 24, sentence=sentence)
    for number, place in ((15, "Westmark"), (13, "Eastmark")):
        desk.figure(article, number, place=place, sentence=sentence)
    found = one(desk.contradictions())
    assert (found["kind"], found["a_low"], found["b_low"]) == ("sum_mismatch", 28, 24)
    assert found["explanation"].startswith(
        "15 in Westmark and 13 in Eastmark killed in Norland make 28 by The A (5 May 2031); The A says 24 (5 May 2031)"
    )


def test_sum_mismatch_leaves_places_that_lie_in_each_other_alone(desk):
    article = desk.article("a")
    sentence = "15 people died in Westmark, 24 in all of Norland."
    for number, place in ((15, "Westmark"), (24, "Norland")):
        desk.figure(article, number, place=place, sentence=sentence)
    assert desk.contradictions() == []


def test_sum_mismatch_leaves_a_sum_above_a_number_of_one_class_alone(desk):
    article = desk.article("a")
    sentence = "They sent 900 police officers and 300 border guards."
    for number, population in ((900, "police"), (300, "border_guards")):
        desk.figure(article, number, measure="deployed", population=population, counted=population, sentence=sentence)
    desk.figure(article, 450, measure="deployed", population="soldiers", counted="soldiers")
    assert desk.contradictions() == []


# scope_drift


def drift(desk, value=64, **other):
    desk.report("a", value, claimant="Interior Ministry", population="police", counted="policemen")
    desk.report("b", value, claimant="Interior Ministry", **{"population": "soldiers", "counted": "soldiers"} | other)


def test_scope_drift_catches_one_number_of_one_body_for_two_classes(desk):
    drift(desk)
    found = one(desk.contradictions())
    assert (found["kind"], found["severity"], found["rule"]) == ("scope_drift", "medium", "other_class")
    assert found["explanation"].startswith(
        "64 by Interior Ministry on 5 May 2031 stands for police killed in Norland at The A and for soldiers"
    )


def test_scope_drift_leaves_people_who_may_be_the_police_alone(desk):
    deployed = {"measure": "deployed", "claimant": "Interior Ministry"}
    desk.report("a", 640, population="police", counted="policemen", **deployed)
    desk.report("b", 640, **deployed)
    assert desk.contradictions() == []


def test_scope_drift_catches_one_number_of_one_body_for_two_places(desk):
    desk.report("a", 64, claimant="Interior Ministry", place="Westmark")
    desk.report("b", 64, claimant="Interior Ministry", place="Eastmark")
    assert one(desk.contradictions())["rule"] == "other_place"


def test_scope_drift_is_milder_for_a_place_inside_the_other(desk):
    soldiers = {"measure": "deployed", "population": "soldiers", "counted": "soldiers", "claimant": "Defence Ministry"}
    desk.report("a", 450, place="Westmark", **soldiers)
    desk.report("b", 450, **soldiers)
    assert one(desk.contradictions())["severity"] == "low"


def test_scope_drift_leaves_the_dead_of_a_city_named_by_its_country_alone(desk):
    desk.report("a", 64, claimant="Interior Ministry", place="Westmark")
    desk.report("b", 64, claimant="Interior Ministry")
    assert desk.contradictions() == []


@pytest.mark.parametrize(
    "other",
    [
        {"claimant": "Red Cross"},
        {"population": "security_forces"},
        {"day": 6},
        {"place": "Westmark"},
    ],
)
def test_scope_drift_leaves_another_body_day_or_wider_class_alone(desk, other):
    desk.report("a", 64, claimant="Interior Ministry", population="police", counted="policemen")
    desk.report("b", 64, **{"claimant": "Interior Ministry", "population": "soldiers", "counted": "soldiers"} | other)
    assert desk.contradictions() == []


def test_scope_drift_leaves_small_numbers_alone(desk):
    drift(desk, value=3)
    assert desk.contradictions() == []


# tension


def test_tension_catches_dozens_beside_a_much_higher_number(desk):
    desk.report("a", 164, high=None, likely_high=None, qualifier="at_least", claimant="Health Ministry")
    desk.report("b", None, **VAGUE_DOZENS)
    found = one(desk.contradictions())
    assert (found["kind"], found["severity"]) == ("tension", "low")
    assert found["explanation"] == (
        '"Dozens of people" killed in Norland by The B (5 May 2031) sits uneasily beside at least 164 '
        "by Health Ministry (The A, 5 May 2031)"
    )


def test_tension_holds_between_undated_articles(desk):
    desk.report("a", 164, day=None, high=None, likely_high=None, qualifier="at_least")
    desk.report("b", None, day=None, **VAGUE_DOZENS)
    assert one(desk.contradictions())["kind"] == "tension"


def test_tension_leaves_dozens_of_an_earlier_day_alone(desk):
    desk.report("a", 164, day=6, high=None, likely_high=None, qualifier="at_least")
    desk.report("b", None, day=4, **VAGUE_DOZENS)
    assert desk.contradictions() == []


def test_tension_leaves_dozens_beside_forty_alone(desk):
    desk.report("a", 40)
    desk.report("b", None, **VAGUE_DOZENS)
    assert desk.contradictions() == []


def test_tension_catches_a_base_and_more_above_the_whole(desk):
    sentence = "About 3,000 Russian troops came, as well as almost a thousand more from elsewhere."
    troops = {"measure": "deployed", "population": "soldiers", "counted": "troops"}
    article = desk.article("a", day=8)
    desk.figure(
        article,
        3000,
        day=8,
        low=2000,
        high=4000,
        likely_low=2500,
        likely_high=3500,
        qualifier="about",
        sentence=sentence,
        **troops,
    )
    bounds = {"low": 800, "high": 1000, "likely_low": 900, "likely_high": 1000, "qualifier": "nearly"}
    more = {"quote": "almost a thousand more", "sentence": sentence, "aspect": "increment"}
    desk.figure(article, 1000, day=8, **bounds, **more, **troops)
    desk.report("b", 3000, day=None, likely_low=2700, likely_high=3300, **troops)
    found = one(desk.contradictions())
    assert (found["kind"], found["rule"], found["a_low"], found["a_high"]) == ("tension", "sum_of_parts", 2800, 5000)


def test_tension_catches_a_number_cited_after_it_was_withdrawn(desk):
    article = desk.article("a", day=6)
    old = desk.figure(article, 359, day=6, negated=True)
    desk.figure(article, 253, day=6, corrects=old)
    desk.report("b", 359, day=9)
    assert [(row["kind"], row["rule"]) for row in desk.contradictions()] == [
        ("retraction", "corrected_in_words"),
        ("tension", "cited_after_its_retraction"),
    ]


# rounding, update, agreement


def test_rounding_joins_a_number_and_the_same_rounded(desk):
    desk.report("a", 2977)
    desk.report("b", 3000, likely_low=2700, likely_high=3300)
    assert desk.kinds() == ["rounding"]


def test_rounding_never_joins_numbers_too_far_apart_to_be_one(desk):
    desk.report("a", 2477, claimant="Red Cross")
    desk.report("b", 3000, likely_low=2700, likely_high=3300, claimant="Cabinet")
    assert desk.kinds() == ["source_conflict"]


def test_update_follows_a_count_from_day_to_day(desk):
    for page, day, number in (("a", 4, 8), ("b", 5, 12), ("c", 6, 16)):
        desk.report(page, number, day=day, population="security_forces", counted="officers")
    found = desk.relations()
    assert [(row["kind"], row["a_low"], row["b_low"], row["severity"]) for row in found] == [
        ("update", 8, 12, None),
        ("update", 12, 16, None),
    ]
    assert found[0]["explanation"] == (
        "The count of security forces killed in Norland grew from 8 (The A, 4 May 2031) to 12 (The B, 5 May 2031)"
    )


def test_update_follows_an_open_bound_to_a_higher_number(desk):
    desk.report("a", 1000, day=4, low=1001, high=None, likely_low=1001, qualifier="more_than", measure="injured")
    desk.report("b", 2200, day=6, measure="injured")
    assert desk.kinds() == ["update"]


def test_update_is_inferred_where_the_days_are_unknown(desk):
    desk.report("a", 8, day=None)
    desk.report("b", 12, day=None)
    found = one(desk.relations())
    assert (found["kind"], found["rule"]) == ("update", "higher_so_later")


def test_update_leaves_a_number_that_fell_alone(desk):
    desk.report("a", 321, day=5)
    desk.report("b", 150, day=7)
    assert desk.kinds() == []


def test_update_leaves_levels_alone(desk):
    desk.report("a", 8, day=4, measure="missing")
    desk.report("b", 12, day=6, measure="missing")
    assert desk.relations() == []


def test_agreement_counts_independent_voices(desk):
    desk.report("a", 40, claimant="Health Ministry")
    desk.report("b", 40, claimant="Health Ministry")
    desk.report("c", 40, claimant="Red Cross")
    found = one(desk.relations())
    assert (found["kind"], found["voices"]) == ("agreement", 2)
    assert found["explanation"].startswith("2 independent voices give 40 killed in Norland, first Health Ministry")


def test_agreement_never_counts_copies_of_one_text(desk):
    for page in ("a", "b", "c"):
        desk.report(page, 40, article={"cluster": "agency text"})
    assert desk.relations() == []


def test_withdrawn_is_not_deployed_and_leaves_it_alone(desk):
    desk.report(
        "a",
        2000,
        day=6,
        low=2001,
        high=None,
        likely_low=2001,
        qualifier="more_than",
        measure="withdrawn",
        population="soldiers",
    )
    desk.report("b", 3000, day=6, measure="deployed", population="soldiers")
    assert desk.relations() == []


@pytest.mark.parametrize(
    ("title", "url", "named"),
    [
        ("dam bursts above the town", "file:desk/03.txt", 'The article "dam bursts above the town" gives 40'),
        (None, "file:desk/03.txt", "An untitled article gives 40"),
        (None, "https://quay.example/03", "Quay.example gives 40"),
    ],
)
def test_an_article_without_outlet_is_named_by_its_title_and_never_by_a_file(desk, title, url, named):
    desk.report("a", 40)
    desk.report("b", 158)
    desk.connection.execute(
        "UPDATE core.articles SET outlet = NULL, title = $title, url = $url WHERE outlet = 'The A'",
        {"title": title, "url": url},
    )
    assert one(desk.contradictions())["explanation"] == (
        f"{named} killed in Norland (5 May 2031); The B says 158 (5 May 2031)"
    )


def test_every_kind_has_a_row_it_catches_and_a_row_it_leaves_alone():
    words = Path(__file__).read_text(encoding="utf-8")
    for kind in KINDS:
        tests = [line for line in words.splitlines() if line.startswith(f"def test_{kind}_")]
        assert any(
            " catches " in line.replace("_", " ") or "joins" in line or "follows" in line or "counts" in line
            for line in tests
        ), kind
        assert any("_leaves_" in line or "_never_" in line for line in tests), kind


def test_every_kind_says_in_its_first_line_what_one_row_is():
    folder = Path(checks.__file__).parent / "relations"
    assert {path.stem for path in folder.glob("*.sql")} == set(KINDS)
    assert all(path.read_text(encoding="utf-8").startswith("-- One row: ") for path in folder.glob("*.sql"))
    assert KINDS[:9] == CONTRADICTING
