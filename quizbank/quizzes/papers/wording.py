"""The fixed words of printed papers, as the Ministry's papers of 2025 have them.

They are Vietnamese whoever prints them (English in the parts of an English paper), so that a paper has the same bytes
for everybody.

Source: the sample papers and the papers of the graduation exam of 2025 (Bộ Giáo dục và Đào tạo).
"""

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal

from quizbank.questions.rules import QuestionType

TIED = re.compile(r"(GIÁO|ĐÀO|TRUNG|PHỔ|THÀNH|CHÍNH) (DỤC|TẠO|HỌC|THÔNG|PHỐ|THỨC)")
"""Words of a heading between which no line ends."""
ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}
END = "HẾT"
SOLUTIONS = "ĐÁP ÁN VÀ HƯỚNG DẪN GIẢI"
KEY_TABLE = "BẢNG ĐÁP ÁN"
KEY, SOLUTION, MARKING_GUIDE, QUESTION = "Đáp án", "Lời giải", "Hướng dẫn chấm", "Câu"
JUDGEMENTS = "Phần II: Đ là đúng, S là sai, theo thứ tự a), b), c), d)."
ESSAY_KEYS = "Câu tự luận: xem hướng dẫn chấm trong tập lời giải."
NOTES = ("Thí sinh không được sử dụng tài liệu.", "Giám thị không giải thích gì thêm.")
BUNDLE = {
    "De": "De-...: đề thi của từng mã, mỗi mã một tệp. PDF để in, Word để sửa, HTML cho trình đọc màn hình.",
    "Chu-lon/": "Chu-lon: các đề ấy in chữ lớn (18 pt).",
    "Loi-giai/": "Loi-giai: đáp án và lời giải của từng mã. Không đưa cho thí sinh.",
    "Dap-an/": "Dap-an: bảng đáp án để in và các tệp đáp án cho phần mềm chấm. Không đưa cho thí sinh.",
    "Phieu-": "Phieu-tra-loi: phiếu trả lời trắc nghiệm. In đúng khổ A4, tỉ lệ 100 %.",
}
LOSSES = "Những chỗ không in được đúng như nguồn:"
CANDIDATE = "Họ, tên thí sinh:"
CANDIDATE_NUMBER = "Số báo danh:"
LITERATURE, ENGLISH = "ngu-van", "tieng-anh"
FIRST_MONTH = 8
"""School years begin in August."""

TITLES = {
    1: "Câu trắc nghiệm nhiều phương án lựa chọn.",
    2: "Câu trắc nghiệm đúng sai.",
    3: "Câu trắc nghiệm trả lời ngắn.",
    4: "Tự luận.",
}
ORDERS = {
    1: "Thí sinh trả lời từ câu 1 đến câu {last}. Mỗi câu hỏi thí sinh chỉ chọn một phương án.",
    2: "Thí sinh trả lời từ câu 1 đến câu {last}. Trong mỗi ý a), b), c), d) ở mỗi câu, thí sinh chọn đúng hoặc sai.",
    3: "Thí sinh trả lời từ câu 1 đến câu {last}.",
    4: "Thí sinh trả lời từ câu 1 đến câu {last}.",
}
ORDERS_OF_ONE = {
    1: "Thí sinh trả lời câu 1. Thí sinh chỉ chọn một phương án.",
    2: "Thí sinh trả lời câu 1. Trong mỗi ý a), b), c), d), thí sinh chọn đúng hoặc sai.",
    3: "Thí sinh trả lời câu 1.",
    4: "Thí sinh trả lời câu 1.",
}
ENGLISH_ORDERS = {
    1: "Mark the letter A, B, C or D on your answer sheet to indicate the best answer to each of the following "
    "questions from 1 to {last}.",
    2: "Decide whether each of the statements a), b), c), d) is true (Đ) or false (S). Questions 1 to {last}.",
    3: "Write the answer to each of the following questions from 1 to {last}.",
    4: "Answer the following questions from 1 to {last}.",
}
ONE_CHOICE = "Mỗi câu hỏi thí sinh chỉ chọn một phương án."
SOME_CHOICES = "Ở câu hỏi nhiều đáp án, thí sinh chọn tất cả các phương án đúng."


def part_title(part: int, present: Sequence[int]) -> str:
    """The bold words that open a part; a paper of a single part has none.

    Parts I to III keep their numerals, for the answer sheet names them; essays take the next one.
    """
    if len(present) == 1:
        return ""
    numeral = ROMAN[part] if part < 4 else ROMAN[len(present)] if present[:-1] == [*range(1, len(present))] else "IV"
    return f"PHẦN {numeral}. {TITLES[part]}"


def part_order(part: int, types: Sequence[QuestionType], *, is_english: bool = False) -> str:
    """What the candidate is told to do in a part with questions of these types."""
    count = len(types)
    if is_english:
        return ENGLISH_ORDERS[part].format(last=count)
    order = (ORDERS if count > 1 else ORDERS_OF_ONE)[part].format(last=count)
    if part == 1 and QuestionType.MULTIPLE_RESPONSE in types:
        lead = order.split(". ")[0]
        return f"{lead}. {ONE_CHOICE} {SOME_CHOICES}" if len(set(types)) > 1 else f"{lead}. {SOME_CHOICES}"
    return order


def question_label(number: int, marks: Decimal, *, shows_marks: bool, is_english: bool) -> str:
    """What stands before a stem: ``Câu 1``, ``Question 1``, and an essay's marks in brackets."""
    label = f"{'Question' if is_english else 'Câu'} {number}"
    return f"{label} ({marks_text(marks)} điểm)" if shows_marks else label


def marks_text(marks: Decimal) -> str:
    """Marks with a comma and at least one decimal: ``4,0``, ``0,25``."""
    whole, _, cents = f"{marks:.2f}".partition(".")
    return f"{whole},{cents[0]}{cents[1].rstrip('0')}"


def says_what_to_do(passage: str) -> bool:
    """Whether a passage opens with its own instruction."""
    opening = passage.lstrip(" *_<>bipu/\n").casefold()
    return opening.startswith(("đọc ", "read ", "sử dụng ", "dựa vào ", "căn cứ ", "cho ", "use ", "dùng "))


def passage_words(first: int, last: int, *, is_essay: bool, is_english: bool) -> tuple[str, str]:
    """The lines before and after a shared passage that has no instruction of its own."""
    if is_essay:
        return "Đọc văn bản sau:", "Thực hiện các yêu cầu:"
    if is_english:
        which = f"question {first}" if first == last else f"questions from {first} to {last}"
        return f"Read the following passage and answer {which}.", ""
    if first == last:
        return f"Sử dụng thông tin sau để trả lời câu {first}:", ""
    joint = "và" if last == first + 1 else "đến"
    return f"Sử dụng thông tin sau để trả lời các câu {first} {joint} {last}:", ""


def doubtful_letters(letters: Sequence[str]) -> str:
    """What is said below an explanation that may name options in their original order."""
    return f"(Trong lời giải, {', '.join(letters)} có thể là phương án theo thứ tự của câu gốc.)"


def section_title(numeral: str, name: str, marks: Decimal) -> str:
    """The title of a section of a literature paper: ``I. ĐỌC HIỂU (4,0 điểm)``."""
    return f"{numeral}. {name} ({marks_text(marks)} điểm)"


def subject_line(name: str, grade: int | None) -> str:
    return f"Môn: {name.upper()}" + (f" – Lớp {grade}" if grade is not None else "")


def duration_line(minutes: int) -> str:
    return f"Thời gian làm bài: {minutes} phút, không kể thời gian phát đề"


def pages_line(count: int | str) -> str:
    """How many pages the paper has, with two digits: ``(Đề có 04 trang)``."""
    return f"(Đề có {count:02} trang)" if isinstance(count, int) else f"(Đề có {count} trang)"


def code_line(code: str) -> str:
    return f"Mã đề: {code}"


def footer_code(code: str) -> str:
    """What stands beside the page number; nothing for a quiz without codes."""
    return f"Mã đề {code}" if code else ""


def school_year_of(day: dt.date) -> str:
    first = day.year if day.month >= FIRST_MONTH else day.year - 1
    return f"NĂM HỌC {first} - {first + 1}"
