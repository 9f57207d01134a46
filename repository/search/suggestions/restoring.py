"""Accents put back: the likeliest exact forms of words in a row, by how often their neighbours stand together."""

import math
from collections.abc import Sequence
from itertools import pairwise

from repository.search.suggestions.lexicon import Words

MOST_FORMS = 4
NEVER_MET = 0.05
RARE_SHARE = 0.02
"""A form met this seldom beside the most frequent one is not thought of."""
UNMET_COST = 7.0
"""About the logarithm of how many words there are to choose from."""


def restored(words: Words, choices: Sequence[Sequence[int]]) -> list[int]:
    """One of the choices for each place, so that the row is likeliest; -1 where there is no choice.

    Args:
        choices: exact numbers for each place, the most frequent first.
    """
    chosen: list[int] = []
    run: list[Sequence[int]] = []
    for some in [*choices, []]:
        if some:
            run.append(common_forms(words, some))
            continue
        chosen += [*best_path(words, run), -1]
        run = []
    return chosen[:-1]


def common_forms(words: Words, forms: Sequence[int]) -> Sequence[int]:
    """Those of the forms that are thought of, the most frequent first, as they are given."""
    if len(forms) == 1:
        return forms
    bar = RARE_SHARE * words.count_of(forms[0])
    return [form for form in forms[:MOST_FORMS] if words.count_of(form) >= bar]


def best_path(words: Words, run: list[Sequence[int]]) -> list[int]:
    """The Viterbi path through the choices of neighbouring places."""
    if not run:
        return []
    scores = [math.log(words.count_of(form)) for form in run[0]] if len(run[0]) > 1 else [0.0]
    back: list[list[int]] = []
    for before, here in pairwise(run):
        if len(here) == 1 == len(before):
            back.append([0])  # whatever it costs, there is no other way
            continue
        steps = steps_between(words, before, here)
        reached = [[score + cost for score, cost in zip(scores, some, strict=True)] for some in steps]
        scores = [max(some) for some in reached]
        back.append([some.index(best) for some, best in zip(reached, scores, strict=True)])
    place = scores.index(max(scores))
    path = [place]
    for steps_back in reversed(back):
        path.append(steps_back[path[-1]])
    return [some[place] for some, place in zip(run, reversed(path), strict=True)]


def steps_between(words: Words, before: Sequence[int], here: Sequence[int]) -> list[list[float]]:
    """The logarithm of how likely each form of ``here`` follows each before; strangers by how frequent they are."""
    unmet = math.log(NEVER_MET / sum(map(words.count_of, here))) - UNMET_COST
    count, count_of, log = words.pairs.count, words.count_of, math.log
    return [
        [log(met / count_of(left)) if (met := count(left, right)) else unmet + log(count_of(right)) for left in before]
        for right in here
    ]
