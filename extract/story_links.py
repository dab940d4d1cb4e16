"""Which articles are near enough in words, names and days to be of one story."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from math import log, sqrt

from extract.story_terms import Terms

KEY_TERMS = 14  # a short bulletin spends its strongest words on one town; with nine it met no other report
MOST_PER_KEY = 40
MOST_CANDIDATES = 30
SLOTS_PER_PAIR = 3
MORE_THAN_ONE = 2
NEAR_DAYS = 21  # up to here the days say nothing against one story
FAR_DAYS = 120  # beyond, only an anniversary would join them, and that reads as the same words
LINK = 0.13
JOIN = 0.25
LEAST_SHARED = 0.03
ONE_SIDED = 0.5
OTHER_NAMES = 0.2
WELL_NAMED = 0.4  # an article whose names make this much of its vector surely names its places and people
# As if these had been read as well: a handful of articles of one story is then not taken for the whole of the news.
BACKGROUND_ARTICLES = 1_000
BACKGROUND_USES = 5


@dataclass(frozen=True, slots=True)
class Node:
    """One article as the grouping sees it.

    key: orders the articles the same way whatever their order of arrival
    vector: weights of its terms, of length 1; names: those of its names
    day: when it was published, null where unknown
    """

    key: tuple[str, ...]
    vector: dict[str, float]
    names: dict[str, float]
    day: date | None


def weigh(all_terms: Sequence[Terms]) -> list[dict[str, float]]:
    """Unit vectors in which a term counts the more the fewer articles use it."""
    seen = Counter(term for terms in all_terms for term in terms.weights)
    total = len(all_terms) + BACKGROUND_ARTICLES
    vectors = []
    for terms in all_terms:
        vector = {term: weight * log(total / (seen[term] + BACKGROUND_USES)) for term, weight in terms.weights.items()}
        vectors.append(_shrink(vector, _length(vector)))
    return vectors


def likeness(one: Node, other: Node) -> float:
    """0 to 1: how much the articles speak of the same names and things, less where their days lie far apart."""
    return _nearness(one.vector, one.names, other.vector, other.names) * _days_factor(one.day, other.day)


def _nearness(
    one: Mapping[str, float],
    one_names: Mapping[str, float],
    other: Mapping[str, float],
    other_names: Mapping[str, float],
) -> float:
    """The cosine, cut where hardly a name is shared, or hardly anything else.

    Two shootings in two towns use the same words; a fire and a strike in one town share its name.
    """
    cosine = _cosine(one, other)
    names = _cosine(one_names, other_names)
    if names < LEAST_SHARED and min(_length(one_names), _length(other_names)) >= WELL_NAMED:
        return cosine * OTHER_NAMES
    return cosine if names >= LEAST_SHARED and cosine - names >= LEAST_SHARED else cosine * ONE_SIDED


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """The cosine of two unit vectors."""
    if len(other) < len(one):
        one, other = other, one
    return sum(weight * other[term] for term, weight in one.items() if term in other)


def _days_factor(one: date | None, other: date | None) -> float:
    """1 for near or unknown days, falling to a half over FAR_DAYS."""
    if one is None or other is None:
        return 1.0
    apart = abs((one - other).days)
    if apart <= NEAR_DAYS:
        return 1.0
    return max(0.5, 1.0 - 0.5 * (apart - NEAR_DAYS) / (FAR_DAYS - NEAR_DAYS))


def candidate_pairs(nodes: Sequence[Node]) -> Iterator[tuple[int, int]]:
    """Pairs worth comparing: articles that share two of their strongest terms; a bounded number for each article.

    nodes: ordered by day, then key. A key that very many share is compared with the nearest in that order only.
    """
    strongest = [_strongest(node) for node in nodes]
    # A term that only one article has joins nothing; numbers instead of words keep the pairs of a large archive small.
    uses = Counter(term for terms in strongest for term in terms)
    number_of = {term: at for at, term in enumerate(term for term, count in uses.items() if count > 1)}
    keys = [sorted(number_of[term] for term in terms if term in number_of) for terms in strongest]
    pairs = _Pairs(keys, len(number_of))
    holders: dict[int, tuple[int, ...]] = {}
    for at, numbers in enumerate(keys):
        shared: Counter[int] = Counter()
        for pair in pairs.shared(numbers):
            before = holders.get(pair, ())
            shared.update(before)
            holders[pair] = (*before, at)[-MOST_PER_KEY:]
        best = heapq.nsmallest(MOST_CANDIDATES, shared, key=lambda other, shared=shared: (-shared[other], other))  # type: ignore[misc]  # mypy infers no type for a bound default
        yield from ((other, at) for other in sorted(best))


class _Pairs:
    """Pairs of terms, one number each; nearly all are one article's alone, and who holds those need not be kept."""

    def __init__(self, keys: Sequence[Sequence[int]], terms: int) -> None:
        """Count every pair's uses, up to two, in a table of a byte each; a shared slot only keeps a pair too many."""
        self._terms = terms
        self._slots = bytearray(SLOTS_PER_PAIR * sum(len(numbers) * (len(numbers) - 1) // 2 for numbers in keys) + 1)
        for numbers in keys:
            for pair in self._all(numbers):
                slot = pair % len(self._slots)
                if self._slots[slot] < MORE_THAN_ONE:
                    self._slots[slot] += 1

    def shared(self, numbers: Sequence[int]) -> Iterator[int]:
        """The pairs of one article's terms that another article may have too."""
        return (pair for pair in self._all(numbers) if self._slots[pair % len(self._slots)] == MORE_THAN_ONE)

    def _all(self, numbers: Sequence[int]) -> Iterator[int]:
        return (one * self._terms + other for one, other in combinations(numbers, 2))


def _strongest(node: Node) -> list[str]:
    """The node's KEY_TERMS heaviest terms; ties go to the one that comes first."""
    return heapq.nsmallest(KEY_TERMS, node.vector, key=lambda term: (-node.vector[term], term))


def link(nodes: Sequence[Node]) -> list[int]:
    """The group of each node, named by its first member.

    The nearest pairs join first; two groups join only where their middles are near too, so that no chain of
    half-related articles makes one story of two.
    """
    edges = sorted(
        (
            (-near, one, other)
            for one, other in candidate_pairs(nodes)
            if (near := likeness(nodes[one], nodes[other])) >= LINK
        ),
    )
    groups = _Groups(nodes)
    for _, one, other in edges:
        groups.join(one, other)
    groups.join_by_middles()
    return [groups.root(at) for at in range(len(nodes))]


class _Groups:
    """Groups of nodes that grow by joining, each with the sum of its vectors and its span of days."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self._parent = list(range(len(nodes)))
        # A group of one shares its article's own vectors; the first that joins it makes a copy.
        self._middles: list[dict[str, float]] = [node.vector for node in nodes]
        self._names: list[dict[str, float]] = [node.names for node in nodes]
        self._is_own = bytearray(len(nodes))
        self._days: list[tuple[date, date] | None] = [(node.day, node.day) if node.day else None for node in nodes]

    def root(self, at: int) -> int:
        """The first member of the node's group."""
        while self._parent[at] != at:
            self._parent[at] = self._parent[self._parent[at]]
            at = self._parent[at]
        return at

    def join(self, one: int, other: int, least: float = JOIN) -> None:
        """Join the groups of two nodes where their middles are near enough."""
        one, other = sorted((self.root(one), self.root(other)))
        if one == other or self.nearness(one, other) < least:
            return
        self._parent[other] = one
        for sums in (self._middles, self._names):
            together = sums[one]
            if not self._is_own[one]:
                together = sums[one] = dict(together)
            for term, weight in sums[other].items():
                together[term] = together.get(term, 0.0) + weight
            sums[other] = {}
        self._is_own[one] = True
        self._days[one] = _span(self._days[one], self._days[other])

    def nearness(self, one: int, other: int) -> float:
        """Likeness of two groups' middles, with the gap between their spans of days."""
        first, second = self._middle(one), self._middle(other)
        return _nearness(first.vector, first.names, second.vector, second.names) * _gap_factor(
            self._days[one], self._days[other]
        )

    def _middle(self, root: int) -> Node:
        """The group as one article, its vector and names by the same measure."""
        length = _length(self._middles[root])
        return Node((), _shrink(self._middles[root], length), _shrink(self._names[root], length), None)

    def join_by_middles(self) -> None:
        """A second look: groups whose strongest terms meet, though no two of their articles were near enough."""
        roots = sorted({self.root(at) for at in range(len(self._parent))})
        nodes = [self._middle(root) for root in roots]
        for one, other in candidate_pairs(nodes):
            self.join(roots[one], roots[other], LINK)


def _span(one: tuple[date, date] | None, other: tuple[date, date] | None) -> tuple[date, date] | None:
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), max(one[1], other[1])


def _gap_factor(one: tuple[date, date] | None, other: tuple[date, date] | None) -> float:
    """As for two articles, by the days that lie between two spans."""
    if one is None or other is None:
        return 1.0
    first, second = sorted((one, other))
    return _days_factor(first[1], max(first[1], second[0]))


def _length(vector: Mapping[str, float]) -> float:
    return sqrt(sum(weight * weight for weight in vector.values())) or 1.0


def _shrink(vector: Mapping[str, float], length: float) -> dict[str, float]:
    return {term: weight / length for term, weight in vector.items()}
