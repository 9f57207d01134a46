"""Matrices in the official layout: what goes to Excel or Word comes back, and the same matrix is the same bytes."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizbank.matrices.exchange.child import tables_in
from quizbank.matrices.exchange.excel import write_excel
from quizbank.matrices.exchange.importing import Choices, ImportedMatrix, import_matrix
from quizbank.matrices.exchange.reading import read_tables
from quizbank.matrices.exchange.word import write_word
from quizbank.matrices.formats import exam_formats, matrix_of
from quizbank.matrices.rules import Cell, Competence, Matrix, Specification, problems_of, statements_of
from quizbank.questions.rules import QuestionType
from repository.curriculum.queries import curriculum
from repository.curriculum.rules import Curriculum

Write = Callable[[Matrix, Curriculum], bytes]
WRITERS = {"xlsx": write_excel, "docx": write_word}
TOPICS = [topic.id for topic in curriculum().topics_of("toan", 12)]
PLACES = [None, "toan.l12", *(strand.id for strand in curriculum().strands_of("toan", 12)), *TOPICS]
LEVELS = {one.id: [level.id for level in one.levels] for one in curriculum().programmes}
WORDS = st.text("abđồ 1.2-()[]/%", min_size=1, max_size=20).map(lambda text: " ".join(text.split())).filter(bool)
MARKS = st.sampled_from(("0.2", "0.25", "0.5", "1", "1.25", "2")).map(Decimal)


def back(matrix: Matrix, write: Write, ending: str, folder: Path) -> ImportedMatrix:
    path = folder / f"ma-tran.{ending}"
    path.write_bytes(write(matrix, curriculum()))
    return import_matrix(list(tables_in(path)), Choices(), curriculum(), path.name)


@st.composite
def cells(draw: st.DrawFn, levels: list[str]) -> Cell:
    topic, unit = draw(st.sampled_from(PLACES)), draw(st.just("") | WORDS)
    type, count, marks = draw(st.sampled_from(QuestionType)), draw(st.integers(1, 9)), draw(MARKS)
    if type is QuestionType.TRUE_FALSE and draw(st.booleans()):
        first = draw(st.integers(1, 4 * count - 1))
        one, other = draw(st.permutations(levels))[:2]
        return Cell(topic, None, type, count, marks, statements_of({one: first, other: 4 * count - first}), unit)
    return Cell(topic, draw(st.sampled_from((None, *levels))), type, count, marks, unit=unit)


@st.composite
def matrices(draw: st.DrawFn) -> Matrix:
    """Sound matrices; rows that the specification tells of stand in its order."""
    programme = draw(st.sampled_from(sorted(LEVELS)))
    drawn = draw(st.lists(cells(LEVELS[programme]), min_size=1, max_size=8, unique_by=what_is_asked))
    specification = []
    for row in dict.fromkeys(cell.row for cell in drawn) if draw(st.booleans()) else ():
        outcomes = "\n".join(draw(st.lists(WORDS, max_size=2)))
        of_row = next(cell for cell in drawn if cell.row == row)
        level = next(iter(of_row.asks_by_level))
        tags = (Competence(of_row.type, level, "TD1"),) if draw(st.booleans()) else ()
        specification.append(Specification(*row, outcomes, tags))
    said = tuple(specification) if any(one.outcomes or one.competences for one in specification) else ()
    title = draw(WORDS.filter(lambda text: any(map(str.isalpha, text))))
    minutes = draw(st.integers(1, 600))
    return Matrix(title, "toan", 12, programme, minutes, tuple(drawn), said)


def what_is_asked(cell: Cell) -> tuple[object, ...]:
    return cell.topic, cell.unit, cell.type, cell.level, bool(cell.statements)


@pytest.mark.parametrize("ending", WRITERS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(matrix=matrices())
def test_what_goes_out_comes_back(ending: str, tmp_path: Path, matrix: Matrix) -> None:
    assert problems_of(matrix, curriculum()) == {}
    found = back(matrix, WRITERS[ending], ending, tmp_path)
    assert found.doubts == []
    assert in_rows(found.matrix) == in_rows(matrix)


def in_rows(matrix: Matrix) -> tuple[object, ...]:
    """A matrix whose cells stand in any order within their row, equal ones added up."""
    asked: dict[object, int] = {}
    for cell in matrix.cells:
        key = (cell.row, cell.type, cell.level, cell.marks, bool(cell.statements))
        for level, asks in cell.asks_by_level.items():
            asked[key, level] = asked.get((key, level), 0) + asks
    heading = (matrix.title, matrix.subject, matrix.grade, matrix.programme, matrix.duration_minutes)
    return heading, asked, {one.row: one for one in matrix.specification}


@pytest.mark.parametrize("ending", WRITERS)
@pytest.mark.parametrize("format", exam_formats(), ids=lambda format: format.id)
def test_every_exam_format_comes_back_whole(format: object, ending: str, tmp_path: Path) -> None:
    matrix = matrix_of(format, "Đề minh hoạ")  # type: ignore[arg-type]
    assert back(matrix, WRITERS[ending], ending, tmp_path).matrix == matrix


@pytest.mark.parametrize("ending", WRITERS)
def test_the_same_matrix_is_the_same_bytes(ending: str) -> None:
    matrix = matrix_of(exam_formats()[0], "Đề minh hoạ")
    assert WRITERS[ending](matrix, curriculum()) == WRITERS[ending](matrix, curriculum())


@pytest.mark.parametrize("ending", WRITERS)
def test_files_are_read_in_a_process_of_their_own(ending: str, tmp_path: Path) -> None:
    matrix = matrix_of(exam_formats()[0], "Đề minh hoạ")
    path = tmp_path / f"de.{ending}"
    path.write_bytes(WRITERS[ending](matrix, curriculum()))
    assert import_matrix(read_tables(path, path.name), Choices(), curriculum(), path.name).matrix == matrix
