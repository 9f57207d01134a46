"""Tables as quiz games, platforms and teachers lay them out: their headings, keys and types."""

from pathlib import Path

import pytest

from quizbank.questions.formats.paper import ParsedQuestion, SourceFile
from quizbank.questions.formats.spreadsheet import read_csv
from quizbank.questions.formats.spreadsheet_cells import options_in, without_labels
from quizbank.questions.formats.spreadsheet_columns import Column, column_of
from quizbank.questions.rules import QuestionType
from tests.quizbank.questions.formats.reading import codes, draft_of, options, told

OPTIONAL = '"Answer 3\n(Optional)","Answer 4\n(Optional)"'


def read(tmp_path: Path, text: str) -> list[ParsedQuestion]:
    path = tmp_path / "bang.csv"
    path.write_text(text, encoding="utf-8", newline="")
    return list(read_csv(SourceFile(path, "bang.csv")))


def row(tmp_path: Path, headings: str, cells: str) -> ParsedQuestion:
    [question] = read(tmp_path, f"{headings}\n{cells}\n")
    return question


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Question - max 120 characters", Column.STEM),
        ("Question #", Column.NUMBER),
        ("Question (Câu hỏi)", Column.STEM),
        ("Answer 1 - max 75 characters", Column.A),
        ("Answer 4\n(Optional)", Column.D),
        ("Answer Option 2", Column.B),
        ("Correct answer(s) - choose at least one", Column.KEY),
        ("Correct Answers (comma separated)", Column.KEY),
        ("Correct Option", Column.KEY),
        ("Đáp án đúng (1/2/3/4)", Column.KEY),
        ("Câu đúng", Column.KEY),
        ("Incorrect Answer 2 (Optional)", Column.WRONG),
        ("Phương án nhiễu 1", Column.WRONG),
        ("Các phương án", Column.CHOICES),
        ("Time limit (sec) – 5, 10, 20", Column.IGNORED),
        ("Answer explanation", Column.EXPLANATION),
        ("Overall Explanation", Column.EXPLANATION),
        ("Image Link", Column.IMAGE),
        ("Explanation 1", None),
    ],
)
def test_headings_with_remarks_are_understood(heading: str, column: Column | None) -> None:
    assert column_of(heading) is column


def test_a_sheet_of_a_quiz_game_has_its_keys_by_number(tmp_path: Path) -> None:
    answers = ",".join(f"Answer {number} - max 75 characters" for number in range(1, 5))
    headings = f",Question - max 120 characters,{answers},Time limit (sec) – 5 or 10,Correct answer(s) - one or more"
    rows = '1,Số chẵn?,hai,ba,bốn,năm,20,"1,3"\n2,Số lẻ?,hai,ba,,,20,2\n3,,,,,,,\n'
    first, second = read(tmp_path, f",Đề ôn,,,,,,\n,,,,,,,\n{headings}\n{rows}")
    assert (draft_of(first).type, options(first)) == (QuestionType.MULTIPLE_RESPONSE, ["*hai", "ba", "*bốn", "năm"])
    assert codes(first) == ["changed"]
    assert (draft_of(second).type, options(second)) == (QuestionType.SINGLE_CHOICE, ["hai", "*ba"])


def test_the_number_of_a_question_is_not_its_text(tmp_path: Path) -> None:
    headings = f'Import Template,,,,,,,,\nQuestion #,Question Text,Answer 1,Answer 2,{OPTIONAL},"Time Limit (sec)",'
    question = row(
        tmp_path, headings + '"Correct Answer(s)\n(Only include Answer #)",Typing Answer', "7,Hỏi?,một,hai,,,20,2,"
    )
    assert (draft_of(question).stem, options(question), question.number) == ("Hỏi?", ["một", "*hai"], 7)
    typed = row(tmp_path, headings + "Correct Answer(s),Typing Answer", "8,Hỏi?,một,1,,,20,1,typing")
    assert (draft_of(typed).type, options(typed)) == (QuestionType.SHORT_ANSWER, ["*một", "*1"])


def test_wrong_options_beside_the_right_one_are_options(tmp_path: Path) -> None:
    headings = "Question,Correct Answer,Incorrect Answer 1,Incorrect Answer 2 (Optional)"
    assert options(row(tmp_path, headings, "Thủ đô?,Hà Nội,Huế,Vinh")) == ["*Hà Nội", "Huế", "Vinh"]
    assert options(row(tmp_path, headings, "Mấy?,2,3,1")) == ["*2", "3", "1"]
    assert draft_of(row(tmp_path, headings, "Viết hai,hai,,")).type is QuestionType.SHORT_ANSWER
    listed = row(tmp_path, "question,correct_answer,incorrect_answers", 'Thủ đô?,Hà Nội,"[""Huế"", ""Vinh""]"')
    assert options(listed) == ["*Hà Nội", "Huế", "Vinh"]


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ('["3", "4", 5]', ["3", "4", "5"]),
        ("['a', 'it\\'s', \"b\"]", ["a", "it's", "b"]),
        ('{"A": "một", "B": "hai"}', ["một", "hai"]),
        ("A. một\nB. hai\nC. ba", ["một", "hai", "ba"]),
        ("A) một; B) hai", ["một", "hai"]),
        ("một|hai", ["một", "hai"]),
        ("một", ["một"]),
        ("[", ["["]),
        ("", []),
    ],
)
def test_options_in_one_cell(cell: str, found: list[str]) -> None:
    assert options_in(cell) == found


def test_options_in_one_cell_have_their_key(tmp_path: Path) -> None:
    question = row(tmp_path, "question,options,answer,category", "Mấy?,\"['3','4','5']\",4,Số")
    assert (options(question), question.said.tags) == (["3", "*4", "5"], ("Số",))


@pytest.mark.parametrize(
    ("type", "cells", "kind", "right"),
    [
        ("Checkbox", 'một,hai,ba,"1,3"', QuestionType.MULTIPLE_RESPONSE, "AC"),
        ("MULTIPLE_ANSWER", 'một,hai,ba,"A, C"', QuestionType.MULTIPLE_RESPONSE, "AC"),
        ("Multiple Choice", "một,hai,ba,2", QuestionType.SINGLE_CHOICE, "B"),
        ("Multiple choice", 'một,hai,ba,"A,B"', QuestionType.MULTIPLE_RESPONSE, "AB"),
        ("TRUE_FALSE", "True,False,,1", QuestionType.SINGLE_CHOICE, "A"),
        ("True/False", ",,,FALSE", QuestionType.SINGLE_CHOICE, "B"),
        ("MCQ", "một,hai,ba,B. hai", QuestionType.SINGLE_CHOICE, "B"),
        ("MCQ", "một,hai,ba,Option C", QuestionType.SINGLE_CHOICE, "C"),
        ("MCQ", "A. một,B. hai,C. ba,hai", QuestionType.SINGLE_CHOICE, "B"),
    ],
)
def test_types_and_keys_as_tables_name_them(
    tmp_path: Path, type: str, cells: str, kind: QuestionType, right: str
) -> None:
    question = row(tmp_path, "Question,Type,Option 1,Option 2,Option 3,Correct Answer", f"Hỏi?,{type},{cells}")
    assert (draft_of(question).type, draft_of(question).key) == (kind, right)
    assert not any(option.lstrip("*").startswith(("A.", "B.")) for option in options(question))


@pytest.mark.parametrize("key", ["B. ba", "1,9", "1,1", "Option D"])
def test_a_key_that_fits_no_option_is_left_out(tmp_path: Path, key: str) -> None:
    assert "key-not-an-option" in codes(row(tmp_path, "Question,A,B,C,Key", f'Hỏi?,một,hai,ba,"{key}"'))


def test_one_right_option_stays_one_where_the_type_says_so(tmp_path: Path) -> None:
    assert "two-keys" in codes(row(tmp_path, "Question,Type,A,B,C,Key", 'Hỏi?,Một đáp án,1,2,3,"A, C"'))


def test_a_row_that_tells_what_to_write_is_no_question(tmp_path: Path) -> None:
    headings = "Question Text,Question Type,Option 1,Option 2,Option 3,Correct Answer"
    told_row = '"Text\n(required)",Type (optional),"Text\n(required)",x,Text (optional),1-5'
    [question] = read(tmp_path, f"{headings}\n{told_row}\nHỏi?,Fill-in-the-Blank,bốn,4,,\n")
    assert (draft_of(question).type, options(question)) == (QuestionType.SHORT_ANSWER, ["*bốn", "*4"])


def test_a_column_that_means_nothing_to_us_is_named(tmp_path: Path) -> None:
    question = row(tmp_path, "Câu hỏi,A,B,Đáp án,Chương,Bài,Ghi chú", "Hỏi?,1,2,A,I,3,khó")
    assert told(question, "dropped") == ["cột không nhận ra: Bài: 3; Ghi chú: khó"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_title_above_the_headings_does_not_hide_what_parts_the_columns(tmp_path: Path, delimiter: str) -> None:
    table = [["Câu hỏi", "A", "B", "Đáp án"], ["Hỏi gì", "1", "2", "B"]]
    text = "NGÂN HÀNG, MÔN TOÁN\n\n" + "\n".join(delimiter.join(cells) for cells in table)
    [question] = read(tmp_path, text)
    assert options(question) == ["1", "*2"]


def test_labels_go_only_where_every_option_has_its_own() -> None:
    assert without_labels(["A. một", "b) hai"]) == ["một", "hai"]
    assert without_labels(["A. một", "hai"]) == ["A. một", "hai"]
    assert without_labels(["A. một", "C. hai"]) == ["A. một", "C. hai"]
