"""Short answers of QTI 1.2: the values that earn most, and the range around a number."""

from decimal import Decimal
from fractions import Fraction

from lxml import etree

from quizbank.questions.formats.foreign_question import Draft
from quizbank.questions.formats.qti12_scoring import Scoring12
from quizbank.questions.formats.qti_grading import note_otherwise, text_probes
from quizbank.questions.formats.qti_keys import Key, text_key, text_of_value
from quizbank.questions.formats.qti_names import all_of, attribute, child, children
from quizbank.questions.formats.qti_values import Declared, Unscorable, number_of
from quizbank.questions.rules import NUMBER, AnswerKind, Part, QuestionContent, QuestionType

_LIMITS = ("vargt", "vargte", "varlt", "varlte")


def short_answer_of(
    item: etree._Element | None,
    response: etree._Element,
    scoring: Scoring12,
    draft: Draft,
    values: list[str] | None = None,
) -> QuestionContent | None:
    """The accepted values without the stem, or None where nothing is accepted by itself (an essay)."""
    tolerance: Decimal | None = None
    if values is None:
        declared = Declared(attribute(response, "ident"), "single", "string", None, None)
        tested = _tested(scoring, declared, ("varequal", "varsubstring", "varsubset"))
        tested += [text_of_value(low) for low, high in _ranges_in(scoring, declared) if low == high]
        key = text_key(scoring, declared, list(dict.fromkeys(tested)), {})
        key, tolerance = _with_range(key, declared, scoring, draft)
        values = list(key.right)
        if values and not key.problems:
            others = (value for value, worth in key.worths.items() if value not in key.right and worth)
            is_text = not all(NUMBER.fullmatch(value) for value in values)
            note_otherwise(scoring, declared, text_probes(declared, values, others, tolerance, is_text=is_text), draft)
    if not values:
        return None
    if item is not None:
        _note_comparisons(item, draft)
    is_number = all(NUMBER.fullmatch(value) for value in values)
    return QuestionContent(
        QuestionType.SHORT_ANSWER,
        "",
        tuple(Part(value, is_true=True) for value in values),
        answer_kind=AnswerKind.NUMERIC if is_number else AnswerKind.TEXT,
        tolerance=tolerance if is_number and tolerance else None,
    )


def _note_comparisons(item: etree._Element, draft: Draft) -> None:
    if any(True for _ in all_of(item, "varsubstring")):
        draft.say("dropped", what="cách so khớp một phần của câu trả lời")


def _tested(scoring: Scoring12, declared: Declared, names: tuple[str, ...]) -> list[str]:
    """The values that conditions hold against the response."""
    found = [
        (test.text or "").strip()
        for condition in scoring.conditions
        for tests in [child(condition, "conditionvar")]
        if tests is not None
        for test in all_of(tests, *names)
        if attribute(test, "respident") == declared.identifier
    ]
    return [value for value in dict.fromkeys(found) if value]


def _with_range(key: Key, declared: Declared, scoring: Scoring12, draft: Draft) -> tuple[Key, Decimal | None]:
    """Numbers between two limits are their middle, give or take half the width."""
    ranges = _ranges_in(scoring, declared)
    ranges = [(low, high) for low, high in ranges if low < high and _is_between(declared, scoring, low, high)]
    if not ranges:
        return key, None
    reaches = {(high - low) / 2 for low, high in ranges}
    said = ", ".join(f"{text_of_value(low)} – {text_of_value(high)}" for low, high in ranges)
    if len(reaches) > 1:
        draft.say("dropped", what=f"các khoảng được chấp nhận: {said}")
        return key, None
    reach = reaches.pop()
    middles = [(low + high) / 2 for low, high in ranges]
    exact = [value for value in key.right if number_of(value) in middles]
    values = exact if len(exact) == len(middles) else [text_of_value(middle) for middle in middles]
    if len(exact) != len(middles):
        draft.say("changed", what=f"Khoảng {said}", meant=f"{', '.join(values)} ± {text_of_value(reach)}")
    if others := [value for value in key.right if value not in exact and not _is_in(value, ranges)]:
        draft.say("dropped", what=f"đáp án {', '.join(others)} ngoài khoảng được chấp nhận")
    return Key(tuple(values), {}), Decimal(text_of_value(reach))


def _is_in(value: str, ranges: list[tuple[Fraction, Fraction]]) -> bool:
    number = number_of(value)
    return number is not None and any(low <= number <= high for low, high in ranges)


def _ranges_in(scoring: Scoring12, declared: Declared) -> list[tuple[Fraction, Fraction]]:
    """The pairs of limits that stand together."""
    found: list[tuple[Fraction, Fraction]] = []
    for condition in scoring.conditions:
        tests = child(condition, "conditionvar")
        for group in all_of(tests, "and", "conditionvar") if tests is not None else ():
            limits = [
                number_of(test.text or "")
                for test in children(group, *_LIMITS)
                if attribute(test, "respident") == declared.identifier
            ]
            numbers = [limit for limit in limits if limit is not None]
            if len(numbers) == 2 and (min(numbers), max(numbers)) not in found:
                found.append((min(numbers), max(numbers)))
    return found


def _is_between(declared: Declared, scoring: Scoring12, low: Fraction, high: Fraction) -> bool:
    try:
        inside = scoring.score({declared.identifier: (text_of_value((low + high) / 2),)})
        return inside > scoring.score({})
    except Unscorable:
        return False
