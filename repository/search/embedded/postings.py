"""Posting lists and columns of Whoosh as numpy arrays, decoded once per segment and kept while memory allows.

The fast ways read private names of Whoosh's codec; each has a slow way through its public interface, taken
when the codec is not the one known here. A test holds both to the same answer.
"""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3LeafMatcher
from whoosh.columns import RefBytesColumn
from whoosh.reading import SegmentReader, TermNotFound

DocNumbers = NDArray[np.int32]
Weights = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Postings:
    """Where a term stands in one segment: ascending document numbers and their weights."""

    docs: DocNumbers
    weights: Weights

    @property
    def size_bytes(self) -> int:
        return self.docs.nbytes + self.weights.nbytes + 200


NO_POSTINGS = Postings(np.empty(0, np.int32), np.empty(0, np.float32))


def decode(reader: SegmentReader, field: str, term: str) -> Postings:
    """All postings of a term, those of deleted documents included."""
    try:
        matcher = reader._terms.matcher(field, term.encode(), reader.schema[field].format)
    except (TermNotFound, KeyError):
        return NO_POSTINGS
    return decode_blocks(matcher) if isinstance(matcher, W3LeafMatcher) else decode_slowly(matcher)


def decode_blocks(matcher: Any) -> Postings:
    ids: list[int] = []
    weights: list[float] = []
    while True:
        matcher._read_ids()
        matcher._read_weights()
        ids.extend(matcher._ids)
        weights.extend(matcher._weights)
        matcher._next_block()
        if matcher._atend:
            return Postings(np.array(ids, np.int32), np.array(weights, np.float32))


def decode_slowly(matcher: Any) -> Postings:
    ids: list[int] = []
    weights: list[float] = []
    while matcher.is_active():
        ids.append(matcher.id())
        weights.append(matcher.weight())
        matcher.next()
    return Postings(np.array(ids, np.int32), np.array(weights, np.float32))


class PostingCache:
    """The lists used last, bounded by bytes. Segments never change, so an entry is never wrong, only unused."""

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
        postings = decode(reader, field, term)
        self._entries[key] = postings
        self.size_bytes += postings.size_bytes
        while self.size_bytes > self.limit_bytes and len(self._entries) > 1:
            self.size_bytes -= self._entries.popitem(last=False)[1].size_bytes
        return postings


@dataclass(frozen=True, slots=True)
class RefColumn:
    """A column of repeated values: ``values[refs[doc]]`` is the value of a document."""

    refs: NDArray[np.uint16]
    values: tuple[bytes, ...]


def numbers_of(reader: SegmentReader, name: str) -> NDArray[np.int64]:
    """An int64 column, one number per document of the segment."""
    count = reader.doc_count_all()
    if not reader.has_column(name):
        return np.zeros(count, np.int64)
    column = reader.column_reader(name, translate=False)
    try:
        raw = column._dbfile.get(column._basepos, column._count * 8)
        stored = np.frombuffer(raw, ">i8").astype(np.int64)
    except AttributeError:
        return np.fromiter(column, np.int64, count)
    return np.concatenate([stored, np.zeros(count - len(stored), np.int64)])


def refs_of(reader: SegmentReader, name: str) -> RefColumn:
    """A column of repeated values, as numbers into its distinct values."""
    count = reader.doc_count_all()
    if not reader.has_column(name):
        return RefColumn(np.zeros(count, np.uint16), (b"",))
    column = reader.column_reader(name, translate=False)
    if not isinstance(column, RefBytesColumn.Reader):
        return refs_slowly(list(column))
    dtype = {"B": "u1", "H": ">u2"}[column._typecode]
    raw = column._dbfile.get(column._basepos, count * column._itemsize)
    return RefColumn(np.frombuffer(raw, dtype).astype(np.uint16), tuple(column._uniques))


def refs_slowly(values: list[bytes]) -> RefColumn:
    numbers: dict[bytes, int] = {}
    refs = np.array([numbers.setdefault(value, len(numbers)) for value in values], np.uint16)
    return RefColumn(refs, tuple(numbers))
