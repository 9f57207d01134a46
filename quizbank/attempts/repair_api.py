"""Repairs of keys for other programs: look at who gains or loses, repair, follow, take back."""

from typing import Any

from apiflask import APIBlueprint
from sqlalchemy.orm import Session

from quizbank.attempts.actions import repairing
from quizbank.attempts.actions.repairing import Subject, Wish
from quizbank.attempts.remarking import ChangedRow, count_sittings, list_changes, preview_repair
from quizbank.attempts.repair import Judged
from quizbank.attempts.repair_descriptions import RepairLine, lines_of
from quizbank.attempts.repair_schemas import (
    ChangesOut,
    MadeRepairOut,
    PreviewIn,
    RepairIn,
    RepairOut,
    RepairPreviewOut,
    RepairsIn,
    RepairsOut,
    UndoIn,
)
from quizbank.questions.key_repair_models import KeyRepair
from repository import web

api = APIBlueprint("repairs_api", __name__, url_prefix="/api", tag="Repairs of keys")


@api.get("/repairs")
@api.input(RepairsIn, location="query", arg_name="wanted")
@api.output(RepairsOut)
@api.doc(summary="Repairs in your quizzes, the newest first; for staff also those of the bank", security="bearer")
def list_repairs(wanted: dict[str, Any]) -> dict[str, Any]:
    repairs, next_key = repairing.list_own_repairs(web.session(), web.actor(), after=wanted["after"])
    return {"repairs": [shown(line, None) for line in lines_of(web.session(), repairs)], "next": next_key}


@api.get("/repairs/<int:repair_id>")
@api.output(RepairOut)
@api.doc(summary="One repair, and how far marking again has come", security="bearer")
def get_repair(repair_id: int) -> dict[str, Any]:
    return with_progress(repairing.get_repair(web.session(), web.actor(), repair_id))


@api.get("/repairs/<int:repair_id>/changes")
@api.input(RepairsIn, location="query", arg_name="wanted")
@api.output(ChangesOut)
@api.doc(summary="The answers that a repair marked again; names only for the teacher of the class", security="bearer")
def get_changes(repair_id: int, wanted: dict[str, Any]) -> dict[str, Any]:
    repair = repairing.get_repair(web.session(), web.actor(), repair_id)
    rows, next_key = list_changes(web.session(), web.actor(), repair, wanted["after"])
    return {"changes": [changed(row) for row in rows], "next": next_key}


@api.post("/repairs/<int:repair_id>/undo")
@api.input(UndoIn, arg_name="given")
@api.output(MadeRepairOut, status_code=201)
@api.doc(summary="Take a repair back by another; 409 where that was done already", security="bearer")
def undo_repair(repair_id: int, given: dict[str, Any]) -> dict[str, Any]:
    made = repairing.undo_repair(web.session(), web.actor(), repair_id, given["reason"], now=web.now())
    return with_progress(made)


@api.get("/questions/<int:question_id>/repairs/preview")
@api.input(PreviewIn, location="query", arg_name="given")
@api.output(RepairPreviewOut)
@api.doc(summary="Who would gain or lose by another key, wherever a question was asked", security="bearer")
def preview_bank_repair(question_id: int, given: dict[str, Any]) -> dict[str, Any]:
    return preview(bank_subject(question_id, given), given)


@api.post("/questions/<int:question_id>/repairs")
@api.input(RepairIn, arg_name="given")
@api.output(MadeRepairOut, status_code=201)
@api.doc(summary="Repair the key of a question of the bank; sittings are marked again by a job", security="bearer")
def post_bank_repair(question_id: int, given: dict[str, Any]) -> dict[str, Any]:
    return repaired(bank_subject(question_id, given), given)


@api.get("/quizzes/<int:quiz_id>/items/<int:position>/repairs/preview")
@api.input(PreviewIn, location="query", arg_name="given")
@api.output(RepairPreviewOut)
@api.doc(summary="Who would gain or lose by another key of a question in this quiz", security="bearer")
def preview_quiz_repair(quiz_id: int, position: int, given: dict[str, Any]) -> dict[str, Any]:
    return preview(repairing.quiz_subject(web.session(), web.actor(), quiz_id, position), given)


@api.post("/quizzes/<int:quiz_id>/items/<int:position>/repairs")
@api.input(RepairIn, arg_name="given")
@api.output(MadeRepairOut, status_code=201)
@api.doc(summary="Repair the key of a question in this quiz; its sittings are marked again by a job", security="bearer")
def post_quiz_repair(quiz_id: int, position: int, given: dict[str, Any]) -> dict[str, Any]:
    return repaired(repairing.quiz_subject(web.session(), web.actor(), quiz_id, position), given)


def bank_subject(question_id: int, given: dict[str, Any]) -> Subject:
    return repairing.bank_subject(web.session(), web.actor(), question_id, given["from_version"])


def wish_of(given: dict[str, Any]) -> Wish:
    return Wish(given["treatment"], given["to_version"], given["key"])


def preview(subject: Subject, given: dict[str, Any]) -> dict[str, Any]:
    session: Session = web.session()
    considered = repairing.considered_repair(session, web.actor(), subject, wish_of(given), now=web.now())
    found = preview_repair(session, web.actor(), considered, given["after"])
    return {
        "gains": found.tally.gains,
        "losses": found.tally.losses,
        "stays": found.tally.stays,
        "running": found.running,
        "before": found.tally.before,
        "after": found.tally.after,
        "changes": [changed(row) for row in found.rows],
        "next": found.after,
    }


def repaired(subject: Subject, given: dict[str, Any]) -> dict[str, Any]:
    made = repairing.repair_key(web.session(), web.actor(), subject, wish_of(given), given["reason"], now=web.now())
    return with_progress(made)


def with_progress(repair: KeyRepair) -> dict[str, Any]:
    left = 0 if repair.finished_at else count_sittings(web.session(), repair)
    return shown(lines_of(web.session(), [repair])[0], left)


def shown(line: RepairLine, left: int | None) -> dict[str, Any]:
    repair = line.repair
    names = ("id", "question_id", "quiz_id", "treatment", "key", "reason", "made_at", "finished_at", "undoes_id")
    return {name: getattr(repair, name) for name in names} | {
        "rules": line.rules,
        "made_by": line.maker,
        "undone_by_id": line.undone_by,
        "gains": repair.gain_count,
        "losses": repair.loss_count,
        "stays": repair.stay_count,
        "left": left,
    }


def changed(row: ChangedRow) -> dict[str, Any]:
    return {
        "attempt_id": row.attempt_id,
        "name": row.name,
        "old": marks_of(row.old_item),
        "new": marks_of(row.new_item),
        "old_mark": row.old.mark,
        "new_mark": row.new.mark,
    }


def marks_of(judged: Judged) -> Any:
    """The marks of an item; null where it does not count."""
    return None if judged.is_left_out else judged.marks
