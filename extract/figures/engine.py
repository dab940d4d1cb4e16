"""Articles to figures: numbers, sentences, parse, meaning, evidence."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

from extract.figures import binding, judging
from extract.figures.attribution import Attribution, Attributions
from extract.figures.claimants import SAY_VERBS
from extract.figures.dates import DayBounds
from extract.figures.mentions import Mention
from extract.figures.modality import find_corrections
from extract.figures.model import LanguageModel
from extract.figures.numbers import find_numbers
from extract.figures.populations import population_of
from extract.figures.sentences import sentences_with
from extract.figures.source_names import kind_of
from extract.figures.structure import read_meaning
from extract.figures.tally import mentions_of
from extract.figures.tree_need import needs_tree
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
        with model.zone(), _collections_paused():
            found += _figures_together(articles[first : first + ZONE], model)
    return found


@contextmanager
def _collections_paused() -> Iterator[None]:
    """No search for circles of dead objects: a zone leaves hardly any, and the search takes a fifteenth of its time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@dataclass(slots=True)
class _Reading:
    """One article while it is read: what each stage adds.

    mentions: those of each field in reading order
    """

    article: Article
    sentences: dict[FieldName, list[Sentence]]
    setting: binding.Setting | None = None
    mentions: dict[FieldName, list[Mention]] = field(default_factory=dict)


def _figures_together(articles: Sequence[Article], model: LanguageModel) -> list[tuple[Figure, ...]]:
    """The figures of each article, stage by stage over all of them.

    The parser likes sentences by the dozen, and a stage's code and tables stay in the processor's cache: all together
    take a tenth less time than article by article.
    """
    readings = _read(articles)
    told = [reading for reading in readings if any(reading.sentences.values())]
    made = _parse([_to_parse(reading) for reading in told], model)
    for reading in told:
        reading.setting = binding.setting_of(reading.article, reading.sentences)
    for reading in told:
        for name, sentences in reading.sentences.items():
            reading.mentions[name] = [
                mention for sentence in sentences for mention in made.get(id(sentence)) or mentions_of(sentence)
            ]
    for reading in told:
        _read_meanings(reading.mentions)
    return [tuple(_figures_of(reading, model)) for reading in readings]


def _read(articles: Sequence[Article]) -> list[_Reading]:
    """The sentences of each field that hold numbers."""
    texts = [article.field_text(name) for article in articles for name in FIELDS]
    numbers = [find_numbers(text) for text in texts]
    spans = [list(sentences_with(text, found)) for text, found in zip(texts, numbers, strict=True)]
    sentences = iter([[make_sentence(text, *span) for span in found] for text, found in zip(texts, spans, strict=True)])
    return [_Reading(article, {name: next(sentences) for name in FIELDS}) for article in articles]


def _to_parse(reading: _Reading) -> list[Sentence]:
    return [sentence for sentences in reading.sentences.values() for sentence in sentences if _needs_parse(sentence)]


def _parse(articles: Sequence[Sequence[Sentence]], model: LanguageModel) -> dict[int, list[Mention]]:
    """Have the sentences parsed; the mentions of each by its id, which tell whether it needs more than its tags."""
    made: dict[int, list[Mention]] = {}

    def needs(sentence: Sentence) -> bool:
        made[id(sentence)] = mentions_of(sentence)
        return needs_tree(sentence, made[id(sentence)])

    model.parse(articles, needs)
    return made


def _read_meanings(mentions: Mapping[FieldName, Sequence[Mention]]) -> None:
    read_meaning(mentions["title"])
    read_meaning(mentions["text"], mentions["title"])
    read_meaning(mentions["caption"])  # captions do not go on from the headline


def _figures_of(reading: _Reading, model: LanguageModel) -> Iterator[Figure]:
    if reading.setting is None:
        return
    # An article's id is a hash over all of its text: taken once, not for every figure.
    origin = _Origin(reading.article.article_id, model.extractor, reading.setting)
    for name, mentions in reading.mentions.items():
        if mentions:
            text = reading.article.field_text(name)
            yield from _field_figures(origin, name, text, reading.sentences[name], mentions)


def _needs_parse(sentence: Sentence) -> bool:
    """Whether some number counts things, or somebody says it: a mere age or length of time is read without a parse."""
    if any(number.unit_measure not in ("duration", "age") for number in sentence.numbers):
        return True
    return not SAY_VERBS.isdisjoint(sentence.lows)


@dataclass(frozen=True, slots=True)
class _Origin:
    """What all figures of one article share."""

    article_id: str
    extractor: str
    setting: binding.Setting


class _Findings(NamedTuple):
    """What is known of one figure beyond its words."""

    source: Attribution | None
    place: binding.FigurePlace
    days: DayBounds
    verdict: judging.Verdict


def _field_figures(
    origin: _Origin, name: FieldName, text: str, sentences: Sequence[Sentence], mentions: Sequence[Mention]
) -> Iterator[Figure]:
    kept = [mention for mention in mentions if judging.is_figure(mention)]
    attributions = Attributions(sentences, text)
    origin.setting.widen(sentences)
    corrections = find_corrections(kept)
    known = {id(mention) for mention in kept}
    for mention, findings in zip(kept, _findings(kept, attributions, origin.setting), strict=True):
        whole = mention.parent if mention.is_part and id(mention.parent) in known else None
        yield _figure(
            origin,
            name,
            text,
            mention,
            findings,
            part_of=_figure_id(origin, name, whole),
            corrects=_figure_id(origin, name, corrections.get(id(mention))),
        )


def _findings(mentions: Sequence[Mention], attributions: Attributions, setting: binding.Setting) -> Iterator[_Findings]:
    """Of each mention, one question after the other for all of them: see `_figures_together`."""
    sources = [attributions.of(mention) for mention in mentions]
    claims = [source.claim if source else None for source in sources]
    places = [binding.place_of(mention, claim, setting) for mention, claim in zip(mentions, claims, strict=True)]
    days = [binding.days_of(mention, setting) for mention in mentions]
    verdicts = [
        judging.judge(mention, source, setting, bounds)
        for mention, source, bounds in zip(mentions, sources, days, strict=True)
    ]
    return map(_Findings, sources, places, days, verdicts)


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
    findings: _Findings,
    *,
    part_of: str | None,
    corrects: str | None,
) -> Figure:
    (start, end), bounds = _quote_span(mention), mention.number.bounds
    source, place, days, verdict = findings
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
