"""What is close to one thing: the same topic and subject, the same telling words, the much used first among equals."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from repository.search.embedded.collection import Collection
from repository.search.embedded.evaluation import Ranked
from repository.search.embedded.lists import TermList
from repository.search.embedded.paging import best_of
from repository.search.embedded.schema import BIGRAMS, FOLDED, KINDS, SATURATION, ZONES, StoredTexts, share_of
from repository.search.terms import STOP_BARE
from repository.search.text import bigrams_of, words_of

MOST_TERMS = 20
MOST_CHARS = 6_000
MOST_LOOKED_UP = 50
PAIR_SHARE = 0.6
TOPIC_SHARE = 0.5
SUBJECT_SHARE = 0.2
LEAST_ALIKE = 0.12
"""Other topics need so much of the telling words, 1 being all of them."""


@dataclass(frozen=True)
class Telling:
    """A term of the thing that few others have; ``worth`` is what another gains by having it to the full."""

    listed: TermList
    worth: float


def related(collection: Collection, kind: str, id: int, to_kind: str, limit: int) -> tuple[Ranked, ...]:
    """The live documents of ``to_kind`` closest to one, best first, never itself; () where it is not known."""
    doc = collection.find(kind, id) if kind in KINDS and to_kind in KINDS else None
    if doc is None:
        return ()
    closeness = closeness_to(collection, doc)
    allowed = collection.facets.mask("kind", (to_kind,)) & (closeness > 0)
    allowed[doc] = False
    docs = collection.living(allowed.nonzero()[0])
    ranks = closeness.take(docs) * collection.prior.take(docs)
    best = best_of(None, docs, ranks, collection.idents, max(0, limit))
    return tuple(Ranked(int(docs[at]), float(ranks[at])) for at in best.tolist())


def closeness_to(collection: Collection, doc: int) -> NDArray[np.float32]:
    """How close every document is: 0 for those that have nothing to do with it."""
    alike: NDArray[np.float32] = np.zeros(collection.count, np.float32)
    telling = telling_terms(collection, doc)
    for term in telling:
        alike[term.listed.docs] += term.listed.steps * np.float32(term.worth)
    own = float(alike[doc])
    if own:
        alike /= np.float32(own)
    values = collection.facets.values_of(doc)
    is_close = alike >= LEAST_ALIKE
    closeness = alike.copy()
    for name, share in (("topic", TOPIC_SHARE), ("subject", SUBJECT_SHARE)):
        if values.get(name):
            mask = collection.facets.mask(name, values[name])
            closeness += mask * np.float32(share)
            is_close = is_close | mask if name == "topic" else is_close
    return closeness * is_close


def telling_terms(collection: Collection, doc: int) -> list[Telling]:
    """Words and pairs of words that weigh most in the document, times how rare they are."""
    amounts: dict[tuple[str, str], float] = {}
    for zone, text in zip(ZONES, public_texts(collection.texts_of(doc)), strict=True):
        words, share = words_of(text), share_of(zone, len(text.split()))
        pairs = (((BIGRAMS, pair), PAIR_SHARE) for pair in bigrams_of(words))
        for term, worth in chain((((FOLDED, word.folded), 1.0) for word in words), pairs):
            amounts[term] = amounts.get(term, 0.0) + share * worth
    heaviest = sorted(amounts, key=lambda term: -amounts[term])[:MOST_LOOKED_UP]
    found = [telling(collection, bag, term, amounts[bag, term]) for bag, term in heaviest if not is_empty(term)]
    return sorted(found, key=lambda one: -one.worth)[:MOST_TERMS]


def telling(collection: Collection, bag: str, term: str, amount: float) -> Telling:
    listed = collection.terms.get((bag,), term)
    return Telling(listed, amount / (SATURATION + amount) * collection.idf(listed.count))


def is_empty(term: str) -> bool:
    """Whether a term says nothing: stop words, single letters and figures."""
    return all(word in STOP_BARE or len(word) < 2 for word in term.split())


def public_texts(texts: StoredTexts) -> Iterator[str]:
    """By zone; of long texts the beginning. The explanation is not among them."""
    yield texts.title
    yield texts.keywords
    yield texts.body[0][:MOST_CHARS]
    yield "\n".join((texts.more[0], *(text for _, _, text in texts.places[0])))[:MOST_CHARS]
