"""Which articles are near enough in words, names and days to be of one story."""

from __future__ import annotations

import heapq
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain, combinations, groupby
from math import log, sqrt
from operator import itemgetter
from typing import NamedTuple

from extract.story_terms import Terms

KEY_TERMS = 14  # a short bulletin spends its strongest words on one town; with nine it met no other report
MOST_PER_KEY = 40
MOST_CANDIDATES = 30
SLOTS_PER_PAIR = 3
MIDDLES_KEPT = 4_096
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


class Middle(NamedTuple):
    """The weights of the terms of an article or of a group, of length 1, and those of its names with their length."""

    vector: Mapping[int, float]
    names: Mapping[int, float]
    named: float


@dataclass(frozen=True, slots=True)
class Node:
    """One article as the grouping sees it: numbers in arrays, for an archive has many.

    terms: a number for each of its words, in the order of the words' spelling over all articles; names stand first
    weights: of the terms, of length 1; names: how many of the terms are names
    day: when it was published, null where unknown
    """

    terms: array[int]
    weights: array[float]
    names: int
    day: date | None

    def middle(self) -> Middle:
        """Its weights by term."""
        vector = dict(zip(self.terms, self.weights, strict=True))
        names = {term: vector[term] for term in self.terms[: self.names]}
        return Middle(vector, names, _length(names.values()))


def make_nodes(all_terms: Sequence[Terms], days: Sequence[date | None]) -> list[Node]:
    """Nodes with unit vectors in which a term counts the more the fewer articles use it."""
    seen = Counter(word for terms in all_terms for word in terms.words)
    number_of = {word: number for number, word in enumerate(sorted(seen))}
    total = len(all_terms) + BACKGROUND_ARTICLES
    rarity = {uses: log(total / (uses + BACKGROUND_USES)) for uses in set(seen.values())}
    nodes = []
    for terms, day in zip(all_terms, days, strict=True):
        weights = [weight * rarity[seen[word]] for word, weight in zip(terms.words, terms.weights, strict=True)]
        length = _length(weights)
        numbers = array("L", [number_of[word] for word in terms.words])
        nodes.append(Node(numbers, array("d", [weight / length for weight in weights]), terms.names, day))
    return nodes


def _nearness(one: Middle, other: Middle) -> float:
    """The cosine, cut where hardly a name is shared, or hardly anything else.

    Two shootings in two towns use the same words; a fire and a strike in one town share its name.
    """
    cosine = _cosine(one.vector, other.vector)
    names = _cosine(one.names, other.names)
    if names < LEAST_SHARED and one.named >= WELL_NAMED and other.named >= WELL_NAMED:
        return cosine * OTHER_NAMES
    return cosine if names >= LEAST_SHARED and cosine - names >= LEAST_SHARED else cosine * ONE_SIDED


def _cosine(one: Mapping[int, float], other: Mapping[int, float]) -> float:
    """The cosine of two unit vectors."""
    return sum([one[term] * other[term] for term in one.keys() & other.keys()])


def _days_factor(one: date | None, other: date | None) -> float:
    """1 for near or unknown days, falling to a half over FAR_DAYS."""
    if one is None or other is None:
        return 1.0
    apart = abs((one - other).days)
    if apart <= NEAR_DAYS:
        return 1.0
    return max(0.5, 1.0 - 0.5 * (apart - NEAR_DAYS) / (FAR_DAYS - NEAR_DAYS))


def candidate_pairs(strongest: Sequence[Sequence[int]]) -> Iterator[tuple[int, int]]:
    """Pairs worth comparing: articles that share two of their strongest terms; a bounded number for each article.

    strongest: of each article, ordered by day, then key. A key that very many share is compared with the nearest in
    that order only. A pair comes when its later article has its turn.
    """
    # A term that only one article has joins nothing; numbers from nought on keep the pairs of a large archive small.
    uses = Counter(term for terms in strongest for term in terms)
    number_of = {term: at for at, term in enumerate(term for term, count in uses.items() if count > 1)}
    keys = [sorted(number_of[term] for term in terms if term in number_of) for terms in strongest]
    pairs = _Pairs(keys, len(number_of))
    holders: dict[int, tuple[int, ...]] = {}
    for at, numbers in enumerate(keys):
        found = pairs.shared(numbers)
        shared = Counter(chain.from_iterable([holders.get(pair, ()) for pair in found]))
        for pair in found:
            holders[pair] = (*holders.get(pair, ()), at)[-MOST_PER_KEY:]
        # One number each, that sorts by how many pairs they share, then by their order.
        best = sorted([other - count * len(keys) for other, count in shared.items()])[:MOST_CANDIDATES]
        yield from ((other, at) for other in sorted([number % len(keys) for number in best]))


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

    def shared(self, numbers: Sequence[int]) -> list[int]:
        """The pairs of one article's terms that another article may have too."""
        return [pair for pair in self._all(numbers) if self._slots[pair % len(self._slots)] == MORE_THAN_ONE]

    def _all(self, numbers: Sequence[int]) -> Iterator[int]:
        return (one * self._terms + other for one, other in combinations(numbers, 2))


def _strongest(vector: Mapping[int, float]) -> list[int]:
    """The KEY_TERMS heaviest terms; ties go to the one that comes first."""
    return heapq.nsmallest(KEY_TERMS, vector, key=lambda term: (-vector[term], term))


def link(nodes: Sequence[Node]) -> list[int]:
    """The group of each node, named by its first member; nodes: ordered by day, then key.

    The nearest pairs join first; two groups join only where their middles are near too, so that no chain of
    half-related articles makes one story of two.
    """
    groups = _Groups(nodes)
    for _, one, other in sorted(_edges(nodes)):
        groups.join(one, other)
    groups.join_by_middles()
    return [groups.root(at) for at in range(len(nodes))]


def _edges(nodes: Sequence[Node]) -> Iterator[tuple[float, int, int]]:
    """Pairs of nodes that are near enough in words, names and days, each with its likeness below nought."""
    pairs = candidate_pairs([_strongest(node.middle().vector) for node in nodes])
    middle_of = lru_cache(MIDDLES_KEPT)(lambda at: nodes[at].middle())  # those of near days meet again and again
    for at, meeting in groupby(pairs, key=itemgetter(1)):
        middle, day = middle_of(at), nodes[at].day
        for other, _ in meeting:
            near = _nearness(middle_of(other), middle) * _days_factor(nodes[other].day, day)
            if near >= LINK:
                yield -near, other, at


class _Groups:
    """Groups of nodes that grow by joining, each with the sum of its vectors and its span of days."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self._nodes = nodes
        self._parent = list(range(len(nodes)))
        self._sums: dict[int, tuple[dict[int, float], dict[int, float]]] = {}  # of groups of two and more
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
        grown = self._take(one)
        for together, added in zip(grown, self._take(other), strict=True):
            for term, weight in added.items():
                together[term] = together.get(term, 0.0) + weight
        self._sums[one] = grown
        self._days[one] = _span(self._days[one], self._days[other])

    def _take(self, root: int) -> tuple[dict[int, float], dict[int, float]]:
        """The group's sums, to be added to or to be added."""
        if root in self._sums:
            return self._sums.pop(root)
        middle = self._nodes[root].middle()
        return dict(middle.vector), dict(middle.names)

    def nearness(self, one: int, other: int) -> float:
        """Likeness of two groups' middles, with the gap between their spans of days."""
        return _nearness(self._middle(one), self._middle(other)) * _gap_factor(self._days[one], self._days[other])

    def _middle(self, root: int) -> Middle:
        """The group as one article, its vector and names by the same measure."""
        if root not in self._sums:
            return self._nodes[root].middle()
        vector, names = self._sums[root]
        length = _length(vector.values())
        shrunk = _shrink(names, length)
        return Middle(_shrink(vector, length), shrunk, _length(shrunk.values()))

    def join_by_middles(self) -> None:
        """A second look: groups whose strongest terms meet, though no two of their articles were near enough."""
        roots = sorted({self.root(at) for at in range(len(self._parent))})
        for one, other in candidate_pairs([_strongest(self._middle(root).vector) for root in roots]):
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


def _length(weights: Iterable[float]) -> float:
    return sqrt(sum(weight * weight for weight in weights)) or 1.0


def _shrink(vector: Mapping[int, float], length: float) -> dict[int, float]:
    return {term: weight / length for term, weight in vector.items()}
