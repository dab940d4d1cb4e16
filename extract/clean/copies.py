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


def likeness(first: bytes, second: bytes) -> float:
    """The estimated share of shingles that two texts have in common, 0 to 1."""
    return float(np.mean(np.frombuffer(first, "<u4") == np.frombuffer(second, "<u4")))


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
    head = {entry.article_id: entry.article_id for entry in ordered}
    by_id = {entry.article_id: entry for entry in ordered}
    for entry in ordered:
        minhash = _minhash(entry.signature)
        for near in index.query(minhash):
            if likeness(entry.signature, by_id[near].signature) >= SAME_REPORT:
                _join(head, near, entry.article_id)
        index.insert(entry.article_id, minhash)
    return dict(_clusters(ordered, head))


def _top(head: dict[str, str], article_id: str) -> str:
    while head[article_id] != article_id:
        head[article_id] = head[head[article_id]]
        article_id = head[article_id]
    return article_id


def _join(head: dict[str, str], first: str, second: str) -> None:
    head[_top(head, second)] = _top(head, first)


def _clusters(ordered: Iterable[Signed], head: dict[str, str]) -> Iterator[tuple[str, Copy]]:
    members: dict[str, list[str]] = defaultdict(list)
    for entry in ordered:
        members[_top(head, entry.article_id)].append(entry.article_id)
    for ids in members.values():
        if len(ids) > 1:
            syndication_id = hash_id("syndication", ids[0])
            for article_id in ids:
                yield article_id, Copy(None if article_id == ids[0] else ids[0], syndication_id)
