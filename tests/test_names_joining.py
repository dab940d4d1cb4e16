"""Spellings of one name join; near names stay apart."""

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.figures.name_forms import skeleton
from extract.figures.names import join_names
from tests.patience import linear_work


def voices(*spellings):
    return len({joined.voice for joined in join_names(spellings).values()})


@pytest.mark.parametrize(
    "spellings",
    [
        [
            "Kassym-Jomart Tokayev",
            "Qasim Jomart Tokayev",
            "Kassim-Jomart Tokayev",
            "Qasym-Zhomart Toqaev",
            "President Tokayev",
        ],
        ["Andrei Serdyukov", "Andrey Serdyukov", "Gen. Serdyukov"],
        ["Igor Konashenkov", "Konashenko", "the defence ministry's spokesman Igor Konashenkov"],
        ["CSTO", "CTSO", "Collective Security Treaty Organization", "Collective Security Treaty Organisation (CSTO)"],
        ["Health Ministry", "Kazakhstan's Health Ministry", "ministry of health", "the country's Ministry of Health"],
        ["Russian defence ministry", "Ministry of Defense", "Russia's Defence Ministry"],
        ["Mohammed Idris", "Muhammad Idris", "Mohamed Idris"],
        ["Sergei Volkov", "Sergey Volkov", "S. Volkov", "Mr Volkov"],
        ["Abdel Fattah al-Masri", "Abdel Fattah el-Masri"],
        ["Kim Jong-un", "Kim Jong Un"],
        ["Interfax", "the Russian news agency Interfax", "Interfax news agency"],
        ["UN", "U.N.", "United Nations"],
        ["the police", "police"],
        ["police in Almaty", "Almaty police"],
        ["NYT", "The New York Times", "New York Times"],
        ["Yusuf Demir", "Youssef Demir"],
        ["NATO", "Nato", "North Atlantic Treaty Organization"],
        ["Sri Lankan police", "police in Sri Lanka"],
        ["Lebanon's health minister Hamad Hasan", "Hamad Hassan", "Hasan"],
    ],
)
def test_spellings_of_one_name_join(spellings):
    assert voices(*spellings) == 1


@pytest.mark.parametrize(
    "spellings",
    [
        ["Niger", "Nigeria"],
        ["Austria", "Australia"],
        ["Slovakia", "Slovenia"],
        ["Iran", "Iraq"],
        ["Guinea", "Guinea-Bissau", "Equatorial Guinea", "Papua New Guinea"],
        ["North Korea", "South Korea"],
        ["Kim Jong-un", "Kim Jong-il", "Kim Yo-jong"],
        ["George W. Bush", "George H. W. Bush", "Jeb Bush"],
        ["Ivan Petrov", "Ivana Petrova"],
        ["Maria Orlova", "Marina Orlova"],
        ["Alexander Novak", "Alexandra Novak"],
        ["Michel Dupont", "Michelle Dupont"],
        ["Hasan Karimi", "Hussein Karimi"],
        ["Mario Rossi", "Maria Rossi"],
        ["Petrov", "Petrova"],
        ["John Miller Jr", "John Miller Sr"],
        ["Interior Ministry", "Health Ministry"],
        ["Health Ministry", "Health Minister"],
        ["Kazakhstan's Health Ministry", "Lebanon's Health Ministry"],
        ["police in Almaty", "police in Aktobe"],
        ["Almaty police", "police"],
        ["New York Times", "Los Angeles Times", "The Times"],
        ["Ministry of Foreign Affairs", "Ministry of Internal Affairs"],
        ["Anna Schmidt", "Hannah Schmidt"],
        ["WHO", "WTO"],
        ["ICAO", "IACO"],
        ["Red Cross", "Red Crescent"],
        ["University of Lagos", "University of Ibadan"],
        ["officials", "health officials"],
        ["Sri Lankan police", "police"],
        ["Omar Haddad", "Amr Haddad", "Umar Khatib"],
        ["Li Wei", "Li Weiwei"],
        ["Laos", "Lagos"],
        ["Congo Republic", "DR Congo"],
        ["Dominica", "Dominican Republic"],
        ["Swiss army", "Swedish army"],
        ["Salvador Reyes", "San Salvador"],
    ],
)
def test_near_names_stay_apart(spellings):
    assert voices(*spellings) == len(spellings)


def test_a_ministry_without_country_joins_none_where_two_countries_have_one():
    joined = join_names(["Health Ministry", "Kazakhstan's Health Ministry", "Lebanon's Health Ministry"])
    assert joined["Health Ministry"].voice == "Health Ministry"


def test_a_surname_alone_joins_none_where_two_bear_it():
    joined = join_names(["Bush", "George Bush", "Jeb Bush"])
    assert joined["Bush"].voice == "Bush"
    assert joined["Bush"].evidence == "alone"


def test_the_voice_is_the_fullest_spelling_and_the_evidence_says_why():
    joined = join_names(["CSTO", "Collective Security Treaty Organization"])
    assert joined["CSTO"].voice == "Collective Security Treaty Organization"
    assert joined["CSTO"].evidence == "acronym CSTO"


def test_transliterations_sound_alike():
    assert skeleton("Toqaev") == skeleton("Tokayev") == "tokaev"
    assert skeleton("Zhomart") == skeleton("Jomart")
    assert skeleton("Serdyukov") != skeleton("Serdukova")


_SPELLINGS = [
    *("Tokayev", "Toqaev", "K. Tokayev", "Kassym Tokayev", "Karim Tokayev", "CSTO", "CTSO", "police", "Bush"),
    *("Collective Security Treaty Organization", "Health Ministry", "Kazakh Health Ministry"),
    *("Lebanese Health Ministry", "ministry of health"),
]


def test_the_answer_is_the_same_in_any_order():
    expected = join_names(_SPELLINGS)
    for seed in range(20):
        shuffled = _SPELLINGS[:]
        random.Random(seed).shuffle(shuffled)
        assert join_names(shuffled) == expected


@given(st.lists(st.text(max_size=30), max_size=12))
def test_any_spellings_at_all_are_keys_of_the_answer(spellings):
    joined = join_names(spellings)
    assert set(joined) == set(spellings)
    assert all(name.voice in joined for name in joined.values())


_PIECES = [
    "Kim",
    "Jong",
    "al-",
    "Ministry",
    "of",
    "Health",
    "(CSTO)",
    "Jr",
    "Gen.",
    "U.N.",
    "the",
    "Russian",
    "'s",
    "\u0130",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=8))
def test_scrambled_names_never_raise(words):
    join_names([" ".join(words), "".join(words), "-".join(words)])


def test_twenty_thousand_names_join_in_a_few_seconds():
    given_names = ["".join(letters) for letters in itertools.product("BDKLM", "aeiou", "nrst", "ai")]
    surnames = ["".join(letters) for letters in itertools.product("BDGKLMNPRST", "aeiou", "dgklmnrst", "o", "v")]
    names = [f"{given_names[n * 7 % len(given_names)]} {surnames[n % len(surnames)]}" for n in range(20_000)]
    with linear_work():
        join_names(names)
