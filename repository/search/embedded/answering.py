"""One query, understood: as typed; else as keystrokes or better spelt, if that finds what the words as typed do not."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from repository.search.documents import SearchQuery
from repository.search.embedded.collection import Collection
from repository.search.embedded.evaluation import Evaluation, evaluate
from repository.search.embedded.schema import FOLDED
from repository.search.language import Asked, asked_of
from repository.search.suggestions.helper import Helper

FEW = 5
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
    is_enough = found.total >= FEW and not found.relaxed
    if is_enough or not asked.terms.folded or not is_typed(query.text):
        return Answer(asked, found)
    if (found.relaxed or not found.total) and not query.as_typed:
        for read, other in readings(collection, query.text, asked, helper()):
            found_so = evaluate(collection, replace(query, text=read), other)
            if found_so.total and not found_so.relaxed:
                return Answer(other, found_so, read_as=read)
    return Answer(asked, found, did_you_mean=helper().correct(query.text))


def is_typed(text: str) -> bool:
    """Whether somebody typed this, so that it may be misspelt."""
    return len(text) <= MOST_MENDED_CHARS and max(map(len, text.split()), default=0) <= MOST_MENDED_LETTERS


def readings(collection: Collection, text: str, asked: Asked, helper: Helper) -> Iterator[tuple[str, Asked]]:
    """What the text may have been meant to be, likeliest first."""
    keystrokes = helper.read_keystrokes(text)
    if keystrokes is not None and keystrokes != text:
        yield keystrokes, asked_of(keystrokes)
    mended = helper.correct(text)
    if mended is not None and mended != text:
        yield mended, with_nearest(collection, asked, asked_of(mended))


def with_nearest(collection: Collection, typed: Asked, mended: Asked) -> Asked:
    """The mended query, in which other words as near to an unknown one may stand for the one it was mended to."""
    before, after = set(typed.terms.folded), set(mended.terms.folded)
    unknown = [w for w in typed.terms.folded if w not in after and not collection.terms.get((FOLDED,), w).count]
    new = [word for word in mended.terms.folded if word not in before]
    if not unknown or len(unknown) != len(new):
        return mended
    alternatives = dict(mended.terms.alternatives)
    for was, word in zip(unknown, new, strict=True):
        near = tuple(other for other in collection.vocabulary.near(was) if other != word)
        alternatives[word] = (*alternatives.get(word, ()), *near)
    return replace(mended, terms=replace(mended.terms, alternatives=alternatives))
