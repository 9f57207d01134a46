"""Export: choose a format for a selection of the bank, see what it can't hold, take the file."""

from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode

from flask import request
from flask_babel import gettext as _
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from quizbank.permissions import SEE_QUESTION_BANK
from quizbank.questions.exporting import Exported, export_to_store, questions_of_bank
from quizbank.questions.formats.writers import WRITERS, WrittenFormat, get_writer
from quizbank.questions.pages.bank import filter_from_request
from quizbank.questions.pages.blueprint import name_of, pages
from quizbank.questions.pages.importing import download
from quizbank.questions.queries import QuestionFilter
from repository import web
from repository.errors import NotFound

MOST_QUESTIONS = 5_000
SHOWN_LOSSES = 200
TOKEN_SECONDS = 24 * 60 * 60


@pages.get("/export")
def export_questions() -> str:
    SEE_QUESTION_BANK.require(web.actor())
    return show_export(title_of(filter_from_request()), request.full_path.rstrip("?"), None, "docx")


@pages.post("/export")
def write_questions() -> str:
    """Write the selection, and show what its format can't hold beside the way to the file."""
    SEE_QUESTION_BANK.require(web.actor())
    wanted, writer = filter_from_request(), get_writer(request.form.get("format", ""))
    title = title_of(wanted)
    questions = questions_of_bank(web.session(), web.actor(), wanted)
    made = export_to_store(title, questions, writer, store=web.services().store, limit=MOST_QUESTIONS)
    return show_export(title, request.full_path.rstrip("?"), made, writer.id)


@pages.get("/export/<token>")
def export_file(token: str) -> Response:
    """The file that was just written, for whoever had it written."""
    try:
        sha256, name, form, person = signer().loads(token, max_age=TOKEN_SECONDS)
    except BadSignature:
        raise NotFound("Tệp xuất này không còn; hãy xuất lại.") from None
    if person != web.actor().person_id or not web.services().store.has(sha256):
        raise NotFound("Tệp xuất này không còn; hãy xuất lại.")
    return download(web.services().store.path(sha256), name, get_writer(form).media_type)


def signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(web.services().settings.secret_key, salt="export of questions")


def link_to(made: Exported, title: str, writer: WrittenFormat) -> str:
    """Leads to a written file, for this person and a day."""
    token = signer().dumps([made.stored.sha256, f"{title}{writer.ending}", writer.id, web.actor().person_id])
    return f"/questions/export/{token.decode() if isinstance(token, bytes) else token}"


def title_of(wanted: QuestionFilter) -> str:
    """What the file is called: the subject and grade that were chosen, or the bank."""
    grade = f" {wanted.grade}" if wanted.grade else ""
    return f"{name_of(wanted.subject)}{grade}" if wanted.subject else _("Ngân hàng câu hỏi")


def show_export(title: str, action: str, made: Exported | None, form: str, back: str = "") -> str:
    """The page of an export, also that of a quiz.

    Args:
        title: of the selection or quiz.
        action: where the form is sent.
        made: what was written, if something was.
        form: the format's id.
        back: where the selection is looked at.
    """
    chosen = {name: value for name, value in asdict(filter_from_request()).items() if value}
    writer = get_writer(form)
    losses = made.losses if made else ()
    return web.render(
        "quizbank/questions/export_questions.html",
        title=title,
        action=action,
        back=back or f"/questions?{urlencode(bank_arguments(chosen))}",
        made=made,
        chosen=form,
        link=link_to(made, title, writer) if made else "",
        losses=losses[:SHOWN_LOSSES],
        more=max(len(losses) - SHOWN_LOSSES, 0),
        formats=[(one.id, _(one.name)) for one in WRITERS],
        limit=MOST_QUESTIONS,
    )


def bank_arguments(chosen: dict[str, Any]) -> dict[str, Any]:
    renamed = {"import_id": "import", "is_own": "own"}
    return {renamed.get(name, name): value for name, value in chosen.items()}
