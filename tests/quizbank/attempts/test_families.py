"""A practice takes one question of each template before it takes a second."""

import random

from sqlalchemy import update
from sqlalchemy.orm import Session

from quizbank.attempts import selection
from quizbank.attempts.rules import Wish
from quizbank.attempts.selection import choose_versions
from quizbank.questions.models import Question
from tests.quizbank.questions.builders import some_questions


def test_a_practice_takes_one_of_each_template(session: Session) -> None:
    families: dict[int, int] = {}
    for number in (1, 2, 3):
        ids = [question.id for question in some_questions(session, 20)]
        session.execute(update(Question).where(Question.id.in_(ids)).values(family_id=number))
        families |= dict.fromkeys(ids, number)
    lone = [question.id for question in some_questions(session, 2)]
    versions = choose_versions(session, Wish("toan", count=10), random.Random(1))
    chosen = [session.query(Question.id).filter_by(published_version_id=version).scalar() for version in versions]
    first, more = chosen[:5], chosen[5:]
    assert sorted(families.get(one, 0) for one in first) == [0, 0, 1, 2, 3]
    assert set(lone) < set(first)
    assert len(set(more) - set(first)) == 5, "then others of the same templates, for there is nothing else"
    assert selection.DRAWN_PER_QUESTION * 10 < 62, "the draw is looked at in more than one piece"
