"""Quizzes as other programs read and order them."""

from apiflask import Schema
from apiflask.fields import Boolean, DateTime, Dict, Float, Integer, List, Nested, Raw, String
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
    targets = Raw(load_default=dict, metadata={"type": "object", "description": "See docs/assembly.md."})
    forms = Integer(load_default=1, metadata={"description": "How many quizzes of different questions."})
    relax = List(String(), load_default=list, metadata={"description": "Keys of relaxations, applied in this order."})


class CheckIn(Schema):
    """A matrix to hold against the bank: `matrix_id`, or a matrix file."""

    matrix_id = Integer()
    matrix = Raw(metadata={"type": "object", "description": "A matrix file."})
    targets = Raw(load_default=dict, metadata={"type": "object", "description": "See docs/assembly.md."})
    forms = Integer(load_default=1, metadata={"description": "How many quizzes of different questions."})


class CellFunnelOut(Schema):
    topic = Integer(metadata={"description": "Questions of the topic; each step below is narrower."})
    level = Integer()
    type = Integer()
    unused = Integer(metadata={"description": "Not used lately, as the targets count it."})
    reviewed = Integer(metadata={"description": "Published, or your own where drafts may be drawn."})


class CellSupplyOut(Schema):
    cell = Integer(metadata={"description": "The cell of the matrix, from 0."})
    topic = String(allow_none=True)
    level = String(allow_none=True)
    type = String()
    statements = Dict(keys=String(), values=Integer())
    wanted = Integer()
    available = Integer(metadata={"description": "What is left for it when the other cells have theirs."})
    funnel = Nested(CellFunnelOut)


class MissedGoalOut(Schema):
    goal = String()
    low = Float()
    high = Float()
    nearest = Float()


class RelaxationOut(Schema):
    key = String(metadata={"description": "For `relax` of `POST /api/quizzes`."})
    code = String()
    cell = Integer(allow_none=True)
    message = String()


class ReportOut(Schema):
    is_feasible = Boolean()
    cells = List(Nested(CellSupplyOut))
    goals = List(Nested(MissedGoalOut))
    relaxations = List(Nested(RelaxationOut), metadata={"description": "The fewest changes that help, in order."})


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
    forms = List(Integer(), metadata={"description": "When several were built: the quizzes, this one first."})


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
