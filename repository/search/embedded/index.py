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
    Segment,
    Suggestion,
)
from repository.search.embedded import writer
from repository.search.embedded.evaluation import Evaluator, Ranked
from repository.search.embedded.generations import Generations
from repository.search.embedded.opening import OpenIndex
from repository.search.embedded.postings import PostingCache
from repository.search.embedded.schema import kind_and_id_of
from repository.search.embedded.segments import Text
from repository.search.engine import Position, Progress, SearchUnavailable
from repository.search.highlights import excerpt, mark, opening
from repository.search.text import Terms, terms_of

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
        self._evaluator = Evaluator([], self._cache)

    def find(self, query: SearchQuery) -> SearchResults:
        started = time.perf_counter()
        with self._lock:
            self._refresh()
            evaluation = self._evaluator.evaluate(query)
            terms = terms_of(query.text)
            hits = tuple(hit_of(ranked, terms, query) for ranked in evaluation.ranked)
        return SearchResults(
            total=evaluation.total,
            hits=hits,
            facets=evaluation.facets,
            took_ms=round((time.perf_counter() - started) * 1000, 3),
            next=evaluation.next,
            relaxed=("words",) if evaluation.is_relaxed else (),
            filters=query.filters,
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
            self._evaluator = Evaluator([], self._cache)

    def _refresh(self) -> None:
        if self._opened.refresh():
            self._evaluator = Evaluator(self._opened.views, self._cache)


def no_progress(done: int, total: int) -> None:
    """Nobody watches."""


def hit_of(ranked: Ranked, terms: Terms, query: SearchQuery) -> SearchHit:
    kind, id = kind_and_id_of(ranked.ident)
    title, body, more, explanation = ranked.view.texts_of(ranked.doc)
    shown = (body, more, explanation) if query.sees_explanations else (body, more)
    return SearchHit(
        kind=kind,
        id=id,
        title=title,
        score=ranked.rank,
        title_segments=mark(title, terms),
        highlights=highlights_of(shown, terms) if query.wants_highlights else (),
        facets=ranked.view.values_of(ranked.doc),
    )


def highlights_of(texts: Iterable[Text], terms: Terms) -> tuple[tuple[Segment, ...], ...]:
    """At most two stretches of the texts that show why; else how the texts begin."""
    found: list[tuple[Segment, ...]] = []
    begins: Iterable[Segment] = ()
    for text, bare in texts:
        begins = begins or opening(text)
        stretch = excerpt(text, bare, terms) if terms.folded else ()
        if stretch and stretch not in found:
            found.append(stretch)
    return tuple(found[:2]) or ((tuple(begins),) if begins else ())
