"""Pages of scanning: print sheets, send pictures, look at what is in doubt, take the marks away."""

import io
from dataclasses import dataclass
from typing import BinaryIO, cast

from flask import Blueprint, Response, flash, request, send_file
from werkzeug.wrappers import Response as BaseResponse

from quizbank.answer_sheets.drawing import BLANK, Sheet, SheetHead, answer_sheet_pdf
from quizbank.answer_sheets.judging import State
from quizbank.answer_sheets.layout import ANSWER_SIGNS
from quizbank.classes import handouts
from quizbank.quizzes.queries import organisation_of
from quizbank.scanning import actions, queries
from quizbank.scanning.crops import picture_of_field
from quizbank.scanning.marking import Marker
from quizbank.scanning.marks_file import write_marks
from quizbank.scanning.models import ScanBatch, ScanSheet
from quizbank.scanning.papers import Papers
from quizbank.scanning.rules import LIMIT_BYTES, Doubt, Standing, candidates_from, check_value, is_field, signs_of
from quizbank.scanning.words import field_name, reason_text, state_of
from repository import web
from repository.curriculum.queries import curriculum
from repository.errors import Conflict, Invalid, NotFound
from repository.jobs import Job
from repository.lectures.receiving import shown_name

pages = Blueprint("scanning", __name__)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.get("/quizzes/<int:quiz_id>/scans")
def list_batches(quiz_id: int) -> str:
    return show_batches(quiz_id)


@pages.post("/quizzes/<int:quiz_id>/scans")
def start_batch(quiz_id: int) -> BaseResponse | tuple[str, int]:
    queries.scannable_quiz(web.session(), web.actor(), quiz_id)
    store, files = web.services().store, [file for file in request.files.getlist("sheets") if file.filename]
    candidates = request.form.get("candidates", "")
    try:
        candidates_from(candidates)
        sent = [
            actions.SentFile(
                shown_name(file.filename or ""), store.put(cast(BinaryIO, file.stream), limit_bytes=LIMIT_BYTES)
            )
            for file in files
        ]
        batch = actions.start_batch(web.session(), web.actor(), quiz_id, sent, candidates, store=store, now=web.now())
    except Invalid as error:
        return show_batches(quiz_id, error, candidates), 422
    return web.go_to(f"/scans/{batch.id}")


def show_batches(quiz_id: int, error: Invalid | None = None, candidates: str = "") -> str:
    quiz = queries.scannable_quiz(web.session(), web.actor(), quiz_id)
    after = request.args.get("after", type=int)
    class_id = request.args.get("class", type=int)
    listed = handouts.candidates_of(web.session(), web.actor(), class_id) if class_id else ""
    batches, next_key = queries.list_batches(web.session(), quiz, after)
    return web.render(
        "quizbank/scanning/list_batches.html",
        quiz=quiz,
        batches=batches,
        counts=queries.counts_of_batches(web.session(), [batch.id for batch in batches]),
        after=next_key,
        is_first=after is None,
        candidates=candidates or listed,
        listed=listed,
        class_id=class_id,
        class_choices=[
            (id_, f"{name} ({size})") for id_, name, size in handouts.taught_classes(web.session(), web.actor())
        ],
        errors=error.facts.get("fields", {}) if error else {},
        message=web.message_of(error) if error else "",
    )


@pages.get("/quizzes/<int:quiz_id>/answer-sheets")
def print_blank_sheet(quiz_id: int) -> Response:
    return sheets_pdf(quiz_id, request.args.get("digits", 6, type=int), {})


@pages.post("/quizzes/<int:quiz_id>/answer-sheets")
def print_sheets(quiz_id: int) -> Response | BaseResponse:
    """A sheet for each candidate of a list, with name and number printed."""
    queries.scannable_quiz(web.session(), web.actor(), quiz_id)
    try:
        names = candidates_from(request.form.get("candidates", ""))
        return sheets_pdf(quiz_id, max(map(len, names), default=6), names)
    except Invalid as error:
        flash(web.message_of(error), "error")
        return web.go_to(f"/quizzes/{quiz_id}/scans")


def sheets_pdf(quiz_id: int, digits: int, names: dict[str, str]) -> Response:
    quiz = queries.scannable_quiz(web.session(), web.actor(), quiz_id)
    subject, school = curriculum().find_subject(quiz.subject), organisation_of(web.session(), quiz)
    head = SheetHead(quiz.id, quiz.title, school.name if school else "", subject.name if subject else quiz.subject)
    sheets = [Sheet(name, number.zfill(digits)) for number, name in names.items()] or [BLANK]
    pdf = answer_sheet_pdf(Papers(web.session(), quiz).layout(digits), head, sheets)
    return send_file(io.BytesIO(pdf), "application/pdf", download_name=f"phieu-tra-loi-{quiz.id}.pdf", max_age=0)


@pages.get("/scans/<int:batch_id>")
def show_batch(batch_id: int) -> str:
    batch = queries.get_batch(web.session(), web.actor(), batch_id)
    after = request.args.get("after", type=int)
    rows, next_key = queries.list_sheets(web.session(), batch, after)
    return web.render(
        "quizbank/scanning/show_batch.html",
        batch=batch,
        quiz=queries.scannable_quiz(web.session(), web.actor(), batch.quiz_id),
        job=web.session().get(Job, batch.job_id) if batch.job_id else None,
        counts=queries.counts_of_batches(web.session(), [batch.id])[batch.id],
        bad_files=[file for file in queries.files_of(web.session(), batch) if file.reason],
        rows=rows,
        after=next_key,
        is_first=after is None,
        state_of=state_of,
        reason_text=reason_text,
    )


@pages.get("/scans/<int:batch_id>/marks.xlsx")
def download_marks(batch_id: int) -> Response:
    batch = queries.get_batch(web.session(), web.actor(), batch_id)
    papers = Papers(web.session(), queries.scannable_quiz(web.session(), web.actor(), batch.quiz_id))
    file = io.BytesIO()
    write_marks(web.session(), batch, papers, file)
    file.seek(0)
    return send_file(file, XLSX, as_attachment=True, download_name=f"diem-{batch.id}.xlsx", max_age=0)


# What is in doubt


@dataclass(frozen=True)
class Turn:
    """A field to look at, and where the fields before and behind it are; empty where there is none."""

    sheet: ScanSheet
    doubt: Doubt
    before: str
    behind: str


@pages.get("/scans/<int:batch_id>/review")
def review(batch_id: int) -> str:
    """One field after the other; ``sheet`` and ``field`` say which, else the first in doubt."""
    batch = queries.get_batch(web.session(), web.actor(), batch_id)
    turn = turn_of(batch, request.args.get("sheet", 0, type=int), request.args.get("field", ""))
    return web.render(
        "quizbank/scanning/review.html",
        batch=batch,
        turn=turn,
        left=queries.counts_of_batches(web.session(), [batch.id])[batch.id].fields,
        name=batch.candidates.get(turn.sheet.number, "") if turn else "",
        field_name=field_name,
        has_undo=queries.last_decision(web.session(), web.actor(), batch) is not None,
    )


@pages.post("/scans/<int:batch_id>/review")
def decide(batch_id: int) -> BaseResponse:
    batch = queries.get_batch(web.session(), web.actor(), batch_id)
    sheet_id, field = request.form.get("sheet", 0, type=int), request.form.get("field", "")
    sheet = queries.get_sheet(web.session(), web.actor(), sheet_id)
    if sheet.batch_id != batch.id:
        raise NotFound("Không có phiếu này.")
    doubts = standing(sheet).doubts
    value = request.form.get("choice", request.form.get("value", ""))
    try:
        check_value(field, value)
        actions.decide(web.session(), web.actor(), sheet_id, field, value, now=web.now())
    except Invalid as error:
        flash(web.message_of(error), "error")
        return web.go_to(f"/scans/{batch_id}/review?sheet={sheet_id}&field={field}")
    behind = next_field(doubts, field)
    left = {one.field for one in standing(sheet).doubts}
    if behind in left:
        return web.go_to(f"/scans/{batch_id}/review?sheet={sheet_id}&field={behind}")
    if request.form.get("from") == "sheet" and not left:
        return web.go_to(f"/scans/sheets/{sheet_id}")
    return web.go_to(f"/scans/{batch_id}/review?sheet={sheet_id if left else sheet_id + 1}")


@pages.post("/scans/<int:batch_id>/undo")
def undo(batch_id: int) -> BaseResponse:
    try:
        last = actions.undo_decision(web.session(), web.actor(), batch_id, now=web.now())
    except Conflict as error:
        flash(web.message_of(error), "error")
        return web.go_to(f"/scans/{batch_id}/review")
    return web.go_to(f"/scans/{batch_id}/review?sheet={last.sheet_id}&field={last.field}")


def turn_of(batch: ScanBatch, sheet_id: int, field: str) -> Turn | None:
    """The field that was asked for, else the first doubt from that sheet on, else the first of all."""
    session = web.session()
    if sheet_id and field:
        sheet = queries.get_sheet(session, web.actor(), sheet_id)
        if sheet.batch_id == batch.id and is_field(field):
            return around(batch, sheet, field)
    found = queries.waiting_sheets(session, batch, sheet_id) or queries.waiting_sheets(session, batch)
    if not found:
        return None
    return around(batch, found[0], standing(found[0]).doubts[0].field)


def around(batch: ScanBatch, sheet: ScanSheet, field: str) -> Turn:
    now = standing(sheet)
    fields = [doubt.field for doubt in now.doubts]
    asked = next((doubt for doubt in now.doubts if doubt.field == field), None) or settled_doubt(now, field)
    place = fields.index(field) if field in fields else -1
    here = f"/scans/{batch.id}/review?sheet={sheet.id}&field="
    before = here + fields[place - 1] if place > 0 else ""
    if place < 0 or place + 1 == len(fields):
        later = queries.waiting_sheets(web.session(), batch, sheet.id + 1)
        behind = f"/scans/{batch.id}/review?sheet={later[0].id}" if later else ""
    else:
        behind = here + fields[place + 1]
    return Turn(sheet, asked, before, behind)


def settled_doubt(now: Standing, field: str) -> Doubt:
    """A field that waits for nobody, looked at all the same."""
    value = now.values.get(field, now.answer(int(field[2:])) if field.count(".") == 1 and field[0] == "3" else "")
    return Doubt(field, value, State.SURE, signs_of(field) or ANSWER_SIGNS, 1 if signs_of(field) else 4)


def next_field(doubts: tuple[Doubt, ...], field: str) -> str:
    fields = [doubt.field for doubt in doubts]
    place = fields.index(field) + 1 if field in fields else len(fields)
    return fields[place] if place < len(fields) else ""


def standing(sheet: ScanSheet) -> Standing:
    session = web.session()
    quiz = queries.scannable_quiz(session, web.actor(), sheet.quiz_id)
    return Marker(session, web.actor(), quiz, web.now()).standing(sheet)


# One sheet


@pages.get("/scans/sheets/<int:sheet_id>")
def show_sheet(sheet_id: int) -> str:
    sheet = queries.get_sheet(web.session(), web.actor(), sheet_id)
    batch = queries.get_batch(web.session(), web.actor(), sheet.batch_id)
    rows, _ = queries.list_sheets(web.session(), batch, sheet.id - 1, 1)
    decisions, marks = queries.history_of(web.session(), sheet)
    now = standing(sheet)
    return web.render(
        "quizbank/scanning/show_sheet.html",
        batch=batch,
        row=rows[0],
        fields=[(name, now.values[name]) for name, *_ in sheet.reading if name[0] in "123"],
        waiting={doubt.field for doubt in now.doubts},
        decisions=decisions,
        marks=marks,
        state_of=state_of,
        field_name=field_name,
    )


@pages.post("/scans/sheets/<int:sheet_id>/digits")
def decide_digits(sheet_id: int) -> BaseResponse:
    try:
        actions.decide_digits(
            web.session(),
            web.actor(),
            sheet_id,
            request.form.get("kind", ""),
            request.form.get("digits", ""),
            now=web.now(),
        )
    except Invalid as error:
        flash(web.message_of(error), "error")
    return web.go_to(f"/scans/sheets/{sheet_id}")


@pages.post("/scans/sheets/<int:sheet_id>/discard")
def discard_sheet(sheet_id: int) -> BaseResponse:
    actions.discard_sheet(web.session(), web.actor(), sheet_id, is_discarded=True, now=web.now())
    return web.go_to(f"/scans/sheets/{sheet_id}")


@pages.post("/scans/sheets/<int:sheet_id>/restore")
def restore_sheet(sheet_id: int) -> BaseResponse:
    actions.discard_sheet(web.session(), web.actor(), sheet_id, is_discarded=False, now=web.now())
    return web.go_to(f"/scans/sheets/{sheet_id}")


@pages.get("/scans/sheets/<int:sheet_id>/picture")
def sheet_picture(sheet_id: int) -> Response:
    sheet = queries.get_sheet(web.session(), web.actor(), sheet_id)
    if sheet.picture_sha256 is None:
        raise NotFound("Phiếu này không có ảnh.")
    with web.services().store.open(sheet.picture_sha256) as file:
        return private(send_file(io.BytesIO(file.read()), "image/jpeg"))


@pages.get("/scans/sheets/<int:sheet_id>/fields/<field>")
def field_picture(sheet_id: int, field: str) -> Response:
    sheet = queries.get_sheet(web.session(), web.actor(), sheet_id)
    return private(send_file(io.BytesIO(picture_of_field(web.services().store, sheet, field)), "image/png"))


def private(answer: Response) -> Response:
    """A picture of somebody's work: kept by this browser for an hour, by nobody else."""
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer
