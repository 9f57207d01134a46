"""Tables of questions: headings, keys said in several ways, and the way to Excel and back."""

import io
from collections.abc import Iterable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.questions.formats.paper import ParsedQuestion, SourceFile
from quizbank.questions.formats.spreadsheet import mapping_json, read_csv, read_spreadsheet, sample_of, sheets_in
from quizbank.questions.formats.spreadsheet_columns import Column, column_of
from quizbank.questions.formats.spreadsheet_writer import write_spreadsheet
from quizbank.questions.formats.writing import Export
from quizbank.questions.rules import NewQuestion, Part, Placement, QuestionContent, QuestionType
from repository.errors import Invalid
from tests.quizbank.questions.formats.new_questions import new_questions
from tests.shared_data import SHARED, needs_shared_data

HEADINGS = "Câu hỏi,Phương án A,Phương án B,Phương án C,Phương án D,Đáp án"


def csv_of(tmp_path: Path, text: str, encoding: str = "utf-8") -> SourceFile:
    path = tmp_path / "bang.csv"
    path.write_bytes(text.encode(encoding))
    return SourceFile(path, "bang.csv")


def row(tmp_path: Path, cells: str, headings: str = HEADINGS) -> ParsedQuestion:
    [question] = read_csv(csv_of(tmp_path, f"{headings}\n{cells}\n"))
    return question


def codes(question: ParsedQuestion) -> list[str]:
    return [found.code for found in question.problems]


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Nội Dung Câu Hỏi", Column.STEM),
        ("Đáp Án A", Column.A),
        ("Đáp án đúng", Column.KEY),
        ("Correct Answer *", Column.KEY),
        ("Option E", Column.E),
        ("Phương án 3", Column.C),
        ("Khối (1->12)", Column.GRADE),
        ("Độ khó (Dễ = 1, Trung Bình = 2, Khó = 3)", Column.LEVEL),
        ("Lời giải chi tiết", Column.EXPLANATION),
        ("Họ và tên", None),
        ("", None),
    ],
)
def test_headings_are_understood(heading: str, column: Column | None) -> None:
    assert column_of(heading) is column


def test_a_row_is_a_question(tmp_path: Path) -> None:
    question = row(tmp_path, "Một cộng một?,1,2,3,4,B")
    assert question.draft is not None and question.draft.key == "B" and question.problems == ()
    assert (question.place, question.draft.stem) == ("row 2", "Một cộng một?")


def test_several_letters_are_several_answers(tmp_path: Path) -> None:
    question = row(tmp_path, 'Số chẵn?,1,2,3,4,"B, D"')
    assert question.draft is not None
    assert (question.draft.type, question.draft.key) == (QuestionType.MULTIPLE_RESPONSE, "BD")


@pytest.mark.parametrize("key", ["Đ S Đ S", "ĐSĐS", "TFTF", "a) Đúng b) Sai c) Đúng d) Sai"])
def test_four_judgements_are_a_cluster(tmp_path: Path, key: str) -> None:
    question = row(tmp_path, f"Xét các ý,1,2,3,4,{key}")
    assert question.draft is not None
    assert (question.draft.type, question.draft.key) == (QuestionType.TRUE_FALSE, "TFTF")


def test_a_row_without_options_is_a_short_answer(tmp_path: Path) -> None:
    question = row(tmp_path, 'Bao nhiêu?,,,,,"2,5"')
    assert question.draft is not None and question.draft.type is QuestionType.SHORT_ANSWER
    assert [part.text for part in question.draft.parts] == ["2,5"]


def test_the_text_of_an_option_is_a_key(tmp_path: Path) -> None:
    question = row(tmp_path, "Thủ đô?,Huế,Hà Nội,Vinh,Đà Lạt,Hà Nội")
    assert question.draft is not None and question.draft.key == "B"


def test_a_number_that_is_an_option_and_a_place_is_not_guessed(tmp_path: Path) -> None:
    assert codes(row(tmp_path, "Một cộng một?,1,3,2,4,2")) == ["two-keys", "no-key"]


def test_other_rows_tell_how_keys_are_said(tmp_path: Path) -> None:
    text = f"{HEADINGS}\nThủ đô?,Huế,Hà Nội,Vinh,Đà Lạt,Hà Nội\nMột cộng một?,1,3,2,4,2\n"
    questions = list(read_csv(csv_of(tmp_path, text)))
    assert questions[1].draft is not None and questions[1].draft.key == "C"


def test_a_key_that_names_nothing_is_a_problem(tmp_path: Path) -> None:
    assert "key-not-an-option" in codes(row(tmp_path, "Hỏi?,1,2,3,4,E"))


def test_a_type_that_the_bank_lacks_is_reported(tmp_path: Path) -> None:
    question = row(tmp_path, "Nối cột,1,2,3,4,A,Ghép đôi", HEADINGS + ",Loại")
    assert codes(question) == ["unsupported-type"]


def test_hints_are_not_dropped_in_silence(tmp_path: Path) -> None:
    assert codes(row(tmp_path, "Hỏi?,1,2,3,4,A,Nghĩ đi", HEADINGS + ",Gợi ý")) == ["dropped"]


def test_what_the_row_says_of_its_place_is_kept(tmp_path: Path) -> None:
    said = row(tmp_path, "Hỏi?,1,2,3,4,A,12,Thông hiểu,x;y", HEADINGS + ",Lớp,Mức độ,Nhãn").said
    assert (said.grade, said.level_code, said.tags) == (12, "TH", ("x", "y"))


@pytest.mark.parametrize(("encoding", "delimiter"), [("utf-8-sig", ";"), ("utf-16", "\t"), ("utf-8", "|")])
def test_csv_of_any_hand_is_read(tmp_path: Path, encoding: str, delimiter: str) -> None:
    text = f"{HEADINGS}\nMột cộng một?,1,2,3,4,B\n".replace(",", delimiter)
    [question] = read_csv(csv_of(tmp_path, text, encoding))
    assert question.draft is not None and question.draft.key == "B"


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"a,b\n1,2\n", "hãy gán cột"), (b"C\xe2u h\xe1\xbbi,\xff\xfe\x80\n", "Unicode"), (b"", "hãy gán cột")],
)
def test_a_table_that_is_none_is_refused(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(data)
    with pytest.raises(Invalid, match=words):
        list(read_csv(SourceFile(path, "x.csv")))


def test_a_person_may_say_what_columns_mean(tmp_path: Path) -> None:
    source = csv_of(tmp_path, "q,w,x,k\nHỏi?,một,hai,A\n")
    options = {"mapping": '{"0": "stem", "1": "a", "2": "b", "3": "key"}', "header_row": "0"}
    [question] = read_csv(SourceFile(source.path, source.name, options))
    assert question.draft is not None and question.draft.key == "A"


@pytest.mark.parametrize("mapping", ["no JSON", '{"0": "key"}', '{"x": "stem"}', '{"0": "nothing"}', "[]"])
def test_a_mapping_without_sense_is_refused(tmp_path: Path, mapping: str) -> None:
    source = csv_of(tmp_path, f"{HEADINGS}\nHỏi?,1,2,3,4,A\n")
    with pytest.raises(Invalid):
        list(read_csv(SourceFile(source.path, source.name, {"mapping": mapping})))


def test_the_form_sees_the_columns_and_some_rows(tmp_path: Path) -> None:
    [sheet] = sheets_in(csv_of(tmp_path, f"{HEADINGS}\nHỏi?,1,2,3,4,A\n"))
    assert sheet.mapping is not None and '"5": "key"' in mapping_json(sheet.mapping)
    assert sample_of(sheet) == [["Hỏi?", "1", "2", "3", "4", "A"]]


@needs_shared_data
def test_a_real_template_of_teachers_is_read() -> None:
    [path] = SHARED.glob("formats/xlsx/**/mau-them-danh-sach-cau-hoi.xlsx")
    questions = list(read_spreadsheet(SourceFile(path, path.name)))
    assert [(q.draft.key, q.problems, q.said.grade) for q in questions if q.draft] == [("A", (), 1), ("B", (), 1)]


@needs_shared_data
def test_a_real_table_of_another_system_is_read() -> None:
    [path] = SHARED.glob("formats/csv/**/csv_channel_with_exercises/ExerciseQuestions.csv")
    questions = list(read_csv(SourceFile(path, path.name)))
    keys = [question.draft.key for question in questions if question.draft]
    assert keys == ["D", "AE", "3", "D", "AE", "3", "D", "D", "ACD"]


@needs_shared_data
def test_no_real_table_breaks_the_reader() -> None:
    for path in SHARED.glob("formats/csv/**/*.csv"):
        try:
            assert all(question.place for question in read_csv(SourceFile(path, path.name)))
        except Invalid as error:
            assert path.name in str(error)


def written(*questions: NewQuestion) -> bytes:
    output = io.BytesIO()
    write_spreadsheet(Export("Đề", ((str(n), new) for n, new in enumerate(questions)), lambda _: b""), output)
    return output.getvalue()


def read_back(tmp_path: Path, data: bytes) -> list[ParsedQuestion]:
    path = tmp_path / "bang.xlsx"
    path.write_bytes(data)
    return list(read_spreadsheet(SourceFile(path, "bang.xlsx")))


@given(st.lists(new_questions(), min_size=1, max_size=4))
def test_what_goes_to_excel_comes_back(tmp_path_factory: pytest.TempPathFactory, questions: list[NewQuestion]) -> None:
    found = read_back(tmp_path_factory.mktemp("bang"), written(*questions))
    assert [question.draft for question in found] == [new.content for new in questions]
    assert [placed(question) for question in found] == [(new.placement, new.passage, new.licence) for new in questions]


def placed(question: ParsedQuestion) -> tuple[Placement, str, str]:
    said = question.said
    level = said.level or None
    placement = Placement(said.subject, said.programme, said.grade, said.topic or None, level, said.tags)
    return placement, question.passage, said.licence


def test_no_text_is_a_formula() -> None:
    content = QuestionContent(QuestionType.SINGLE_CHOICE, "=1+1", (Part("=2", True), Part("+3")))
    sheet = openpyxl.load_workbook(io.BytesIO(written(NewQuestion(content, Placement("toan", "gdpt-2018"))))).active
    assert sheet is not None
    kinds: Iterable[str] = (cell.data_type for cell in sheet[2] if cell.value)
    assert "f" not in set(kinds)


def test_a_broken_workbook_is_refused(tmp_path: Path) -> None:
    content = QuestionContent(QuestionType.SINGLE_CHOICE, "Hỏi?", (Part("1", True), Part("2")))
    data = written(NewQuestion(content, Placement("toan", "gdpt-2018")))
    with pytest.raises(Invalid):
        read_back(tmp_path, data[: len(data) // 2])


ESSAY_HEADINGS = "Loại,Câu hỏi,Phương án A,Đáp án,Hướng dẫn chấm"


@pytest.mark.parametrize("kind", ["Tự luận", "essay", "TL"])
def test_a_row_may_be_an_essay(tmp_path: Path, kind: str) -> None:
    question = row(tmp_path, f"{kind},Phân tích bài thơ.,,,Nêu hai ý.", ESSAY_HEADINGS)
    assert question.draft == QuestionContent(QuestionType.ESSAY, "Phân tích bài thơ.", (), "Nêu hai ý.")
    assert codes(question) == []


def test_what_an_essay_has_no_place_for_is_told(tmp_path: Path) -> None:
    question = row(tmp_path, "Tự luận,Tính.,một,12 cm,Vì thế.", ESSAY_HEADINGS)
    assert question.draft is not None and question.draft.explanation == "12 cm\n\nVì thế."
    assert codes(question) == ["dropped", "changed"]


def test_a_row_without_options_and_type_is_no_essay(tmp_path: Path) -> None:
    question = row(tmp_path, "Phân tích bài thơ.,,,,,")
    assert question.draft is not None and question.draft.type is QuestionType.SHORT_ANSWER
    assert codes(question) == ["no-key"]


@pytest.mark.parametrize("heading", ["Mức độ từng ý", "Mức độ của từng ý", "statement levels"])
def test_each_statement_may_say_its_level(tmp_path: Path, heading: str) -> None:
    question = row(tmp_path, 'Xét:,1,2,3,4,ĐSĐS,"biet, -, H; van-dung",Hiểu', f"{HEADINGS},{heading},Mức độ")
    assert question.draft is not None
    assert [part.level for part in question.draft.parts] == ["biet", None, "H", "van-dung"]
    assert question.said.level_code == "H"
