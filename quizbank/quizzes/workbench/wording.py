"""What the workbench says, in the reader's language."""

from collections.abc import Sequence

from flask_babel import format_decimal
from flask_babel import gettext as _

from quizbank.matrices.pages import level_label, topic_label
from quizbank.matrices.rules import Cell
from quizbank.questions.pages.blueprint import type_labels
from quizbank.quizzes.estimates import Prediction
from quizbank.quizzes.papers.wording import ROMAN
from quizbank.quizzes.selection import PoolTooSmall
from quizbank.quizzes.workbench.queries import BenchView, Why

FEW = 0.25
"""Below this share of questions with enough answers a prediction rests on expectations."""


def step_labels() -> dict[str, str]:
    """What the kinds of steps are called, after "Hoàn tác" and "Làm lại"."""
    return {
        "lock": _("khoá câu"),
        "unlock": _("mở khoá câu"),
        "swap": _("đổi câu"),
        "choose": _("chọn câu thay"),
        "move": _("chuyển chỗ"),
        "marks": _("sửa điểm"),
        "spread": _("chia điểm của phần"),
        "add": _("thêm câu"),
        "remove": _("bỏ câu"),
        "redraw": _("bốc lại"),
    }


def done_labels() -> dict[str, str]:
    """What is said when a step was taken; ``{place}`` is the question as the paper names it."""
    return {
        "lock": _("Đã khoá {place}."),
        "unlock": _("Đã mở khoá {place}."),
        "swap": _("Đã đổi {place} lấy câu tương đương."),
        "choose": _("Đã thay {place}."),
        "move": _("Đã chuyển, nay là {place}."),
        "marks": _("Đã sửa điểm của {place}."),
        "spread": _("Đã chia đều điểm của phần."),
        "add": _("Đã thêm, là {place}."),
        "remove": _("Đã bỏ câu."),
        "redraw": _("Đã bốc lại các câu không khoá."),
        "undo": _("Đã hoàn tác: {step}."),
        "redo": _("Đã làm lại: {step}."),
    }


def tenth(value: float) -> str:
    """``6,1``."""
    return str(format_decimal(value, "0.0"))


def range_text(prediction: Prediction) -> str:
    """``6,1–7,0``."""
    return f"{tenth(prediction.low)}–{tenth(prediction.high)}"


def trust_text(view: BenchView) -> str:
    """How much a prediction rests on."""
    count = len(view.items)
    if view.known == 0:
        return str(_("Chưa câu nào có đủ 20 lượt trả lời: số này chỉ dựa vào mức độ và dạng của từng câu."))
    said = _("%(known)s trên %(count)s câu có từ 20 lượt trả lời trở lên.", known=view.known, count=count)
    if view.known < count * FEW:
        rest = _("Phần còn lại ước theo mức độ và dạng, nên khoảng này còn rộng.")
        return f"{said} {rest}"
    return str(said)


def place_name(view: BenchView, position: int) -> str:
    """A question as the paper names it: ``câu 3 phần I``."""
    found = next((one for one in view.items if one.position == position), view.items[-1])
    return str(_("câu %(number)s phần %(part)s", number=found.paper.number, part=ROMAN[found.paper.item.part]))


def short_text(error: PoolTooSmall, cells: Sequence[Cell]) -> str:
    """Every short cell in a sentence."""
    told = [
        _(
            "%(level)s / %(topic)s (%(type)s) cần %(wanted)s, ngân hàng có %(available)s",
            level=level_label(cell.level),
            topic=topic_label(cell.topic),
            type=type_labels()[cell.type],
            wanted=short.wanted,
            available=short.available,
        )
        for short in error.short
        for cell in [cells[short.cell]]
    ]
    return "; ".join(told) + "."


def why_text(why: Why, seed: int) -> str:
    """Why a question stands on the paper."""
    if why.kind == "swap":
        return str(_("Đổi từ câu hỏi số %(id)s: cùng ô ma trận, độ khó gần nhất.", id=why.instead_of))
    if why.kind == "choose":
        return str(_("Bạn chọn thay câu hỏi số %(id)s.", id=why.instead_of))
    if why.kind == "add":
        return str(_("Bạn thêm từ ngân hàng."))
    if why.kind == "redraw":
        return str(_("Bốc lại cho ô này, không trùng và không gần giống câu nào trong đề."))
    told = why.assembly
    if told is None:
        return str(_("Bốc cho ô này theo hạt giống %(seed)s.", seed=seed))
    if told.how == "passage":
        return str(_("Có mặt cùng cả ngữ liệu của nó."))
    if told.how == "swapped":
        return str(_("Bộ dựng đề đổi vào để đạt yêu cầu của đề; ô này có %(count)s câu hợp.", count=told.of))
    if told.how == "optimised":
        return str(_("Bộ tối ưu chọn để đạt yêu cầu của đề; ô này có %(count)s câu hợp.", count=told.of))
    return str(
        _(
            "Bốc theo hạt giống %(seed)s: thứ %(rank)s trong %(count)s câu hợp ô.",
            seed=seed,
            rank=told.rank,
            count=told.of,
        )
    )
