"""What goes to Word comes back: every type, with formulas, small letters, locked options and passages."""

import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizbank.questions.formats.paper import ParsedQuestion, SourceFile
from quizbank.questions.formats.text_lines import CHOSEN
from quizbank.questions.formats.word import read_word
from quizbank.questions.formats.word_writer import is_fixed, write_word
from quizbank.questions.formats.writing import Export
from quizbank.questions.placing import place
from quizbank.questions.rules import NewQuestion, Part, Placement, QuestionContent, QuestionType
from repository.curriculum.queries import curriculum
from repository.markup import render
from tests.quizbank.questions.formats.new_questions import contents

PLACEMENT = Placement("toan", "ct-2006", 12, None, "thong-hieu")


def back_from_word(folder: pytest.TempPathFactory, questions: list[NewQuestion]) -> list[ParsedQuestion]:
    output = io.BytesIO()
    write_word(Export("Đề", [(f"q-{number}", new) for number, new in enumerate(questions)], lambda _: b""), output)
    path = folder.mktemp("word") / "de.docx"
    path.write_bytes(output.getvalue())
    return list(read_word(SourceFile(path, path.name)))


def shown(source: str) -> str:
    """A text as it is read, ``x^{2}`` and ``x^2`` being one formula."""
    return re.sub(r"([\^_])\{(.)\}", r"\1\2", " ".join(render(source).text.split()))


def seen(content: QuestionContent) -> tuple[object, ...]:
    """What people see of a question. That no option may move is lost, and said to be."""
    parts = [(shown(part.text), part.is_true, part.is_locked and not is_fixed(content)) for part in content.parts]
    return content.type, shown(content.stem), parts, shown(content.explanation), content.answer_kind


def has_no_key_line(content: QuestionContent) -> bool:
    """Whether no line of a text is what papers write for a key: ``-> A`` alone means that A is right."""
    texts = [content.stem, content.explanation, *(part.text for part in content.parts)]
    return not any(CHOSEN.fullmatch(line) for text in texts for line in text.split("\n"))


@settings(max_examples=60, deadline=None)
@given(st.lists(contents().filter(has_no_key_line), min_size=1, max_size=3))
def test_what_goes_to_word_comes_back(tmp_path_factory: pytest.TempPathFactory, given: list[QuestionContent]) -> None:
    found = back_from_word(tmp_path_factory, [NewQuestion(content, PLACEMENT) for content in given])
    by_type = sorted(given, key=lambda content: list(QuestionType).index(content.type))
    assert [question.draft and seen(question.draft) for question in found] == [seen(content) for content in by_type]


def test_the_level_comes_back(tmp_path_factory: pytest.TempPathFactory) -> None:
    content = QuestionContent(QuestionType.SINGLE_CHOICE, "Hỏi?", (Part("1", True), Part("2")))
    [question] = back_from_word(tmp_path_factory, [NewQuestion(content, PLACEMENT)])
    assert (question.level_code or question.said.level_code) == "TH"


def test_a_shared_passage_comes_back_with_its_questions(tmp_path_factory: pytest.TempPathFactory) -> None:
    content = QuestionContent(QuestionType.SINGLE_CHOICE, "Hỏi?", (Part("1", True), Part("2")))
    passages = ["Trăm năm trong cõi người ta", "Trăm năm trong cõi người ta", ""]
    found = back_from_word(tmp_path_factory, [NewQuestion(content, PLACEMENT, passage) for passage in passages])
    assert [question.passage for question in found] == passages


@pytest.mark.parametrize("programme", ["ct-2006", "gdpt-2018"])
def test_every_level_comes_back(tmp_path_factory: pytest.TempPathFactory, programme: str) -> None:
    content = QuestionContent(QuestionType.SINGLE_CHOICE, "Hỏi gì?", (Part("Một", True), Part("Hai", False)))
    levels = [level.id for level in curriculum().levels_of(programme)]
    placements = [Placement("toan", programme, 12, None, level) for level in levels]
    found = back_from_word(tmp_path_factory, [NewQuestion(content, placement) for placement in placements])
    assert [one.content.stem for one in found if one.content] == ["Hỏi gì?"] * len(levels)
    assert [place(one, Placement("toan", programme, 12)).placement.level for one in found] == levels
