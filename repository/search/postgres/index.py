"""The door to search in PostgreSQL. Any number of processes and nodes read and write the same index."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from threading import Lock
from typing import TypeVar

import structlog
from sqlalchemy import Engine

from repository.search.answering import Answering
from repository.search.documents import (
    IndexState,
    LeftOut,
    SearchDocument,
    SearchHit,
    SearchQuery,
    SearchResults,
    Suggestion,
)
from repository.search.embedded.schema import ident_of, kind_and_id_of
from repository.search.embedded.showing import highlights_of
from repository.search.engine import Position, Progress, SearchUnavailable
from repository.search.highlights import mark
from repository.search.language import Asked, asked_of
from repository.search.postgres import upkeep, writing
from repository.search.postgres.answering import TableTexts
from repository.search.postgres.finding import Evaluation, Finder, Opened
from repository.search.postgres.leading import Leader
from repository.search.postgres.live import helper_of, lexicon_of
from repository.search.postgres.ranking import CANDIDATES
from repository.search.postgres.reading import Moved, Reader, reading
from repository.search.postgres.related import nearest_to
from repository.search.suggestions.helper import Helper
from repository.search.suggestions.lexicon import Lexicon
from repository.search.terms import Terms

TRIES = 5

Answer = TypeVar("Answer")
log = structlog.get_logger("search")


class PostgresIndex:
    """An index in the product's own database. What a process keeps of it is dropped when the index changes."""

    def __init__(self, engine: Engine, candidates: int = CANDIDATES) -> None:
        self.engine = engine
        self.candidates = candidates
        self._lock = Lock()
        self._opened: Opened | None = None
        self._lexicon: tuple[str, Lexicon] | None = None
        self._helper: tuple[tuple[str, int], Helper] | None = None
        self._leader: Leader | None = None

    def find(self, query: SearchQuery) -> SearchResults:
        started = time.perf_counter()
        results = self._answer(query)
        return replace(results, took_ms=round((time.perf_counter() - started) * 1000, 3))

    def suggest(self, text: str, *, limit: int = 8) -> tuple[Suggestion, ...]:
        return self._reading(self._help).suggest(text, limit)

    def related(self, kind: str, id: int, to_kind: str, *, limit: int = 6) -> tuple[SearchHit, ...]:
        def look(reader: Reader) -> tuple[SearchHit, ...]:
            opened = self._open(reader)
            evaluation = nearest_to(reader, opened, ident_of(kind, id), to_kind, limit)
            return hits_of(reader, opened, evaluation, asked_of("").terms, SearchQuery(wants_highlights=False))

        return self._reading(look)

    def update(
        self,
        documents: Iterable[SearchDocument],
        removed: Iterable[tuple[str, int]] = (),
        *,
        position: Position | None = None,
        left_out: Sequence[LeftOut] = (),
    ) -> None:
        writing.change(self.engine, documents, removed, position, left_out)

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
        count, refused = writing.build(
            self.engine,
            documents,
            total=total,
            progress=progress or no_progress,
            processes=processes,
            change_id=change_id,
            left_out=left_out,
        )
        log.info("search index rebuilt", documents=count, left_out=len(left_out) + len(refused))
        for one in refused:
            log.error("a thing can't be indexed and is left out", **one._asdict())
        return count

    def position(self) -> Position | None:
        try:
            with reading(self.engine) as reader:
                state = reader.state()
        except SearchUnavailable:
            return None
        return None if state.change_id is None else Position(state.generation, state.change_id)

    def leads(self) -> bool:
        with self._lock:
            self._leader = self._leader or Leader.elected(self.engine)
            if self._leader is not None and not self._leader.is_alive():
                self._leader = None
            return self._leader is not None

    def verify(self) -> None:
        upkeep.verify(self.engine)

    def tidy(self) -> None:
        upkeep.tidy(self.engine)

    def state(self) -> IndexState:
        try:
            with reading(self.engine) as reader:
                state = reader.state()
                learnt_from, left_out = self._help(reader).lexicon.documents, reader.left_out()
        except SearchUnavailable as error:
            return IndexState(0, "", error.facts["problem"])
        return IndexState(state.documents, state.generation, learnt_from=learnt_from, left_out=left_out)

    def close(self) -> None:
        """Forget what is kept, and lead no longer; the other connections are the engine's."""
        with self._lock:
            self._opened = self._lexicon = self._helper = None
            if self._leader is not None:
                self._leader.step_down()
                self._leader = None

    def _reading(self, ask: Callable[[Reader], Answer]) -> Answer:
        """Ask, and once more where the index was changed or swapped in between."""
        for attempt in range(TRIES):
            try:
                with reading(self.engine) as reader:
                    return ask(reader)
            except (Moved, SearchUnavailable):
                if attempt == TRIES - 1:
                    raise
        raise AssertionError("the last try answers or raises")

    def _open(self, reader: Reader) -> Opened:
        state = reader.state()
        with self._lock:
            if self._opened is None or self._opened.state.stamp != state.stamp:
                self._opened = Opened(state, reader.dictionary())
            return self._opened

    def _results(self, reader: Reader, query: SearchQuery, asked: Asked) -> SearchResults:
        opened = self._open(reader)
        evaluation = Finder(reader, opened, query, asked, self.candidates).evaluate()
        return SearchResults(
            total=evaluation.total,
            hits=hits_of(reader, opened, evaluation, asked.terms, query),
            facets=evaluation.facets,
            took_ms=0.0,
            next=evaluation.next,
            relaxed=evaluation.relaxed,
            filters=evaluation.filters,
        )

    def _answer(self, query: SearchQuery) -> SearchResults:
        """What is asked for as typed; else as keystrokes or better spelt, where that finds what this does not."""

        def find(query: SearchQuery, asked: Asked) -> SearchResults:
            return self._reading(lambda reader: self._results(reader, query, asked))

        answer = Answering(query, find, TableTexts(self.engine), lambda: self._reading(self._help)).answer()
        relaxed = ("spelling",) if answer.is_respelt else answer.found.relaxed
        return replace(answer.found, relaxed=relaxed, read_as=answer.read_as, did_you_mean=answer.did_you_mean)

    def _help(self, reader: Reader) -> Helper:
        state = reader.state()
        with self._lock:
            if self._lexicon is None or self._lexicon[0] != state.generation:
                self._lexicon = (state.generation, lexicon_of(reader))
            if self._helper is None or self._helper[0] != state.stamp:
                self._helper = (state.stamp, helper_of(self.engine, reader, self._lexicon[1]))
            return self._helper[1]


def hits_of(
    reader: Reader, opened: Opened, evaluation: Evaluation, terms: Terms, query: SearchQuery
) -> tuple[SearchHit, ...]:
    """The page as the reader sees it."""
    texts = reader.texts(evaluation.facts["ident"].tolist())
    hits = []
    for facts, score, parts in zip(evaluation.facts, evaluation.scores, evaluation.parts, strict=True):
        ident = int(facts["ident"])
        if ident not in texts:
            raise Moved
        kind, id = kind_and_id_of(ident)
        own = texts[ident]
        shown, where = (
            highlights_of(own, terms, sees_explanations=query.sees_explanations)
            if query.wants_highlights
            else ((), None)
        )
        hits.append(
            SearchHit(
                kind=kind,
                id=id,
                title=own.title,
                score=score,
                title_segments=mark(own.title, terms) if query.wants_highlights else (),
                highlights=shown,
                facets=opened.dictionary.values_of(facts["codes"].tolist()),
                where=where,
                parts=parts,
            )
        )
    return tuple(hits)


def no_progress(done: int, total: int) -> None:
    """Nobody watches."""
