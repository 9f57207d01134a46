"""Practice, sittings, their reviews, assignments as students and teachers see them, and one's own progress."""

import random
from collections.abc import Iterable

from flask import Blueprint, flash, request, url_for
from flask_babel import get_locale, gettext
from werkzeug.wrappers import Response

from quizbank.attempts import actions
from quizbank.attempts.descriptions import lectures_for, practice_scopes, supply_to_practise, views_of
from quizbank.attempts.notices import remark_notices
from quizbank.attempts.progress import attempts_at, find_unfinished, get_progress
from quizbank.attempts.queries import Place, get_place, get_sitting
from quizbank.attempts.rules import DEFAULT_PRACTICE_COUNT, PRACTICE_COUNTS, AttemptClosed, StaleAnswer
from quizbank.attempts.schemas import answers_in_form, wish_in
from quizbank.attempts.standings import get_standings
from quizbank.classes.queries import get_assignment, is_member
from quizbank.quizzes.models import Quiz
from repository import web
from repository.collation import sort_key
from repository.curriculum.queries import curriculum

pages = Blueprint("attempts", __name__)


@pages.get("/practice")
def choose_practice() -> str:
    subject = request.args.get("subject", "")
    supply = supply_to_practise(web.session(), web.services().search, subject)
    return web.render(
        "quizbank/attempts/choose_practice.html",
        subjects=sorted(
            ((one, name_of(one), count) for one, count in supply.subjects.items()), key=lambda row: sort_key(row[1])
        ),
        subject=subject if subject in supply.subjects else "",
        topic=request.args.get("topic", ""),
        level=request.args.get("level", ""),
        scopes=practice_scopes(supply, subject, str(get_locale())),
        levels=curriculum().current_programme.levels,
        counts=PRACTICE_COUNTS,
        default_count=DEFAULT_PRACTICE_COUNT,
        unfinished=find_unfinished(web.session(), web.actor()),
        name_of=name_of,
        locale_code=str(get_locale()),
    )


@pages.post("/practice")
def begin_practice() -> Response:
    wish = wish_in(request.form)
    attempt = actions.start_practice(
        web.session(), web.ensure_browser_key(), wish, chance=random.SystemRandom(), now=web.now()
    )
    if attempt.max_marks < wish.count:
        web.say(
            "Ở đây chỉ có {available} câu, ít hơn {wanted} câu bạn muốn.",
            available=attempt.max_marks,
            wanted=wish.count,
        )
    return web.go_to(url_for(".show_attempt", token=attempt.token))


@pages.get("/attempts/<token>")
def show_attempt(token: str) -> str | Response:
    sitting = get_sitting(web.session(), web.actor(), token)
    if sitting.attempt.submitted_at is not None:
        return web.go_to(url_for(".show_review", token=token))
    views = views_of(sitting, web.now())
    return web.render(
        "quizbank/attempts/show_attempt.html",
        sitting=sitting,
        place=sitting.place,
        views=views,
        lectures=lectures_for(web.services().search, views),
        is_overdue=sitting.place.is_overdue(web.now()),
        title=title_of(sitting.place),
        name_of=name_of,
    )


@pages.post("/attempts/<token>")
def answer_attempt(token: str) -> Response:
    keep_form_answers(token)
    step, _, position = request.form.get("step", "save").partition("-")
    if step == "check" and position.isdecimal() and len(position) < 6:
        actions.check_answer(web.session(), web.actor(), token, int(position), now=web.now())
        return web.go_to(url_for(".show_attempt", token=token, _anchor=f"question-{position}"))
    if step == "submit":
        return web.go_to(url_for(".confirm_submit", token=token))
    if step == "finish":
        actions.submit_attempt(web.session(), web.actor(), token, now=web.now())
    return web.go_to(url_for(".show_attempt", token=token))


@pages.get("/attempts/<token>/submit")
def confirm_submit(token: str) -> str | Response:
    sitting = get_sitting(web.session(), web.actor(), token)
    if sitting.attempt.submitted_at is not None:
        return web.go_to(url_for(".show_review", token=token))
    return web.render(
        "quizbank/attempts/confirm_submit.html", sitting=sitting, place=sitting.place, title=title_of(sitting.place)
    )


@pages.post("/attempts/<token>/submit")
def submit_attempt(token: str) -> Response:
    actions.submit_attempt(web.session(), web.actor(), token, now=web.now())
    return web.go_to(url_for(".show_review", token=token))


@pages.get("/attempts/<token>/review")
def show_review(token: str) -> str | Response:
    sitting = get_sitting(web.session(), web.actor(), token)
    if sitting.attempt.submitted_at is None:
        return web.go_to(url_for(".show_attempt", token=token))
    may_see = sitting.place.shows_key(web.now())
    views = views_of(sitting, web.now()) if may_see else []
    return web.render(
        "quizbank/attempts/show_review.html",
        sitting=sitting,
        place=sitting.place,
        attempt=sitting.attempt,
        may_see=may_see,
        views=views,
        lectures=lectures_for(web.services().search, views),
        title=title_of(sitting.place),
        name_of=name_of,
    )


@pages.get("/assignments/<int:id>")
def show_assignment(id: int) -> str | Response:
    assignment, school_class = get_assignment(web.session(), web.actor(), id)
    if not is_member(web.session(), web.actor(), school_class.id):
        return web.go_to(url_for(".show_results", id=id))
    attempts = attempts_at(web.session(), web.actor(), [id]).get(id, ())
    places = [Place(attempt, assignment) for attempt in attempts]
    return web.render(
        "quizbank/attempts/show_assignment.html",
        assignment=assignment,
        school_class=school_class,
        quiz=web.session().get_one(Quiz, assignment.quiz_id),
        places=places,
        notices=remark_notices(web.session(), [place.attempt for place in places if place.shows_key(web.now())]),
        running=next((place for place in places if place.is_open(web.now())), None),
        name_of=name_of,
    )


@pages.post("/assignments/<int:id>/attempts")
def begin_assigned(id: int) -> Response:
    attempt = actions.start_assigned(web.session(), web.actor(), id, now=web.now())
    return web.go_to(url_for(".show_attempt", token=attempt.token))


@pages.get("/assignments/<int:id>/results")
def show_results(id: int) -> str:
    standings = get_standings(web.session(), web.actor(), id)
    is_repaired = any(row.ruling for row in standings.questions)
    best = [row.best for row in standings.students if row.best is not None and is_repaired]
    return web.render(
        "quizbank/attempts/show_results.html",
        standings=standings,
        notices=remark_notices(web.session(), best) if best else {},
        name_of=name_of,
    )


@pages.post("/assignments/<int:id>/close")
def end_assignment(id: int) -> Response:
    actions.end_assignment(web.session(), web.actor(), id, now=web.now())
    web.say("Đã đóng bài. Ai đang làm dở được chấm với những câu đã lưu.")
    return web.go_to(url_for(".show_results", id=id))


@pages.get("/me")
def show_progress() -> str:
    after = request.args.get("after", type=int)
    return web.render(
        "quizbank/attempts/show_progress.html",
        progress=get_progress(web.session(), web.actor(), after, now=web.now()),
        is_first=after is None,
        title_of=title_of,
        name_of=name_of,
    )


def keep_form_answers(token: str) -> None:
    """Save what the form changed; an answer that lost against another window is told, the others are kept."""
    if not get_place(web.session(), web.actor(), token).is_open(web.now()):
        flash(gettext("Đã hết giờ làm bài. Những câu đã lưu trước đó đều được tính."), "error")
        return
    lost = list(save_form_answers(token))
    if lost:
        numbers = ", ".join(map(str, lost))
        flash(
            gettext(
                "Câu %(numbers)s đã được trả lời ở một cửa sổ khác. Trang này hiện câu trả lời đó; hãy sửa nếu cần.",
                numbers=numbers,
            ),
            "error",
        )


def save_form_answers(token: str) -> Iterable[int]:
    sitting = get_sitting(web.session(), web.actor(), token)
    for one in answers_in_form(request.form, sitting):
        try:
            actions.save_answer(
                web.session(),
                web.actor(),
                token,
                one.position,
                one.response,
                based_on=one.based_on,
                now=web.now(),
            )
        except (StaleAnswer, AttemptClosed):
            yield one.position


def name_of(id: str) -> str:
    return curriculum().name_of(id, str(get_locale()))


def title_of(place: Place) -> str:
    """What a sitting is called: the quiz's title, or what was practised."""
    return place.quiz_title or name_of(place.attempt.topic or place.attempt.subject)
