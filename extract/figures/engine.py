"""Articles to figures: numbers, sentences, parse, meaning, evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extract.figures import binding, judging
from extract.figures.attribution import Attribution, Attributions
from extract.figures.claimants import SAY_VERBS
from extract.figures.mentions import Mention
from extract.figures.modality import find_corrections
from extract.figures.model import LanguageModel
from extract.figures.numbers import find_numbers
from extract.figures.populations import population_of
from extract.figures.sentences import sentences_with
from extract.figures.source_names import kind_of
from extract.figures.structure import read_meaning
from extract.figures.tally import mentions_of
from extract.figures.words import Sentence, make_sentence
from extract.ids import hash_id
from extract.models import Article, FieldName, Figure

ZONE = 200  # articles that are parsed together and share the model's memory of words
FIELDS: tuple[FieldName, ...] = ("title", "text", "caption")


def find_figures(articles: Sequence[Article], model: LanguageModel) -> list[tuple[Figure, ...]]:
    """The figures of each article in the order title, text, captions and by place; never raises on any text.

    An article's figures depend on nothing but itself and the model.
    """
    found: list[tuple[Figure, ...]] = []
    for first in range(0, len(articles), ZONE):
        with model.zone():
            found += _figures_together(articles[first : first + ZONE], model)
    return found


def _figures_together(articles: Sequence[Article], model: LanguageModel) -> list[tuple[Figure, ...]]:
    """The figures of each article; all their sentences go to the parser at once, which likes them by the dozen."""
    read = [{name: _sentences(article.field_text(name)) for name in FIELDS} for article in articles]
    model.parse(
        [
            [sentence for sentences in fields.values() for sentence in sentences if _needs_parse(sentence)]
            for fields in read
        ]
    )
    return [_figures_of(article, fields, model) for article, fields in zip(articles, read, strict=True)]


def _figures_of(
    article: Article, fields: Mapping[FieldName, list[Sentence]], model: LanguageModel
) -> tuple[Figure, ...]:
    if not any(fields.values()):
        return ()
    setting = binding.setting_of(article, fields)
    # An article's id is a hash over all of its text: taken once, not for every figure.
    origin = _Origin(article.article_id, model.extractor, setting)
    headline: list[Mention] = []
    figures: list[Figure] = []
    for name, sentences in fields.items():
        mentions = [mention for sentence in sentences for mention in mentions_of(sentence)]
        read_meaning(mentions, headline)
        headline = mentions if name == "title" else []  # captions do not go on from it
        if mentions:
            figures += _field_figures(origin, name, article.field_text(name), sentences, mentions)
    return tuple(figures)


def _needs_parse(sentence: Sentence) -> bool:
    """Whether some number counts things, or somebody says it: a mere age or length of time is read without a parse."""
    if any(number.unit_measure not in ("duration", "age") for number in sentence.numbers):
        return True
    return not SAY_VERBS.isdisjoint(sentence.lows)


def _sentences(text: str) -> list[Sentence]:
    return [
        make_sentence(text, start, end, numbers) for start, end, numbers in sentences_with(text, find_numbers(text))
    ]


@dataclass(frozen=True, slots=True)
class _Origin:
    """What all figures of one article share."""

    article_id: str
    extractor: str
    setting: binding.Setting


def _field_figures(
    origin: _Origin, name: FieldName, text: str, sentences: Sequence[Sentence], mentions: Sequence[Mention]
) -> Iterator[Figure]:
    kept = [mention for mention in mentions if judging.is_figure(mention)]
    sources = Attributions(sentences, text)
    origin.setting.widen(sentences)
    corrections = find_corrections(kept)
    known = {id(mention) for mention in kept}
    for mention in kept:
        whole = mention.parent if mention.is_part and id(mention.parent) in known else None
        yield _figure(
            origin,
            name,
            text,
            mention,
            source=sources.of(mention),
            part_of=_figure_id(origin, name, whole),
            corrects=_figure_id(origin, name, corrections.get(id(mention))),
        )


def _figure_id(origin: _Origin, name: FieldName, mention: Mention | None) -> str | None:
    """As `Figure.figure_id` will be, for figures that point at this one."""
    if mention is None:
        return None
    start, end = _quote_span(mention)
    return hash_id("figure", origin.article_id, name, str(start), str(end))


def _quote_span(mention: Mention) -> tuple[int, int]:
    """Start and end of the number with its qualifier and adjacent noun."""
    number, words = mention.number, mention.sentence.words
    end = number.end
    if mention.counted and not mention.is_partitive:
        end = max(end, words[mention.counted.last - 1].end)
    return number.start, end


def _figure(
    origin: _Origin,
    name: FieldName,
    text: str,
    mention: Mention,
    *,
    source: Attribution | None,
    part_of: str | None,
    corrects: str | None,
) -> Figure:
    (start, end), bounds, setting = _quote_span(mention), mention.number.bounds, origin.setting
    claim = source.claim if source else None
    place = binding.place_of(mention, claim, setting)
    days = binding.days_of(mention, setting)
    verdict = judging.judge(mention, source, setting, days)
    measure = mention.measure or "other"
    claimant = source.name if source else None
    return Figure(
        origin.article_id,
        name,
        start,
        end,
        text[start:end],
        mention.sentence.text,
        bounds.value,
        bounds.low,
        bounds.high,
        bounds.likely_low,
        bounds.likely_high,
        bounds.qualifier,
        verdict.measure or measure,
        mention.rule or "count",
        origin.extractor,
        unit=judging.unit_of(mention, measure),
        counted=mention.noun,
        population=population_of(mention.noun) if mention.noun else None,
        aspect=verdict.aspect,
        place=place.name,
        country=place.country,
        place_source=place.source,
        as_of=days.as_of,
        as_of_from=days.earliest,
        as_of_to=days.latest,
        claimant=claimant,
        claimant_kind=kind_of(claimant) if claimant else None,
        speech=verdict.speech,
        modality=verdict.modality,
        negated=mention.is_negated,
        part_of=part_of,
        corrects=corrects,
        is_background=verdict.is_background,
        trackable=verdict.trackable,
    )
