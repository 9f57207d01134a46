"""What may come in through the API as a template, and what goes out."""

from typing import Any

from apiflask import Schema
from apiflask.fields import Boolean, DateTime, Dict, Integer, List, Nested, String
from apiflask.validators import Length, OneOf, Range
from marshmallow import EXCLUDE

from quizbank.item_templates.actions import MOST_CLONES
from quizbank.item_templates.drafts import LICENCE, MAX_NAME, MAX_ROOM, PROGRAMME, TemplateDraft
from quizbank.item_templates.generating import LARGEST_NUMBER
from quizbank.item_templates.rules import MAX_PARTS, MAX_PROGRAM, ItemTemplate, TemplatePart
from quizbank.questions.rules import MAX_TEXT, AnswerKind, Placement, QuestionType


def a_text(most: int = MAX_TEXT, **more: Any) -> String:
    return String(load_default="", validate=Length(max=most), **more)


class TemplatePartIn(Schema):
    """The key, an option or a statement; texts are markup with insertions `{@ expression @}`."""

    text = a_text()
    value = a_text(metadata={"description": "Instead of a text: an expression, shown through `show`."})
    truth = a_text(metadata={"description": "An expression: whether this option or statement is right."})
    right = a_text(metadata={"description": "Of a statement: what chance may put in the place of `{@ ? @}`."})
    wrong = a_text()
    why = a_text(metadata={"description": "The misconception behind a distractor, the reason of a statement."})
    when = a_text(metadata={"description": "An expression: the part is left out where it does not hold."})
    level = a_text(32, metadata={"description": "Of a statement: its level, where it is not that of the template."})


class TemplateContent(Schema):
    """What questions are drawn from. The language: `docs/item-templates.md`."""

    type = String(required=True, validate=OneOf([str(kind) for kind in QuestionType]))
    stem = String(required=True, validate=Length(1, MAX_TEXT))
    parameters = a_text(MAX_PROGRAM, metadata={"description": "One `name = expression` or `require …` in a line."})
    key = Nested(TemplatePartIn, load_default=dict)
    parts = List(Nested(TemplatePartIn), load_default=list, validate=Length(max=MAX_PARTS))
    rows = a_text(MAX_PROGRAM)
    explanation = a_text()
    show = a_text()
    places = Integer(load_default=None, allow_none=True, validate=Range(0, 6))
    answer_kind = String(load_default=None, allow_none=True, validate=OneOf([str(kind) for kind in AnswerKind]))
    definitions = a_text(MAX_PROGRAM)
    tables = Dict(keys=String(), load_default=dict)


class TemplateIn(Schema):
    name = String(required=True, validate=Length(1, MAX_NAME))
    template = Nested(TemplateContent, required=True)
    subject = String(required=True)
    programme = String(load_default=PROGRAMME)
    grade = Integer(load_default=None, allow_none=True, validate=Range(1, 12))
    topic = String(load_default=None, allow_none=True)
    level = String(load_default=None, allow_none=True)
    tags = List(String(validate=Length(1, 80)), load_default=list, validate=Length(max=20))
    licence = String(load_default=LICENCE, validate=Length(max=32))
    room = Integer(load_default=None, allow_none=True, validate=Range(1, MAX_ROOM))
    may_meet = Boolean(
        load_default=False,
        metadata={"description": "Each question asks something else: two may stand together in a quiz."},
    )


class TemplateRevisionIn(TemplateIn):
    based_on = Integer(required=True, metadata={"description": "The `version` that was read before the change."})


class TemplatePreviewIn(TemplateIn):
    first = Integer(load_default=1, validate=Range(1, LARGEST_NUMBER))
    count = Integer(load_default=5, validate=Range(1, 20))


class TemplatesIn(Schema):
    class Meta:
        unknown = EXCLUDE

    after = Integer(load_default=None, metadata={"description": "The `next` of the page before."})
    limit = Integer(load_default=20, validate=Range(1, 100))
    withdrawn = Boolean(load_default=False, metadata={"description": "Those that were put away instead."})
    q = a_text(MAX_NAME, metadata={"description": "What their names contain."})
    subject = a_text(64)
    grade = Integer(load_default=None, validate=Range(1, 12))


class GenerationIn(Schema):
    count = Integer(required=True, validate=Range(1, MOST_CLONES))
    first = Integer(
        load_default=None,
        allow_none=True,
        validate=Range(1, LARGEST_NUMBER),
        metadata={"description": "Exactly the numbers from here on; without it, new ones behind the last."},
    )


class ListedTemplateOut(Schema):
    id = Integer()
    version = Integer()
    name = String()
    type = String()
    subject = String()
    grade = Integer(allow_none=True)
    topic = String(allow_none=True)
    level = String(allow_none=True)
    updated_at = DateTime()
    withdrawn_at = DateTime(allow_none=True, metadata={"description": "When it was put away; null while it is in use."})


class TemplateOut(ListedTemplateOut):
    programme = String()
    tags = List(String())
    licence = String()
    room = Integer(allow_none=True)
    may_meet = Boolean()
    template = Dict()


class TemplatesOut(Schema):
    templates = List(Nested(ListedTemplateOut))
    next = Integer(allow_none=True)


class FaultOut(Schema):
    """What is wrong where; `line` and `column` count from 1, 0 where all of the field is meant."""

    field = String()
    line = Integer()
    column = Integer()
    message = String()


class CloneOut(Schema):
    """A numbered question; `question` is null where no draw fulfilled what the template requires."""

    number = Integer()
    values = Dict(keys=String(), values=String())
    question = Dict(allow_none=True)


class TrialOut(Schema):
    clones = List(Nested(CloneOut))
    faults = List(Nested(FaultOut))
    draws = Integer()
    different = Integer()
    unlucky = Integer()
    unused = List(String())
    doubts = List(String(), metadata={"description": "What reads badly in a clone, such as two signs in a row."})


class GenerationOut(Schema):
    id = Integer()
    template = Integer()
    version = Integer()
    first = Integer()
    wanted = Integer()
    made = Integer()
    known = Integer()
    duplicates = Integer()
    unlucky = Integer()
    is_over = Boolean()


def draft_from(given: dict[str, Any]) -> TemplateDraft:
    """The draft that valid JSON means."""
    content = dict(given["template"])
    kind = QuestionType(content.pop("type"))
    answer_kind = content.pop("answer_kind") or AnswerKind.NUMERIC
    template = ItemTemplate(
        type=kind,
        key=TemplatePart(**content.pop("key")),
        parts=tuple(TemplatePart(**part) for part in content.pop("parts")),
        answer_kind=AnswerKind(answer_kind) if kind is QuestionType.SHORT_ANSWER else None,
        **content,
    )
    names = ("subject", "programme", "grade", "topic", "level")
    placement = Placement(**{name: given[name] for name in names}, tags=tuple(given["tags"]))
    return TemplateDraft(given["name"], template, placement, given["room"], given["licence"], given["may_meet"])
