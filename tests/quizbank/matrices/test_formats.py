import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.matrices.formats import ExamFormat, exam_formats, get_format, matrix_of, split
from quizbank.matrices.rules import check_matrix, totals_of
from repository.curriculum.queries import curriculum
from repository.errors import NotFound
from tests.shared_data import SHARED, needs_shared_data

TYPES = {"single_choice_4": "single-choice", "true_false_4": "true-false", "short_answer": "short-answer"}


@pytest.mark.parametrize("format", exam_formats(), ids=lambda format: format.id)
def test_every_format_makes_a_sound_matrix_of_ten_marks(format: ExamFormat) -> None:
    matrix = matrix_of(format, "Đề thử")
    check_matrix(matrix, curriculum())
    assert totals_of(matrix.cells).whole.marks == 10


@needs_shared_data
def test_formats_agree_with_the_published_ones() -> None:
    published = json.loads((SHARED / "curriculum" / "exam_formats_2025.json").read_text(encoding="utf-8"))
    papers = [paper for paper in published["graduation_2025"] if paper["form"] == "trac_nghiem"]
    ours = [format for format in exam_formats() if format.exam == "tot-nghiep-2025"]
    assert [format.duration_minutes for format in ours] == [paper["minutes"] for paper in papers]
    for format, paper in zip(ours, papers, strict=True):
        theirs = [(TYPES[p["type"]], p["items"], Decimal(str(p["points_each"]))) for p in paper["parts"]]
        assert [(part.type, part.count, part.marks) for part in format.parts] == theirs


def test_formats_have_names_of_their_own() -> None:
    assert len({format.id for format in exam_formats()}) == len(exam_formats())


def test_levels_are_shared_out_about_40_30_30() -> None:
    totals = totals_of(matrix_of(get_format("tot-nghiep-2025-toan"), "Đề thử").cells)
    assert [round(total.marks_fraction, 2) for total in totals.by_level.values()] == [
        Decimal("0.42"),
        Decimal("0.30"),
        Decimal("0.28"),
    ]


def test_old_papers_ask_for_no_level() -> None:
    assert {cell.level for cell in matrix_of(get_format("tot-nghiep-2017-toan"), "Đề thử").cells} == {None}


def test_an_unknown_format_is_not_found() -> None:
    with pytest.raises(NotFound):
        get_format("tot-nghiep-1990")


@given(st.integers(0, 500))
def test_a_split_adds_up(total: int) -> None:
    shares = [Decimal("0.4"), Decimal("0.3"), Decimal("0.3")]
    counts = split(total, shares)
    assert sum(counts) == total
    assert all(abs(count - total * share) < 1 for count, share in zip(counts, shares, strict=True))
