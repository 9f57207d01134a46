"""One question as an item of QTI 2.2 or 3.0: declarations, body, scoring, explanation."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from lxml import etree

from quizbank.questions.formats.qti_dialects import XML_LANG, Dialect
from quizbank.questions.formats.qti_feedback import OURS
from quizbank.questions.formats.qti_markup import Address, flow_of
from quizbank.questions.formats.qti_texts import BETWEEN_SHOWN, NUMERIC_CLASS, TEXT_CLASS
from quizbank.questions.formats.writing import lost_levels
from quizbank.questions.problems import Problem, problem
from quizbank.questions.rules import OPTION_LETTERS, AnswerKind, QuestionContent, QuestionType
from repository.markup import plain
from repository.markup.rendering import excerpt

RESPONSE, SCORE, CORRECT_STATEMENTS = "RESPONSE", "SCORE", "CORRECT_STATEMENTS"
EXPLANATION = "explanation"
TRUE, FALSE = "DUNG", "SAI"
STATEMENT_SCORES = ((4, "1"), (3, "0.5"), (2, "0.25"), (1, "0.1"))
"""Right judgements of four, and what they earn (Quyết định 764/QĐ-BGDĐT)."""
MAX_TITLE = 80
ESSAY_LINES = "15"
_INTERACTIONS = {
    QuestionType.SINGLE_CHOICE: "choiceInteraction",
    QuestionType.MULTIPLE_RESPONSE: "choiceInteraction",
    QuestionType.TRUE_FALSE: "matchInteraction",
    QuestionType.SHORT_ANSWER: "textEntryInteraction",
    QuestionType.ESSAY: "extendedTextInteraction",
}
_CASE_MATTERS = re.compile(r"\w[^\W\d_a-zà-ỹ]")
_DECIMAL = re.compile(r"[+-]?\d+(?:[.,]\d+)?")


@dataclass
class Item:
    """An item under work; ``losses`` is what the format could not hold."""

    dialect: Dialect
    content: QuestionContent
    address: Address
    losses: list[Problem] = field(default_factory=list)

    def node(
        self, name: str, attributes: Mapping[str, str] | None = None, *inner: etree._Element | str | None
    ) -> etree._Element:
        return self.dialect.node(name, attributes, *inner)

    def flow(self, source: str) -> etree._Element:
        return flow_of(source, self.dialect, self.address)

    @property
    def is_approximate(self) -> bool:
        return self.content.answer_kind is AnswerKind.NUMERIC and bool(self.content.tolerance)


def item_of(
    identifier: str, content: QuestionContent, dialect: Dialect, address: Address, stimulus: str = ""
) -> tuple[etree._Element, list[Problem]]:
    """The item, and what it could not hold. ``stimulus``: the address of the text it shares."""
    item = Item(dialect, content, address)
    is_essay = content.type is QuestionType.ESSAY
    place = _stimulus_place(item, stimulus) if stimulus and dialect.is_hyphenated else None
    parts = [
        _response_declaration(item),
        *_outcome_declarations(item),
        _stimulus_ref(item, stimulus) if stimulus else None,
        item.node("itemBody", None, place, item.flow(content.stem), _interaction(item), _marking_guide(item)),
        None if is_essay else _processing(item),
        _explanation(item) if content.explanation and not is_essay else None,
    ]
    title = excerpt(plain(content.stem), MAX_TITLE) or identifier
    attributes = {
        "identifier": identifier,
        "title": title,
        XML_LANG: "vi",
        "adaptive": "false",
        "timeDependent": "false",
    }
    return dialect.root("assessmentItem", attributes, *parts), [*item.losses, *lost_levels(content)]


def interaction_name(content: QuestionContent) -> str:
    return _INTERACTIONS[content.type]


def _response_declaration(item: Item) -> etree._Element:
    content = item.content
    if content.type is QuestionType.SHORT_ANSWER:
        return _short_declaration(item)
    if content.type is QuestionType.ESSAY:
        attributes = {"identifier": RESPONSE, "cardinality": "single", "baseType": "string"}
        return item.node("responseDeclaration", attributes)
    if content.type is QuestionType.TRUE_FALSE:
        pairs = [
            f"{OPTION_LETTERS[place]} {TRUE if part.is_true else FALSE}" for place, part in enumerate(content.parts)
        ]
        entries = [item.node("mapEntry", {"mapKey": pair, "mappedValue": "1"}) for pair in pairs]
        return item.node(
            "responseDeclaration",
            {"identifier": RESPONSE, "cardinality": "multiple", "baseType": "directedPair"},
            item.node("correctResponse", None, *(item.node("value", None, pair) for pair in pairs)),
            item.node("mapping", {"lowerBound": "0", "upperBound": "4", "defaultValue": "0"}, *entries),
        )
    is_single = content.type is QuestionType.SINGLE_CHOICE
    return item.node(
        "responseDeclaration",
        {"identifier": RESPONSE, "cardinality": "single" if is_single else "multiple", "baseType": "identifier"},
        item.node("correctResponse", None, *(item.node("value", None, letter) for letter in content.key)),
    )


def _short_declaration(item: Item) -> etree._Element:
    values = [part.text for part in item.content.parts]
    correct = {"interpretation": BETWEEN_SHOWN.join(values)}
    if correct["interpretation"].split(BETWEEN_SHOWN) != values:
        correct = {}
    if item.is_approximate:
        numbers = [_number(value, item) for value in values]
        return item.node(
            "responseDeclaration",
            {"identifier": RESPONSE, "cardinality": "single", "baseType": "float"},
            item.node("correctResponse", correct, item.node("value", None, numbers[0])),
        )
    entries = [
        item.node(
            "mapEntry",
            {"mapKey": form, "mappedValue": "1", "caseSensitive": "true" if _CASE_MATTERS.search(form) else "false"},
        )
        for form in dict.fromkeys(form for value in values for form in _forms(value, item))
    ]
    return item.node(
        "responseDeclaration",
        {"identifier": RESPONSE, "cardinality": "single", "baseType": "string"},
        item.node("correctResponse", correct, item.node("value", None, values[0])),
        item.node("mapping", {"lowerBound": "0", "upperBound": "1", "defaultValue": "0"}, *entries),
    )


def _forms(value: str, item: Item) -> list[str]:
    """A value as people type it: a number with decimal comma and with decimal point."""
    if item.content.answer_kind is AnswerKind.NUMERIC and _DECIMAL.fullmatch(value):
        return [value, value.replace(",", "."), value.replace(".", ",")]
    return [value]


def _number(value: str, item: Item) -> str:
    """A value as a number of QTI, which has a point; a fraction becomes a decimal."""
    what = f"phân số {value} khi có sai số" if "/" in value else "dấu phẩy thập phân khi có sai số"
    if problem("cannot-hold", what=what) not in item.losses:
        item.losses.append(problem("cannot-hold", what=what))
    return _with_point(value)


def _with_point(value: str) -> str:
    above, _, below = value.strip().partition("/")
    return format(Decimal(above) / Decimal(below), ".15g") if below else above.replace(",", ".")


def _outcome_declarations(item: Item) -> list[etree._Element]:
    """The score and what it needs; that of an essay is given by a person, which players must be told."""

    def numeric(identifier: str, value: str, more: Mapping[str, str] = MappingProxyType({})) -> etree._Element:
        default = item.node("defaultValue", None, item.node("value", None, value))
        attributes = {"identifier": identifier, "cardinality": "single", "baseType": "float", **more}
        return item.node("outcomeDeclaration", attributes, default)

    marked = {"externalScored": "human"} if item.content.type is QuestionType.ESSAY else {}
    found = [numeric(SCORE, "0", {"normalMaximum": "1", **marked}), numeric("MAXSCORE", "1")]
    if item.content.type is QuestionType.TRUE_FALSE:
        found.append(numeric(CORRECT_STATEMENTS, "0"))
    if item.content.explanation and item.content.type is not QuestionType.ESSAY:
        attributes = {"identifier": OURS, "cardinality": "single", "baseType": "identifier"}
        found.append(item.node("outcomeDeclaration", attributes))
    return found


def _stimulus_ref(item: Item, address: str) -> etree._Element:
    attributes = {"identifier": _stimulus_name(address), "href": address}
    return item.node(
        "assessmentStimulusRef", attributes | ({"title": "Ngữ liệu"} if item.dialect.is_hyphenated else {})
    )


def _stimulus_place(item: Item, address: str) -> etree._Element:
    """Where players of 3.0 put the shared text; without it some show none."""
    place = item.node("div", {"class": "qti-shared-stimulus"})
    place.set("data-stimulus-idref", _stimulus_name(address))
    return place


def _stimulus_name(address: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]", "-", address.rpartition("/")[2].partition(".")[0])


def _interaction(item: Item) -> etree._Element:
    content = item.content
    shuffle = "false" if content.keeps_order else "true"
    if content.type is QuestionType.SHORT_ANSWER:
        kind = NUMERIC_CLASS if content.answer_kind is AnswerKind.NUMERIC else TEXT_CLASS
        attributes = {"responseIdentifier": RESPONSE, "expectedLength": str(_width(content)), "class": kind}
        return item.node("div", None, item.node("textEntryInteraction", attributes))
    if content.type is QuestionType.TRUE_FALSE:
        return _match(item, shuffle)
    if content.type is QuestionType.ESSAY:
        attributes = {"responseIdentifier": RESPONSE, "expectedLines": ESSAY_LINES}
        height = {"class": f"qti-height-lines-{ESSAY_LINES}"} if item.dialect.is_hyphenated else {}
        return item.node("extendedTextInteraction", attributes | height)
    most = "1" if content.type is QuestionType.SINGLE_CHOICE else "0"
    choices = [
        item.node(
            "simpleChoice", {"identifier": letter, "fixed": "true" if part.is_locked else "false"}, item.flow(part.text)
        )
        for letter, part in zip(OPTION_LETTERS, content.parts, strict=False)
    ]
    attributes = {"responseIdentifier": RESPONSE, "shuffle": shuffle, "maxChoices": most}
    return item.node("choiceInteraction", attributes, *choices)


def _width(content: QuestionContent) -> int:
    return max(4, *(len(part.text) for part in content.parts))


def _match(item: Item, shuffle: str) -> etree._Element:
    statements = [
        item.node(
            "simpleAssociableChoice",
            {"identifier": letter, "matchMax": "1", "fixed": "true" if part.is_locked else "false"},
            item.flow(part.text),
        )
        for letter, part in zip(OPTION_LETTERS, item.content.parts, strict=False)
    ]
    truths = [
        item.node("simpleAssociableChoice", {"identifier": name, "matchMax": "4", "fixed": "true"}, word)
        for name, word in ((TRUE, "Đúng"), (FALSE, "Sai"))
    ]
    attributes = {
        "class": "qti-match-tabular",
        "responseIdentifier": RESPONSE,
        "shuffle": shuffle,
        "maxAssociations": "4",
    }
    return item.node(
        "matchInteraction",
        attributes,
        item.node("simpleMatchSet", None, *statements),
        item.node("simpleMatchSet", None, *truths),
    )


def _processing(item: Item) -> etree._Element:
    content = item.content
    if content.type is QuestionType.TRUE_FALSE:
        rules = _statement_rules(item)
    elif content.type is QuestionType.SHORT_ANSWER and not item.is_approximate:
        rules = [_set(item, SCORE, item.node("mapResponse", {"identifier": RESPONSE}))]
    else:
        rules = [_all_or_nothing(item)]
    if content.explanation:
        rules.append(_set(item, OURS, _value(item, EXPLANATION, "identifier")))
    return item.node("responseProcessing", None, *rules)


def _all_or_nothing(item: Item) -> etree._Element:
    response = item.node("variable", {"identifier": RESPONSE})
    test = item.node("match", None, response, item.node("correct", {"identifier": RESPONSE}))
    if item.is_approximate:
        test = item.node("or", None, *(_near(item, part.text) for part in item.content.parts))
    return item.node(
        "responseCondition",
        None,
        item.node("responseIf", None, test, _set(item, SCORE, _value(item, "1"))),
        item.node("responseElse", None, _set(item, SCORE, _value(item, "0"))),
    )


def _near(item: Item, value: str) -> etree._Element:
    tolerance = format(item.content.tolerance or Decimal(0), "f")
    number = (
        format(Decimal(value.partition("/")[0]) / Decimal(value.partition("/")[2]), ".15g") if "/" in value else value
    )
    return item.node(
        "equal",
        {"toleranceMode": "absolute", "tolerance": f"{tolerance} {tolerance}"},
        _value(item, number.replace(",", ".")),
        item.node("variable", {"identifier": RESPONSE}),
    )


def _statement_rules(item: Item) -> list[etree._Element]:
    branches = []
    for place, (count, score) in enumerate(STATEMENT_SCORES):
        counted = item.node("variable", {"identifier": CORRECT_STATEMENTS})
        test = item.node("gte", None, counted, _value(item, str(count)))
        branches.append(
            item.node("responseElseIf" if place else "responseIf", None, test, _set(item, SCORE, _value(item, score)))
        )
    otherwise = item.node("responseElse", None, _set(item, SCORE, _value(item, "0")))
    return [
        _set(item, CORRECT_STATEMENTS, item.node("mapResponse", {"identifier": RESPONSE})),
        item.node("responseCondition", None, *branches, otherwise),
    ]


def _set(item: Item, identifier: str, value: etree._Element) -> etree._Element:
    return item.node("setOutcomeValue", {"identifier": identifier}, value)


def _value(item: Item, value: str, base_type: str = "float") -> etree._Element:
    return item.node("baseValue", {"baseType": base_type}, value)


def _marking_guide(item: Item) -> etree._Element | None:
    """What only those who mark may see."""
    content = item.content
    if content.type is not QuestionType.ESSAY or not content.explanation:
        return None
    flow = item.flow(content.explanation)
    inner = item.node("contentBody", None, flow) if item.dialect.is_hyphenated else flow
    return item.node("rubricBlock", {"view": "scorer", "use": "scoring"}, inner)


def _explanation(item: Item) -> etree._Element:
    attributes = {"outcomeIdentifier": OURS, "identifier": EXPLANATION, "showHide": "show", "title": "Lời giải"}
    flow = item.flow(item.content.explanation)
    inner = item.node("contentBody", None, flow) if item.dialect.is_hyphenated else flow
    return item.node("modalFeedback", attributes, inner)
