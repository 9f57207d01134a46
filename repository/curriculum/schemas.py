"""The curriculum as other programs read it."""

from apiflask import Schema
from apiflask.fields import Dict, Integer, List, Nested, String
from apiflask.validators import Range


class CurriculumQuery(Schema):
    subject = String(metadata={"description": "Only this subject's strands and topics."})
    grade = Integer(validate=Range(0, 12), metadata={"description": "Only this grade's strands and topics."})


class NamedOut(Schema):
    id = String()
    name = String()
    name_en = String()


class LevelOut(NamedOut):
    code = String()
    maps_to = String(allow_none=True, metadata={"description": "The equal level of the current programme."})


class ProgrammeOut(NamedOut):
    levels = List(Nested(LevelOut))
    grades = Dict(keys=String(), values=List(Integer()), metadata={"description": "Subject -> grades that teach it."})


class SubjectOut(NamedOut):
    code = String()
    aliases = List(String())
    grades = List(Integer())


class StrandOut(NamedOut):
    subject = String()
    grade = Integer()


class TopicOut(NamedOut):
    subject = String()
    grade = Integer()
    strand = String()
    seq = Integer(metadata={"description": "The order within the grade."})
    confidence = String(metadata={"description": "How far the name was checked: verified, seen or knowledge."})


class CurriculumOut(Schema):
    version = String()
    programmes = List(Nested(ProgrammeOut))
    subjects = List(Nested(SubjectOut))
    strands = List(Nested(StrandOut))
    topics = List(Nested(TopicOut))
