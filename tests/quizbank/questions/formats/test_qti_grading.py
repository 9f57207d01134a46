"""What an import says of items that score otherwise than the bank would."""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest

from quizbank.questions.formats.paper import ParsedQuestion
from quizbank.questions.formats.qti_grading import choice_probes, scored_otherwise, statement_probes
from quizbank.questions.formats.qti_values import Unscorable, Value
from quizbank.questions.problems import Problem
from tests.quizbank.questions.formats.test_qti_items import (
    ENTRY,
    MAP,
    choices,
    codes,
    entry,
    item,
    match,
    read,
    response,
    scoring,
)

LETTERS = {"c1": "A", "c2": "B", "c3": "C"}


class Sheet:
    """A scoring that looks the answer up; what is not there earns nothing."""

    def __init__(self, **scores: str) -> None:
        self.scores = scores

    def score(self, given: Mapping[str, Value]) -> Fraction:
        chosen = "".join(LETTERS[str(name)] for name in given["R"] or ())
        return Fraction(self.scores.get(chosen or "nothing", "0"))


def told(found: Problem | None) -> str:
    return "" if found is None else found.facts["cases"]


@pytest.mark.parametrize(
    ("scores", "cases"),
    [
        ({"A": "1"}, ""),
        ({"A": "4"}, ""),
        ({"A": "2", "B": "1"}, "B: 0,5 thay vì 0"),
        ({"A": "3", "B": "-1"}, "B: -1/3 thay vì 0"),
        ({"A": "1", "nothing": "0.25"}, "bỏ trống: 0,25 thay vì 0"),
        ({"A": "0"}, "A: 0 thay vì 1"),
    ],
)
def test_a_single_choice_is_tried_with_every_option_and_with_none(scores: dict[str, str], cases: str) -> None:
    assert told(scored_otherwise(Sheet(**scores), choice_probes("R", LETTERS, ("c1",), is_single=True))) == cases


def test_several_right_options_are_tried_one_fewer_and_one_more() -> None:
    probes = choice_probes("R", LETTERS, ("c1", "c2"), is_single=False)
    assert [(probe.label, int(probe.share)) for probe in probes] == [
        ("A, B", 1),
        ("bỏ trống", 0),
        ("A", 0),
        ("B", 0),
        ("C", 0),
        ("A, B, C", 0),
    ]
    assert told(scored_otherwise(Sheet(AB="2", A="1", ABC="2"), probes)) == "A: 0,5 thay vì 0; A, B, C: 1 thay vì 0"


def test_statements_are_tried_with_every_number_of_right_ones() -> None:
    right: list[Mapping[str, Value]] = [{f"R{place}": ("t",)} for place in range(4)]
    wrong: list[Mapping[str, Value]] = [{f"R{place}": ("f",)} for place in range(4)]
    probes = statement_probes(right, wrong)
    assert [(probe.share, list(probe.given.values()).count(("t",))) for probe in probes[:5]] == [
        (1, 4),
        (Fraction(1, 2), 3),
        (Fraction(1, 4), 2),
        (Fraction(1, 10), 1),
        (0, 0),
    ]
    assert [len(probe.given) for probe in probes[5:]] == [3, 0]
    assert statement_probes(right[:3], wrong[:3]) == ()


class Broken:
    def score(self, given: Mapping[str, Value]) -> Fraction:
        raise Unscorable("customOperator acme:Guess")


def test_a_scoring_that_cannot_be_run_is_said_to_be_so() -> None:
    found = scored_otherwise(Broken(), choice_probes("R", LETTERS, ("c1",), is_single=True))
    assert found is not None
    assert (found.code, found.facts) == ("unchecked-scoring", {"what": "customOperator acme:Guess"})


def problems(question: ParsedQuestion) -> list[str]:
    return [str(problem) for problem in question.problems]


def test_a_key_that_is_only_declared_needs_no_word(tmp_path: Path) -> None:
    assert problems(read(item(response("c1"), choices("một", "hai"), ""), tmp_path)) == []


def test_an_unknown_operator_is_named_and_the_declared_key_counts(tmp_path: Path) -> None:
    test = '<customOperator class="org.acme.Guess"><variable identifier="RESPONSE"/></customOperator>'
    question = read(item(response("c1"), choices("một", "hai"), scoring(test)), tmp_path)
    assert codes(question) == ["unchecked-scoring"]
    assert question.draft is not None
    assert question.draft.key == "A"


def test_a_bound_that_is_not_reached_itself_is_named(tmp_path: Path) -> None:
    test = (
        '<equal toleranceMode="absolute" tolerance="0.5" includeUpperBound="false"><correct identifier="RESPONSE"/>'
        '<variable identifier="RESPONSE"/></equal>'
    )
    question = read(item(response("20", base_type="float"), ENTRY, scoring(test)), tmp_path)
    assert problems(question) == ["Câu gốc chấm khác kho: “20.5”: 0 thay vì 1."]


def test_a_mapping_without_processing_is_added_up(tmp_path: Path) -> None:
    declaration = response(mapping=entry("c1", "1") + entry("c2", "0.5"))
    question = read(item(declaration, choices("một", "hai"), ""), tmp_path)
    assert problems(question) == ["Câu gốc chấm khác kho: B: 0,5 thay vì 0."]


def test_statements_that_earn_in_equal_shares_are_held_against_the_scale_of_the_exam(tmp_path: Path) -> None:
    pairs = ("s1 t", "s2 f", "s3 f", "s4 t")
    mapping = "".join(entry(pair, "0.25") for pair in pairs)
    declaration = response(*pairs, cardinality="multiple", base_type="directedPair", mapping=mapping)
    assert problems(read(item(declaration, match("a", "b", "c", "d"), MAP), tmp_path)) == [
        "Câu gốc chấm khác kho: 3 ý đúng, 1 ý sai: 0,75 thay vì 0,5; 2 ý đúng, 2 ý sai: 0,5 thay vì 0,25; "
        "1 ý đúng, 3 ý sai: 0,25 thay vì 0,1; 3 ý đúng, 1 ý bỏ trống: 0,75 thay vì 0,5."
    ]
