"""One generation of the index as a process reads it: its segments, what is known of them, help while typing."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from repository.search.documents import IndexState, SearchQuery, SearchResults
from repository.search.embedded.answering import answered
from repository.search.embedded.collection import Collection
from repository.search.embedded.generations import Generations
from repository.search.embedded.live import LiveCollection
from repository.search.embedded.opening import OpenIndex
from repository.search.embedded.postings import PostingCache
from repository.search.embedded.showing import hit_of
from repository.search.embedded.upkeep import LEXICON_FILE
from repository.search.suggestions.fresh import FreshTitles
from repository.search.suggestions.helper import Helper
from repository.search.suggestions.lexicon import EMPTY, Lexicon


class Reader:
    """Not for several threads at once: the caller holds a lock around ``reading``."""

    def __init__(self, generations: Generations, cache_bytes: int) -> None:
        self.generations = generations
        self.opened = OpenIndex(generations)
        self._cache = PostingCache(cache_bytes)
        self.collection = Collection(self._cache)
        self._lexicon = EMPTY
        self._lexicon_folder: Path | None = None

    @property
    def folder(self) -> Path | None:
        """The generation that is open."""
        return self.opened.folder

    @contextmanager
    def reading(self, *, stays: bool = False) -> Iterator[Collection]:
        """The newest commit, or what is open where that ``stays``. What turns out to be damaged is reported.

        Raises:
            SearchUnavailable: there is no index, or it is damaged.
        """
        with self.opened.reading(stays=stays) as is_new:
            if is_new:
                self._follow()
            yield self.collection

    def find(self, query: SearchQuery) -> SearchResults:
        """Answer a query; only while ``reading``."""
        started = time.perf_counter()
        answer = answered(self.collection, query, lambda: self.helper)
        terms = answer.asked.terms
        found = answer.evaluation
        return SearchResults(
            total=found.total,
            hits=tuple(hit_of(self.collection, ranked, terms, query) for ranked in found.ranked),
            facets=found.facets,
            took_ms=round((time.perf_counter() - started) * 1000, 3),
            next=found.next,
            relaxed=found.relaxed,
            read_as=answer.read_as,
            filters=found.filters,
            did_you_mean=answer.did_you_mean,
        )

    def state(self) -> IndexState:
        documents = sum(view.live_count for view in self.opened.views)
        learnt_from = self.helper.lexicon.documents
        if self.folder is None:
            return IndexState(documents, "", learnt_from=learnt_from)
        left_out = self.generations.left_out(self.folder)
        return IndexState(documents, self.folder.name, learnt_from=learnt_from, left_out=left_out)

    def close(self) -> None:
        """Give the open files back."""
        self.opened.close()
        self.collection = Collection(self._cache)

    @cached_property
    def helper(self) -> Helper:
        """Help while typing over this commit. Made when first asked for; the lexicon lasts for the generation."""
        folder = self.folder
        if folder is None:
            return Helper(EMPTY, LiveCollection(self.collection))
        if folder != self._lexicon_folder:
            self._lexicon, self._lexicon_folder = Lexicon.load(folder / LEXICON_FILE), folder
        fresh = FreshTitles.load(self.generations.titles_path(folder))
        return Helper(self._lexicon, LiveCollection(self.collection), fresh)

    def _follow(self) -> None:
        """Bring what is known of the index up to the commit that was just opened."""
        self.__dict__.pop("helper", None)
        try:
            self.collection.follow(self.opened.views)
        except BaseException:
            self.collection = Collection(self._cache)
            self.opened.look_again()
            raise
