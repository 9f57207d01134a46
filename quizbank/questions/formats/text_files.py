"""Text files of any length, line by line."""

import codecs
from collections.abc import Iterator

from quizbank.questions.formats.paper import SourceFile
from repository.errors import Invalid

MAX_LINE = 16_000_000
"""Characters of one line; a picture may stand in it as a ``data:`` URI."""
_CHUNK = 1 << 16
_ENDS = ("\r\n", "\r")


def lines_of_file(source: SourceFile) -> Iterator[str]:
    """The lines without their ends, in constant memory.

    Raises:
        Invalid: not Unicode text (UTF-8, or UTF-16 with its mark), or a line without end.
    """
    number, rest = 1, ""
    for text in _pieces(source):
        *lines, rest = (rest + text).split("\n")
        yield from lines
        number += len(lines)
        if len(rest) > MAX_LINE:
            raise Invalid("Dòng {line} của tệp {name} quá dài.", place=f"line {number}", line=number, name=source.name)
    if rest:
        yield rest


def _pieces(source: SourceFile) -> Iterator[str]:
    with source.path.open("rb") as file:
        start = file.read(4)
        encoding = "utf-16" if start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"
        decoder = codecs.getincrementaldecoder(encoding)("strict")
        line, held = 1, ""
        chunk = start + file.read(_CHUNK)
        while True:
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                line += chunk.count(b"\n", 0, error.start)
                raise _not_unicode(source, line) from None
            line += text.count("\n")
            if "\x00" in text:
                raise _not_unicode(source, line)
            text, held = held + text, ""
            if chunk and text.endswith("\r"):
                text, held = text[:-1], "\r"
            for end in _ENDS:
                text = text.replace(end, "\n")
            yield text
            if not chunk:
                return
            chunk = file.read(_CHUNK)


def _not_unicode(source: SourceFile, line: int) -> Invalid:
    return Invalid(
        "Tệp {name} không phải văn bản Unicode: hãy lưu lại với mã UTF-8.",
        place=f"line {line}",
        name=source.name,
    )
