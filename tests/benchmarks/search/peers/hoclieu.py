"""Our own engines, asked through the door that the product uses."""

from collections.abc import Iterable
from pathlib import Path

from repository.search.documents import SearchDocument, SearchQuery
from repository.search.embedded.index import WhooshIndex
from repository.search.embedded.schema import ident_of
from repository.search.engine import SearchIndex
from tests.benchmarks.search.peers.base import Answer
from tests.benchmarks.search.queries import Ask


class HocLieu:
    """The embedded engine. An unfinished word is completed by its suggestions."""

    name = "Học Liệu (Whoosh + numpy)"

    def __init__(self, processes: int = 1) -> None:
        self.processes = processes
        self.index: WhooshIndex | None = None

    def build(self, folder: Path, documents: Iterable[SearchDocument]) -> None:
        index = WhooshIndex(folder)
        index.rebuild(documents, processes=self.processes)
        index.close()

    def open(self, folder: Path) -> None:
        self.index = WhooshIndex(folder)

    def opened(self) -> WhooshIndex:
        assert self.index is not None
        return self.index

    def ask(self, ask: Ask) -> Answer:
        return ask_index(self.opened(), ask)


def ask_index(index: SearchIndex, ask: Ask) -> Answer:
    if ask.shape == "prefix":
        return Answer(len(index.suggest(ask.text, limit=ask.limit)))
    results = index.find(query_of(ask))
    idents = tuple(ident_of(hit.kind, hit.id) for hit in results.hits)
    return Answer(results.total, idents, sum(map(len, results.facets.values())))


def query_of(ask: Ask) -> SearchQuery:
    return SearchQuery(
        text=f'"{ask.text}"' if ask.shape == "phrase" else ask.text,
        filters={name: (value,) for name, value in ask.filters.items()},
        limit=ask.limit,
        wants_facets=ask.facets,
        wants_highlights=ask.highlights,
    )
