"""Moodle's cloze text: one question with gaps such as ``{1:MULTICHOICE:=Hà Nội~Huế}``, kept whole and named."""

import re
from collections.abc import Iterator

from quizbank.questions.formats.moodle_xml import KINDS
from quizbank.questions.formats.paper import ParsedQuestion, SourceFile
from quizbank.questions.formats.recognising import Head
from quizbank.questions.formats.text_files import lines_of_file
from quizbank.questions.problems import problem

MAX_SOURCE = 200_000
_KINDS = "MULTICHOICE|MC|MULTIRESPONSE|MR|SHORTANSWER|SA|MW|NUMERICAL|NM"
_GAP = re.compile(rf"\{{\s*\d*\s*:\s*(?:{_KINDS})[A-Z_]*\s*:")


def is_cloze(head: Head) -> bool:
    return bool(_GAP.search(head.text)) and head.root[0] == ""


def read_cloze(source: SourceFile) -> Iterator[ParsedQuestion]:
    """The one question of a file; our model holds no question with several gaps.

    Raises:
        Invalid: the file is not Unicode text.
    """
    lines: list[str] = []
    length = last = 0
    for line in lines_of_file(source):
        last += 1
        length += len(line) + 1
        if length <= MAX_SOURCE:
            lines.append(line)
    doubts = [problem("unsupported-type", kind=KINDS["cloze"])]
    doubts += [problem("too-long", limit=MAX_SOURCE)] if length > MAX_SOURCE else []
    if length:
        yield ParsedQuestion("Câu 1", "", 1, (1, last), "\n".join(lines).strip(), None, tuple(doubts))
