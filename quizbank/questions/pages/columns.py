"""Naming the columns of a table on the import desk."""

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from quizbank.questions import columns, import_door, mending, reading
from quizbank.questions.formats.sandbox import ReadingProcess, SheetHead
from quizbank.questions.formats.spreadsheet_columns import Column
from quizbank.questions.models import QuestionImport
from quizbank.questions.pages.blueprint import Choices, pages
from repository import web
from repository.errors import NotFound

SHOWN_ROWS = 6


@pages.get("/imports/<int:import_id>/columns")
def assign_columns(import_id: int) -> str:
    made = mending.see_desk(web.session(), web.actor(), import_id)
    sheets = sheets_of(made)
    wanted = request.args.get("sheet", made.options.get("sheet", ""))
    sheet = next((one for one in sheets if one.name == wanted), sheets[0])
    return web.render(
        "quizbank/questions/assign_columns.html",
        made=made,
        sheets=[one.name for one in sheets],
        sheet=sheet,
        header_row=sheet.header_row or 0,
        width=max((len(row) for row in sheet.rows), default=0),
        shown=sheet.rows[: (sheet.header_row or 0) + SHOWN_ROWS],
        meanings=column_labels(),
    )


@pages.post("/imports/<int:import_id>/columns")
def store_columns(import_id: int) -> Response:
    """Read the table with these columns, and remember them for the next table with the same headings."""
    made = mending.see_desk(web.session(), web.actor(), import_id)
    choices = columns.choices_from(request.form)
    sheets = sheets_of(made)
    sheet = next((one for one in sheets if one.name == choices["sheet"]), sheets[0])
    place = int(choices["header_row"])
    headings = sheet.rows[place] if place < len(sheet.rows) else ()
    columns.remember_columns(web.session(), web.actor(), choices, headings, now=web.now())
    import_door.read_anew(made, made.options.get("format", ""), {**made.options, **choices})
    return web.go_to(f"/questions/imports/{import_id}")


def sheets_of(made: QuestionImport) -> list[SheetHead]:
    """The sheets of an import's file.

    Raises:
        NotFound: it is no table.
    """
    name = made.file_names[0]
    if made.source_sha256 is None or not columns.is_table(name, made.format or made.options.get("format", "")):
        raise NotFound("Tệp này không phải là bảng tính.")
    with ReadingProcess() as process:
        sheets = process.look_at_sheets(reading.source_of(made, web.services().store))
    if not sheets:
        raise NotFound("Tệp này không phải là bảng tính.")
    return sheets


def column_labels() -> Choices:
    labels = {
        Column.STEM: _("Câu hỏi"),
        Column.KEY: _("Đáp án đúng"),
        **{column: _("Phương án %(letter)s", letter=column.upper()) for column in map(Column, "abcdefgh")},
        Column.CHOICES: _("Các phương án trong một ô"),
        Column.WRONG: _("Phương án sai"),
        Column.EXPLANATION: _("Lời giải"),
        Column.TYPE: _("Dạng câu hỏi"),
        Column.SUBJECT: _("Môn"),
        Column.PROGRAMME: _("Chương trình"),
        Column.GRADE: _("Lớp"),
        Column.TOPIC: _("Chủ đề"),
        Column.LEVEL: _("Mức độ"),
        Column.STATEMENT_LEVELS: _("Mức độ từng ý"),
        Column.TAGS: _("Nhãn"),
        Column.PASSAGE: _("Ngữ liệu dùng chung"),
        Column.SOURCE: _("Nguồn"),
        Column.LICENCE: _("Giấy phép"),
        Column.IMAGE: _("Hình"),
        Column.NUMBER: _("Số thứ tự"),
        Column.TOLERANCE: _("Sai số cho phép"),
        Column.LOCKED: _("Phương án giữ chỗ"),
        Column.KEEPS_ORDER: _("Giữ thứ tự phương án"),
        Column.HINT: _("Gợi ý"),
        Column.IGNORED: _("Bỏ qua"),
    }
    return [(str(column), label) for column, label in labels.items()]
