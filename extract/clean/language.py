"""Which language a text is in."""

from __future__ import annotations

import py3langid

_READ = 1500
_FEWEST_LETTERS = 40


def find_language(text: str) -> str | None:
    """Two letters ("en"); null where there is too little text to tell."""
    sample = text[:_READ]
    if sum(map(str.isalpha, sample)) < _FEWEST_LETTERS:
        return None
    language, _ = py3langid.classify(sample)
    return str(language)
