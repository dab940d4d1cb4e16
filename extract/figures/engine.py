"""Articles to figures: numbers, sentences, parse, meaning, evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

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

ZONE = 200  # articles that share the model's memory of words
FIELDS: tuple[FieldName, ...] = ("title", "text", "caption")


def find_figures(articles: Sequence[Article], model: LanguageModel) -> list[tuple[Figure, ...]]:
    """The figures of each article in the order title, text, captions and by place; never raises on any text.

    An article's figures depend on nothing but itself and the model.
    """
    found: list[tuple[Figure, ...]] = []
    for first in range(0, len(articles), ZONE):
        with model.zone():
            found += [_figures_of(article, model) for article in articles[first : first + ZONE]]
    return found


def _figures_of(article: Article, model: LanguageModel) -> tuple[Figure, ...]:
    fields: dict[FieldName, list[Sentence]] = {name: _sentences(article.field_text(name)) for name in FIELDS}
    if not any(fields.values()):
        return ()
    model.parse([sentence for sentences in fields.values() for sentence in sentences if _needs_parse(sentence)])
    setting = binding.setting_of(article, fields)
    return tuple(
        figure for name in FIELDS for figure in _field_figures(article, name, fields[name], setting, model.extractor)
    )


def _needs_parse(sentence: Sentence) -> bool:
    """Whether some number counts things, or somebody says it: a mere age or length of time is read without a parse."""
    if any(number.unit_measure not in ("duration", "age") for number in sentence.numbers):
        return True
    return any(word.low in SAY_VERBS for word in sentence.words)


def _sentences(text: str) -> list[Sentence]:
    return [
        make_sentence(text, start, end, numbers) for start, end, numbers in sentences_with(text, find_numbers(text))
    ]


def _field_figures(
    article: Article, name: FieldName, sentences: Sequence[Sentence], setting: binding.Setting, extractor: str
) -> Iterator[Figure]:
    text = article.field_text(name)
    mentions = [mention for sentence in sentences for mention in mentions_of(sentence)]
    read_meaning(mentions)
    kept = [mention for mention in mentions if judging.is_figure(mention)]
    sources = Attributions(sentences, text)
    setting.widen(sentences)
    corrections = find_corrections(kept)
    ids = {id(mention): _figure_id(article, name, mention) for mention in kept}
    for mention in kept:
        figure = _figure(article, name, text, mention, source=sources.of(mention), setting=setting, extractor=extractor)
        whole = ids.get(id(mention.parent)) if mention.is_part else None
        corrected = ids.get(id(corrections.get(id(mention))))
        yield replace(figure, part_of=whole, corrects=corrected) if whole or corrected else figure


def _figure_id(article: Article, name: FieldName, mention: Mention) -> str:
    """As `Figure.figure_id` will be, for figures that point at one another."""
    span = _quote_span(mention)
    return hash_id("figure", article.article_id, name, str(span.start), str(span.end))


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int


def _quote_span(mention: Mention) -> _Span:
    number, words = mention.number, mention.sentence.words
    end = number.end
    if mention.counted and not mention.is_partitive:
        end = max(end, words[mention.counted.last - 1].end)
    return _Span(number.start, end)


def _figure(
    article: Article,
    name: FieldName,
    text: str,
    mention: Mention,
    *,
    source: Attribution | None,
    setting: binding.Setting,
    extractor: str,
) -> Figure:
    span, bounds, sentence = _quote_span(mention), mention.number.bounds, mention.sentence
    claim = source.claim if source else None
    place = binding.place_of(mention, claim, setting)
    days = binding.days_of(mention, setting)
    verdict = judging.judge(mention, source, setting, days)
    measure = mention.measure or "other"
    claimant = source.name if source else None
    return Figure(
        article.article_id,
        name,
        span.start,
        span.end,
        text[span.start : span.end],
        sentence.text,
        bounds.value,
        bounds.low,
        bounds.high,
        bounds.likely_low,
        bounds.likely_high,
        bounds.qualifier,
        verdict.measure or measure,
        mention.rule or "count",
        extractor,
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
        is_background=verdict.is_background,
        trackable=verdict.trackable,
    )
