"""Matrices as other programs read and write them: the matrix file, with its id."""

from apiflask import Schema
from apiflask.fields import DateTime, Dict, Integer, List, Nested, Raw, String
from marshmallow import INCLUDE


class MatrixIn(Schema):
    """A matrix file (see the guide to matrix files). ``matrix_file.matrix_from`` names what is wrong, cell by cell."""

    class Meta:
        unknown = INCLUDE

    title = Raw(metadata={"type": "string"})
    subject = Raw(metadata={"type": "string", "description": "A subject id, such as toan."})
    grade = Raw(metadata={"type": "integer", "description": "Null for any grade."})
    programme = Raw(metadata={"type": "string"})
    duration_minutes = Raw(metadata={"type": "integer"})
    cells = Raw(metadata={"type": "array", "items": {"type": "object"}})
    revision = Raw(metadata={"type": "integer", "description": "For changes: the revision they are based on."})


class CellOut(Schema):
    topic = String(allow_none=True)
    level = String(allow_none=True)
    type = String()
    count = Integer()
    marks = String(metadata={"description": "For one question."})


class MatrixFileOut(Schema):
    title = String()
    subject = String()
    grade = Integer(allow_none=True)
    programme = String()
    duration_minutes = Integer()
    cells = List(Nested(CellOut))


class ProblemOut(Schema):
    code = String()
    message = String(metadata={"description": "A Vietnamese sentence."})
    facts = Dict(keys=String(), values=String())


class MatrixOut(Schema):
    id = Integer()
    revision = Integer()
    updated_at = DateTime()
    matrix = Nested(MatrixFileOut)
    advice = List(Nested(ProblemOut))


class MatrixRowOut(Schema):
    id = Integer()
    title = String()
    subject = String()
    grade = Integer(allow_none=True)
    count = Integer(metadata={"description": "Questions in a paper."})


class MatricesOut(Schema):
    matrices = List(Nested(MatrixRowOut))
    next = Integer(allow_none=True, metadata={"description": "Pass as `after` for the next page."})


class PageQuery(Schema):
    after = Integer(metadata={"description": "`next` of the page before."})


class SupplyQuery(Schema):
    subject = String(required=True)
    programme = String(required=True)


class SupplyOut(Schema):
    topic = String(allow_none=True)
    level = String(allow_none=True)
    type = String()
    grade = Integer(allow_none=True)
    count = Integer()


class SuppliesOut(Schema):
    supply = List(Nested(SupplyOut))
