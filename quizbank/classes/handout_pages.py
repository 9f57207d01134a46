"""The page of the hand-out list, to print or to take as a workbook."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from quizbank.classes.handouts import Handout, handout_xlsx, make_handout, taught_classes
from quizbank.permissions import SCAN_SHEETS
from quizbank.quizzes import queries
from quizbank.quizzes.seating import MOST_COLUMNS, MOST_ROOMS, MOST_ROWS, MOST_SEATS, Hall
from repository import web
from repository.errors import Invalid

pages = Blueprint("handouts", __name__, url_prefix="/quizzes")

USUAL = Hall(rooms=1, rows=6, columns=4, people=24)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.get("/<int:quiz_id>/handout")
def show_handout(quiz_id: int) -> str | tuple[str, int]:
    """The choice of hall, and below it the list as soon as something was chosen."""
    quiz = queries.get_quiz(web.session(), web.actor(), quiz_id)
    handout: Handout | None = None
    wrong, status = "", 200
    if request.args:
        try:
            handout = _asked(quiz_id)
        except Invalid as error:
            wrong, status = web.message_of(error), error.status
    page = web.render(
        "quizbank/classes/show_handout.html",
        quiz=quiz,
        handout=handout,
        wrong=wrong,
        hall=_hall(),
        seed=_seed(quiz.seed),
        class_id=_class_id(),
        may_scan=SCAN_SHEETS.allows(web.actor(), quiz),
        class_choices=[(id_, f"{name} ({size})") for id_, name, size in taught_classes(web.session(), web.actor())],
        query=request.query_string.decode("ascii", "ignore"),
        most=Hall(MOST_ROOMS, MOST_ROWS, MOST_COLUMNS, MOST_SEATS),
    )
    return page, status


@pages.get("/<int:quiz_id>/handout.xlsx")
def download_handout(quiz_id: int) -> Response:
    answer = Response(handout_xlsx(_asked(quiz_id)), content_type=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="phat-de-{quiz_id}.xlsx"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _asked(quiz_id: int) -> Handout:
    quiz = queries.get_quiz(web.session(), web.actor(), quiz_id)
    return make_handout(web.session(), web.actor(), quiz_id, _hall(), _seed(quiz.seed), _class_id())


def _hall() -> Hall:
    return Hall(
        request.args.get("rooms", USUAL.rooms, type=int),
        request.args.get("rows", USUAL.rows, type=int),
        request.args.get("columns", USUAL.columns, type=int),
        request.args.get("people", USUAL.people, type=int),
    )


def _seed(usual: int) -> int:
    return request.args.get("seed", usual, type=int)


def _class_id() -> int | None:
    return request.args.get("class", type=int)
