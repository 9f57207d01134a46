import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from quizbank.quizzes.assembly.targets import NO_TARGETS, Information, Passages, Targets, targets_from
from quizbank.quizzes.build_form import targets_in, whole_in
from repository.errors import Invalid

SHARES = st.floats(0.01, 0.99)
TARGETS = st.builds(
    Targets,
    difficulty=st.none() | SHARES,
    tolerance=st.floats(0.001, 1),
    parts=st.dictionaries(st.integers(1, 4), SHARES).map(lambda parts: tuple(sorted(parts.items()))),
    information=st.lists(st.builds(Information, st.floats(-4, 4), st.floats(0, 5), st.floats(5, 9))).map(tuple),
    unused_since=st.none() | st.dates(),
    last_quizzes=st.integers(0, 1000),
    most_uses=st.none() | st.integers(0, 1000),
    most_common=st.floats(0, 1),
    is_spread=st.booleans(),
    passages=st.sampled_from(Passages),
    own_drafts=st.booleans(),
)


@given(TARGETS)
def test_targets_survive_json(targets: Targets) -> None:
    assert targets_from(json.loads(json.dumps(targets.to_data()))) == targets


def test_targets_that_want_nothing_say_nothing() -> None:
    assert NO_TARGETS.to_data() == {}
    assert targets_from({}) == NO_TARGETS


@pytest.mark.parametrize(
    "data",
    [
        *([], "x", None, {"unknown": 1}, {"difficulty": 0}, {"difficulty": 1.5}, {"difficulty": "hard"}),
        *({"difficulty": float("nan")}, {"tolerance": 0}, {"parts": [[9, 0.5]]}, {"parts": 3}, {"last_quizzes": -1}),
        *({"information": [[9, 1, 2]]}, {"information": [[0, 2, 1]]}, {"unused_since": "yesterday"}),
        *({"most_uses": -1}, {"most_common": 2}, {"passages": "half"}),
    ],
)
def test_targets_that_nobody_can_aim_at_are_refused(data: object) -> None:
    with pytest.raises(Invalid):
        targets_from(data)


def form(**fields: str) -> MultiDict[str, str]:
    return MultiDict({"has_targets": "1", **fields})


def test_a_form_is_written_in_marks_of_ten_and_percent() -> None:
    read = targets_in(
        form(difficulty="6,5", tolerance="0,2", most_common="20", is_spread="1", unused_since="2026-09-05")
    )
    assert read.difficulty == pytest.approx(0.65)
    assert read.tolerance == pytest.approx(0.02)
    assert read.most_common == pytest.approx(0.2)
    assert read.unused_since == dt.date(2026, 9, 5)


def test_an_empty_form_has_no_targets() -> None:
    assert targets_in(form(is_spread="1", difficulty="", last_quizzes="", passages="essays")) == NO_TARGETS
    assert targets_in(MultiDict()) == NO_TARGETS
    assert targets_in(MultiDict({"own_drafts": "on"})).own_drafts


@pytest.mark.parametrize(
    "fields", [{"difficulty": "khó"}, {"difficulty": "11"}, {"unused_since": "hôm qua"}, {"passages": "nửa"}]
)
def test_a_form_that_can_not_be_read_names_its_field(fields: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as caught:
        targets_in(form(**fields))
    assert [name.removeprefix("targets.") for name in caught.value.facts["fields"]] == list(fields)


def test_a_whole_number_that_is_missing_is_refused() -> None:
    assert whole_in({}, "forms", 1) == 1
    assert whole_in({"seed": "0"}, "seed") == 0
    with pytest.raises(Invalid):
        whole_in({}, "seed")
    with pytest.raises(Invalid):
        whole_in({"seed": "x"}, "seed")
