"""What people read of sheets: the names of fields, why a sheet has no marks, what is to be done."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from quizbank.scanning.queries import SheetRow
from quizbank.scanning.rules import Problem

REASONS = {
    "no-markers": lazy_gettext("Không thấy các ô vuông ở góc phiếu"),
    "not-flat": lazy_gettext("Phiếu bị khuất, bị cắt hoặc quá cong"),
    "broken": lazy_gettext("Tệp hỏng"),
    "too-large": lazy_gettext("Ảnh quá lớn"),
    "too-small": lazy_gettext("Ảnh quá nhỏ"),
    "unknown-format": lazy_gettext("Không phải ảnh JPEG, PNG hay PDF"),
    "too-many-pages": lazy_gettext("PDF có quá nhiều trang"),
    "too-slow": lazy_gettext("Đọc quá lâu"),
    "crashed": lazy_gettext("Tệp làm trình đọc dừng đột ngột"),
}
PROBLEMS = {
    Problem.UNKNOWN_CODE: lazy_gettext("Đề không có mã này"),
    Problem.OTHER_QUIZ: lazy_gettext("Phiếu của đề khác"),
    Problem.DUPLICATE: lazy_gettext("Số báo danh đã có phiếu khác"),
}


def reason_text(reason: str) -> str:
    return str(REASONS.get(reason, REASONS["broken"]))


def state_of(row: SheetRow) -> str:
    """Where a sheet stands, in words."""
    sheet = row.sheet
    text: str = _("Đã chấm") if row.is_known else _("Đã chấm; số báo danh ngoài danh sách")
    if sheet.is_discarded:
        text = _("Đã bỏ")
    elif sheet.reason:
        text = reason_text(sheet.reason)
    elif sheet.waiting_count:
        text = _("Chờ xem lại %(count)s ô", count=sheet.waiting_count)
    elif sheet.problem:
        text = str(PROBLEMS[Problem(sheet.problem)])
    return text


def field_name(field: str) -> str:
    """``Phần II, câu 3, ý a``."""
    kind, *rest = field.split(".")
    first, last = rest[0], rest[-1]
    name: str
    if kind == "number":
        name = _("Số báo danh, chữ số %(place)s", place=first)
    elif kind == "code":
        name = _("Mã đề, chữ số %(place)s", place=first)
    elif kind == "1":
        name = _("Phần I, câu %(number)s", number=first)
    elif kind == "2":
        name = _("Phần II, câu %(number)s, ý %(letter)s", number=first, letter=last)
    elif len(rest) == 2:
        name = _("Phần III, câu %(number)s, cột %(column)s", number=first, column=last)
    else:
        name = _("Phần III, câu %(number)s, cả kết quả", number=first)
    return name
