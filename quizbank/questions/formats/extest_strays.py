r"""What stands between the exercises of a LaTeX paper: passages, and questions without a frame."""

import re
from dataclasses import dataclass

from quizbank.questions.formats.tex_arguments import TexError, group_at, without_comments
from quizbank.questions.formats.tex_exercises import without_skipped

MAX_STRAY = 20_000
MAX_SHARED = 20
_LETTER = re.compile(r"(?:^|[\s{}])\*?(?P<letter>[A-D])\s*[.)](?=[\s$*\\{])")
_ANSWERS = re.compile(r"\\(?:choice(?:TFt?|fix|five|RD)?|shortans)(?![a-zA-Z])\s*(?:\[[^\]]*\]\s*)?\{")
_INSTRUCTION = re.compile(
    r"\b(?:đọc|sử dụng|dùng|dựa vào|căn cứ|cho|read|use|based on|refer)\b[^\n]{0,200}?\b(?:câu|questions?)\b(?: hỏi)?"
    r"\s*(?P<range>[^\n]{0,60})",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"(?P<first>\d{1,3})\D{1,20}(?P<last>\d{1,3})|(?P<only>\d{1,3})")
_ABOUT = re.compile(
    r"thông tin|đoạn|ngữ liệu|dữ kiện|tư liệu|bảng|hình|đồ thị|biểu đồ|tình huống|passage|text|information|sau đây"
    r"|dưới đây",
    re.IGNORECASE,
)
_GROUP = re.compile(r"\\sochc\s*\{(?P<count>\d{1,2})\}\s*(?=\{)")
_HEADING = re.compile(r"(?:thí sinh|học sinh)\s+(?:trả lời|chỉ)", re.IGNORECASE)


@dataclass(frozen=True)
class Stray:
    """``count``: how many of the exercises that follow a passage belongs to; 0 where that is not clear."""

    text: str
    count: int = 0


def stray_in(between: str) -> bool:
    """Whether a question without its frame stands there: options, or a command of options."""
    text = without_comments(without_skipped(between))[:MAX_STRAY]
    return bool(_ANSWERS.search(text)) or "ABCD" in "".join(found["letter"] for found in _LETTER.finditer(text))


def passage_in(between: str) -> Stray | None:
    """The LaTeX of a passage for the exercises below, as far as the text says that it is one."""
    text = without_comments(without_skipped(between))[-MAX_STRAY:]
    grouped = max(_GROUP.finditer(text), key=lambda found: found.start(), default=None)
    if grouped is not None:
        try:
            group = group_at(text, grouped.end())
        except TexError:
            group = None
        return Stray(group[0], min(int(grouped["count"]), MAX_SHARED)) if group else None
    for found in _INSTRUCTION.finditer(text):
        line = text[text.rfind("\n", 0, found.start()) + 1 : found.end()]
        if _HEADING.search(line) or not _ABOUT.search(line) or not (numbers := _NUMBERS.search(found["range"])):
            continue
        first, last = (numbers["only"],) * 2 if numbers["only"] else (numbers["first"], numbers["last"])
        count = int(last) - int(first) + 1
        start = text.rfind("\n", 0, found.start()) + 1
        return Stray(text[start:].strip(), count if 1 <= count <= MAX_SHARED else 0)
    return None
