"""The curriculum for other programs."""

from typing import Any

from apiflask import APIBlueprint
from flask import jsonify, request
from werkzeug.wrappers import Response

from repository.curriculum.queries import curriculum, part_of
from repository.curriculum.schemas import CurriculumOut, CurriculumQuery

api = APIBlueprint("curriculum_api", __name__, url_prefix="/api/curriculum", tag="Curriculum")

MAX_AGE_SECONDS = 3600


@api.get("")
@api.input(CurriculumQuery, location="query", arg_name="wanted")
@api.output(CurriculumOut)
@api.doc(summary="Programmes, levels, subjects, strands and topics")
def get_curriculum(wanted: dict[str, Any]) -> Response:
    """The whole curriculum, or one subject's or grade's part of it. Ids never change."""
    part = part_of(curriculum(), subject=wanted.get("subject"), grade=wanted.get("grade"))
    answer = jsonify(CurriculumOut().dump(part))
    answer.cache_control.public = True
    answer.cache_control.max_age = MAX_AGE_SECONDS
    answer.add_etag()
    return answer.make_conditional(request)
