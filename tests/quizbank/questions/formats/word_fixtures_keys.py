"""Word papers with their keys in tables at the end, in the forms of schools and of the Ministry."""

from collections.abc import Sequence

from tests.quizbank.questions.formats.word_documents import lines, m, p, tbl, tc
from tests.quizbank.questions.formats.word_fixtures import (
    CLUSTER,
    PLAIN,
    SECOND,
    STATEMENTS,
    STEM,
    TWO,
    Expected,
    Paper,
    paper,
    statements,
)

CHOICES = STEM + PLAIN + SECOND + PLAIN
CLUSTERS = CLUSTER + statements() + p("Câu 2. Xét tiếp.") + statements()
SHORT = p("PHẦN III. Câu trắc nghiệm trả lời ngắn") + lines("Câu 1. Tính?\nCâu 2. Tính nữa?")
HEADING, PART_II = p("ĐÁP ÁN"), p("PHẦN II")


def judged(first: str, second: str) -> tuple[Expected, Expected]:
    return (
        Expected(first, "Xét các số.", STATEMENTS, at="paragraph 2", part="II"),
        Expected(second, "Xét tiếp.", STATEMENTS, label="Câu 2", at="paragraph 7", part="II"),
    )


NUMBERS = (
    Expected("2,5", "Tính?", ("2,5",), at="paragraph 2", part="III"),
    Expected("-3", "Tính nữa?", ("-3",), label="Câu 2", at="paragraph 3", part="III"),
)


def below(text: str = "") -> str:
    return tc(text, merge="continue")


def ministry(*keys: Sequence[str]) -> list[list[str]]:
    """``Câu | Lệnh hỏi | Đáp án`` with the number joined over four rows."""
    rows = []
    for number, key in enumerate(keys, start=1):
        for letter, said in zip("abcd", key, strict=True):
            rows.append([tc(str(number), merge="restart") if letter == "a" else below(), f"{letter})", said])
    return rows


KEY_TABLES: dict[str, Paper] = {
    "two columns twice": paper(CHOICES + HEADING + tbl(["Câu", "ĐA", "Câu", "ĐA"], ["1", "B", "2", "C"]), *TWO),
    "two columns twice, no heading": paper(CHOICES + tbl(["Câu", "ĐA", "Câu", "ĐA"], ["1", "B", "2", "C"]), *TWO),
    "of one variant": paper(
        CHOICES + HEADING + tbl([tc("Mã đề 101", span=2)], ["Câu", "Đáp án"], ["1", "B"], ["2", "C"]), *TWO
    ),
    "with dashes": paper(CHOICES + HEADING + tbl(["1 - B", "2 - C"]), *TWO),
    "the Ministry's for statements": paper(
        CLUSTERS + HEADING + PART_II + tbl(["Câu", "Lệnh hỏi", "Đáp án (Đ/S)"], *ministry("ĐSĐS", "ĐSSS")),
        *judged("TFTF", "TFFF"),
    ),
    "the Ministry's for statements, side by side": paper(
        CLUSTERS
        + HEADING
        + PART_II
        + tbl(
            ["Câu", "Lệnh hỏi", "Đáp án", "Câu", "Lệnh hỏi", "Đáp án"],
            ["1", "a)", "Đ", "2", "a)", "Đ"],
            *([below(), f"{letter})", "S", below(), f"{letter})", "Đ"] for letter in "bcd"),
        ),
        *judged("TFFF", "TTTT"),
    ),
    "statements down": paper(
        CLUSTERS
        + HEADING
        + PART_II
        + tbl(["Câu", "1", "2"], ["a)", "Đ", "S"], ["b)", "S", "S"], ["c)", "Đ", "Đ"], ["d)", "S", "Đ"]),
        *judged("TFTF", "FFTT"),
    ),
    "statements across": paper(
        CLUSTERS
        + HEADING
        + PART_II
        + tbl(
            ["Câu", "a", "b", "c", "d"],
            ["Câu 1", "Đúng", "Sai", "Đúng", "Sai"],
            ["Câu 2", "Sai", "Sai", "Đúng", "Đúng"],
        ),
        *judged("TFTF", "FFTT"),
    ),
    "numbers as formulas": paper(
        SHORT + HEADING + tbl(["Câu", "1", "2"], ["Đáp án", "2,5", tc(p(m("{−3}")))]), *NUMBERS
    ),
    "numbers without names": paper(SHORT + p("BẢNG ĐÁP ÁN") + tbl(["Câu 1", "Câu 2"], ["2,5", "-3"]), *NUMBERS),
    "all parts in one table": paper(
        CHOICES
        + CLUSTER
        + statements()
        + SHORT
        + HEADING
        + tbl(
            [tc("PHẦN I", span=3)],
            ["Câu", "1", "2"],
            ["Chọn", "B", "C"],
            [tc("PHẦN II", span=3)],
            ["1", tc("a) Đ b) S c) Đ d) S", span=2)],
            [tc("PHẦN III", span=3)],
            ["Câu", "1", "2"],
            ["Đáp án", "2,5", "-3"],
        ),
        *TWO,
        Expected("TFTF", "Xét các số.", STATEMENTS, at="paragraph 12", part="II"),
        Expected("2,5", "Tính?", ("2,5",), at="paragraph 18", part="III"),
        Expected("-3", "Tính nữa?", ("-3",), label="Câu 2", at="paragraph 19", part="III"),
    ),
}
