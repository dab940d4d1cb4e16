"""Ids are hashes of natural keys, so that the same bytes give the same rows in any order and any process."""

from __future__ import annotations

from hashlib import sha256

ID_LENGTH = 24  # 96 bits: at 10 billion rows the chance of one collision is below 1e-9


def hash_id(*parts: str) -> str:
    """A stable id of the given parts; "ab", "c" and "a", "bc" differ."""
    return sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:ID_LENGTH]
