"""A file of questions as read, whatever its format: each question with its place, its doubts and its pictures."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from quizbank.questions.problems import Problem, Verdict, verdict_of
from quizbank.questions.rules import QuestionContent


@dataclass(frozen=True)
class Said:
    """What a file itself says of where a question belongs; empty where it says nothing.

    ``level_code`` is NB, TH, VD or VDC; the others are ids of ``repository.curriculum``, and what is no such id is left
    as a tag. ``licence`` is a licence id, ``source`` free text.
    """

    subject: str = ""
    programme: str = ""
    grade: int | None = None
    topic: str = ""
    level: str = ""
    level_code: str = ""
    tags: tuple[str, ...] = ()
    licence: str = ""
    source: str = ""


@dataclass(frozen=True)
class ParsedQuestion:
    """One question as read.

    Attributes:
        label: what the file calls it: ``Câu 7``, an identifier, a name.
        part: the part of the paper (``I``, ``II``, ``III``) or nothing.
        number: its number in the file.
        lines: first and last line in a text, counted from 1; (0, 0) in a file without lines.
        source: the question as it stands in the file, for the left side of the desk: lines of a text, an element of
            an XML file, the words of a Word paragraph with its formulas as LaTeX and its marks as words.
        draft: the best reading, even when ``problems`` leave the question out, so that a person can mend it.
        images: targets of the pictures in its texts (``![alt](target)``).
        pictures: target -> bytes of the pictures that the file itself carries; others are looked for beside it.
        level_code: NB, TH, VD, VDC or nothing, and ``tags``: what stood in brackets before the stem of a text.
        said: what the file says of its place in the curriculum.
        at: its place in a file without lines: ``item Q12``, ``sheet 1, row 7``, ``paragraph 31``.
    """

    label: str
    part: str
    number: int
    lines: tuple[int, int]
    source: str
    draft: QuestionContent | None
    problems: tuple[Problem, ...] = ()
    passage: str = ""
    is_passage_shared: bool = False
    images: tuple[str, ...] = ()
    level_code: str = ""
    tags: tuple[str, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    said: Said = Said()
    at: str = ""

    @property
    def content(self) -> QuestionContent | None:
        """What may be stored, or None when the question is left out."""
        return None if self.verdict is Verdict.LEAVE_OUT else self.draft

    @property
    def verdict(self) -> Verdict:
        return verdict_of(self.problems) if self.draft else Verdict.LEAVE_OUT

    @property
    def place(self) -> str:
        return self.at or f"line {self.lines[0]}"


@dataclass(frozen=True)
class ParsedPaper:
    questions: tuple[ParsedQuestion, ...]

    @property
    def images(self) -> tuple[str, ...]:
        """The image targets, each once, in order."""
        return tuple(dict.fromkeys(image for question in self.questions for image in question.images))


@dataclass(frozen=True)
class SourceFile:
    """A file on its way in. ``name`` is the name it came with; ``options`` what the person chose for its format."""

    path: Path
    name: str
    options: Mapping[str, str] = field(default_factory=dict)


Reader = Callable[[SourceFile], Iterable[ParsedQuestion]]
"""Reads a file question by question, in its order, without keeping them all.

A reader runs in a process of its own under limits of time and memory. What it can't read of a question becomes a
problem of that question; a file that can't be read at all raises ``repository.errors.Invalid`` with the place in it.
"""
