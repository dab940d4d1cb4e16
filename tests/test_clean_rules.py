"""Every line rule fires on its own example and leaves prose alone."""

import re

import pytest

from extract.clean.credits import is_bare_credit, judge_caption
from extract.clean.lines import judge_words, line_rules, read_line

PROSE = [
    "The minister said on Monday that more than 300 people had signed up for the new scheme.",
    "She asked readers of the report to look at page four, where the number is given.",
    "Police shared no further details about the crash, in which two men were hurt.",
    "He told the committee that the company had used cookies without asking for consent first.",
    "Follow-up talks are due in April, and both sides said that they would attend.",
    "Donations worth 4 million dollars have reached the flooded towns, the mayor said.",
    "The newsletter of the union put the number of strikers at 5,000.",
    "A video of the attack was shared more than 200,000 times before it was taken down.",
    "Advertising spending fell by a tenth last year, the agency said in its report.",
    "“Please help us,” the woman cried as the boat drew near.",
    "Read in full, the letter tells a different story.",
    "Copyright law does not cover the photographs, the court ruled on Tuesday.",
]


@pytest.mark.parametrize("rule", line_rules(), ids=lambda rule: rule.name)
def test_a_rule_fires_on_its_example_under_its_own_name(rule):
    verdict = judge_words(read_line(rule.example), in_head=True)
    assert verdict is not None
    assert (verdict.reason, verdict.rule) == (rule.reason, rule.name)


@pytest.mark.parametrize("rule", line_rules(), ids=lambda rule: rule.name)
def test_a_rule_that_asks_for_words_finds_them_in_its_example(rule):
    assert not rule.needs or any(word in rule.example.lower() for word in rule.needs)


@pytest.mark.parametrize("rule", line_rules(), ids=lambda rule: rule.name)
def test_a_pattern_is_written_in_small_letters_and_captures_nothing(rule):
    folded = re.sub(r"\\.|\(\?-i:[^)]*\)", "", rule.pattern.pattern)
    assert folded == folded.lower()
    assert rule.pattern.groups == 0


def test_no_two_rules_share_a_name():
    names = [rule.name for rule in line_rules()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("line", PROSE)
def test_prose_about_the_same_things_is_left_alone(line):
    assert judge_words(read_line(line), in_head=True) is None
    assert judge_caption(read_line(line)) is None


@pytest.mark.parametrize(
    "line",
    [
        "Jan Reed / AP",
        "Photo: Harbour Post",
        "Lena Ott / AFP / Getty",
        "Courtesy of the museum",
        "(AP Photo/Jan Reed)",
        "Image credit: Dora Finch",
    ],
)
def test_a_line_that_only_names_who_made_a_picture_is_a_credit(line):
    assert is_bare_credit(read_line(line))


@pytest.mark.parametrize(
    "line",
    [
        "Tents on the football ground in Orle [LENA OTT/AFP/Getty Images]",
        "Soldiers unload a plane at the northern airport. Alamy Stock Photo",
        "Special forces at a drill. Image Credit: Creative Commons.",
        "Police in helmets in the city of Tarn on Jan. 5, 2031., AP Photo/Ann Quill",
        "New bridge opens © New bridge opens",
        "Photo, Tarn, May 2, 2031: a policeman looks at a broken window.",
    ],
)
def test_a_line_that_ends_or_begins_as_captions_do_is_a_caption(line):
    verdict = judge_caption(read_line(line))
    assert verdict is not None
    assert verdict.reason == "caption"
