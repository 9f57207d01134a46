"""The papers that sheets answer: the codes of a quiz and its other forms, and what each slot of a sheet asks."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizbank.answer_sheets.layout import CHOICES, CODE_DIGITS, SLOTS, SheetLayout
from quizbank.attempts.paper import Answered
from quizbank.questions.cards import canonical_response
from quizbank.questions.rules import CHOICE_TYPES, QuestionType
from quizbank.quizzes.forms import forms_of
from quizbank.quizzes.models import Quiz, QuizVariant
from quizbank.quizzes.queries import PaperItem, find_variant, paper_of, versions_of
from quizbank.scanning.rules import Standing
from repository.errors import Invalid

PARTS = (1, 2, 3)


@dataclass(frozen=True)
class AnsweredPaper:
    """A paper that candidates had: a code of a form, or the quiz as it is. Essays are not on the sheet."""

    quiz: Quiz
    variant_id: int | None
    code: str
    items: tuple[PaperItem, ...]

    def answers(self, standing: Standing) -> list[Answered]:
        """What a sheet says to each question, in canonical responses."""
        return [Answered(one, response_of(one, standing)) for one in self.items]


class Papers:
    """The papers of all forms of a quiz by their codes; each is read when a sheet first asks for it.

    A quiz without codes has one paper, whatever code stands on a sheet.
    """

    def __init__(self, session: Session, quiz: Quiz) -> None:
        self.session, self.quiz = session, quiz
        self.forms = {form.id: form for form in forms_of(session, quiz)}
        query = select(QuizVariant.code, QuizVariant.id, QuizVariant.quiz_id).where(QuizVariant.quiz_id.in_(self.forms))
        self.codes = {code: (id_, quiz_id) for code, id_, quiz_id in session.execute(query.order_by(QuizVariant.id))}
        self._known: dict[str, AnsweredPaper] = {}

    @property
    def has_codes(self) -> bool:
        return bool(self.codes)

    def find(self, code: str) -> AnsweredPaper | None:
        """The paper of a code as it stands on a sheet: ``0101`` may mean 101."""
        if not self.has_codes:
            return self._paper("", None, self.quiz.id)
        by_number = {int(known): known for known in self.codes if known.isdecimal()}
        known = code if code in self.codes else by_number.get(int(code), "") if code.isdecimal() else ""
        return self._paper(known, *self.codes[known]) if known else None

    def _paper(self, code: str, variant_id: int | None, quiz_id: int) -> AnsweredPaper:
        if code not in self._known:
            form = self.forms[quiz_id]
            variant = find_variant(self.session, quiz_id, code) if variant_id else None
            paper = paper_of(form, versions_of(self.session, form), variant)
            asked = tuple(one for one in paper if one.item.part in PARTS)
            self._known[code] = AnsweredPaper(form, variant_id, code, asked)
        return self._known[code]

    def layout(self, number_digits: int = 6) -> SheetLayout:
        """The sheet that these papers are answered on.

        Raises:
            Invalid: they do not fit on the sheet of 2025; the message says why.
        """
        for code in self.codes:
            if not code.isdecimal() or len(code) > CODE_DIGITS[-1]:
                raise Invalid("Mã đề {code} không tô được trên phiếu: chỉ nhận 3 hoặc 4 chữ số.", code=code)
        digits = next(size for size in CODE_DIGITS if size >= max(map(len, self.codes), default=0))
        return SheetLayout(number_digits, digits, self.counts())

    def counts(self) -> tuple[int, int, int]:
        """How many slots of each part the papers use.

        Raises:
            Invalid: more than a sheet has, or a question with more than four options.
        """
        counts = [0, 0, 0]
        for form in self.forms.values():
            versions = versions_of(self.session, form)
            items = [item for item in form.items if item.part in PARTS]
            for place, part in enumerate(PARTS):
                counts[place] = max(counts[place], sum(item.part == part for item in items))
            for item in items:
                version = versions[item.question_version_id]
                if QuestionType(version.type) in CHOICE_TYPES and len(version.parts) > len(CHOICES):
                    raise Invalid(
                        "Câu {number} có hơn 4 phương án nên không dùng được phiếu 2025.", number=item.position
                    )
        if any(count > slots for count, slots in zip(counts, SLOTS, strict=True)):
            raise Invalid("Đề có nhiều câu hơn phiếu 2025: tối đa 40 câu lựa chọn, 8 câu đúng sai, 6 câu trả lời ngắn.")
        if not any(counts):
            raise Invalid("Đề này không có câu trắc nghiệm nào.")
        return counts[0], counts[1], counts[2]


def response_of(asked: PaperItem, standing: Standing) -> str:
    kind, number = QuestionType(asked.version.type), asked.number
    if kind is QuestionType.SHORT_ANSWER:
        return standing.answer(number)
    if kind is QuestionType.TRUE_FALSE:
        shown = standing.judgements(number)
        return canonical_response(kind, shown, asked.option_order) if shown.strip("-") else ""
    shown = standing.values.get(f"1.{number}", "")
    if kind is QuestionType.SINGLE_CHOICE and len(shown) != 1:
        return ""
    return canonical_response(kind, shown, asked.option_order)
