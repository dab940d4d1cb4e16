"""What a figure means: measure, counted noun, claimant, parts, place and day, on sentences of our own."""

from datetime import UTC, datetime

import pytest

from extract.figures import find_figures, load_model
from extract.figures.gazetteer import gazetteer
from extract.figures.measures import measure_rows
from extract.figures.tables import load_table
from extract.models import Article

NOW = datetime(2031, 5, 8, tzinfo=UTC)


def read(text, title=None, captions=""):
    return find_figures(
        [Article("p", "https://paper.example/1", "paper", None, title, text, NOW, captions=captions, published_at=NOW)],
        load_model(),
    )[0]


def meanings(text):
    return [(figure.quote, figure.measure) for figure in read(text)]


EXAMPLES = [(measure, example) for measure, entry in load_table("measures").items() for example in entry["examples"]]


@pytest.mark.parametrize(("measure", "example"), EXAMPLES, ids=[row[1] for row in EXAMPLES])
def test_each_example_of_the_measure_table_reads_as_its_measure(measure, example):
    assert [figure.measure for figure in read(example)][:1] == [measure]


def test_every_measure_has_a_row():
    assert [row[0] for row in measure_rows()] == list(load_table("measures"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The storm killed 12 weavers and injured 30.", [("12 weavers", "killed"), ("30", "injured")]),
        (
            "Three gunmen killed a guard and two cooks.",
            [("Three gunmen", "other"), ("a guard", "killed"), ("two cooks", "killed")],
        ),
        ("The death toll rose to 18 on Friday.", [("18", "killed")]),
        ("The toll has risen to 18 dead and 748 wounded.", [("18", "killed"), ("748", "injured")]),
        ("The quake left 12 dead and 30 injured.", [("12", "killed"), ("30", "injured")]),
        ("Nine weavers lost their lives, said the mayor.", [("Nine weavers", "killed")]),
        ("The blaze claimed at least 14 lives.", [("at least 14 lives", "killed")]),
        (
            "Officials put the death total of civilians at 26 and that of security officers at 16.",
            [("26", "killed"), ("16", "killed")],
        ),
        ("The mill will lay off 500 workers.", [("500 workers", "jobs_cut")]),
        ("The mill laid 500 workers off in May.", [("500 workers", "jobs_cut")]),
        ("Some 3,000 troops were sent to the border.", [("Some 3,000 troops", "deployed")]),
        ("Over 2,000 soldiers have left the province.", [("Over 2,000 soldiers", "withdrawn")]),
        ("Tens of thousands of teachers took to the streets.", [("Tens of thousands of teachers", "protesters")]),
        ("The virus infected 40 pupils; 12 are in hospital.", [("40 pupils", "infected"), ("12", "hospitalised")]),
        ("The flood destroyed 40 houses and swept away 12 cars.", [("40 houses", "damaged"), ("12 cars", "damaged")]),
        ("300 families have no home.", [("300 families", "displaced")]),
        ("Police arrested 17 suspects.", [("17 suspects", "detained")]),
        ("The rebels kidnapped 31 villagers.", [("31 villagers", "kidnapped")]),
        ("The firm employs 1,200 people.", [("1,200 people", "population")]),
        ("It is a town of 40,000 people.", [("40,000 people", "population")]),
        ("The bill won 120 votes.", [("120 votes", "votes")]),
        ("Losses are put at $3 million.", [("$3 million", "money")]),
    ],
)
def test_a_sentence_gives_its_measures(text, expected):
    assert meanings(text) == expected


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("Twelve fishermen from the river villages met the minister.", "other"),
        ("Thirty farmers from the mud flats met the minister.", "other"),
        ("Twelve clerks from the collapsed firm wrote a letter.", "other"),
        ("Fifty guests booked for the night.", "other"),
        ("The coach pulled two players from the match.", "other"),
        ("Twelve ships in the dock were painted.", "other"),
        ("The council sent 12 nurses to shelters.", "deployed"),
        ("The army sent 300 soldiers to evacuate the town.", "deployed"),
        ("Crews pulled 12 people from the river.", "rescued"),
        ("Firefighters dug 12 people from the mud.", "rescued"),
        ("Twelve men were booked under the Arms Act.", "detained"),
        ("Twelve men stood in the dock.", "detained"),
        ("Crews moved 300 villagers to relief camps.", "evacuated"),
        ("The fire forced 300 residents to evacuate.", "evacuated"),
        ("The flood forced 300 families to flee.", "displaced"),
    ],
)
def test_where_somebody_comes_from_or_goes_to_needs_a_verb_to_be_a_rescue_or_an_arrest(text, measure):
    assert [figure.measure for figure in read(text)] == [measure]


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("The fire hit 300 residents of the block.", "affected"),
        ("The storm hit seven people in a van.", "affected"),
        ("A car hit three people.", "injured"),
        ("Guards opened fire and hit two men.", "injured"),
        ("Twelve nurses have burns training.", "other"),
        ("Ten miners received a report on shrapnel.", "other"),
        ("Nine weavers have experience of burns.", "other"),
        ("Two firefighters have no injuries.", "other"),
        ("Two firefighters had neither burns nor wounds.", "other"),
        ("Twelve miners have head wounds, doctors said.", "injured"),
        ("Twelve miners suffered varying degrees of burns.", "injured"),
        ("Twelve miners were taken to hospital with leg injuries.", "injured"),
    ],
)
def test_who_is_hurt_bears_the_injury_itself(text, measure):
    assert [figure.measure for figure in read(text)] == [measure]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Three officers chased two robbers and shot them dead.", ["other", "killed"]),
        ("Three officers stopped a driver and two gunmen opened fire and killed them.", ["other", "other", "other"]),
        ("Raiders stopped three cooks, met two guards at the gate and stabbed them.", ["other", "injured"]),
        ("Raiders stopped three aid workers on a road and later killed them.", ["killed"]),
        ("Two men ran up to the guards and shot them.", ["other"]),
    ],
)
def test_they_are_those_something_is_done_to_and_never_those_who_do_it(text, expected):
    assert [figure.measure for figure in read(text)] == expected


def test_shouting_and_whispering_articles_read_the_same():
    text = "Police said 12 people were killed and 30 injured in the blast."
    assert [m for _, m in meanings(text.upper())] == [m for _, m in meanings(text.lower())] == ["killed", "injured"]


def test_a_part_points_to_its_whole():
    whole, part = read("Twelve officers were killed, including two who were off duty.")
    assert (part.part_of, part.measure, part.counted) == (whole.figure_id, "killed", "officers")


def test_part_of_them_looks_back_one_sentence():
    whole, part = read("The blast killed 45 people. Eleven of them were children.")
    assert (part.part_of, part.measure, part.counted) == (whole.figure_id, "killed", "children")


def test_an_article_counts_as_one_only_inside_a_tally():
    assert [figure.quote for figure in read("Two Turks and a Dane were killed. A Swede was hurt.")] == [
        "Two Turks",
        "a Dane",
    ]


@pytest.mark.parametrize(
    ("text", "claimant", "kind"),
    [
        ("The health ministry said 12 people were killed.", "health ministry", "official"),
        ("12 people were killed, according to the Red Cross.", "Red Cross", "medical"),
        ("“12 people were killed,” Ana Reyes told reporters.", "Ana Reyes", "person"),
        ("12 people were killed, said the governor of Oberau.", "governor of Oberau", "official"),
        ("12 people were killed, state television reported, citing the police.", "police", "official"),
        ("The union put the number of strikers at 1,200.", "union", "union"),
        ("12 deaths were reported by the ministry.", "ministry", "official"),
        ("Police: 12 people killed in blast", "Police", "official"),
    ],
)
def test_the_source_is_named(text, claimant, kind):
    figure = read(text)[0]
    assert (figure.claimant, figure.claimant_kind) == (claimant, kind)


def test_a_pronoun_stands_for_the_last_source():
    first, second = read("The ministry said 12 people were killed. It added that 30 people were injured.")
    assert first.claimant == second.claimant == "ministry"


def test_the_narrator_claims_where_nobody_is_named():
    [figure] = read("The blast killed 12 people.")
    assert (figure.claimant, figure.claimant_kind, figure.speech) == (None, None, "narrator")


def test_what_may_come_is_not_tracked():
    [figure] = read("The toll could rise to 90.")
    assert (figure.modality, figure.trackable) == ("hypothetical", False)


@pytest.mark.parametrize(
    ("text", "is_tracked"),
    [
        ("A protest in 2019 in Lima left 12 people dead.", False),
        ("The first quake in 1998 killed 12 people.", False),
        ("Last year 40 people died in floods.", False),
        ("It was the worst flood since 2010 and killed 12 people.", True),
        ("It was the worst flood since 2010, and a storm in 2012 killed 12 people.", False),
    ],
)
def test_a_count_of_an_earlier_year_is_not_tracked_but_the_worst_since_then_is(text, is_tracked):
    assert [figure.trackable for figure in read(text)] == [is_tracked]


def test_another_thirty_is_a_step_and_down_by_six_a_difference():
    assert read("The mill will cut another 9,000 jobs.")[0].aspect == "increment"
    assert read("The toll was cut by 106.")[0].aspect == "difference"


def test_title_and_caption_are_fields_of_their_own():
    figures = read("The blast killed 12 people.", title="12 dead in blast", captions="A blast left 12 dead.")
    assert [(figure.field, figure.quote) for figure in figures] == [
        ("title", "12"),
        ("text", "12 people"),
        ("caption", "12"),
    ]


def test_every_capital_of_the_table_stands_in_the_gazetteer_as_spelled():
    places = {(entry.place.country, entry.place.name) for entry in gazetteer().entries if entry.place.kind != "country"}
    capitals = load_table("capitals")["capitals"]
    assert len(capitals) > 150
    assert [pair for pair in capitals.items() if pair not in places] == []


CAPITALS = load_table("capitals")["examples"].items()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        *CAPITALS,
        ("Twelve people died in Kenya's capital.", "Nairobi"),
        ("Twelve people died in the Nigerian commercial capital.", "Nigeria"),
        ("Twelve people died in Bavaria's capital.", "Bavaria"),
        ("Twelve people died in the Texas state capital.", "Texas"),
        ("Twelve people died in the Punjab capital.", "Punjab"),
    ],
)
def test_the_capital_is_that_of_the_country_named_right_before_it(text, place):
    assert [figure.place for figure in read(text)] == [place]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Twelve people died in Kenyan churches.", "Kenya"),
        ("Twelve people died in Kenyan territory.", "Kenya"),
        ("Twelve people fell out over Kenyan portions.", None),
        ("Twelve people worked on Kenyan campaigns.", None),
    ],
)
def test_a_demonym_gives_the_place_of_a_site_alone(text, place):
    assert [figure.place if figure.place_source == "stated" else None for figure in read(text)] == [place]


def test_the_next_sentence_gives_the_number_instead_of_a_withdrawn_one():
    old, new = read("The harbour board withdrew its figure of 61 missing. It said 16 were missing.")
    assert (old.negated, new.corrects) == (True, old.figure_id)


@pytest.mark.parametrize(
    ("sentence", "corrects"),
    [("The new count was 16 missing.", True), ("The new school had 16 missing.", False)],
)
def test_only_a_new_figure_stands_for_a_withdrawn_one_not_any_new_thing(sentence, corrects):
    old, new = read(f"The harbour board withdrew its figure of 61 missing. {sentence}")
    assert (old.negated, new.corrects) == (True, old.figure_id if corrects else None)


def test_a_text_goes_on_from_its_headline():
    figures = read(
        "The union counted a second time. It now speaks of 47 and not 58.", title="Mine's death toll cut to 47"
    )
    assert [(figure.field, figure.measure, figure.negated) for figure in figures] == [
        ("title", "killed", False),
        ("text", "killed", False),
        ("text", "killed", True),
    ]


@pytest.mark.parametrize(
    ("opening", "claimant"),
    [
        ("Tents came from the National Lighthouse Center.", "National Lighthouse Center"),
        ("The National Lighthouse Centre sent tents.", "National Lighthouse Centre"),
        ("Tents came from the minister of Health.", None),
        ("Tents came from the Fire Commissioner of Lima.", None),
    ],
)
def test_it_stands_for_the_body_named_before_and_for_no_person(opening, claimant):
    [figure] = read(f"{opening} Some 12 weavers are dead, it said.")
    assert figure.claimant == claimant
