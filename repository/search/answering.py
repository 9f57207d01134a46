"""One query, understood: as typed; else as keystrokes or better spelt, if that finds what the words as typed do not.

The same for every engine. A query of which something has all the words, accents and all where it was typed with any,
costs nothing more than being asked.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, Protocol, TypeVar

from repository.search.documents import SearchQuery
from repository.search.language import Asked, asked_of
from repository.search.misspelt import Bagged, Texts, as_others, is_written_so, near_words, words_as_typed
from repository.search.suggestions.helper import Helper
from repository.search.text import words_of

FEW = 5
MANY_TIMES = 2
"""Another reading of a query that finds enough must find so many times more."""
MOST_MENDED_CHARS = 200
MOST_MENDED_LETTERS = 30
"""Longer texts and words were pasted, not typed."""


class Result(Protocol):
    """What an engine found, and what it gave up for it."""

    @property
    def total(self) -> int: ...

    @property
    def relaxed(self) -> tuple[str, ...]: ...


Found = TypeVar("Found", bound=Result)
Seen = TypeVar("Seen", bound=Result, contravariant=True)


class ShownTexts(Texts, Protocol[Seen]):
    """The public texts of an index, of which the engine has shown some."""

    def shows(self, found: Seen, words: Sequence[Bagged]) -> bool:
        """Whether one of the hits has all the words; cheap, and False where that can't be told cheaply."""


@dataclass(frozen=True)
class Answer(Generic[Found]):
    """``read_as`` is the text that was searched for where it is not the one typed; ``is_respelt``: words near to those
    typed were taken for them."""

    asked: Asked
    found: Found
    read_as: str | None = None
    did_you_mean: str | None = None
    is_respelt: bool = False


class Answering(Generic[Found]):
    """The readings of one query over one engine.

    Args:
        query: as typed; its text may be anything.
        find: asks the engine.
        texts: tells which words stand together.
        helper: called only where the words as typed do not find enough.
    """

    def __init__(
        self,
        query: SearchQuery,
        find: Callable[[SearchQuery, Asked], Found],
        texts: ShownTexts[Found],
        helper: Callable[[], Helper],
    ) -> None:
        self.query = query
        self.find = find
        self.texts = texts
        self._helper = helper
        self.asked = asked_of(query.text)
        self.found = find(query, self.asked)

    def answer(self) -> Answer[Found]:
        """Where nothing has all the words as they were typed, another reading of them may have more."""
        if not self.asked.terms.folded or not is_typed(self.query.text):
            return Answer(self.asked, self.found)
        if not self.query.as_typed:
            other = self._by_the_others() or self._by_neighbours()
            if other is not None:
                return other
        is_enough = self.is_sound and self.found.total >= FEW
        return Answer(self.asked, self.found, did_you_mean=None if is_enough else self._corrected())

    @property
    def is_sound(self) -> bool:
        """Whether something has all the words."""
        return self.found.total > 0 and not self.found.relaxed

    def _by_the_others(self) -> Answer[Found] | None:
        """One of the words read as those near to it that stand where the others do: mended, if that finds as much."""
        asked, query = self.asked, self.query
        if asked.phrases or (self.is_sound and (query.sees_explanations or self._is_written_so())):
            return None
        if not self.is_sound and self._keystrokes() is not None:
            return None
        near = near_words(self.texts, asked, self._helper(), minds_accents=not query.sees_explanations)
        if not near:
            return None
        other = as_others(asked, near.words, near.exact)
        found = self.find(query, other)
        if found.relaxed or found.total <= (0 if self.found.relaxed else self.found.total):
            return None
        mended = self._corrected()
        changes = changes_of(query.text, mended) if mended is not None else {}
        if mended is not None and near.words == {old: (new,) for new, old in changes.items()}:
            asked_so = self._with_near(asked_of(mended), changes, near.words)
            found_so = self.find(replace(query, text=mended), asked_so)
            if not found_so.relaxed and found_so.total >= found.total:
                return Answer(asked_so, found_so, read_as=mended)
        return Answer(other, found, did_you_mean=mended, is_respelt=True)

    def _is_written_so(self) -> bool:
        """Whether something has all the words with their accents: mostly one of the hits."""
        words = words_as_typed(self.asked)
        return not words or self.texts.shows(self.found, words) or is_written_so(self.texts, words)

    def _by_neighbours(self) -> Answer[Found] | None:
        """The first of the readings by which more is found."""
        for read, other in self._readings():
            found = self.find(replace(self.query, text=read), other)
            if found.relaxed or found.total < least_of(self.found):
                continue
            if read != self.query.text:
                return Answer(other, found, read_as=read)
            return Answer(other, found, did_you_mean=self._corrected(), is_respelt=True)
        return None

    def _readings(self) -> Iterator[tuple[str, Asked]]:
        """What the text may have been meant to be, likeliest first."""
        text = self.query.text
        doubts = self._helper().doubts(text, is_sound=self.is_sound)
        if self.is_sound and not doubts:
            return
        keystrokes = self._keystrokes()
        if keystrokes is not None:
            yield keystrokes, asked_of(keystrokes)
        mended = self._corrected()
        if mended is not None:
            yield mended, self._with_near(asked_of(mended), changes_of(text, mended), doubts)
        if doubts:
            yield text, self._with_near(self.asked, {word: word for word in doubts}, doubts)

    def _keystrokes(self) -> str | None:
        read = self._helper().read_keystrokes(self.query.text)
        return read if read != self.query.text else None

    def _corrected(self) -> str | None:
        return self._helper().correct(self.query.text)

    def _with_near(self, asked: Asked, origins: Mapping[str, str], doubts: Mapping[str, Sequence[str]]) -> Asked:
        """A query in which words as near to one that was typed may stand for what it was taken for.

        Args:
            asked: the query.
            origins: words of it -> what was typed.
            doubts: what was typed -> what it may have been meant to be.
        """
        known = self.texts.known(list(origins.values()))
        others = {}
        for word, typed in origins.items():
            is_known = typed in known
            near = (*((typed,) if is_known else ()), *doubts.get(typed, ()))
            far = () if is_known else self.texts.near(typed)
            others[word] = (near, far)
        pairs = {word: without(word, near) for word, (near, _) in others.items()}
        return as_others(asked, {word: without(word, (*near, *far)) for word, (near, far) in others.items()}, {}, pairs)


def without(word: str, others: Sequence[str]) -> tuple[str, ...]:
    return tuple(other for other in dict.fromkeys(others) if other != word)


def least_of(found: Result) -> int:
    """How much another reading of a query must find to be preferred to what the query finds as typed."""
    if found.relaxed:
        return 1
    return MANY_TIMES * found.total if found.total >= FEW else found.total + 1


def is_typed(text: str) -> bool:
    """Whether somebody typed this, so that it may be misspelt."""
    return len(text) <= MOST_MENDED_CHARS and max(map(len, text.split()), default=0) <= MOST_MENDED_LETTERS


def changes_of(text: str, mended: str) -> dict[str, str]:
    """New word -> the word it was made of, both folded."""
    before, after = words_of(text), words_of(mended)
    if len(before) != len(after):
        return {}
    return {new.folded: old.folded for old, new in zip(before, after, strict=True) if old.folded != new.folded}
