"""Moodle's cloze text: a file is one question with gaps such as ``{1:MULTICHOICE:=Hà Nội~Huế}``."""

import re
from collections.abc import Iterator
from dataclasses import replace

from quizbank.questions.formats.cloze_gaps import content_of_gap, gaps_in, with_blank
from quizbank.questions.formats.moodle_meaning import Meaning, without_repeats
from quizbank.questions.formats.moodle_texts import Texts
from quizbank.questions.formats.moodle_xml import KINDS
from quizbank.questions.formats.paper import ParsedQuestion, SourceFile
from quizbank.questions.formats.recognising import Head
from quizbank.questions.formats.text_files import lines_of_file
from quizbank.questions.formats.text_lines import IMAGE
from quizbank.questions.problems import problem

MAX_SOURCE = 200_000
_KINDS = "MULTICHOICE|MC|MULTIRESPONSE|MR|SHORTANSWER|SA|MW|NUMERICAL|NM"
_GAP = re.compile(rf"\{{\s*+\d*+\s*+:\s*+(?:{_KINDS})[A-Z_]*\s*:")


def is_cloze(head: Head) -> bool:
    return bool(_GAP.search(head.text)) and head.root[0] == ""


def read_cloze(source: SourceFile) -> Iterator[ParsedQuestion]:
    """The one question of a file: a question with a blank where it has one gap, kept whole where it has several.

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
    if not length:
        return
    text = "\n".join(lines).strip()
    parsed = ParsedQuestion("Câu 1", "", 1, (1, last), text, None)
    gaps = gaps_in(text)
    if length > MAX_SOURCE or len(gaps) != 1:
        doubts = [problem("unsupported-type", kind=KINDS["cloze"])]
        doubts += [problem("too-long", limit=MAX_SOURCE)] if length > MAX_SOURCE else []
        yield replace(parsed, problems=tuple(doubts))
        return
    texts = Texts()
    meaning = Meaning(texts.source(with_blank(text, gaps[0]), "moodle"))
    content = content_of_gap(gaps[0], meaning, texts, "moodle")
    found = [content.stem, content.explanation, *(part.text for part in content.parts)]
    yield replace(
        parsed,
        draft=content,
        problems=without_repeats((*meaning.problems, *texts.problems)),
        images=tuple(dict.fromkeys(image["target"] for one in found for image in IMAGE.finditer(one))),
        pictures=texts.pictures,
    )
