"""The sitting for scripts: autosave, and the state to come back to after a lost line."""

from typing import Any

from apiflask import APIBlueprint
from flask_wtf.csrf import generate_csrf

from quizbank.attempts.actions import save_answer
from quizbank.attempts.queries import get_sitting
from quizbank.attempts.schemas import AnswerIn, AnswerOut, StateOut
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
@api.output(StateOut)
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
