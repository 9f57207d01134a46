"""The workbench: the page of a quiz, and the buttons on it.

Without JavaScript a button posts and leads back to the question it was about. The page's own script asks for the
workbench alone (``X-Workbench``) and puts it in the place of what it shows.
"""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import cache, partial
from typing import Any

from flask import Blueprint, flash, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from quizbank.matrices.pages import level_label, name_of, topic_label
from quizbank.permissions import EDIT_QUIZ, SEE_QUIZ_KEYS
from quizbank.questions.cards import key_card
from quizbank.questions.filtering import QuestionFilter
from quizbank.questions.pages.blueprint import level_choices, topic_choices
from quizbank.questions.shelf import key_from
from quizbank.quizzes.assembly.papers import TargetsOutOfReach
from quizbank.quizzes.pages import labels, part_titles, parts_of
from quizbank.quizzes.queries import get_quiz
from quizbank.quizzes.selection import PoolTooSmall
from quizbank.quizzes.workbench import actions, steps, wording
from quizbank.quizzes.workbench.alternatives import list_alternatives
from quizbank.quizzes.workbench.candidates import find_candidates
from quizbank.quizzes.workbench.queries import BenchItem, BenchView, look_at
from quizbank.quizzes.workbench.strip import Strip, strip_of
from repository import web
from repository.errors import Conflict, Invalid

pages = Blueprint("workbench", __name__, url_prefix="/quizzes")

Answer = Response | str | tuple[str, int]
Take = Callable[..., int | steps.Turn]


@pages.get("/<int:quiz_id>")
def show_quiz(quiz_id: int) -> str:
    return web.render("quizbank/quizzes/show_quiz.html", **shown(quiz_id))


def shown(quiz_id: int) -> dict[str, Any]:
    """What the workbench shows."""
    view = look_at(web.session(), web.actor(), quiz_id)
    quiz = view.quiz
    by_position = {one.position: one for one in view.items}
    parts = parts_of([one.paper for one in view.items], shows_keys=SEE_QUIZ_KEYS.allows(web.actor(), quiz))
    return {
        "quiz": quiz,
        "view": view,
        "parts": [
            (part, total, [(by_position[one.item.position], card) for one, card in cards])
            for (part, cards), total in zip(parts, view.parts, strict=True)
        ],
        "may_edit": EDIT_QUIZ.allows(web.actor(), quiz) and quiz.assigned_at is None,
        "part_titles": part_titles(),
        "strip": strip_for(view.items),
        "levels": level_rows(view),
        "step_labels": wording.step_labels(),
        "range_text": wording.range_text,
        "trust": wording.trust_text(view),
        "tenth": wording.tenth,
        "why_text": wording.why_text,
        **labels(),
        "level_label": cache(level_label),
        "topic_label": cache(topic_label),
    }


def strip_for(items: tuple[BenchItem, ...]) -> Strip:
    return strip_of(
        [
            (one.position, one.paper.item.part, known.right_fraction, known.error, one.paper.version.level or "")
            for one in items
            for known in [one.estimate]
            if known is not None
        ]
    )


def level_rows(view: BenchView) -> list[tuple[str, str, Decimal]]:
    """Level, its name and its share of the marks in hundredths, in the order of the programme."""
    order = [level for level, _name in level_choices(view.quiz.programme)]
    known = sorted(view.levels, key=lambda level: order.index(level) if level in order else len(order))
    return [(level or "", name_of(level) if level else _("Chưa rõ mức"), view.levels[level] * 100) for level in known]


def revision_sent() -> int:
    """The revision that the form was made from.

    Raises:
        Invalid: it names none.
    """
    revision = request.values.get("revision", type=int)
    if revision is None:
        raise Invalid("Thiếu số lần sửa (revision) của đề.")
    return revision


def number_sent(name: str) -> int:
    value = request.form.get(name, type=int)
    if value is None:
        raise Invalid("Thiếu {name}.", name=name)
    return value


def marks_sent(name: str) -> Decimal:
    """Marks as people write them, with comma or point."""
    try:
        return Decimal(request.form.get(name, "").strip().replace(",", "."))
    except InvalidOperation as error:
        raise Invalid("Điểm phải là số dương, tối đa hai chữ số thập phân.") from error


def step(quiz_id: int, kind: str, position: int, take: Take) -> Answer:
    """Take a step and show what came of it; what went wrong is said where the question stands."""
    get_quiz(web.session(), web.actor(), quiz_id)
    turned, message, status = "", "", 200
    try:
        at = take(revision=revision_sent(), now=web.now())
        if isinstance(at, steps.Turn):
            turned, at = at.kind, at.position
    except (Conflict, Invalid, PoolTooSmall, TargetsOutOfReach) as error:
        web.session().rollback()
        at, message, status = position, web.message_of(error), error.status
        if isinstance(error, PoolTooSmall):
            cells = [cell.cell for cell in get_quiz(web.session(), web.actor(), quiz_id).cells]
            message = f"{message} {wording.short_text(error, cells)}"
    told = shown(quiz_id)
    facts = {"place": wording.place_name(told["view"], at), "step": wording.step_labels().get(turned, "")}
    said = message or wording.done_labels()[kind].format(**facts)
    if "X-Workbench" not in request.headers:
        flash(said, "error" if message else "status")
        return web.go_to(f"/quizzes/{quiz_id}#item-{at}")
    page = web.render("quizbank/quizzes/_workbench.html", **told, at=at, said=said, is_wrong=bool(message))
    return (page, status) if message else page


@pages.post("/<int:quiz_id>/items/<int:position>/lock")
def lock_item(quiz_id: int, position: int) -> Answer:
    is_locked = request.form.get("is_locked") == "yes"
    take = partial(actions.lock_item, web.session(), web.actor(), quiz_id, position, is_locked)
    return step(quiz_id, "lock" if is_locked else "unlock", position, take)


@pages.post("/<int:quiz_id>/items/<int:position>/swap")
def swap_item(quiz_id: int, position: int) -> Answer:
    return step(quiz_id, "swap", position, partial(actions.swap_item, web.session(), web.actor(), quiz_id, position))


@pages.get("/<int:quiz_id>/items/<int:position>/alternatives")
def choose_alternative(quiz_id: int, position: int) -> str:
    found = list_alternatives(web.session(), web.actor(), quiz_id, position)
    quiz = found.bench.quiz
    EDIT_QUIZ.require(web.actor(), quiz)
    return web.render(
        fragment_or("choose_alternative"),
        quiz=quiz,
        found=found,
        position=position,
        cards=[key_card(one.version, passage_html=one.version.passage_html) for one in found.shown],
        tenth=wording.tenth,
        **labels(),
    )


@pages.post("/<int:quiz_id>/items/<int:position>/replace")
def replace_item(quiz_id: int, position: int) -> Answer:
    take = partial(actions.replace_item, web.session(), web.actor(), quiz_id, position, number_sent("question_id"))
    return step(quiz_id, "choose", position, take)


@pages.post("/<int:quiz_id>/items/<int:position>/move")
def move_item(quiz_id: int, position: int) -> Answer:
    take = partial(actions.move_item, web.session(), web.actor(), quiz_id, position, number_sent("by"))
    return step(quiz_id, "move", position, take)


@pages.post("/<int:quiz_id>/marks")
def set_marks(quiz_id: int) -> Answer:
    """The marks of all questions, as they stand in the fields."""

    def take(**more: Any) -> int:
        fields = [name for name in request.form if name.startswith("marks-") and name[6:].isdecimal()]
        marks = {int(name[6:]): marks_sent(name) for name in fields}
        return actions.set_marks(web.session(), web.actor(), quiz_id, marks, **more)

    return step(quiz_id, "marks", 1, take)


@pages.post("/<int:quiz_id>/items/<int:position>/remove")
def remove_item(quiz_id: int, position: int) -> Answer:
    take = partial(actions.remove_item, web.session(), web.actor(), quiz_id, position)
    return step(quiz_id, "remove", position, take)


@pages.post("/<int:quiz_id>/parts/<int:part>/marks")
def spread_part(quiz_id: int, part: int) -> Answer:
    def take(**more: Any) -> int:
        return actions.spread_part(web.session(), web.actor(), quiz_id, part, marks_sent("total"), **more)

    return step(quiz_id, "spread", 1, take)


@pages.get("/<int:quiz_id>/add")
def find_question(quiz_id: int) -> str:
    quiz = get_quiz(web.session(), web.actor(), quiz_id)
    EDIT_QUIZ.require(web.actor(), quiz)
    given = request.args
    wanted = QuestionFilter(
        grade=given.get("grade", type=int),
        text=given.get("text", "").strip()[:200],
        topic=given.get("topic", ""),
        level=given.get("level", ""),
        type=given.get("type", ""),
    )
    found = find_candidates(web.session(), web.actor(), quiz_id, wanted, key_from(given.get("after")))
    return web.render(
        fragment_or("find_question"),
        quiz=quiz,
        found=found,
        wanted=wanted,
        is_first="after" not in given,
        cards=[key_card(one.version, passage_html=one.version.passage_html) for one in found.candidates],
        topics=topic_choices(quiz.subject, quiz.grade),
        levels=level_choices(quiz.programme),
        tenth=wording.tenth,
        **labels(),
    )


@pages.post("/<int:quiz_id>/items")
def add_question(quiz_id: int) -> Answer:
    take = partial(actions.add_question, web.session(), web.actor(), quiz_id, number_sent("question_id"))
    return step(quiz_id, "add", 1, take)


@pages.post("/<int:quiz_id>/redraw")
def draw_again(quiz_id: int) -> Answer:
    cell = request.form.get("cell", type=int)
    return step(quiz_id, "redraw", 1, partial(actions.draw_again, web.session(), web.actor(), quiz_id, cell))


@pages.post("/<int:quiz_id>/undo")
def undo(quiz_id: int) -> Answer:
    return step(quiz_id, "undo", 1, partial(steps.undo_step, web.session(), web.actor(), quiz_id))


@pages.post("/<int:quiz_id>/redo")
def redo(quiz_id: int) -> Answer:
    return step(quiz_id, "redo", 1, partial(steps.redo_step, web.session(), web.actor(), quiz_id))


def fragment_or(page: str) -> str:
    """The page's template, or its part alone for the dialog of the workbench."""
    return f"quizbank/quizzes/{'_' if 'X-Workbench' in request.headers else ''}{page}.html"
