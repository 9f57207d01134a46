from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from quizbank.questions.rules import QuestionType
from quizbank.quizzes.arrangement import Candidate, Placed, gather_passages, place
from tests.quizbank.matrices.builders import a_cell

PLACED = st.lists(st.tuples(st.integers(1, 3), st.none() | st.integers(1, 3)), max_size=15).map(
    lambda rows: [
        Placed(number, 0, part, Decimal(1), passage) for number, (part, passage) in enumerate(sorted(rows, key=str))
    ]
)


@given(PLACED)
def test_gathering_passages_keeps_every_question(placed: list[Placed]) -> None:
    assert sorted(one.version_id for one in gather_passages(placed)) == [one.version_id for one in placed]


@given(PLACED)
def test_questions_of_a_passage_stand_side_by_side_in_each_part(placed: list[Placed]) -> None:
    gathered = [(one.part, one.passage) for one in gather_passages(placed)]
    for name in {name for name in gathered if name[1] is not None}:
        places = [number for number, other in enumerate(gathered) if other == name]
        assert places == list(range(places[0], places[-1] + 1))


def test_a_paper_goes_by_part_then_by_cell() -> None:
    cells = [
        a_cell(type=QuestionType.SHORT_ANSWER),
        a_cell(level="biet"),
        a_cell(type=QuestionType.TRUE_FALSE),
        a_cell(),
    ]
    chosen = [(number, Candidate(number, number, None)) for number in (0, 1, 2, 3)]
    assert [(one.part, one.cell) for one in place(cells, chosen)] == [(1, 1), (1, 3), (2, 2), (3, 0)]


def test_marks_come_from_the_cell() -> None:
    [placed] = place([a_cell(marks="0.75")], [(0, Candidate(7, 8, None))])
    assert (placed.version_id, placed.marks) == (8, Decimal("0.75"))
