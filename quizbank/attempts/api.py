"""The sitting for scripts: autosave, and the state to come back to after a lost line; results for a teacher."""

from typing import Any

from apiflask import APIBlueprint
from flask_wtf.csrf import generate_csrf

from quizbank.attempts.actions import save_answer
from quizbank.attempts.queries import get_sitting
from quizbank.attempts.schemas import AnswerIn, AnswerOut, SittingStateOut, StandingsOut
from quizbank.attempts.standings import get_standings
from repository import web

api = APIBlueprint("attempts_api", __name__, tag="Attempts")


@api.put("/attempts/<token>/answers/<int:position>")
@api.input(AnswerIn, arg_name="given")
@api.output(AnswerOut)
@api.doc(summary="Save one answer", responses=[403, 404, 409])
def put_answer(token: str, position: int, given: dict[str, Any]) -> dict[str, Any]:
    """Answers 409 with the current answer where another window has saved since; 403 after the end."""
    saved = save_answer(
        web.session(),
        web.actor(),
        token,
        position,
        given["response"],
        based_on=given["revision_based_on"],
        now=web.now(),
    )
    return {
        "position": position,
        "revision": saved.revision,
        "response": given["response"],
        "saved_at": saved.saved_at,
    }


@api.get("/attempts/<token>/state")
@api.output(SittingStateOut)
@api.doc(summary="The answers saved so far, and the server's clock")
def get_state(token: str) -> dict[str, Any]:
    sitting = get_sitting(web.session(), web.actor(), token)
    return {
        "now": web.now(),
        "deadline_at": sitting.place.deadline_at,
        "submitted_at": sitting.attempt.submitted_at,
        "csrf_token": generate_csrf(),
        "answers": [
            {
                "position": one.item.position,
                "revision": one.revision,
                "response": one.shown_response,
                "saved_at": one.answer.saved_at,
            }
            for one in sitting.items
            if one.answer
        ],
    }


@api.get("/api/assignments/<int:id>/results")
@api.output(StandingsOut)
@api.doc(summary="Marks of a class you teach, and how each question fared", responses=[401, 403, 404])
def get_results(id: int) -> dict[str, Any]:
    standings = get_standings(web.session(), web.actor(), id)
    return {
        "students": [
            {
                "person_id": row.person_id,
                "name": row.name,
                "attempts": len(row.attempts),
                "marks": row.best.marks if row.best else None,
                "max_marks": row.best.max_marks if row.best else None,
                "submitted_at": row.best.submitted_at if row.best else None,
            }
            for row in standings.students
        ],
        "questions": [
            {
                "position": row.position,
                "question_version_id": row.version_id,
                "answers": row.count,
                "facility": row.facility,
            }
            for row in standings.questions
        ],
    }
