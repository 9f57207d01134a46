"""Moodle's missing-word format: ``Grant is {=buried ~living} in a tomb.``, an older and simpler cousin of GIFT."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from quizbank.questions.formats.gift_cutting import MAX_BLOCK, Block, cut_gift
from quizbank.questions.formats.moodle_meaning import FULL, NOTHING, Answer, Meaning, without_repeats
from quizbank.questions.formats.moodle_texts import Texts
from quizbank.questions.formats.paper import ParsedQuestion, SourceFile
from quizbank.questions.formats.recognising import Head
from quizbank.questions.formats.text_files import lines_of_file
from quizbank.questions.formats.text_lines import IMAGE
from quizbank.questions.problems import problem
from quizbank.questions.rules import QuestionContent

_OWN_WEIGHT = re.compile(r"\{[^{}]*[=~]\s*\d{1,3}(?:\.\d+)?%[^%{}]*[}~=#]")
_WEIGHT = re.compile(r"\s*(-?\d{1,3}(?:\.\d+)?)%")


def is_missing_word(head: Head) -> bool:
    """Told from GIFT by weights that have one percent sign only: ``~75%a good answer``."""
    return bool(_OWN_WEIGHT.search(head.text)) and "::" not in head.text


def read_missing_word(source: SourceFile) -> Iterator[ParsedQuestion]:
    """The questions of a file, parted by blank lines.

    Raises:
        Invalid: the file is not Unicode text.
    """
    blocks = (block for block in cut_gift(lines_of_file(source)) if not block.is_category)
    for number, block in enumerate(blocks, start=1):
        yield _question(block, number)


def _question(block: Block, number: int) -> ParsedQuestion:
    texts = Texts()
    parsed = ParsedQuestion(f"Câu {number}", "", number, (block.first, block.last), block.source, None)
    if block.is_too_long:
        return replace(parsed, problems=(problem("too-long", limit=MAX_BLOCK),))
    text = " ".join(block.text.split())
    start, end = text.find("{"), text.find("}")
    if start < 0 or end < start:
        doubt = problem("unreadable-part", what="câu: không có phương án trong dấu { }")
        return replace(parsed, problems=(problem("not-a-question"), doubt))
    blank = "" if end == len(text) - 1 else "_____"
    meaning = Meaning(texts.source(text[:start] + blank + text[end + 1 :], "moodle"))
    content = _content(meaning, texts, text[start + 1 : end])
    sources = (content.stem, content.explanation, *(part.text for part in content.parts))
    return replace(
        parsed,
        draft=content,
        problems=without_repeats((*meaning.problems, *texts.problems)),
        images=tuple(dict.fromkeys(found["target"] for text in sources for found in IMAGE.finditer(text))),
        pictures=texts.pictures,
    )


def _content(meaning: Meaning, texts: Texts, written: str) -> QuestionContent:
    pieces = [piece for piece in re.split(r"~|(?==)", written) if piece.strip()]
    if len(pieces) == 1:
        value, _, comment = pieces[0].strip().removeprefix("=").partition("#")
        return meaning.values([Answer(value.strip(), FULL, texts.source(comment.strip(), "moodle"))])
    answers = []
    for piece in pieces:
        text, _, comment = piece.strip().partition("#")
        fraction = FULL if text.startswith("=") else NOTHING
        text = text.removeprefix("=")
        if found := _WEIGHT.match(text):
            fraction, text = Decimal(found[1]), text[found.end() :]
        answers.append(Answer(texts.source(text.strip(), "moodle"), fraction, texts.source(comment.strip(), "moodle")))
    return meaning.choices(answers, is_single=True)
