"""Response processing of QTI 1.2: conditions in their order, each setting or adding to the score."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from lxml import etree

from quizbank.questions.formats.qti_names import all_of, attribute, child, children, name_of
from quizbank.questions.formats.qti_values import Unscorable, Value, number_of

_NUMERIC_TESTS = {"vargt": 1, "vargte": 1, "varlt": -1, "varlte": -1}
TESTS = ("varequal", "varsubstring", "varsubset", *_NUMERIC_TESTS)

MAX_ELEMENTS = 5_000
MAX_SETS = 8
FULL_MARKS = Fraction(100)
"""What ``SCORE.max`` of Blackboard stands for: more than anything else."""


@dataclass(frozen=True)
class Scoring12:
    """The ``resprocessing`` of one item."""

    item: etree._Element

    @cached_property
    def conditions(self) -> list[etree._Element]:
        return [found for group in children(self.item, "resprocessing") for found in children(group, "respcondition")]

    @cached_property
    def _is_endless(self) -> bool:
        return sum(1 for condition in self.conditions for _ in condition.iter()) > MAX_ELEMENTS

    @cached_property
    def _variable(self) -> tuple[str, Fraction]:
        """The score variable and what it begins with."""
        name = _score_variable(self.item)
        return name, _default_of(self.item, name)

    @cached_property
    def _of_several(self) -> frozenset[str]:
        """The responses that take several answers."""
        responses = (found for found in all_of(self.item, "response_lid") if attribute(found, "rcardinality"))
        return frozenset(
            attribute(found, "ident") for found in responses if attribute(found, "rcardinality").lower() == "multiple"
        )

    @property
    def tests_values(self) -> bool:
        """Whether any condition holds the answer against a value."""
        return any((test.text or "").strip() for condition in self.conditions for test in all_of(condition, *TESTS))

    @cached_property
    def _right_without_score(self) -> frozenset[etree._Element]:
        """The conditions of Blackboard's blanks that name an accepted answer and leave the score to be understood."""
        of_blackboard = next(all_of(self.item, "bbmd_questiontype"), None) is not None
        scored = (found for condition in self.conditions for found in children(condition, "setvar"))
        is_choice = next(all_of(self.item, "render_choice"), None) is not None
        if (
            is_choice
            or not of_blackboard
            or any((found.text or "").strip() not in ("0", "0.0", "") for found in scored)
        ):
            return frozenset()
        return frozenset(
            condition
            for condition in self.conditions
            if not children(condition, "setvar")
            and attribute(condition, "title").lower() != "incorrect"
            and any(True for _ in all_of(condition, *TESTS))
        )

    @property
    def named_sets(self) -> list[frozenset[str]]:
        """The options that conditions which set or add to the score want together."""
        found = []
        for condition in self.conditions:
            tests = child(condition, "conditionvar")
            if tests is None or not children(condition, "setvar"):
                continue
            refused = {test for group in all_of(tests, "not") for test in all_of(group, "varequal")}
            wanted = [test for test in all_of(tests, "varequal") if test not in refused]
            found.append(frozenset((test.text or "").strip() for test in wanted))
        return list(dict.fromkeys(found))[:MAX_SETS]

    def score(self, given: Mapping[str, Value]) -> Fraction:
        """What these answers earn.

        Raises:
            Unscorable: a test that is not known.
        """
        answers = tuple(given.items())
        if answers not in self._known:
            self._known[answers] = self._score(given)
        return self._known[answers]

    @cached_property
    def _known(self) -> dict[tuple[tuple[str, Value], ...], Fraction]:
        return {}

    def _score(self, given: Mapping[str, Value]) -> Fraction:
        if self._is_endless:
            raise Unscorable("resprocessing")
        variable, score = self._variable
        is_met = False
        for condition in self.conditions:
            tests = child(condition, "conditionvar")
            if not _is_met(tests, given, is_met, self._of_several):
                continue
            if condition in self._right_without_score:
                score, is_met = FULL_MARKS, True
            changes = [found for found in children(condition, "setvar") if _name_in(found) == variable]
            for change in changes:
                score = _changed(score, change)
            is_met = is_met or bool(changes)
            if changes and attribute(condition, "continue").lower() == "no":
                break
        return score


def _name_in(change: etree._Element) -> str:
    return attribute(change, "varname") or attribute(change, "variablename") or "SCORE"


def _score_variable(item: etree._Element) -> str:
    named = Counter(_name_in(found) for found in all_of(item, "setvar"))
    if not named or "SCORE" in named:
        return "SCORE"
    return named.most_common(1)[0][0]


def _default_of(item: etree._Element, variable: str) -> Fraction:
    defaults = {
        attribute(found, "varname") or "SCORE": number_of(attribute(found, "defaultval"))
        for found in all_of(item, "decvar")
    }
    return defaults.get(variable) or Fraction(0)


def _changed(score: Fraction, change: etree._Element) -> Fraction:
    said = (change.text or "").strip()
    amount = FULL_MARKS if said.lower().endswith(".max") else number_of(said)
    action = attribute(change, "action").lower() or "set"
    if amount is None:
        raise Unscorable("setvar")
    if action == "add":
        return score + amount
    if action == "subtract":
        return score - amount
    if action == "multiply":
        return score * amount
    if action == "set":
        return amount
    raise Unscorable(f"setvar {action}")


def _is_met(
    tests: etree._Element | None, given: Mapping[str, Value], is_met_before: bool, of_several: frozenset[str]
) -> bool:
    """Tests side by side must all hold; several values for one single answer are alternatives."""
    parts = _without_the_middle(children(tests))
    if not parts:
        return True
    alternatives = Counter(attribute(part, "respident") for part in parts if name_of(part) == "varequal")
    groups: dict[str, list[bool]] = {}
    for place, part in enumerate(parts):
        respident = attribute(part, "respident")
        is_alternative = (
            name_of(part) == "varequal"
            and alternatives[respident] > 1
            and len(given.get(respident) or ()) < 2
            and respident not in of_several
        )
        group = f"or {respident}" if is_alternative else str(place)
        groups.setdefault(group, []).append(_holds(part, given, is_met_before))
    return all(any(group) for group in groups.values())


def _without_the_middle(parts: list[etree._Element]) -> list[etree._Element]:
    """Blackboard writes the number itself beside the limits around it."""
    limits = Counter(attribute(part, "respident") for part in parts if name_of(part) in _NUMERIC_TESTS)
    return [part for part in parts if name_of(part) != "varequal" or limits[attribute(part, "respident")] < 2]


def _holds(test: etree._Element, given: Mapping[str, Value], is_met_before: bool) -> bool:
    name = name_of(test)
    if name == "and":
        return all(_holds(inner, given, is_met_before) for inner in children(test))
    if name == "or":
        return any(_holds(inner, given, is_met_before) for inner in children(test))
    if name == "not":
        return not any(_holds(inner, given, is_met_before) for inner in children(test))
    if name == "other":
        return not is_met_before
    value = given.get(attribute(test, "respident"))
    if name == "unanswered":
        return value is None
    return _compares(name, test, value)


def _compares(name: str, test: etree._Element, value: Value) -> bool:
    wanted = (test.text or "").strip()
    texts = [str(single).strip() for single in value or ()]
    if name == "varequal":
        return any(_same(text, wanted, attribute(test, "case")) for text in texts)
    if name == "varsubstring":
        return any(wanted.casefold() in text.casefold() for text in texts)
    if name == "varsubset":
        return bool(texts) and {part.strip() for part in wanted.split(",")} >= set(texts)
    if name in _NUMERIC_TESTS:
        limit, numbers = number_of(wanted), [number_of(text) for text in texts]
        if limit is None:
            raise Unscorable(f"{name} {wanted[:40]}")
        return any(number is not None and _is_beyond(name, number, limit) for number in numbers)
    raise Unscorable(name)


def _is_beyond(name: str, number: Fraction, limit: Fraction) -> bool:
    return (number - limit) * _NUMERIC_TESTS[name] > 0 or (name.endswith("e") and number == limit)


def _same(text: str, wanted: str, case: str) -> bool:
    if text == wanted:
        return True
    if number_of(text) is not None and number_of(text) == number_of(wanted):
        return True
    return case.lower() != "yes" and text.casefold() == wanted.casefold()
