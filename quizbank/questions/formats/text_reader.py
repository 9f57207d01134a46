"""Plain-text papers as files: decoding, and every question with the lines it stands in."""

import re
from collections.abc import Iterable
from dataclasses import replace

from quizbank.questions.formats.paper import ParsedQuestion, SourceFile
from quizbank.questions.formats.text import parse_paper
from repository.errors import Invalid

MAX_PAPER_BYTES = 4 * 1024 * 1024
_LEGACY_FONTS = re.compile(r"\bC[©¢]u\s*\d|\bCaâu\s*\d", re.IGNORECASE)


def read_text(source: SourceFile) -> Iterable[ParsedQuestion]:
    """The questions of a paper as teachers paste it (``docs/plain-text-papers.md``).

    Raises:
        Invalid: too large, not Unicode, or in a legacy font.
    """
    with source.path.open("rb") as file:
        text = decode_paper(file.read(MAX_PAPER_BYTES + 1), source.name).replace("\r\n", "\n")
    lines = text.split("\n")
    for question in parse_paper(text).questions:
        first, last = question.lines
        yield replace(question, source="\n".join(lines[first - 1 : last])) if question.draft else question


def decode_paper(data: bytes, name: str) -> str:
    """The text of a pasted paper.

    Raises:
        Invalid: it is too large, not Unicode, or written in a legacy font.
    """
    if len(data) > MAX_PAPER_BYTES:
        raise Invalid("Tệp {name} quá lớn: tối đa 4 MB văn bản.", name=name)
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise Invalid("Tệp {name} không phải văn bản Unicode: hãy lưu lại với mã UTF-8.", name=name) from None
    if "\x00" in text:
        raise Invalid("Tệp {name} không phải văn bản Unicode: hãy lưu lại với mã UTF-8.", name=name)
    if _LEGACY_FONTS.search(text):
        raise Invalid("Tệp {name} dùng phông chữ cũ (TCVN3 hoặc VNI): hãy chuyển sang Unicode trước.", name=name)
    return text
