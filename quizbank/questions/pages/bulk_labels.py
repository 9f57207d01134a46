"""Bulk edits in the reader's words: fields, values, states and reasons, and what changes in a question."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from quizbank.questions.bulk import (
    TEXTS,
    BulkChange,
    BulkOutcome,
    BulkState,
    Difference,
    change_from_json,
)
from quizbank.questions.bulk_models import BulkEdit
from quizbank.questions.bulk_queries import ItemRow, differences_of
from quizbank.questions.comparing import Change, Piece, pieces_between
from quizbank.questions.pages.blueprint import field_labels, licence_labels, name_of
from quizbank.questions.pages.blueprint import state_labels as state_names
from quizbank.questions.pages.changes import html_of

SHORT, AROUND = 120, 50
NAMED = ("subject", "programme", "topic", "level", "statement-level")
_WORD = re.compile(r"\$[^$\n]+\$|!\[[^\]\n]*\]\([^()\s]*\)|\S+|\s+")


def row_texts(
    edit: BulkEdit, row: ItemRow, show: str, organisations: Mapping[int | None, str], target: str
) -> tuple[list[tuple[str, Markup]], str]:
    """What changes in a row, field by field, or why nothing does."""
    if show in ("left", "kept"):
        outcome = row.item.undo_outcome if show == "kept" else row.item.outcome
        return [], reason_labels()[BulkOutcome(outcome or BulkOutcome.SAME)]
    change = change_from_json(edit.change)
    found = differences_of(row, change, organisations, target)
    return [(label_of_field(one), shown_difference(one, change)) for one in found], ""


def shown_difference(one: Difference, change: BulkChange) -> Markup:
    """Old and new side by side; of a text with replaced words these, with a little around them."""
    if change.replacement and one.field in TEXTS and one.field not in change.values:
        pieces = tuple((kind, _shortened(kind, text)) for kind, text in pieces_between(one.old, one.new))
        return html_of(Change("text", pieces))
    old, new = (label_of(one.field, value) for value in (one.old, one.new))
    return Markup("<del>{}</del> → <ins>{}</ins>").format(_cut(old), _cut(new))


def _cut(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[: SHORT - 1]}…"


def _shortened(kind: Piece, text: str) -> str:
    """What stays, without its middle; formulas and pictures stay whole."""
    if kind is not Piece.SAME or len(text) <= 3 * AROUND:
        return text
    words = _WORD.findall(text)
    head, tail = "".join(_first(words)), "".join(reversed(list(_first(reversed(words)))))
    return f"{head}… {tail}"


def _first(words: Any) -> Iterator[str]:
    length = 0
    for word in words:
        if length + len(word) > AROUND and length:
            return
        length += len(word)
        yield word


def labels_of(line: Mapping[str, Any]) -> tuple[str, str]:
    return label_of(line["field"], line["old"]), label_of(line["field"], line["new"])


def label_of(field: str, value: Any) -> str:
    """A value in the reader's words."""
    if value is None and field == "statement-level":
        return str(_("như câu"))
    if value is None or value in ("", False, ()):
        return str(_("(trống)"))
    if field == "grade":
        return str(_("Lớp %(grade)s", grade=value))
    if field == "tags" and not isinstance(value, str):
        return ", ".join(value)
    if field == "keeps_order":
        return str(_("có"))
    if field == "state":
        return state_names()[value]
    if isinstance(value, Decimal):
        return f"{value.normalize():f}".replace(".", ",")
    names = {"licence": licence_labels(), "answer_kind": {"numeric": _("Số"), "text": _("Chữ")}}.get(field)
    if names is not None:
        return str(names.get(value, value))
    return name_of(value) if field in NAMED else str(value)


def label_of_field(one: Difference) -> str:
    return f"{field_names().get(one.field, '')} {one.letter}".strip()


def changed_fields(edit: BulkEdit) -> str:
    """Which fields a bulk edit sets, by name."""
    change = change_from_json(edit.change)
    if change.submits:
        return str(_("Gửi thẩm định"))
    if change.moves:
        return str(_("Chuyển đơn vị"))
    words = [f"“{change.replacement.find}” → “{change.replacement.put}”"] if change.replacement else []
    names = [*change.values, *(["tags"] if change.touches_tags else [])]
    return ", ".join([*words, *(str(field_names()[name]) for name in names)])


def field_names() -> dict[str, str]:
    return {
        **field_labels(),
        "tolerance": _("Sai số"),
        "keeps_order": _("Giữ thứ tự phương án"),
        "answer_kind": _("Trả lời ngắn so theo"),
        "statements": _("Mức độ của ý"),
        "state": _("Tình trạng"),
        "organisation": _("Đơn vị"),
    }


def state_labels() -> dict[str, str]:
    return {
        BulkState.CHOOSING: _("đang chọn"),
        BulkState.READY: _("đã xem trước, chưa áp dụng"),
        BulkState.APPLYING: _("đang sửa"),
        BulkState.DONE: _("đã sửa"),
        BulkState.UNDOING: _("đang hoàn tác"),
        BulkState.UNDONE: _("đã hoàn tác"),
    }


def reason_labels() -> dict[str, str]:
    return {
        BulkOutcome.SAME: _("đã đúng như vậy rồi"),
        BulkOutcome.NOT_ALLOWED: _("bạn không có quyền sửa câu này"),
        BulkOutcome.IN_REVIEW: _("đang chờ thẩm định"),
        BulkOutcome.WITHDRAWN: _("đã thu hồi"),
        BulkOutcome.NEWER: _("đã có người sửa từ lúc đó"),
        BulkOutcome.BAD_SUBJECT: _("môn không có trong chương trình"),
        BulkOutcome.BAD_PROGRAMME: _("chương trình không còn dùng"),
        BulkOutcome.BAD_GRADE: _("lớp không có trong chương trình"),
        BulkOutcome.BAD_TOPIC: _("chủ đề không thuộc môn và lớp của câu"),
        BulkOutcome.BAD_LEVEL: _("mức độ không thuộc chương trình của câu"),
        BulkOutcome.BAD_ORDER: _("câu không có phương án"),
        BulkOutcome.BAD_TOLERANCE: _("đáp án của câu không phải là số"),
        BulkOutcome.BAD_ANSWER_KIND: _("không phải câu trả lời ngắn"),
        BulkOutcome.BAD_STATEMENTS: _("không phải câu đúng/sai"),
        BulkOutcome.BAD_CONTENT: _("câu sẽ hỏng: có chỗ trống, quá dài, hai phương án trùng nhau, đáp án không là số"),
        BulkOutcome.FILLED: _("trường cần điền đã có giá trị"),
        BulkOutcome.NOT_FOUND: _("không có cụm từ cần tìm"),
        BulkOutcome.PUBLISHED: _("đã xuất bản, không có gì mới để gửi"),
        BulkOutcome.DOUBTFUL: _("còn chỗ ngờ từ tệp nguồn: hãy mở ra xem từng câu"),
        BulkOutcome.BAD_TAGS: _("quá 20 nhãn, hoặc nhãn quá 80 kí tự"),
    }
