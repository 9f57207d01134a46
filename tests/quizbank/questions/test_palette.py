"""The formulas that the editor offers."""

import pytest

from quizbank.questions.palette import NAMES, PALETTE, Formula
from repository.i18n import translations_of
from repository.markup import render

FORMULAS = [one for formulas in PALETTE.values() for one in formulas]


def test_every_group_has_a_name() -> None:
    assert list(NAMES) == list(PALETTE)


@pytest.mark.parametrize("formula", FORMULAS, ids=lambda one: one.name)
def test_a_formula_looks_as_its_button_says(formula: Formula) -> None:
    assert render(f"${formula.shown}$").html.startswith("<math>")


@pytest.mark.parametrize("formula", FORMULAS, ids=lambda one: one.name)
def test_what_a_button_inserts_can_be_read_at_once(formula: Formula) -> None:
    assert formula.tex.count("□") <= 1
    assert render(f"${formula.tex.replace('□', 'x')}$").html.startswith("<math>")


def test_all_formulas_have_names_in_english() -> None:
    english = translations_of("en")
    assert [
        one.name for one in FORMULAS if english.gettext(one.name) == one.name and one.name not in ("mu", "pi")
    ] == []


def test_no_two_buttons_insert_the_same() -> None:
    assert len({one.tex for one in FORMULAS}) == len(FORMULAS)
