"""Forms of one paper: quizzes with other questions for the same matrix. Codes are dealt over all of them."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from quizbank.quizzes.models import Quiz
from repository.errors import Invalid

MOST_FORMS = 24


def forms_of(session: Session, quiz: Quiz) -> list[Quiz]:
    """All forms of the paper that a quiz is a form of, form 1 first; the quiz alone if there are no others."""
    first = quiz.form_of_id or quiz.id
    query = select(Quiz).where(or_(Quiz.id == first, Quiz.form_of_id == first), Quiz.deleted_at.is_(None))
    return list(session.scalars(query.order_by(Quiz.form, Quiz.id).limit(MOST_FORMS)))


def dealt_over_forms(codes: Sequence[str], forms: Sequence[int], *, in_blocks: bool = False) -> dict[str, int]:
    """Code -> form, each form about equally often.

    In turn, so that neighbouring codes are of different forms; or ``in_blocks``: the first codes to the first form.

    Raises:
        Invalid: there are fewer codes than forms.
    """
    if codes and len(codes) < len(forms):
        raise Invalid("Có {forms} đề khác nhau nên cần ít nhất {forms} mã đề.", forms=len(forms))
    if in_blocks:
        return {code: forms[place * len(forms) // len(codes)] for place, code in enumerate(codes)}
    return {code: forms[place % len(forms)] for place, code in enumerate(codes)}
