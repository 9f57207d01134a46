"""Postings of a segment, collected in flat arrays and sorted once by numpy.

Whoosh's own pool keeps a tuple per posting, sorts tuples and spills them to files: many times slower. A posting takes
12 bytes here, so that 45,000 documents (some 15 million postings) need 180 MB.
"""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Posting = tuple[str, bytes, int, float, bytes]
DocNumbers = NDArray[np.int32]
Weights = NDArray[np.float32]


@dataclass(frozen=True)
class SortedPostings:
    """One field, term by term: those of ``terms[i]`` are from ``bounds[i]`` to before ``bounds[i + 1]``."""

    terms: Sequence[bytes]
    bounds: NDArray[np.int64]
    docs: DocNumbers
    weights: Weights


@dataclass
class FieldPostings:
    """The postings of one field: three parallel columns and the numbers of its terms."""

    terms: dict[bytes, int] = field(default_factory=dict)
    numbers: "array[int]" = field(default_factory=lambda: array("I"))
    docs: "array[int]" = field(default_factory=lambda: array("I"))
    weights: "array[float]" = field(default_factory=lambda: array("f"))

    def add(self, doc: int, weights: Mapping[bytes, float]) -> None:
        terms = self.terms
        self.numbers.extend([terms.setdefault(term, len(terms)) for term in weights])
        self.docs.extend([doc] * len(weights))
        self.weights.extend(weights.values())

    def add_sorted(self, postings: SortedPostings) -> None:
        """Those of another segment, under the document numbers they are to have here."""
        known = self.terms
        numbers = np.array([known.setdefault(term, len(known)) for term in postings.terms], np.uint32)
        self.numbers.frombytes(np.repeat(numbers, np.diff(postings.bounds)).tobytes())
        self.docs.frombytes(postings.docs.astype(np.uint32).tobytes())
        self.weights.frombytes(postings.weights.tobytes())

    def by_term(self) -> SortedPostings:
        """Terms in the order of their bytes; documents as they came, which was in ascending order."""
        terms = sorted(self.terms)
        ranks = np.empty(len(terms), np.uint64)
        ranks[[self.terms[term] for term in terms]] = np.arange(len(terms), dtype=np.uint64)
        keys = ranks[np.frombuffer(self.numbers, np.uint32)] << np.uint64(32)
        keys |= np.arange(len(keys), dtype=np.uint64)
        keys.sort()
        order = keys.astype(np.uint32)
        keys >>= np.uint64(32)
        return SortedPostings(
            terms,
            np.searchsorted(keys, np.arange(len(terms) + 1, dtype=np.uint64)).astype(np.int64),
            np.frombuffer(self.docs, np.int32)[order],
            np.frombuffer(self.weights, np.float32)[order],
        )


class ArrayPool:
    """Stands in for ``whoosh.writing.PostingPool`` in a writer that adds documents in ascending order."""

    def __init__(self) -> None:
        self.fieldnames: set[str] = set()
        self.count = 0
        self._fields: dict[str, FieldPostings] = {}

    def add(self, item: Posting) -> None:
        """One posting, as Whoosh hands it over for the fields that it indexes itself."""
        name, term, doc, weight, _ = item
        self.add_bag(name, doc, {term: weight})

    def add_bag(self, name: str, doc: int, weights: Mapping[bytes, float]) -> None:
        """All terms of one document in one field."""
        self._field(name).add(doc, weights)
        self.count += len(weights)

    def add_sorted(self, name: str, postings: SortedPostings) -> None:
        self._field(name).add_sorted(postings)
        self.count += len(postings.docs)

    def iter_postings(self) -> Iterator[tuple[str, SortedPostings]]:
        """Field by field in the order of their names; what ``codec.FieldWriter`` takes."""
        for name in sorted(self._fields):
            yield name, self._fields.pop(name).by_term()

    def cleanup(self) -> None:
        self._fields.clear()

    def _field(self, name: str) -> FieldPostings:
        postings = self._fields.get(name)
        if postings is None:
            postings = self._fields[name] = FieldPostings()
            self.fieldnames.add(name)
        return postings
