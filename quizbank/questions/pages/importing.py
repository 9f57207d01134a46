"""The import desk: paste or upload a paper, look at what was read beside its source, mend, leave out, import, undo."""

from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from quizbank.permissions import IMPORT_QUESTIONS, UNDO_IMPORT
from quizbank.questions import importing, queries
from quizbank.questions.cards import QuestionCard, key_card
from quizbank.questions.desk import DeskForm, desk_from, image_finder, with_file, with_pictures
from quizbank.questions.formats.text_reader import MAX_PAPER_BYTES
from quizbank.questions.images import keep_image
from quizbank.questions.pages.blueprint import (
    grade_choices,
    licence_labels,
    name_of,
    pages,
    programme_choices,
    subject_choices,
)
from quizbank.questions.papers import Entry, Plan, source_of
from quizbank.questions.problems import PROBLEMS
from quizbank.questions.rules import NewQuestion
from quizbank.questions.storing import preview_version
from repository import web
from repository.curriculum.queries import curriculum
from repository.errors import Invalid
from repository.markup import render


@dataclass(frozen=True)
class DeskRow:
    """One question on the desk: source on the left, what was read of it on the right."""

    position: int
    entry: Entry
    source: str
    card: QuestionCard | None


@pages.get("/import")
def import_questions() -> str:
    IMPORT_QUESTIONS.require(web.actor())
    return show_desk(DeskForm(subject=request.args.get("subject", ""), licence="cc-by-4.0"), {})


@pages.post("/import")
def check_import() -> str | tuple[str, int]:
    """Read the paper and show every doubt; stores pictures only."""
    IMPORT_QUESTIONS.require(web.actor())
    desk = desk_from(request.form, request.form.getlist)
    try:
        desk = desk_with_uploads(desk)
        check_desk(desk)
        plan = importing.preview_paper(web.session(), web.actor(), desk.paper, image_finder(desk, web.services().store))
    except Invalid as error:
        return show_desk(desk, error.facts.get("fields", {}), web.message_of(error)), 422
    return web.render("quizbank/questions/check_import.html", desk=desk, **summary_of(desk, plan))


@pages.post("/import/store")
def store_import() -> Response | tuple[str, int]:
    desk = desk_from(request.form, request.form.getlist)
    try:
        check_desk(desk)
        find_image = image_finder(desk, web.services().store)
        _, made = importing.import_paper(
            web.session(), web.actor(), desk.paper, find_image, store=web.services().store, now=web.now()
        )
    except Invalid as error:
        return show_desk(desk, error.facts.get("fields", {}), web.message_of(error)), 422
    return web.go_to(f"/questions/imports/{made.id}")


@pages.get("/imports")
def list_imports() -> str:
    IMPORT_QUESTIONS.require(web.actor())
    after = request.args.get("after", type=int)
    imports, next_key = queries.list_imports(web.session(), web.actor(), after=after)
    return web.render("quizbank/questions/list_imports.html", imports=imports, after=next_key, is_first=after is None)


@pages.get("/imports/<int:import_id>")
def show_import(import_id: int) -> str:
    made = queries.get_import(web.session(), web.actor(), import_id)
    return web.render(
        "quizbank/questions/show_import.html",
        made=made,
        messages={code: message for code, (_verdict, message) in PROBLEMS.items()},
        may_undo=UNDO_IMPORT.allows(web.actor(), made) and made.undone_at is None and made.imported_count,
        left_out=made.found_count - made.imported_count - made.duplicate_count,
    )


@pages.post("/imports/<int:import_id>/undo")
def undo_import(import_id: int) -> Response:
    importing.undo_import(web.session(), web.actor(), import_id, now=web.now())
    web.say("Đã hoàn tác lần nhập: các câu hỏi của nó đã được thu hồi.")
    return web.go_to(f"/questions/imports/{import_id}")


def desk_with_uploads(desk: DeskForm) -> DeskForm:
    paper = request.files.get("paper")
    if paper is not None and paper.filename:
        desk = with_file(desk, paper.stream.read(MAX_PAPER_BYTES + 1), paper.filename)
    for file in request.files.getlist("pictures"):
        if file.filename:
            desk = with_pictures(desk, file.stream, file.filename, kept_image)
    return desk


def kept_image(name: str, data: bytes) -> str:
    return keep_image(web.session(), web.services().store, data, now=web.now(), name=name)


def check_desk(desk: DeskForm) -> None:
    """Refuse a desk without a paper or a subject.

    Raises:
        Invalid: with the fields to fill in.
    """
    fields = {}
    if not desk.text.strip():
        fields["text"] = ["Hãy dán đề vào đây hoặc chọn một tệp .txt."]
    if len(desk.text) > MAX_PAPER_BYTES:
        fields["text"] = ["Đề quá dài."]
    if curriculum().find_subject(desk.subject) is None:
        fields["subject"] = ["Hãy chọn môn."]
    if desk.programme and curriculum().find_programme(desk.programme) is None:
        fields["programme"] = ["Hãy chọn chương trình."]
    if fields:
        raise Invalid("Chưa đọc được đề.", fields=fields)


def summary_of(desk: DeskForm, plan: Plan) -> dict[str, Any]:
    rows = [
        DeskRow(position, entry, source_of(desk.text, entry.parsed), card_of(entry))
        for position, entry in enumerate(plan.entries)
    ]
    return {
        "plan": plan,
        "rows": rows,
        "doubtful": [row for row in rows if row.entry.problems],
        "name_of": name_of,
    }


def card_of(entry: Entry) -> QuestionCard | None:
    """The card of what was read, even of a question that is left out."""
    draft = entry.new.content if entry.new else entry.parsed.draft
    if draft is None:
        return None
    new = entry.new or NewQuestion(draft, placement=importing.NOWHERE, passage=entry.parsed.passage)
    return key_card(preview_version(new), passage_html=render(new.passage).html)


def show_desk(desk: DeskForm, errors: Any, message: str = "") -> str:
    return web.render(
        "quizbank/questions/import_questions.html",
        desk=desk,
        errors={name: [_(text) for text in texts] for name, texts in errors.items()},
        message=message,
        subjects=subject_choices(),
        programmes=programme_choices(),
        grades=grade_choices(),
        licences=list(licence_labels().items()),
    )
