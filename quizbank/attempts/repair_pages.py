"""Repairing a key: what it would change, the repair itself, and how far marking again has come."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from quizbank.attempts.actions import repairing
from quizbank.attempts.actions.repairing import Subject, Wish
from quizbank.attempts.remarking import count_sittings, list_changes, preview_repair
from quizbank.attempts.repair_descriptions import lines_of, rules_of, treatment_labels, version_choice
from quizbank.questions.cards import key_card
from quizbank.questions.key_repairs import rulings_for
from quizbank.questions.queries import get_version, version_lines
from quizbank.questions.rulings import CHOOSABLE, printed
from repository import web
from repository.errors import Invalid

pages = Blueprint("repairs", __name__)


@pages.get("/questions/<int:question_id>/repair")
def show_bank_repair(question_id: int) -> str | tuple[str, int]:
    return page_of(bank_subject(question_id))


@pages.post("/questions/<int:question_id>/repair")
def repair_bank_key(question_id: int) -> Response | tuple[str, int]:
    return repaired(bank_subject(question_id))


@pages.get("/quizzes/<int:quiz_id>/items/<int:position>/repair")
def show_quiz_repair(quiz_id: int, position: int) -> str | tuple[str, int]:
    return page_of(repairing.quiz_subject(web.session(), web.actor(), quiz_id, position))


@pages.post("/quizzes/<int:quiz_id>/items/<int:position>/repair")
def repair_quiz_key(quiz_id: int, position: int) -> Response | tuple[str, int]:
    return repaired(repairing.quiz_subject(web.session(), web.actor(), quiz_id, position))


@pages.get("/repairs")
def list_repairs() -> str:
    """The repairs of one's own quizzes, and for those who keep the bank those of the bank."""
    after = request.args.get("after", type=int)
    repairs, next_key = repairing.list_own_repairs(web.session(), web.actor(), after=after)
    return web.render(
        "quizbank/attempts/list_repairs.html",
        lines=lines_of(web.session(), repairs),
        after=next_key,
        is_first=after is None,
    )


@pages.get("/repairs/<int:repair_id>")
def show_repair(repair_id: int) -> str:
    repair = repairing.get_repair(web.session(), web.actor(), repair_id)
    after = request.args.get("after", type=int)
    rows, next_key = list_changes(web.session(), web.actor(), repair, after)
    return web.render(
        "quizbank/attempts/show_repair.html",
        line=lines_of(web.session(), [repair])[0],
        repair=repair,
        rows=rows,
        after=next_key,
        is_first=after is None,
        left=0 if repair.finished_at else count_sittings(web.session(), repair),
        labels=treatment_labels(),
    )


@pages.get("/repairs/<int:repair_id>/undo")
def show_undo(repair_id: int) -> str:
    return undo_page(repair_id, {})


@pages.post("/repairs/<int:repair_id>/undo")
def undo_repair(repair_id: int) -> Response | tuple[str, int]:
    try:
        made = repairing.undo_repair(
            web.session(), web.actor(), repair_id, request.form.get("reason", ""), now=web.now()
        )
    except Invalid as error:
        return undo_page(repair_id, messages_of(error)), error.status
    web.say("Đã hoàn tác. Điểm đang được chấm lại.")
    return web.go_to(f"/repairs/{made.id}")


def undo_page(repair_id: int, errors: dict[str, list[str]]) -> str:
    after = request.args.get("after", type=int)
    undoing = repairing.undoing_repair(web.session(), web.actor(), repair_id, now=web.now())
    repair = repairing.get_repair(web.session(), web.actor(), repair_id)
    return web.render(
        "quizbank/attempts/undo_repair.html",
        line=lines_of(web.session(), [repair])[0],
        repair=repair,
        preview=preview_repair(web.session(), web.actor(), undoing, after),
        is_first=after is None,
        reason=request.form.get("reason", ""),
        errors=errors,
        labels=treatment_labels(),
    )


def bank_subject(question_id: int) -> Subject:
    return repairing.bank_subject(web.session(), web.actor(), question_id, request.values.get("from", type=int))


def wish_of() -> Wish:
    """What the form asks for, from the address (to look first) or from the body (to repair)."""
    given = request.values
    return Wish(given.get("treatment", ""), given.get("to", type=int), given.get("key", ""))


def repaired(subject: Subject) -> Response | tuple[str, int]:
    reason = request.form.get("reason", "")
    try:
        made = repairing.repair_key(web.session(), web.actor(), subject, wish_of(), reason, now=web.now())
    except Invalid as error:
        return form_page(subject, messages_of(error)), error.status
    web.say("Đã sửa đáp án. Điểm đang được chấm lại.")
    return web.go_to(f"/repairs/{made.id}")


def page_of(subject: Subject) -> str | tuple[str, int]:
    if not wish_of().treatment:
        return form_page(subject, {})
    try:
        repairing.considered_repair(web.session(), web.actor(), subject, wish_of(), now=web.now())
    except Invalid as error:
        return form_page(subject, messages_of(error)), error.status
    return form_page(subject, {})


def messages_of(error: Invalid) -> dict[str, list[str]]:
    return {error.facts["field"]: [web.message_of(error)]}


def form_page(subject: Subject, errors: dict[str, list[str]]) -> str:
    """The choice of what is right, and, once it is sound, what it would change."""
    session, actor, wish = web.session(), web.actor(), wish_of()
    after = request.args.get("after", type=int)
    considered, preview, rules = None, None, ""
    if wish.treatment and set(errors) <= {"reason"}:
        considered = repairing.considered_repair(session, actor, subject, wish, now=web.now())
        preview = preview_repair(session, actor, considered, after)
        rules = rules_of(considered, get_version(session, considered.to_version_id or considered.from_version_id))
    ruling = rulings_for(session, [subject.version.id]).of(subject.version.id, subject.quiz_id)
    return web.render(
        "quizbank/attempts/show_quiz_repair.html",
        subject=subject,
        wish=wish,
        card=key_card(subject.version),
        key_now=printed(ruling.question if ruling else subject.version),
        ruling=ruling,
        versions=[one.number for one in version_lines(session, subject.question.id)],
        replacements=[version_choice(one) for one in repairing.replacements_for(session, actor, subject)],
        lines=lines_of(session, repairing.list_repairs(session, subject.question.id, subject.quiz_id)),
        preview=preview,
        rules=rules,
        is_first=after is None,
        reason=request.form.get("reason", ""),
        errors=errors,
        labels=treatment_labels(),
        choosable=CHOOSABLE,
    )
