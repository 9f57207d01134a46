"""The key files of a quiz: four layouts as Excel and CSV, and JSON. Only for those who may see the keys."""

import json
from collections.abc import Collection, Sequence
from decimal import Decimal

from sqlalchemy.orm import Session

from quizbank.permissions import SEE_QUIZ_KEYS
from quizbank.questions.rules import OPTION_LETTERS, QuestionType
from quizbank.questions.rulings import Treatment, content_with_key, right_letters
from quizbank.quizzes.explanations import explanation_for
from quizbank.quizzes.forms import forms_of
from quizbank.quizzes.key_files.layouts import LAYOUTS, KeyAnswer, KeySheet
from quizbank.quizzes.key_files.tables import csv_bytes, xlsx_bytes
from quizbank.quizzes.key_files.values import CANCELLED, accepted_of, choice_value, key_value
from quizbank.quizzes.queries import PaperItem, get_quiz, paper_of, rulings_of, variants_with_items, versions_of
from repository.curriculum.queries import curriculum
from repository.errors import Invalid, NotFound
from repository.permissions import Actor

JSON_NAME = "keys.json"
KEY_FILES: tuple[str, ...] = (*(f"{layout}.{kind}" for layout in LAYOUTS for kind in ("xlsx", "csv")), JSON_NAME)
_LETTERED = frozenset({QuestionType.SINGLE_CHOICE, QuestionType.MULTIPLE_RESPONSE})


def key_sheets(session: Session, actor: Actor, quiz_id: int, codes: Collection[str] = ()) -> list[KeySheet]:
    """The keys that count now, a sheet for every code of every form; a quiz without codes has one sheet.

    Args:
        session: the database.
        actor: who asks.
        quiz_id: any form of the quiz.
        codes: those that are wanted, in that order; empty: all, in their order.

    Raises:
        Forbidden: the actor may not see the keys.
        NotFound: there is no such code.
        Invalid: the quiz has essays only.
    """
    found: dict[str, KeySheet] = {}
    asked = get_quiz(session, actor, quiz_id)
    forms = forms_of(session, asked)
    for quiz in forms:
        SEE_QUIZ_KEYS.require(actor, quiz)
        versions, rulings = versions_of(session, quiz), rulings_of(session, quiz)
        variants = variants_with_items(session, quiz.id)
        papers = {variant.code: paper_of(quiz, versions, variant, rulings) for variant in variants}
        if not papers and quiz.id == asked.id:
            papers = {"": paper_of(quiz, versions, rulings=rulings)}
        found |= {code: KeySheet(code, _answers_of(paper)) for code, paper in papers.items()}
    if len(found) > 1:
        found.pop("", None)
    for code in codes:
        if code not in found:
            raise NotFound("Đề này không có mã đề {code}.", code=code)
    sheets = [found[code] for code in (codes or sorted(found))]
    if not any(sheet.answers for sheet in sheets):
        raise Invalid("Đề chỉ có câu tự luận nên không có tệp đáp án.")
    return sheets


def key_file(sheets: Sequence[KeySheet], name: str) -> bytes:
    """One of ``KEY_FILES``.

    Raises:
        NotFound: there is no such layout.
    """
    layout, _, kind = name.rpartition(".")
    if name not in KEY_FILES:
        raise NotFound("Không có mẫu tệp đáp án này.")
    if name == JSON_NAME:
        return _json_bytes(sheets)
    rows = LAYOUTS[layout](sheets)
    return csv_bytes(rows) if kind == "csv" else xlsx_bytes([(layout, rows)])


def key_files_of(session: Session, actor: Actor, quiz_id: int, codes: Collection[str] = ()) -> dict[str, bytes]:
    """Name -> bytes of every key file; the same quiz gives the same bytes. See ``key_sheets``."""
    sheets = key_sheets(session, actor, quiz_id, codes)
    return {name: key_file(sheets, name) for name in KEY_FILES}


def _answers_of(paper: Sequence[PaperItem]) -> tuple[KeyAnswer, ...]:
    return tuple(_answer_of(one) for one in paper if one.version.type != QuestionType.ESSAY)


def _answer_of(one: PaperItem) -> KeyAnswer:
    """A question that nobody counts is cancelled and worth nothing: files know no other word for it."""
    version, name_of = one.version, curriculum().name_of
    is_left_out = one.ruling is not None and one.ruling.treatment is Treatment.LEFT_OUT
    content = content_with_key(version.content, one.ruling)
    return KeyAnswer(
        part=one.item.part,
        number=one.number,
        key=file_value(one),
        marks=Decimal(0) if is_left_out else one.item.marks,
        level=name_of(version.level) if version.level else "",
        topic=name_of(version.topic) if version.topic else "",
        origin=str(one.item.position),
        explanation=explanation_for(content, one.option_order).text,
    )


def file_value(one: PaperItem) -> str:
    """The key of a question on a paper, in shown letters, as files have it (see ``values``)."""
    if one.ruling is not None and one.ruling.treatment in (Treatment.ALL_RIGHT, Treatment.LEFT_OUT):
        return CANCELLED
    kind = QuestionType(one.version.type)
    if kind in _LETTERED:
        shown = (OPTION_LETTERS[one.option_order.index(letter)] for letter in right_letters(one.keyed))
        return choice_value("".join(shown), kind)
    value = key_value(one.keyed)
    if kind is QuestionType.TRUE_FALSE:
        return "".join(value[OPTION_LETTERS.index(letter)] for letter in one.option_order)
    return value


def _json_bytes(sheets: Sequence[KeySheet]) -> bytes:
    data = {
        "format": "hoclieu-keys",
        "version": 1,
        "codes": [{"code": sheet.code, "answers": [_json_of(one) for one in sheet.answers]} for sheet in sheets],
    }
    return json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n"


def _json_of(one: KeyAnswer) -> dict[str, object]:
    return {
        "part": one.part,
        "number": one.number,
        "key": one.key,
        "accepted": accepted_of(one.key) if one.part == 3 and one.key != CANCELLED else [],
        "is_cancelled": one.key == CANCELLED,
        "marks": "" if one.marks is None else f"{one.marks:f}",
        "level": one.level,
        "topic": one.topic,
        "item": int(one.origin) if one.origin else None,
        "explanation": one.explanation,
    }
