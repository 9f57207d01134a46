"""From one generation to the next without a pause: the next is opened aside while the one before still answers."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from repository.logs import Log
from repository.search.documents import WARMING, SearchQuery
from repository.search.embedded.generations import Generations
from repository.search.embedded.reader import Reader

log = Log("search")


class Readers:
    """The reader of the generation in use. Not for several threads at once, but for the one that it starts itself."""

    def __init__(self, generations: Generations, cache_bytes: int) -> None:
        self._generations = generations
        self._cache_bytes = cache_bytes
        self.reader = Reader(generations, cache_bytes)
        self._next: Opening | None = None

    @contextmanager
    def reading(self, query: SearchQuery | None = None) -> Iterator[Reader]:
        """The newest commit, or for a moment the last one of the generation before.

        Args:
            query: what is asked; the next generation is warmed by it.

        Raises:
            SearchUnavailable: there is no index, or it is damaged.
        """
        stays = self._is_changing_over(query)
        with self.reader.reading(stays=stays):
            yield self.reader

    def close(self) -> None:
        """Give the open files back."""
        self._next = None
        self.reader.close()

    def _is_changing_over(self, query: SearchQuery | None) -> bool:
        """Whether a newer generation is being opened. Once it is, it takes the place of the one before; where that
        failed, or there is none before to answer meanwhile, whoever asks opens it and learns why."""
        folder, newest = self.reader.folder, self._generations.current()
        if folder is None or newest is None or newest == folder or self._generations.is_damaged(folder):
            self._next = None
            return False
        if self._next is None or self._next.folder != newest:
            self._next = Opening(newest, Reader(Generations(newest.parent), self._cache_bytes), query)
        if self._next.is_alive():
            return True
        if self._next.reader.folder == newest:
            self.reader.close()
            self.reader = self._next.reader
        self._next = None
        return False


class Opening(Thread):
    """A generation on its way to be open."""

    def __init__(self, folder: Path, reader: Reader, query: SearchQuery | None) -> None:
        super().__init__(name=f"opening {folder.name}", daemon=True)
        self.folder = folder
        self.reader = reader
        self._query = query
        self.start()

    def run(self) -> None:
        try:
            with self.reader.reading():
                self.reader.helper.suggest("")
                self.reader.find(WARMING)
                if self._query is not None:
                    self.reader.find(self._query)
        except Exception:
            log.exception("the next search index can't be opened", folder=str(self.folder))
            self.reader.close()
