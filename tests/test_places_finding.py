"""Places in text, and what is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import FactError
from extract.figures.gazetteer import countries, fold, gazetteer, place_names
from extract.figures.natural_regions import natural_regions
from extract.figures.places import find_places, main_place, place_tree_rows
from tests.patience import linear_work


def names(text):
    return [mention.name for mention in find_places(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Clashes broke out in Almaty and in Nur-Sultan.", ["Almaty", "Astana"]),
        ("The road from Kiev to Odessa is shut.", ["Kyiv", "Odesa"]),
        ("A bridge in Bombay fell; Calcutta was spared.", ["Mumbai", "Kolkata"]),
        ("In Paris, Texas, ten cattle died.", ["Paris, Texas", "Texas"]),
        ("In Paris ten cattle died.", ["Paris"]),
        ("Smoke over Atlanta, Georgia.", ["Atlanta", "Georgia, United States"]),
        ("Smoke over Tbilisi, Georgia.", ["Tbilisi", "Georgia"]),
        ("A mine near Hyderabad in Pakistan's south flooded.", ["Hyderabad, Sindh", "Pakistan"]),
        ("In the province of Helmand and in Almaty Region.", ["Helmand", "Almaty Region"]),
        ("Rio de Janeiro and S\u00e3o Paulo were dark.", ["Rio de Janeiro", "Sao Paulo"]),
        ("Tents in Sana\u2019a and Xi'an", ["Sanaa", "Xi'an"]),
        ("He lives in Washington state, she in Washington.", ["Washington State", "Washington"]),
        ("St. Petersburg, Russia", ["Saint Petersburg", "Russia"]),
        ("U.S. forces and UK ministers met in the UAE.", ["United States", "United Kingdom", "United Arab Emirates"]),
        ("A hall in Reading, one in Nice, one in Cork.", ["Reading", "Nice", "Cork"]),
        ("Gaza is dark.", ["Gaza Strip"]),
        ("Jordan hosts ten camps.", ["Jordan"]),
        ("Strikes on Gaza; shells near Gaza City.", ["Gaza Strip", "Gaza"]),
        ("A storm hit Mindanao and floods struck Darfur.", ["Mindanao", "Darfur"]),
        ("Boats reached Lampedusa; fires burned on Rhodes.", ["Lampedusa", "Rhodes"]),
        ("Kites flew on Crete and on Lombok.", ["Crete", "Lombok"]),
        ("Envoys met in Geneva; the United States sent nobody.", ["Geneva", "United States"]),
        ("Envoys met in Geneva, Illinois.", ["Geneva, Illinois", "Illinois"]),
        ("Trams stopped in Bruges and in Cracow.", ["Bruges", "Krakow"]),
    ],
)
def test_places_are_found_under_all_their_names(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Most of the Date was Nice, said a Man who Reads.",
        "Police said the Mobile tower fell in March.",
        "Paris Hilton met Michael Jordan.",
        "President Jackson, Mr Lincoln and Gen. Houston voted.",
        "The Bank of America and the University of California agreed.",
        "The New York Times and the Boston Globe reported it.",
        "Manchester United beat Chelsea FC.",
        "They told us that turkey may chill in march.",
        "Charlotte Smith spoke.",
        "They operated on Victoria, relied on Lorraine and called on Virginia.",
        "A book on Sinai Katz sold well; many relied on Rhodes.",
        "Dane County and Scot Harris agreed.",
        "The Geneva Convention and the Paris Agreement hold.",
        "Ships crossed the Indian Ocean and the Gulf of Mexico.",
        "",
    ],
)
def test_words_people_papers_and_clubs_are_no_places(text):
    assert names(text) == []


def test_demonyms_give_the_country_and_say_so():
    found = find_places("Kazakh police, two Sri Lankans, some Frenchmen and Iraqis")
    assert [(m.name, m.is_demonym) for m in found] == [
        ("Kazakhstan", True), ("Sri Lanka", True), ("France", True), ("Iraq", True),
    ]  # fmt: skip


def test_a_dateline_is_marked_as_the_reporters_place():
    found = find_places("MOSCOW, Jan 6 (XYZ) - Troops left for Kazakhstan.")
    assert [(m.name, m.is_dateline) for m in found] == [("Moscow", True), ("Kazakhstan", False)]


def test_lower_case_agency_copy_has_places_behind_prepositions():
    text = "the guerrillas attacked in el salvador near san miguel and wounded a mobile nurse in reading glasses"
    assert names(text) == ["El Salvador", "San Miguel"]


def test_capitals_throughout_do_not_turn_words_into_places():
    assert names("QUAKE HITS TURKEY AND SYRIA, MOST POLICE POSTS DOWN IN GAZIANTEP") == ["Turkey", "Syria", "Gaziantep"]


def test_a_small_town_needs_its_country_in_the_text():
    assert names("Two were caught in Dambulla.") == names("Two were caught in Dambulla, Sri Lankan police said.")[:1]
    assert names("They met Dambulla.") == []


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Flood in Beirut", "MOSCOW (XYZ) - Ten died in Beirut, Lebanese media said. Beirut is dark.", "Beirut"),
        ("Protests across Kazakhstan", "In Almaty ten died, in Aktobe two. Kazakhstan is under curfew.", "Kazakhstan"),
        (None, "Moscow \u2013 Russia sent troops to Kazakhstan. In Kazakhstan ten died in Almaty.", "Kazakhstan"),
        ("Prices rise", "Bread is dear.", None),
    ],
)
def test_the_storys_place_is_the_most_specific_that_leads(title, text, expected):
    place = main_place(title, text)
    assert (place and place.name) == expected


def test_the_tree_leads_from_city_over_region_to_country():
    rows = {row for row in place_tree_rows() if row[0] == "Omdurman"}
    assert rows == {("Omdurman", "Omdurman", 0), ("Omdurman", "Khartoum Region", 1), ("Omdurman", "Sudan", 2)}


def test_the_tree_leads_over_what_lies_around_a_region():
    rows = {row for row in place_tree_rows() if row[0] in {"North Sumatra", "Lampedusa"} and row[2]}
    assert rows == {
        ("North Sumatra", "Sumatra", 1), ("North Sumatra", "Indonesia", 2),
        ("Lampedusa", "Sicily", 1), ("Lampedusa", "Italy", 2),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("Tokyo", ["Tokyo Region", "Kanto", "Honshu", "Japan"]),
        ("Kanto", ["Honshu", "Japan"]),
        ("Noto Peninsula", ["Ishikawa", "Honshu", "Japan"]),
        ("South Yorkshire", ["Yorkshire", "England", "United Kingdom"]),
    ],
)
def test_the_tree_leads_from_the_inside_out_over_regions_that_lie_in_one_another(place, line):
    rows = sorted((depth, ancestor) for name, ancestor, depth in place_tree_rows() if name == place and depth)
    assert [ancestor for _, ancestor in rows] == line


def test_a_region_misspelt_in_the_table_is_named_with_its_entry():
    with pytest.raises(FactError, match=r"\[AR\] 'Patagonia' names 'Neuquen'"):
        list(natural_regions(set()))


def test_every_place_of_the_tree_has_one_name_and_no_city_is_its_own_region():
    entries = gazetteer().entries
    assert len({entry.place.name for entry in entries}) == len(entries)
    assert not [entry for entry in entries if entry.place.name == entry.region]
    rows = place_tree_rows()
    assert len(rows) == len({(place, ancestor) for place, ancestor, _ in rows})


def test_every_country_and_every_former_name_of_the_table_leads_to_a_place():
    by_key = gazetteer().by_key
    assert [country.name for country in countries().values() if fold(country.name) not in by_key] == []
    former = [name for names in place_names()["former"].values() for name in names]
    assert [name for name in former if fold(name) not in by_key] == []


@given(st.text())
def test_any_text_at_all_gives_places_at_true_offsets_in_order(text):
    end = 0
    for mention in find_places(text):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end


_PIECES = [
    "Paris",
    "Texas",
    ",",
    "of",
    "in",
    "New",
    "York",
    "Times",
    "\u0130zmir",
    "Bank",
    "U.S.",
    "'s",
    "-",
    "\n",
    "Georgia",
    "St.",
    "(",
    "he",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=40))
def test_scrambled_names_never_raise_and_the_story_has_one_place_or_none(pieces):
    text = " ".join(pieces)
    find_places(text)
    main_place(None, text)


@pytest.mark.parametrize(
    "piece", ["New York ", "Paris, Texas, ", "and in a ", "U.S. ", "San San ", "A", "\u0130 ", "Peru\u00a0"]
)
def test_two_hundred_thousand_characters_are_read_in_linear_time(piece):
    with linear_work():
        find_places(piece * (200_000 // len(piece)))
