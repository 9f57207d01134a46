from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizbank.quizzes.key_files.layouts import LAYOUTS, KeyAnswer, KeySheet, read_rows
from quizbank.quizzes.key_files.tables import csv_bytes, rows_from, xlsx_bytes
from repository.errors import Invalid

KEYS = {
    1: st.sampled_from(["A", "B", "C", "D", "AB", "BCD", "A+C", "*"]),
    2: st.sampled_from(["ĐĐĐĐ", "ĐSĐS", "SSSS", "*"]),
    3: st.sampled_from(["5", "-3", "2,45", "12,5", "-1,5", "2025", "1011", "2,5|2,50", "1/3", "*"]),
}
WORDS = st.text(alphabet="abcđ =+-@'\"|,;\n", max_size=12).map(lambda text: " ".join(text.split()))


@st.composite
def papers(draw: st.DrawFn) -> tuple[list[KeySheet], list[int]]:
    counts = draw(st.lists(st.integers(0, 6), min_size=3, max_size=3).filter(any))
    while counts and not counts[-1]:
        counts.pop()
    codes = draw(st.lists(st.from_regex(r"[0-9]{3,4}|[A-Z][0-9]", fullmatch=True), min_size=1, max_size=4, unique=True))
    sheets = []
    for code in codes:
        answers = [
            KeyAnswer(part, number, draw(KEYS[part]), draw(st.none() | st.just(Decimal("0.25"))))
            for part, count in enumerate(counts, 1)
            for number in range(1, count + 1)
        ]
        sheets.append(KeySheet(code, tuple(answers)))
    return sheets, counts


def keys_of(sheets: list[KeySheet]) -> list[tuple[str, list[tuple[int, int, str]]]]:
    return [(sheet.code, [(one.part, one.number, one.key) for one in sheet.answers]) for sheet in sheets]


@settings(deadline=None)
@given(papers(), st.sampled_from(list(LAYOUTS)))
def test_every_layout_is_read_as_it_was_written(paper: tuple[list[KeySheet], list[int]], layout: str) -> None:
    sheets, counts = paper
    assert keys_of(read_rows(LAYOUTS[layout](sheets), counts)) == keys_of(sheets)


@settings(deadline=None)
@given(papers(), st.sampled_from(list(LAYOUTS)), st.sampled_from(["csv", "xlsx"]))
def test_files_hold_what_tables_hold(paper: tuple[list[KeySheet], list[int]], layout: str, kind: str) -> None:
    sheets, counts = paper
    rows = LAYOUTS[layout](sheets)
    data = csv_bytes(rows) if kind == "csv" else xlsx_bytes([(layout, rows)])
    assert keys_of(read_rows(rows_from(f"a.{kind}", data), counts)) == keys_of(sheets)
    assert data == (csv_bytes(rows) if kind == "csv" else xlsx_bytes([(layout, rows)]))


@settings(deadline=None)
@given(WORDS, WORDS)
def test_the_vertical_layout_keeps_words_too(topic: str, explanation: str) -> None:
    one = KeyAnswer(1, 1, "A", Decimal("0.25"), "Biết", topic, "7", explanation)
    sheets = [KeySheet("101", (one,))]
    rows = LAYOUTS["A-vertical"](sheets)
    assert read_rows(rows) == sheets
    assert read_rows(rows_from("a.xlsx", xlsx_bytes([("A", rows)]))) == sheets
    [read] = read_rows(rows_from("a.csv", csv_bytes(rows)))
    assert replace(read.answers[0], topic="", explanation="") == replace(one, topic="", explanation="")


def test_parts_are_told_apart_by_their_keys() -> None:
    rows = [["Câu\\Mã đề", "101"], ["1", "A"], ["2", "*"], ["3", "ĐSĐS"], ["4", "1111"], ["5", "2,5"]]
    assert [(one.part, one.number) for one in read_rows(rows)[0].answers] == [(1, 1), (1, 2), (2, 1), (2, 2), (3, 1)]


def test_numbers_that_start_anew_start_a_part() -> None:
    rows = [["Câu", "101"], ["1", "A"], ["1", "*"], ["2", "ĐSĐS"], ["1", "5"]]
    assert [(one.part, one.number) for one in read_rows(rows)[0].answers] == [(1, 1), (2, 1), (2, 2), (3, 1)]


def test_a_table_of_another_program_is_read() -> None:
    rows = [["TRƯỜNG THPT"], [], ["Mã đề", "Phần", "Câu", "Đáp án"], ["101.0", "PHẦN II", "Câu 1", "D S D D"]]
    assert read_rows(rows) == [KeySheet("101", (KeyAnswer(2, 1, "ĐSĐĐ"),))]


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [["Họ tên", "Điểm"]],
        [["Câu", "101", "101"], ["1", "A", "B"]],
        [["Câu", "101"], ["một", "A"]],
        [["Mã đề", "Phần", "Câu", "Đáp án"], ["101", "", "1", "A"]],
        [["Mã đề", "Phần", "Câu", "Đáp án"], ["101", "I", "1", "A"], ["101", "I", "1", "B"]],
        [["Mã đề", "Phần", "Câu", "Đáp án", "Điểm"], ["101", "I", "1", "A", "nhiều"]],
        [["Mã đề", "I.1"], ["101", "A"], ["101", "B"]],
        [["Câu"] * 3000],
    ],
)
def test_a_table_that_makes_no_sense_is_refused(rows: list[list[str]]) -> None:
    with pytest.raises(Invalid):
        read_rows(rows)


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"", b"\xff\xfe", b"x" * (5 << 20)])
def test_a_file_that_is_no_table_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid):
        read_rows(rows_from("a.xlsx", data))
    with pytest.raises(Invalid):
        read_rows(rows_from("a.csv", data))


@settings(deadline=None)
@given(st.lists(st.lists(st.text(max_size=8), max_size=5), max_size=6), st.sampled_from(["Câu", "Mã đề", "Câu\\Mã đề"]))
def test_whatever_a_table_holds_it_is_read_or_refused(rows: list[list[str]], first: str) -> None:
    try:
        sheets = read_rows([[first, "Phần", "Câu", "Đáp án"], *rows])
    except Invalid:
        return
    assert len({sheet.code for sheet in sheets}) == len(sheets)
