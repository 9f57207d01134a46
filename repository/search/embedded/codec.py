"""The codec of this index: Whoosh keeps schema, segments, commits and deletions; the bytes are ours.

A segment is one file of sections (see ``sections``). Whoosh reads it through the interfaces that it has for codecs;
the evaluation takes the same arrays in place.
"""

import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.index import TOC, FileIndex, clean_files
from whoosh.writing import SegmentWriter

from repository.search.embedded.pool import ArrayPool, SortedPostings
from repository.search.embedded.sections import SectionWriter
from repository.search.embedded.storage import Storage
from repository.search.embedded.stored import DocumentReader, DocumentWriter
from repository.search.embedded.terms import SegmentTerms, write_field

EXTENSION = ".seg"
LOCK_SECONDS = 10.0


class Segment(base.Segment):  # type: ignore[misc]
    """One line of the table of contents: a file, how many documents it has, and which of them are deleted.

    Its name is one that nobody can repeat. Whoosh draws names from the global ``random``, which a caller may have
    seeded; two segments of one name would be taken for one.
    """

    def __init__(self, indexname: str) -> None:
        self.indexname = indexname
        self.segid = secrets.token_hex(8)
        self.compound = False
        self.count = 0
        self.deleted: set[int] = set()

    @property
    def filename(self) -> str:
        return str(self.make_filename(EXTENSION))

    def codec(self, **options: Any) -> "Codec":
        return Codec()

    def should_assemble(self) -> bool:
        return False

    def set_doc_count(self, doccount: int) -> None:
        self.count = doccount

    def doc_count_all(self) -> int:
        return self.count

    def deleted_count(self) -> int:
        return len(self.deleted)

    def deleted_docs(self) -> Iterator[int]:
        return iter(self.deleted)

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        if delete:
            self.deleted.add(docnum)
        else:
            self.deleted.discard(docnum)

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self.deleted

    def live_docs(self) -> np.ndarray[Any, np.dtype[np.intp]]:
        is_live = np.ones(self.count, np.bool_)
        is_live[list(self.deleted)] = False
        return np.flatnonzero(is_live)


class FieldWriter(base.FieldWriter):  # type: ignore[misc]
    """Writes whole fields; the end of the file is its end."""

    def __init__(self, file: SectionWriter) -> None:
        self._file = file
        self._has_postings = False

    @property
    def is_closed(self) -> bool:
        return self._file.is_closed

    def add_postings(self, schema: Any, lengths: None, items: Iterable[tuple[str, SortedPostings]]) -> None:
        for name, postings in items:
            write_field(self._file, name, postings)
        self._has_postings = True

    def close(self) -> None:
        """Finish the file, or remove it when it never got its postings: the commit adds nothing, or is given up."""
        if self._has_postings:
            self._file.close()
        else:
            self.abandon()

    def abandon(self) -> None:
        self._file.abandon()


class Codec(base.Codec):  # type: ignore[misc]
    """No field lengths: their share is in the weights."""

    length_stats = False

    def __init__(self, file_name: Callable[[Segment], str] = lambda segment: segment.filename) -> None:
        self._file_name = file_name
        self._files: dict[str, SectionWriter] = {}

    def per_document_writer(self, storage: Storage, segment: Segment) -> DocumentWriter:
        return DocumentWriter(self._file(storage, segment))

    def field_writer(self, storage: Storage, segment: Segment) -> FieldWriter:
        return FieldWriter(self._file(storage, segment))

    def per_document_reader(self, storage: Storage, segment: Segment) -> DocumentReader:
        return DocumentReader(storage.sections(segment.filename), segment)

    def terms_reader(self, storage: Storage, segment: Segment) -> SegmentTerms:
        return SegmentTerms(storage.sections(segment.filename))

    def new_segment(self, storage: Storage, indexname: str) -> Segment:
        return Segment(indexname)

    def _file(self, storage: Storage, segment: Segment) -> SectionWriter:
        """The file that both writers of a segment share."""
        if segment.segid not in self._files:
            self._files[segment.segid] = SectionWriter(storage.path(self._file_name(segment)))
        return self._files[segment.segid]


def open_writer(index: FileIndex) -> SegmentWriter:
    """A writer that sorts its postings in memory: give bags to ``writer.pool`` under ``writer.docnum``."""
    writer = SegmentWriter(index, codec=Codec(), timeout=LOCK_SECONDS)
    writer.pool = ArrayPool()
    return writer


def take_over(
    storage: Storage, segment: Segment, first: int, documents: DocumentWriter, pool: ArrayPool
) -> Sequence[int]:
    """Copy the live documents of a segment, array by array, to numbers from ``first`` on. Returns the old numbers."""
    sections = storage.sections(segment.filename)
    live = segment.live_docs()
    documents.add_segment(sections, live)
    numbers = np.full(segment.count, -1, np.int32)
    numbers[live] = np.arange(first, first + len(live), dtype=np.int32)
    terms = SegmentTerms(sections)
    for name in terms.indexed_field_names():
        field = terms.field(name)
        if field is not None:
            pool.add_sorted(name, renumbered(field.everything(), numbers))
    old: list[int] = live.tolist()
    return old


def renumbered(postings: SortedPostings, numbers: np.ndarray[Any, np.dtype[np.int32]]) -> SortedPostings:
    """Under other document numbers; where that is -1 the posting falls away, and a term with its last one."""
    docs = numbers[postings.docs]
    is_kept = docs >= 0
    if is_kept.all():
        return SortedPostings(postings.terms, postings.bounds, docs, postings.weights)
    kept_before = np.zeros(len(docs) + 1, np.int64)
    np.cumsum(is_kept, out=kept_before[1:])
    bounds = kept_before[postings.bounds]
    has_any = np.diff(bounds) > 0
    terms = [term for term, is_used in zip(postings.terms, has_any.tolist(), strict=True) if is_used]
    starts = bounds[:-1][has_any]
    return SortedPostings(terms, np.append(starts, bounds[-1]), docs[is_kept], postings.weights[is_kept])


def write_contents(index: FileIndex, schema: Any, segments: list[Segment], generation: int) -> None:
    """A commit by hand: these are the segments from now on."""
    TOC(schema, segments, generation).write(index.storage, index.indexname)
    clean_files(index.storage, index.indexname, generation, segments)
