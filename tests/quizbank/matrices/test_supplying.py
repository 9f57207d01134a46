import pytest

from quizbank.matrices.grid import Grid, Row
from quizbank.matrices.grid_cells import said_by
from quizbank.matrices.rules import Supply
from quizbank.matrices.supplying import asks_at, available_at, available_in
from quizbank.questions.rules import QuestionType

CHOICE, TRUE_FALSE = QuestionType.SINGLE_CHOICE, QuestionType.TRUE_FALSE


def some(
    type: QuestionType = CHOICE, level: str | None = "biet", statements: str = "", topic: str | None = "toan.l12.a"
) -> Supply:
    return Supply(topic, level, type, 12, 3, statements)


@pytest.mark.parametrize(
    ("place", "level", "asks"),
    [
        (some(), "biet", 3),
        (some(), "hieu", 0),
        (some(), "any", 3),
        (some(TRUE_FALSE), "biet", 12),
        (some(TRUE_FALSE), "any", 12),
        (some(TRUE_FALSE, "hieu", "biet:3 van-dung:1"), "biet", 9),
        (some(TRUE_FALSE, "hieu", "biet:3 van-dung:1"), "hieu", 0),
        (some(TRUE_FALSE, None), "biet", 0),
    ],
)
def test_true_false_is_supplied_by_statement(place: Supply, level: str, asks: int) -> None:
    assert asks_at(place, level) == asks


@pytest.mark.parametrize(
    ("topic", "grade", "asks"), [("", 12, 6), ("", None, 6), ("", 11, 0), ("toan.l12", 11, 3), ("toan.l12.a.b", 12, 0)]
)
def test_a_cell_draws_from_its_topic_or_grade(topic: str, grade: int | None, asks: int) -> None:
    assert available_at([some(), some(topic=None)], topic, "biet", CHOICE, grade) == asks


def test_every_filled_cell_knows_what_it_wants_and_what_there_is() -> None:
    row = Row("toan.l12", counts={(CHOICE, "biet"): "2+2×0,5", (TRUE_FALSE, "biet"): "3", (TRUE_FALSE, "hieu"): "1"})
    grid = Grid([row, Row(counts={(CHOICE, "hieu"): "x"})])
    supply = [some(), some(TRUE_FALSE, "hieu", "biet:3 hieu:1")]
    assert available_in(grid, said_by(grid), supply, 12) == {
        "row-0-single-choice-biet": (4, 3),
        "row-0-true-false-biet": (3, 9),
        "row-0-true-false-hieu": (1, 3),
        "row-1-single-choice-hieu": (0, 0),
    }
