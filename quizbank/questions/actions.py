"""Everything that changes a question: permission first, then rule, then write. Nothing here commits."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quizbank.permissions import (
    COMMENT_QUESTION,
    CREATE_QUESTION,
    EDIT_QUESTION,
    REVIEW_QUESTION,
    SEE_QUESTION_BANK,
    SUBMIT_QUESTION,
    WITHDRAW_QUESTION,
)
from quizbank.questions.descriptions import KIND
from quizbank.questions.models import Question, QuestionHistory
from quizbank.questions.publication import publish_versions, withdraw_questions
from quizbank.questions.queries import get_question, get_version, last_number, see_question
from quizbank.questions.rules import NewQuestion, Placement, QuestionContent, QuestionType, check_content
from quizbank.questions.states import QuestionEvent, QuestionState, check_step
from quizbank.questions.storing import ToStore, store_questions, store_version
from repository.audit import record
from repository.curriculum.queries import curriculum
from repository.errors import Conflict, Invalid
from repository.permissions import Actor

MAX_COMMENT = 5_000
MAX_TAGS = 20
MAX_TAG = 80


def create_question(session: Session, actor: Actor, new: NewQuestion, *, now: dt.datetime) -> Question:
    """A new draft.

    Raises:
        Invalid: ``facts["fields"]`` says what is wrong where.
    """
    CREATE_QUESTION.require(actor)
    check_new(new)
    [question_id] = store_questions(session, actor, [ToStore(new)], now=now)
    record(session, actor, "create question", KIND, question_id, now)
    return get_question(session, question_id)


def revise_question(
    session: Session,
    actor: Actor,
    question_id: int,
    new: NewQuestion,
    *,
    now: dt.datetime,
    based_on: int | None = None,
) -> Question:
    """Add a version, which begins as a draft; what is published stays published until the new one is approved.

    Args:
        based_on: the number of the version the editor started from; a newer one by somebody else is a conflict.

    Raises:
        Conflict: somebody was faster, or the question is being reviewed.
        Invalid: the content is not sound.
    """
    question = see_question(session, actor, question_id)
    EDIT_QUESTION.require(actor, question)
    check_step(QuestionEvent.REVISED, QuestionState(question.state))
    check_new(new)
    last, current = last_number(session, question_id), get_version(session, question.current_version_id).number
    if based_on is not None and based_on != current:
        raise Conflict("Người khác vừa sửa câu hỏi này. Hãy mở lại bản mới nhất rồi sửa tiếp.", latest=current)
    try:
        version_id = store_version(session, actor, question, last + 1, new, now=now)
    except IntegrityError as error:
        raise Conflict("Người khác vừa sửa câu hỏi này. Hãy mở lại bản mới nhất rồi sửa tiếp.", latest=last) from error
    question.current_version_id = version_id
    question.state = QuestionState.DRAFT
    _write(session, actor, question, QuestionEvent.REVISED, now)
    return question


def submit_question(
    session: Session, actor: Actor, question_id: int, *, now: dt.datetime, comment: str = ""
) -> Question:
    """Send the draft to the review desk."""
    question = see_question(session, actor, question_id)
    SUBMIT_QUESTION.require(actor, question)
    check_step(QuestionEvent.SUBMITTED, QuestionState(question.state))
    question.state = QuestionState.IN_REVIEW
    _write(session, actor, question, QuestionEvent.SUBMITTED, now, comment)
    return question


def return_question(session: Session, actor: Actor, question_id: int, *, now: dt.datetime, comment: str) -> Question:
    """Give it back to its maker, with a reason."""
    question = see_question(session, actor, question_id)
    REVIEW_QUESTION.require(actor, question)
    check_step(QuestionEvent.RETURNED, QuestionState(question.state))
    if not comment.strip():
        raise Invalid("Hãy ghi lí do trả lại.", fields={"comment": ["Hãy ghi lí do trả lại."]})
    question.state = QuestionState.DRAFT
    _write(session, actor, question, QuestionEvent.RETURNED, now, comment)
    return question


def approve_question(
    session: Session, actor: Actor, question_id: int, *, now: dt.datetime, comment: str = ""
) -> Question:
    """Approve what is at the review desk, and publish it. Its maker may not."""
    question = see_question(session, actor, question_id)
    REVIEW_QUESTION.require(actor, question)
    check_step(QuestionEvent.APPROVED, QuestionState(question.state))
    version = get_version(session, question.current_version_id)
    _write(session, actor, question, QuestionEvent.APPROVED, now, comment)
    publish_versions(session, actor, [(question.id, version.id)], now=now, has_history=True)
    return question


def submit_all(session: Session, actor: Actor, question_ids: Sequence[int], *, now: dt.datetime) -> int:
    """Send what of these are drafts that the actor may submit to the review desk; returns how many."""
    SEE_QUESTION_BANK.require(actor)
    submitted = 0
    for question_id in question_ids:
        question = session.get(Question, question_id)
        if question is None or question.state != QuestionState.DRAFT or not SUBMIT_QUESTION.allows(actor, question):
            continue
        submit_question(session, actor, question_id, now=now)
        submitted += 1
    return submitted


def approve_all(session: Session, actor: Actor, question_ids: Sequence[int], *, now: dt.datetime) -> int:
    """Approve what of these is at the review desk and not the actor's own; returns how many."""
    SEE_QUESTION_BANK.require(actor)
    approved = 0
    for question_id in question_ids:
        question = session.get(Question, question_id)
        if question is None or question.state != QuestionState.IN_REVIEW:
            continue
        if REVIEW_QUESTION.allows(actor, question):
            approve_question(session, actor, question_id, now=now)
            approved += 1
    return approved


def withdraw_question(
    session: Session, actor: Actor, question_id: int, *, now: dt.datetime, comment: str = ""
) -> Question:
    """Take a question out of use."""
    question = see_question(session, actor, question_id)
    WITHDRAW_QUESTION.require(actor, question)
    if question.state == QuestionState.WITHDRAWN:
        raise Conflict("Câu hỏi đã được thu hồi.")
    withdraw_questions(session, actor, [question], now=now)
    _write(session, actor, question, QuestionEvent.WITHDRAWN, now, comment)
    return question


def comment_question(session: Session, actor: Actor, question_id: int, *, now: dt.datetime, comment: str) -> Question:
    """Say something about a question, for its maker and the reviewers."""
    question = see_question(session, actor, question_id)
    COMMENT_QUESTION.require(actor, question)
    if not comment.strip():
        raise Invalid("Hãy viết nhận xét.", fields={"comment": ["Hãy viết nhận xét."]})
    _write(session, actor, question, QuestionEvent.COMMENTED, now, comment)
    return question


def _write(
    session: Session, actor: Actor, question: Question, event: QuestionEvent, now: dt.datetime, comment: str = ""
) -> None:
    """Write one line of history and of the audit trail."""
    if len(comment) > MAX_COMMENT:
        raise Invalid("Nhận xét quá dài.", fields={"comment": ["Nhận xét quá dài."]})
    question.updated_at = now
    session.add(
        QuestionHistory(
            question_id=question.id,
            version_id=question.current_version_id,
            actor_id=actor.person_id,
            at=now,
            event=event,
            comment=comment.strip(),
        )
    )
    record(session, actor, f"{event} question", KIND, question.id, now)
    session.flush()


def check_new(new: NewQuestion) -> None:
    """Refuse what is not sound.

    Raises:
        Invalid: ``facts["fields"]`` maps a field (or a problem's code) to its messages.
    """
    fields = placement_problems(new.placement) | content_problems(new.content)
    for name, messages in statement_level_problems(new).items():
        fields.setdefault(name, []).extend(messages)
    if fields:
        raise Invalid("Câu hỏi chưa đúng.", fields=fields)


FIELD_OF_PROBLEM = {"empty-stem": "stem", "no-key": "key", "two-keys": "key", "too-long": "stem"}


def content_problems(content: QuestionContent) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for found in check_content(content):
        fields.setdefault(FIELD_OF_PROBLEM.get(found.code, "parts"), []).append(str(found))
    return fields


def statement_level_problems(new: NewQuestion) -> dict[str, list[str]]:
    """Levels that the programme does not have, or that stand where there is no statement."""
    levels = {part.level for part in new.content.parts if part.level}
    known = {level.id for level in curriculum().levels_of(new.placement.programme)} if levels else set()
    if levels and new.content.type is not QuestionType.TRUE_FALSE:
        return {"parts": ["Chỉ ý của câu đúng/sai có mức độ riêng."]}
    return {} if levels <= known else {"parts": ["Mức độ của một ý không thuộc chương trình đã chọn."]}


def placement_problems(placement: Placement) -> dict[str, list[str]]:
    names = curriculum()
    found: dict[str, list[str]] = {}
    if names.find_subject(placement.subject) is None:
        found["subject"] = ["Hãy chọn môn."]
    if placement.programme not in {programme.id for programme in names.programmes}:
        return found | {"programme": ["Hãy chọn chương trình."]}
    if placement.grade is not None and not 1 <= placement.grade <= 12:
        found["grade"] = ["Lớp phải từ 1 đến 12."]
    if placement.level and placement.level not in {level.id for level in names.levels_of(placement.programme)}:
        found["level"] = ["Mức độ này không thuộc chương trình đã chọn."]
    if placement.topic and not _is_topic_of(placement):
        found["topic"] = ["Chủ đề này không thuộc môn và lớp đã chọn."]
    if len(placement.tags) > MAX_TAGS or any(not 0 < len(tag) <= MAX_TAG for tag in placement.tags):
        found["tags"] = ["Tối đa 20 nhãn, mỗi nhãn tối đa 80 kí tự."]
    return found


def _is_topic_of(placement: Placement) -> bool:
    topic = curriculum().find_topic(placement.topic or "")
    return topic is not None and topic.subject == placement.subject and placement.grade in (None, topic.grade)
