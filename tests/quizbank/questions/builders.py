"""Makes questions for tests: published, sound, and different from each other unless told otherwise."""

from collections.abc import Sequence
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from quizbank.questions.models import Question
from quizbank.questions.rules import AnswerKind, NewQuestion, Part, Placement, QuestionContent, QuestionType
from quizbank.questions.states import QuestionState
from quizbank.questions.storing import ToStore, set_versions, store_questions
from repository.permissions import SYSTEM, Actor
from tests.builders import MOMENT

_numbers = count(1)


def a_choice(
    stem: str = "", key: str = "B", options: Sequence[str] = ("một", "hai", "bốn", "ba"), **more: Any
) -> QuestionContent:
    parts = tuple(Part(text, letter in key) for letter, text in zip("ABCDEFGH", options, strict=False))
    kind = QuestionType.SINGLE_CHOICE if len(key) == 1 else QuestionType.MULTIPLE_RESPONSE
    return QuestionContent(kind, stem or f"Câu thử số {next(_numbers)}?", parts, **{"explanation": "Vì thế.", **more})


def a_cluster(stem: str = "", truths: str = "TFTF", **more: Any) -> QuestionContent:
    parts = tuple(Part(f"ý {number}", truth == "T") for number, truth in enumerate(truths, start=1))
    return QuestionContent(QuestionType.TRUE_FALSE, stem or f"Cụm thử số {next(_numbers)}.", parts, **more)


def a_short_answer(stem: str = "", *values: str, **more: Any) -> QuestionContent:
    parts = tuple(Part(value, is_true=True) for value in values or ("2,5",))
    stem = stem or f"Câu trả lời ngắn số {next(_numbers)}?"
    return QuestionContent(QuestionType.SHORT_ANSWER, stem, parts, **{"answer_kind": AnswerKind.NUMERIC, **more})


def an_essay(stem: str = "", **more: Any) -> QuestionContent:
    stem = stem or f"Câu tự luận số {next(_numbers)}: hãy trình bày."
    return QuestionContent(QuestionType.ESSAY, stem, (), **{"explanation": "Trình bày đúng: 1,0 điểm.", **more})


def a_new_question(content: QuestionContent | None = None, **more: Any) -> NewQuestion:
    """``more`` goes to the placement (subject, grade, topic, level, ...) or to the question (passage, source, ...)."""
    of_question = {name: more.pop(name) for name in list(more) if name in NewQuestion.__dataclass_fields__}
    placement = Placement(**{"subject": "toan", "programme": "gdpt-2018", "grade": 12, "level": "hieu", **more})
    return NewQuestion(content or a_choice(), placement, **{"licence": "cc-by-4.0", **of_question})


def a_question(
    session: Session,
    content: QuestionContent | None = None,
    *,
    state: QuestionState = QuestionState.PUBLISHED,
    by: Actor = SYSTEM,
    **more: Any,
) -> Question:
    """One question with one version in ``state``; no record, no search document."""
    [question_id] = store_questions(session, by, [ToStore(a_new_question(content, **more))], now=MOMENT)
    question = session.get_one(Question, question_id)
    if state is QuestionState.PUBLISHED and question.current_version_id is not None:
        set_versions(session, [(question.id, question.current_version_id)], "published_version_id", published_at=MOMENT)
    question.state = state
    session.flush()
    return question


def some_questions(session: Session, how_many: int, **more: Any) -> list[Question]:
    """Published questions that differ in their stems; ``more`` as for ``a_question``."""
    return [a_question(session, **more) for _ in range(how_many)]
