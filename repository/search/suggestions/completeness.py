"""Which phrases are worth suggesting: whole ones. ``trình bậc hai`` is the tail of *phương trình bậc hai*."""

import numpy as np
from numpy.typing import NDArray

from repository.search.suggestions.phrases import MASKS, WORDS, Counts, Keys, length_of
from repository.search.suggestions.syllables import written

ALWAYS = 0.7
"""A neighbour met this often beside a phrase belongs to it."""
MOSTLY = 0.8
"""A phrase that some word nearly always follows, whichever, is a beginning."""

EDGE_WORDS = frozenset(
    word
    for line in (
        "và là của các những một cho với thì mà nên khi nếu được bị do bởi tại từ đến trong trên dưới ở ra vào",
        "này đó kia sau trước đây sao nào gì hay hoặc như để có không cũng đã đang sẽ rằng về theo vì",
        "the of and a an in to is are was for on at by with that this it as be or from",
    )
    for word in line.split()
)
"""No phrase of several words begins or ends with one of these; lower case with accents."""


def complete_phrases(keys: Keys, counts: Counts, forms: list[str], least: int) -> NDArray[np.intp]:
    """The places of the phrases to keep.

    Args:
        keys: all counted phrases, ascending.
        counts: in how many documents each stands.
        forms: the exact form of each word; word ``n`` of a key is ``forms[n - 1]``.
        least: documents a phrase must stand in.
    """
    if not len(keys):
        return np.empty(0, np.intp)
    lengths = length_of(keys)
    edges = edge_forms()
    joins = np.array([False] + [form in edges for form in forms])
    begins_badly = joins[(keys >> np.uint64(48)).astype(np.intp)]
    ends_badly = joins[last_words(keys, lengths).astype(np.intp)]
    rest, front = keys << np.uint64(16), fronts_of(keys, lengths)
    before, _ = shares(keys, counts, rest, (lengths > 1) & ~begins_badly)
    after, together = shares(keys, counts, front, (lengths > 1) & ~ends_badly)
    is_whole = (before < ALWAYS) & (after < ALWAYS) & ((lengths < WORDS - 1) | (together < MOSTLY))
    longest = lengths == WORDS  # how these go on was not counted: ask their parts
    is_whole[longest] &= value_at(keys, before, front[longest]) < ALWAYS
    is_whole[longest] &= value_at(keys, after, rest[longest]) < ALWAYS
    return np.flatnonzero((counts >= least) & is_whole & ~((lengths > 1) & (begins_badly | ends_badly)))


def fronts_of(keys: Keys, lengths: NDArray[np.int64]) -> Keys:
    """Each phrase without its last word."""
    masks = np.array(MASKS, np.uint64)
    return keys & masks[np.maximum(lengths - 1, 0)]


def last_words(keys: Keys, lengths: NDArray[np.int64]) -> Keys:
    shift = (16 * (WORDS - np.maximum(lengths, 1))).astype(np.uint64)
    return (keys >> shift) & np.uint64(0xFFFF)


def shares(
    keys: Keys, counts: Counts, parts: Keys, counting: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How much of a phrase its most frequent lengthening takes, 0..1, and how much all of them together.

    ``parts`` is what each phrase lengthens; only the phrases ``counting`` count.
    """
    most, total = np.zeros(len(keys), np.int64), np.zeros(len(keys), np.int64)
    places = np.minimum(np.searchsorted(keys, parts), len(keys) - 1)
    there = counting & (keys[places] == parts)
    np.maximum.at(most, places[there], counts[there])
    np.add.at(total, places[there], counts[there])
    return most / counts, total / counts


def value_at(keys: Keys, values: NDArray[np.float64], wanted: Keys) -> NDArray[np.float64]:
    """The value of each wanted phrase; 0 where it was forgotten."""
    places = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[places] == wanted, values[places], 0.0)


def edge_forms() -> frozenset[str]:
    return frozenset(written(word).exact for word in EDGE_WORDS)
