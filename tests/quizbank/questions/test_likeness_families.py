"""Questions of one template are variants by birth: the review list does not ask about them."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quizbank.questions.likeness_models import QuestionLikeness
from quizbank.questions.likeness_search import compare_bank
from quizbank.questions.models import Question
from tests.quizbank.questions.builders import a_choice, a_question

STEM = "Cho hàm số $f(x)=x^3-3x+1$. Giá trị {} của hàm số trên đoạn $[-2;2]$ bằng bao nhiêu?"


def compared_pairs(session: Session) -> list[tuple[int, int]]:
    session.commit()
    compare_bank(session, lambda done, total: None)
    found = session.execute(select(QuestionLikeness.left_id, QuestionLikeness.right_id)).all()
    return [(left, right) for left, right in found]


def test_pairs_of_one_family_are_not_listed_others_are(session: Session) -> None:
    ids = [
        a_question(session, a_choice(STEM.format(word), "A", ("3", "1", "-1", "0"))).id
        for word in ("lớn nhất", "nhỏ nhất", "lớn nhất có được")
    ]
    session.execute(update(Question).where(Question.id.in_(ids[:2])).values(family_id=7))
    pairs = compared_pairs(session)
    assert (ids[0], ids[1]) not in pairs
    assert (ids[0], ids[2]) in pairs


def test_two_templates_are_compared_with_each_other(session: Session) -> None:
    ids = [a_question(session, a_choice(STEM.format("lớn nhất"), "A", ("3", "1", "-1", str(n)))).id for n in (5, 6)]
    for number, id_ in enumerate(ids, 1):
        session.execute(update(Question).where(Question.id == id_).values(family_id=number))
    assert compared_pairs(session) == [(ids[0], ids[1])]
