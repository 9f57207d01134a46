"""Classes for other programs, such as a school's own system that hands out assignments."""

from typing import Any

from apiflask import APIBlueprint

from quizbank.classes import actions, queries
from quizbank.classes.rules import NewAssignment
from quizbank.classes.schemas import AssignmentIn, AssignmentOut, ClassesOut, PageQuery
from repository import web

api = APIBlueprint("classes_api", __name__, url_prefix="/api/classes", tag="Classes")


@api.get("")
@api.input(PageQuery, location="query", arg_name="page")
@api.output(ClassesOut)
@api.doc(summary="The classes you teach or have joined", responses=[401])
def get_classes(page: dict[str, Any]) -> dict[str, Any]:
    """The newest first; ``next`` is the ``after`` of the next page."""
    rows, following = queries.list_classes(web.session(), web.actor(), page.get("after"))
    return {
        "classes": [
            {
                "id": row.school_class.id,
                "name": row.school_class.name,
                "teacher": row.teacher_name,
                "is_taught": row.is_taught,
                "join_code": row.school_class.join_code if row.is_taught else None,
                "members": row.member_count,
                "assignments": row.assignment_count,
            }
            for row in rows
        ],
        "next": following,
    }


@api.post("/<int:id>/assignments")
@api.input(AssignmentIn, arg_name="wanted")
@api.output(AssignmentOut, status_code=201)
@api.doc(summary="Give one of your quizzes to a class you teach", responses=[401, 403, 404, 422])
def post_assignment(id: int, wanted: dict[str, Any]) -> dict[str, Any]:
    made = actions.assign_quiz(web.session(), web.actor(), id, NewAssignment(**wanted), now=web.now())
    return {name: getattr(made, name) for name in AssignmentOut().fields}
