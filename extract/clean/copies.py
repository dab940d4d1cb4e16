"""Near-copies: which articles are one report printed several times."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Literal

import numpy as np
import numpy.typing as npt
from datasketch import MinHash, MinHashLSH

from extract.ids import hash_id

PERMUTATIONS = 128
# Shares of word shingles that two texts have in common, over both.
SAME_REPORT = 0.4
# Pairs below the bar are looked at too, for the index only guesses.
_CANDIDATE = 0.3
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
    for place in range(len(words) - _SHINGLE + 1):
        yield " ".join(words[place : place + _SHINGLE]).encode("utf-8", "surrogatepass")


def _hash(shingle: bytes) -> int:
    return int.from_bytes(blake2b(shingle, digest_size=4).digest(), "little")


def signature(text: str) -> bytes:
    """The MinHash of a clean text: 128 numbers of 32 bits, the same on every machine."""
    minhash = MinHash(num_perm=PERMUTATIONS, seed=_SEED, hashfunc=_hash, scheme=_SCHEME)
    minhash.update_batch(set(shingles(text)))
    return bytes(minhash.hashvalues.astype("<u4").tobytes())


def _minhash(signed: bytes) -> MinHash:
    return MinHash(num_perm=PERMUTATIONS, seed=_SEED, hashvalues=np.frombuffer(signed, "<u4").copy(), scheme=_SCHEME)


def _order(signed: Signed) -> tuple[bool, str, str, str]:
    """Earliest first; undated last; ties by address."""
    moment = signed.published_at.isoformat() if signed.published_at else ""
    return signed.published_at is None, moment, signed.url, signed.article_id


def find_copies(signed: Sequence[Signed]) -> dict[str, Copy]:
    """The syndication cluster of every article that has a near-copy among the others; the rest is left out.

    The outcome does not depend on the order of the articles.
    """
    ordered = sorted({entry.article_id: entry for entry in signed}.values(), key=_order)
    index = MinHashLSH(threshold=_CANDIDATE, num_perm=PERMUTATIONS)
    head = list(range(len(ordered)))
    rows = np.frombuffer(b"".join(entry.signature for entry in ordered), "<u4").reshape(-1, PERMUTATIONS)
    for at, entry in enumerate(ordered):
        minhash = _minhash(entry.signature)
        if guessed := index.query(minhash):
            for near in _alike(rows, at, np.array(guessed)):
                head[_top(head, at)] = _top(head, near)
        index.insert(at, minhash, check_duplication=False)
    return dict(_clusters(ordered, head))


def _alike(rows: npt.NDArray[np.uint32], at: int, guessed: npt.NDArray[np.int64]) -> list[int]:
    """Those of the guessed rows that are one report with the row `at`: bulletins are guessed by the thousand."""
    shared = np.mean(rows[guessed] == rows[at], axis=1)
    return [int(near) for near in guessed[shared >= SAME_REPORT]]


def _top(head: list[int], at: int) -> int:
    while head[at] != at:
        head[at] = head[head[at]]
        at = head[at]
    return at


def _clusters(ordered: Sequence[Signed], head: list[int]) -> Iterator[tuple[str, Copy]]:
    members: dict[int, list[str]] = defaultdict(list)
    for at, entry in enumerate(ordered):
        members[_top(head, at)].append(entry.article_id)
    for ids in members.values():
        if len(ids) > 1:
            syndication_id = hash_id("syndication", ids[0])
            for article_id in ids:
                yield article_id, Copy(None if article_id == ids[0] else ids[0], syndication_id)
