"""Answers in the forms that the papers of 2025 brought: judged statements, numbers, levels before the header."""

import pytest

from tests.quizbank.questions.formats.papers import (
    OPTIONS,
    PART_I,
    STATEMENTS,
    choices,
    codes_of,
    keys_of,
    read,
    read_one,
    texts_of,
)

CLUSTER = f"PHẦN II. Câu trắc nghiệm đúng sai.\nCâu 1. Xét.\n{STATEMENTS}\n"
SHORT = "PHẦN III. Câu trắc nghiệm trả lời ngắn.\nCâu 1. Tính?\n"


def test_a_solution_that_judges_each_statement_is_a_key() -> None:
    question = read_one(CLUSTER + "Lời giải\na) Đúng vì lẻ.\nb) Sai: chẵn.\nc) Đúng.\nd) S")
    assert question.content is not None and question.content.key == "TFTF"
    assert codes_of(question) == {"key-from-statements"}


def test_a_solution_that_judges_otherwise_than_the_key_is_two_keys() -> None:
    assert codes_of(read_one(CLUSTER + "Đáp án: ĐSĐS\nLời giải\na) Đúng.\nb) Đúng.\nc) Đúng.\nd) Sai.")) == {"two-keys"}


@pytest.mark.parametrize(
    "solution", ["a) Đúng.\nb) Sai.\nc) Đúng.", "a) Đúng.\nb) Sai.\nb) Đúng.\nd) Sai.", "a) Đúngg"]
)
def test_a_solution_that_judges_not_all_of_them_is_no_key(solution: str) -> None:
    assert codes_of(read_one(f"{CLUSTER}Lời giải\n{solution}")) == {"no-key"}


@pytest.mark.parametrize("name", ["Trả lời", "Kết quả", "KQ", "ĐS"])
def test_a_number_behind_these_names_is_the_answer(name: str) -> None:
    question = read_one(f"{SHORT}{name}: 2,5")
    assert question.content is not None and question.content.key == "2,5"


def test_words_behind_these_names_are_none() -> None:
    assert "not-a-question" in codes_of(read_one(f"{SHORT}Trả lời: áp dụng công thức."))


def test_a_level_may_stand_before_the_header() -> None:
    question = read_one(f"[TH] Câu 1. Hai là?\n{OPTIONS}\nĐáp án: B")
    assert question.content is not None and question.content.stem == "Hai là?"
    assert (question.label, question.level_code) == ("Câu 1", "TH")


def test_a_solution_may_repeat_the_number_of_its_question() -> None:
    questions = read(f"{choices(1)}Đáp án: B\nLời giải\nCâu 1: Đếm.\n{choices(2)}Đáp án: C")
    assert [question.label for question in questions] == ["Câu 1", "Câu 2"]
    assert questions[0].content is not None and questions[0].content.explanation == "Câu 1: Đếm."


def test_numbers_without_a_word_begin_again_in_each_part() -> None:
    paper = f"{PART_I}1. Hai?\n{OPTIONS}\nĐáp án: B\nPHẦN II. Câu trắc nghiệm.\n1. Ba?\n{OPTIONS}\nĐáp án: C"
    assert [(question.part, question.number) for question in read(paper)] == [("I", 1), ("II", 1)]


def test_a_letter_that_ends_a_sentence_before_a_tab_marks_no_option() -> None:
    question = read_one("Câu 1. Ai?\nA. Ông S và chị B.\tB. Chị B.\tC. Anh C.\tD. Anh D.\nĐáp án: A")
    assert question.content is not None
    assert [part.text for part in question.content.parts] == ["Ông S và chị B.", "Chị B.", "Anh C.", "Anh D."]


def test_an_instruction_below_the_last_option_belongs_to_the_next_question() -> None:
    paper = (
        f"Question 1. Hai?\n{OPTIONS}\nRead the following passage and answer questions 2 to 2.\nNumbers.\n"
        f"Question 2. Ba?\n{OPTIONS}\nBẢNG ĐÁP ÁN\n1.B 2.C"
    )
    first, second = read(paper)
    assert first.content is not None and first.content.parts[3].text == "bốn"
    assert second.passage.endswith("Numbers.")


@pytest.mark.parametrize("arrow", ["->", "=>", "→", "⇒"])
def test_an_arrow_to_a_letter_below_the_options_is_the_key(arrow: str) -> None:
    assert keys_of(f"Câu 1. Hai là?\n{OPTIONS}\n{arrow} B") == ["B"]
    assert keys_of(f"Câu 1. Hai là?\n{OPTIONS}\n{arrow} B\nĐáp án: A") == ["two-keys"]


def test_an_arrow_in_a_scheme_above_the_options_stays_in_the_stem() -> None:
    question = read_one(f"Câu 1. Cho sơ đồ: X -> Y\n-> A\n=> B\nTìm A?\n{OPTIONS}\nĐáp án: C")
    assert question.content is not None
    assert (question.content.stem, question.content.key) == ("Cho sơ đồ: X -> Y\n-> A\n=> B\nTìm A?", "C")


def test_an_arrow_between_options_belongs_to_the_option_above_it() -> None:
    question = read_one("Câu 1. Chọn sơ đồ đúng.\nA. X\n-> A\nB. Y\n-> B\nC. ba\nD. bốn\nĐáp án: C")
    assert texts_of(question) == ["X\n-> A", "Y\n-> B", "ba", "bốn"]
    assert question.content is not None and question.content.key == "C"


def test_an_arrow_in_a_question_without_options_stays_in_the_stem() -> None:
    question = read_one(f"{SHORT}X\n-> A\nĐáp án: 2,5")
    assert question.content is not None
    assert (question.content.stem, question.content.key) == ("Tính?\nX\n-> A", "2,5")
