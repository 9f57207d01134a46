"""Codes (mã đề) and key files for other programs."""

from typing import Any

from apiflask import APIBlueprint, Schema
from apiflask.fields import Boolean, Dict, Integer, List, String
from marshmallow import RAISE
from marshmallow.validate import Length
from werkzeug.wrappers import Response

from quizbank.quizzes import queries, variant_actions
from quizbank.quizzes.code_pages import CHOICES, key_answer
from quizbank.quizzes.codes import codes_from
from quizbank.quizzes.forms import forms_of
from quizbank.quizzes.shuffling import Shuffling
from repository import web

api = APIBlueprint("codes_api", __name__, url_prefix="/api/quizzes", tag="Quizzes")


class DealIn(Schema):
    """Codes to add, and what may move in them."""

    class Meta:
        unknown = RAISE

    codes = List(
        String(validate=Length(1, 20)),
        required=True,
        validate=Length(1, 100),
        metadata={"description": "Codes, or ranges such as 101-104."},
    )
    questions = Boolean(load_default=True, metadata={"description": "Questions change places inside their part."})
    options = Boolean(load_default=True, metadata={"description": "Options change places."})
    within_passages = Boolean(load_default=False, metadata={"description": "So do the questions of a passage."})
    statements = Boolean(load_default=False, metadata={"description": "So do the statements a) to d)."})
    keeps_sorted = Boolean(load_default=True, metadata={"description": "Numbers in order stay in order."})
    in_blocks = Boolean(load_default=False, metadata={"description": "First codes to form 1; otherwise in turn."})


class DealtOut(Schema):
    dealt = Dict(String(), Integer(), metadata={"description": "New code -> its form."})
    codes = Dict(String(), Integer(), metadata={"description": "Every code -> its form."})


@api.post("/<int:quiz_id>/codes")
@api.input(DealIn, arg_name="wanted")
@api.output(DealtOut)
@api.doc(summary="Deal codes over the forms of a quiz; codes that exist stay as they are")
def deal_codes(quiz_id: int, wanted: dict[str, Any]) -> dict[str, Any]:
    dealt = variant_actions.deal_codes(
        web.session(),
        web.actor(),
        quiz_id,
        codes_from(", ".join(wanted["codes"])),
        now=web.now(),
        shuffling=Shuffling(**{choice: wanted[choice] for choice in CHOICES}),
        in_blocks=wanted["in_blocks"],
    )
    quiz = queries.get_quiz(web.session(), web.actor(), quiz_id)
    forms = forms_of(web.session(), quiz)
    codes = {code: form.form for form in forms for code in variant_actions.codes_of(web.session(), form.id)}
    return {"dealt": dealt, "codes": codes}


@api.get("/<int:quiz_id>/key-files/<name>")
@api.doc(summary="A key file: A-vertical, B-horizontal, C-matrix or TNMaker-2025 as .xlsx or .csv, or keys.json")
def download_keys(quiz_id: int, name: str) -> Response:
    return key_answer(quiz_id, name)
