"""Bulk edits as other programs order and read them."""

from apiflask import Schema
from apiflask.fields import Boolean, DateTime, Dict, Integer, List, Nested, Raw, String
from apiflask.fields import Decimal as DecimalField
from apiflask.validators import Length, OneOf
from marshmallow import EXCLUDE

from quizbank.questions.bulk import Locking
from quizbank.questions.bulk_checks import MAX_SOURCE, STATEMENTS
from quizbank.questions.bulk_editing import MOST_QUESTIONS
from quizbank.questions.bulk_texts import MAX_FOUND, REPLACED, Replacement
from quizbank.questions.rules import MAX_TEXT, AnswerKind


class ReplacementIn(Schema):
    """Words to look for, and what to put there."""

    find = String(required=True, validate=Length(1, MAX_FOUND))
    put = String(load_default="", validate=Length(max=MAX_FOUND))
    fields_ = List(
        String(validate=OneOf(REPLACED)),
        data_key="fields",
        validate=Length(1, len(REPLACED)),
        load_default=lambda: list(Replacement("").fields),
        metadata={"description": "`parts`: options and statements, never accepted values. Formulas stay as they are."},
    )
    ignores_case = Boolean(load_default=False)
    whole_words = Boolean(load_default=False)
    in_formulas = Boolean(load_default=False, metadata={"description": "Within formulas too."})


class ChangeIn(Schema):
    """What is to change. A field that isn't sent stays as it is; null empties it."""

    subject = String()
    programme = String()
    grade = Integer(allow_none=True)
    topic = String(allow_none=True)
    level = String(allow_none=True)
    licence = String()
    source = String(validate=Length(max=MAX_SOURCE))
    explanation = String(validate=Length(max=MAX_TEXT))
    passage = String(validate=Length(max=MAX_TEXT))
    keeps_order = Boolean()
    locked = String(
        validate=OneOf([str(one) for one in Locking]),
        metadata={"description": "`last`: the last option keeps its place when shuffled, `none`: none does."},
    )
    answer_kind = String(validate=OneOf([str(kind) for kind in AnswerKind]))
    tolerance = DecimalField(allow_none=True)
    statements = Dict(
        keys=String(validate=OneOf(list(STATEMENTS))),
        values=String(allow_none=True),
        metadata={"description": 'Levels of true/false statements: `{"a": "biet", "d": null}`; null: as the question.'},
    )
    replace = Nested(ReplacementIn)
    fill_only = Boolean(load_default=False, metadata={"description": "Set values only where there is none yet."})
    add_tags = List(String(validate=Length(1, 80)), validate=Length(max=20), load_default=list)
    remove_tags = List(String(validate=Length(1, 80)), validate=Length(max=20), load_default=list)
    submit = Boolean(load_default=False, metadata={"description": "Alone: send the drafts to the review desk."})
    organisation = String(
        allow_none=True,
        validate=Length(1, 80),
        metadata={"description": "Alone, editors only: whose they are, by code; null: nobody's."},
    )


class PlannedChangeIn(ChangeIn):
    """The change of a new bulk edit."""


class BulkEditIn(Schema):
    """Which questions, and what is to change: ``ids``, or ``filter`` with the filters of the list of questions."""

    ids = List(Integer(), validate=Length(1, MOST_QUESTIONS))
    filter = Dict(metadata={"description": 'As the query of `GET /api/questions`, such as `{"subject": "toan"}`.'})
    change = Nested(PlannedChangeIn, required=True)


class ApplyIn(Schema):
    plan = Integer(required=True, metadata={"description": "The `plan` of the preview that was looked at."})


class BulkEditsIn(Schema):
    class Meta:
        unknown = EXCLUDE

    after = Integer(load_default=None, metadata={"description": "The `next` of the page before."})


class BulkItemsIn(BulkEditsIn):
    class Meta:
        unknown = EXCLUDE

    show = String(
        load_default="changed",
        validate=OneOf(["changed", "left", "kept"]),
        metadata={"description": "`left`: alone when applied; `kept`: alone when undone."},
    )


class ListedBulkEditOut(Schema):
    id = Integer()
    state = String(metadata={"description": "choosing, ready, applying, done, undoing or undone"})
    plan = Integer()
    change = Raw(metadata={"description": "As it was sent."})
    created_at = DateTime()
    applied_at = DateTime(allow_none=True)
    undone_at = DateTime(allow_none=True)
    job_id = Integer(allow_none=True, metadata={"description": "Its progress is at `/api/jobs/ID`."})


class BulkEditOut(ListedBulkEditOut):
    """A bulk edit with its preview. ``left`` and ``kept``: reason -> how many questions were left alone."""

    selected = Integer()
    changing = Integer()
    changed = Integer()
    left = Dict()
    restored = Integer()
    kept = Dict()
    summary = List(Dict(), metadata={"description": "field, old, new, count"})


class MadeBulkEditOut(BulkEditOut):
    """A bulk edit that was just planned."""


class BulkEditsOut(Schema):
    bulk_edits = List(Nested(ListedBulkEditOut))
    next = Integer(allow_none=True)


class BulkItemOut(Schema):
    question_id = Integer()
    outcome = String()
    undo_outcome = String(allow_none=True)
    differences = List(Dict(), metadata={"description": "field, letter (of an option or statement), old, new"})


class BulkItemsOut(Schema):
    items = List(Nested(BulkItemOut))
    next = Integer(allow_none=True)
