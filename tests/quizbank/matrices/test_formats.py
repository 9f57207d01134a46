import json
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.matrices.advice import advice_of
from quizbank.matrices.formats import (
    FRAME_MINUTES,
    ExamFormat,
    SchoolFrame,
    exam_formats,
    get_format,
    get_frame,
    matrix_of,
    matrix_of_frame,
    school_frames,
    split,
)
from quizbank.matrices.rules import check_matrix, totals_of
from quizbank.questions.rules import QuestionType
from repository.curriculum.queries import curriculum
from repository.errors import NotFound
from tests.shared_data import SHARED, needs_shared_data

TYPES = {
    "single_choice_4": "single-choice",
    "true_false_4": "true-false",
    "short_answer": "short-answer",
    "essay_reading": "essay",
    "essay_writing": "essay",
}
SUBJECTS = {"ngoai-ngu": "tieng-anh"}
LANGUAGES: frozenset[str] = frozenset()
COMPONENTS = {"vat-li", "hoa-hoc", "sinh-hoc", "lich-su", "dia-li", "giao-duc-cong-dan"}


@pytest.mark.parametrize("format", exam_formats(), ids=lambda format: format.id)
def test_every_format_makes_a_sound_matrix_of_ten_marks(format: ExamFormat) -> None:
    matrix = matrix_of(format, "Đề thử")
    check_matrix(matrix, curriculum())
    assert totals_of(matrix.cells).whole.marks == 10


def papers_published() -> list[dict[str, Any]]:
    """Every paper of the exam, one for each orientation."""
    published = json.loads((SHARED / "curriculum" / "exam_formats_2025.json").read_text(encoding="utf-8"))
    papers: list[dict[str, Any]] = published["graduation_2025"]
    return [paper for paper in papers for _ in paper.get("variants", [None])]


@needs_shared_data
def test_every_published_paper_has_its_format() -> None:
    papers = papers_published()
    ours = [format for format in exam_formats() if format.exam == "tot-nghiep-2025"]
    assert Counter((SUBJECTS.get(p["subject"], p["subject"]), p["minutes"]) for p in papers) == Counter(
        (format.subject, format.duration_minutes) for format in ours if format.subject not in LANGUAGES
    )
    for paper in papers:
        subject = SUBJECTS.get(paper["subject"], paper["subject"])
        for format in ours:
            if format.subject == subject:
                assert parts_of(format) == published_parts(paper)


def parts_of(format: ExamFormat) -> dict[str, tuple[int, Decimal]]:
    """Type -> questions and marks of all."""
    parts: dict[str, tuple[int, Decimal]] = {}
    for part in format.parts:
        count, marks = parts.get(part.type, (0, Decimal(0)))
        parts[part.type] = (count + part.count, marks + part.count * part.marks)
    return parts


def published_parts(paper: dict[str, Any]) -> dict[str, tuple[int, Decimal]]:
    parts: dict[str, tuple[int, Decimal]] = {}
    for part in paper["parts"]:
        count, marks = parts.get(TYPES[part["type"]], (0, Decimal(0)))
        parts[TYPES[part["type"]]] = (count + part["items"], marks + Decimal(str(part["points"])))
    return parts


@needs_shared_data
def test_every_older_paper_that_is_known_has_its_format() -> None:
    published = json.loads((SHARED / "curriculum" / "exam_formats_2025.json").read_text(encoding="utf-8"))
    ours = [format for format in exam_formats() if format.exam == "tot-nghiep-2017"]
    for paper in published["graduation_legacy_2017_2024"]["papers"]:
        subject = SUBJECTS.get(paper["subject"], paper["subject"])
        found = [one for one in ours if one.subject == subject or (" " in subject and one.subject in COMPONENTS)]
        assert len(found) == (len(COMPONENTS) if " " in subject else 1)
        assert {format.duration_minutes for format in found} == {paper["minutes"]}
        if "items" in paper:
            wanted = [("single-choice", paper["items"], Decimal(str(paper["points_each"])))]
            assert all([(p.type, p.count, p.marks) for p in format.parts] == wanted for format in found)


def test_formats_have_names_of_their_own() -> None:
    assert len({format.id for format in exam_formats()}) == len(exam_formats())


def test_levels_are_shared_out_about_40_30_30() -> None:
    totals = totals_of(matrix_of(get_format("tot-nghiep-2025-toan"), "Đề thử").cells)
    assert [round(total.marks_fraction, 2) for total in totals.by_level.values()] == [
        Decimal("0.38"),
        Decimal("0.32"),
        Decimal("0.30"),
    ]


def test_old_papers_ask_for_no_level() -> None:
    assert {cell.level for cell in matrix_of(get_format("tot-nghiep-2017-toan"), "Đề thử").cells} == {None}


def test_an_unknown_format_is_not_found() -> None:
    with pytest.raises(NotFound):
        get_format("tot-nghiep-1990")
    with pytest.raises(NotFound):
        get_frame("kiem-tra-mieng")


@pytest.mark.parametrize("frame", school_frames(), ids=lambda frame: frame.id)
@pytest.mark.parametrize("minutes", FRAME_MINUTES)
def test_every_frame_makes_a_matrix_that_needs_no_advice(frame: SchoolFrame, minutes: int) -> None:
    matrix = matrix_of_frame(frame, "Đề thử", "toan", 11, minutes)
    check_matrix(matrix, curriculum())
    assert advice_of(matrix, curriculum()) == ()
    assert matrix.duration_minutes == minutes


@pytest.mark.parametrize(
    ("id", "marks"),
    [
        ("kiem-tra-7991", ["3.00", "2", "2.0", "3"]),
        ("kiem-tra-7991-khong-tra-loi-ngan", ["3.00", "4", "3"]),
        ("kiem-tra-bon-muc-do", ["7.00", "3"]),
    ],
)
def test_the_parts_of_a_frame_have_their_marks(id: str, marks: list[str]) -> None:
    totals = totals_of(matrix_of_frame(get_frame(id), "Đề thử", "toan", 11, 45).cells)
    assert [str(total.marks) for total in totals.by_type.values()] == marks


@pytest.mark.parametrize(
    ("id", "shares"),
    [
        ("kiem-tra-7991", [40, 30, 30]),
        ("kiem-tra-7991-khong-tra-loi-ngan", [40, 30, 30]),
        ("kiem-tra-bon-muc-do", [40, 30, 20, 10]),
    ],
)
def test_the_levels_of_a_frame_have_their_shares(id: str, shares: list[int]) -> None:
    totals = totals_of(matrix_of_frame(get_frame(id), "Đề thử", "toan", 11, 45).cells)
    assert [total.marks_fraction * 100 for total in totals.by_level.values()] == shares


def test_clusters_of_a_format_are_split_by_statement() -> None:
    matrix = matrix_of(get_format("tot-nghiep-2025-toan"), "Đề thử")
    (cluster,) = [cell for cell in matrix.cells if cell.type is QuestionType.TRUE_FALSE]
    assert dict(cluster.statements) == {"biet": 6, "hieu": 5, "van-dung": 5}


def test_literature_is_five_questions_on_reading_and_two_on_writing() -> None:
    matrix = matrix_of(get_format("tot-nghiep-2025-ngu-van"), "Đề thử")
    reading = [cell for cell in matrix.cells if cell.topic == "ngu-van.l12.doc"]
    writing = [cell for cell in matrix.cells if cell.topic == "ngu-van.l12.viet"]
    assert (sum(cell.count for cell in reading), sum(cell.total_marks for cell in reading)) == (5, 4)
    assert [cell.total_marks for cell in writing] == [2, 4]


@given(st.integers(0, 500))
def test_a_split_adds_up(total: int) -> None:
    shares = [Decimal("0.4"), Decimal("0.3"), Decimal("0.3")]
    counts = split(total, shares)
    assert sum(counts) == total
    assert all(abs(count - total * share) < 1 for count, share in zip(counts, shares, strict=True))


def test_a_paper_of_one_orientation_of_technology_asks_its_own_strand_only() -> None:
    topics = {
        form.orientation: {part.topic for part in form.parts} for form in exam_formats() if form.subject == "cong-nghe"
    }
    assert topics == {
        "Công nghiệp": {"cong-nghe.l12.cong-nghe-cong-nghiep"},
        "Nông nghiệp": {"cong-nghe.l12.cong-nghe-nong-nghiep"},
    }
