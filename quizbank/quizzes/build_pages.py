"""The page that builds a quiz from a matrix, and says what would have to give where it can't."""

import secrets
from collections.abc import Sequence

from flask import Blueprint, request
from werkzeug.wrappers import Response

from quizbank.matrices import queries as matrices
from quizbank.matrices.models import ExamMatrix
from quizbank.permissions import MAKE_QUIZ
from quizbank.quizzes import building
from quizbank.quizzes.assembly.feasibility import check_feasible
from quizbank.quizzes.assembly.papers import TargetsOutOfReach
from quizbank.quizzes.assembly.relaxations import Request, applied
from quizbank.quizzes.assembly.targets import NO_TARGETS
from quizbank.quizzes.assembly.wording import goal_sentence, relaxation_sentence
from quizbank.quizzes.build_form import targets_in, whole_in
from quizbank.quizzes.check_pages import place_of
from quizbank.quizzes.selection import PoolTooSmall
from repository import web

pages = Blueprint("quiz_building", __name__, url_prefix="/quizzes")
BETWEEN = "|"
SEEDS = 1_000_000


@pages.post("")
def build_quiz() -> Response | tuple[str, int]:
    MAKE_QUIZ.require(web.actor())
    kept = matrices.get_matrix(web.session(), web.actor(), request.form.get("matrix_id", type=int, default=0))
    title, seed = request.form.get("quiz_title", ""), whole_in(request.form, "seed")
    asked = Request(kept.matrix, targets_in(request.form), whole_in(request.form, "forms", 1))
    keys = [key for some in request.form.getlist("relax") for key in some.split(BETWEEN) if key]
    wanted = applied(asked, keys)
    try:
        built = building.build_forms(
            *(web.session(), web.actor(), wanted.matrix, wanted.targets),
            title=title,
            seed=seed,
            now=web.now(),
            forms=wanted.forms,
            matrix_id=kept.id,
        )
    except (PoolTooSmall, TargetsOutOfReach) as error:
        fields = [one for one in request.form.items(multi=True) if one[0] not in NOT_REPEATED]
        return report_page(kept, wanted, keys, fields, has_failed=True), error.status
    if len(built) > 1:
        web.say("Đã tạo {count} đề khác nhau từ cùng ma trận.", count=len(built))
    return web.go_to(f"/quizzes/{built[0].id}")


@pages.get("/build")
def check_build() -> str:
    """What the bank has for a matrix, before anything is built."""
    MAKE_QUIZ.require(web.actor())
    kept = matrices.get_matrix(web.session(), web.actor(), request.args.get("matrix_id", type=int, default=0))
    fields = {"matrix_id": kept.id, "quiz_title": kept.title, "seed": secrets.randbelow(SEEDS)}
    return report_page(kept, Request(kept.matrix, NO_TARGETS), [], list(fields.items()), has_failed=False)


def report_page(
    kept: ExamMatrix, wanted: Request, keys: list[str], fields: Sequence[tuple[str, object]], *, has_failed: bool
) -> str:
    """What is short, and buttons that build the quiz with a relaxation, or with all of them."""
    report = check_feasible(web.session(), web.actor(), wanted.matrix, wanted.targets, forms=wanted.forms)
    ways = sorted(report.relaxations, key=lambda one: (one.cell is not None, one.cell or 0))
    return web.render(
        "quizbank/quizzes/build_quiz.html",
        kept=kept,
        fields=fields,
        keys=keys,
        report=report,
        has_failed=has_failed,
        ways=[(one.key, relaxation_sentence(one)) for one in ways],
        all_keys=BETWEEN.join(one.key for one in report.relaxations),
        goals=[goal_sentence(one) for one in report.goals],
        place_of=place_of,
    )


NOT_REPEATED = frozenset({"csrf_token", "relax"})
