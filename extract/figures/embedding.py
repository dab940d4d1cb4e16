"""A faster first layer for the language model: what it says of a word alone is calculated once for all that look alike.

A batch of sentences holds most of its words twice and more, and a third of the model's work is on each word alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from thinc.api import Model
    from thinc.types import Ragged

TOK2VEC = "tok2vec"
# The layers that spaCy's MultiHashEmbed is made of; a model of other layers stays as it is.
_LAYERS = ["extract_features", "list2ragged", "with_array", "with_array", "ragged2list"]


def embed_alike_once(pipeline: Language) -> None:
    """Change the model so that it calculates each word's own vector once a batch; the vectors are the same."""
    from thinc.api import Model

    if TOK2VEC not in pipeline.pipe_names:
        return
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
    return Ragged(found.dataXd[place_of], words.lengths), _refuse


def _refuse(_: object) -> None:
    raise NotImplementedError("a model that reads articles is not trained")
