"""What somebody wants printed of a quiz. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from quizbank.answer_sheets.drawing import Sheet, check_sheet
from quizbank.answer_sheets.layout import SheetLayout
from quizbank.questions.rules import CHOICE_TYPES, QuestionType
from quizbank.quizzes.papers.paper import LARGE_PT, PLAIN_PT, PaperOptions
from repository.errors import Invalid

LONGEST_LINE, LONGEST_NOTE = 200, 1_000


class Form(StrEnum):
    """What a bundle may hold."""

    PDF = "pdf"
    WORD = "docx"
    HTML = "html"
    KEYS = "keys"
    SHEET = "sheet"


PAPER_FORMS = (Form.PDF, Form.WORD, Form.HTML)


@dataclass(frozen=True)
class Wish:
    """What a bundle is to hold.

    Attributes:
        codes: of the quiz, in the order they were named; none for a quiz without codes, or for all that it has.
        forms: at least one.
        with_solutions: a booklet of solutions beside every paper, in the same forms.
        with_large: every paper once more in large print.
        number_digits, code_digits: of the answer sheet.
        authority, school, exam, year, note: see ``PaperOptions``; None takes what the quiz says.
    """

    codes: tuple[str, ...]
    forms: tuple[Form, ...]
    with_solutions: bool = False
    with_large: bool = False
    number_digits: int = 6
    code_digits: int = 3
    authority: str | None = None
    school: str | None = None
    exam: str | None = None
    year: str | None = None
    note: str | None = None

    @property
    def needs_keys(self) -> bool:
        return self.with_solutions or Form.KEYS in self.forms

    @property
    def paper_forms(self) -> tuple[Form, ...]:
        return tuple(form for form in PAPER_FORMS if form in self.forms)

    def options(self, *, is_large: bool = False, with_keys: bool = False) -> PaperOptions:
        size = LARGE_PT if is_large else PLAIN_PT
        return PaperOptions(self.authority, self.school, self.exam, self.year, self.note, size, with_keys)

    def as_data(self) -> dict[str, Any]:
        return {**asdict(self), "codes": list(self.codes), "forms": [str(form) for form in self.forms]}


def wish_from(data: dict[str, Any]) -> Wish:
    """The inverse of ``Wish.as_data``."""
    codes, forms = tuple(data["codes"]), tuple(Form(form) for form in data["forms"])
    return Wish(**{**data, "codes": codes, "forms": forms})


def forms_from(names: Iterable[str]) -> tuple[Form, ...]:
    """The forms of these names, each once.

    Raises:
        Invalid: none, or one that there is not.
    """
    given = list(dict.fromkeys(name.strip().lower() for name in names if name.strip()))
    unknown = [name for name in given if name not in set(Form)]
    if unknown:
        raise Invalid("Không có định dạng {name}. Hãy chọn trong: {known}.", name=unknown[0], known=", ".join(Form))
    if not given:
        raise Invalid("Hãy chọn ít nhất một thứ để in.")
    return tuple(form for form in Form if form in given)


def check_wish(wish: Wish, types: Iterable[QuestionType]) -> None:
    """Whether all that is wanted can be printed of a quiz with questions of these types.

    Raises:
        Invalid: nothing is asked for, a text is too long, or the answer sheet has no room for the quiz or its codes.
    """
    if wish.with_solutions and not wish.paper_forms:
        raise Invalid("Lời giải cần một định dạng của đề: PDF, Word hoặc HTML.")
    lines = (wish.authority, wish.school, wish.exam, wish.year)
    if any(len(line or "") > LONGEST_LINE for line in lines) or len(wish.note or "") > LONGEST_NOTE:
        raise Invalid(
            "Dòng tiêu đề dài nhất {line} kí tự, ghi chú dài nhất {note}.", line=LONGEST_LINE, note=LONGEST_NOTE
        )
    kinds = list(types)
    if Form.KEYS in wish.forms and set(kinds) <= {QuestionType.ESSAY}:
        raise Invalid("Đề chỉ có câu tự luận nên không có tệp đáp án.")
    if Form.SHEET in wish.forms:
        layout = sheet_layout(wish, kinds)
        for code in wish.codes:
            check_sheet(layout, Sheet(code=code))


def sheet_layout(wish: Wish, types: Iterable[QuestionType]) -> SheetLayout:
    """The answer sheet of a quiz with questions of these types.

    Raises:
        Invalid: it has more of them than a sheet.
    """
    counts = Counter("choice" if kind in CHOICE_TYPES else str(kind) for kind in types)
    used = counts["choice"], counts[str(QuestionType.TRUE_FALSE)], counts[str(QuestionType.SHORT_ANSWER)]
    if not any(used):
        raise Invalid("Đề không có câu trắc nghiệm nên không có phiếu trả lời.")
    return SheetLayout(wish.number_digits, wish.code_digits, used)
