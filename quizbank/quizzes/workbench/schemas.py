"""The workbench as other programs read and move it."""

from apiflask import Schema
from apiflask.fields import Boolean, Decimal, Float, Integer, List, Nested, String
from marshmallow.validate import Length, OneOf, Range

from quizbank.questions.rules import QuestionType
from quizbank.quizzes.schemas import ItemOut

MOST_MOVES = 200


class StepIn(Schema):
    """Every step names what it is based on."""

    revision = Integer(
        required=True, metadata={"description": "That of the workbench as you saw it; 409 when it was changed since."}
    )


class LockIn(StepIn):
    is_locked = Boolean(required=True)


class PlacedQuestionIn(StepIn):
    question_id = Integer(required=True)


class MoveIn(StepIn):
    by = Integer(
        required=True,
        validate=Range(-MOST_MOVES, MOST_MOVES),
        metadata={"description": "Places inside its part, forwards or (negative) back; a passage moves whole."},
    )


class MarksIn(StepIn):
    marks = Decimal(required=True, places=None, metadata={"description": "At most two decimals."})


class SpreadIn(StepIn):
    total = Decimal(required=True, metadata={"description": "Marks to deal out over the questions of the part."})


class RedrawIn(StepIn):
    cell = Integer(metadata={"description": "Only this cell of the matrix, from 0; left out: all."})


class CandidateQuery(Schema):
    text = String(load_default="", validate=Length(max=200), metadata={"description": "Words of the question."})
    grade = Integer()
    topic = String(load_default="")
    level = String(load_default="")
    type = String(load_default="", validate=OneOf(["", *QuestionType]))
    after = String(metadata={"description": "`next` of the page before."})


class BenchEstimateOut(Schema):
    right_fraction = Float(metadata={"description": "Expected share of its marks, 0 to 1."})
    error = Float(metadata={"description": "Standard error of that share."})
    answers = Integer(metadata={"description": "Graded answers behind it."})
    minutes = Float()


class BenchItemOut(ItemOut):
    is_locked = Boolean()
    estimate = Nested(BenchEstimateOut, allow_none=True)
    origin = String(metadata={"description": "How it came onto the paper: draw, swap, choose, add or redraw."})
    instead_of = Integer(allow_none=True, metadata={"description": "The question that it replaced."})


class BenchPartOut(Schema):
    part = Integer()
    count = Integer()
    marks = String()


class BenchCellOut(Schema):
    cell = Integer(metadata={"description": "From 0; -1: questions that no cell asked for."})
    topic = String(allow_none=True)
    level = String(allow_none=True)
    type = String(allow_none=True)
    wanted = Integer()
    count = Integer()
    wanted_marks = String()
    marks = String()


class BenchPredictionOut(Schema):
    mean = Float(metadata={"description": "Expected mean of the marks of a class."})
    low = Float(metadata={"description": "In eight classes of ten the mean lies between `low` and `high`."})
    high = Float()
    spread = Float(metadata={"description": "Standard deviation of the marks of students."})
    minutes = Float()
    max_marks = Float()


class BenchLevelOut(Schema):
    level = String(allow_none=True)
    share = Float(metadata={"description": "Of the marks, 0 to 1."})


class BenchFormOut(Schema):
    quiz_id = Integer()
    form = Integer()
    prediction = Nested(BenchPredictionOut, allow_none=True)


class BenchOut(Schema):
    id = Integer()
    title = String()
    revision = Integer(metadata={"description": "Send it with the next step."})
    is_assigned = Boolean(metadata={"description": "Then it never changes again."})
    codes = List(String())
    marks = String()
    parts = List(Nested(BenchPartOut))
    cells = List(Nested(BenchCellOut))
    levels = List(Nested(BenchLevelOut))
    prediction = Nested(BenchPredictionOut, allow_none=True)
    known = Integer(metadata={"description": "Questions with at least 20 answers behind them."})
    forms = List(Nested(BenchFormOut), metadata={"description": "Empty for a paper that stands alone."})
    undo = String(metadata={"description": "The kind of step that undo takes back; empty: none."})
    redo = String()
    position = Integer(metadata={"description": "After a step: the question to look at."})
    items = List(Nested(BenchItemOut))


class AlternativeOut(Schema):
    question_id = Integer()
    version_id = Integer()
    stem = String()
    topic = String(allow_none=True)
    level = String(allow_none=True)
    type = String()
    estimate = Nested(BenchEstimateOut, allow_none=True)


class ShownAlternativeOut(AlternativeOut):
    stood_here = Boolean(metadata={"description": "It was swapped away from this paper before."})


class AlternativesOut(Schema):
    count = Integer(metadata={"description": "All that could stand there; at most ten are listed, the nearest first."})
    alternatives = List(Nested(ShownAlternativeOut))


class CandidateOut(AlternativeOut):
    at = Integer(metadata={"description": "Where it, or a relative of it, stands in the quiz; 0: nowhere."})
    cell = Integer(metadata={"description": "The cell that it would stand in; -1: none."})


class CandidatesOut(Schema):
    total = Integer()
    next = String(allow_none=True, metadata={"description": "Pass as `after` for the next page."})
    candidates = List(Nested(CandidateOut))
