"""A printed paper as pure data: what stands on it, in which order and in which words. PDF, Word and HTML are made
of nothing else.

Texts of questions are sources in the markup of ``repository.markup``; everything else is plain text, ready to print.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from quizbank.questions.rules import QuestionType

_SOURCE_OF_PASSAGE = re.compile(r"\n\s*\n\s*\((?:[^()\n]|\([^()\n]*\)){5,300}\)\s*\Z")
SMALLEST_PT, PLAIN_PT, LARGE_PT, LARGEST_PT = 10, 12, 18, 24


@dataclass(frozen=True)
class PaperOptions:
    """What a teacher may say about the papers of a quiz; None takes what the quiz and its organisation say.

    Attributes:
        authority: the first line at the left, the school's superior: SỞ GIÁO DỤC VÀ ĐÀO TẠO ….
        school: the second line at the left.
        exam: the name of the test.
        year: NĂM HỌC 2026 - 2027; empty prints none.
        note: what stands below HẾT, line by line.
        font_size_pt: 12, or 18 for large print, which is set in wide lines without columns.
        with_keys: keys and explanations come along; only for those who may see them.
    """

    authority: str | None = None
    school: str | None = None
    exam: str | None = None
    year: str | None = None
    note: str | None = None
    font_size_pt: int = PLAIN_PT
    with_keys: bool = False

    @property
    def is_large(self) -> bool:
        return self.font_size_pt >= LARGE_PT


@dataclass(frozen=True)
class Heading:
    """The lines above the questions, each as it is printed, and the notes below the last one."""

    authority: str
    school: str
    exam: str
    year: str
    subject: str
    duration: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Choice:
    """An option (``A``) or a statement (``a``). ``is_true`` is None where the key may not be seen."""

    letter: str
    text: str
    is_true: bool | None = None


@dataclass(frozen=True)
class PaperQuestion:
    """A question as one code asks it.

    Attributes:
        number: counts from 1 within its part.
        label: what is printed before the stem: ``Câu 1``, ``Question 1``, ``Câu 2 (4,0 điểm)``.
        choices: in the order of this code; none for a short answer or an essay.
        columns: in how many columns (4, 2, 1) the options stand by a guess from their sources, for formats that
            can't measure.
        key: as key tables print it (``B``, ``ĐSĐS``, ``2,5``; ``*`` any answer is right, ``–`` none counts), with the
            letters of this code; empty where it may not be seen.
        explanation: the source of the solution, or an essay's marking guide, with the letters of this code.
        position: the place of its item in the quiz, from 1, the same in every code.
    """

    number: int
    label: str
    type: QuestionType
    stem: str
    choices: tuple[Choice, ...]
    marks: Decimal
    columns: int
    position: int
    key: str = ""
    explanation: str = ""


@dataclass(frozen=True)
class Block:
    """Questions that share a passage, or neighbours without one.

    ``intro`` stands before the passage, ``outro`` between passage and questions; both may be empty.
    """

    questions: tuple[PaperQuestion, ...]
    passage: str = ""
    intro: str = ""
    outro: str = ""

    @property
    def names_its_source(self) -> bool:
        """Whether the passage ends with a paragraph in brackets: who wrote it, and where."""
        return _SOURCE_OF_PASSAGE.search(self.passage) is not None


@dataclass(frozen=True)
class PaperPart:
    """A part of the paper. ``part`` is 1 to 4; a literature paper has two sections of part 4.

    ``title`` is printed bold (``PHẦN I. …``, or empty), ``instruction`` goes on in the same paragraph.
    """

    part: int
    title: str
    instruction: str
    blocks: tuple[Block, ...]

    @property
    def questions(self) -> tuple[PaperQuestion, ...]:
        return tuple(one for block in self.blocks for one in block.questions)


@dataclass(frozen=True)
class Paper:
    """One code of a quiz; ``code`` is empty for a quiz without codes. ``title`` names the document."""

    title: str
    heading: Heading
    parts: tuple[PaperPart, ...]
    code: str = ""
    options: PaperOptions = PaperOptions()

    @property
    def questions(self) -> tuple[PaperQuestion, ...]:
        return tuple(one for part in self.parts for one in part.questions)
