"""A template is tried out before anybody relies on it."""

import dataclasses
from typing import Any

import pytest

from quizbank.item_templates.checking import check_template, try_template
from quizbank.item_templates.rules import ItemTemplate, TemplatePart
from quizbank.questions.rules import QuestionType

GOOD = ItemTemplate(
    QuestionType.SINGLE_CHOICE,
    "Tính {@ a @} + {@ b @}.",
    "a = integer(2, 90)\nb = integer(2, 90)",
    TemplatePart(value="a + b"),
    tuple(TemplatePart(value=f"a + b + {step}", why="lệch") for step in (1, 2, 3)),
)


def test_a_sound_template_has_no_problems() -> None:
    trial = try_template(GOOD)
    assert trial.problems == ()
    assert (trial.draws, trial.lucky) == (500, 500)
    assert 400 < trial.different <= 500
    assert try_template(GOOD) == trial


FAULTY: dict[str, dict[str, Any]] = {
    "template": {"stem": "{@ c @}"},
    "unused-name": {"parameters": "a = integer(2, 90)\nb = integer(2, 90)\nc = a + b"},
    "always-unlucky": {"parameters": "a = integer(2, 9)\nb = a\nrequire a != b"},
    "few-questions": {"parameters": "a = 2\nb = integer(2, 4)"},
    "empty-stem": {"stem": "{@ '' @}"},
    "empty-option": {"parts": (TemplatePart("{@ '' @}"), *GOOD.parts[1:])},
    "slow-template": {"parameters": "a = sum([n * pick((1, 2)) for n in range(9000)])\nb = integer(2, 90)"},
}


@pytest.mark.parametrize("code", FAULTY)
def test_a_faulty_template_is_told(code: str) -> None:
    problems = check_template(dataclasses.replace(GOOD, **FAULTY[code]))
    assert code in [problem.code for problem in problems]
    assert all(str(problem) for problem in problems)


def test_a_fault_that_shows_in_some_draws_only_is_found_with_its_place() -> None:
    (problem,) = check_template(dataclasses.replace(GOOD, explanation="{@ 1 / (a - 50) @}"))
    assert problem.facts == {"field": "explanation", "line": "1", "column": "4"}
    assert str(problem) == "Chia cho 0."


def test_a_fault_in_an_option_that_is_seldom_shown_is_found() -> None:
    parts = (*GOOD.parts, TemplatePart(value="1 / 0"))
    assert [str(problem) for problem in check_template(dataclasses.replace(GOOD, parts=parts))] == ["Chia cho 0."]
