"""What a printed page adds to a paper and no question means: footers, headers, ``HẾT``."""

import re
from collections.abc import Sequence
from itertools import pairwise

from quizbank.questions.formats.text_lines import EXPLANATION, HEADER, KEY, NUMBERED, Line, part_number_of
from quizbank.questions.formats.text_options import OPTION_START

_CODE = r"mã đề(?:\s+thi)?\s*[:：.]?\s*[\w/-]{1,8}"
_PAGE = r"trang\s*(?:số\s*)?[:：]?\s*\d{1,3}(?:\s*(?:/|trên|of)\s*\d{1,3})?"
_REST = r"\s*[._…:：\-–\s]*\s*"
_NOISE = re.compile(
    rf"\W*(?:{_PAGE}|{_CODE}|page\s*\d{{1,3}}(?:\s*(?:/|of)\s*\d{{1,3}})?)(?:[\s,;|–-]+(?:{_PAGE}|{_CODE}))*\W*"
    r"|\s*[-–—]{1,3}\s*\d{1,3}\s*[-–—]{1,3}\s*"
    r"|\W*h[êế]t\W*(?:phần\s+[ivx\d]{1,3}\W*)?"
    r"|\W*(?:họ\s*(?:và|,)?\s*tên|tên thí sinh)(?:\s+(?:thí sinh|học sinh))?\s*[:：._…].{0,200}"
    rf"|\W*(?:số báo danh|sbd|lớp|chữ kí|chữ ký)\s*[:：]{_REST}"
    r"|\W*(?:số báo danh|sbd)\s*[._…:：].{0,120}"
    r"|\W*đề\s+(?:thi|kiểm tra)?\s*(?:này\s+)?(?:có|gồm)(?:\s+có)?\s*:?\s*\d{1,3}\s*(?:trang|câu).{0,60}"
    r"|\W*thời gian(?:\s+làm bài)?\s*[:：]?\s*\d{1,3}\s*phút.{0,60}"
    r"|\W*(?:ghi chú\W+)?(?:học|thí) sinh\s+không\s+(?:được\s+)?(?:sử\s+)?dụng\s+(?:bất\s+kì\s+)?tài\s+liệu.{0,120}"
    r"|\W*(?:cán bộ|giám thị)(?:\s+coi\s+thi)?\s+không\s+(?:được\s+)?giải\s+thích.{0,60}",
    re.IGNORECASE,
)
_LETTERHEAD = re.compile(
    r"\W*(?:SỞ (?:GIÁO DỤC|GD)|BỘ GIÁO DỤC|PHÒNG (?:GIÁO DỤC|GD)|TRƯỜNG (?:THPT|THCS|PTTH|ĐẠI HỌC|CHUYÊN)"
    r"|ĐỀ (?:CHÍNH THỨC|THI THỬ|MINH HỌA|MINH HOẠ|THAM KHẢO|THI THAM KHẢO|KIỂM TRA)"
    r"|K[ỲÌ] THI (?:THỬ|TỐT|THPT|TUYỂN|CHỌN)).{0,120}"
)
_LONE_NUMBER = re.compile(r"\s*\d{1,3}\s*")
_END = re.compile(r"\W*h[ếê]t\W*", re.IGNORECASE)
MAX_BELOW = 12
"""Lines below the end of a paper that belong to the page; more are something else."""


def is_noise(text: str) -> bool:
    """Whether the line can be nothing but part of the page."""
    if len(text) > 250 or not text.strip():
        return False
    return bool(_NOISE.fullmatch(text) or (text.isupper() and _LETTERHEAD.fullmatch(text)))


def split_noise(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Split off the lines of the page.

    A number alone is a page's where such numbers, with a blank line on one side, count up through the paper.

    Returns:
        the lines that stay, and those dropped.
    """
    dropped = {line.number for line in lines if is_noise(line.text)} | _page_numbers(lines) | _below_the_end(lines)
    return [line for line in lines if line.number not in dropped], [line for line in lines if line.number in dropped]


def _below_the_end(lines: Sequence[Line]) -> set[int]:
    """The numbers of the lines below the last ``HẾT``: names, remarks. None where questions or keys follow."""
    end = max((row for row, line in enumerate(lines) if _END.fullmatch(line.text)), default=len(lines))
    below = [line for line in lines[end + 1 :] if not line.is_blank]
    is_content = any(
        HEADER.match(line.text)
        or KEY.match(line.text)
        or EXPLANATION.match(line.text)
        or part_number_of(line.text)
        or NUMBERED.match(line.text)
        or OPTION_START.match(line.text)
        for line in below
    )
    return set() if is_content or len(below) > MAX_BELOW else {line.number for line in below}


def _page_numbers(lines: Sequence[Line]) -> set[int]:
    """The numbers of the lines that hold a page number."""
    lone = [
        line
        for before, line, after in zip([None, *lines], lines, [*lines[1:], None], strict=False)
        if _LONE_NUMBER.fullmatch(line.text) and (not before or before.is_blank or not after or after.is_blank)
    ]
    pages = [int(line.text) for line in lone]
    counts_up = len(pages) > 1 and pages[0] <= 2 and all(b == a + 1 for a, b in pairwise(pages))
    return {line.number for line in lone} if counts_up else set()
