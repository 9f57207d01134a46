"""Key tables behind a paper: each key goes to the one question it names, or is a problem."""

import pytest

from quizbank.questions.rules import QuestionType
from tests.quizbank.questions.formats.papers import (
    PART_I,
    PART_II,
    PART_III,
    choices,
    codes_of,
    keys_of,
    read,
    texts_of,
)

TABLES = (
    "BẢNG ĐÁP ÁN\n1.A 2.B 3.C",
    "ĐÁP ÁN\n1-A 2-B 3-C",
    "----- HẾT -----\n1A 2B 3C",
    "ĐÁP ÁN\nCâu 1: A\nCâu 2: B\nCâu 3: C",
    "Đáp án\n1: A; 2: B; 3: C",
    "BẢNG ĐÁP ÁN\nCâu\t1\t2\t3\nĐáp án\tA\tB\tC",
    "BẢNG ĐÁP ÁN\n| Câu | 1 | 2 | 3 |\n|---|---|---|---|\n| ĐA | A | B | C |",
    "ĐÁP ÁN\n1 2\nA B\n3\nC",
    "BẢNG ĐÁP ÁN\n1\nA\n2\nB\n3\nC",
    "1 A\n2 B\n3 C",
    "**ĐÁP ÁN**\n\n1. A\n\n2. B\n\n3. C\n",
    "ĐÁP ÁN: 1.A 2.B 3.C",
    "HẾT\nHƯỚNG DẪN GIẢI\n1.a 2.b 3.c",
    "ĐÁP ÁN MÃ ĐỀ 101\n1A 2B 3C\nTrang 3/3 - Mã đề 101",
)


@pytest.mark.parametrize("table", TABLES)
def test_a_table_gives_every_question_its_key(table: str) -> None:
    paper = choices(1, 2, 3) + table
    assert keys_of(paper) == ["A", "B", "C"]
    assert texts_of(read(paper)[2]) == ["một", "hai", "ba", "bốn"]


def test_rows_without_heading_count_only_when_they_name_all_questions() -> None:
    assert keys_of(choices(1, 2) + "1.A 2.B") == ["A", "B"]
    assert keys_of(choices(1, 2, 3) + "1.A 2.B")[0] == "no-key"


def test_a_question_the_table_forgets_has_no_key() -> None:
    assert keys_of(choices(1, 2, 3) + "ĐÁP ÁN\n1.A 2.B") == ["A", "B", "no-key"]


def test_a_key_of_no_question_is_a_problem_of_its_own() -> None:
    *_, table = read(choices(1, 2) + "ĐÁP ÁN\n1.A 2.B 3.C")
    assert [str(problem) for problem in table.problems] == ["Bảng đáp án nêu câu 3, nhưng đề không có câu này."]
    assert table.source == "ĐÁP ÁN\n1.A 2.B 3.C"


def test_a_number_with_two_letters_in_the_table_is_two_keys() -> None:
    assert keys_of(choices(1, 2) + "ĐÁP ÁN\n1.A 2.B 2.C") == ["A", "two-keys"]


def test_a_table_that_agrees_with_the_key_line_adds_nothing() -> None:
    assert keys_of(choices(1, end="Đáp án: A\n") + choices(2) + "ĐÁP ÁN\n1.A 2.B") == ["A", "B"]
    assert keys_of(choices(1, end="Đáp án: C\n") + choices(2) + "ĐÁP ÁN\n1.A 2.B") == ["two-keys", "B"]


def test_a_number_that_two_questions_share_is_not_guessed() -> None:
    found = keys_of(choices(1, 2, 1) + "ĐÁP ÁN\n1.A 2.B")
    assert found == ["unclear-table-key", "B", "unclear-table-key/repeated-number"]


def test_a_row_nobody_can_read_is_reported_and_leaks_nowhere() -> None:
    for table in ("BẢNG ĐÁP ÁN\nkhông đọc được\ndòng hai", "ĐÁP ÁN\nkhông rõ\ndòng hai", "BẢNG ĐÁP ÁN\n1 2 3\nA B"):
        questions = read(choices(1, 2) + table)
        assert codes_of(questions[-1]) == {"unread-key-row"}, table
        assert texts_of(questions[1]) == ["một", "hai", "ba", "bốn"], table


def test_a_table_for_several_codes_is_not_guessed() -> None:
    grid = "BẢNG ĐÁP ÁN\nCâu\t101\t102\n1\tA\tB\n2\tC\tC"
    assert keys_of(choices(1, 2) + grid)[:2] == ["no-key", "no-key"]


@pytest.mark.parametrize(
    ("judged", "short"),
    [
        ("Câu 1: a) Đ b) S c) Đ d) S\nCâu 2: a) Sai b) Sai c) Sai d) Đúng", "Câu 1: 1,5\nCâu 2: -3"),
        ("1. ĐSĐS\n2. SSSĐ", "1. 1,5\n2. -3"),
        ("1: Đ-S-Đ-S\n2: S-S-S-Đ", "1: 1,5; 2: -3"),
        ("Câu\ta\tb\tc\td\n1\tĐ\tS\tĐ\tS\n2\tS\tS\tS\tĐ", "Câu\t1\t2\nĐáp án\t1,5\t-3"),
        ("Câu 1 2\na) Đ S\nb) S S\nc) Đ S\nd) S Đ", "| Câu | 1 | 2 |\n|--|--|--|\n| Đáp án | 1,5 | -3 |"),
        ("1a) Đ 1b) S 1c) Đ 1d) S\n2a) S 2b) S 2c) S 2d) Đ", "Câu 1: 1,5 Câu 2: -3"),
        ("1.a)Đúng b)Sai c)Đúng d)Sai\n2.a)Sai b)Sai c)Sai d)Đúng", "Câu 1. 1,5\nCâu 2. -3"),
    ],
)
def test_a_table_may_have_the_three_parts_of_the_2025_form(judged: str, short: str) -> None:
    table = (
        "----HẾT----\nĐÁP ÁN\nPHẦN I\n(Mỗi câu trả lời đúng thí sinh được 0,25 điểm)\n1.A 2.B\n"
        f"PHẦN II. Điểm tối đa của 01 câu hỏi là 1 điểm.\n{judged}\nPHẦN III\n{short}\n"
    )
    paper = PART_I + choices(1, 2) + PART_II + PART_III + table
    assert keys_of(paper) == ["A", "B", "TFTF", "FFFT", "1,5", "-3"]


def test_a_heading_of_the_table_never_becomes_a_short_answer() -> None:
    questions = read(PART_III + "ĐÁP ÁN\nPHẦN III\nCâu 1: ba mươi\nCâu 2: bốn")
    assert [texts_of(question) for question in questions] == [["ba mươi"], ["bốn"]]
    assert all(question.draft and question.draft.type is QuestionType.SHORT_ANSWER for question in questions)


def test_short_answers_that_could_be_question_numbers_are_not_guessed() -> None:
    assert keys_of(PART_III + "ĐÁP ÁN\n1 1,5\n2 3")[-1] == "unread-key-row/unread-key-row"


def test_three_judgements_do_not_fit_four_statements() -> None:
    assert keys_of(PART_II + "ĐÁP ÁN\nPHẦN II\n1. ĐSĐ\n2. ĐSĐS") == ["key-does-not-fit", "TFTF"]


def test_a_table_without_parts_is_unclear_where_numbering_restarts() -> None:
    assert set(keys_of(PART_I + choices(1, 2) + PART_II + "ĐÁP ÁN\n1A 2B")) == {"unclear-table-key"}


def test_a_table_below_its_own_part_needs_no_heading() -> None:
    paper = PART_I + choices(1, 2) + "ĐÁP ÁN\n1A 2B\n" + PART_II + "ĐÁP ÁN\n1. ĐSĐS\n2. SSSS\n"
    assert keys_of(paper) == ["A", "B", "TFTF", "FFFF"]


def test_a_key_on_the_line_below_its_name_is_no_table() -> None:
    paper = choices(1, end="Đáp án:\nB\n") + choices(2, end="ĐÁP ÁN\nC\n")
    assert keys_of(paper) == ["B", "C"]


def test_solutions_behind_the_paper_bring_keys_and_explanations() -> None:
    below = "HƯỚNG DẪN GIẢI CHI TIẾT\nCâu 1: Chọn A\nVì thế.\nCâu 2. Ta có hai.\nChọn B.\nCâu 3: C. Ba là ba."
    questions = read(choices(1, 2, 3) + below)
    found = [(question.content.key, question.content.explanation) for question in questions if question.content]
    assert found == [("A", "Vì thế."), ("B", "Ta có hai."), ("C", "Ba là ba.")]


def test_solutions_that_contradict_the_table_are_two_keys() -> None:
    assert keys_of(choices(1, 2) + "ĐÁP ÁN\n1.A 2.B\nLỜI GIẢI CHI TIẾT\nCâu 1: Chọn C\nVì thế.") == ["two-keys", "B"]


def test_solutions_may_repeat_the_questions() -> None:
    repeated = choices(1, end="Lời giải\nVì thế.\nChọn A\n") + choices(2, end="Lời giải\nNên.\nChọn B\n")
    paper = choices(1, 2) + "BẢNG ĐÁP ÁN\n1.A 2.B\nHƯỚNG DẪN GIẢI CHI TIẾT\n" + repeated
    assert keys_of(paper) == ["A", "B"]
    assert [question.draft.explanation for question in read(paper) if question.draft] == [
        "Vì thế.\nChọn A",
        "Nên.\nChọn B",
    ]


def test_a_list_in_an_explanation_is_no_table() -> None:
    ends = ("Đáp án: B\nLời giải:\n1. Đ\n2. S\n", "Đáp án: C\nHướng dẫn giải\n1. A đúng\n2. B sai\n")
    questions = read(choices(1, end=ends[0]) + choices(2, end=ends[1]))
    found = [(question.content.key, question.content.explanation) for question in questions if question.content]
    assert found == [("B", "1. Đ\n2. S"), ("C", "1. A đúng\n2. B sai")]


def test_a_table_key_of_another_kind_contradicts_the_key_line() -> None:
    assert keys_of(choices(1, end="Đáp án: A\n") + choices(2) + "ĐÁP ÁN\n1. ĐSĐS\n2. B") == ["two-keys", "B"]
