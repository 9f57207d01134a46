"""The words near a misspelt one, by a deletes index, and how likely each of them is between two neighbours."""

from functools import lru_cache
from math import log
from typing import NamedTuple

import numpy as np

from repository.search.suggestions.lexicon import Lexicon
from repository.search.suggestions.slips import checksums

NEVER_MET = log(0.02)
"""How much of its own share a word keeps beside a neighbour it never met, as a logarithm."""
REMEMBERED = 4_000


class Candidates(NamedTuple):
    """Words that somebody may have meant.

    Attributes:
        numbers: their folded numbers.
        typed: the place of what was typed among them, -1 where that is no word.
        shares: the logarithm of the share of each in all words.
    """

    numbers: list[int]
    typed: int
    shares: list[float]


class Near:
    """Candidates for misspelt words; those looked for last are remembered."""

    def __init__(self, lexicon: Lexicon) -> None:
        counts = lexicon.words.folded_counts
        self._pairs = lexicon.words.folded_pairs
        self._deletes = lexicon.deletes
        self._numbers = lexicon.words.folded_numbers
        self._shares = np.log(counts / max(1.0, float(counts.sum()))).data
        self._counts = counts.data
        self.of = lru_cache(REMEMBERED)(self._of)

    def likelihoods(self, candidates: Candidates, left: int, right: int) -> list[float]:
        """The logarithm of how likely each candidate is between two others (-1: nothing known there)."""
        if left < 0 and right < 0:
            return candidates.shares
        likely = [share + NEVER_MET * ((left >= 0) + (right >= 0)) for share in candidates.shares]
        if left >= 0:
            self._lift(likely, candidates, self._pairs.counts_after(left, candidates.numbers), left)
        if right >= 0:
            self._lift(likely, candidates, self._pairs.counts_before(right, candidates.numbers), right)
        return likely

    def _lift(self, likely: list[float], candidates: Candidates, met: list[tuple[int, int]], beside: int) -> None:
        """Make those likelier that were met beside a neighbour: by how much oftener than chance would have it."""
        for place, count in met:
            lift = log(count / self._counts[beside]) - candidates.shares[place]
            likely[place] += max(lift - NEVER_MET, 0.0)

    def _of(self, folded: str) -> Candidates:
        """The words at most two letters away, most of them one."""
        numbers = list(self._deletes.words_with(checksums(folded)))
        typed = self._numbers.get(folded, -1)
        return Candidates(
            numbers, numbers.index(typed) if typed in numbers else -1, [self._shares[number] for number in numbers]
        )
