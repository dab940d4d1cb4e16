"""What a story is called: the leading name and the leading thing of its articles, "Kazakhstan protests"."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final, NamedTuple

from extract.story_terms import LEAD_CHARS, READ_CHARS, Terms, stem_of

MOST_TOLD: Final = 50  # articles that a story is named by, its earliest


class Told(NamedTuple):
    """One article as it tells its story: of its text, the first READ_CHARS characters."""

    terms: Terms
    title: str | None
    text: str
    url: str

    @property
    def front(self) -> str:
        """The title and the first lines."""
        return f"{self.title or ''} {self.text[:LEAD_CHARS]}"


def story_name(told: Sequence[Told], place: str | None) -> str:
    """A short name for a reader: the leading name and the leading thing, else a headline; told: earliest first."""
    weights: Counter[str] = Counter()
    name_votes: Counter[str] = Counter()
    for one in told:
        front = one.front.casefold()
        weights.update(
            {word: weight for word, weight in zip(one.terms.words, one.terms.weights, strict=True) if word in front}
        )
        name_votes.update({word: 1 if at < one.terms.names else -1 for at, word in enumerate(one.terms.words)})
    strongest = sorted(weights, key=lambda word: (-weights[word], word))
    leading = next((_phrase(word, told) for word in strongest if name_votes[word] > 0), place or "")
    printed = _spellings(told)
    things = (printed[word] for word in strongest if name_votes[word] <= 0 and word in printed)
    thing = next((word for word in things if word.casefold() not in leading.casefold()), "")
    return " ".join(part for part in (leading, thing) if part) or _headline(told[0])


def _spellings(told: Sequence[Told]) -> dict[str, str]:
    """Each thing as it is most often written in front."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in told:
        for word in re.findall(r"[^\W\d_]{3,}", one.front):
            found[stem_of(word)][word.lower()] += 1
    return {stem: min(counts, key=lambda word: (-counts[word], word)) for stem, counts in found.items()}


def _phrase(term: str, told: Sequence[Told]) -> str:
    """The name as it is printed, with the capitalised words around it: "lanka" -> "Sri Lanka"."""
    name = re.escape(term[:1].upper() + term[1:])
    printed = re.compile(rf"(?<!\w)(?:[A-Z][^\W\d_]++ ){{0,2}}\b{name}\w*(?: [A-Z][^\W\d_]+){{0,2}}")
    counts = Counter(phrase for one in told for phrase in printed.findall(one.text[:READ_CHARS]))
    return min(counts, key=lambda phrase: (-counts[phrase], phrase)) if counts else term.title()


def _headline(one: Told) -> str:
    return (one.title or one.text.partition("\n")[0] or one.url)[:80]
