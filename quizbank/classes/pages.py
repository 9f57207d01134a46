"""Classes: make one, join one, give it a quiz."""

import random

from flask import Blueprint, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from quizbank.classes import actions, queries
from quizbank.classes.queries import repairs_told
from quizbank.classes.schemas import assignment_in, default_form
from quizbank.permissions import MAKE_CLASS, TEACH_CLASS
from repository import web
from repository.errors import Conflict, Invalid

pages = Blueprint("classes", __name__)
DEFAULT_DURATION_MINUTES = 45


@pages.get("/classes")
def list_classes() -> str:
    after = request.args.get("after", type=int)
    rows, following = queries.list_classes(web.session(), web.actor(), after)
    return web.render(
        "quizbank/classes/list_classes.html",
        rows=rows,
        after=following,
        is_first=after is None,
        may_make=MAKE_CLASS.allows(web.actor()),
        code=request.args.get("code", ""),
    )


@pages.post("/classes")
def create_class() -> Response:
    made = actions.create_class(
        web.session(), web.actor(), request.form.get("name", ""), chance=random.SystemRandom(), now=web.now()
    )
    web.say("Đã tạo lớp. Hãy đưa mã lớp cho học sinh.")
    return web.go_to(url_for(".show_class", id=made.id))


@pages.post("/classes/join")
def join_class() -> Response:
    joined = actions.join_class(web.session(), web.actor(), request.form.get("code", ""), now=web.now())
    return web.go_to(url_for(".show_class", id=joined.id))


@pages.get("/classes/<int:id>")
def show_class(id: int) -> str:
    found = queries.get_class(web.session(), web.actor(), id)
    is_taught = TEACH_CLASS.allows(web.actor(), found)
    after = request.args.get("after", type=int)
    assignments, following = queries.list_assignments(web.session(), found, after)
    return web.render(
        "quizbank/classes/show_class.html",
        school_class=found,
        is_taught=is_taught,
        assignments=assignments,
        after=following,
        is_first=after is None,
        members=queries.list_members(web.session(), web.actor(), found) if is_taught else [],
        repaired=repairs_told(web.session(), assignments, is_taught=is_taught, now=web.now()),
        now=web.now(),
    )


@pages.post("/classes/<int:id>/code")
def renew_join_code(id: int) -> Response:
    actions.renew_join_code(web.session(), web.actor(), id, chance=random.SystemRandom(), now=web.now())
    web.say("Lớp có mã mới; mã cũ không dùng được nữa.")
    return web.go_to(url_for(".show_class", id=id))


@pages.post("/classes/<int:id>/members/<int:person_id>/remove")
def remove_member(id: int, person_id: int) -> Response:
    actions.remove_member(web.session(), web.actor(), id, person_id, now=web.now())
    web.say("Đã đưa học sinh ra khỏi lớp. Học sinh có thể vào lại bằng mã lớp.")
    return web.go_to(url_for(".show_class", id=id))


@pages.get("/classes/<int:id>/assign")
def assign_quiz(id: int) -> str:
    found = queries.get_taught_class(web.session(), web.actor(), id)
    quizzes = queries.quizzes_to_assign(web.session(), web.actor())
    chosen = next((quiz for quiz in quizzes if str(quiz.id) == request.args.get("quiz")), None)
    minutes = chosen.duration_minutes if chosen else DEFAULT_DURATION_MINUTES
    given = default_form(web.now(), request.args.get("quiz", ""), minutes)
    return web.render(
        "quizbank/classes/assign_quiz.html", school_class=found, quizzes=quizzes, given=given, errors={}, message=""
    )


@pages.post("/classes/<int:id>/assign")
def keep_assignment(id: int) -> Response | tuple[str, int]:
    try:
        made = actions.assign_quiz(web.session(), web.actor(), id, assignment_in(request.form), now=web.now())
    except (Invalid, Conflict) as refusal:
        return _show_refusal(id, refusal), refusal.status
    web.say("Đã giao đề cho lớp.")
    return web.go_to(url_for("attempts.show_results", id=made.id))


@pages.get("/assignments/new")
def choose_class() -> str:
    rows, _ = queries.list_classes(web.session(), web.actor())
    taught = [row for row in rows if row.is_taught]
    quiz = request.args.get("quiz", "")
    return web.render("quizbank/classes/choose_class.html", rows=taught, quiz=quiz)


def _show_refusal(class_id: int, refusal: Invalid | Conflict) -> str:
    """The form once more, with everything as it was typed."""
    return web.render(
        "quizbank/classes/assign_quiz.html",
        school_class=queries.get_taught_class(web.session(), web.actor(), class_id),
        quizzes=queries.quizzes_to_assign(web.session(), web.actor()),
        given=request.form,
        errors={name: list(map(gettext, messages)) for name, messages in refusal.facts.get("fields", {}).items()},
        message=web.message_of(refusal),
    )
