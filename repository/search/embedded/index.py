"""The door to search: find, update, rebuild. One object per process; only the worker (or a command) writes."""

import threading
from collections.abc import Iterable, Sequence
from pathlib import Path

from repository.search.documents import (
    IndexState,
    LeftOut,
    SearchDocument,
    SearchHit,
    SearchQuery,
    SearchResults,
    Suggestion,
)
from repository.search.embedded.changing_over import Readers
from repository.search.embedded.generations import Generations
from repository.search.embedded.related import related
from repository.search.embedded.showing import hit_of
from repository.search.embedded.upkeep import Upkeep
from repository.search.engine import Progress, SearchUnavailable
from repository.search.terms import terms_of

NO_TERMS = terms_of("")
CACHE_BYTES = 16 * 1024 * 1024
"""Of single segments; what queries use is kept for the whole index, in ``collection.LIST_BYTES``."""


def folder_of(data_dir: Path) -> Path:
    """Where the index is in the data folder of an installation."""
    return data_dir / "search"


class WhooshIndex(Upkeep):
    """A Whoosh index evaluated with numpy. Threads of a process take turns; processes don't disturb each other."""

    def __init__(self, folder: Path, cache_bytes: int = CACHE_BYTES) -> None:
        super().__init__(Generations(folder))
        self._lock = threading.Lock()
        self._readers = Readers(self.generations, cache_bytes)

    def find(self, query: SearchQuery) -> SearchResults:
        with self._lock, self._readers.reading(query) as reader:
            return reader.find(query)

    def suggest(self, text: str, *, limit: int = 8) -> tuple[Suggestion, ...]:
        with self._lock, self._readers.reading() as reader:
            return reader.helper.suggest(text, limit)

    def related(self, kind: str, id: int, to_kind: str, *, limit: int = 6) -> tuple[SearchHit, ...]:
        with self._lock, self._readers.reading() as reader:
            query, found = SearchQuery(wants_highlights=False), related(reader.collection, kind, id, to_kind, limit)
            return tuple(hit_of(reader.collection, one, NO_TERMS, query) for one in found)

    def state(self) -> IndexState:
        with self._lock:
            try:
                with self._readers.reading() as reader:
                    return reader.state()
            except SearchUnavailable as error:
                return IndexState(0, "", error.facts["problem"])

    def rebuild(
        self,
        documents: Iterable[SearchDocument],
        *,
        total: int = 0,
        progress: Progress | None = None,
        processes: int = 1,
        change_id: int | None = None,
        left_out: Sequence[LeftOut] = (),
    ) -> int:
        held = super().rebuild(
            documents, total=total, progress=progress, processes=processes, change_id=change_id, left_out=left_out
        )
        self.close()  # who built it reads it at once
        return held

    def close(self) -> None:
        """Give the open files back."""
        with self._lock:
            self._readers.close()
