"""What comes into a sitting and what goes out: JSON of the autosave, fields of the page without JavaScript."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from apiflask import Schema
from apiflask.fields import DateTime, Decimal, Float, Integer, List, Nested, String
from apiflask.validators import Length, Range
from werkzeug.datastructures import MultiDict

from quizbank.attempts.queries import Sitting, SittingItem
from quizbank.attempts.rules import DEFAULT_PRACTICE_COUNT, MAX_RESPONSE_CHARACTERS, Wish
from quizbank.questions.cards import response_from_form
from quizbank.questions.rules import QuestionType


class AnswerIn(Schema):
    response = String(
        required=True,
        validate=Length(max=MAX_RESPONSE_CHARACTERS),
        metadata={"description": "In shown letters: B, AC, TF-T, or the text of a short answer."},
    )
    revision_based_on = Integer(
        required=True, validate=Range(min=0), metadata={"description": "The revision this answer replaces; 0: none."}
    )


class AnswerOut(Schema):
    position = Integer()
    revision = Integer()
    response = String()
    saved_at = DateTime()


class KeptAnswerOut(AnswerOut):
    """An answer among others: a class of its own, for the API description takes each class in one place only."""


class SittingStateOut(Schema):
    now = DateTime(metadata={"description": "The server's clock."})
    deadline_at = DateTime(allow_none=True)
    submitted_at = DateTime(allow_none=True)
    csrf_token = String()
    answers = List(Nested(KeptAnswerOut))


class StudentStandingOut(Schema):
    person_id = Integer()
    name = String()
    attempts = Integer()
    marks = Decimal(as_string=True, allow_none=True, metadata={"description": "Of the best submitted attempt."})
    max_marks = Decimal(as_string=True, allow_none=True)
    submitted_at = DateTime(allow_none=True)


class QuestionStandingOut(Schema):
    position = Integer()
    question_version_id = Integer()
    answers = Integer()
    facility = Float(allow_none=True, metadata={"description": "Mean fraction earned, 0 to 1."})


class StandingsOut(Schema):
    students = List(Nested(StudentStandingOut))
    questions = List(Nested(QuestionStandingOut))


@dataclass(frozen=True)
class FormAnswer:
    """An answer that a form changed: ``based_on`` is the revision its page showed."""

    position: int
    response: str
    based_on: int


def answers_in_form(form: MultiDict[str, str], sitting: Sitting) -> Iterable[FormAnswer]:
    """The answers that the form's sender changed since the page was made; what stayed is not sent on."""
    for one in sitting.items:
        position = one.item.position
        revision = form.get(f"revision-{position}", type=int)
        if revision is None or one.result is not None:
            continue
        response = _response_in(form, one)
        if response != form.get(f"seen-{position}", ""):
            yield FormAnswer(position, response, revision)


def _response_in(form: MultiDict[str, str], one: SittingItem) -> str:
    kind = QuestionType(one.version.type)
    return response_from_form(kind, one.item.position, len(one.item.option_order), form.getlist)


def wish_in(form: MultiDict[str, str]) -> Wish:
    """What a practice form wishes for. A grade's id as topic (``toan.l12``) means the grade, topics or none."""
    subject, topic = form.get("subject", ""), form.get("topic", "")
    grade = re.fullmatch(rf"{re.escape(subject)}\.l(\d\d)", topic)
    return Wish(
        subject=subject,
        grade=int(grade[1]) if grade else (None if topic else form.get("grade", type=int)),
        topic=None if grade else topic or None,
        level=form.get("level") or None,
        count=form.get("count", DEFAULT_PRACTICE_COUNT, type=int),
    )
