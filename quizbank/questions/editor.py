"""The question form: what it shows, and the question that it means. Mistakes are kept, to be shown again."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from quizbank.questions.formats.text_lines import tidy
from quizbank.questions.placement_form import placement_fields, placement_from, version_number_from
from quizbank.questions.rules import (
    OPTION_LETTERS,
    AnswerKind,
    NewQuestion,
    Part,
    QuestionContent,
    QuestionType,
)

ROWS = len(OPTION_LETTERS)
USUAL_ROWS = 4
MAX_PICTURE_WORDS = 300


@dataclass(frozen=True)
class PartRow:
    """One row of the form: option, statement or accepted value."""

    text: str = ""
    is_true: bool = False
    is_locked: bool = False
    level: str = ""


@dataclass(frozen=True)
class QuestionForm:
    """The form's fields as typed."""

    type: str = QuestionType.SINGLE_CHOICE
    stem: str = ""
    rows: tuple[PartRow, ...] = (PartRow(),) * USUAL_ROWS
    explanation: str = ""
    answer_kind: str = AnswerKind.NUMERIC
    tolerance: str = ""
    keeps_order: bool = False
    subject: str = ""
    programme: str = "gdpt-2018"
    grade: str = ""
    topic: str = ""
    level: str = ""
    tags: str = ""
    passage: str = ""
    source: str = ""
    licence: str = "cc-by-4.0"
    based_on: int | None = None
    origin: tuple[str, str] = ("", "")

    @property
    def all_rows(self) -> tuple[PartRow, ...]:
        return self.rows + (PartRow(),) * (ROWS - len(self.rows))


def form_of(question: NewQuestion, number: int | None = None) -> QuestionForm:
    """The form filled with a question; ``number``: the version it was opened at."""
    content, placement = question.content, question.placement
    return QuestionForm(
        type=content.type,
        stem=content.stem,
        rows=tuple(PartRow(part.text, part.is_true, part.is_locked, part.level or "") for part in content.parts),
        explanation=content.explanation,
        answer_kind=content.answer_kind or AnswerKind.NUMERIC,
        tolerance="" if content.tolerance is None else f"{content.tolerance.normalize():f}".replace(".", ","),
        keeps_order=content.keeps_order,
        **placement_fields(placement),
        passage=question.passage,
        source=question.source,
        licence=question.licence,
        based_on=number,
        origin=(question.source_file, question.source_place),
    )


def form_from(fields: Mapping[str, str]) -> QuestionForm:
    """The form as it was sent."""
    rows = [_row_from(fields, row) for row in range(ROWS)]
    while rows and not rows[-1].text:
        rows.pop()
    texts: dict[str, Any] = {
        name: tidy(fields.get(name, "").splitlines()) for name in ("stem", "explanation", "passage")
    }
    lines: dict[str, Any] = {name: fields.get(name, "").strip() for name in LINE_FIELDS}
    return QuestionForm(
        rows=tuple(rows),
        keeps_order=_is_on(fields, "keeps_order"),
        based_on=version_number_from(fields.get("based_on", "")),
        **texts,
        **lines,
    )


def _row_from(fields: Mapping[str, str], row: int) -> PartRow:
    text = tidy(fields.get(f"part-{row}", "").splitlines())
    level = fields.get(f"level-{row}", "").strip()
    return PartRow(text, _is_on(fields, f"true-{row}"), _is_on(fields, f"locked-{row}"), level)


TEXT_FIELDS = ("stem", "explanation", "passage")
LINE_FIELDS = (
    "type",
    "answer_kind",
    "tolerance",
    "subject",
    "programme",
    "grade",
    "topic",
    "level",
    "tags",
    "source",
    "licence",
)


def _is_on(fields: Mapping[str, str], name: str) -> bool:
    return bool(fields.get(name, ""))


def question_from(form: QuestionForm) -> tuple[NewQuestion, dict[str, list[str]]]:
    """The question that the form means, as far as it can be read, and what can't: field -> messages."""
    errors: dict[str, list[str]] = {}
    kind = QuestionType(form.type) if form.type in set(QuestionType) else QuestionType.SINGLE_CHOICE
    is_short = kind is QuestionType.SHORT_ANSWER
    tolerance = _number(form.tolerance, errors) if is_short and form.tolerance else None
    answer_kind = AnswerKind(form.answer_kind) if form.answer_kind in set(AnswerKind) else AnswerKind.NUMERIC
    rows = [row for row in form.rows if row.text] if is_short else form.rows
    if kind is QuestionType.ESSAY:
        rows = ()
    content = QuestionContent(
        type=kind,
        stem=form.stem,
        parts=tuple(_part_from(row, kind) for row in rows),
        explanation=form.explanation,
        answer_kind=answer_kind if is_short else None,
        tolerance=tolerance,
        keeps_order=form.keeps_order and kind is not QuestionType.ESSAY,
    )
    placement = placement_from(form)
    file, place = form.origin
    new = NewQuestion(content, placement, form.passage, form.source, file, place, form.licence)
    return new, errors


def _part_from(row: PartRow, kind: QuestionType) -> Part:
    """A row as the type reads it: the fields that it does not show don't count."""
    if kind is QuestionType.SHORT_ANSWER:
        return Part(row.text, is_true=True)
    return Part(row.text, row.is_true, row.is_locked, (row.level or None) if kind is QuestionType.TRUE_FALSE else None)


def _number(text: str, errors: dict[str, list[str]]) -> Decimal | None:
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        number = Decimal(-1)
    if not number.is_finite() or number < 0:
        errors["tolerance"] = ["Sai số phải là một số không âm."]
        return None
    return number


def with_images(form: QuestionForm, markup: Mapping[str, str]) -> QuestionForm:
    """The form with pictures added at the end of their texts: field (``stem``, ``part-0``, …) -> markup."""
    rows = list(form.all_rows)
    for name, text in markup.items():
        if name.startswith("part-"):
            row = int(name.removeprefix("part-"))
            rows[row] = replace(rows[row], text=_joined(rows[row].text, text))
    while rows and not rows[-1].text:
        rows.pop()
    more: dict[str, Any] = {
        name: _joined(getattr(form, name), markup[name]) for name in ("stem", "explanation") if name in markup
    }
    return replace(form, rows=tuple(rows), **more)


def picture_markup(sha256: str, words: str = "") -> str:
    """How a text names a kept picture; ``words`` tell what is to be seen to those who can't see it."""
    words = " ".join(words.replace("[", "(").replace("]", ")").split())[:MAX_PICTURE_WORDS]
    return f"![{words}](media:{sha256})"


def _joined(text: str, more: str) -> str:
    return f"{text}\n{more}" if text else more
