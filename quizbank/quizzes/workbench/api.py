"""The workbench for other programs: look, take a step, undo it. Each step answers with the workbench after it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from apiflask import APIBlueprint

from quizbank.permissions import SEE_QUIZ_KEYS
from quizbank.questions.filtering import QuestionFilter
from quizbank.questions.shelf import key_from
from quizbank.quizzes.descriptions import short_cells_data
from quizbank.quizzes.queries import get_quiz
from quizbank.quizzes.selection import PoolTooSmall
from quizbank.quizzes.workbench import actions, steps
from quizbank.quizzes.workbench.alternatives import list_alternatives
from quizbank.quizzes.workbench.candidates import find_candidates
from quizbank.quizzes.workbench.descriptions import bench_data, version_data
from quizbank.quizzes.workbench.queries import look_at
from quizbank.quizzes.workbench.schemas import (
    AlternativesOut,
    BenchOut,
    CandidateQuery,
    CandidatesOut,
    LockIn,
    MarksIn,
    MoveIn,
    PlacedQuestionIn,
    RedrawIn,
    SpreadIn,
    StepIn,
)
from repository import web

api = APIBlueprint("workbench_api", __name__, url_prefix="/api/quizzes", tag="Quiz workbench")

ITEM = "/<int:quiz_id>/items/<int:position>"


def bench(quiz_id: int) -> dict[str, Any]:
    view = look_at(web.session(), web.actor(), quiz_id)
    return bench_data(view, with_keys=SEE_QUIZ_KEYS.allows(web.actor(), view.quiz))


def step(quiz_id: int, take: Callable[..., int | steps.Turn], revision: int) -> dict[str, Any]:
    """Take a step; a program that came too late is told what the quiz is now, in ``facts.workbench``."""
    try:
        at = take(revision=revision, now=web.now())
    except steps.OldWindow as error:
        web.session().rollback()
        raise steps.OldWindow(error.message, **error.facts, workbench=bench(quiz_id)) from error
    except PoolTooSmall as error:
        cells = [cell.cell for cell in get_quiz(web.session(), web.actor(), quiz_id).cells]
        raise PoolTooSmall(error.message, **{**error.facts, "short": short_cells_data(error, cells)}) from error
    return {**bench(quiz_id), "position": at.position if isinstance(at, steps.Turn) else at}


@api.get("/<int:quiz_id>/workbench")
@api.output(BenchOut)
@api.doc(summary="A quiz on the workbench: its questions, how it stands to its matrix, what it will bring")
def show_workbench(quiz_id: int) -> dict[str, Any]:
    return bench(quiz_id)


@api.post(f"{ITEM}/lock")
@api.input(LockIn, arg_name="wanted")
@api.output(BenchOut)
@api.doc(summary="Lock a question, so that it is neither swapped nor drawn anew; or unlock it")
def lock_item(quiz_id: int, position: int, wanted: dict[str, Any]) -> dict[str, Any]:
    take = partial(actions.lock_item, web.session(), web.actor(), quiz_id, position, wanted["is_locked"])
    return step(quiz_id, take, wanted["revision"])


@api.post(f"{ITEM}/swap")
@api.input(StepIn, arg_name="wanted")
@api.output(BenchOut)
@api.doc(summary="Replace a question by the nearest in difficulty of its cell; 409 when there is no other")
def swap_item(quiz_id: int, position: int, wanted: dict[str, Any]) -> dict[str, Any]:
    take = partial(actions.swap_item, web.session(), web.actor(), quiz_id, position)
    return step(quiz_id, take, wanted["revision"])


@api.get(f"{ITEM}/alternatives")
@api.output(AlternativesOut)
@api.doc(summary="Up to ten questions that could stand there, the nearest in difficulty first")
def show_alternatives(quiz_id: int, position: int) -> dict[str, Any]:
    found = list_alternatives(web.session(), web.actor(), quiz_id, position)
    listed = [{**version_data(one.version, one.estimate), "stood_here": one.stood_here} for one in found.shown]
    return {"count": found.count, "alternatives": listed}


@api.post(f"{ITEM}/replace")
@api.input(PlacedQuestionIn, arg_name="wanted")
@api.output(BenchOut)
@api.doc(summary="Replace a question by a chosen one of its cell; 409 when that can't stand there")
def replace_item(quiz_id: int, position: int, wanted: dict[str, Any]) -> dict[str, Any]:
    take = partial(actions.replace_item, web.session(), web.actor(), quiz_id, position, wanted["question_id"])
    return step(quiz_id, take, wanted["revision"])


@api.post(f"{ITEM}/move")
@api.input(MoveIn, arg_name="wanted")
@api.output(BenchOut)
@api.doc(summary="Move a question inside its part; a passage moves whole")
def move_item(quiz_id: int, position: int, wanted: dict[str, Any]) -> dict[str, Any]:
    take = partial(actions.move_item, web.session(), web.actor(), quiz_id, position, wanted["by"])
    return step(quiz_id, take, wanted["revision"])


@api.put(f"{ITEM}/marks")
@api.input(MarksIn, arg_name="wanted")
@api.output(BenchOut)
@api.doc(summary="Say what one question is worth")
def set_marks(quiz_id: int, position: int, wanted: dict[str, Any]) -> dict[str, Any]:
    take = partial(actions.set_marks, web.session(), web.actor(), quiz_id, {position: wanted["marks"]})
    return step(quiz_id, take, wanted["revision"])


@api.delete(ITEM)
@api.input(StepIn, location="query", arg_name="wanted")
@api.output(BenchOut)
@api.doc(summary="Take a question off the paper")
def remove_item(quiz_id: int, position: int, wanted: dict[str, Any]) -> dict[str, Any]:
    take = partial(actions.remove_item, web.session(), web.actor(), quiz_id, position)
    return step(quiz_id, take, wanted["revision"])


@api.get("/<int:quiz_id>/candidates")
@api.input(CandidateQuery, location="query", arg_name="wanted")
@api.output(CandidatesOut)
@api.doc(summary="Search the bank for questions to add, ten at a time")
def find_questions(quiz_id: int, wanted: dict[str, Any]) -> dict[str, Any]:
    after = key_from(wanted.pop("after", None))
    found = find_candidates(web.session(), web.actor(), quiz_id, QuestionFilter(**wanted), after)
    listed = [
        {**version_data(one.version, one.estimate), "at": one.at, "cell": one.cell_number} for one in found.candidates
    ]
    return {"total": found.total, "next": str(found.after) if found.after else None, "candidates": listed}


@api.post("/<int:quiz_id>/items")
@api.input(PlacedQuestionIn, arg_name="wanted")
@api.output(BenchOut, status_code=201)
@api.doc(summary="Add a question at the end of its part; 409 when it, or a relative of it, stands in the quiz")
def add_question(quiz_id: int, wanted: dict[str, Any]) -> dict[str, Any]:
    take = partial(actions.add_question, web.session(), web.actor(), quiz_id, wanted["question_id"])
    return step(quiz_id, take, wanted["revision"])


@api.put("/<int:quiz_id>/parts/<int:part>/marks")
@api.input(SpreadIn, arg_name="wanted")
@api.output(BenchOut)
@api.doc(summary="Deal marks out over the questions of a part evenly")
def spread_part(quiz_id: int, part: int, wanted: dict[str, Any]) -> dict[str, Any]:
    take = partial(actions.spread_part, web.session(), web.actor(), quiz_id, part, wanted["total"])
    return step(quiz_id, take, wanted["revision"])


@api.post("/<int:quiz_id>/redraw")
@api.input(RedrawIn, arg_name="wanted")
@api.output(BenchOut)
@api.doc(summary="Draw anew what is not locked, all or one cell; 409 lists every short cell in `facts.short`")
def draw_again(quiz_id: int, wanted: dict[str, Any]) -> dict[str, Any]:
    take = partial(actions.draw_again, web.session(), web.actor(), quiz_id, wanted.get("cell"))
    return step(quiz_id, take, wanted["revision"])


@api.post("/<int:quiz_id>/undo")
@api.input(StepIn, arg_name="wanted")
@api.output(BenchOut)
@api.doc(summary="Take the last step back; 409 when there is none")
def undo(quiz_id: int, wanted: dict[str, Any]) -> dict[str, Any]:
    return step(quiz_id, partial(steps.undo_step, web.session(), web.actor(), quiz_id), wanted["revision"])


@api.post("/<int:quiz_id>/redo")
@api.input(StepIn, arg_name="wanted")
@api.output(BenchOut)
@api.doc(summary="Do again the step that was taken back last; 409 when there is none")
def redo(quiz_id: int, wanted: dict[str, Any]) -> dict[str, Any]:
    return step(quiz_id, partial(steps.redo_step, web.session(), web.actor(), quiz_id), wanted["revision"])
