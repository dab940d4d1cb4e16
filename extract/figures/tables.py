"""The engine's knowledge, read from `tables/*.toml`, and small helpers that turn word lists into patterns."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any


@cache
def load_table(name: str) -> dict[str, Any]:
    """One table by its file name without the ending."""
    text = resources.files(__package__).joinpath("tables", f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def any_of(phrases: Iterable[str]) -> str:
    """Pattern for any of the phrases, longest first; a blank in a phrase matches any white space or a hyphen."""
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return "|".join(re.escape(phrase).replace(r"\ ", r"[\s\-]+") for phrase in ordered)


@cache
def word_set(module: str, name: str) -> frozenset[str]:
    """One closed class of words from `tables/words.toml`."""
    return frozenset(load_table("words")[module][name].split())
