"""How alike two texts are: 5-grams, MinHash signatures, bands. Pure, and the same on every machine.

Likeness proposes, it never decides: two questions that differ in one name (Sa Pa, Nha Trang) are 90 % alike and ask
different things.

Source: A. Broder, On the resemblance and containment of documents (1997); banding as in J. Leskovec, A. Rajaraman,
J. Ullman, Mining of Massive Datasets, chapter 3.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

GRAM = 5
BANDS, ROWS = 20, 5
VALUES = BANDS * ROWS
ALIKE = 0.8
"""The smallest similarity that is shown to a person: a word or two of a usual question are different."""
PROMISING = 0.68
"""The smallest estimate that is worth an exact look: three standard errors below ``ALIKE``."""

Signatures = NDArray[np.uint32]
Keys = NDArray[np.int64]
Numbers = NDArray[np.int64]
Number = TypeVar("Number", np.int64, np.uint64)

_CHUNK_LETTERS = 50_000
_CHUNK_GRAMS = 400_000


def padded(text: str) -> str:
    """Every line between blanks, so that short options have grams of their own."""
    return "\n".join(f"  {line}  " for line in text.split("\n"))


def grams_of(text: str) -> frozenset[str]:
    """The 5-grams of a folded text; none reaches over the end of a line."""
    lines = padded(text).split("\n")
    return frozenset([line[start : start + GRAM] for line in lines for start in range(len(line) - GRAM + 1)])


def similarity_of(left: frozenset[str], right: frozenset[str]) -> float:
    """The share of grams that two texts have in common (Jaccard), 0..1."""
    shared = len(left & right)
    union = len(left) + len(right) - shared
    return shared / union if union else 1.0


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """SplitMix64's finish."""
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        numbers = (numbers ^ (numbers >> np.uint64(shift))) * np.uint64(factor)
    return numbers ^ (numbers >> np.uint64(31))


_STEPS = np.arange(1, 2 * VALUES + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
_FACTORS = (_mixed(_STEPS[:VALUES]) >> np.uint64(32)).astype(np.uint32) | np.uint32(1)
_SUMMANDS = (_mixed(_STEPS[VALUES:]) >> np.uint64(32)).astype(np.uint32)


def signatures_of(texts: Sequence[str]) -> Signatures:
    """MinHash signatures of N folded texts: (N, ``VALUES``) of uint32.

    The share of values that two signatures have in common estimates the similarity of the texts.
    """
    found = [_signatures(chunk) for chunk in _chunks(texts)]
    return np.concatenate(found) if found else np.empty((0, VALUES), dtype=np.uint32)


def _chunks(texts: Sequence[str]) -> Iterator[list[str]]:
    chunk: list[str] = []
    letters = 0
    for text in texts:
        chunk.append(padded(text))
        letters += len(text)
        if letters > _CHUNK_LETTERS:
            yield chunk
            chunk, letters = [], 0
    if chunk:
        yield chunk


def _hashed_grams(texts: Sequence[str]) -> tuple[NDArray[np.uint64], Numbers]:
    """The grams of padded texts as numbers, those of the first text first, and where each text's begin."""
    letters = np.frombuffer("\n".join(texts).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    last = len(letters) - GRAM + 1
    hashes = np.zeros(last, dtype=np.uint64)
    is_gram = np.ones(last, dtype=bool)
    for place in range(GRAM):
        window = letters[place : place + last]
        hashes = hashes * np.uint64(0x100000001B3) + window
        is_gram &= window != ord("\n")
    starts = np.cumsum([0, *(len(text) + 1 for text in texts[:-1])])
    places = np.flatnonzero(is_gram)
    return _mixed(hashes[places]), np.searchsorted(places, starts)


def _signatures(texts: Sequence[str]) -> Signatures:
    hashes, first = _hashed_grams(texts)
    mixed = (hashes >> np.uint64(32)).astype(np.uint32)
    found = np.empty((len(texts), VALUES), dtype=np.uint32)
    values = np.empty_like(mixed)
    for number, (factor, summand) in enumerate(zip(_FACTORS, _SUMMANDS, strict=True)):
        np.multiply(mixed, factor, out=values)
        np.add(values, summand, out=values)
        found[:, number] = np.minimum.reduceat(values, first)
    return found


def bytes_of(signature: NDArray[np.uint32]) -> bytes:
    return signature.astype("<u4").tobytes()


def signatures_from(stored: Iterable[bytes]) -> Signatures:
    """Signatures as ``bytes_of`` wrote them: (N, ``VALUES``)."""
    return np.frombuffer(b"".join(stored), dtype="<u4").astype(np.uint32).reshape(-1, VALUES)


def band_keys(signatures: Signatures) -> Keys:
    """The keys under which signatures are looked up: (N, ``BANDS``) of int64.

    Texts of similarity s share a key with probability 1 - (1 - s^5)^20: 0.9996 at 0.8, 0.47 at 0.5, 0.006 at 0.2.
    """
    rows = signatures.reshape(-1, BANDS, ROWS).astype(np.uint64)
    keys = np.broadcast_to(_STEPS[:BANDS], rows.shape[:2]).copy()
    for place in range(ROWS):
        keys = _mixed(keys * np.uint64(0x100000001B3) + rows[:, :, place])
    return keys.view(np.int64)


def estimates_of(left: Signatures, right: Signatures) -> NDArray[np.float64]:
    """Estimated similarities of N pairs of signatures, row by row, 0..1."""
    return np.asarray((left == right).mean(axis=1), dtype=np.float64)


_TAG_BITS = 20
_GRAM_BITS = np.uint64(64 - _TAG_BITS)


def similarities_of(texts: Sequence[str], left: Numbers, right: Numbers) -> NDArray[np.float64]:
    """The similarities of N pairs of folded texts, as ``similarity_of`` counts them.

    Grams count by 44 bits of their hashes, which two different ones share in one of hundreds of millions of pairs.

    Args:
        texts: what the pairs are of.
        left: the places of one text of each pair.
        right: the places of the other.
    """
    found = [_distinct_grams(chunk) for chunk in _chunks(texts)]
    counts = np.concatenate([np.empty(0, np.int64), *(count for _, count in found)])
    grams = np.concatenate([np.empty(0, np.uint64), *(some for some, _ in found)])
    first = np.cumsum(counts) - counts
    sizes = counts[left] + counts[right]
    shared = np.zeros(len(left), dtype=np.int64)
    for pairs in _runs(sizes):
        merged = [_tagged(grams, first[side[pairs]], counts[side[pairs]]) for side in (left, right)]
        tagged = np.sort(np.concatenate(merged))
        twice = tagged[1:][tagged[1:] == tagged[:-1]] >> _GRAM_BITS
        shared[pairs] = np.bincount(twice.astype(np.int64), minlength=pairs.stop - pairs.start)
    return np.asarray(shared / (sizes - shared), dtype=np.float64)


def _distinct_grams(texts: Sequence[str]) -> tuple[NDArray[np.uint64], Numbers]:
    """The distinct grams of padded texts, those of the first text first, and how many each text has."""
    hashes, first = _hashed_grams(texts)
    counts = np.diff(first, append=len(hashes))
    tagged = distinct(_tagged(hashes, first, counts))
    return tagged, np.bincount((tagged >> _GRAM_BITS).astype(np.int64), minlength=len(texts))


def _tagged(grams: NDArray[np.uint64], first: Numbers, counts: Numbers) -> NDArray[np.uint64]:
    """Runs of grams, each gram below the number of its run: ``_TAG_BITS`` of number, the rest from the gram."""
    tags = np.repeat(np.arange(len(counts), dtype=np.uint64), counts)
    return (tags << _GRAM_BITS) | (grams[places_of(first, counts)] << np.uint64(_TAG_BITS) >> np.uint64(_TAG_BITS))


def _runs(sizes: Numbers) -> Iterator[slice]:
    """Neighbours that are not too many together."""
    reached = np.cumsum(sizes)
    start = 0
    while start < len(sizes):
        before = reached[start - 1] if start else 0
        stop = max(start + 1, int(np.searchsorted(reached, before + _CHUNK_GRAMS)))
        yield slice(start, stop)
        start = stop


def places_of(first: Numbers, counts: Numbers) -> Numbers:
    """The places of runs, one run after the other."""
    skipped: Numbers = first - (np.cumsum(counts) - counts)
    return np.repeat(skipped, counts) + np.arange(counts.sum())


def distinct(numbers: NDArray[Number]) -> NDArray[Number]:
    """The numbers in their order, each once; ``np.unique`` takes forty times as long."""
    ordered = np.sort(numbers)
    is_new = np.ones(len(ordered), dtype=bool)
    is_new[1:] = ordered[1:] != ordered[:-1]
    return ordered[is_new]
