"""The blueprint of the pages of item templates, and what they share."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint
from flask_babel import gettext as _

from quizbank.item_templates.editor import form_field
from quizbank.item_templates.trying import Fault, Trial
from quizbank.questions.cards import key_card
from quizbank.questions.rules import NewQuestion, Placement
from quizbank.questions.storing import preview_version

pages = Blueprint("item_templates", __name__, url_prefix="/item-templates")

Problem = tuple[str, str, str]
"""Where it leads (the id of a field of the form), what is said of the place, and the message."""


def shown_trial(trial: Trial, problems: Iterable[Problem] = ()) -> dict[str, Any]:
    """A trial with its clones as cards; ``problems`` beside its own."""
    clones = [
        {
            "number": one.number,
            "parameters": one.values,
            "card": key_card(preview_version(NewQuestion(one.content, Placement("", "")))) if one.content else None,
        }
        for one in trial.clones
    ]
    found = [*problems, *(problem_of(fault) for fault in trial.faults)]
    counts = {"draws": trial.draws, "different": trial.different, "unlucky": trial.unlucky, "unused": trial.unused}
    doubts = [translated(doubt) for doubt in trial.doubts]
    return {"trial": {**counts, "clones": clones, "problems": found, "doubts": doubts}}


def problem_of(fault: Fault) -> Problem:
    return form_field(fault.field), place_of(fault), translated(fault)


def translated(fault: Fault) -> str:
    """A fault in the reader's language."""
    return str(_(fault.message).format(**fault.facts))


def place_of(fault: Fault) -> str:
    """The field, and the line where it has several."""
    label = field_label(fault.field)
    if not fault.line:
        return label
    return str(_("%(field)s, dòng %(line)s, chữ thứ %(column)s", field=label, line=fault.line, column=fault.column))


def field_label(field: str) -> str:
    """What the form calls a field of a template."""
    name, _dot, _part = field.partition(".")
    if name.startswith("parts["):
        return str(_("Dòng phương án %(row)s", row=int(name[6:-1]) + 1))
    labels: dict[str, str] = {
        "name": _("Tên mẫu"),
        "parameters": _("Tham số"),
        "stem": _("Lời dẫn"),
        "key": _("Đáp án"),
        "parts": _("Phương án hoặc ý"),
        "rows": _("Danh sách phương án tính bằng biểu thức"),
        "explanation": _("Lời giải"),
        "show": _("Cách hiện một số"),
        "definitions": _("Hằng và hàm của mẫu"),
        "tables": _("Bảng dữ liệu"),
        "places": _("Làm tròn đến mấy chữ số thập phân"),
    }
    return labels.get(name, field)
