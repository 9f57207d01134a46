"""Posting lists and columns of a segment as numpy arrays, from where the codec keeps them.

Where a segment is of another codec, there is a slow way through Whoosh's public interface. A test holds both to the
same answer.
"""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import SegmentReader, TermNotFound

from repository.search.embedded.pool import DocNumbers, Weights
from repository.search.embedded.stored import DocumentReader
from repository.search.embedded.terms import NO_POSTINGS, Postings, SegmentTerms

__all__ = [
    "NO_POSTINGS",
    "DocNumbers",
    "PostingCache",
    "Postings",
    "RefColumn",
    "Weights",
    "numbers_of",
    "refs_of",
    "title_of",
]


def find_postings(reader: SegmentReader, field: str, term: str) -> Postings:
    """All postings of a term, those of deleted documents included; empty when the term is nowhere."""
    if isinstance(reader._terms, SegmentTerms):
        return reader._terms.postings(field, term.encode())
    return read_slowly(reader, field, term)


def read_slowly(reader: SegmentReader, field: str, term: str) -> Postings:
    """The postings of a term in live documents, one by one."""
    try:
        matcher = reader.postings(field, term.encode())
    except TermNotFound:
        return NO_POSTINGS
    docs: list[int] = []
    weights: list[float] = []
    while matcher.is_active():
        docs.append(matcher.id())
        weights.append(matcher.weight())
        matcher.next()
    return Postings(np.array(docs, np.int32), np.array(weights, np.float32))


class PostingCache:
    """The lists used last, bounded by bytes. Segments never change, so an entry is never wrong, only unused.

    Lists are read in place and cost nothing but their place here; the way to them is what is spared.
    """

    def __init__(self, limit_bytes: int) -> None:
        self.limit_bytes = limit_bytes
        self.size_bytes = 0
        self._entries: OrderedDict[tuple[str, str, str], Postings] = OrderedDict()

    def get(self, reader: SegmentReader, segment_id: str, field: str, term: str) -> Postings:
        key = (segment_id, field, term)
        found = self._entries.get(key)
        if found is not None:
            self._entries.move_to_end(key)
            return found
        postings = find_postings(reader, field, term)
        self._entries[key] = postings
        self.size_bytes += postings.size_bytes
        while self.size_bytes > self.limit_bytes and len(self._entries) > 1:
            self.size_bytes -= self._entries.popitem(last=False)[1].size_bytes
        return postings

    def keep_only(self, segment_ids: frozenset[str]) -> None:
        """Forget the lists of segments that are no more, which would keep their files open."""
        for key in [key for key in self._entries if key[0] not in segment_ids]:
            self.size_bytes -= self._entries.pop(key).size_bytes


@dataclass(frozen=True, slots=True)
class RefColumn:
    """A column of repeated values: ``values[refs[doc]]`` is the value of a document."""

    refs: NDArray[Any]
    values: tuple[bytes, ...]


def numbers_of(reader: SegmentReader, name: str) -> NDArray[np.int64]:
    """A column of whole numbers, one per document of the segment."""
    if not reader.has_column(name):
        return np.zeros(reader.doc_count_all(), np.int64)
    if isinstance(reader._perdoc, DocumentReader):
        return reader._perdoc.numbers(name)
    return np.fromiter(reader.column_reader(name, translate=False), np.int64, reader.doc_count_all())


def refs_of(reader: SegmentReader, name: str) -> RefColumn:
    """A column of repeated values, as numbers into its distinct values."""
    if not reader.has_column(name):
        return RefColumn(np.zeros(reader.doc_count_all(), np.uint16), (b"",))
    if isinstance(reader._perdoc, DocumentReader):
        return RefColumn(*reader._perdoc.repeated(name))
    return refs_slowly(list(reader.column_reader(name, translate=False)))


def refs_slowly(values: list[bytes]) -> RefColumn:
    numbers: dict[bytes, int] = {}
    refs = np.array([numbers.setdefault(value, len(numbers)) for value in values], np.uint32)
    return RefColumn(refs, tuple(numbers))


def title_of(reader: SegmentReader, doc: int) -> str:
    """The title of a document, without its other stored fields, which may be long."""
    if isinstance(reader._perdoc, DocumentReader):
        return reader._perdoc.title(doc)
    title: str = reader.stored_fields(doc)["title"]
    return title
