"""Technology: keys worked out a second time, from the words of the question and by another road."""

import re
from collections.abc import Callable
from itertools import product
from math import isclose, prod

import pytest

from quizbank.demo.questions.library import all_templates
from quizbank.questions.rules import QuestionContent, QuestionType
from tests.quizbank.demo.questions.test_keys import numbers_in
from tests.quizbank.demo.questions.test_natural_science import drawn

COLOURS = ("đen", "nâu", "đỏ", "cam", "vàng", "xanh lục", "xanh lam", "tím", "xám", "trắng")
GATES: dict[str, Callable[[bool, bool], bool]] = {
    "AND": lambda a, b: a and b,
    "OR": lambda a, b: a or b,
    "NAND": lambda a, b: not (a and b),
    "NOR": lambda a, b: not (a or b),
    "XOR": lambda a, b: a != b,
}

CLUSTERS = [
    name
    for name, one in all_templates()
    if name.startswith("cong_nghe/") and "/again/" not in name and "cluster" in one.makers
]


def key_text(question: QuestionContent) -> str:
    return next(part.text for part in question.parts if part.is_true)


def key_of(question: QuestionContent) -> float:
    return numbers_in(key_text(question))[0]


KEYS: dict[str, Callable[[list[float]], float]] = {
    "electricity_12/line_voltage": lambda n: n[0] * 3**0.5,
    "electricity_12/line_current": lambda n: n[0] * 3**0.5,
    "electricity_12/star_load": lambda n: n[2] / n[0],
    "electricity_12/delta_load": lambda n: n[1] / n[0] * 3**0.5,
    "electricity_12/loss_ratio": lambda n: (n[1] / n[0]) ** 2,
    "electricity_12/rated_current": lambda n: n[1] / n[0],
    "electricity_12/breaker": lambda n: min(a for a in n[3:] if a >= n[2] * n[1] / n[0]),
    "electricity_12/energy": lambda n: n[0] / 1000 * n[1] * n[2],
    "electricity_12/led_saving": lambda n: n[0] * (n[1] - n[3]) / 1000 * n[4] * n[5],
    "electricity_12/transformer": lambda n: n[2] / n[0] * n[1],
    "electronics_12/led_resistor": lambda n: (n[2] - n[0]) / (n[1] / 1000),
    "electronics_12/current_gain": lambda n: n[0] * n[1] / 1000,
    "electronics_12/inverting": lambda n: -n[3] / n[1] * n[2],
    "electronics_12/non_inverting": lambda n: n[3] / n[1] * (n[1] + n[2]),
    "electronics_12/divider": lambda n: n[2] / (n[0] + n[1]) * n[1],
    "electronics_12/counter": lambda n: len(list(product((0, 1), repeat=int(n[0])))),
    "electronics_12/flips_needed": lambda n: min(m for m in range(1, 20) if 2**m >= n[0]),
    "electronics_12/analog_read": lambda n: round(n[-1] * 1023 / 5),
    "electronics_12/capacitors": lambda n: 1 / (1 / n[0] + 1 / n[1]),
    "forestry_12/density": lambda n: 100 / n[0] * (100 / n[1]),
    "forestry_12/seedlings": lambda n: n[0] * n[1] + n[0] * n[1] * n[2] / 100,
    "forestry_12/replanting": lambda n: n[0] * n[1] - n[0] * n[1] * n[2] / 100,
    "forestry_12/cover": lambda n: n[1] / n[0] * 100,
    "forestry_12/stand_volume": lambda n: prod(n),
    "forestry_12/increment": lambda n: n[1] / n[0],
    "forestry_12/carbon": lambda n: prod(n),
    "fishery_12/stocking": lambda n: n[0] * n[1],
    "fishery_12/survival": lambda n: n[1] / n[0] * 100,
    "fishery_12/harvest": lambda n: n[0] * n[1] * n[2] / 100 * n[3] / 1000,
    "fishery_12/feed_ratio": lambda n: n[0] / n[1],
    "fishery_12/feed_needed": lambda n: (n[1] - n[0]) * n[2],
    "fishery_12/daily_feed": lambda n: n[0] * n[1] / 1000 * n[2] / 100 / n[3],
    "fishery_12/lime": lambda n: n[0] * n[2] / n[1],
    "fishery_12/salinity": lambda n: n[0] * n[1] / (n[0] + n[2]),
}


@pytest.mark.parametrize("name", KEYS)
def test_keys_are_right(name: str) -> None:
    questions = drawn(f"cong_nghe/{name}")
    assert len(questions) > 50
    for question in questions:
        found = KEYS[name](numbers_in(re.sub(r"\$[RI]_[1-9fB]\$|m²|m³", "", question.stem)))
        assert isclose(found, key_of(question), rel_tol=6e-3, abs_tol=6e-2), question


def test_rings_of_a_resistor_are_read_in_their_order() -> None:
    for question in drawn("cong_nghe/electronics_12/colour_code"):
        rings = re.search(r"lần lượt là (.+), nhũ vàng", question.stem)
        assert rings
        first, second, power = (COLOURS.index(name) for name in rings[1].split(", "))
        factor = 1000 if "kΩ" in key_text(question) else 1
        assert key_of(question) * factor == pytest.approx(int(f"{first}{second}" + "0" * power))


def test_gates_give_what_their_names_say() -> None:
    for question in drawn("cong_nghe/electronics_12/gate_output"):
        a, b, wanted = (bool(int(found)) for found in re.findall(r"(?:= |bằng )(\d)", question.stem))
        fitting = [part.text for part in question.parts if GATES[part.text](a, b) is wanted]
        assert fitting == [key_text(question)]


def test_two_gates_are_counted_row_by_row() -> None:
    for question in drawn("cong_nghe/electronics_12/two_gates"):
        one, two = (GATES[name] for name in re.findall(r"cổng ([A-Z]+)", question.stem))
        rows = product((False, True), repeat=3)
        assert sum(two(one(a, b), c) for a, b, c in rows) == key_of(question)


@pytest.mark.parametrize("strand", ["cong-nghiep", "nong-nghiep"])
def test_both_strands_have_choices_and_clusters_of_every_level(strand: str) -> None:
    stock = [one for _, one in all_templates() if one.topic.startswith(f"cong-nghe.l12.cong-nghe-{strand}")]
    choices = {one.level for one in stock if "choice" in one.makers}
    assert choices == {"biet", "hieu", "van-dung"}
    folders = ("electricity_12", "electronics_12") if strand == "cong-nghiep" else ("forestry_12", "fishery_12")
    for folder in folders:
        clusters = [name for name in CLUSTERS if name.startswith(f"cong_nghe/{folder}/")]
        levels = {part.level for name in clusters for question in drawn(name)[:20] for part in question.parts}
        assert levels >= {"biet", "hieu", "van-dung"}


def test_statements_of_a_cluster_are_four_and_never_all_alike() -> None:
    for name in CLUSTERS:
        for question in drawn(name):
            assert question.type is QuestionType.TRUE_FALSE and len(question.parts) == 4
            assert {part.is_true for part in question.parts} == {True, False}, name
