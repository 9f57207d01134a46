from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.matrices.advice import advice_of, level_shares
from quizbank.matrices.rules import (
    Cell,
    Competence,
    Matrix,
    Specification,
    check_matrix,
    problems_of,
    shares_of,
    statements_of,
    totals_of,
)
from quizbank.questions.rules import QuestionType
from repository.curriculum.queries import curriculum
from repository.errors import Invalid

CHOICE = QuestionType.SINGLE_CHOICE
TOPIC = curriculum().topics_of("toan", 12)[0].id


def a_cell(
    topic: str | None = TOPIC,
    level: str | None = "biet",
    type: QuestionType = CHOICE,
    count: int = 4,
    marks: str = "0.25",
) -> Cell:
    return Cell(topic, level, type, count, Decimal(marks))


def a_matrix(*cells: Cell) -> Matrix:
    return Matrix("Kiểm tra giữa kì", "toan", 12, "gdpt-2018", 45, cells or (a_cell(),))


def codes_of(matrix: Matrix) -> list[str]:
    return [problem.code for problem in advice_of(matrix, curriculum())]


def test_a_sound_matrix_passes() -> None:
    check_matrix(a_matrix(), curriculum())


@pytest.mark.parametrize("topic", [None, "toan.l12", "toan.l12.dai-so-giai-tich", "toan", TOPIC])
def test_a_topic_may_be_a_topic_a_strand_a_grade_or_any(topic: str | None) -> None:
    assert problems_of(a_matrix(a_cell(topic)), curriculum()) == {}


@pytest.mark.parametrize(
    ("cell", "place"),
    [
        (a_cell(topic="toan.l12.khong-co"), "cells[1].topic"),
        (a_cell(topic="vat-li.l12"), "cells[1].topic"),
        (a_cell(level="nhan-biet"), "cells[1].level"),
        (a_cell(count=0), "cells[1].count"),
        (a_cell(count=201), "cells[1].count"),
        (a_cell(marks="0"), "cells[1].marks"),
        (a_cell(marks="-1"), "cells[1].marks"),
        (a_cell(marks="0.125"), "cells[1].marks"),
    ],
)
def test_a_wrong_cell_is_named(cell: Cell, place: str) -> None:
    assert place in problems_of(a_matrix(a_cell(), cell), curriculum())


@pytest.mark.parametrize(
    ("place", "matrix"),
    [
        ("title", replace(a_matrix(), title=" ")),
        ("subject", replace(a_matrix(), subject="thien-van")),
        ("programme", replace(a_matrix(), programme="gdpt-2040")),
        ("grade", replace(a_matrix(), grade=13)),
        ("duration_minutes", replace(a_matrix(), duration_minutes=0)),
        ("cells", replace(a_matrix(), cells=())),
        ("cells", a_matrix(*[a_cell()] * 301)),
        ("cells", a_matrix(*[a_cell(count=101)] * 2)),
    ],
)
def test_a_wrong_heading_is_named(place: str, matrix: Matrix) -> None:
    assert place in problems_of(matrix, curriculum())


def test_the_error_speaks_of_the_first_and_lists_every_wrong_place() -> None:
    with pytest.raises(Invalid, match=r"cells\[0\]\.count") as caught:
        check_matrix(a_matrix(a_cell(count=0), a_cell(marks="0")), curriculum())
    assert list(caught.value.facts["fields"]) == ["cells[0].count", "cells[1].marks"]


def test_totals_are_counted_by_level_type_and_topic() -> None:
    totals = totals_of([a_cell(), a_cell(level="hieu", type=QuestionType.TRUE_FALSE, count=1, marks="1")])
    assert (totals.whole.count, str(totals.whole.marks)) == (5, "2.00")
    assert totals.by_level["hieu"].marks_fraction == Decimal("0.5")
    assert totals.by_type[CHOICE].count == 4
    assert totals.by_topic[TOPIC].marks == 2


@given(st.lists(st.tuples(st.sampled_from([None, "biet", "hieu"]), st.integers(1, 9), st.integers(1, 400)), max_size=8))
def test_parts_of_a_matrix_add_up_to_the_whole(rows: list[tuple[str | None, int, int]]) -> None:
    totals = totals_of([a_cell(level=level, count=count, marks=str(Decimal(m) / 100)) for level, count, m in rows])
    assert sum(total.asks for total in totals.by_level.values()) == totals.whole.asks
    assert sum(total.marks for total in totals.by_level.values()) == totals.whole.marks
    assert sum(total.marks for total in totals.by_topic.values()) == totals.whole.marks


def test_a_paper_of_ten_marks_in_usual_shares_needs_no_advice() -> None:
    cells = [a_cell(level="biet", count=16), a_cell(level="hieu", count=12), a_cell(level="van-dung", count=12)]
    assert codes_of(a_matrix(*cells)) == []


def test_marks_that_do_not_make_ten_are_pointed_out() -> None:
    assert "marks-sum" in codes_of(a_matrix())


def test_level_shares_far_from_the_usual_are_pointed_out() -> None:
    assert codes_of(a_matrix(a_cell(count=40))) == ["level-share"] * 3


def test_levels_of_the_old_programme_count_as_those_they_map_to() -> None:
    counts = {"nhan-biet": 16, "thong-hieu": 12, "van-dung-thap": 8, "van-dung-cao": 4}
    cells = [a_cell(topic=None, level=level, count=count) for level, count in counts.items()]
    assert codes_of(replace(a_matrix(*cells), programme="ct-2006")) == []


def test_shares_are_not_judged_where_a_level_is_open() -> None:
    assert codes_of(a_matrix(a_cell(level=None, count=40))) == []


def test_a_cell_written_twice_is_pointed_out() -> None:
    assert "cell-twice" in codes_of(a_matrix(a_cell(), a_cell()))


@pytest.mark.parametrize(
    ("cell", "is_accepted"),
    [
        (a_cell(), True),
        (a_cell(topic=None, level=None), True),
        (a_cell(topic="toan.l12"), True),
        (a_cell(topic=TOPIC[:-1]), False),
        (a_cell(level="hieu"), False),
        (a_cell(type=QuestionType.SHORT_ANSWER), False),
    ],
)
def test_a_cell_accepts_what_lies_within_it(cell: Cell, is_accepted: bool) -> None:
    assert cell.accepts(TOPIC, "biet", CHOICE) is is_accepted


def test_a_cell_of_a_topic_does_not_accept_a_question_without_one() -> None:
    assert not a_cell().accepts(None, "biet", CHOICE)


TRUE_FALSE = QuestionType.TRUE_FALSE


def a_cluster(count: int = 1, marks: str = "1", **counts: int) -> Cell:
    """True/false questions with so many statements at each level (``van_dung=1``)."""
    levels = {level.replace("_", "-"): number for level, number in counts.items()}
    return Cell(TOPIC, None, TRUE_FALSE, count, Decimal(marks), statements_of(levels))


def test_true_false_is_counted_by_statement() -> None:
    totals = totals_of([a_cluster(biet=2, hieu=1, van_dung=1), a_cell(level="biet", count=4)])
    assert totals.whole.count == 5
    assert totals.by_type[TRUE_FALSE].asks == 4
    assert (totals.by_level["biet"].asks, totals.by_level["biet"].marks) == (6, Decimal("1.5"))
    assert None not in totals.by_level


def test_a_true_false_cell_of_one_level_counts_four_statements_a_question() -> None:
    assert shares_of([a_cell(type=TRUE_FALSE, count=2, marks="1")])[TRUE_FALSE, "biet"].asks == 8


@pytest.mark.parametrize(
    "cell",
    [
        a_cluster(biet=2, hieu=1),
        a_cluster(2, biet=2, hieu=2),
        a_cluster(biet=4),
        a_cluster(biet=3, nhan_biet=1),
        a_cluster(biet=5, hieu=-1),
        replace(a_cluster(biet=2, hieu=2), level="biet"),
        replace(a_cluster(biet=2, hieu=2), type=CHOICE),
        replace(a_cluster(), statements=(("hieu", 2), ("biet", 2))),
        replace(a_cluster(), statements=(("biet", 2), ("biet", 2))),
    ],
)
def test_statements_that_make_no_sense_are_named(cell: Cell) -> None:
    assert "cells[1].statements" in problems_of(a_matrix(a_cell(), cell), curriculum())


def test_statements_of_whole_questions_are_sound() -> None:
    assert problems_of(a_matrix(a_cluster(2, biet=3, hieu=3, van_dung=2)), curriculum()) == {}


@pytest.mark.parametrize(
    ("row", "place"),
    [
        (Specification("toan.l12.khong-co"), "topic"),
        (Specification("vat-li.l12"), "topic"),
        (Specification(TOPIC, "x" * 201), "unit"),
        (Specification(TOPIC, "", "x" * 4001), "outcomes"),
        (Specification(TOPIC, competences=(Competence(CHOICE, "biet", "x" * 61),)), "competences"),
    ],
)
def test_a_wrong_row_of_the_specification_is_named(row: Specification, place: str) -> None:
    matrix = replace(a_matrix(), specification=(Specification(TOPIC), row))
    assert list(problems_of(matrix, curriculum())) == [f"specification[1].{place}"]


def test_a_cell_of_a_too_long_unit_is_named() -> None:
    assert "cells[0].unit" in problems_of(a_matrix(replace(a_cell(), unit="x" * 201)), curriculum())


def test_statements_count_at_their_level_in_the_advice() -> None:
    cells = (a_cluster(10, biet=16, hieu=12, van_dung=12),)
    assert codes_of(a_matrix(*cells)) == []
    assert [round(share, 2) for share in level_shares(totals_of(cells), curriculum()).values()] == [
        Decimal("0.40"),
        Decimal("0.30"),
        Decimal("0.30"),
    ]


ESSAY = QuestionType.ESSAY
SHORT = QuestionType.SHORT_ANSWER


def marks_by_type(single: str, true_false: str, short: str, essay: str) -> Matrix:
    types = ((CHOICE, single), (TRUE_FALSE, true_false), (SHORT, short), (ESSAY, essay))
    return a_matrix(*[a_cell(level=None, type=type, count=1, marks=marks) for type, marks in types if marks])


@pytest.mark.parametrize(
    ("matrix", "times"),
    [
        (marks_by_type("3", "2", "2", "3"), 0),
        (marks_by_type("3", "4", "", "3"), 0),
        (marks_by_type("3", "4", "3", ""), 0),
        (marks_by_type("10", "", "", ""), 0),
        (marks_by_type("2", "3", "2", "3"), 2),
        (marks_by_type("3", "2", "", "5"), 2),
    ],
)
def test_unusual_marks_of_the_parts_of_a_periodic_test_are_pointed_out(matrix: Matrix, times: int) -> None:
    assert codes_of(matrix) == ["type-marks"] * times


def test_the_old_programme_is_judged_by_its_own_four_levels() -> None:
    counts = {"nhan-biet": 16, "thong-hieu": 12, "van-dung-thap": 4, "van-dung-cao": 8}
    cells = [a_cell(topic=None, level=level, count=count) for level, count in counts.items()]
    assert codes_of(replace(a_matrix(*cells), programme="ct-2006")) == ["level-share"] * 2
