"""The words near a misspelt one, by a deletes index, and how likely each of them is between two neighbours."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from repository.search.suggestions.lexicon import Lexicon
from repository.search.suggestions.slips import checksum, shorter

NEVER_MET = 0.02
"""How much of its own share a word keeps beside a neighbour it never met."""
REMEMBERED = 4_000

Scores = NDArray[np.float64]
NOTHING = np.empty(0)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Words that somebody may have meant, with what is asked of them whatever stands beside them.

    Attributes:
        numbers: their folded numbers.
        typed: the place of what was typed among them, -1 where that is no word.
        pairs: in the first row half of the key of a pair with a neighbour on the left, in the second on the right.
        own: the share of each in all words; ``rarity`` is one over that.
    """

    numbers: tuple[int, ...]
    typed: int
    pairs: NDArray[np.uint64]
    own: Scores
    rarity: Scores


class Near:
    """Candidates for misspelt words; those looked for last are remembered."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._words = lexicon.words
        self._deletes = lexicon.deletes
        self._shares = lexicon.words.folded_counts / max(1.0, float(lexicon.words.folded_counts.sum()))
        self._counts = lexicon.words.folded_counts.data
        self.of = lru_cache(REMEMBERED)(self._of)

    def likelihoods(self, candidates: Candidates, left: int, right: int) -> list[float]:
        """The logarithm of how likely each candidate is between two others (-1: nothing known there)."""
        own = candidates.own
        if left < 0 and right < 0:
            found: list[float] = np.log(own).tolist()
            return found
        beside = np.array(((max(left, 0) << 32,), (max(right, 0),)), np.uint64)
        counts = np.array(((self._counts[left],), (self._counts[right],)), np.float64)
        met = self._words.folded_pairs.counts_of(candidates.pairs | beside)
        lifts = np.maximum(met * candidates.rarity / counts, NEVER_MET)
        likely = own * lifts[0] if left >= 0 else own
        found = np.log(likely * lifts[1] if right >= 0 else likely).tolist()
        return found

    def _of(self, folded: str) -> Candidates:
        """The words at most two letters away, most of them one."""
        found: set[int] = set()
        for rest in (folded, *shorter(folded)):
            found.update(self._deletes.words_with(checksum(rest)))
        numbers = tuple(found)
        typed = self._words.folded_numbers.get(folded, -1)
        pairs = np.array((numbers, numbers), np.uint64)
        pairs[1] <<= np.uint64(32)
        own = self._shares.take(numbers) if numbers else NOTHING
        return Candidates(numbers, numbers.index(typed) if typed in found else -1, pairs, own, 1 / own)
