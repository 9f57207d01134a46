"""Accents put back: the likeliest exact forms of words in a row, by how often their neighbours stand together."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from repository.search.suggestions.lexicon import Words

MOST_FORMS = 6
NEVER_MET = 0.05


def restored(words: Words, choices: Sequence[Sequence[int]]) -> list[int]:
    """One of the choices for each place, so that the row is likeliest; -1 where there is no choice.

    Args:
        choices: exact numbers for each place, the most frequent first.
    """
    chosen: list[int] = []
    run: list[Sequence[int]] = []
    for some in [*choices, []]:
        if some:
            run.append(some[:MOST_FORMS])
            continue
        chosen += [*best_path(words, run), -1]
        run = []
    return chosen[:-1]


def best_path(words: Words, run: list[Sequence[int]]) -> list[int]:
    if not run:
        return []
    scores = np.log(words.counts[list(run[0])].astype(np.float64))
    back: list[list[int]] = []
    for before, here in pairwise(run):
        left, right = np.array(before, np.uint64)[:, None], np.array(here, np.uint64)[None, :]
        met = words.pairs.counts_of(((left << np.uint64(32)) | right).ravel()).reshape(len(before), len(here))
        own = words.counts[list(here)].astype(np.float64)
        steps = scores[:, None] + np.log(
            np.maximum(met / words.counts[list(before)][:, None], NEVER_MET * own / own.sum() / words.counts.sum())
        )
        back.append(steps.argmax(axis=0).tolist())
        scores = steps.max(axis=0)
    place = int(scores.argmax())
    path = [place]
    for steps_back in reversed(back):
        path.append(steps_back[path[-1]])
    return [some[place] for some, place in zip(run, reversed(path), strict=True)]
