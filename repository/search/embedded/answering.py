"""One query, understood: as typed; else as keystrokes or better spelt, if that finds what the words as typed do not."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from repository.search.documents import SearchQuery
from repository.search.embedded.collection import Collection
from repository.search.embedded.evaluation import Evaluation, evaluate
from repository.search.embedded.schema import FOLDED
from repository.search.language import Asked, asked_of
from repository.search.suggestions.helper import Helper
from repository.search.text import words_of

FEW = 5
MANY_TIMES = 2
"""Another reading of a query that finds enough must find so many times more."""
MOST_MENDED_CHARS = 200
MOST_MENDED_LETTERS = 30
"""Longer texts and words were pasted, not typed."""


@dataclass(frozen=True)
class Answer:
    """``read_as`` is the text that was searched for where it is not the one typed."""

    asked: Asked
    evaluation: Evaluation
    read_as: str | None = None
    did_you_mean: str | None = None


def answered(collection: Collection, query: SearchQuery, helper: Callable[[], Helper]) -> Answer:
    """Find what is asked for. Where nothing has all the words, another reading of them may have more.

    Args:
        collection: the index.
        query: as typed; its text may be anything.
        helper: called only where few documents match.
    """
    asked = asked_of(query.text)
    found = evaluate(collection, query, asked)
    if not asked.terms.folded or not is_typed(query.text):
        return Answer(asked, found)
    is_sound = bool(found.total) and not found.relaxed
    is_enough = is_sound and found.total >= FEW
    if not query.as_typed:
        for read, other in readings(collection, query.text, asked, helper(), is_sound=is_sound):
            found_so = evaluate(collection, replace(query, text=read), other)
            if found_so.relaxed or found_so.total < least_of(found):
                continue
            if read != query.text:
                return Answer(other, found_so, read_as=read)
            return Answer(other, replace(found_so, relaxed=("spelling",)), did_you_mean=helper().correct(query.text))
    return Answer(asked, found, did_you_mean=None if is_enough else helper().correct(query.text))


def least_of(found: Evaluation) -> int:
    """How much another reading of a query must find to be preferred to what the query finds as typed."""
    if found.relaxed:
        return 1
    return MANY_TIMES * found.total if found.total >= FEW else found.total + 1


def is_typed(text: str) -> bool:
    """Whether somebody typed this, so that it may be misspelt."""
    return len(text) <= MOST_MENDED_CHARS and max(map(len, text.split()), default=0) <= MOST_MENDED_LETTERS


def readings(
    collection: Collection, text: str, asked: Asked, helper: Helper, *, is_sound: bool
) -> Iterator[tuple[str, Asked]]:
    """What the text may have been meant to be, likeliest first.

    Args:
        collection: the index.
        text: as typed.
        asked: the same, understood.
        helper: knows keystrokes and spelling.
        is_sound: something has all the words, so that only words which no neighbour knows are doubted.
    """
    doubts = helper.doubts(text, is_sound=is_sound)
    if is_sound and not doubts:
        return
    keystrokes = helper.read_keystrokes(text)
    if keystrokes is not None and keystrokes != text:
        yield keystrokes, asked_of(keystrokes)
    mended = helper.correct(text)
    if mended is not None and mended != text:
        yield mended, with_near(collection, asked_of(mended), changes_of(text, mended), doubts)
    if doubts:
        yield text, with_near(collection, asked, {word: word for word in doubts}, doubts)


def changes_of(text: str, mended: str) -> dict[str, str]:
    """New word -> the word it was made of, both folded."""
    before, after = words_of(text), words_of(mended)
    if len(before) != len(after):
        return {}
    return {new.folded: old.folded for old, new in zip(before, after, strict=True) if old.folded != new.folded}


def with_near(
    collection: Collection, asked: Asked, origins: Mapping[str, str], doubts: Mapping[str, tuple[str, ...]]
) -> Asked:
    """A query in which words as near to one that was typed may stand for what it was taken for.

    Args:
        collection: the index.
        asked: the query.
        origins: words of it -> what was typed.
        doubts: what was typed -> what it may have been meant to be, as its neighbours say.
    """
    others: dict[str, tuple[str, ...]] = {}
    for word, typed in origins.items():
        is_known = collection.terms.get((FOLDED,), typed).count > 0
        fitting = (*((typed,) if is_known else ()), *doubts.get(typed, ()))
        others[word] = tuple(other for other in dict.fromkeys(fitting) if other != word)
    terms = asked.terms
    alternatives = dict(terms.alternatives)
    for word, near in others.items():
        far = () if collection.terms.get((FOLDED,), origins[word]).count else collection.vocabulary.near(origins[word])
        new = (other for other in dict.fromkeys((*near, *far)) if other != word)
        alternatives[word] = (*alternatives.get(word, ()), *new)
    near_pairs = {pair: pairs for pair in terms.bigrams if (pairs := pairs_near(pair, others))}
    return replace(asked, terms=replace(terms, alternatives=alternatives, near_pairs=near_pairs))


def pairs_near(pair: str, others: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The pairs that one word of the pair may be misspelt for."""
    left, right = pair.split()
    return (
        *(f"{other} {right}" for other in others.get(left, ())),
        *(f"{left} {other}" for other in others.get(right, ())),
    )
