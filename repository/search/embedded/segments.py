"""One open segment of the index: its columns in memory. Posting lists are decoded when asked for."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import SegmentReader

from repository.search.documents import FACETS
from repository.search.embedded.postings import RefColumn, numbers_of, refs_of, title_of
from repository.search.embedded.schema import FACET_COLUMNS, FOLDED, NUMBERS, StoredTexts
from repository.search.embedded.sections import unpacked


@dataclass
class SegmentView:
    """A segment as a query sees it. Everything but ``deleted`` stays the same for the life of the segment."""

    segment_id: str
    reader: SegmentReader
    numbers: Mapping[str, NDArray[np.int64]]
    facets: Mapping[str, RefColumn]
    deleted: Set[int] = frozenset()

    @classmethod
    def open(cls, reader: SegmentReader) -> "SegmentView":
        return cls(
            segment_id=reader.segment().segment_id(),
            reader=reader,
            numbers={name: numbers_of(reader, name) for name in NUMBERS},
            facets={name: refs_of(reader, FACET_COLUMNS[name]) for name in FACETS},
        )

    @property
    def count(self) -> int:
        return len(self.numbers["ident"])

    @property
    def live_count(self) -> int:
        return self.count - len(self.deleted)

    @cached_property
    def words(self) -> frozenset[str]:
        """The folded words of letters only, to tell misspelt ones from; some 10,000 in a large library."""
        terms = (term.decode() for term in self.reader.lexicon(FOLDED))
        return frozenset(term for term in terms if term.isalpha())

    def texts_of(self, doc: int) -> StoredTexts:
        return StoredTexts(*unpacked(self.reader.stored_fields(doc)["texts"]))

    def title_of(self, doc: int) -> str:
        return title_of(self.reader, doc)
