"""The door to search: find, update, rebuild. One object per process; only the worker (or a command) writes."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from repository.search.documents import (
    IndexState,
    SearchHit,
    SearchQuery,
    SearchResults,
    Suggestion,
)
from repository.search.embedded.collection import Collection
from repository.search.embedded.evaluation import evaluate
from repository.search.embedded.generations import Generations
from repository.search.embedded.opening import OpenIndex
from repository.search.embedded.postings import PostingCache
from repository.search.embedded.showing import hit_of
from repository.search.embedded.upkeep import Upkeep
from repository.search.engine import SearchUnavailable
from repository.search.language import asked_of

CACHE_BYTES = 128 * 1024 * 1024


class WhooshIndex(Upkeep):
    """A Whoosh index evaluated with numpy. Threads of a process take turns; processes don't disturb each other."""

    def __init__(self, folder: Path, cache_bytes: int = CACHE_BYTES) -> None:
        super().__init__(Generations(folder))
        self._lock = threading.Lock()
        self._cache = PostingCache(cache_bytes)
        self._opened = OpenIndex(self.generations)
        self._collection = Collection([], self._cache)

    def find(self, query: SearchQuery) -> SearchResults:
        started = time.perf_counter()
        with self._lock, self._reading() as collection:
            asked = asked_of(query.text)
            evaluation = evaluate(collection, query, asked)
            hits = tuple(hit_of(collection, ranked, asked.terms, query) for ranked in evaluation.ranked)
        return SearchResults(
            total=evaluation.total,
            hits=hits,
            facets=evaluation.facets,
            took_ms=round((time.perf_counter() - started) * 1000, 3),
            next=evaluation.next,
            relaxed=evaluation.relaxed,
            filters=evaluation.filters,
        )

    def suggest(self, text: str, *, limit: int = 8) -> tuple[Suggestion, ...]:
        return ()

    def related(self, kind: str, id: int, to_kind: str, *, limit: int = 6) -> tuple[SearchHit, ...]:
        return ()

    def state(self) -> IndexState:
        with self._lock:
            try:
                with self._reading():
                    documents = sum(int(v.count if v.live is None else v.live.sum()) for v in self._opened.views)
                    return IndexState(documents, self._opened.folder.name if self._opened.folder else "")
            except SearchUnavailable as error:
                return IndexState(0, "", error.facts["problem"])

    def close(self) -> None:
        """Give the open files back."""
        with self._lock:
            self._opened.close()
            self._collection = Collection([], self._cache)

    @contextmanager
    def _reading(self) -> Iterator[Collection]:
        """The newest commit. What turns out to be damaged is reported, and the index is unavailable."""
        with self._opened.reading() as is_new:
            if is_new:
                self._collection = Collection(self._opened.views, self._cache)
            yield self._collection
