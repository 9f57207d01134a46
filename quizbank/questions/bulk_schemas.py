"""Bulk edits as other programs order and read them."""

from apiflask import Schema
from apiflask.fields import Boolean, DateTime, Dict, Integer, List, Nested, Raw, String
from apiflask.fields import Decimal as DecimalField
from apiflask.validators import Length, OneOf
from marshmallow import EXCLUDE

from quizbank.questions.bulk import MAX_SOURCE
from quizbank.questions.bulk_editing import MOST_QUESTIONS
from quizbank.questions.rules import MAX_TEXT


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
    keeps_order = Boolean()
    tolerance = DecimalField(allow_none=True)
    add_tags = List(String(validate=Length(1, 80)), validate=Length(max=20), load_default=list)
    remove_tags = List(String(validate=Length(1, 80)), validate=Length(max=20), load_default=list)
    submit = Boolean(load_default=False, metadata={"description": "Alone: send the drafts to the review desk."})


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


class BulkItemsOut(Schema):
    items = List(Nested(BulkItemOut))
    next = Integer(allow_none=True)
