"""The language model's matrix products by numpy, a block of rows at a time, where no row is changed by its neighbours.

thinc's own library, blis 1.3.4, takes its plainest code on AMD processors later than Zen 3: on an EPYC with AVX-512
22 thousand million steps a second, where the library of numpy 2.4 makes 80 (November 2026). Nearly half the time of all
figures went into that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from thinc.api import Model, NumpyOps

from extract.figures.quicker_spacy import refuse

if TYPE_CHECKING:
    from spacy.language import Language

    Table = npt.NDArray[np.float32]
    Layer = Model[Any, Any]

BLOCK = 256  # rows; what a block makes fits the nearest memory
STEP = 64  # the last block is filled up to a multiple of it, so that no product has a shape that was not tried
MAXOUT = "maxout"  # thinc's name of the layer


def multiply_by_blocks(pipeline: Language) -> None:
    """Change the models so that their products are made here; what cannot be is left to thinc."""
    ops = _Products()
    for _, part in pipeline.pipeline:
        for layer in list(part.model.walk()):
            layer.layers[:] = [_by_blocks(inner) if _is_maxout(inner) else inner for inner in layer.layers]
        for layer in part.model.walk():
            layer.ops = ops


class _Products(NumpyOps):  # type: ignore[misc]  # written in Cython
    """thinc's calculations, with another way to the commonest product."""

    def gemm(
        self, x: Table, y: Table, *, out: Table | None = None, trans1: bool = False, trans2: bool = False
    ) -> Table:
        """The product of two tables, as thinc asks for it; `y` are weights, row by row, where trans2 is set."""
        if trans1 or not trans2 or y.dtype != np.float32 or not rows_stand_alone(*y.shape):
            product: Table = super().gemm(x, y, out=out, trans1=trans1, trans2=trans2)
            return product
        made = np.empty((len(x), len(y)), dtype=x.dtype) if out is None else out
        weights = np.ascontiguousarray(y)
        for first, count, block in _blocks(x):
            made[first : first + count] = (block @ weights.T)[:count]
        return made


def _is_maxout(layer: Layer) -> bool:
    """Whether the layer gives the greatest of some products, which can be made here."""
    if layer.name != MAXOUT:
        return False
    weights: Any = layer.get_param("W")
    outputs, pieces, inputs = weights.shape
    return rows_stand_alone(outputs * pieces, inputs)


def _by_blocks(layer: Layer) -> Layer:
    """The same layer with the weights of each piece together, so that the greatest are found a row at a time."""
    weights: Any = layer.get_param("W")
    bias: Any = layer.get_param("b")
    together = np.ascontiguousarray(weights.transpose(1, 0, 2)).reshape(-1, weights.shape[2])
    attributes = {"weights": together, "bias": bias.T.ravel(), "pieces": bias.shape[1]}
    return Model("maxout_by_blocks", _forward, attrs=attributes)


def _forward(model: Layer, rows: Table, is_train: bool) -> tuple[Table, Callable[[Table], Table]]:  # noqa: ARG001, FBT001 (as thinc calls it)
    weights, bias, pieces = (model.attrs[name] for name in ("weights", "bias", "pieces"))
    width = len(weights) // pieces
    greatest = np.empty((len(rows), width), dtype=rows.dtype)
    for first, count, block in _blocks(rows):
        made = block @ weights.T
        made += bias
        best = made[:count, :width]
        for start in range(width, len(weights), width):
            np.maximum(best, made[:count, start : start + width], out=best)
        greatest[first : first + count] = best
    return greatest, refuse


def _blocks(rows: Table) -> Iterator[tuple[int, int, Table]]:
    """Each block's first row, how many of its rows are given ones, and the block; zeros fill up the last."""
    rows = np.ascontiguousarray(rows)
    for first in range(0, len(rows), BLOCK):
        block = rows[first : first + BLOCK]
        count = len(block)
        if count % STEP:
            block = np.zeros((count + STEP - count % STEP, rows.shape[1]), dtype=rows.dtype)
            block[:count] = rows[first : first + count]
        yield first, count, block


@cache
def rows_stand_alone(outputs: int, inputs: int) -> bool:
    """Whether numpy's library makes the same bits of a row wherever it stands in a block, whatever the block's size.

    All shapes that are asked for are tried. The processor decides: it holds with AVX-512 and with SSE, and not with
    AVX2, which thinc's library knows well.
    """
    draw = np.random.default_rng(outputs * inputs)
    row = draw.standard_normal(inputs, dtype=np.float32)
    weights = draw.standard_normal((outputs, inputs), dtype=np.float32)
    made = [np.tile(row, (size, 1)) @ weights.T for size in range(STEP, BLOCK + 1, STEP)]
    return all(np.array_equal(block, np.tile(made[0][0], (len(block), 1))) for block in made)
