"""Physics, chemistry and natural science: what questions say is so in nature, and exact where they do not round."""

import re
from collections.abc import Callable
from functools import cache
from random import Random

import pytest

from quizbank.demo.questions.library import shelf_of
from quizbank.questions.rules import QuestionContent
from tests.quizbank.demo.questions.test_keys import numbers_in

DRAWS = 600


@cache
def drawn(name: str) -> list[QuestionContent]:
    """Many questions of one template, ``khtn/matter/balance``."""
    file, _, wanted = name.rpartition("/")
    template = next(template for template in shelf_of(file).templates if template.name == wanted)
    questions = [template.draw(Random(seed)) for seed in range(DRAWS)]
    return [question for question in questions if question is not None]


def key_of(question: QuestionContent) -> float:
    return numbers_in(next(part.text for part in question.parts if part.is_true))[0]


EXACT: dict[str, Callable[[list[float]], float]] = {
    "khtn/energy/frequency": lambda n: n[0] / n[1],
    "khtn/matter/mass_conserved": lambda n: n[1] - n[0],
    "vat_li/circles_and_springs_10/spring_length": lambda n: n[0] + 100 * (n[2] / 1000 * n[3]) / n[1],
    "vat_li/electricity_11/series_parallel": lambda n: 1 / (1 / n[0] + 1 / n[1]),
    "vat_li/heat_12/boyle": lambda n: n[0] * n[1] / n[2],
    "vat_li/waves_11/string_waves": lambda n: n[0] / n[1] * 2,
    "vat_li/waves_11/fringe_width": lambda n: n[2] * 1e-9 * n[1] / (n[0] * 1e-3) * 1e3,
}


@pytest.mark.parametrize("name", EXACT)
def test_keys_are_exact_where_the_stem_does_not_round(name: str) -> None:
    questions = drawn(name)
    assert len(questions) > DRAWS / 4
    for question in questions:
        assert EXACT[name](numbers_in(question.stem)) == pytest.approx(key_of(question), rel=1e-9), question


@pytest.mark.parametrize(
    ("product", "first", "second"),
    [
        ("magnesium oxide", 24, 16),
        ("tạo thành [0-9,]+ g nước", 2, 16),
        (re.escape("iron(III) chloride"), 56, 3 * 35.5),
        ("calcium hydroxide", 40 + 16, 18),
        ("zinc sulfide", 65, 32),
    ],
)
def test_substances_react_in_the_masses_of_their_equation(product: str, first: float, second: float) -> None:
    questions = [one for one in drawn("khtn/matter/mass_conserved") if re.search(product, one.stem)]
    assert questions
    for question in questions:
        given, _ = numbers_in(question.stem)
        assert key_of(question) / given == pytest.approx(first / second), question


def test_no_part_of_a_molecule_is_more_than_the_whole() -> None:
    for question in drawn("khtn/matter/oxygen_share"):
        assert all(numbers_in(part.text)[0] <= 100 for part in question.parts), question


def test_hydrocarbons_have_hydrogen_and_arenes_six_carbon_atoms() -> None:
    for question in drawn("hoa_hoc/organic/family_formula"):
        for part in question.parts:
            found = re.fullmatch(r"\$\\mathrm\{C_\{(\d+)\}H_\{(\d+)\}\}\$", part.text)
            assert found and int(found[2]) > 0, question
            is_arene = int(found[2]) == 2 * int(found[1]) - 6
            assert not is_arene or int(found[1]) >= 6, question


def test_every_nuclide_and_every_element_is_asked() -> None:
    nuclides = {question.stem.partition(" có ")[0] for question in drawn("vat_li/nuclei_12/binding_per_nucleon")}
    elements = {numbers_in(question.stem)[0] for question in drawn("hoa_hoc/principles/electron_configuration")}
    assert len(nuclides) == 17
    assert elements == set(range(3, 21))
