"""Files of templates: TOML, one ``[[template]]`` for each, with tables and definitions that they share.

Every template that is read stands alone: it takes along the shared tables and the lines of the shared definitions
that it uses, and no more.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from quizbank.item_templates.errors import Place, TemplateError
from quizbank.item_templates.rules import BLANK, ItemTemplate, NewTemplate, TemplatePart
from quizbank.item_templates.scanning import scan_program
from quizbank.questions.rules import AnswerKind, QuestionType

WORD = re.compile(r"[A-Za-z][A-Za-z0-9_]*", re.ASCII)
TEXTS = ("parameters", "stem", "explanation", "show")
FIELDS = {*TEXTS, "name", "topic", "level", "room", "may_meet", "type", "key", "value", "places"}
PARTS: dict[QuestionType, tuple[str, set[str], list[tuple[str, ...]]]] = {
    QuestionType.SINGLE_CHOICE: ("distractors", {"text", "value", "why", "when"}, [("text", "why")]),
    QuestionType.MULTIPLE_RESPONSE: ("options", {"text", "value", "truth", "when"}, [("text", "truth")]),
    QuestionType.TRUE_FALSE: (
        "statements",
        {"text", "truth", "right", "wrong", "why", "level"},
        [
            ("text", "truth", "why"),
            ("text", "truth", "why", "level"),
            ("text", "right", "wrong", "why"),
            ("text", "right", "wrong", "why", "level"),
        ],
    ),
    QuestionType.SHORT_ANSWER: ("accepted", {"text"}, [("text",)]),
    QuestionType.ESSAY: ("parts", set(), [()]),
}
"""What the parts of a type are called in a file, their fields, and the fields of a part written as a list."""

KEYED = {QuestionType.SINGLE_CHOICE, QuestionType.SHORT_ANSWER}


def read_templates(text: str) -> list[NewTemplate]:
    """The templates of a file, in its order; expressions are not looked into yet.

    Raises:
        TemplateError: not TOML, or an entry is missing, unknown or of the wrong kind; the place names it.
    """
    try:
        document = tomllib.loads(text, parse_float=_decimal)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise TemplateError("Tệp không phải là TOML: {reason}", Place("file"), reason=str(error)[:200]) from None
    return read_document(document)


def read_document(document: Mapping[str, Any]) -> list[NewTemplate]:
    """The same from a file already parsed."""
    unknown = set(document) - {"template", "tables", "definitions", "topics"}
    if unknown:
        raise TemplateError("Tệp có mục lạ: {names}.", Place("file"), names=", ".join(sorted(unknown)))
    tables, definitions = document.get("tables", {}), _text(document, "definitions", "definitions")
    entries = document.get("template", [])
    if not isinstance(entries, list) or not isinstance(tables, dict):
        raise TemplateError("Mỗi câu mẫu bắt đầu bằng [[template]], bảng chung bằng [tables].", Place("file"))
    shared = _Shared(tables, definitions)
    topics = document.get("topics", {})
    return [_new_template(entry, f"template[{place}]", shared, topics) for place, entry in enumerate(entries)]


def _decimal(text: str) -> float:
    if len(text) > 16 or "e" in text.lower() or "n" in text.lower():
        raise tomllib.TOMLDecodeError(f"{text[:40]}")
    return float(text)


class _Shared:
    """What the templates of a file have in common."""

    def __init__(self, tables: Mapping[str, Any], definitions: str) -> None:
        self.tables = tables
        self.lines = _lines_of(definitions)

    def used_by(self, text: str) -> tuple[dict[str, Any], str]:
        """The tables and the definitions that ``text`` names, and those that these name."""
        known = set(WORD.findall(text))
        chosen: list[str] = []
        for targets, line in reversed(self.lines):
            if targets & known:
                chosen.insert(0, line)
                known |= _words(line)
        return {name: data for name, data in self.tables.items() if name in known}, "\n".join(chosen)


@lru_cache(maxsize=64)
def _lines_of(definitions: str) -> list[tuple[frozenset[str], str]]:
    """The statements of shared definitions as they are written, with the names that each defines."""
    rows = definitions.split("\n")
    statements = list(scan_program(definitions, "definitions"))
    ends = [*(statement.place.line - 1 for statement in statements[1:]), len(rows)]
    return [
        (_targets(statement.target), "\n".join(rows[statement.place.line - 1 : end]).rstrip())
        for statement, end in zip(statements, ends, strict=False)
    ]


@lru_cache(maxsize=1024)
def _words(line: str) -> frozenset[str]:
    return frozenset(WORD.findall(line))


def _targets(target: str) -> frozenset[str]:
    """The names that a line defines: of a function its own, not those of its arguments."""
    function = re.match(r"\s*(\w+)\s*\(", target)
    return frozenset({function[1]} if function else WORD.findall(target))


def _new_template(entry: Any, field: str, shared: _Shared, topics: Mapping[str, Any]) -> NewTemplate:
    if not isinstance(entry, dict):
        raise TemplateError("Mỗi câu mẫu bắt đầu bằng [[template]].", Place(field))
    name = _text(entry, "name", field)
    if not name:
        raise TemplateError("Câu mẫu không có tên (name).", Place(field))
    topic = _text(entry, "topic", field)
    room = entry.get("room")
    if room is not None and (type(room) is not int or room < 1):
        raise TemplateError("Mục room phải là số nguyên dương.", Place(f"{field}.room"))
    may_meet = entry.get("may_meet", False)
    if not isinstance(may_meet, bool):
        raise TemplateError("Mục may_meet phải là true hoặc false.", Place(f"{field}.may_meet"))
    template = _item_template(entry, field, shared)
    return NewTemplate(name, template, str(topics.get(topic, topic)), _text(entry, "level", field), room, may_meet)


def _item_template(entry: dict[str, Any], field: str, shared: _Shared) -> ItemTemplate:
    kind = _type(entry, field)
    called, _, _ = PARTS[kind]
    unknown = set(entry) - FIELDS - {called, "rows"}
    if unknown:
        raise TemplateError("Câu mẫu có mục lạ: {names}.", Place(field), names=", ".join(sorted(unknown)))
    places = entry.get("places")
    if places is not None and (type(places) is not int or not 0 <= places <= 6):
        raise TemplateError("Mục places phải là số nguyên từ 0 đến 6.", Place(f"{field}.places"))
    key = TemplatePart(text=_text(entry, "key", field), value=_text(entry, "value", field))
    rows, given = _text(entry, "rows", field), entry.get(called, [])
    if isinstance(given, str):
        rows, given = given, []
    if not isinstance(given, list):
        raise TemplateError("Mục này phải là danh sách.", Place(f"{field}.{called}"))
    parts = tuple(_part(part, kind, f"{field}.{called}[{place}]", bool(key.value)) for place, part in enumerate(given))
    texts = {name: _text(entry, name, field) for name in TEXTS}
    written = "\n".join([*texts.values(), rows, *(text for part in (key, *parts) for text in vars(part).values())])
    tables, definitions = shared.used_by(written)
    is_short = kind is QuestionType.SHORT_ANSWER
    answer_kind = (AnswerKind.NUMERIC if key.value else AnswerKind.TEXT) if is_short else None
    return ItemTemplate(
        kind,
        **texts,
        key=key,
        parts=parts,
        rows=rows,
        places=places,
        answer_kind=answer_kind,
        definitions=definitions,
        tables=tables,
    )


def _type(entry: dict[str, Any], field: str) -> QuestionType:
    try:
        kind = QuestionType(entry.get("type", ""))
    except ValueError:
        raise TemplateError(
            "Mục type phải là một trong: {names}.", Place(f"{field}.type"), names=", ".join(QuestionType)
        ) from None
    if (kind in KEYED) is not bool({"key", "value"} & set(entry)):
        message = (
            "Câu mẫu cần key (đoạn chữ) hoặc value (số)." if kind in KEYED else "Loại câu này không có key, value."
        )
        raise TemplateError(message, Place(field))
    if {"key", "value"} <= set(entry):
        raise TemplateError("Chỉ dùng một trong hai: key (đoạn chữ) hoặc value (số).", Place(field))
    return kind


def _part(part: Any, kind: QuestionType, field: str, by_value: bool) -> TemplatePart:
    """A part as a table, or as a list of its usual fields; with a key by value its options are values too."""
    _, allowed, shapes = PARTS[kind]
    if isinstance(part, list):
        is_filled = kind is QuestionType.TRUE_FALSE and bool(BLANK.search(str(part[:1])))
        fitting = [shape for shape in shapes if len(shape) == len(part)]
        names = next((shape for shape in fitting if is_filled is ("right" in shape)), fitting[0] if fitting else None)
        if names is None:
            raise TemplateError("Danh sách này phải có {count} mục.", Place(field), count=len(shapes[-1]))
        part = dict(zip(("value" if name == "text" and by_value else name for name in names), part, strict=True))
    if not isinstance(part, dict) or set(part) - allowed:
        raise TemplateError("Mỗi phần chỉ có các mục: {names}.", Place(field), names=", ".join(sorted(allowed)))
    return TemplatePart(**{name: _text(part, name, field) for name in part})


def _text(entry: Mapping[str, Any], name: str, field: str) -> str:
    value = entry.get(name, "")
    if isinstance(value, bool | float) or not isinstance(value, str | int):
        raise TemplateError("Mục {name} phải là đoạn chữ.", Place(f"{field}.{name}"), name=name)
    return str(value)
