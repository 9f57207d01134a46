"""Facet values and their codes: given out by the one writer, read by everybody, counted by numpy."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from repository.search.documents import FacetCount, SearchDocument
from repository.search.embedded.facets import TYPED_FACETS, under
from repository.search.postgres.facts import NAMES, Facts
from repository.search.text import bare_of

SEPARATOR = "\x1f"
FILTER = "#"
MOST_FILTER_CHARS = 200

Values = tuple[str, ...]
Filters = Mapping[str, Values]
Mask = NDArray[np.bool_]
Meaning = tuple[int, int, str]
"""Number of the facet, code, values joined by ``SEPARATOR``."""


def joined_values(document: SearchDocument) -> Values:
    """Facet by facet the document's values as one text: what a code stands for."""
    facets = {**document.facets, "kind": (document.kind,)}
    return tuple(SEPARATOR.join(facets.get(name, ())) for name in NAMES)


def filter_lexemes(joined: Sequence[str]) -> list[str]:
    """What a document is filtered by; on a tree also all that its values lie below."""
    pairs = zip(NAMES, map(parted, joined), strict=True)
    return [filter_lexeme(name, value) for name, values in pairs for value in sorted(under(name, values))]


def filter_lexeme(name: str, value: str) -> str:
    return f"{FILTER}{name}={value}"[:MOST_FILTER_CHARS]


def parted(joined: str) -> Values:
    return tuple(filter(None, joined.split(SEPARATOR)))


class CodeBook:
    """Gives out codes while an index is written: facet by facet, in the order in which values are met."""

    def __init__(self, known: Iterable[Meaning] = ()) -> None:
        self.codes: list[dict[str, int]] = [{} for _ in NAMES]
        for facet, code, joined in known:
            self.codes[facet][joined] = code
        self.new: list[Meaning] = []

    def codes_of(self, values: Sequence[str]) -> list[int]:
        return [self._code(facet, joined) for facet, joined in enumerate(values)]

    def _code(self, facet: int, joined: str) -> int:
        codes = self.codes[facet]
        if joined not in codes:
            self.new.append((facet, len(codes), joined))
            codes[joined] = len(codes)
        return codes[joined]


@dataclass(frozen=True)
class FacetCodes:
    """The codes of one facet: ``values`` of each, and the ``nodes`` that its documents count under."""

    name: str
    values: tuple[Values, ...]

    @cached_property
    def nodes(self) -> tuple[Values, ...]:
        return tuple(tuple(sorted(under(self.name, values))) for values in self.values)

    def accepted(self, wanted: Iterable[str]) -> Mask:
        """Code by code, whether its documents have one of the values or something below it."""
        chosen = frozenset(wanted)
        return np.array([not chosen.isdisjoint(nodes) for nodes in self.nodes], np.bool_)

    def counts(self, codes: NDArray[np.int32]) -> tuple[FacetCount, ...]:
        """How many documents count under each node, most frequent first, equal ones by value."""
        amounts = np.bincount(codes, minlength=len(self.values))
        counts: dict[str, int] = {}
        for code in np.flatnonzero(amounts).tolist():
            for node in self.nodes[code]:
                counts[node] = counts.get(node, 0) + int(amounts[code])
        return tuple(FacetCount(node, n) for node, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])))


@dataclass(frozen=True)
class Dictionary:
    """What the codes of the index mean."""

    facets: Mapping[str, FacetCodes]

    @classmethod
    def of(cls, meanings: Iterable[Meaning]) -> "Dictionary":
        known: list[list[Values]] = [[] for _ in NAMES]
        for facet, _, joined in sorted(meanings):
            known[facet].append(parted(joined))
        return cls({name: FacetCodes(name, tuple(own)) for name, own in zip(NAMES, known, strict=True)})

    def knows(self, facts: Facts) -> bool:
        if not len(facts):
            return True
        highest = facts["codes"].max(axis=0).tolist()
        return all(code < len(facet.values) for code, facet in zip(highest, self.facets.values(), strict=True))

    def values_meant(self, name: str, typed: Values) -> Values:
        """The values that were typed; of names, those that have what was typed in them."""
        if name not in TYPED_FACETS:
            return typed
        wanted = [bare_of(text) for text in typed]
        known = sorted({node for nodes in self.facets[name].nodes for node in nodes})
        return tuple(node for node in known if any(text in bare_of(node) for text in wanted)) or typed

    def masks(self, facts: Facts, filters: Filters) -> dict[str, Mask]:
        """Filter by filter, which documents pass it."""
        return {
            name: self.facets[name].accepted(wanted)[facts["codes"][:, NAMES.index(name)]]
            for name, wanted in filters.items()
        }

    def counted(self, facts: Facts, masks: Mapping[str, Mask]) -> dict[str, tuple[FacetCount, ...]]:
        """How often each value occurs; those of a filtered facet as if it were not filtered."""
        counts = {}
        passing = all_of(masks.values(), len(facts))
        for number, (name, facet) in enumerate(self.facets.items()):
            others = [mask for other, mask in masks.items() if other != name]
            here = all_of(others, len(facts)) if name in masks else passing
            counts[name] = facet.counts(facts["codes"][:, number][here])
        return counts

    def values_of(self, codes: Sequence[int]) -> dict[str, Values]:
        """The values of one document, those of ``kind`` left out."""
        had = {name: facet.values[code] for (name, facet), code in zip(self.facets.items(), codes, strict=True)}
        return {name: values for name, values in had.items() if values and name != "kind"}


def all_of(masks: Iterable[Mask], count: int) -> Mask:
    passing: Mask = np.logical_and.reduce([np.ones(count, np.bool_), *masks])
    return passing
