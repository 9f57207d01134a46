import pytest

from repository.curriculum.rules import ancestors_of, grade_id_of, is_within

NGUYEN_HAM = "toan.l12.dai-so-giai-tich.nguyen-ham"


@pytest.mark.parametrize("ancestor", ["toan", "toan.l12", "toan.l12.dai-so-giai-tich", NGUYEN_HAM])
def test_a_topic_lies_within_all_above_it(ancestor: str) -> None:
    assert is_within(NGUYEN_HAM, ancestor)


@pytest.mark.parametrize("other", ["toa", "toan.l1", "toan.l12.dai-so", "toan.l11", NGUYEN_HAM + ".x"])
def test_a_topic_lies_within_nothing_else(other: str) -> None:
    assert not is_within(NGUYEN_HAM, other)


def test_ancestors_begin_with_the_subject() -> None:
    assert ancestors_of(NGUYEN_HAM) == ("toan", "toan.l12", "toan.l12.dai-so-giai-tich", NGUYEN_HAM)


def test_a_grade_id_has_two_digits() -> None:
    assert grade_id_of("toan", 6) == "toan.l06"
