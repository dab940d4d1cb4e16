"""The explainer: an article with its figures marked, and each one's rule and record."""

from datetime import UTC, datetime

from extract.figures import find_figures, load_model
from extract.figures.explain import explain, explanation_lines
from extract.models import Article

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
    assert "     value: 1200" in lines
    assert "     measure: killed" in lines


def test_an_article_without_figures_says_so():
    assert explanation_lines(explained("Nothing happened."))[-1] == "no figures"
