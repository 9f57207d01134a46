"""The Whoosh schema: three bags of terms without positions, their weights inside the postings, facets as columns.

A term has one posting list per bag, whatever zones of the document it stands in: the weight of the zone and the
saturation of repeated words (BM25F with fixed average lengths) are worked out when the document is indexed. A query
then adds ``idf x weight`` and needs nothing else.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh import columns, fields, formats

from repository.search.documents import FACETS, SearchDocument
from repository.search.embedded.sections import packed
from repository.search.highlights import text_of_places
from repository.search.text import Form, bare_of, bigrams_of, words_of

KINDS = ("lecture", "question")
ID_STEP = 16
SEPARATOR = "\x1f"

FOLDED, EXACT, BIGRAMS, PRIVATE = "folded", "exact", "bigrams", "private"
NUMBERS = ("ident", "title_words", "published", "uses", "difficulty", "quality")
"""Columns of whole numbers: kind and id, the words of the title, seconds, times used, millionths of difficulty plus one
(0: unknown), millionths of quality."""
MILLION = 1_000_000
FACET_COLUMNS = {name: f"facet_{name}" for name in FACETS}

SATURATION = 1.2
LENGTH_SHARE = 0.6
WEIGHT_STEPS = 256
LONG_CHARS = 1500
"""A longer text is stored bare as well, so that the place to show is found without cutting all of it into words."""


Text = tuple[str, str]
"""A text in NFC and, where it is long, its bare form."""
StoredPlaces = tuple[tuple[tuple[str, int, str], ...], str]
"""The places of a lecture, each its kind, number and text in NFC; and the bare form of all their texts."""


class StoredTexts(NamedTuple):
    """What is kept of a document to be shown, and to look for phrases in."""

    title: str
    body: Text
    more: Text
    explanation: Text
    places: StoredPlaces
    keywords: str


@dataclass(frozen=True)
class Zone:
    """A part of a document: how much a word in it counts, and how long such a part usually is."""

    name: str
    weight: float
    usual_words: int


ZONES = (Zone("title", 4.0, 12), Zone("keywords", 1.0, 12), Zone("body", 2.0, 40), Zone("more", 0.45, 60))
EXPLANATION = Zone("explanation", 1.0, 60)


def bags_of(document: SearchDocument) -> dict[str, dict[bytes, float]]:
    """The terms of a document with their weights, bag by bag."""
    return {
        name: dict(zip(map(str.encode, bag), weights_of(bag).tolist(), strict=True))
        for name, bag in amounts_of(document).items()
    }


def amounts_of(document: SearchDocument) -> dict[str, dict[str, float]]:
    """How much of each term a document has, bag by bag. The private bag has words and pairs of words."""
    bags: dict[str, dict[str, float]] = {name: defaultdict(float) for name in (FOLDED, EXACT, BIGRAMS, PRIVATE)}
    texts = (document.title, keywords_of(document), document.body, more_of(document))
    for zone, text in zip(ZONES, texts, strict=True):
        add_zone(bags, words_of(text), zone)
    words = words_of(document.explanation)
    share = share_of(EXPLANATION, len(words))
    add_terms(bags[PRIVATE], [word.folded for word in words], share)
    add_terms(bags[PRIVATE], bigrams_of(words), share)
    return {name: bag for name, bag in bags.items() if bag}


def more_of(document: SearchDocument) -> str:
    """The long rest, what stands at places included."""
    return "\n".join((document.more, *(place.text for place in document.places)))


def weights_of(bag: Mapping[str, float]) -> NDArray[np.float32]:
    """The tenth mention of a word says less than the second: 1/256 to 255/256, in steps."""
    amounts = np.fromiter(bag.values(), np.float64, len(bag))
    steps = np.rint(amounts / (SATURATION + amounts) * WEIGHT_STEPS)
    return (np.clip(steps, 1, WEIGHT_STEPS - 1) / WEIGHT_STEPS).astype(np.float32)


def share_of(zone: Zone, word_count: int) -> float:
    return zone.weight / (1 - LENGTH_SHARE + LENGTH_SHARE * word_count / zone.usual_words)


def add_zone(bags: dict[str, dict[str, float]], words: list[Form], zone: Zone) -> None:
    share = share_of(zone, len(words))
    add_terms(bags[FOLDED], [word.folded for word in words], share)
    add_terms(bags[EXACT], [word.exact for word in words], share)
    add_terms(bags[BIGRAMS], bigrams_of(words), share)


def add_terms(bag: dict[str, float], terms: Iterable[str], share: float) -> None:
    for term in terms:
        bag[term] += share


class BagField(fields.FieldType):  # type: ignore[misc]
    """A Whoosh field whose terms the pool is given directly; nothing is analysed, nothing is stored."""

    def __init__(self) -> None:
        super().__init__(format=formats.Existence(), analyzer=None)


SCHEMA = fields.Schema(
    key=fields.ID(),
    **{name: fields.COLUMN(columns.NumericColumn("q")) for name in NUMBERS},
    title=fields.STORED(),
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
    texts = texts_of(document)
    values: dict[str, Any] = {
        "key": key_of(document.kind, document.id),
        "ident": ident_of(document.kind, document.id),
        "published": seconds_of(document.published_at),
        "uses": max(0, document.uses),
        "difficulty": 0 if document.difficulty is None else 1 + round(document.difficulty * MILLION),
        "quality": round(document.quality_fraction * MILLION),
        "title": texts.title,
        "texts": packed(tuple(texts)),
        "title_words": title_number_of(document.title),
    }
    for name, facet_values in document.facets.items():
        values[FACET_COLUMNS[name]] = SEPARATOR.join(facet_values).encode()
    return values


def texts_of(document: SearchDocument) -> StoredTexts:
    title, body, more, explanation, keywords = (
        unicodedata.normalize("NFC", text)
        for text in (
            document.title,
            document.body,
            document.more,
            document.explanation,
            keywords_of(document),
        )
    )
    return StoredTexts(title, with_bare(body), with_bare(more), with_bare(explanation), places_of(document), keywords)


def places_of(document: SearchDocument) -> StoredPlaces:
    if not document.places:
        return (), ""
    places = tuple((p.where.kind, p.where.number, unicodedata.normalize("NFC", p.text)) for p in document.places)
    return places, bare_of(text_of_places(document.places))


def keywords_of(document: SearchDocument) -> str:
    return " \n ".join(document.keywords)


def with_bare(text: str) -> Text:
    return text, bare_of(text) if len(text) > LONG_CHARS else ""


def title_number_of(title: str) -> int:
    """A number that titles of the same words have in common, however they are accented and spaced; never 0."""
    words = " ".join(word.folded for word in words_of(title))
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest(), "big", signed=True) | 1


def seconds_of(at: datetime | None) -> int:
    return int(at.astimezone(UTC).timestamp()) if at else 0
