"""How an item of QTI 2.x or 3.0 scores a response: declarations, the standard templates, and conditions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from lxml import etree

from quizbank.questions.formats.qti_expressions import evaluate, truth_of
from quizbank.questions.formats.qti_names import attribute, child, children, name_of
from quizbank.questions.formats.qti_shapes import area_of, worth_of_points
from quizbank.questions.formats.qti_values import (
    AreaMapping,
    Declared,
    Mapping_,
    Ordered,
    Scope,
    Simple,
    Table,
    Unscorable,
    Value,
    mapped,
    number_of,
    simple_of,
)

MAX_ELEMENTS = 5_000
"""Of response processing; what is longer is not evaluated, and the declared response counts."""


@dataclass(frozen=True)
class Scoring:
    """The scoring of one item.

    ``declared``: response variables by identifier. ``processing``: the element, or None where the item has none.
    """

    item: etree._Element
    declared: Mapping[str, Declared]
    processing: etree._Element | None

    def score(self, given: Mapping[str, Value]) -> Fraction:
        """What these answers earn.

        Raises:
            Unscorable: no processing, or something in it is not known.
        """
        return self.outcome(given, self._score_name if self._has_rules else "SCORE")

    def outcome(self, given: Mapping[str, Value], identifier: str) -> Fraction:
        """What response processing makes of an outcome that is a number; NULL is 0.

        Raises:
            Unscorable: no processing, or something in it is not known.
        """
        if self.processing is None:
            raise Unscorable("responseProcessing")
        if not self._has_rules:
            return self._by_template(_template_of(self.processing), given)
        scope = Scope(self.declared, given, dict(self._defaults), self._tables, self._defaults)
        _run(children(self.processing), scope)
        value = scope.outcomes.get(identifier)
        number = value[0] if value else Fraction(0)
        if isinstance(number, bool) or not isinstance(number, Fraction):
            raise Unscorable(identifier)
        return number

    def _by_template(self, template: str, given: Mapping[str, Value]) -> Fraction:
        declared = self.declared.get("RESPONSE") or next(iter(self.declared.values()), None)
        if declared is None:
            raise Unscorable(template)
        value = given.get(declared.identifier)
        if "map_response_point" in template and declared.areas is not None:
            return worth_of_points(declared.areas, value) if value else Fraction(0)
        if "map_response" in template and declared.mapping is not None:
            return mapped(declared.mapping, value) if value else Fraction(0)
        if "match" in template:
            is_right = value is not None and _like(value, declared) == _like(declared.correct, declared)
            return Fraction(1 if is_right and declared.correct is not None else 0)
        raise Unscorable(template)

    @property
    def _has_rules(self) -> bool:
        """Rules of the item's own count, whatever template it names beside them."""
        return bool(children(self.processing)) or self.processing is None

    @cached_property
    def _defaults(self) -> dict[str, Value]:
        return _defaults_of(self.item)

    @cached_property
    def _tables(self) -> dict[str, Table]:
        return _tables_of(self.item)

    @cached_property
    def _score_name(self) -> str:
        names = [attribute(found, "identifier") for found in children(self.item, "outcomeDeclaration")]
        set_names = {attribute(found, "identifier") for found in self.item.iter("setOutcomeValue")}
        if "SCORE" in names or "SCORE" in set_names:
            return "SCORE"
        numeric = [name for name in names if name in set_names and _is_numeric(self.item, name)]
        if len(numeric) == 1:
            return numeric[0]
        raise Unscorable("SCORE")


def scoring_of(item: etree._Element) -> Scoring:
    """The scoring of an item with plain names. Values that are none of their type are left out of keys and mappings."""
    declared = {attribute(found, "identifier"): _declared(found) for found in children(item, "responseDeclaration")}
    processing = child(item, "responseProcessing")
    is_empty = processing is not None and not children(processing) and not _template_of(processing)
    if processing is None or is_empty or sum(1 for _ in processing.iter()) > MAX_ELEMENTS:
        processing = None
    return Scoring(item, declared, processing)


def _declared(element: etree._Element) -> Declared:
    base_type, cardinality = attribute(element, "baseType"), attribute(element, "cardinality") or "single"
    return Declared(
        identifier=attribute(element, "identifier"),
        cardinality=cardinality,
        base_type=base_type,
        correct=_values_in(child(element, "correctResponse"), base_type),
        mapping=_mapping_in(child(element, "mapping"), base_type),
        areas=_areas_in(child(element, "areaMapping")),
        default=_values_in(child(element, "defaultValue"), base_type),
    )


def _values_in(element: etree._Element | None, base_type: str) -> Value:
    return tuple(_simples((value.text or "" for value in children(element, "value")), base_type)) or None


def _mapping_in(mapping: etree._Element | None, base_type: str) -> Mapping_ | None:
    if mapping is None:
        return None
    entries = []
    for entry in children(mapping, "mapEntry"):
        for key in _simples([entry.get("mapKey") or ""], base_type):
            worth = number_of(attribute(entry, "mappedValue")) or Fraction(0)
            entries.append((key, worth, attribute(entry, "caseSensitive").lower() != "false"))
    return Mapping_(tuple(entries), *_bounds_of(mapping))


def _areas_in(mapping: etree._Element | None) -> AreaMapping | None:
    if mapping is None:
        return None
    found = [
        area_of(
            attribute(entry, "shape"),
            attribute(entry, "coords"),
            number_of(attribute(entry, "mappedValue")) or Fraction(0),
        )
        for entry in children(mapping, "areaMapEntry")
    ]
    return AreaMapping(tuple(area for area in found if area is not None), *_bounds_of(mapping))


def _bounds_of(mapping: etree._Element) -> tuple[Fraction, Fraction | None, Fraction | None]:
    """The default value of a mapping, its lower and its upper bound."""
    default = number_of(attribute(mapping, "defaultValue")) or Fraction(0)
    return default, number_of(attribute(mapping, "lowerBound")), number_of(attribute(mapping, "upperBound"))


def _simples(texts: Iterable[str], base_type: str) -> list[Simple]:
    found = []
    for text in texts:
        try:
            found.append(simple_of(text, base_type))
        except Unscorable:
            continue
    return found


def _template_of(processing: etree._Element) -> str:
    return attribute(processing, "template").rpartition("/")[2].lower().removesuffix(".xml")


def _is_numeric(item: etree._Element, identifier: str) -> bool:
    return any(
        attribute(found, "identifier") == identifier and attribute(found, "baseType") in ("float", "integer")
        for found in children(item, "outcomeDeclaration")
    )


def _defaults_of(item: etree._Element) -> dict[str, Value]:
    outcomes: dict[str, Value] = {}
    for found in children(item, "outcomeDeclaration"):
        base_type = attribute(found, "baseType")
        default = _values_in(child(found, "defaultValue"), base_type)
        if default is not None and attribute(found, "cardinality") == "ordered":
            default = Ordered(default)
        is_zero = base_type in ("integer", "float") and attribute(found, "cardinality") in ("single", "")
        outcomes[attribute(found, "identifier")] = default or ((Fraction(0),) if is_zero else None)
    return outcomes


def _tables_of(item: etree._Element) -> dict[str, Table]:
    return {
        attribute(found, "identifier"): Table(table, attribute(found, "baseType") or "float")
        for found in children(item, "outcomeDeclaration")
        for table in children(found, "matchTable", "interpolationTable")
    }


def _like(value: Value, declared: Declared) -> list[str]:
    """The members as they are compared: in their order only where the variable has one."""
    members = list(map(_written, value or ()))
    return members if declared.cardinality == "ordered" else sorted(members)


def _written(single: Simple) -> str:
    return repr(sorted(single) if isinstance(single, frozenset) else single)


class _Exit(Exception):
    """``exitResponse`` was reached."""


def _run(rules: list[etree._Element], scope: Scope) -> None:
    try:
        for rule in rules:
            _run_rule(rule, scope)
    except _Exit:
        return
    except (IndexError, ValueError, OverflowError, ZeroDivisionError, RecursionError) as error:
        raise error if isinstance(error, Unscorable) else Unscorable("responseProcessing") from error


def _run_rule(rule: etree._Element, scope: Scope) -> None:
    name = name_of(rule)
    if name == "setOutcomeValue":
        scope.outcomes[attribute(rule, "identifier")] = evaluate(children(rule)[0], scope)
    elif name == "lookupOutcomeValue":
        scope.outcomes[attribute(rule, "identifier")] = evaluate(rule, scope)
    elif name == "responseCondition":
        _run_condition(rule, scope)
    elif name == "responseProcessingFragment":
        for inner in children(rule):
            _run_rule(inner, scope)
    elif name == "exitResponse":
        raise _Exit
    else:
        raise Unscorable(name)


def _run_condition(condition: etree._Element, scope: Scope) -> None:
    for branch in children(condition):
        parts = children(branch)
        if name_of(branch) == "responseElse":
            rules = parts
        elif truth_of(evaluate(parts[0], scope)):
            rules = parts[1:]
        else:
            continue
        for rule in rules:
            _run_rule(rule, scope)
        return
