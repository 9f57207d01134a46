"""What may come in through the API as a question, and what goes out."""

from dataclasses import fields
from decimal import Decimal
from typing import Any

from apiflask import Schema
from apiflask.fields import Boolean, Integer, List, Nested, Raw, String
from apiflask.fields import Decimal as DecimalField
from apiflask.validators import Length, OneOf, Range
from marshmallow import EXCLUDE

from quizbank.questions.filtering import NO, YES, QuestionFilter
from quizbank.questions.rules import (
    MAX_OPTIONS,
    MAX_TEXT,
    AnswerKind,
    NewQuestion,
    Part,
    Placement,
    QuestionContent,
    QuestionType,
)
from quizbank.questions.shelf import SORTS

TYPES = [str(kind) for kind in QuestionType]
FLAGS = ["", YES, NO]


class PartIn(Schema):
    """An option, a statement or an accepted value."""

    text = String(required=True, validate=Length(1, MAX_TEXT))
    is_true = Boolean(load_default=False)
    is_locked = Boolean(load_default=False, metadata={"description": "Keeps its place when options are shuffled."})
    level = String(
        load_default=None,
        allow_none=True,
        validate=Length(max=32),
        metadata={"description": "Of a true/false statement; without it, that of the question."},
    )


class QuestionIn(Schema):
    type = String(required=True, validate=OneOf(TYPES))
    stem = String(required=True, validate=Length(1, MAX_TEXT), metadata={"description": "Text with $LaTeX$."})
    parts = List(
        Nested(PartIn),
        load_default=list,
        validate=Length(max=MAX_OPTIONS),
        metadata={"description": "Options, statements or accepted values; an essay has none."},
    )
    explanation = String(load_default="", validate=Length(max=MAX_TEXT))
    answer_kind = String(load_default=None, allow_none=True, validate=OneOf([str(kind) for kind in AnswerKind]))
    tolerance = DecimalField(load_default=None, allow_none=True, validate=Range(min=Decimal(0)))
    keeps_order = Boolean(load_default=False)
    subject = String(required=True)
    programme = String(load_default="gdpt-2018")
    grade = Integer(load_default=None, allow_none=True, validate=Range(1, 12))
    topic = String(load_default=None, allow_none=True)
    level = String(load_default=None, allow_none=True)
    tags = List(String(validate=Length(1, 80)), load_default=list, validate=Length(max=20))
    passage = String(load_default="", validate=Length(max=MAX_TEXT))
    source = String(load_default="", validate=Length(max=500))
    licence = String(load_default="", validate=Length(max=32))


class RevisionIn(QuestionIn):
    based_on = Integer(required=True, metadata={"description": "The `version` that was read before the change."})


class QuestionsIn(Schema):
    class Meta:
        unknown = EXCLUDE

    subject = String(load_default="")
    grade = Integer(load_default=None)
    topic = String(load_default="")
    level = String(load_default="")
    type = String(load_default="", validate=OneOf(["", *TYPES]))
    state = String(load_default="")
    text = String(load_default="", validate=Length(max=200))
    tag = String(load_default="")
    licence = String(load_default="")
    doubts = String(load_default="", validate=OneOf(FLAGS))
    explained = String(load_default="", validate=OneOf(FLAGS))
    used = String(load_default="", validate=OneOf(FLAGS))
    import_id = Integer(load_default=None, data_key="import")
    organisation_id = Integer(load_default=None, data_key="organisation")
    is_own = Boolean(load_default=False, data_key="own")
    sort = String(load_default="newest", validate=OneOf(list(SORTS)))
    facets = Boolean(load_default=False, metadata={"description": "Count what each value of each facet would leave."})
    after = String(load_default=None, metadata={"description": "The `next` of the page before."})
    limit = Integer(load_default=20, validate=Range(1, 100))


class QuestionOut(Schema):
    """A question; ``key`` and ``explanation`` are there only for those who may see them."""

    id = Integer()
    version = Integer()
    type = String()
    stem = String()
    options = List(String())
    key = Raw(metadata={"description": "Letters, judgements (TFTF) or the list of accepted values."})
    explanation = String()
    locked = List(String(), metadata={"description": "Letters of the options that keep their place."})
    statement_levels = List(
        String(allow_none=True),
        metadata={"description": "Of true/false statements that have levels of their own; null: that of the question."},
    )
    keeps_order = Boolean()
    answer_kind = String(allow_none=True)
    tolerance = String(allow_none=True, metadata={"description": "Only for those who may see the key."})
    subject = String()
    grade = Integer(allow_none=True)
    programme = String()
    topic = String(allow_none=True)
    level = String(allow_none=True)
    tags = List(String())
    passage = String(allow_none=True)
    images = List(String())
    source = String()
    source_file = String()
    source_place = String()
    licence = String()
    state = String()


class ListedQuestionOut(QuestionOut):
    """A question among others: a class of its own, for the API description takes each class in one place only."""


class QuestionsOut(Schema):
    questions = List(Nested(ListedQuestionOut))
    next = String(allow_none=True)
    total = Integer()
    is_cut = Boolean(metadata={"description": "More versions have the words or the tag than were looked at."})
    facets = Raw(allow_none=True, metadata={"description": "Facet -> value -> how many it would leave."})


def filter_from(wanted: dict[str, Any]) -> QuestionFilter:
    names = {one.name for one in fields(QuestionFilter)}
    return QuestionFilter(**{name: value for name, value in wanted.items() if name in names})


def question_from(given: dict[str, Any]) -> NewQuestion:
    """The question that valid JSON means."""
    kind = QuestionType(given["type"])
    is_short = kind is QuestionType.SHORT_ANSWER
    parts = (
        Part(part["text"], is_short or part["is_true"], part["is_locked"], part["level"] or None)
        for part in given["parts"]
    )
    answer_kind = AnswerKind(given["answer_kind"] or AnswerKind.TEXT) if is_short else None
    content = QuestionContent(
        type=kind,
        stem=given["stem"],
        parts=tuple(parts),
        explanation=given["explanation"],
        answer_kind=answer_kind,
        tolerance=given["tolerance"] if is_short else None,
        keeps_order=given["keeps_order"],
    )
    names = ("subject", "programme", "grade", "topic", "level")
    placement = Placement(**{name: given[name] for name in names}, tags=tuple(given["tags"]))
    return NewQuestion(content, placement, given["passage"], given["source"], licence=given["licence"])
