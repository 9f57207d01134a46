"""A plain-text paper as read: its questions, each with its place and its doubts."""

from dataclasses import dataclass

from quizbank.questions.rules import Problem, QuestionContent, Verdict, verdict_of


@dataclass(frozen=True)
class ParsedQuestion:
    """One question as read.

    ``draft`` is the best reading even when ``problems`` leave the question out, so that a person can mend it;
    ``lines`` are the first and last line in the source, counted from 1, ``source`` the text between. ``level_code``
    (NB, TH, VD, VDC or nothing) and ``tags`` stood in brackets before the stem.
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

    @property
    def content(self) -> QuestionContent | None:
        """What may be stored, or None when the question is left out."""
        return None if self.verdict is Verdict.LEAVE_OUT else self.draft

    @property
    def verdict(self) -> Verdict:
        return verdict_of(self.problems) if self.draft else Verdict.LEAVE_OUT

    @property
    def place(self) -> str:
        return f"line {self.lines[0]}"


@dataclass(frozen=True)
class ParsedPaper:
    questions: tuple[ParsedQuestion, ...]

    @property
    def images(self) -> tuple[str, ...]:
        """The image targets, each once, in order."""
        return tuple(dict.fromkeys(image for question in self.questions for image in question.images))
