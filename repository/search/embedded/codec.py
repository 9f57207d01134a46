"""Whoosh's own codec, written faster and without what this index does not use. Whoosh reads it as its own."""

import os
import pickle
import secrets
from collections.abc import Iterator
from io import BufferedReader, FileIO
from itertools import pairwise
from pathlib import Path
from struct import Struct
from typing import Any
from zlib import compress

from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec, W3FieldWriter, W3Segment, W3TermInfo
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile
from whoosh.index import FileIndex
from whoosh.util.numeric import length_to_byte
from whoosh.writing import SegmentWriter

from repository.search.embedded.pool import ArrayPool, TermPostings

BLOCK_POSTINGS = 1024
WORTH_COMPRESSING = 300
COMPRESSION = 3
LOCK_SECONDS = 10.0

FIELD_NUMBER = Struct("!H")
NO_LENGTH = length_to_byte(0)


class FieldWriter(W3FieldWriter):  # type: ignore[misc]
    """Writes whole posting lists instead of single postings."""

    def add_postings(self, schema: Any, lengths: None, items: Iterator[tuple[str, Iterator[TermPostings]]]) -> None:
        for name, terms in items:
            self.start_field(name, schema[name])
            prefix = FIELD_NUMBER.pack(self._fieldid)
            for term, docs, weights in terms:
                self._tindex.add(prefix + term, self._write_list(docs, weights).to_bytes())
            self.finish_field()

    def _write_list(self, docs: list[int], weights: list[float]) -> W3TermInfo:
        file = self._postfile
        start = file.tell()
        file.write(WHOOSH3_HEADER_MAGIC)
        for first in range(0, len(docs), BLOCK_POSTINGS):
            end = first + BLOCK_POSTINGS
            length, data = block_of(docs[first:end], weights[first:end])
            file.write_int(-length if end >= len(docs) else length)
            file.write(data)
        info = W3TermInfo()
        info._weight, info._df, info._maxweight = sum(weights), len(docs), max(weights)
        info._minid, info._maxid = docs[0], docs[-1]
        info.set_extent(start, file.tell() - start)
        return info


def block_of(docs: list[int], weights: list[float]) -> tuple[int, bytes]:
    """A block as Whoosh 2.7 writes it: pickled facts, then pickled gaps and weights."""
    gaps = [docs[0], *(here - before for before, here in pairwise(docs))]
    data = pickle.dumps((tuple(gaps), tuple(weights), None), 2)
    compression = COMPRESSION if len(data) >= WORTH_COMPRESSING else 0
    if compression:
        data = compress(data, compression)
    facts = (len(docs), docs[-1], max(weights), compression, NO_LENGTH, NO_LENGTH)
    block = pickle.dumps(facts, 2) + data
    return len(block), block


class Codec(W3Codec):  # type: ignore[misc]
    """No field lengths (their share is in the weights), and segment names that nobody can repeat.

    Whoosh draws names from the global ``random``, which a caller may have seeded; two segments of one name
    would be taken for one.
    """

    length_stats = False

    def field_writer(self, storage: Any, segment: W3Segment) -> FieldWriter:
        return FieldWriter(self, storage, segment)

    def new_segment(self, storage: Any, indexname: str) -> W3Segment:
        return W3Segment(self, indexname, segid=secrets.token_hex(8))


class QuietFile(FileIO):
    """A file that may be left to the garbage collector to close, as Whoosh does, without a warning."""

    def __init__(self, path: str) -> None:
        super().__init__(os.open(path, os.O_RDONLY), closefd=False)

    def close(self) -> None:
        if not self.closed:
            descriptor = self.fileno()
            super().close()
            os.close(descriptor)


class Storage(FileStorage):  # type: ignore[misc]
    """Files without mmap, which would copy a compound segment into the heap (189 MB against 24)."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder), supports_mmap=False)

    def open_file(self, name: str, **options: Any) -> StructFile:
        return StructFile(BufferedReader(QuietFile(self._fpath(name))), name=name, **options)


def open_writer(index: FileIndex) -> SegmentWriter:
    """A writer that sorts its postings in memory: give bags to ``writer.pool`` under ``writer.docnum``."""
    writer = SegmentWriter(index, codec=Codec(), timeout=LOCK_SECONDS)
    writer.pool = ArrayPool()
    return writer
