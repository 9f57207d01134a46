"""Join codes that can be read aloud, and assignments that can be sat."""

import datetime as dt
import random
from dataclasses import replace

import pytest

from quizbank.classes.rules import (
    CODE_LENGTH,
    CODE_LETTERS,
    NewAssignment,
    check_assignment,
    check_class_name,
    join_code_of,
    new_join_code,
)
from repository.errors import Invalid

NOW = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
SOUND = NewAssignment(1, NOW, NOW + dt.timedelta(days=1), 45)


def test_a_code_has_no_signs_that_look_alike() -> None:
    code = new_join_code(random.Random(1))
    assert len(code) == CODE_LENGTH
    assert set(code) <= set(CODE_LETTERS) and not set("IL0O1") & set(CODE_LETTERS)


def test_a_code_is_read_whatever_its_case_and_spaces() -> None:
    assert join_code_of(" abc-d2 3\n") == "ABCD23"


@pytest.mark.parametrize("name", ["", "   ", "x" * 121])
def test_a_class_needs_a_name(name: str) -> None:
    with pytest.raises(Invalid):
        check_class_name(name)


def test_a_name_is_trimmed() -> None:
    assert check_class_name("  12A1   Toán ") == "12A1 Toán"


def test_a_sound_assignment_passes() -> None:
    check_assignment(SOUND, now=NOW)


@pytest.mark.parametrize(
    "wrong",
    [
        replace(SOUND, closes_at=NOW),
        replace(SOUND, opens_at=NOW - dt.timedelta(days=2), closes_at=NOW - dt.timedelta(days=1)),
        replace(SOUND, duration_minutes=0),
        replace(SOUND, duration_minutes=301),
        replace(SOUND, attempts_allowed=0),
        replace(SOUND, attempts_allowed=11),
        replace(SOUND, review_after="never"),
    ],
)
def test_an_assignment_that_nobody_could_sit_is_refused(wrong: NewAssignment) -> None:
    with pytest.raises(Invalid):
        check_assignment(wrong, now=NOW)
