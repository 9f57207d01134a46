"""The marks that teachers put into plain-text papers, and the lines that carry them."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

NUMBER = r"\d{1,4}(?:\.\d{1,2}(?=\s*[.:)]))?"
HEADER = re.compile(
    rf"[ \t*#_]*(?P<word>câu(?: hỏi)?(?: số)?|question|bài)\s*\.?\s*(?:(?-i:[IVX]){{1,4}}\.)?(?P<number>{NUMBER})"
    r"(?:(?P<mark>\s*\*{0,2}[.:)\]：．․]+|\s*/(?=\s|$)|\s*[-–](?=\s))|\s*[;,](?=\s)|(?=\s|$))",
    re.IGNORECASE,
)
NUMBERED = re.compile(r"\s*(?P<number>\d{1,3})(?P<mark>[.)/])(?=\s|$)")
INNER_HEADER = re.compile(r"(?<=[.?!;:)\s])(?:câu|question)\s*(?P<number>\d{1,3})\s*[.:)]", re.IGNORECASE)
PART_HEADING = re.compile(
    r"\s*(?:(?:PHẦN|PART|SECTION|Phần|Part|Section)\s+(?P<roman>[IVX]{1,4})|(?:PHẦN|PART|SECTION)\s+(?P<digit>[1-9])"
    r"|(?:Phần|Part|Section)\s+(?P<named>[1-9])(?=.*(?:[Tt]rắc nghiệm|[Đđ]úng.{1,3}[Ss]ai|[Tt]rả lời ngắn"
    r"|[Tt]ự luận)))"
    r"(?:\s*[.:)\-–]|\s*$|(?=\s+[A-ZĐ]{2})).*"
)
ESSAY_HEADING = re.compile(
    r"\s*(?:(?P<roman>[IVX]{1,4})\s*[.:)\-–/]+\s*(?:PHẦN\s+|Phần\s+)?"
    r"(?:TỰ LUẬN|Tự luận|ĐỌC\s?[–-]?\s?HIỂU|Đọc hiểu|(?:TẬP\s+)?LÀM VĂN|Làm văn|VIẾT|Viết(?=\s*\())"
    r"|(?P<letter>[A-E])\s*[.:)\-–/]+\s*(?:PHẦN\s+)?(?:TỰ LUẬN|ĐỌC\s?[–-]?\s?HIỂU|LÀM VĂN|VIẾT)"
    r"|(?:PHẦN\s+|Phần\s+)?TỰ LUẬN|Phần tự luận|PHẦN\s+(?:ĐỌC\s?[–-]?\s?HIỂU|LÀM VĂN|VIẾT))"
    r"(?!\s+(?:NGẮN|ngắn))\s*(?:[(:.\[–-].*)?$"
)
"""A heading of essays that says no ``PHẦN`` with a number: ``II. TỰ LUẬN (3,0 điểm)``, ``B. TỰ LUẬN``."""
EXPLANATION = re.compile(
    r"\s*(?:(?:lời giải(?: chi tiết| tham khảo)?|hướng dẫn giải|hướng dẫn chấm|hướng dẫn trả lời|hướng dẫn|giải thích"
    r"|giải chi tiết|explanation|solution|(?P<weak>(?:bài )?giải|gợi ý(?: giải| trả lời)?|(?-i:HDG?)))"
    r"\s*(?:[:.]|$)|(?P<method>(?=(?:phương pháp(?: giải)?|cách giải)\s*:)))",
    re.IGNORECASE,
)
"""Where the explanation begins; ``weak`` words may also stand in a question, ``method`` belongs to the explanation."""
KEY = re.compile(
    r"[ \t*=>→⇒\[({-]*(?:vậy,?\s+)?(?:đáp án|(?:phương án|câu trả lời)(?=\s+(?:đúng|chính xác))|đáp số(?=\s*[:：])"
    r"|đ/án?|đ/a|(?-i:ĐA)(?=\s*[:：.]|\s+(?-i:[A-H])\b)"
    r"|(?:trả lời|kết quả|(?-i:KQ|ĐS))(?=\s*[:：]\s*(?:[-−–+]?\s?\d[\d.,/]*|(?-i:[A-H])\.?)\s*$)"
    r"|(?:the )?correct answer|answer key|answer|key|ans)(?:\s+đúng|\s+chính xác|\s+cần chọn)*(?:\s+(?:là|is))?"
    r"\s*(?P<colon>[:：.]|[-–](?=\s)|)\s*(?P<value>.*)",
    re.IGNORECASE,
)
CHOSEN = re.compile(
    r"(?:[ \t*=>→⇒-]*(?:vậy(?: ta)?,?\s+|ta\s+|nên\s+)?(?:ch[oọ]n|choose)\s*(?:đáp án|phương án|ý|câu)?"
    r"(?: đúng)?(?: là)?\s*[:：]?|[ \t]*(?:=>|->|→|⇒)(?=\s*(?-i:[A-H])))\s*(?P<value>[A-H])\s*\.?\s*",
    re.IGNORECASE,
)
SAID = re.compile(
    r"(?:ch[oọ]n(?:\s+(?:đáp án|phương án))?|đáp án(?:\s+đúng|\s+cần chọn)*\s+là|choose)\s*:?"
    r"\s*(?-i:(?P<value>[A-H]))(?:\s*\.(?=\s|$)|\s*$)",
    re.IGNORECASE | re.MULTILINE,
)
CONCLUDED = re.compile(
    r"(?:^|[.;,:→⇒>])\s*(?:vậy(?: ta)?,?\s+|ta\s+|nên\s+)?(?:ch[oọ]n|đáp án)"
    r"(?:\s+(?:đáp án|phương án|đúng|cần chọn|là))*\s*:?\s*(?-i:(?P<value>[A-H]))\s*\.?\s*$",
    re.IGNORECASE,
)
"""A line of an explanation that ends with the right letter."""
REASONED = re.compile(
    r"[ \t*=>→⇒-]*(?:ch[oọ]n(?:\s+(?:đáp án|phương án))?|đáp án(?:\s+đúng)?(?:\s+là)?)\s*[:：]?"
    r"\s*(?-i:(?P<value>[A-H]))\s*[.,:;)]?\s+(?P<reason>(?:vì|do|bởi|because|since)\b.*)",
    re.IGNORECASE,
)
INSTRUCTION = re.compile(
    r"\s*(?:mark the letter\b|read the\b|choose the\b|circle the\b|pick out\b|find the\b.*\bmistake"
    r"|complete the following|questions?\s*\d+\s*(?:to|-|–)|blacken the letter"
    r"|(?:đọc|dựa vào|sử dụng|căn cứ|dùng|cho)\b.*\bcâu\b.*\d)",
    re.IGNORECASE,
)
RANGE = re.compile(
    r"(?:from|questions?|câu(?: hỏi)?(?: số| từ)?|blanks)\s*\(?(?P<first>\d{1,3})\)?"
    r"\s*(?:to|đến|tới|-|–|và|and)\s*(?:câu\s*|questions?\s*)?\(?(?P<last>\d{1,3})",
    re.IGNORECASE,
)
PASSAGE_HEADING = re.compile(r"\s*Đọc đoạn sau và trả lời (?:câu \d+|các câu từ \d+ đến \d+):\s*")
"""What our own papers write above a passage; it is no part of it."""
READING = re.compile(
    r"\s*đọc\s+(?:kĩ\s+|kỹ\s+)?(?:các\s+|hai\s+)?(?:đoạn|văn bản|bài|truyện|câu chuyện|ngữ liệu|trích đoạn|tác phẩm"
    r"|phần|thông tin|tư liệu)",
    re.IGNORECASE,
)
DEMAND = re.compile(r"(?:thực hiện|trả lời)\s+(?:các\s+|những\s+)?(?:yêu cầu|câu hỏi)", re.IGNORECASE)
"""Words around a passage for all questions below it: ``Đọc đoạn trích sau``, then ``Thực hiện các yêu cầu:``."""
IMAGE = re.compile(r"!\[(?P<alt>[^\]\[\n]*)\]\((?P<target>[^)\s]{1,500})\)")
MEDIA = re.compile(r"media:(?P<sha256>[0-9a-f]{64})")
"""The target of a picture that the bank keeps."""
FIGURE = re.compile(
    r"(?:cho|theo|vào|trong|từ) (?:biểu đồ|sơ đồ(?! khối))|hình (?:vẽ|bên|dưới đây|ảnh (?:bên|sau|dưới))\b"
    r"|cho hình(?: sau|\s*:)|(?:như|trong|ở|theo) hình(?: [0-9H(]|[.,;:]|$)|đồ thị (?:như|sau|bên|dưới|\(hình)"
    r"|biểu diễn như đồ thị|phả hệ (?:sau|dưới|bên|trên)",
    re.IGNORECASE | re.MULTILINE,
)
TABLE_NAMED = re.compile(r"bảng biến thiên|bảng xét dấu|bảng số liệu|bảng sau|átlat|at-?lat", re.IGNORECASE)
TABLE_LINE = re.compile(r"\S\s*\t\s*\S.*\t|\|.*\|")


class PartKind(StrEnum):
    """What a heading such as ``PHẦN II. Câu trắc nghiệm đúng sai`` says of the questions below it."""

    CHOICE = "choice"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true-false"
    SHORT = "short"
    ESSAY = "essay"


_KINDS = (
    (PartKind.TRUE_FALSE, re.compile(r"đúng\s*[,/–-]?\s*(?:hoặc\s*)?sai|true\s*/?\s*false", re.IGNORECASE)),
    (PartKind.SHORT, re.compile(r"trả lời ngắn|điền đáp án|short answer", re.IGNORECASE)),
    (
        PartKind.MULTIPLE,
        re.compile(r"nhiều (?:đáp án|phương án) đúng|nhiều lựa chọn đúng|select all|multiple response", re.IGNORECASE),
    ),
    (PartKind.CHOICE, re.compile(r"trắc nghiệm|lựa chọn|chọn một phương án|multiple choice", re.IGNORECASE)),
)


_ESSAYS = re.compile(
    r"\btự luận\b(?!\s+ngắn)|\bessays?\b|(?-i:\bĐỌC\s?[–-]?\s?HIỂU\b|\bLÀM VĂN\b|\bVIẾT\b)"
    r"|(?:^|phần\s+)[ivx\d]{1,4}\W+(?:đọc hiểu|làm văn|viết)\s*(?:\(|$)",
    re.IGNORECASE,
)


def part_number_of(text: str) -> str | None:
    """``II`` for ``PHẦN II. …``; None where the line is no heading (“Phần 1: cho tác dụng với nước” is none).

    A heading of essays without a number is numbered ``TL``.
    """
    if found := PART_HEADING.match(text):
        return next(filter(None, found.groups()), None)
    essays = ESSAY_HEADING.match(text)
    return next(filter(None, essays.groups()), "TL") if essays else None


def is_essay_heading(text: str) -> bool:
    return part_number_of(text) is not None and kind_of_heading(text) is PartKind.ESSAY


def kind_of_heading(text: str) -> PartKind | None:
    """What a heading says, with the lines below it: essays where it names them before any other kind."""
    kind, found = next(((kind, found) for kind, pattern in _KINDS if (found := pattern.search(text))), (None, None))
    essays = _ESSAYS.search(text)
    is_essay = essays is not None and (found is None or essays.start() < found.start())
    return PartKind.ESSAY if is_essay else kind


@dataclass(frozen=True)
class Line:
    """One line of a paper, numbered from 1. ``text`` is NFC with ordinary blanks, otherwise as found.

    ``is_cut``: the line is longer than ``MAX_LINE``, and ``text`` its beginning.
    """

    number: int
    text: str
    is_cut: bool = False

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()

    def after(self, position: int) -> "Line":
        return Line(self.number, self.text[position:], self.is_cut)


MAX_LINE = 10_000
"""Characters of one line that are read; a question with a longer line is left out, so that no pattern meets one."""

_ODD_SPACES = (
    dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2007\u2009\u202f\f\v"), " ")
    | dict.fromkeys(map(ord, "\ufeff\u200b"), None)
    | {0: "\ufffd"}
)


_LOOKALIKES = dict(zip(map(ord, "АВСЕНΑΒΕΗＡＢＣＤＥＦＧＨ．）：、"), "ABCEHABEHABCDEFGH.):.", strict=True))
_LABEL = re.compile(r"(?<![^\s(\[*])(?:[АВСЕНΑΒΕΗＡ-Ｈ]\s?[.)/:\]．）：、]|[A-H]\s?[．）：、])")
_KEY_LETTER = re.compile(r"(?<=[\s:：])[АВСЕНΑΒΕΗＡ-Ｈ](?=\W*$)")


def with_plain_labels(text: str) -> str:
    """The line with Latin letters and ordinary signs in labels and keys, where others look the same: ``А.``, ``Ａ．``.

    No character is added or lost, and nothing but labels is touched.
    """
    if text.isascii() or not (_LABEL.search(text) or _KEY_LETTER.search(text)):
        return text
    text = _LABEL.sub(lambda found: found[0].translate(_LOOKALIKES), text)
    if KEY.match(text) or re.match(r"\W*ch[oọ]n\b", text, re.IGNORECASE):
        text = _KEY_LETTER.sub(lambda found: found[0].translate(_LOOKALIKES), text)
    return text


_LONG_GAPS = re.compile(r"[ \t]{65,}")


def _short_gap(found: re.Match[str]) -> str:
    """What ``tidy`` makes of a gap is the same, but no pattern has to try its thousand blanks."""
    return "\t" if "\t" in found.group() else " " * 64


def lines_of(text: str) -> list[Line]:
    """The lines of a paper, whichever line ends it has."""
    clean = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").translate(_ODD_SPACES)
    return [
        Line(number, with_plain_labels(_LONG_GAPS.sub(_short_gap, line[:MAX_LINE]).rstrip()), len(line) > MAX_LINE)
        for number, line in enumerate(clean.split("\n"), start=1)
    ]


_TABS = re.compile(r"(?<! ) *\t[ \t]*")
_BLANKS = re.compile(r" {2,}")
_EMPTY_LINES = re.compile(r"\n{3,}")


def tidy(lines: Iterable[str]) -> str:
    """White space tidied, nothing else: runs of blanks become one, a run with tabs one tab, outer blank lines go."""
    text = "\n".join(_BLANKS.sub(" ", _TABS.sub("\t", line.strip())) for line in lines)
    return _EMPTY_LINES.sub("\n\n", text).strip()
