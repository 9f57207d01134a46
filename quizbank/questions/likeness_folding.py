"""What questions ask, folded: looks are taken away, what may mean something stays. Pure.

Case is kept where it says something: ``AaBb`` and ``AABb`` are different genotypes.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Protocol

from quizbank.questions.rules import AnswerKind, QuestionType

_TAG = re.compile(r"</?[A-Za-z][^<>\n]*>")
_MEDIA = re.compile(r"!\[([^\]\n]*)\]\(media:([0-9a-f]{12})[0-9a-f]*\)")
_TEX = re.compile(r"\\(?:left|right|displaystyle|limits)(?![A-Za-z])|\\[,;:! ]")
_FRACTION = re.compile(r"\\[dt]frac(?![A-Za-z])")
_BLANKS = re.compile(r"[.…_]{3,}|…")
MEANING_LETTERS = 2
WORDS_KEPT = 1 << 16
_CAPITALS = "".join(letter for letter in map(chr, range(0x2000)) if letter.isupper())
_CAPITAL_WORD = re.compile(rf"((?<![^\W\d_])[{_CAPITALS}][^\W\d_]*)")


def folded_lines(source: str) -> list[str]:
    """Texts as they are compared, a line each: neither tags nor dollars, one kind of blank, plain words in lower case.

    Capitals are kept where they may mean something: in words of one or two Latin letters, and in the middle of a
    word (``Aa``, ``AABb``, ``NaOH``). No line depends on its neighbours.
    """
    text = unicodedata.normalize("NFC", source).replace("$", " ").replace("~", " ").replace("\u200b", "")
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "](media:" in text:
        text = _MEDIA.sub(r" \1 \2 ", text)
    if "\\" in text:
        text = _FRACTION.sub(r"\\frac", _TEX.sub(" ", text))
    pieces = _CAPITAL_WORD.split(_BLANKS.sub("…", text))
    pieces[1::2] = map(_folded_word, pieces[1::2])
    return [" ".join(line.split()).rstrip(" .:") for line in "".join(pieces).split("\n")]


def folded_line(source: str) -> str:
    """One text as one line."""
    return folded_lines(_one_line(source))[0]


@lru_cache(WORDS_KEPT)
def _folded_word(word: str) -> str:
    """The word in lower case where its capitals only begin it or, with Vietnamese letters, shout it."""
    if word.isascii():
        return word.lower() if len(word) > MEANING_LETTERS and word[1:].islower() else word
    return word.lower() if word.isupper() or word[1:].islower() else word


def _one_line(source: str) -> str:
    return source.replace("\n", " ")


@dataclass(frozen=True, slots=True)
class Source:
    """What counts of a question, as it is written."""

    type: QuestionType
    texts: Sequence[str]
    truths: Sequence[bool]
    answer_kind: AnswerKind | None = None
    tolerance: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Folded:
    """A question folded. ``lines``: stem and options in their order; ``truths``: which of the options are right."""

    type: QuestionType
    lines: str
    truths: tuple[bool, ...]
    answer_kind: AnswerKind | None
    tolerance: Decimal | None

    @property
    def stem(self) -> str:
        return self.lines.split("\n", 1)[0]

    @property
    def values(self) -> list[str]:
        """The options, or the accepted values of a short answer."""
        return self.lines.split("\n")[1:]

    @property
    def text(self) -> str:
        """What is asked, in an order that shuffling does not change.

        The accepted values of a short answer are its key and do not belong here.
        """
        options = () if self.type is QuestionType.SHORT_ANSWER else sorted(self.values)
        return "\n".join(filter(None, (self.stem, *options))) or "∅"


class Part(Protocol):
    @property
    def text(self) -> str: ...
    @property
    def is_true(self) -> bool: ...


class Content(Protocol):
    """What is needed of a question's content, or of a version in the bank."""

    @property
    def type(self) -> str: ...
    @property
    def stem(self) -> str: ...
    @property
    def parts(self) -> Sequence[Part]: ...
    @property
    def answer_kind(self) -> AnswerKind | None: ...
    @property
    def tolerance(self) -> Decimal | None: ...


def source_of(content: Content) -> Source:
    return Source(
        QuestionType(content.type),
        [content.stem, *(part.text for part in content.parts)],
        [part.is_true for part in content.parts],
        content.answer_kind,
        content.tolerance,
    )


def fold(sources: Sequence[Source]) -> list[Folded]:
    """Fold many questions at once; each is as if it were alone."""
    texts = [_one_line(text) for source in sources for text in source.texts]
    lines = iter(folded_lines("\n".join(texts)) if texts else ())
    return [
        Folded(
            source.type,
            "\n".join(next(lines) for _ in source.texts),
            tuple(source.truths),
            source.answer_kind,
            source.tolerance,
        )
        for source in sources
    ]


def fold_contents(contents: Iterable[Content]) -> list[Folded]:
    return fold([source_of(one) for one in contents])
