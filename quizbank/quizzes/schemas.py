"""Quizzes as other programs read and order them."""

from apiflask import Schema
from apiflask.fields import Boolean, DateTime, Integer, List, Nested, Raw, String
from marshmallow.validate import Length


class PageQuery(Schema):
    after = Integer(metadata={"description": "`next` of the page before."})


class QuizRowOut(Schema):
    id = Integer()
    title = String()
    subject = String()
    grade = Integer(allow_none=True)
    count = Integer()
    marks = String()
    created_at = DateTime()


class QuizzesOut(Schema):
    quizzes = List(Nested(QuizRowOut))
    next = Integer(allow_none=True, metadata={"description": "Pass as `after` for the next page."})


class QuizIn(Schema):
    """What a quiz is built from: a kept matrix (`matrix_id`) or a matrix file (`matrix`)."""

    matrix_id = Integer()
    matrix = Raw(metadata={"type": "object", "description": "A matrix file."})
    title = String(load_default="", validate=Length(max=200))
    with_own_drafts = Boolean(load_default=False, metadata={"description": "Draw from your own drafts as well."})
    seed = Integer(required=True, metadata={"description": "The same bank, matrix and seed give the same quiz."})


class RepairNoteOut(Schema):
    id = Integer()
    treatment = String(metadata={"description": "key, version, all-right or left-out"})
    reason = String()


class ItemOut(Schema):
    position = Integer(metadata={"description": "From 1 through the whole quiz."})
    part = Integer()
    number = Integer(metadata={"description": "From 1 within its part."})
    cell = Integer(metadata={"description": "The cell of the matrix, from 0."})
    marks = String()
    question_id = Integer()
    version = Integer()
    version_id = Integer()
    type = String()
    stem = String()
    passage = String()
    options = List(String())
    key = String(metadata={"description": "Only for those who may see it."})
    accepted = List(String())
    explanation = String()
    repair = Nested(RepairNoteOut, allow_none=True, metadata={"description": "A repair of the key that stands."})


class QuizOut(Schema):
    id = Integer()
    title = String()
    subject = String()
    grade = Integer(allow_none=True)
    programme = String()
    duration_minutes = Integer()
    seed = Integer()
    is_assigned = Boolean()
    codes = List(String())
    items = List(Nested(ItemOut))


class CodesIn(Schema):
    codes = List(
        String(validate=Length(1, 20)),
        required=True,
        validate=Length(1, 100),
        metadata={"description": "Codes, or ranges such as 101-104."},
    )


class KeyRowOut(Schema):
    part = Integer()
    number = Integer()
    keys = List(String(), metadata={"description": "`*`: any answer is right; `–`: the question does not count."})
    repairs = List(String(), metadata={"description": "Under each code: key, version, all-right, left-out or empty."})


class KeysOut(Schema):
    codes = List(String(), metadata={"description": "Empty for a quiz without codes: one column of keys."})
    rows = List(Nested(KeyRowOut))
