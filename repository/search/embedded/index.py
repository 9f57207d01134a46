"""The door to search: find, update, rebuild. One object per process; only the worker (or a command) writes."""

import threading
import time
from collections.abc import Iterable
from pathlib import Path

import structlog

from repository.search.documents import (
    IndexState,
    SearchDocument,
    SearchHit,
    SearchQuery,
    SearchResults,
    Suggestion,
)
from repository.search.embedded import writer
from repository.search.embedded.collection import Collection
from repository.search.embedded.evaluation import evaluate
from repository.search.embedded.generations import Generations
from repository.search.embedded.opening import OpenIndex
from repository.search.embedded.postings import PostingCache
from repository.search.embedded.showing import hit_of
from repository.search.engine import Position, Progress, SearchUnavailable
from repository.search.language import asked_of

CACHE_BYTES = 128 * 1024 * 1024
WRITE_WAIT_SECONDS = 20.0

log = structlog.get_logger("search")


class WhooshIndex:
    """A Whoosh index evaluated with numpy. Threads of a process take turns; processes don't disturb each other."""

    def __init__(self, folder: Path, cache_bytes: int = CACHE_BYTES) -> None:
        self.generations = Generations(folder)
        self._lock = threading.Lock()
        self._cache = PostingCache(cache_bytes)
        self._opened = OpenIndex(self.generations)
        self._collection = Collection([], self._cache)

    def find(self, query: SearchQuery) -> SearchResults:
        started = time.perf_counter()
        with self._lock:
            self._refresh()
            asked = asked_of(query.text)
            evaluation = evaluate(self._collection, query, asked)
            hits = tuple(hit_of(self._collection, ranked, asked.terms, query) for ranked in evaluation.ranked)
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

    def update(
        self,
        documents: Iterable[SearchDocument],
        removed: Iterable[tuple[str, int]] = (),
        *,
        position: Position | None = None,
    ) -> None:
        with self.generations.writing(WRITE_WAIT_SECONDS):
            current = self.generations.current()
            if current is None:
                raise SearchUnavailable("Chưa có chỉ mục tìm kiếm.", problem="missing")
            writer.change(current, documents, removed)
            if position is not None and position.generation == current.name:
                self.generations.remember(current, position.change_id)

    def rebuild(
        self,
        documents: Iterable[SearchDocument],
        *,
        total: int = 0,
        progress: Progress | None = None,
        processes: int = 1,
        change_id: int | None = None,
    ) -> int:
        with self.generations.building(WRITE_WAIT_SECONDS):
            self.generations.sweep()
            folder = self.generations.new()
            count = writer.build(folder, documents, total, progress or no_progress, processes)
            held = writer.open_index(folder).doc_count()
            if held != count:
                raise RuntimeError(f"the new index holds {held} of {count} documents")
            if change_id is not None:
                self.generations.remember(folder, change_id)
            with self.generations.writing(WRITE_WAIT_SECONDS):
                self.generations.publish(folder)
        log.info("search index rebuilt", documents=count)
        return count

    def position(self) -> Position | None:
        return self.generations.position()

    def verify(self) -> None:
        current = self.generations.current()
        if current is not None and not writer.is_sound(current):
            self.generations.report_damage(current)

    def tidy(self) -> None:
        self.generations.sweep_if_idle()

    def state(self) -> IndexState:
        with self._lock:
            try:
                self._refresh()
            except SearchUnavailable as error:
                return IndexState(0, "", error.facts["problem"])
            documents = sum(int(v.count if v.live is None else v.live.sum()) for v in self._opened.views)
            return IndexState(documents, self._opened.folder.name if self._opened.folder else "")

    def close(self) -> None:
        """Give the open files back."""
        with self._lock:
            self._opened.close()
            self._collection = Collection([], self._cache)

    def _refresh(self) -> None:
        if self._opened.refresh():
            self._collection = Collection(self._opened.views, self._cache)


def no_progress(done: int, total: int) -> None:
    """Nobody watches."""
