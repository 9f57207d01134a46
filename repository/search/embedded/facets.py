"""The facets of the whole index in memory: who passes a filter, and how often each value occurs in a result.

Facets with few values are put together: documents alike in all of them share one number (a *profile*), so that a
result is counted once per group of facets; a value then has the sum of the profiles that it is in.
"""

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from repository.search.documents import FACETS
from repository.search.embedded.counted import FacetCounts
from repository.search.embedded.growing import Growing
from repository.search.embedded.lists import Docs
from repository.search.embedded.profiles import Group, Outgrown, groups_of
from repository.search.embedded.schema import ID_STEP, KINDS, SEPARATOR
from repository.search.embedded.segments import SegmentView
from repository.search.text import bare_of

Mask = NDArray[np.bool_]
Values = tuple[str, ...]
Counts = NDArray[np.intp]

NAMES = ("kind", *FACETS)
TREE_FACETS = frozenset({"topic"})
TYPED_FACETS = frozenset({"organisation"})
"""Their values are names that people type; the others are ids."""
MASKS_KEPT = 32
VALUES_KEPT = 20_000
NODE_BITS, COUNT_BITS = 24, 34
"""Of the one number that puts a count in its place: the facet, the count from the highest down, the node."""


class Facet:
    """``sets[refs[doc]]`` are a document's values, often one, sometimes several. Its nodes count from ``first``."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.sets: list[Values] = []
        self.nodes: Values = ()
        self.first = 0
        self._numbers: dict[Values, int] = {}
        self._known: set[str] = set()
        self._refs = Growing(np.uint16)
        self._by_set: tuple[tuple[int, int, int], NDArray[np.intp]] | None = None

    @property
    def refs(self) -> NDArray[np.unsignedinteger]:
        return self._refs.values

    @property
    def many(self) -> int:
        return len(self.sets)

    def take_in(self, start: int, views: Sequence[SegmentView]) -> bool:
        """Number the documents of the views from ``start`` on; whether there are new nodes."""
        pieces = [self._common(*sets_of(self.name, view)) for view in views]
        if self.many > 1 << 16:
            self._refs.widen(np.uint32)
        self._refs.put(start, pieces)
        if len(self._known) == len(self.nodes):
            return False
        self.nodes = tuple(sorted(self._known))
        return True

    def nodes_by_set(self, spare: int) -> NDArray[np.intp]:
        """What the documents with each set of values are counted under: a row a set, filled up with ``spare``."""
        made_for = (spare, self.first, self.many)
        if self._by_set is None or self._by_set[0] != made_for:
            places = {node: place for place, node in enumerate(self.nodes, self.first)}
            rows = [[places[node] for node in under(self.name, values)] for values in self.sets]
            width = max(map(len, rows), default=0)
            filled = [row + [spare] * (width - len(row)) for row in rows]
            self._by_set = (made_for, np.array(filled, np.intp).reshape(len(rows), width))
        return self._by_set[1]

    def _common(self, own: list[Values], numbers: NDArray[np.integer]) -> NDArray[np.uint32]:
        """A segment's own numbers of values made those of the index."""
        return np.array([self._number_of(values) for values in own], np.uint32).take(numbers)

    def _number_of(self, values: Values) -> int:
        number = self._numbers.get(values)
        if number is None:
            number = self._numbers[values] = len(self.sets)
            self.sets.append(values)
            self._known |= under(self.name, values)
        return number


class FacetTable:
    def __init__(self, views: Sequence[SegmentView] = ()) -> None:
        self.facets = {name: Facet(name) for name in NAMES}
        self._values: dict[tuple[int, ...], Mapping[str, Values]] = {}
        self._masks: OrderedDict[tuple[str, Values], Mask] = OrderedDict()
        self.take_in(0, views)

    def take_in(self, start: int, views: Sequence[SegmentView]) -> None:
        """Forget the documents from ``start`` on, and number those of the views from there."""
        has_new_nodes = sum(facet.take_in(start, views) for facet in self.facets.values()) > 0
        self._masks.clear()
        if has_new_nodes or not start:
            self._number_nodes()
        if "groups" in self.__dict__:
            try:
                for group in self.groups:
                    group.take_in(start, self.spare, has_new_nodes=has_new_nodes)
            except Outgrown:
                self._values.clear()
                del self.groups

    def _number_nodes(self) -> None:
        first = 0
        for facet in self.facets.values():
            facet.first = first
            first += len(facet.nodes)
        self.spare = first
        self._nodes = [node for facet in self.facets.values() for node in facet.nodes]
        facet_of_node = np.repeat(np.arange(len(NAMES)), [len(facet.nodes) for facet in self.facets.values()])
        self._places = ((facet_of_node + 1 << COUNT_BITS) << NODE_BITS) + np.arange(first)
        self._ends = np.arange(1, len(NAMES) + 1) << COUNT_BITS + NODE_BITS

    def mask(self, name: str, values: Values) -> Mask:
        """Which documents have one of the values, or on a tree something below one."""
        key = (name, values)
        found = self._masks.get(key)
        if found is None:
            facet, wanted = self.facets[name], frozenset(values)
            accepted = [not wanted.isdisjoint(under(name, had)) for had in facet.sets]
            found = self._masks[key] = np.array(accepted, np.bool_).take(facet.refs)
            if len(self._masks) > MASKS_KEPT:
                self._masks.popitem(last=False)
        return found

    def values_meant(self, name: str, typed: Values) -> Values:
        """The values that were typed; of names, those that have what was typed in them."""
        if name not in TYPED_FACETS:
            return typed
        wanted = [bare_of(text) for text in typed]
        return tuple(n for n in self.facets[name].nodes if any(text in bare_of(n) for text in wanted)) or typed

    def values_of(self, doc: int) -> Mapping[str, Values]:
        """All values of a document, those of ``kind`` left out."""
        profile = tuple([int(group.profiles[doc]) for group in self.groups])
        found = self._values.get(profile)
        if found is None:
            had = ((name, facet.sets[facet.refs[doc]]) for name, facet in self.facets.items() if name != "kind")
            found = {name: values for name, values in had if values}
            if len(self._values) < VALUES_KEPT:
                self._values[profile] = found
        return found

    def counts(self, docs: Docs) -> Counts:
        """How many of the documents count under each node."""
        counts = np.zeros(self.spare, np.intp)
        if len(docs):
            for group in self.groups:
                group.add_to(counts, docs)
        return counts

    def nodes_of(self, name: str) -> slice:
        """Where the counts of a facet stand among those of all."""
        facet = self.facets[name]
        return slice(facet.first, facet.first + len(facet.nodes))

    def listed(self, counts: Counts) -> dict[str, FacetCounts]:
        """The counts of each facet, most frequent first, equal ones by value."""
        occurring = counts.nonzero()[0]
        places = self._places.take(occurring) - (counts.take(occurring) << NODE_BITS)
        places.sort()
        ends = places.searchsorted(self._ends).tolist()
        nodes = places & (1 << NODE_BITS) - 1
        found = counts.take(nodes)
        return {
            name: FacetCounts(self._nodes, nodes[start:end], found[start:end])
            for name, start, end in zip(NAMES, [0, *ends], ends, strict=False)
        }

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        return tuple(groups_of(tuple(self.facets.values()), self.spare))


def sets_of(name: str, view: SegmentView) -> tuple[list[Values], NDArray[np.integer]]:
    """The distinct sets of values in a segment, and the number of each document's."""
    if name == "kind":
        return [(kind,) for kind in KINDS], view.numbers["ident"] % ID_STEP
    column = view.facets[name]
    return [tuple(filter(None, raw.decode().split(SEPARATOR))) for raw in column.values], column.refs


@lru_cache(maxsize=VALUES_KEPT)
def under(name: str, values: Values) -> frozenset[str]:
    """The values themselves; on a tree also all that they lie below."""
    if name not in TREE_FACETS:
        return frozenset(values)
    return frozenset({node for value in values for node in path_of(value)})


def path_of(value: str) -> Iterator[str]:
    """``a.b.c`` lies in ``a``, ``a.b`` and ``a.b.c``."""
    steps = value.split(".")
    for length in range(1, len(steps) + 1):
        yield ".".join(steps[:length])
