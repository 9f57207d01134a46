"""A document as rows of the index, in the text form that ``COPY`` reads; worked out in any process."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from repository.search.documents import SearchDocument
from repository.search.embedded.phrases import searched
from repository.search.embedded.schema import BIGRAMS, EXACT, FOLDED, PRIVATE, bags_of, texts_of
from repository.search.postgres.facets import CodeBook, filter_lexemes, joined_values
from repository.search.postgres.facts import Numbers, fact_bytes, numbers_of
from repository.search.postgres.packing import packed
from repository.search.text import bigrams_of, words_of

MARKS = {FOLDED: "", BIGRAMS: "", EXACT: "=", PRIVATE: "?"}
"""Lexemes of one bag begin with its mark, so that all bags share one index. A pair of words has a space in it."""
TITLE = "^"
MOST_LEXEME_BYTES = 900_000
"""PostgreSQL takes 1 MB of lexemes in one document."""

Bags = Mapping[str, Mapping[bytes, float]]


@dataclass(frozen=True)
class Row:
    """One document; its facts still want the codes of its facets, which only the one writer gives out."""

    numbers: Numbers
    facets: tuple[str, ...]
    weights: str
    words: str
    texts: tuple[str, ...]
    lexemes: tuple[str, ...]
    """Those whose documents are counted."""

    @property
    def ident(self) -> int:
        return self.numbers[0]

    def document_line(self, book: CodeBook) -> str:
        facts = fact_bytes(self.numbers, book.codes_of(self.facets))
        return line_of((str(self.ident), rf"\x{facts.hex()}", self.words))

    @property
    def weights_line(self) -> str:
        return line_of((str(self.ident), self.weights))

    @property
    def texts_line(self) -> str:
        return line_of((str(self.ident), *self.texts))


def row_of(document: SearchDocument) -> Row:
    bags = bags_of(document)
    joined = joined_values(document)
    texts = texts_of(document)
    lexemes = lexemes_of(bags)
    public = list(searched(texts, sees_explanations=False))
    return Row(
        numbers=numbers_of(document),
        facets=joined,
        weights="{" + ",".join(map(str, packed(bags))) + "}",
        words=" ".join(map(quoted, (*lexemes, *title_lexemes(document.title), *filter_lexemes(joined)))),
        texts=(
            texts.title,
            json.dumps(texts, ensure_ascii=False).replace("\\u0000", ""),
            "\n".join(map(run_of, public)),
            run_of(texts.explanation[0]),
        ),
        lexemes=lexemes,
    )


def lexemes_of(bags: Bags) -> tuple[str, ...]:
    """All terms of the bags, each with the mark of its bag; the heaviest where there are too many to be taken."""
    pairs = [(weight, MARKS[bag] + term.decode()) for bag, terms in bags.items() for term, weight in terms.items()]
    if sum(len(lexeme.encode()) for _, lexeme in pairs) <= MOST_LEXEME_BYTES:
        return tuple(lexeme for _, lexeme in pairs)
    return tuple(that_fit(lexeme for _, lexeme in sorted(pairs, key=lambda pair: (" " in pair[1], -pair[0]))))


def that_fit(lexemes: Iterable[str]) -> Iterable[str]:
    size = 0
    for lexeme in lexemes:
        size += len(lexeme.encode())
        if size > MOST_LEXEME_BYTES:
            return
        yield lexeme


def title_lexemes(title: str) -> list[str]:
    """The words and pairs of the title once more: what is named so is looked at first where very much is found."""
    words = words_of(title)
    return [TITLE + term for term in dict.fromkeys((*(word.folded for word in words), *bigrams_of(words)))]


def run_of(text: str) -> str:
    """The folded words in their order, a space around each: where phrases are looked for."""
    return f" {' '.join(word.folded for word in words_of(text))} "


def quoted(lexeme: str) -> str:
    """A lexeme as ``tsvector`` and ``tsquery`` read it."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''").replace("\0", "") + "'"


def line_of(values: Iterable[str]) -> str:
    """A line of ``COPY`` in its text form."""
    return "\t".join(map(escaped, values)) + "\n"


def escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t").replace("\0", "")
