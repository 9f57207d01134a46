"""Pages of the codes (mã đề): deal them, see how alike they are, take the key files."""

from flask import Blueprint, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from quizbank.permissions import EDIT_QUIZ, SEE_QUIZ_KEYS
from quizbank.quizzes import queries, variant_actions
from quizbank.quizzes.anchoring import Kept
from quizbank.quizzes.code_views import ANCHORED, codes_view
from quizbank.quizzes.codes import codes_from
from quizbank.quizzes.key_files.files import KEY_FILES, key_file, key_sheets
from quizbank.quizzes.key_files.layouts import LAYOUTS, ROMAN
from quizbank.quizzes.shuffling import Shuffling
from repository import web
from repository.errors import Invalid

pages = Blueprint("codes", __name__, url_prefix="/quizzes")

CHOICES = ("questions", "options", "within_passages", "statements", "keeps_sorted")
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


def reason_labels() -> dict[str, str]:
    """Why options stay where they are."""
    return {
        Kept.ASKED: _("câu hỏi ghi là giữ thứ tự phương án"),
        Kept.SORTED: _("phương án xếp theo thứ tự"),
        Kept.UNDERLINED: _("phương án đi theo thứ tự trong câu dẫn"),
        Kept.LETTERED: _("phương án mang tên A, B, C, D"),
        Kept.NAMED: _("câu dẫn gọi tên phương án"),
        ANCHORED: _("có phương án khoá hoặc nói về phương án khác"),
    }


def layout_labels() -> dict[str, str]:
    """What the layouts of key files are for."""
    return {
        "A-vertical": _("Dọc: mỗi câu của mỗi mã một hàng, có điểm, mức độ, chủ đề, lời giải"),
        "B-horizontal": _("Ngang: mỗi mã một hàng"),
        "C-matrix": _("Bảng: mỗi câu một hàng, mỗi mã một cột"),
        "TNMaker-2025": _("TNMaker 2025: như trên, đánh số liền qua ba phần"),
    }


@pages.get("/<int:quiz_id>/codes")
def show_codes(quiz_id: int) -> str:
    return codes_page(quiz_id)


def codes_page(quiz_id: int, wrong: str = "", typed: str = "") -> str:
    """The page; with a mistake what was typed stays."""
    quiz = queries.get_quiz(web.session(), web.actor(), quiz_id)
    view = codes_view(web.session(), quiz)
    return web.render(
        "quizbank/quizzes/show_codes.html",
        quiz=quiz,
        view=view,
        code_choices=[(code, code) for code in view.codes],
        file_choices=[(name, name) for name in KEY_FILES],
        may_edit=EDIT_QUIZ.allows(web.actor(), quiz) and quiz.assigned_at is None,
        may_see_keys=SEE_QUIZ_KEYS.allows(web.actor(), quiz),
        layouts=list(LAYOUTS),
        layout_labels=layout_labels(),
        reason_labels=reason_labels(),
        roman=ROMAN,
        wrong=wrong,
        typed=typed,
    )


@pages.post("/<int:quiz_id>/codes")
def deal_codes(quiz_id: int) -> Response | tuple[str, int]:
    queries.get_quiz(web.session(), web.actor(), quiz_id)
    typed = request.form.get("codes", "")
    try:
        dealt = variant_actions.deal_codes(
            web.session(),
            web.actor(),
            quiz_id,
            codes_from(typed),
            now=web.now(),
            shuffling=Shuffling(**{choice: choice in request.form for choice in CHOICES}),
            in_blocks=request.form.get("dealing") == "blocks",
        )
    except Invalid as error:
        return codes_page(quiz_id, web.message_of(error), typed), error.status
    web.say("Đã thêm {count} mã đề.", count=len(dealt))
    return web.go_to(f"/quizzes/{quiz_id}/codes")


@pages.post("/<int:quiz_id>/codes/delete")
def remove_codes(quiz_id: int) -> Response:
    variant_actions.remove_variants(web.session(), web.actor(), quiz_id, now=web.now())
    return web.go_to(f"/quizzes/{quiz_id}/codes")


@pages.get("/<int:quiz_id>/key-files")
def choose_keys(quiz_id: int) -> Response:
    """The file that a form names."""
    return key_answer(quiz_id, request.args.get("name", ""))


@pages.get("/<int:quiz_id>/key-files/<name>")
def download_keys(quiz_id: int, name: str) -> Response:
    """One key file, for all codes or for those named by ``code``."""
    return key_answer(quiz_id, name)


def key_answer(quiz_id: int, name: str) -> Response:
    sheets = key_sheets(web.session(), web.actor(), quiz_id, wanted_codes())
    answer = Response(key_file(sheets, name), content_type=MEDIA_TYPES[name.rpartition(".")[2]])
    code = f"-{sheets[0].code}" if len(sheets) == 1 and sheets[0].code else ""
    answer.headers["Content-Disposition"] = f'attachment; filename="dap-an-{quiz_id}{code}-{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def wanted_codes() -> tuple[str, ...]:
    """The codes that an address names, each once; an empty one means all."""
    return tuple(dict.fromkeys(code for code in request.args.getlist("code") if code))
