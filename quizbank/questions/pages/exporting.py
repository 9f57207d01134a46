"""Export: choose a format for a selection of the bank, watch it being written, see its losses, take the file."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from flask import Response as FlaskResponse
from flask import request, stream_with_context
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from quizbank.permissions import SEE_QUESTION_BANK
from quizbank.questions import exporting
from quizbank.questions.export_jobs import QUICK_QUESTIONS, write_now_or_later
from quizbank.questions.export_models import QuestionExport
from quizbank.questions.formats.writers import WRITERS, get_writer
from quizbank.questions.formats.writing import Loss
from quizbank.questions.pages.bank import filter_from_request
from quizbank.questions.pages.bank_facets import pairs_of
from quizbank.questions.pages.blueprint import name_of, pages
from quizbank.questions.pages.importing import download
from quizbank.questions.queries import QuestionFilter
from repository import web
from repository.errors import Invalid

SHOWN_LOSSES = 200
MOST_SUMMED = 20_000
SHOWN_REASONS = 12


@pages.get("/export")
def export_questions() -> str:
    SEE_QUESTION_BANK.require(web.actor())
    wanted = filter_from_request()
    count = exporting.count_in_bank(web.session(), web.actor(), wanted)
    return show_choice(title_of(wanted), request.full_path.rstrip("?"), count, bank_address(wanted))


@pages.post("/export")
def write_questions() -> Response:
    """Write the selection, a large one by the worker, and go to the page of the export."""
    wanted = filter_from_request()
    made = exporting.ask_for_export(
        web.session(), web.actor(), title_of(wanted), request.form.get("format", ""), wanted, now=web.now()
    )
    write_now_or_later(web.session(), web.actor(), made, store=web.services().store, now=web.now())
    return web.go_to(f"/questions/exports/{made.id}")


@pages.get("/exports")
def list_exports() -> str:
    after = request.args.get("after", type=int)
    exports, next_key = exporting.list_exports(web.session(), web.actor(), after=after)
    states, labels = exporting.states_of(web.session(), exports, web.now()), state_labels()
    return web.render(
        "quizbank/questions/list_exports.html",
        exports=[(made, _(get_writer(made.format).name), labels[states[made.id]]) for made in exports],
        after=next_key,
        is_first=after is None,
    )


@pages.get("/exports/<int:export_id>")
def show_export(export_id: int) -> str:
    made = exporting.get_export(web.session(), web.actor(), export_id)
    state, job = exporting.progress_of(web.session(), made, web.now())
    has_losses = state == "ready" and made.loss_count > 0
    losses = list(islice(losses_of(made), SHOWN_LOSSES)) if has_losses else []
    return web.render(
        "quizbank/questions/show_export.html",
        made=made,
        state=state,
        job=job,
        format=_(get_writer(made.format).name),
        trouble=trouble_of(made),
        losses=[(label_of(one), one) for one in losses],
        reasons=reasons_of(made) if has_losses and made.loss_count <= MOST_SUMMED else [],
        more=made.loss_count - len(losses),
        again=again_address(made),
    )


@pages.get("/exports/<int:export_id>/file")
def export_file(export_id: int) -> Response:
    """The file, for whoever asked for it."""
    made = exporting.get_export(web.session(), web.actor(), export_id)
    store, writer = web.services().store, get_writer(made.format)
    sha256 = exporting.file_of(made, store, made.file_sha256, web.now())
    return download(store.path(sha256), f"{made.title}{writer.ending}", writer.media_type)


@pages.get("/exports/<int:export_id>/losses")
def export_losses(export_id: int) -> Response:
    """Everything the format could not hold, as a table in the reader's language."""
    made = exporting.get_export(web.session(), web.actor(), export_id)
    exporting.file_of(made, web.services().store, made.losses_sha256, web.now())
    answer = FlaskResponse(stream_with_context(rows_of(losses_of(made))), mimetype="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="losses-{made.id}.csv"'
    return answer


def losses_of(made: QuestionExport) -> Iterator[Loss]:
    store = web.services().store
    with store.open(exporting.file_of(made, store, made.losses_sha256, web.now())) as file:
        yield from exporting.losses_in(file)


def rows_of(losses: Iterator[Loss]) -> Iterator[bytes]:
    yield "\ufeff".encode()
    yield from map(row_of, ([_("Câu"), _("Vì sao")], *([one.identifier, said(one)] for one in losses)))


def row_of(cells: list[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue().encode()


def said(loss: Loss) -> str:
    return web.message_of(loss.problem)


def label_of(loss: Loss) -> str:
    """The question as the bank calls it."""
    return f"#{loss.identifier.removeprefix('q-')}"


def reasons_of(made: QuestionExport) -> list[tuple[str, int]]:
    """Why things are lost, the most frequent reasons first, with how often."""
    return Counter(map(said, losses_of(made))).most_common(SHOWN_REASONS)


def trouble_of(made: QuestionExport) -> str:
    given = made.trouble
    return web.message_of(Invalid(given["message"], **given["facts"])) if given else ""


def show_choice(title: str, action: str, count: int, back: str) -> str:
    """The choice of a format, also for a quiz: ``action`` is where the form is sent, ``back`` where one came from."""
    purposes = purpose_labels()
    return web.render(
        "quizbank/questions/export_questions.html",
        title=title,
        action=action,
        back=back,
        count=count,
        is_quick=count <= QUICK_QUESTIONS,
        formats=[(one.id, f"{_(one.name)}: {purposes[one.id]}") for one in WRITERS],
    )


def purpose_labels() -> dict[str, str]:
    """What each format is good for, in few words."""
    return {
        "docx": _("in, sửa, nhập lại được"),
        "xlsx": _("bảng tính, nhập lại được"),
        "extest": _("soạn tiếp bằng LaTeX"),
        "json": _("giữ đủ mọi thứ, cho phần mềm"),
        "moodle": _("đưa lên Moodle"),
        "aiken": _("chỉ câu một lựa chọn"),
        "gift": _("đưa lên Moodle, dạng chữ"),
        "text": _("chữ trơn, dán vào nơi khác"),
        "qti30": _("hệ thống thi theo chuẩn mới"),
        "qti22": _("hệ thống thi theo chuẩn cũ"),
    }


def title_of(wanted: QuestionFilter) -> str:
    """What the file is called: the subject and grade that were chosen, or the bank."""
    grade = f" {wanted.grade}" if wanted.grade else ""
    return f"{name_of(wanted.subject)}{grade}" if wanted.subject else _("Ngân hàng câu hỏi")


def bank_address(wanted: QuestionFilter, path: str = "/questions") -> str:
    """The list, or another page, narrowed to the same."""
    return f"{path}?{urlencode(pairs_of(wanted))}".rstrip("?")


def again_address(made: QuestionExport) -> str:
    """Where the same can be asked for once more."""
    selection: dict[str, Any] = made.selection
    if "quiz" in selection:
        return f"/quizzes/{selection['quiz']}/export"
    return bank_address(QuestionFilter(**selection["filter"]), "/questions/export")


def state_labels() -> dict[str, str]:
    return {
        "writing": _("đang viết"),
        "ready": _("đã xong"),
        "refused": _("không viết được"),
        "failed": _("không viết xong"),
        "expired": _("đã hết hạn"),
    }
