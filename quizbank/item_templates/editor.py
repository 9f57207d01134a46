"""The form of a template: what it shows, and the draft that it means. Mistakes are kept, to be shown again."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from quizbank.item_templates.drafts import LICENCE, MAX_ROOM, PROGRAMME, TemplateDraft
from quizbank.item_templates.rules import MAX_PARTS, ItemTemplate, TemplatePart
from quizbank.questions.placement_form import placement_fields, placement_from, version_number_from
from quizbank.questions.rules import AnswerKind, QuestionType
from repository.markup import nfc

USUAL_ROWS = 4
ROWS_AT_ONCE = 2
PART_FIELDS = tuple(one.name for one in fields(TemplatePart))
PROGRAM_FIELDS = ("parameters", "definitions", "rows", "show")
TEXT_FIELDS = ("stem", "explanation", "tables")
LINE_FIELDS = (
    "type",
    "places",
    "answer_kind",
    "subject",
    "programme",
    "grade",
    "topic",
    "level",
    "tags",
    "licence",
    "room",
    "may_meet",
)
NOTHING = TemplatePart()
PLACE_IN_PARTS = re.compile(r"parts\[(\d+)\](?:\.(\w+))?")
PLACE_IN_KEY = re.compile(r"key(?:\.(\w+))?")


@dataclass(frozen=True)
class TemplateForm:
    """The form's fields as typed."""

    name: str = ""
    type: str = QuestionType.SINGLE_CHOICE
    parameters: str = ""
    stem: str = ""
    key: TemplatePart = NOTHING
    parts: tuple[TemplatePart, ...] = ()
    rows: str = ""
    explanation: str = ""
    show: str = ""
    places: str = ""
    answer_kind: str = AnswerKind.NUMERIC
    definitions: str = ""
    tables: str = ""
    subject: str = ""
    programme: str = PROGRAMME
    grade: str = ""
    topic: str = ""
    level: str = ""
    tags: str = ""
    licence: str = LICENCE
    room: str = ""
    may_meet: str = ""
    based_on: int | None = None
    shown_rows: int = field(default=USUAL_ROWS, compare=False)

    @property
    def all_parts(self) -> tuple[TemplatePart, ...]:
        """The filled rows and some empty ones behind them."""
        empty = max(0, min(MAX_PARTS, self.shown_rows) - len(self.parts))
        return self.parts + (TemplatePart(),) * empty


def form_of(draft: TemplateDraft, number: int | None = None) -> TemplateForm:
    """The form filled with a draft; ``number``: the version it was opened at."""
    template, placement = draft.template, draft.placement
    return TemplateForm(
        name=draft.name,
        type=template.type,
        parameters=template.parameters,
        stem=template.stem,
        key=template.key,
        parts=template.parts,
        rows=template.rows,
        explanation=template.explanation,
        show=template.show,
        places="" if template.places is None else str(template.places),
        answer_kind=template.answer_kind or AnswerKind.NUMERIC,
        definitions=template.definitions,
        tables=json.dumps(template.tables, ensure_ascii=False, indent=1, default=float) if template.tables else "",
        **placement_fields(placement),
        licence=draft.licence,
        room=str(draft.room or ""),
        may_meet="yes" if draft.may_meet else "",
        based_on=number,
    )


def form_from(sent: Mapping[str, str]) -> TemplateForm:
    """The form as it was sent: empty rows are closed up, lines end as everywhere."""
    given = {name: sent.get(name, "") for name in (*PROGRAM_FIELDS, *TEXT_FIELDS)}
    parts = (_part_from(sent, f"part-{row}") for row in range(MAX_PARTS))
    shown = sent.get("shown_rows", "")
    return TemplateForm(
        name=" ".join(sent.get("name", "").split()),
        key=_part_from(sent, "key"),
        parts=tuple(part for part in parts if part != NOTHING),
        based_on=version_number_from(sent.get("based_on", "")),
        shown_rows=min(MAX_PARTS, int(shown)) if shown.isdecimal() and len(shown) < 4 else USUAL_ROWS,
        **{name: _tidy(text) for name, text in given.items()},
        **{name: sent.get(name, "").strip() for name in LINE_FIELDS},
    )


def _part_from(sent: Mapping[str, str], prefix: str) -> TemplatePart:
    return TemplatePart(**{name: _tidy(sent.get(f"{prefix}-{name}", "")).strip() for name in PART_FIELDS})


def _tidy(text: str) -> str:
    """Lines end with a line feed; blanks at their ends and empty lines at the end of all say nothing."""
    return "\n".join(line.rstrip() for line in nfc(text).split("\n")).rstrip()


def with_more_rows(form: TemplateForm) -> TemplateForm:
    return replace(form, shown_rows=min(MAX_PARTS, max(form.shown_rows, len(form.parts)) + ROWS_AT_ONCE))


def draft_from(form: TemplateForm) -> tuple[TemplateDraft, dict[str, list[str]]]:
    """The draft that the form means, as far as it can be read, and what can't: field -> messages."""
    errors: dict[str, list[str]] = {}
    kind = QuestionType(form.type) if form.type in set(QuestionType) else QuestionType.SINGLE_CHOICE
    is_short = kind is QuestionType.SHORT_ANSWER
    has_key = kind in (QuestionType.SINGLE_CHOICE, QuestionType.SHORT_ANSWER)
    answer_kind = AnswerKind(form.answer_kind) if form.answer_kind in set(AnswerKind) else AnswerKind.NUMERIC
    template = ItemTemplate(
        type=kind,
        stem=form.stem,
        parameters=form.parameters,
        key=_only(form.key, "text", "value", "why") if has_key else TemplatePart(),
        parts=tuple(part for part in (_only(part, *FIELDS_OF_PARTS[kind]) for part in form.parts) if part != NOTHING),
        rows="" if kind in (QuestionType.SHORT_ANSWER, QuestionType.ESSAY) else form.rows,
        explanation=form.explanation,
        show=form.show,
        places=_whole(form.places, "places", 6, errors) if is_short else None,
        answer_kind=answer_kind if is_short else None,
        definitions=form.definitions,
        tables=_tables_from(form.tables, errors),
    )
    room = _whole(form.room, "room", MAX_ROOM, errors)
    may_meet = form.may_meet == "yes"
    return TemplateDraft(form.name, template, placement_from(form), room, form.licence, may_meet), errors


FIELDS_OF_PARTS: Mapping[QuestionType, tuple[str, ...]] = {
    QuestionType.SINGLE_CHOICE: ("text", "value", "why", "when"),
    QuestionType.MULTIPLE_RESPONSE: ("text", "value", "truth", "when"),
    QuestionType.TRUE_FALSE: ("text", "truth", "right", "wrong", "why", "level"),
    QuestionType.SHORT_ANSWER: ("text",),
    QuestionType.ESSAY: (),
}
"""What a row of the form says in each type; the other fields are kept on the page but not read."""


def _only(part: TemplatePart, *names: str) -> TemplatePart:
    return TemplatePart(**{name: text for name, text in asdict(part).items() if name in names})


def _whole(text: str, name: str, most: int, errors: dict[str, list[str]]) -> int | None:
    if not text:
        return None
    if not text.isascii() or not text.isdecimal() or len(text) > 9 or int(text) > most:
        errors[name] = ["Hãy nhập một số nguyên không âm, không quá lớn."]
        return None
    return int(text)


def _tables_from(text: str, errors: dict[str, list[str]]) -> dict[str, Any]:
    if not text.strip():
        return {}
    try:
        found = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        errors["tables"] = ['Bảng dữ liệu phải là JSON, ví dụ {"chat": [["sắt", 56], ["đồng", 64]]}.']
        return {}
    if not isinstance(found, dict):
        errors["tables"] = ["Bảng dữ liệu phải là các cặp tên và giá trị trong dấu { }."]
        return {}
    return found


def _refuse(name: str) -> float:
    raise ValueError(name)


def form_field(place: str) -> str:
    """The form's field for a place in a template: ``parts[2].value`` is ``part-2-value``."""
    if found := PLACE_IN_PARTS.fullmatch(place):
        return f"part-{found[1]}-{found[2] or 'text'}"
    if found := PLACE_IN_KEY.fullmatch(place):
        return f"key-{found[1] or 'text'}"
    return place
