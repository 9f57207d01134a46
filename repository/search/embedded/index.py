"""The door to search: find, update, rebuild. One object per process; only the worker (or a command) writes."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from repository.search.documents import (
    IndexState,
    SearchHit,
    SearchQuery,
    SearchResults,
    Suggestion,
)
from repository.search.embedded.answering import answered
from repository.search.embedded.collection import Collection
from repository.search.embedded.generations import Generations
from repository.search.embedded.live import LiveCollection
from repository.search.embedded.opening import OpenIndex
from repository.search.embedded.postings import PostingCache
from repository.search.embedded.related import related
from repository.search.embedded.showing import hit_of
from repository.search.embedded.upkeep import LEXICON_FILE, Upkeep
from repository.search.engine import SearchUnavailable
from repository.search.suggestions.fresh import FreshTitles
from repository.search.suggestions.helper import Helper
from repository.search.suggestions.lexicon import EMPTY, Lexicon
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
        self._cache = PostingCache(cache_bytes)
        self._opened = OpenIndex(self.generations)
        self._collection = Collection(self._cache)
        self._lexicon = EMPTY
        self._lexicon_folder: Path | None = None

    def find(self, query: SearchQuery) -> SearchResults:
        started = time.perf_counter()
        with self._lock, self._reading() as collection:
            answer = answered(collection, query, lambda: self._helper)
            terms = answer.asked.terms
            hits = tuple(hit_of(collection, ranked, terms, query) for ranked in answer.evaluation.ranked)
        found = answer.evaluation
        return SearchResults(
            total=found.total,
            hits=hits,
            facets=found.facets,
            took_ms=round((time.perf_counter() - started) * 1000, 3),
            next=found.next,
            relaxed=found.relaxed,
            read_as=answer.read_as,
            filters=found.filters,
            did_you_mean=answer.did_you_mean,
        )

    def suggest(self, text: str, *, limit: int = 8) -> tuple[Suggestion, ...]:
        with self._lock, self._reading():
            return self._helper.suggest(text, limit)

    def related(self, kind: str, id: int, to_kind: str, *, limit: int = 6) -> tuple[SearchHit, ...]:
        with self._lock, self._reading() as collection:
            query = SearchQuery(wants_highlights=False)
            return tuple(
                hit_of(collection, one, NO_TERMS, query) for one in related(collection, kind, id, to_kind, limit)
            )

    def state(self) -> IndexState:
        with self._lock:
            try:
                with self._reading():
                    documents = sum(view.live_count for view in self._opened.views)
                    generation = self._opened.folder.name if self._opened.folder else ""
                    learnt_from = self._helper.lexicon.documents
                    left_out = self.generations.left_out(self._opened.folder) if self._opened.folder else ()
                    return IndexState(documents, generation, learnt_from=learnt_from, left_out=left_out)
            except SearchUnavailable as error:
                return IndexState(0, "", error.facts["problem"])

    def close(self) -> None:
        """Give the open files back."""
        with self._lock:
            self._close()

    @contextmanager
    def _reading(self) -> Iterator[Collection]:
        """The newest commit. What turns out to be damaged is reported, and the index is unavailable."""
        with self._opened.reading() as is_new:
            if is_new:
                self._follow()
            yield self._collection

    def _follow(self) -> None:
        """Bring what is known of the index up to the commit that was just opened."""
        self.__dict__.pop("_helper", None)
        try:
            self._collection.follow(self._opened.views)
        except BaseException:
            self._collection = Collection(self._cache)
            self._opened.look_again()
            raise

    def _close(self) -> None:
        self._opened.close()
        self._collection = Collection(self._cache)

    @cached_property
    def _helper(self) -> Helper:
        """Help while typing over this commit. Made when first asked for; the lexicon lasts for the generation."""
        folder = self._opened.folder
        if folder is None:
            return Helper(EMPTY, LiveCollection(self._collection))
        if folder != self._lexicon_folder:
            self._lexicon, self._lexicon_folder = Lexicon.load(folder / LEXICON_FILE), folder
        fresh = FreshTitles.load(self.generations.titles_path(folder))
        return Helper(self._lexicon, LiveCollection(self._collection), fresh)
