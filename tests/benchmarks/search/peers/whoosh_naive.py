"""Whoosh as shipped: its standard analyser with accents folded, ``MultifieldParser``, its own scoring."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from whoosh import index, sorting
from whoosh.analysis import CharsetFilter, StandardAnalyzer
from whoosh.fields import ID, KEYWORD, NUMERIC, TEXT, Schema
from whoosh.qparser import MultifieldParser
from whoosh.query import And, Term
from whoosh.support.charset import accent_map

from repository.search.documents import FACETS, SearchDocument
from repository.search.embedded.schema import ident_of
from tests.benchmarks.search.peers.base import BOOSTS, Answer, facets_of, texts_of
from tests.benchmarks.search.queries import Ask

FACET_NAMES = ("kind", *FACETS)


class WhooshNaive:
    name = "Whoosh as shipped"

    def build(self, folder: Path, documents: Iterable[SearchDocument]) -> None:
        analyzer = StandardAnalyzer() | CharsetFilter(accent_map)
        texts = {name: TEXT(analyzer=analyzer, stored=True) for name in BOOSTS}
        facets = {f"{name}_": ID(sortable=True) if name != "grade" else KEYWORD(sortable=True) for name in FACET_NAMES}
        schema = Schema(ident=NUMERIC(bits=64, stored=True), **texts, **facets)
        writer = index.create_in(str(folder), schema).writer(limitmb=512)
        for document in documents:
            values = {f"{name}_": " ".join(values) for name, values in facets_of(document).items()}
            writer.add_document(ident=ident_of(document.kind, document.id), **texts_of(document), **values)
        writer.commit(optimize=True)

    def open(self, folder: Path) -> None:
        opened = index.open_dir(str(folder))
        self.searcher = opened.searcher()
        self.parser = MultifieldParser(list(BOOSTS), opened.schema, fieldboosts=BOOSTS)

    def ask(self, ask: Ask) -> Answer:
        chosen = And([Term(f"{name}_", value) for name, value in ask.filters.items()]) if ask.filters else None
        groups = self.groups() if ask.facets else None
        results = self.searcher.search(self.query_of(ask), limit=ask.limit, filter=chosen, groupedby=groups)
        idents = tuple(hit["ident"] for hit in results)
        assert all(hit["title"] is not None for hit in results)
        if ask.highlights:
            for hit in results:
                assert hit.highlights("title") is not None and hit.highlights("body") is not None
                hit.highlights("more")
        values = sum(len(results.groups(f"{name}_")) for name in FACET_NAMES) if ask.facets else 0
        return Answer(len(results), idents, values)

    def query_of(self, ask: Ask) -> Any:
        if ask.shape == "phrase":
            return self.parser.parse(f'"{ask.text}"')
        return self.parser.parse(ask.text + ("*" if ask.shape == "prefix" else ""))

    def groups(self) -> Any:
        facets = sorting.Facets()
        for name in FACET_NAMES:
            facets.add_field(f"{name}_", maptype=sorting.Count)
        return facets
