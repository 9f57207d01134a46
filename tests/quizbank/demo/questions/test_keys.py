"""Keys worked out a second time, from the words of the question alone and by another road."""

import re
from collections import defaultdict
from collections.abc import Callable
from fractions import Fraction
from itertools import combinations, permutations, product
from math import isclose, log

import pytest

from quizbank.demo.questions.library import generate_questions
from quizbank.questions.rules import NewQuestion, QuestionType

NUMBER = re.compile(r"-?\d+(?: \d{3})*(?:(?:,|\{,\})\d+)?")


def numbers_in(text: str) -> list[float]:
    return [float(found.replace(" ", "").replace("{,}", ".").replace(",", ".")) for found in NUMBER.findall(text)]


def key_text(question: NewQuestion) -> str:
    return next(part.text for part in question.content.parts if part.is_true)


def key_of(question: NewQuestion) -> float:
    return numbers_in(key_text(question))[0]


@pytest.fixture(scope="module")
def by_template() -> dict[str, list[NewQuestion]]:
    found: dict[str, list[NewQuestion]] = defaultdict(list)
    for question in generate_questions(12_000, seed=3):
        found[question.source_place].append(question)
    return found


def ways_to_choose_team(text: list[float]) -> float:
    boys, girls, a, b = map(int, text[:4])
    return len(list(combinations(range(boys), a))) * len(list(combinations(range(girls), b)))


SHORT: dict[str, Callable[[list[float]], float]] = {
    "toan/algebra_8_9/quick_product": lambda n: n[0] * n[1],
    "toan/algebra_8_9/rectangle_sides": lambda n: 2 * (n[0] ** 2 + 4 * n[1]) ** 0.5,
    "toan/shapes_and_chance_8_9/ladder": lambda n: (n[0] ** 2 - n[1] ** 2) ** 0.5,
    "toan/trigonometry_11/theatre": lambda n: sum(n[1] + n[2] * row for row in range(int(n[0]))),
    "toan/algebra_10/mixed_team": ways_to_choose_team,
    "toan/derivatives_12/fence": lambda n: max(range(1, int(n[0] / 2)), key=lambda x: x * (n[0] - 2 * x)),
    "vat_li/motion_10/braking_distance": lambda n: n[0] * (n[0] / n[1]) / 2,
    "vat_li/energy_10/sticking_collision": lambda n: n[1] / (1 + n[2] / n[0]),
    "vat_li/heat_12/gas_energy": lambda n: n[0] - n[1],
    "vat_li/heat_12/charles": lambda n: n[1] / (n[0] + 273) * (n[2] + 273),
    "hoa_hoc/organic/vinegar": lambda n: n[0] / 1000 * n[1] / n[2] * 1000,
    "sinh_hoc/genetics/codons": lambda n: n[0] / 3 - 2,
    "sinh_hoc/genetics/selfing": lambda n: n[0] * 0.5 ** n[1],
    "dia_li/find_scale": lambda n: n[0] * 1000 * 100 / n[2],
    "dia_li/growth_rate": lambda n: (n[1] / n[0] - 1) * 100,
    "kinh_te/break_even": lambda n: n[0] / (n[2] - n[1]),
    "kinh_te/gdp_growth": lambda n: (n[1] / n[0] - 1) * 100,
    "khtn/energy/lever": lambda n: n[0] / (n[2] / n[1]),
    "tin_hoc/programs/nested_loops": lambda n: len(list(product(range(int(n[0])), range(int(n[1]))))),
}


@pytest.mark.parametrize("name", SHORT)
def test_short_answers_are_right(name: str, by_template: dict[str, list[NewQuestion]]) -> None:
    questions = by_template[name]
    assert questions
    for question in questions:
        found = SHORT[name](numbers_in(question.content.stem))
        assert isclose(found, key_of(question), rel_tol=6e-3, abs_tol=6e-2), question


CHOICE: dict[str, Callable[[list[float]], float]] = {
    "toan/numbers_6_7/discount": lambda n: n[0] - n[0] * n[1] / 100,
    "toan/shapes_and_data_6_7/workers": lambda n: n[1] / (n[2] / n[0]),
    "toan/statistics_10_11/data_range": lambda n: max(n) - min(n),
    "toan/probability_12/second_ball": lambda n: (n[0] - 1) / (n[0] + n[1] - 1),
    "vat_li/motion_10/speed_after": lambda n: n[0] + n[1] * n[2],
    "vat_li/heat_12/kelvin": lambda n: n[0] + 273,
    "vat_li/nuclei_12/half_life": lambda n: n[1] * 0.5 ** (n[2] / n[0]),
    "hoa_hoc/principles/average_rate": lambda n: (n[0] - n[1]) / n[2],
    "hoa_hoc/inorganic/lime_burning": lambda n: n[0] * (40 + 16) / (40 + 12 + 48) * n[-1] / 100,
    "sinh_hoc/cells_and_ecology/generation_time": lambda n: n[2] / log(n[1] / n[0], 2),
    "sinh_hoc/cells_and_ecology/mark_recapture": lambda n: n[1] / (n[2] / n[0]),
    "dia_li/natural_increase": lambda n: (n[0] - n[1]) / 10,
    "kinh_te/simple_interest": lambda n: n[0] * n[1] / 100 / 12 * n[2],
    "khtn/energy/seesaw": lambda n: n[1] / (n[2] / n[0]),
    "tin_hoc/programs/triangle_loops": lambda n: len([1 for i in range(int(n[0])) for _ in range(i)]),
}


@pytest.mark.parametrize("name", CHOICE)
def test_choices_are_right(name: str, by_template: dict[str, list[NewQuestion]]) -> None:
    questions = by_template[name]
    assert questions
    for question in questions:
        shown = key_text(question)
        fraction = re.search(r"\\frac\{(\d+)\}\{(\d+)\}", shown)
        key = float(Fraction(int(fraction[1]), int(fraction[2]))) if fraction else key_of(question)
        assert isclose(CHOICE[name](numbers_in(question.content.stem)), key, rel_tol=2e-2, abs_tol=6e-3), question


def test_counts_of_numbers_made_of_digits_are_right(by_template: dict[str, list[NewQuestion]]) -> None:
    for question in by_template["toan/algebra_10/digits"]:
        *digits, length = map(int, numbers_in(question.content.stem))
        made = (
            permutations(digits, length)
            if "đôi một khác nhau" in question.content.stem
            else product(digits, repeat=length)
        )
        assert len(list(made)) == key_of(question)


def test_binary_numbers_are_right(by_template: dict[str, list[NewQuestion]]) -> None:
    for question in by_template["tin_hoc/machines/to_binary"]:
        assert int(key_text(question), 2) == numbers_in(question.content.stem)[0]


def test_every_wrong_statement_of_a_cluster_says_why(by_template: dict[str, list[NewQuestion]]) -> None:
    clusters = [
        question
        for questions in by_template.values()
        for question in questions
        if question.content.type is QuestionType.TRUE_FALSE
    ]
    for question in clusters:
        lines = question.content.explanation.split("\n\n")
        verdicts = ["Đúng" in line[:8] for line in lines]
        assert verdicts == [part.is_true for part in question.content.parts]
        assert all(len(line) > 10 for line in lines)


def test_irregular_verbs_take_no_ed(by_template: dict[str, list[NewQuestion]]) -> None:
    assert not any(key_text(question).endswith("ed") for question in by_template["tieng_anh/tenses/irregular_form"])
