"""Targets, relaxations and reasons in the reader's words."""

from collections.abc import Mapping
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _

from quizbank.quizzes.assembly.assemble import Why
from quizbank.quizzes.assembly.relaxations import Relaxation, facts_of
from repository.curriculum.queries import curriculum
from repository.formatting import format_number


def relaxation_sentence(one: Relaxation) -> str:
    """What a relaxation does, with names in the reader's language."""
    facts = facts_of(one.before, one.key, curriculum(), str(get_locale()))
    return str(_(one.message).format(**facts))


def goal_sentence(goal: Mapping[str, Any]) -> str:
    """What a target wants and what can be had, in marks of ten where it is a share of marks."""
    name = str(goal["goal"])
    if name.startswith("information"):
        return str(
            _(
                "Lượng thông tin ở năng lực %(ability)s: cần từ %(low)s đến %(high)s, gần nhất đạt được %(nearest)s.",
                ability=name.removeprefix("information"),
                **{key: format_number(round(float(goal[key]), 2)) for key in ("low", "high", "nearest")},
            )
        )
    marks = {key: format_number(round(float(goal[key]) * 10, 2)) for key in ("low", "high", "nearest")}
    if name == "difficulty":
        return str(_("Điểm trung bình dự kiến: cần từ %(low)s đến %(high)s, gần nhất đạt được %(nearest)s.", **marks))
    return str(
        _(
            "Điểm trung bình dự kiến của phần %(part)s: cần từ %(low)s đến %(high)s (thang 10), gần nhất %(nearest)s.",
            part=name.removeprefix("part-"),
            **marks,
        )
    )


def why_sentence(why: Why) -> str:
    """Why the assembly took a question."""
    facts = {"rank": why.rank, "of": why.of}
    match why.how:
        case "swapped":
            return str(_("Thay vào để đạt yêu cầu của đề; đứng thứ %(rank)s trong %(of)s câu của ô.", **facts))
        case "passage":
            return str(_("Đi cùng cả ngữ liệu."))
        case "optimised":
            return str(_("Được chọn để đề đạt đủ mọi yêu cầu; đứng thứ %(rank)s trong %(of)s câu của ô.", **facts))
        case _:
            return str(_("Bốc thăm: đứng thứ %(rank)s trong %(of)s câu của ô.", **facts))
