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
    specification = Raw(metadata={"type": "array", "items": {"type": "object"}})
    revision = Raw(metadata={"type": "integer", "description": "For changes: the revision they are based on."})


class MatrixCellOut(Schema):
    topic = String(allow_none=True)
    unit = String(metadata={"description": "The content in the maker's words, where it has any."})
    level = String(allow_none=True)
    type = String()
    count = Integer()
    marks = String(metadata={"description": "For one question."})
    statements = Dict(
        keys=String(), values=Integer(), metadata={"description": "Level -> statements, where a cluster has several."}
    )


class CompetenceOut(Schema):
    type = String()
    level = String(allow_none=True)
    text = String()


class SpecificationOut(Schema):
    topic = String(allow_none=True)
    unit = String()
    outcomes = String(metadata={"description": "Yêu cầu cần đạt, one to a line."})
    competences = List(Nested(CompetenceOut))


class MatrixFileOut(Schema):
    title = String()
    subject = String()
    grade = Integer(allow_none=True)
    programme = String()
    duration_minutes = Integer()
    cells = List(Nested(MatrixCellOut))
    specification = List(Nested(SpecificationOut))


class ProblemOut(Schema):
    code = String()
    message = String(metadata={"description": "A Vietnamese sentence."})
    facts = Dict(keys=String(), values=String())


class MatrixOut(Schema):
    id = Integer()
    revision = Integer()
    updated_at = DateTime()
    sharing = String(metadata={"description": "private, organisation or everyone."})
    matrix = Nested(MatrixFileOut)
    advice = List(Nested(ProblemOut))


class MatrixRowOut(Schema):
    id = Integer()
    title = String()
    subject = String()
    grade = Integer(allow_none=True)
    count = Integer(metadata={"description": "Questions in a paper."})
    maker = String(metadata={"description": "The name of its maker."})


class MatricesOut(Schema):
    matrices = List(Nested(MatrixRowOut))
    next = Integer(allow_none=True, metadata={"description": "Pass as `after` for the next page."})


class PageQuery(Schema):
    after = Integer(metadata={"description": "`next` of the page before."})
    q = String(metadata={"description": "Part of the title, with or without its marks."})
    list = String(metadata={"description": "`shared`: matrices of others that you may read."})


class SupplyQuery(Schema):
    subject = String(required=True)
    programme = String(required=True)


class SupplyOut(Schema):
    topic = String(allow_none=True)
    level = String(allow_none=True)
    type = String()
    grade = Integer(allow_none=True)
    count = Integer()
    statements = String(metadata={"description": "Levels of the statements of each, as `biet:2 hieu:1 van-dung:1`."})


class SuppliesOut(Schema):
    supply = List(Nested(SupplyOut))
