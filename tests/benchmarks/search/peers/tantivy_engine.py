"""tantivy: a text field per zone with boosts, as its documentation has it, and all text in one field, its fastest."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tantivy

from repository.search.documents import FACETS, SearchDocument
from repository.search.embedded.schema import ident_of
from tests.benchmarks.search.peers.base import BOOSTS, Answer, facets_of, texts_of
from tests.benchmarks.search.queries import Ask

WORD = re.compile(r"\w+")
HEAP_BYTES = 500_000_000
MOST_VALUES = 1_000
FACET_NAMES = ("kind", *FACETS)
AGGREGATED = {name: {"terms": {"field": f"{name}_", "size": MOST_VALUES}} for name in FACET_NAMES}


class Tantivy:
    name = "tantivy, a field per zone"
    boosts = BOOSTS

    def texts(self, document: SearchDocument) -> dict[str, str]:
        return texts_of(document)

    def schema(self) -> Any:
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("ident", stored=True)
        builder.add_text_field("shown", stored=True, tokenizer_name="raw", index_option="basic")
        for name in self.boosts:
            builder.add_text_field(name, stored=True, tokenizer_name="folded")
        for name in FACET_NAMES:
            builder.add_text_field(name + "_", fast=True, tokenizer_name="raw", index_option="basic")
        return builder.build()

    def index(self, folder: Path) -> Any:
        index = tantivy.Index(self.schema(), path=str(folder))
        index.register_tokenizer("folded", folding())
        return index

    def build(self, folder: Path, documents: Iterable[SearchDocument]) -> None:
        writer = self.index(folder).writer(heap_size=HEAP_BYTES, num_threads=1)
        for document in documents:
            facets = {f"{name}_": list(values) for name, values in facets_of(document).items() if values}
            texts = {name: [text] for name, text in self.texts(document).items()}
            ident = ident_of(document.kind, document.id)
            writer.add_document(tantivy.Document(ident=ident, shown=[document.title[:60]], **texts, **facets))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        self.opened = self.index(folder)
        self.opened.reload()
        self.searcher = self.opened.searcher()
        self.snippets = [name for name in ("title", "body", "more", "text") if name in self.boosts]

    def ask(self, ask: Ask) -> Answer:
        query = self.query_of(ask)
        found = self.searcher.search(query, limit=ask.limit, count=True)
        documents = [self.searcher.doc(address) for _, address in found.hits]
        titles = [document["shown"] for document in documents]
        if ask.highlights:
            self.highlight(query, documents)
        counts = self.searcher.aggregate(query, AGGREGATED) if ask.facets else {}
        values = sum(len(counted["buckets"]) for counted in counts.values())
        assert len(titles) == len(documents)
        return Answer(found.count, tuple(document["ident"][0] for document in documents), values)

    def query_of(self, ask: Ask) -> Any:
        words = WORD.findall(ask.text)
        fields = list(self.boosts)
        if ask.shape == "prefix":
            return self.prefix_query(words)
        text = '"' + " ".join(words) + '"' if ask.shape == "phrase" else " ".join(words)
        query = self.opened.parse_query(text, fields, field_boosts=dict(self.boosts), conjunction_by_default=True)
        must = [(tantivy.Occur.Must, query)]
        for name, value in ask.filters.items():
            term = tantivy.Query.term_query(self.opened.schema, f"{name}_", value)
            must.append((tantivy.Occur.Must, tantivy.Query.const_score_query(term, 0.0)))
        return tantivy.Query.boolean_query(must) if ask.filters else query

    def prefix_query(self, words: list[str]) -> Any:
        """All words; the last is a beginning. There is no prefix in the parser: a regular expression stands in."""
        *whole, begun = (folding().analyze(word)[0] for word in words)
        must = []
        for word in whole:
            terms = [(tantivy.Occur.Should, self.term(name, word)) for name in self.boosts]
            must.append((tantivy.Occur.Must, tantivy.Query.boolean_query(terms)))
        begins = [(tantivy.Occur.Should, self.beginning(name, begun)) for name in self.boosts]
        return tantivy.Query.boolean_query([*must, (tantivy.Occur.Must, tantivy.Query.boolean_query(begins))])

    def term(self, name: str, word: str) -> Any:
        return tantivy.Query.term_query(self.opened.schema, name, word)

    def beginning(self, name: str, word: str) -> Any:
        return tantivy.Query.regex_query(self.opened.schema, name, re.escape(word) + ".*")

    def highlight(self, query: Any, documents: list[Any]) -> None:
        for name in self.snippets:
            generator = tantivy.SnippetGenerator.create(self.searcher, query, self.opened.schema, name)
            for document in documents:
                generator.snippet_from_doc(document).to_html()


class TantivyOneField(Tantivy):
    name = "tantivy, one field"
    boosts = {"text": 1.0}

    def texts(self, document: SearchDocument) -> dict[str, str]:
        return {"text": "\n\n".join(texts_of(document).values())}


def folding() -> Any:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    return builder.filter(tantivy.Filter.lowercase()).filter(tantivy.Filter.ascii_fold()).build()
