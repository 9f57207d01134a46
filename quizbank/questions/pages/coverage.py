"""The coverage map: how many published questions each topic has at each level."""

from itertools import groupby

from flask import request

from quizbank.permissions import SEE_QUESTION_BANK
from quizbank.questions.coverage import coverage_of, heat_of
from quizbank.questions.pages.blueprint import grade_choices, name_of, pages, programme_choices, subject_choices
from repository import web
from repository.curriculum.queries import curriculum


@pages.get("/coverage")
def show_coverage() -> str:
    """The map of one subject; only the form while none is chosen."""
    SEE_QUESTION_BANK.require(web.actor())
    subject, grade = request.args.get("subject", ""), request.args.get("grade", type=int)
    programme = request.args.get("programme", "") or curriculum().programmes[0].id
    is_known = curriculum().find_subject(subject) is not None and curriculum().find_programme(programme) is not None
    found = coverage_of(web.session(), web.actor(), subject, grade, programme) if is_known else None
    groups = groupby(found.rows, lambda row: row.strand) if found else ()
    return web.render(
        "quizbank/questions/show_coverage.html",
        coverage=found,
        groups=[(strand, list(rows)) for strand, rows in groups],
        heat_of=heat_of,
        subject=subject,
        grade=grade,
        programme=programme,
        subjects=subject_choices(),
        grades=grade_choices(),
        programmes=programme_choices(),
        name_of=name_of,
    )
