"""What is close to a thing: documents that share its weightiest words and neighbours, those of its topics first."""

import numpy as np
from numpy.typing import NDArray

from repository.search.embedded.schema import BIGRAMS, FOLDED
from repository.search.language import asked_of
from repository.search.postgres.facets import Mask, filter_lexeme
from repository.search.postgres.facts import NAMES, Facts, facts_from
from repository.search.postgres.finding import Evaluation, Opened
from repository.search.postgres.matching import Attempt, Matcher
from repository.search.postgres.ranking import prior_of
from repository.search.postgres.reading import Reader
from repository.search.postgres.rows import quoted

OWN = """SELECT facts, ARRAY(SELECT lexeme FROM unnest(tsvector_to_array(words)) lexeme WHERE lexeme !~ '^[=?^#]')
    FROM hoclieu_search.documents WHERE ident = %s"""
MOST_TERMS = 24
RARE_TERMS = 8
MOST_CANDIDATES = 400
PAIR_SHARE = 0.3
COMMONEST_SHARE = 0.1
SHARED = {"topic": 0.5, "subject": 0.25}
"""How much more a document is worth that shares a value of these facets."""


def nearest_to(reader: Reader, opened: Opened, ident: int, to_kind: str, limit: int) -> Evaluation:
    """The published things of one kind that are closest to a thing; none where it is not in the index."""
    own = reader.rows(OWN, ident)
    if not own:
        return evaluation_of(facts_from(None), np.empty(0, np.float32), limit)
    facts = facts_from(own[0][0])
    matcher = matcher_of(reader, opened, own[0][1])
    terms, worth = weightiest(reader, matcher, ident)
    rare = sorted(terms, key=matcher.count)[:RARE_TERMS]
    found = candidates(reader, opened, [quoted(term) for term in rare], to_kind)
    found = found[found["ident"] != ident]
    shared = {name: shares(opened, found, facts, name) for name in SHARED}
    if len(found) > MOST_CANDIDATES:
        order = np.argsort(-(shared["topic"] * 2 + shared["subject"] + prior_of(found) / 2), kind="stable")
        kept = np.sort(order[:MOST_CANDIDATES])
        found, shared = found[kept], {name: mask[kept] for name, mask in shared.items()}
    likeness = reader.weights(found["ident"], [(bag_of(term), term) for term in terms]) @ worth
    lift = prior_of(found) + sum(share * shared[name] for name, share in SHARED.items())
    return evaluation_of(found, (likeness * lift).astype(np.float32), limit)


def matcher_of(reader: Reader, opened: Opened, lexemes: list[str]) -> Matcher:
    """What is known of the words of a document, those left out that very many others have."""
    documents = opened.state.documents
    most = max(2, COMMONEST_SHARE * documents)
    counts = {lexeme: count for lexeme, count in reader.counts(lexemes).items() if 1 < count <= most}
    return Matcher(asked_of(""), counts, documents, lambda _: (), sees_explanations=False)


def weightiest(reader: Reader, matcher: Matcher, ident: int) -> tuple[list[str], NDArray[np.float32]]:
    """The words and pairs that say most about a document, with what they say."""
    terms = sorted(matcher.counts)
    keys = [(bag_of(term), term) for term in terms]
    own = reader.weights(np.array([ident]), keys)[0]
    said = np.array([matcher.worth(matcher.count(t)) * (PAIR_SHARE if " " in t else 1.0) for t in terms], np.float32)
    order = np.argsort(-(own * said), kind="stable")[:MOST_TERMS]
    return [terms[place] for place in order], (own * said * said)[order]


def bag_of(term: str) -> str:
    return BIGRAMS if " " in term else FOLDED


def candidates(reader: Reader, opened: Opened, rare: list[str], to_kind: str) -> Facts:
    if not rare:
        return facts_from(None)
    condition = f"{quoted(filter_lexeme('kind', to_kind))} & ({' | '.join(rare)})"
    return reader.matches(Attempt((), condition), opened.state.generation, sees_explanations=False)


def shares(opened: Opened, found: Facts, own: Facts, name: str) -> Mask:
    """Which of the documents have a value of the thing's own."""
    number, facet = NAMES.index(name), opened.dictionary.facets[name]
    mask: Mask = facet.accepted(facet.values[int(own["codes"][0, number])])[found["codes"][:, number]]
    return mask


def evaluation_of(found: Facts, ranks: NDArray[np.float32], limit: int) -> Evaluation:
    best = np.lexsort((found["ident"], -ranks))[: max(limit, 0)]
    best = best[ranks[best] > 0]
    scores = [float(ranks[place]) for place in best]
    return Evaluation(len(best), found[best], scores, [{} for _ in scores], None, {}, (), {})
