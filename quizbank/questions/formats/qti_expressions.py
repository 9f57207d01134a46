"""The expressions of QTI 2.x and 3.0 response processing. What is not known here raises ``Unscorable``; nothing is
guessed. Truth has three values: an unknown (NULL) stays unknown unless the other operands decide.
"""

import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from lxml import etree

from quizbank.questions.formats.qti_names import attribute, children, is_true, name_of
from quizbank.questions.formats.qti_numbers import CONSTANTS, OPERATORS, Operator, numbers_in
from quizbank.questions.formats.qti_shapes import area_of, is_inside, point_of, worth_of_points
from quizbank.questions.formats.qti_values import (
    MAX_MEMBERS,
    Ordered,
    Scope,
    Simple,
    Unscorable,
    Value,
    checked,
    in_order,
    mapped,
    number_of,
    simple_of,
)

_UNMARKED = str.maketrans({"đ": "d", "Đ": "D", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ß": "ss", "æ": "ae", "Æ": "AE"})


def evaluate(element: etree._Element, scope: Scope) -> Value:
    """What an expression comes to.

    Raises:
        Unscorable: something in it is not known.
    """
    name = name_of(element)
    if name in _READERS:
        return checked(_READERS[name](element, scope))
    operator = OPERATORS.get(name) or _OPERATORS.get(name)
    if operator is None:
        raise Unscorable(name)
    return checked(operator(element, [evaluate(operand, scope) for operand in children(element)]))


def truth_of(value: Value) -> bool:
    """Whether a condition holds; an unknown one does not."""
    return value is not None and value[:1] == (True,)


def _variable(element: etree._Element, scope: Scope) -> Value:
    identifier = attribute(element, "identifier")
    declared = scope.declared.get(identifier)
    if declared is not None:
        return in_order(scope.given.get(identifier), declared.cardinality)
    return scope.outcomes.get(identifier)


def _correct(element: etree._Element, scope: Scope) -> Value:
    declared = scope.declared.get(attribute(element, "identifier"))
    return in_order(declared.correct, declared.cardinality) if declared else None


def _default(element: etree._Element, scope: Scope) -> Value:
    identifier = attribute(element, "identifier")
    declared = scope.declared.get(identifier)
    return declared.default if declared else scope.defaults.get(identifier)


def _base_value(element: etree._Element, _scope: Scope) -> Value:
    return (simple_of(element.text or "", attribute(element, "baseType")),)


def _map_response(element: etree._Element, scope: Scope) -> Value:
    identifier = attribute(element, "identifier")
    declared = scope.declared.get(identifier)
    if declared is None or declared.mapping is None:
        raise Unscorable("mapResponse")
    return (mapped(declared.mapping, scope.given.get(identifier)),)


def _map_response_point(element: etree._Element, scope: Scope) -> Value:
    identifier = attribute(element, "identifier")
    declared = scope.declared.get(identifier)
    if declared is None or declared.areas is None:
        raise Unscorable("mapResponsePoint")
    return (worth_of_points(declared.areas, scope.given.get(identifier)),)


def _lookup(element: etree._Element, scope: Scope) -> Value:
    value = evaluate(children(element)[0], scope)
    table = scope.tables.get(attribute(element, "identifier"))
    numbers = numbers_in([value])
    if table is None or numbers is None:
        raise Unscorable("lookupOutcomeValue")
    for entry in children(table.element):
        source = number_of(attribute(entry, "sourceValue"))
        is_exact = name_of(table.element) == "matchTable" or attribute(entry, "includeBoundary").lower() == "false"
        if source is None:
            continue
        is_above = numbers[0] > source and name_of(table.element) != "matchTable"
        is_at = numbers[0] == source and (name_of(table.element) == "matchTable" or not is_exact)
        if is_above or is_at:
            return (simple_of(attribute(entry, "targetValue"), table.base_type),)
    default = attribute(table.element, "defaultValue")
    return (simple_of(default, table.base_type),) if default else None


def _null(_element: etree._Element, _scope: Scope) -> Value:
    return None


def _constant(element: etree._Element, _scope: Scope) -> Value:
    name = attribute(element, "name")
    if name not in CONSTANTS:
        raise Unscorable(f"mathConstant {name}")
    return (CONSTANTS[name],)


def _is_same(first: tuple[Simple, ...], second: tuple[Simple, ...]) -> bool:
    if isinstance(first, Ordered) or isinstance(second, Ordered):
        return tuple(first) == tuple(second)
    return Counter(first) == Counter(second)


def _match(_element: etree._Element, values: Sequence[Value]) -> Value:
    first, second = values
    return None if first is None or second is None else (_is_same(first, second),)


def _text(value: Value) -> str:
    return str((value or ("",))[0])


def _string_match(element: etree._Element, values: Sequence[Value]) -> Value:
    first, second = values
    if first is None or second is None:
        return None
    one, other = _text(first), _text(second)
    if attribute(element, "caseSensitive").lower() == "false":
        one, other = one.casefold(), other.casefold()
    return (other in one if is_true(element, "substring") else one == other,)


def _substring(element: etree._Element, values: Sequence[Value]) -> Value:
    first, second = values
    if first is None or second is None:
        return None
    one, other = _text(first), _text(second)
    if attribute(element, "caseSensitive").lower() == "false":
        one, other = one.casefold(), other.casefold()
    return (one in other,)


def _member(_element: etree._Element, values: Sequence[Value]) -> Value:
    first, second = values
    return None if first is None or second is None else (first[0] in second,)


def _contains(_element: etree._Element, values: Sequence[Value]) -> Value:
    first, second = values
    if first is None or second is None:
        return None
    if isinstance(first, Ordered):
        width = len(second)
        return (any(tuple(first[at : at + width]) == tuple(second) for at in range(len(first) - width + 1)),)
    return (not Counter(second) - Counter(first),)


def _and(_element: etree._Element, values: Sequence[Value]) -> Value:
    if any(value is not None and not truth_of(value) for value in values):
        return (False,)
    return None if None in values else (True,)


def _or(_element: etree._Element, values: Sequence[Value]) -> Value:
    if any(map(truth_of, values)):
        return (True,)
    return None if None in values else (False,)


def _not(_element: etree._Element, values: Sequence[Value]) -> Value:
    return None if values[0] is None else (not truth_of(values[0]),)


def _any_n(element: etree._Element, values: Sequence[Value]) -> Value:
    least, most = attribute(element, "min"), attribute(element, "max")
    if not least.isdecimal() or not most.isdecimal():
        raise Unscorable("anyN")
    true, unknown = sum(map(truth_of, values)), values.count(None)
    if true > int(most) or true + unknown < int(least):
        return (False,)
    return (True,) if true >= int(least) and true + unknown <= int(most) else None


def _is_null(_element: etree._Element, values: Sequence[Value]) -> Value:
    return (values[0] is None or values[0] in ((), ("",)),)


def _multiple(_element: etree._Element, values: Sequence[Value]) -> Value:
    together = tuple(single for value in values if value is not None for single in value)
    return together or None


def _ordered(element: etree._Element, values: Sequence[Value]) -> Value:
    together = _multiple(element, values)
    return None if together is None else Ordered(together)


def _repeat(element: etree._Element, values: Sequence[Value]) -> Value:
    times, together = attribute(element, "numberRepeats"), _multiple(element, values)
    if not times.isdecimal() or int(times) > MAX_MEMBERS:
        raise Unscorable("repeat")
    return None if together is None else Ordered(together * int(times))


def _size(_element: etree._Element, values: Sequence[Value]) -> Value:
    return (Fraction(len(values[0] or ())),)


def _index(element: etree._Element, values: Sequence[Value]) -> Value:
    place = attribute(element, "n")
    if not place.isdecimal() or not int(place):
        raise Unscorable("index")
    return (values[0] or ())[int(place) - 1 : int(place)] or None


def _delete(_element: etree._Element, values: Sequence[Value]) -> Value:
    removed, container = values
    if removed is None or container is None:
        return None
    unwanted = frozenset(removed)
    kept = [single for single in container if single not in unwanted]
    return (Ordered(kept) if isinstance(container, Ordered) else tuple(kept)) or None


def _inside(element: etree._Element, values: Sequence[Value]) -> Value:
    area = area_of(attribute(element, "shape"), attribute(element, "coords"))
    if area is None:
        raise Unscorable("inside")
    return None if values[0] is None else (any(is_inside(area, point_of(single)) for single in values[0]),)


def _custom(element: etree._Element, values: Sequence[Value]) -> Value:
    """The operators that Cito's and Questify's players share; any other is unknown."""
    definition = attribute(element, "definition") or attribute(element, "class")
    owner, _, name = definition.rpartition(":")
    if owner not in ("depcp", "qade", "questify") or name not in _CUSTOM or len(values) != 1:
        raise Unscorable(f"customOperator {definition[:80]}".strip())
    return (
        None
        if values[0] is None
        else tuple(_CUSTOM[name](single) if isinstance(single, str) else single for single in values[0])
    )


def _to_ascii(text: str) -> str:
    folded = "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
    return folded.translate(_UNMARKED)


def _decimal(text: str) -> Simple:
    number = number_of(text.replace(",", "."))
    return text if number is None else number


_CUSTOM: Mapping[str, Callable[[str], Simple]] = {
    "Trim": str.strip,
    "ToAscii": _to_ascii,
    "ParseCommaDecimal": _decimal,
}
_READERS: Mapping[str, Callable[[etree._Element, Scope], Value]] = {
    "variable": _variable,
    "correct": _correct,
    "default": _default,
    "baseValue": _base_value,
    "mapResponse": _map_response,
    "mapResponsePoint": _map_response_point,
    "lookupOutcomeValue": _lookup,
    "mathConstant": _constant,
    "null": _null,
}
_OPERATORS: Mapping[str, Operator] = {
    "match": _match,
    "stringMatch": _string_match,
    "substring": _substring,
    "member": _member,
    "contains": _contains,
    "and": _and,
    "or": _or,
    "not": _not,
    "anyN": _any_n,
    "isNull": _is_null,
    "multiple": _multiple,
    "ordered": _ordered,
    "repeat": _repeat,
    "containerSize": _size,
    "index": _index,
    "delete": _delete,
    "inside": _inside,
    "customOperator": _custom,
}
