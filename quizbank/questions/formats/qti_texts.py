"""Short answers of QTI 2.x and 3.0: which values are accepted, how they are compared, and how near is near enough."""

from decimal import Decimal, localcontext
from fractions import Fraction

from lxml import etree

from quizbank.questions.formats.foreign_question import Draft
from quizbank.questions.formats.qti_grading import note_otherwise, text_probes
from quizbank.questions.formats.qti_keys import Key, text_key, text_of_value
from quizbank.questions.formats.qti_names import all_of, attribute, child, children, name_of
from quizbank.questions.formats.qti_scoring import Scoring
from quizbank.questions.formats.qti_values import Declared, Unscorable, number_of
from quizbank.questions.rules import NUMBER, AnswerKind, Part, QuestionContent, QuestionType

NUMERIC_CLASS, TEXT_CLASS = "answer-numeric", "answer-text"
BETWEEN_SHOWN = " | "
"""Between the accepted values in ``interpretation``, as the bank writes them."""
_COMPARISONS = ("stringMatch", "equal", "equalRounded", "match", "member", "substring")
_LIMITS = ("gt", "gte", "lt", "lte")


def short_answer_of(
    item: etree._Element, interaction: etree._Element, declared: Declared, scoring: Scoring, draft: Draft
) -> QuestionContent | None:
    """The accepted values without the stem, or None where nothing is accepted by itself (an essay)."""
    processing = scoring.processing
    said = [] if processing is None else _values_in(processing, declared, _COMPARISONS)
    key = text_key(scoring, declared, said, {})
    is_number = declared.base_type in ("integer", "float")
    tolerance: Decimal | None = None
    if is_number and processing is not None:
        key, tolerance = _with_tolerance(key, declared, scoring, draft)
    values = [value for value in key.right if value.strip()]
    if not values:
        return None
    for doubt in key.problems:
        draft.note(doubt)
    classes = attribute(interaction, "class").split()
    values, kind = _shown_values(item, declared, values, classes, is_number=is_number)
    if not key.problems and NUMERIC_CLASS not in classes and TEXT_CLASS not in classes:
        others = (value for value, worth in key.worths.items() if value not in key.right and worth)
        is_folded = processing is not None and any(True for _ in all_of(processing, "customOperator"))
        is_text = kind is AnswerKind.TEXT
        probes = text_probes(declared, key.right, others, tolerance, is_text=is_text, is_folded=is_folded)
        note_otherwise(scoring, declared, probes, draft)
    if any(name_of(found) in ("substring", "patternMatch") for found in item.iter()):
        draft.say("dropped", what="cách so khớp một phần của câu trả lời")
    parts = tuple(Part(value, is_true=True) for value in values)
    return QuestionContent(
        QuestionType.SHORT_ANSWER, "", parts, answer_kind=kind, tolerance=tolerance if tolerance else None
    )


def _shown_values(
    item: etree._Element, declared: Declared, values: list[str], classes: list[str], *, is_number: bool
) -> tuple[list[str], AnswerKind]:
    """The values as their author wrote them, where the bank itself wrote the file, and how they are compared."""
    is_ours = NUMERIC_CLASS in classes or TEXT_CLASS in classes
    response = next(
        found
        for found in children(item, "responseDeclaration")
        if attribute(found, "identifier") == declared.identifier
    )
    shown = attribute(child(response, "correctResponse"), "interpretation").split(BETWEEN_SHOWN) if is_ours else []
    shown = [value for value in shown if value.strip()]
    if TEXT_CLASS in classes:
        return shown or values, AnswerKind.TEXT
    if is_ours and any(_is_same(value, values[0]) for value in shown):
        return shown, AnswerKind.NUMERIC
    is_numeric = is_number or all(NUMBER.fullmatch(value.strip()) for value in values)
    return [value.strip() for value in values], AnswerKind.NUMERIC if is_numeric else AnswerKind.TEXT


def _is_same(shown: str, value: str) -> bool:
    """Whether two writings mean one number, as near as a decimal comes to a fraction."""
    first, second = _number(shown), _number(value)
    return first is not None and second is not None and abs(first - second) <= abs(second) * Fraction(1, 10**12)


def _number(text: str) -> Fraction | None:
    text = text.strip().replace(",", ".")
    if "/" in text:
        above, _, below = text.partition("/")
        return Fraction(int(above), int(below)) if NUMBER.fullmatch(text) else None
    return number_of(text)


def _values_in(processing: etree._Element, declared: Declared, names: tuple[str, ...]) -> list[str]:
    """The literal values that the response is compared with."""
    found = []
    for comparison in all_of(processing, *names):
        if any(attribute(inner, "identifier") == declared.identifier for inner in all_of(comparison, "variable")):
            values = (value.text or "" for value in all_of(comparison, "baseValue"))
            found += [value if declared.base_type == "string" else value.strip() for value in values]
    numeric = declared.base_type in ("integer", "float")
    return [value for value in dict.fromkeys(found) if value.strip() and (not numeric or number_of(value) is not None)]


def _with_tolerance(key: Key, declared: Declared, scoring: Scoring, draft: Draft) -> tuple[Key, Decimal | None]:
    processing = scoring.processing
    if processing is None:
        return key, None
    reach = Fraction(0)
    for equal in all_of(processing, "equal"):
        bounds = [number_of(part) or Fraction(0) for part in attribute(equal, "tolerance").split()]
        mode = attribute(equal, "toleranceMode")
        if not bounds or mode not in ("absolute", "relative"):
            continue
        middle = abs(number_of(key.right[0]) or Fraction(0)) if key.right else Fraction(0)
        reach = bounds[-1] if mode == "absolute" else middle * bounds[-1] / 100
        if mode == "relative" or len(set(bounds)) > 1:
            said = " ".join(map(text_of_value, bounds)) + ("%" if mode == "relative" else "")
            draft.say("changed", what=f"Sai số {said}", meant=text_of_value(reach))
    edges = sorted(number_of(value) or Fraction(0) for value in _values_in(processing, declared, _LIMITS))
    if not reach and len(edges) == 2 and edges[0] < edges[1] and _is_between(declared, scoring, edges):
        middle, reach = (edges[0] + edges[1]) / 2, (edges[1] - edges[0]) / 2
        said = f"{text_of_value(edges[0])} – {text_of_value(edges[1])}"
        draft.say("changed", what=f"Khoảng {said}", meant=f"{text_of_value(middle)} ± {text_of_value(reach)}")
        return Key((text_of_value(middle),), {}), _decimal(reach)
    if any(True for _ in all_of(processing, "equalRounded")):
        draft.say("dropped", what="cách so sánh sau khi làm tròn")
    return key, _decimal(reach)


def _is_between(declared: Declared, scoring: Scoring, edges: list[Fraction]) -> bool:
    """Whether what lies between the two limits earns more than what lies outside."""
    width = edges[1] - edges[0]
    try:
        middle, below, above = (
            scoring.score({declared.identifier: (number,)})
            for number in (edges[0] + width / 2, edges[0] - width, edges[1] + width)
        )
    except Unscorable:
        return False
    return middle > max(below, above)


def _decimal(number: Fraction) -> Decimal | None:
    if not number:
        return None
    with localcontext(prec=40):
        return Decimal(text_of_value(number))
