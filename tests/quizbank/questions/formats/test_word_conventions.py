"""Real papers set in Word in the ways of several schools come back question by question, character by character."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from quizbank.questions.formats.text import parse_paper
from quizbank.questions.rules import OPTION_LETTERS, Part, QuestionContent, QuestionType
from tests.quizbank.questions.formats.word_documents import docx, level, numbering, p, r, read_bytes, tbl, tc
from tests.shared_data import SHARED, needs_shared_data

pytestmark = needs_shared_data
PAPERS = sorted((SHARED / "exams").glob("*/*.txt"))[::6]
Question = tuple[int, QuestionContent]


def on_lines(
    text: str, label: str = "", look: dict[str, object] | None = None, whole: dict[str, object] | None = None
) -> str:
    first, *more = text.split("\n")
    return p(r(label, **(look or {})), r(first, **(whole or {}))) + "".join(p(r(one, **(whole or {}))) for one in more)


def lettered(content: QuestionContent) -> list[tuple[str, Part]]:
    return list(zip(OPTION_LETTERS, content.parts, strict=False))


def underlined_letters_all_bold(question: Question) -> str:
    number, content = question
    return on_lines(content.stem, f"Câu {number}. ", {"b": 1, "color": "0000FF"}) + "".join(
        on_lines(part.text, f"{letter}. ", {"b": 1, "u": part.is_true}) for letter, part in lettered(content)
    )


def red_options_in_a_table(question: Question) -> str:
    number, content = question
    cells = []
    for letter, part in lettered(content):
        red: dict[str, object] = {"color": "FF0000"} if part.is_true else {}
        cells.append(tc(on_lines(part.text, f"{letter}. ", {"b": 1, **red}, red)))
    rows = [cells[start : start + 2] for start in range(0, len(cells), 2)]
    return on_lines(content.stem, f"Câu {number}: ", {"b": 1}, {"b": 1}) + tbl(*rows)


def automatic_numbers_highlighted_texts(question: Question) -> str:
    first, *more = question[1].stem.split("\n")
    options = (
        p(r(part.text.replace("\n", " "), **({"hl": "yellow"} if part.is_true else {})), num=(1, 1))
        for part in question[1].parts
    )
    return p(r(first), num=(1, 0)) + "".join(p(r(line)) for line in more) + "".join(options)


def tabs_and_a_key_table(question: Question) -> str:
    number, content = question
    options = (f"{letter}. {' '.join(part.text.split())}" for letter, part in lettered(content))
    return on_lines(content.stem, f"Câu {number}. ") + p("\t".join(options))


SETTINGS: list[Callable[[Question], str]] = [
    underlined_letters_all_bold,
    red_options_in_a_table,
    automatic_numbers_highlighted_texts,
    tabs_and_a_key_table,
]


def questions_of(path: Path) -> list[QuestionContent]:
    """The paper's sound single choices without pictures."""
    found = (
        question.content for question in parse_paper(path.read_text(encoding="utf-8")).questions if not question.passage
    )
    return [
        content
        for content in found
        if content and content.type is QuestionType.SINGLE_CHOICE and "![" not in content.stem + content.parts[0].text
    ]


def document_of(contents: Sequence[QuestionContent], setting: Callable[[Question], str]) -> bytes:
    body = "".join(map(setting, enumerate(contents, start=1)))
    if setting is tabs_and_a_key_table:
        numbers = [str(number) for number in range(1, len(contents) + 1)]
        body += p("BẢNG ĐÁP ÁN") + tbl(numbers, [content.key for content in contents])
    lists = numbering({1: [level(0, "Câu %1."), level(1, "%2.", "upperLetter")]})
    return docx(body, media=None, numbering=lists)


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text.replace("&lt;", "<").replace("&amp;", "&"))


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.__name__)
@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_a_paper_set_like_this_comes_back(path: Path, setting: Callable[[Question], str], tmp_path: Path) -> None:
    contents = questions_of(path)
    read = read_bytes(tmp_path, document_of(contents, setting)) if contents else []
    assert [
        (question.content.key, bare(question.content.stem), *(bare(part.text) for part in question.content.parts))
        for question in read
        if question.content
    ] == [(content.key, bare(content.stem), *(bare(part.text) for part in content.parts)) for content in contents]
