import pytest

from quizbank.quizzes.dice import Dice


@pytest.mark.recorded
def test_the_same_facts_throw_the_same_on_any_machine() -> None:
    assert Dice(7, "101").shuffled("ABCDEFGH") == list("CGAEFHDB")


def test_other_facts_throw_otherwise() -> None:
    assert Dice(7, "101").shuffled(range(50)) != Dice(7, "102").shuffled(range(50))


def test_shuffling_keeps_every_thing() -> None:
    assert sorted(Dice(1).shuffled(range(100))) == list(range(100))


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 1000])
def test_a_throw_stays_below_its_limit(limit: int) -> None:
    dice = Dice("limit", limit)
    assert all(0 <= dice.below(limit) < limit for _ in range(200))


def test_every_face_comes_up_about_equally_often() -> None:
    dice = Dice("fair")
    throws = [dice.below(4) for _ in range(4000)]
    assert all(900 < throws.count(face) < 1100 for face in range(4))
