"""The Whoosh schema: three bags of terms without positions, their weights inside the postings, facets as columns.

A term has one posting list per bag, whatever zones of the document it stands in: the weight of the zone and the
saturation of repeated words (BM25F with fixed average lengths) are worked out when the document is indexed. A query
then adds ``idf x weight`` and needs nothing else.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from whoosh import columns, fields, formats

from repository.search.documents import FACETS, SearchDocument
from repository.search.text import Form, bare_of, bigrams_of, words_of

KINDS = ("lecture", "question")
ID_STEP = 16
SEPARATOR = "\x1f"

FOLDED, EXACT, BIGRAMS, PRIVATE = "folded", "exact", "bigrams", "private"
FACET_COLUMNS = {name: f"facet_{name}" for name in FACETS}

SATURATION = 1.2
LENGTH_SHARE = 0.6
WEIGHT_STEPS = 256
LONG_CHARS = 1500
"""A longer text is stored bare as well, so that the place to show is found without cutting all of it into words."""


@dataclass(frozen=True)
class Zone:
    """A part of a document: how much a word in it counts, and how long such a part usually is."""

    name: str
    weight: float
    usual_words: int


ZONES = (Zone("title", 4.0, 12), Zone("keywords", 2.5, 12), Zone("body", 1.5, 40), Zone("more", 1.0, 120))
EXPLANATION = Zone("explanation", 1.0, 60)


def bags_of(document: SearchDocument) -> dict[str, dict[bytes, float]]:
    """The terms of a document with their weights, bag by bag."""
    bags: dict[str, dict[str, float]] = {FOLDED: {}, EXACT: {}, BIGRAMS: {}, PRIVATE: {}}
    texts = (document.title, " \n ".join(document.keywords), document.body, document.more)
    for zone, text in zip(ZONES, texts, strict=True):
        add_zone(bags, words_of(text), zone)
    words = words_of(document.explanation)
    add_terms(bags[PRIVATE], (word.folded for word in words), share_of(EXPLANATION, len(words)))
    return {
        name: {term.encode(): saturated(amount) for term, amount in bag.items()} for name, bag in bags.items() if bag
    }


def saturated(amount: float) -> float:
    """The tenth mention of a word says less than the second: 0 to 1, in steps."""
    return max(1, round(amount / (SATURATION + amount) * WEIGHT_STEPS)) / WEIGHT_STEPS


def share_of(zone: Zone, word_count: int) -> float:
    return zone.weight / (1 - LENGTH_SHARE + LENGTH_SHARE * word_count / zone.usual_words)


def add_zone(bags: dict[str, dict[str, float]], words: list[Form], zone: Zone) -> None:
    share = share_of(zone, len(words))
    add_terms(bags[FOLDED], (word.folded for word in words), share)
    add_terms(bags[EXACT], (word.exact for word in words), share)
    add_terms(bags[BIGRAMS], bigrams_of(words), share)


def add_terms(bag: dict[str, float], terms: Iterator[str], share: float) -> None:
    for term in terms:
        bag[term] = bag.get(term, 0.0) + share


class BagField(fields.FieldType):  # type: ignore[misc]
    """A Whoosh field whose terms the pool is given directly; nothing is analysed, nothing is stored."""

    def __init__(self) -> None:
        super().__init__(format=formats.Existence(), analyzer=None)


SCHEMA = fields.Schema(
    key=fields.ID(),
    ident=fields.COLUMN(columns.NumericColumn("q")),
    published=fields.COLUMN(columns.NumericColumn("q")),
    texts=fields.STORED(),
    folded=BagField(),
    exact=BagField(),
    bigrams=BagField(),
    private=BagField(),
    **{column: fields.COLUMN(columns.RefBytesColumn()) for column in FACET_COLUMNS.values()},
)


def key_of(kind: str, id: int) -> str:
    return f"{kind}:{id}"


def ident_of(kind: str, id: int) -> int:
    """One number for kind and id, which orders hits of equal score the same way for ever."""
    return id * ID_STEP + KINDS.index(kind)


def kind_and_id_of(ident: int) -> tuple[str, int]:
    return KINDS[ident % ID_STEP], ident // ID_STEP


def fields_of(document: SearchDocument) -> dict[str, Any]:
    """The document as Whoosh takes it, without its bags."""
    title, *texts = (
        unicodedata.normalize("NFC", text)
        for text in (document.title, document.body, document.more, document.explanation)
    )
    values: dict[str, Any] = {
        "key": key_of(document.kind, document.id),
        "ident": ident_of(document.kind, document.id),
        "published": seconds_of(document.published_at),
        "texts": (title, *((text, bare_of(text) if len(text) > LONG_CHARS else "") for text in texts)),
    }
    for name, facet_values in document.facets.items():
        values[FACET_COLUMNS[name]] = SEPARATOR.join(facet_values).encode()
    return values


def seconds_of(at: datetime | None) -> int:
    return int(at.astimezone(UTC).timestamp()) if at else 0
