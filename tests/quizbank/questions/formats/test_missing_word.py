from pathlib import Path

import pytest

from quizbank.questions.formats.cloze import is_cloze, read_cloze
from quizbank.questions.formats.missing_word import is_missing_word, read_missing_word
from quizbank.questions.formats.moodle_xml import read_moodle
from quizbank.questions.formats.recognising import Head
from quizbank.questions.rules import QuestionType
from tests.quizbank.questions.formats.reading import (
    Read,
    codes,
    damaged,
    draft_of,
    ends_well,
    options,
    reader_of,
    told,
)
from tests.shared_data import SHARED, needs_shared_data

CLOZE = "Hà Nội là {1:MULTICHOICE:=thủ đô~thành phố} của {1:SA:=Việt Nam}."


@pytest.fixture
def read(tmp_path: Path) -> Read:
    return reader_of(read_missing_word, tmp_path / "q.txt")


def test_a_blank_where_the_options_stood(read: Read) -> None:
    [question] = read("Grant is {=buried#đúng ~75%resting ~living}\nin his tomb.")
    assert draft_of(question).stem == "Grant is _____ in his tomb."
    assert (options(question), draft_of(question).explanation) == (["*buried", "resting", "living"], "A: đúng")
    assert told(question, "dropped") == ["điểm riêng của từng phương án: B 75%"]


def test_one_answer_is_typed(read: Read) -> None:
    [question] = read("Thủ đô: {=Hà Nội}")
    assert (draft_of(question).stem, options(question)) == ("Thủ đô:", ["*Hà Nội"])


def test_a_question_without_braces_is_named_with_its_lines(read: Read) -> None:
    questions = read("Một {=a ~b}\n\nHai\nba\n")
    assert [(question.lines, codes(question)) for question in questions] == [
        ((1, 1), []),
        ((3, 4), ["not-a-question", "unreadable-part"]),
    ]


@needs_shared_data
def test_damaged_files_end_in_questions_or_a_refusal(read: Read) -> None:
    for path in sorted((SHARED / "formats/missingword").rglob("*.txt")):
        assert all(ends_well(read, data) for data in damaged(path.read_bytes(), 60, seed=1))


def test_cloze_is_kept_whole(tmp_path: Path) -> None:
    [question] = reader_of(read_cloze, tmp_path / "q.txt")(CLOZE + "\nHết.")
    assert (question.source, question.lines) == (CLOZE + "\nHết.", (1, 2))
    assert told(question, "unsupported-type") == ["điền nhiều chỗ trống (cloze)"]


@pytest.mark.parametrize(
    ("gap", "kind", "expected"),
    [
        ("{1:MULTICHOICE:=Hà Nội#đúng~Huế~%0%Vinh}", QuestionType.SINGLE_CHOICE, ["*Hà Nội", "Huế", "Vinh"]),
        ("{:MCV:Huế~%100%Hà \\~ Nội}", QuestionType.SINGLE_CHOICE, ["Huế", "*Hà ~ Nội"]),
        ("{2:MR:=2~=3~%-100%4}", QuestionType.MULTIPLE_RESPONSE, ["*2", "*3", "4"]),
        ("{1:SA:=Hà Nội~=Thăng Long~*#sai}", QuestionType.SHORT_ANSWER, ["*Hà Nội", "*Thăng Long"]),
        ("{1:NUMERICAL:=9.8:0.1}", QuestionType.SHORT_ANSWER, ["*9.8"]),
    ],
)
def test_a_text_with_one_gap_is_a_question(tmp_path: Path, gap: str, kind: QuestionType, expected: list[str]) -> None:
    [question] = reader_of(read_cloze, tmp_path / "q.txt")(f"Đây là {gap} đấy.")
    assert (draft_of(question).type, draft_of(question).stem) == (kind, "Đây là _____ đấy.")
    assert options(question) == expected
    assert "unsupported-type" not in codes(question)


def test_a_cloze_of_moodle_xml_with_one_gap_is_a_question(tmp_path: Path) -> None:
    text = "<![CDATA[<p>Thủ đô là {1:MC:=Hà Nội~Huế}.</p>]]>"
    written = (
        f'<quiz><question type="cloze"><questiontext format="html"><text>{text}</text></questiontext></question></quiz>'
    )
    [question] = reader_of(read_moodle, tmp_path / "q.xml")(written)
    assert (draft_of(question).stem, options(question)) == ("Thủ đô là _____.", ["*Hà Nội", "Huế"])


@needs_shared_data
def test_damaged_cloze_texts_end_in_questions_or_a_refusal(tmp_path: Path) -> None:
    read = reader_of(read_cloze, tmp_path / "q.txt")
    for path in sorted((SHARED / "formats/cloze").rglob("*.txt")):
        assert all(ends_well(read, data) for data in damaged(path.read_bytes(), 120, seed=2))


def test_the_two_are_told_from_gift() -> None:
    assert is_cloze(Head(CLOZE.encode(), "q.txt"))
    assert not is_cloze(Head(b"Grant is {=buried ~living}.", "q.txt"))
    assert is_missing_word(Head(b"Grant is {=buried ~75%living}.", "q.txt"))
    assert not is_missing_word(Head(b"Grant is {=buried ~%75%living}.", "q.txt"))
