"""Write questions as an Excel table, one a row, that ``read_spreadsheet`` reads again."""

from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font

from quizbank.questions.formats.text_lines import IMAGE
from quizbank.questions.formats.text_writer import key_of
from quizbank.questions.formats.writing import Export, Loss, Losses
from quizbank.questions.problems import problem
from quizbank.questions.rules import OPTION_LETTERS, NewQuestion, QuestionType, fold_spaces, has_own_levels

MAX_CELL_CHARACTERS = 32_767
TYPE_NAMES = {
    QuestionType.SINGLE_CHOICE: "Một đáp án",
    QuestionType.MULTIPLE_RESPONSE: "Nhiều đáp án",
    QuestionType.TRUE_FALSE: "Đúng sai",
    QuestionType.SHORT_ANSWER: "Trả lời ngắn",
    QuestionType.ESSAY: "Tự luận",
}
COLUMNS: tuple[tuple[str, int], ...] = (
    ("STT", 6),
    ("Loại", 14),
    ("Câu hỏi", 60),
    *((f"Phương án {letter}", 24) for letter in OPTION_LETTERS),
    ("Đáp án", 14),
    ("Lời giải", 50),
    ("Môn", 12),
    ("Lớp", 6),
    ("Chương trình", 12),
    ("Chủ đề", 30),
    ("Mức độ", 12),
    ("Nhãn", 20),
    ("Ngữ liệu", 40),
    ("Nguồn", 20),
    ("Giấy phép", 12),
    ("Sai số", 8),
    ("Khoá", 8),
    ("Giữ thứ tự", 10),
    ("Mức độ từng ý", 20),
)
"""Headings and widths in characters."""


def write_spreadsheet(export: Export, output: BinaryIO) -> Losses:
    """Write an ``.xlsx``, row after row; see ``formats.writing.Writer``."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Câu hỏi")
    sheet.freeze_panes = "C2"
    for place, (_, width) in enumerate(COLUMNS):
        sheet.column_dimensions[chr(65 + place)].width = width
    headings = [WriteOnlyCell(sheet, heading) for heading, _ in COLUMNS]
    for heading in headings:
        heading.font = Font(bold=True)
    sheet.append(headings)
    for number, (identifier, new) in enumerate(export.questions, start=1):
        sheet.append([_cell(sheet, value) for value in row_of(number, new)])
        export.losses.extend(Loss(identifier, found) for found in _losses_of(new))
    book.save(output)
    return export.losses


def row_of(number: int, new: NewQuestion) -> list[object]:
    content, placement = new.content, new.placement
    is_short = content.type is QuestionType.SHORT_ANSWER
    texts = [] if is_short else [part.text for part in content.parts]
    locked = [letter for letter, part in zip(OPTION_LETTERS, content.parts, strict=False) if part.is_locked]
    return [
        number,
        TYPE_NAMES[content.type],
        content.stem,
        *texts,
        *[""] * (len(OPTION_LETTERS) - len(texts)),
        "\n".join(part.text for part in content.parts) if is_short else _key_of(new),
        content.explanation,
        placement.subject,
        placement.grade,
        placement.programme,
        placement.topic,
        placement.level,
        ", ".join(placement.tags),
        new.passage,
        new.source,
        new.licence,
        "" if content.tolerance is None else f"{content.tolerance:f}".replace(".", ","),
        ", ".join(locked),
        "x" if content.keeps_order else "",
        ", ".join(part.level or "-" for part in content.parts) if has_own_levels(content) else "",
    ]


def _key_of(new: NewQuestion) -> str:
    """The key in letters, said in full where an option reads like them."""
    key = key_of(new.content)
    has_double = any(fold_spaces(part.text) == fold_spaces(key) for part in new.content.parts)
    return f"Phương án {key}" if has_double else key


def _cell(sheet: Any, value: object) -> Any:
    """A cell that is never a formula, whatever its text begins with."""
    if not isinstance(value, str):
        return WriteOnlyCell(sheet, value)
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value)[:MAX_CELL_CHARACTERS])
    cell.data_type = "s"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _losses_of(new: NewQuestion) -> list[Any]:
    texts = [new.content.stem, new.content.explanation, new.passage, *(part.text for part in new.content.parts)]
    found = [problem("cannot-hold", what="hình")] if any(IMAGE.search(text) for text in texts) else []
    if any(len(text) > MAX_CELL_CHARACTERS for text in texts):
        found.append(problem("cannot-hold", what="đoạn dài hơn 32 767 ký tự"))
    return found
