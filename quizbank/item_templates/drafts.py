"""A template on its way in: what it draws, and the place in the curriculum of what it makes. Pure."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from quizbank.item_templates.errors import Refusal
from quizbank.item_templates.operations import as_value
from quizbank.item_templates.rules import MAX_PARTS, MAX_PROGRAM, ItemTemplate, NewTemplate
from quizbank.questions.rules import MAX_TEXT, Placement
from repository.curriculum.rules import Curriculum

MAX_NAME = 200
MAX_ROOM = 1_000_000
MAX_SOURCES = 100_000
MAX_TABLES = 200_000
"""Characters of all programs and texts together, and of the tables as JSON: what a request may have to compile."""

PROGRAMME = "gdpt-2018"
LICENCE = "cc-by-4.0"


@dataclass(frozen=True)
class TemplateDraft:
    """``room`` and ``may_meet`` as in ``rules.NewTemplate``."""

    name: str
    template: ItemTemplate
    placement: Placement = field(default_factory=lambda: Placement("", PROGRAMME))
    room: int | None = None
    licence: str = LICENCE
    may_meet: bool = False


def draft_of(new: NewTemplate, curriculum: Curriculum) -> TemplateDraft:
    """What a file means: its topic says subject and grade, its level the programme."""
    topic = curriculum.find_topic(new.topic) if new.topic else None
    subject, grade = (topic.subject, topic.grade) if topic else ("", None)
    programmes = (
        programme.id
        for programme in curriculum.programmes
        if new.level in {level.id for level in curriculum.levels_of(programme.id)}
    )
    placement = Placement(subject, next(programmes, PROGRAMME), grade, new.topic or None, new.level or None)
    return TemplateDraft(new.name, new.template, placement, new.room, may_meet=new.may_meet)


def size_problems(draft: TemplateDraft) -> dict[str, list[str]]:
    """Field -> what is too long or too much there: asked before anything is parsed."""
    template = draft.template
    found: dict[str, list[str]] = {}
    if not draft.name.strip():
        found["name"] = ["Hãy đặt tên cho mẫu."]
    elif len(draft.name) > MAX_NAME:
        found["name"] = ["Tên mẫu tối đa 200 kí tự."]
    for name in ("parameters", "definitions", "rows"):
        if len(getattr(template, name)) > MAX_PROGRAM:
            found[name] = ["Tối đa 20.000 kí tự."]
    for name in ("stem", "explanation", "show"):
        if len(getattr(template, name)) > MAX_TEXT:
            found[name] = ["Tối đa 20.000 kí tự."]
    if len(template.parts) > MAX_PARTS:
        found["parts"] = ["Tối đa 24 dòng phương án hoặc ý."]
    if any(len(text) > MAX_TEXT for part in (template.key, *template.parts) for text in texts_of(part)):
        found["parts"] = ["Tối đa 20.000 kí tự."]
    if not found and sum(map(len, sources_of(template))) > MAX_SOURCES:
        found["parameters"] = ["Mẫu dài quá: mọi phần cộng lại tối đa 100.000 kí tự."]
    if table_problem := _problem_of_tables(template.tables):
        found["tables"] = [table_problem]
    if template.places is not None and not 0 <= template.places <= 6:
        found["places"] = ["Số chữ số thập phân từ 0 đến 6."]
    if draft.room is not None and not 1 <= draft.room <= MAX_ROOM:
        found["room"] = ["Số câu nhiều nhất phải là một số nguyên dương."]
    return found


def _problem_of_tables(tables: Mapping[str, Any]) -> str:
    """What is wrong with data before anything goes through it: its depth, its kinds, its size."""
    try:
        for data in tables.values():
            as_value(data)
    except Refusal as error:
        return error.message
    size = len(json.dumps(tables, ensure_ascii=False, default=str))
    return "Bảng dữ liệu tối đa 200.000 kí tự." if size > MAX_TABLES else ""


def sources_of(template: ItemTemplate) -> Iterator[str]:
    """All that is compiled of a template."""
    yield from (template.stem, template.explanation, template.show)
    yield from (template.parameters, template.definitions, template.rows)
    for part in (template.key, *template.parts):
        yield from texts_of(part)


def texts_of(part: Any) -> tuple[str, ...]:
    fields: Mapping[str, str] = vars(part)
    return tuple(fields.values())
