"""The explainer: an article with its figures marked, and each one's rule and record."""

from dataclasses import fields
from datetime import UTC, datetime

from sentence_scores import cases, figures_of

from extract.figures import find_figures, load_model
from extract.figures.explain import _QUESTIONS, explain, explanation_lines, rule_in_words
from extract.models import Article, Figure

NOW = datetime(2031, 5, 8, tzinfo=UTC)


def explained(text):
    article = Article("p", "https://paper.example/1", "paper", None, "Fire in the mill", text, NOW)
    return explain(article, find_figures([article], load_model(mode="fast"))[0])


def test_each_figure_is_marked_with_its_number():
    marked = dict(explained("The blast killed 12 people and hurt 30 others.").marked)
    assert marked["text"] == "The blast killed ⟦12 people⟧1 and hurt ⟦30 others⟧2."


def test_the_rule_and_the_record_are_printed():
    lines = explanation_lines(explained("The blast killed 1,200 people."))
    assert "1. 1,200 people    rule: object:killed" in lines
    how_many = "value 1200, low 1200, high 1200, likely_low 1150, likely_high 1250, qualifier exact, unit person"
    assert f"     how many: {how_many}" in lines
    assert "     of what: measure killed, aspect cumulative, counted people, population people" in lines


def test_a_rule_is_told_in_words_and_where_it_is_mended():
    assert rule_in_words("object:killed") == (
        'the verb "killed" before it has the counted as its object (tables/measures.toml, "object")'
    )
    assert rule_in_words("part:object:killed").startswith("it is a stated part of another figure")
    assert 'the verb "killed"' in rule_in_words("part:object:killed")
    assert rule_in_words("parse:is without power").startswith("by the parse of the sentence")


def test_every_rule_that_the_labelled_sentences_fire_is_told_in_words():
    figures = [figure for case in cases("dev") for figure in figures_of(case["text"], case["published"])]
    untold = {figure.rule for figure in figures if rule_in_words(figure.rule) == figure.rule}
    assert figures
    assert untold == set()


def test_an_article_without_figures_says_so():
    assert explanation_lines(explained("Nothing happened."))[-1] == "no figures"


def test_every_column_of_a_figure_is_shown_or_stands_in_the_text():
    shown = {column for columns in _QUESTIONS.values() for column in columns}
    where_it_stands = {"article_id", "field", "char_start", "char_end", "quote", "sentence", "rule", "extractor"}
    assert shown | where_it_stands == {column.name for column in fields(Figure)}
