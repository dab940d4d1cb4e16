"""The language model's work done with less: the same vectors and the same trees, by the parts spaCy is made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.pipeline import DependencyParser
    from spacy.tokens import Doc
    from thinc.api import Model
    from thinc.types import Ragged

TOK2VEC = "tok2vec"
# The layers that spaCy's MultiHashEmbed is made of; a model of other layers stays as it is.
_LAYERS = ["extract_features", "list2ragged", "with_array", "with_array", "ragged2list"]


def look_at_less(pipeline: Language) -> None:
    """Have only those marks of a new word found that the model's layers read: the rest take half its time."""
    from spacy.attrs import IDS

    layers = [layer for _, part in pipeline.pipeline for layer in part.model.walk()]
    read = {IDS.get(column, column) for layer in layers for column in layer.attrs.get("columns", ())} | {
        IDS["IS_SPACE"]
    }
    finders = pipeline.vocab.lex_attr_getters
    pipeline.vocab.lex_attr_getters = {mark: find for mark, find in finders.items() if mark in read}


def embed_alike_once(pipeline: Language) -> None:
    """Change the model so that it calculates what it says of a word alone once for all that look alike in a batch.

    Half the words of a batch stand in it before, and a third of the work is on each word alone.
    """
    from thinc.api import Model

    embedding = pipeline.get_pipe(TOK2VEC).model.layers[0]
    if [layer.name.partition("(")[0] for layer in embedding.layers] == _LAYERS:
        embedding.layers[2:4] = [Model("alike_once", _forward, layers=embedding.layers[2:4])]


def _forward(model: Model[Ragged, Ragged], words: Ragged, is_train: bool) -> tuple[Ragged, Callable[..., Any]]:  # noqa: FBT001 (as thinc calls it)
    from thinc.types import Ragged

    marks: Any = model.ops.xp.ascontiguousarray(words.dataXd)
    places: dict[bytes, int] = {}
    as_bytes = marks.view(f"V{marks.shape[1] * marks.itemsize}").ravel().tolist()
    place_of = [places.setdefault(row, len(places)) for row in as_bytes]
    rows: Any = model.ops.xp.frombuffer(b"".join(places), dtype=marks.dtype).reshape(len(places), -1)
    found = Ragged(rows, model.ops.asarray1i([len(rows)]))
    for layer in model.layers:
        found, _ = layer(found, is_train)
    return Ragged(found.dataXd[place_of], words.lengths), refuse


def refuse(_: object) -> NoReturn:
    """What thinc calls to train a layer."""
    raise NotImplementedError("a model that reads articles is not trained")


def parse_together(parser: DependencyParser, docs: Sequence[Doc]) -> None:
    """Fill the trees of tagged sentences, by the steps in which spaCy trains: half the time of its own way.

    That one lets go of the interpreter's lock and takes it again many times a word.
    """
    if parser.cfg["beam_width"] != 1:
        list(parser.pipe(docs, batch_size=len(docs)))
        return
    states = parser.moves.init_batch(docs)
    steps = parser.model.predict(docs)
    open_states = [state for state in states if not state.is_final()]
    while open_states:
        open_states = parser.transition_states(open_states, steps.predict(open_states))
    steps.clear_memory()
    parser.set_annotations(docs, states)
