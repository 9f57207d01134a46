"""Postings of a segment, collected in flat arrays and sorted once by numpy.

Whoosh's own pool keeps a tuple per posting, sorts tuples and spills them to files: many times slower. A posting takes
12 bytes here, so that 45,000 documents (some 15 million postings) need 180 MB.
"""

from array import array
from collections.abc import Collection, Iterator, Sequence
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


class Numbers(dict[str, int]):
    """Terms numbered in the order in which they are first asked for."""

    def __missing__(self, term: str) -> int:
        self[term] = number = len(self)
        return number


@dataclass
class FieldPostings:
    """The postings of one field: three parallel columns and the numbers of its terms."""

    terms: Numbers = field(default_factory=Numbers)
    numbers: "array[int]" = field(default_factory=lambda: array("I"))
    docs: "array[int]" = field(default_factory=lambda: array("I"))
    weights: "array[float]" = field(default_factory=lambda: array("f"))

    def add(self, doc: int, terms: Collection[str], weights: Weights) -> None:
        self.numbers.extend(map(self.terms.__getitem__, terms))
        self.docs.extend([doc] * len(terms))
        self.weights.frombytes(weights.tobytes())

    def add_sorted(self, postings: SortedPostings) -> None:
        """Those of another segment, under the document numbers they are to have here."""
        numbers = np.array([self.terms[term.decode()] for term in postings.terms], np.uint32)
        self.numbers.frombytes(np.repeat(numbers, np.diff(postings.bounds)).tobytes())
        self.docs.frombytes(postings.docs.astype(np.uint32).tobytes())
        self.weights.frombytes(postings.weights.tobytes())

    def by_term(self) -> SortedPostings:
        """Terms in order, of bytes as of letters; documents as they came, which was in ascending order."""
        terms = sorted(self.terms)
        ranks = np.empty(len(terms), np.uint64)
        ranks[[self.terms[term] for term in terms]] = np.arange(len(terms), dtype=np.uint64)
        keys = ranks[np.frombuffer(self.numbers, np.uint32)] << np.uint64(32)
        keys |= np.arange(len(keys), dtype=np.uint64)
        keys.sort()
        order = keys.astype(np.uint32)
        keys >>= np.uint64(32)
        return SortedPostings(
            [term.encode() for term in terms],
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
        self.add_bag(name, doc, (term.decode(),), np.array([weight], np.float32))

    def add_bag(self, name: str, doc: int, terms: Collection[str], weights: Weights) -> None:
        """All terms of one document in one field."""
        self._field(name).add(doc, terms, weights)
        self.count += len(terms)

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
