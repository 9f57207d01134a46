"""Forms of one paper: quizzes with other questions for the same matrix. Codes are dealt over all of them."""

from collections.abc import Mapping, Sequence

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


def dealt_over_forms(codes: Sequence[str], forms: Mapping[int, int], *, in_blocks: bool = False) -> dict[str, int]:
    """Code -> form, each form about equally often.

    Args:
        codes: the new codes.
        forms: form -> how many codes it has already; those that have fewest come first.
        in_blocks: the first codes to the first form; otherwise in turn, so that neighbouring codes differ.

    Raises:
        Invalid: some form would be left without a code.
    """
    if codes and len(codes) < sum(not count for count in forms.values()):
        raise Invalid("Có {forms} đề khác nhau nên cần ít nhất {forms} mã đề.", forms=len(forms))
    if in_blocks:
        order = sorted(forms)
        return {code: order[place * len(order) // len(codes)] for place, code in enumerate(codes)}
    order = sorted(forms, key=lambda form: (forms[form], form))
    return {code: order[place % len(order)] for place, code in enumerate(codes)}
