"""Near-copies: which articles are one report printed several times."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Literal

import numpy as np
import numpy.typing as npt
from datasketch import MinHash

from extract.ids import hash_id

PERMUTATIONS = 128
# Shares of word shingles that two texts have in common, over both.
SAME_REPORT = 0.4
# Two texts at the bar agree in some whole band of columns with a probability of 94 %, at .6 of over 99.9 %.
BANDS, BAND_WIDTH = 42, 3
_SHINGLE = 4
_WORD = re.compile(r"\w+")
_SEED = 1
# Named, for signatures are stored: another scheme could not be compared with them.
_SCHEME: Literal["affine32"] = "affine32"


@dataclass(frozen=True, slots=True)
class Signed:
    """What is needed of one article to find its copies.

    signature: of its clean text, as `signature` made it
    """

    article_id: str
    signature: bytes
    url: str
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """One article of a syndication cluster.

    copy_of: article_id of the earliest of the cluster; null for that one itself
    syndication_id: the same for all of the cluster
    """

    copy_of: str | None
    syndication_id: str


def shingles(text: str) -> Iterator[bytes]:
    """Runs of four words, in lower case and without punctuation."""
    words = _WORD.findall(text.lower())
    if len(words) < _SHINGLE:
        words += [""] * (_SHINGLE - len(words))
    packed = " ".join(words).encode("utf-8", "surrogatepass").split(b" ")
    return map(b" ".join, zip(*(packed[first:] for first in range(_SHINGLE)), strict=False))


def _hash_all(hashed: Iterable[bytes]) -> npt.NDArray[np.uint32]:
    return np.frombuffer(b"".join([blake2b(shingle, digest_size=4).digest() for shingle in hashed]), "<u4")


def signature(text: str) -> bytes:
    """The MinHash of a clean text: 128 numbers of 32 bits, the same on every machine."""
    minhash = MinHash(num_perm=PERMUTATIONS, seed=_SEED, hashfunc=_hash_all, scheme=_SCHEME)
    minhash.update_batch([set(shingles(text))])  # one value of many hashes: one array, not a list of numbers
    return bytes(minhash.hashvalues.astype("<u4").tobytes())


def _order(signed: Signed) -> tuple[bool, str, str, str]:
    """Earliest first; undated last; ties by address."""
    moment = signed.published_at.isoformat() if signed.published_at else ""
    return signed.published_at is None, moment, signed.url, signed.article_id


def find_copies(signed: Sequence[Signed]) -> dict[str, Copy]:
    """The syndication cluster of every article that has a near-copy among the others; the rest is left out.

    The outcome does not depend on the order of the articles.
    """
    ordered = sorted({entry.article_id: entry for entry in signed}.values(), key=_order)
    rows = np.frombuffer(b"".join(entry.signature for entry in ordered), "<u4").reshape(-1, PERMUTATIONS)
    cluster = np.arange(len(ordered))
    for group in _agreeing(rows):
        if np.all(cluster[group] == cluster[group[0]]):
            continue
        for place, at in enumerate(group[:-1]):
            later = group[place + 1 :]
            others = later[cluster[later] != cluster[at]]
            alike = others[np.mean(rows[others] == rows[at], axis=1) >= SAME_REPORT]
            if alike.size:
                cluster[np.isin(cluster, cluster[alike])] = cluster[at]
    return dict(_clusters(ordered, cluster))


def _agreeing(rows: npt.NDArray[np.uint32]) -> Iterator[npt.NDArray[np.intp]]:
    """Groups of rows worth comparing, in order: those that agree in one whole band of columns.

    Sorted a band at a time, an archive of 100,000 articles takes megabytes; an index of all bands took over a gigabyte.
    """
    for first in range(0, BANDS * BAND_WIDTH, BAND_WIDTH):
        band = rows[:, first : first + BAND_WIDTH]
        order = np.lexsort(band.T)  # stable: equal rows stay in their order
        ends = np.flatnonzero((band[order[1:]] != band[order[:-1]]).any(axis=1)) + 1
        starts = np.concatenate(([0], ends))
        sizes = np.diff(np.concatenate((starts, [len(order)])))
        for start, size in zip(starts[sizes > 1], sizes[sizes > 1], strict=True):
            yield order[start : start + size]


def _clusters(ordered: Sequence[Signed], cluster: npt.NDArray[np.intp]) -> Iterator[tuple[str, Copy]]:
    members: dict[int, list[str]] = defaultdict(list)
    for at, entry in enumerate(ordered):
        members[int(cluster[at])].append(entry.article_id)
    for ids in members.values():
        if len(ids) > 1:
            syndication_id = hash_id("syndication", ids[0])
            for article_id in ids:
                yield article_id, Copy(None if article_id == ids[0] else ids[0], syndication_id)
