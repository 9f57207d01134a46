"""Matrices as schools write them, and mistakes in them: what is understood, and which cell is named."""

from decimal import Decimal
from pathlib import Path

import pytest

from quizbank.matrices.exchange.importing import Choices
from quizbank.matrices.rules import Cell
from quizbank.questions.rules import QuestionType
from repository.curriculum.queries import curriculum
from repository.errors import Invalid
from tests.quizbank.matrices.exchange.builders import (
    LEGACY_HEAD,
    LEGACY_JOINED,
    SCHOOL_HEAD,
    SCHOOL_JOINED,
    SCHOOL_LINES,
    Rows,
    a_word,
    an_excel,
    read,
)

STRAND = curriculum().strands_of("toan", 12)[0]
TOPIC, OTHER = [topic for topic in curriculum().topics_of("toan", 12) if topic.strand == STRAND.id][:2]
CHOICE, CLUSTER, SHORT, ESSAY = (
    QuestionType.SINGLE_CHOICE,
    QuestionType.TRUE_FALSE,
    QuestionType.SHORT_ANSWER,
    QuestionType.ESSAY,
)
BODY: Rows = [
    [1, STRAND.name, f"Bài 1. {TOPIC.name}", 4, 2, "", 2, 1, 1, "", "", 1, "", "", "", 6, 3, 2, "55%"],
    [2, "", OTHER.name.upper(), 2, "", "", "", "", "", "", 1, "", "", 1, "", 2, 2, 0, "45%"],
    ["Tổng số câu", "", "", 6, 2, "", 2, 1, 1, "", 1, 1, "", 1, "", "", "", "", ""],
    ["Tổng số điểm", "", "", "2,0", "", "", "1,0", "", "", "1,0", "", "", "2,0", "", "", "", "", "", ""],
    ["Tỉ lệ %", "", "", "20", "", "", "10", "", "", "10", "", "", "20", "", "", "", "", "", ""],
]


def test_a_school_s_table_is_understood(tmp_path: Path) -> None:
    found = read(an_excel(SCHOOL_LINES, [*SCHOOL_HEAD, *BODY], SCHOOL_JOINED), tmp_path)
    matrix = found.matrix
    assert found.doubts == [] and found.problems(curriculum()) == []
    assert (matrix.title, matrix.subject, matrix.grade) == (SCHOOL_LINES[1], "toan", 12)
    assert (matrix.programme, matrix.duration_minutes) == ("gdpt-2018", 90)
    assert set(matrix.cells) == {
        Cell(TOPIC.id, "biet", CHOICE, 4, Decimal("0.25")),
        Cell(TOPIC.id, "hieu", CHOICE, 2, Decimal("0.25")),
        Cell(TOPIC.id, None, CLUSTER, 1, Decimal(1), (("biet", 2), ("hieu", 1), ("van-dung", 1))),
        Cell(TOPIC.id, "van-dung", SHORT, 1, Decimal("0.5")),
        Cell(OTHER.id, "biet", CHOICE, 2, Decimal("0.25")),
        Cell(OTHER.id, "hieu", SHORT, 1, Decimal("0.5")),
        Cell(OTHER.id, "hieu", ESSAY, 1, Decimal(2)),
    }


def test_word_tables_are_read_alike(tmp_path: Path) -> None:
    spans = [(0, 3, 0, 14), (1, 3, 1, 11), (1, 12, 2, 14), (2, 3, 2, 5), (2, 6, 2, 8), (2, 9, 2, 11), (0, 15, 2, 17)]
    rows = [*SCHOOL_HEAD, *BODY]
    word = read(a_word(SCHOOL_LINES, rows, [*spans, (4, 1, 5, 1)]), tmp_path, "ma-tran.docx")
    excel = read(an_excel(SCHOOL_LINES, rows, SCHOOL_JOINED), tmp_path)
    assert word.matrix == excel.matrix and word.doubts == []


def test_the_older_table_of_four_levels_is_understood(tmp_path: Path) -> None:
    body: Rows = [[1, STRAND.name, TOPIC.name, 4, 4, 3, 6, 2, 8, 1, 5, 10, 23, 100], ["Tổng", *[""] * 13]]
    choices = Choices(subject="toan", grade=12)
    found = read(an_excel(["MA TRẬN"], [*LEGACY_HEAD, *body], LEGACY_JOINED), tmp_path, choices=choices)
    assert found.matrix.programme == "ct-2006"
    assert [(cell.level, cell.type, cell.count) for cell in found.matrix.cells] == [
        ("nhan-biet", CHOICE, 4),
        ("thong-hieu", CHOICE, 3),
        ("van-dung-thap", CHOICE, 2),
        ("van-dung-cao", CHOICE, 1),
    ]


@pytest.mark.parametrize(
    ("column", "text", "said"),
    [
        (3, "bốn", "Ma trận!D8: “bốn” không phải là số câu."),
        (3, -4, "Ma trận!D8: “-4” không phải là số câu."),
        (13, "1,5", "Ma trận!N8: “1,5” không phải là số câu."),
        (
            2,
            "Bản vẽ kĩ thuật số",
            "Ma trận!C8: không có chủ đề “Bản vẽ kĩ thuật số” trong chương trình; hãy chọn chủ đề.",
        ),
    ],
)
def test_a_mistake_names_the_cell(column: int, text: object, said: str, tmp_path: Path) -> None:
    rows = [[*row] for row in [*SCHOOL_HEAD, *BODY]]
    rows[4][column] = text
    rows[4][1] = "" if column == 2 else rows[4][1]
    found = read(an_excel(SCHOOL_LINES, rows, SCHOOL_JOINED), tmp_path)
    assert [str(one) for one in found.doubts] == [said]


def test_statements_that_four_does_not_divide_name_the_cell(tmp_path: Path) -> None:
    rows = [[*row] for row in [*SCHOOL_HEAD, *BODY]]
    rows[4][7] = 2
    found = read(an_excel(SCHOOL_LINES, rows, SCHOOL_JOINED), tmp_path)
    [(place, text)] = found.problems(curriculum())
    assert place == "Ma trận!G8" and "bốn ý" in text


def test_a_mistake_in_word_names_table_row_and_column(tmp_path: Path) -> None:
    rows = [[*row] for row in [*SCHOOL_HEAD, *BODY]]
    rows[5][4] = "??"
    found = read(a_word(SCHOOL_LINES, rows), tmp_path, "de.docx")
    assert str(found.doubts[0]) == "bảng 1, hàng 6, cột 5: “??” không phải là số câu."


def test_a_file_without_a_matrix_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="Không thấy bảng ma trận"):
        read(an_excel([], [["Họ tên", "Điểm"], ["An", 9]]), tmp_path)


def test_a_matrix_of_no_subject_asks_for_it(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="hãy chọn môn"):
        read(an_excel([], [*SCHOOL_HEAD, *BODY]), tmp_path)
