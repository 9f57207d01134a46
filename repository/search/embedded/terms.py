"""The terms of a segment and their posting lists, as raw arrays that are read in place.

A field has five sections: the bytes of its terms in order, where each term starts, where its postings start, and the
documents and weights of all postings. Weights that are 256ths take a byte each.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.base import FieldCursor, TermsReader
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound

from repository.search.embedded.pool import DocNumbers, SortedPostings, Weights
from repository.search.embedded.sections import Sections, SectionWriter

Steps = NDArray[np.uint8]
"""Weights in 256ths; 0 where a term does not stand."""

STEPS = np.float32(256)
STEP = 1 / STEPS


@dataclass(frozen=True, slots=True)
class Postings:
    """Where a term stands in one segment: ascending document numbers and, as they are kept, their weights.

    From our files both are read in place and cost this process nothing.
    """

    docs: DocNumbers
    kept: NDArray[Any]

    @property
    def weights(self) -> Weights:
        return self.kept * STEP if self.kept.dtype == np.uint8 else self.kept

    @property
    def steps(self) -> Steps:
        """The weights in 256ths."""
        return self.kept if self.kept.dtype == np.uint8 else (self.kept * STEPS).astype(np.uint8)

    @property
    def size_bytes(self) -> int:
        """Memory of this process."""
        return sum(array.nbytes for array in (self.docs, self.kept) if array.flags.owndata) + 400


NO_POSTINGS = Postings(np.empty(0, np.int32), np.empty(0, np.uint8))


def write_field(file: SectionWriter, name: str, postings: SortedPostings) -> None:
    offsets = np.zeros(len(postings.terms) + 1, np.uint32)
    np.cumsum([len(term) for term in postings.terms], out=offsets[1:])
    file.add(f"terms/{name}", b"".join(postings.terms))
    file.add(f"offsets/{name}", offsets)
    file.add(f"bounds/{name}", postings.bounds)
    file.add(f"docs/{name}", postings.docs)
    steps = (postings.weights * STEPS).round()
    is_exact = len(steps) == 0 or (steps.max() < 256 and bool((steps * STEP == postings.weights).all()))
    file.add(f"weights/{name}", steps.astype(np.uint8) if is_exact else postings.weights)


class FieldTerms:
    """The terms of one field of a segment, numbered in the order of their bytes."""

    def __init__(self, sections: Sections, name: str) -> None:
        self._sections = sections
        self._docs_name, self._weights_name = f"docs/{name}", f"weights/{name}"
        self._offsets = sections.array(f"offsets/{name}").data
        self._bounds = sections.array(f"bounds/{name}").data
        self._terms = sections.bytes_in_place(f"terms/{name}")
        self._docs: NDArray[np.int32] = sections.unchecked(self._docs_name)
        self._weights: NDArray[Any] = sections.unchecked(self._weights_name)

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def term(self, number: int) -> bytes:
        return bytes(self._terms[self._offsets[number] : self._offsets[number + 1]])

    def place(self, term: bytes) -> int:
        """The number of the first term that is not before this one."""
        return bisect_left(range(len(self)), term, key=self.term)

    def find(self, term: bytes) -> int | None:
        number = self.place(term)
        return number if number < len(self) and self.term(number) == term else None

    def count(self, number: int) -> int:
        return self._bounds[number + 1] - self._bounds[number]

    def postings(self, number: int) -> Postings:
        """The list of a term, in place."""
        return self.slice(self._bounds[number], self._bounds[number + 1])

    def slice(self, first: int, last: int) -> Postings:
        self._sections.check_items(self._docs_name, first, last)
        self._sections.check_items(self._weights_name, first, last)
        return Postings(self._docs[first:last], self._weights[first:last])

    def everything(self) -> SortedPostings:
        """All terms and lists, for a merge."""
        all_of_it = self.slice(0, len(self._docs))
        terms = [self.term(number) for number in range(len(self))]
        return SortedPostings(terms, np.array(self._bounds, np.int64), all_of_it.docs, all_of_it.weights)


class SegmentTerms(TermsReader):  # type: ignore[misc]
    """What Whoosh asks about the terms of a segment."""

    def __init__(self, sections: Sections) -> None:
        self._sections = sections
        self._names = sorted(name.partition("/")[2] for name in sections.names if name.startswith("terms/"))
        self._fields: dict[str, FieldTerms] = {}

    def field(self, name: str) -> FieldTerms | None:
        """The terms of a field; None when the segment has none."""
        found = self._fields.get(name)
        if found is None and name in self._names:
            found = self._fields[name] = FieldTerms(self._sections, name)
        return found

    def postings(self, name: str, term: bytes) -> Postings:
        """The list of a term, those of deleted documents included; empty when the term is nowhere."""
        terms = self.field(name)
        number = terms.find(term) if terms is not None else None
        return NO_POSTINGS if terms is None or number is None else terms.postings(number)

    def is_whole(self) -> bool:
        return self._sections.is_whole()

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        terms = self.field(term[0])
        return terms is not None and terms.find(term[1]) is not None

    def indexed_field_names(self) -> list[str]:
        return self._names

    def cursor(self, name: str, field: Any) -> "TermCursor":
        return TermCursor(self.field(name), field)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        for name in self._names:
            yield from self.terms_from(name, b"")

    def terms_from(self, name: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        terms = self.field(name)
        if terms is not None:
            yield from ((name, terms.term(number)) for number in range(terms.place(prefix), len(terms)))

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, name: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(name, prefix))

    def term_info(self, name: str, term: bytes) -> TermInfo:
        return info_of(self._existing(name, term))

    def frequency(self, name: str, term: bytes) -> float:
        return float(self._existing(name, term).weights.sum())

    def doc_frequency(self, name: str, term: bytes) -> int:
        return len(self._existing(name, term).docs)

    def matcher(self, name: str, term: bytes, format_: Any, scorer: Any = None) -> ListMatcher:
        """Whoosh's own matcher: the slow way, by which the fast one is tested."""
        postings = self._existing(name, term)
        return ListMatcher(
            postings.docs.tolist(),
            postings.weights.tolist(),
            format=format_,
            scorer=scorer,
            term=(name, term),
            terminfo=info_of(postings),
        )

    def close(self) -> None:
        self._fields.clear()

    def _existing(self, name: str, term: bytes) -> Postings:
        postings = self.postings(name, term)
        if not len(postings.docs):
            raise TermNotFound(f"No term {name}:{term!r}")
        return postings


def info_of(postings: Postings) -> TermInfo:
    docs, weights = postings.docs, postings.weights
    return TermInfo(
        weight=float(weights.sum()),
        df=len(docs),
        maxweight=float(weights.max()),
        minid=int(docs[0]),
        maxid=int(docs[-1]),
    )


class TermCursor(FieldCursor):  # type: ignore[misc]
    """Walks the terms of a field in order."""

    def __init__(self, terms: FieldTerms | None, field: Any) -> None:
        self._terms = terms
        self._field = field
        self._number = 0

    def first(self) -> str | None:
        self._number = 0
        return self.text()

    def find(self, text: str | bytes) -> str | None:
        term = text if isinstance(text, bytes) else self._field.to_bytes(text)
        self._number = self._terms.place(term) if self._terms else 0
        return self.text()

    def next(self) -> str | None:
        self._number += 1
        return self.text()

    def text(self) -> str | None:
        if self._terms is None or not self.is_valid():
            return None
        text: str = self._field.from_bytes(self._terms.term(self._number))
        return text

    def term_info(self) -> TermInfo | None:
        return info_of(self._terms.postings(self._number)) if self._terms and self.is_valid() else None

    def is_valid(self) -> bool:
        return self._terms is not None and self._number < len(self._terms)
