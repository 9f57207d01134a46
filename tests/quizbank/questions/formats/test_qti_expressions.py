"""Expressions of QTI response processing, one by one, in the words of QTI 2.x."""

from fractions import Fraction

import pytest
from lxml import etree

from quizbank.questions.formats.qti_expressions import evaluate
from quizbank.questions.formats.qti_names import with_plain_names
from quizbank.questions.formats.qti_scoring import Scoring, scoring_of
from quizbank.questions.formats.qti_values import Declared, Ordered, Scope, Unscorable, Value

NULL, TRUE, FALSE = "<null/>", '<baseValue baseType="boolean">true</baseValue>', "<not><isNull><null/></isNull></not>"
A, B = ('<variable identifier="R"/>', '<correct identifier="R"/>')


def number(value: object) -> str:
    return f'<baseValue baseType="float">{value}</baseValue>'


def text(value: str) -> str:
    return f'<baseValue baseType="string">{value}</baseValue>'


def many(*values: object) -> str:
    return f"<multiple>{''.join(map(number, values))}</multiple>"


def ordered(*values: object) -> str:
    return f"<ordered>{''.join(map(number, values))}</ordered>"


def value_of(expression: str) -> Value:
    declared = {"R": Declared("R", "ordered", "identifier", ("a", "b", "c"), None)}
    return evaluate(etree.fromstring(expression), Scope(declared, {"R": ("c", "b", "a")}))


def truth(expression: str) -> object:
    value = value_of(expression)
    return None if value is None else value[0]


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        (f"<and>{TRUE}{NULL}</and>", None),
        (f"<and>{FALSE}{NULL}</and>", False),
        (f"<and>{TRUE}{TRUE}</and>", True),
        (f"<or>{FALSE}{NULL}</or>", None),
        (f"<or>{TRUE}{NULL}</or>", True),
        (f"<or>{FALSE}{FALSE}</or>", False),
        (f"<not>{NULL}</not>", None),
        (f"<isNull>{NULL}</isNull>", True),
        (f"<isNull>{text('')}</isNull>", True),
        (f"<isNull>{number(0)}</isNull>", False),
        (f'<anyN min="1" max="1">{TRUE}{FALSE}</anyN>', True),
        (f'<anyN min="1" max="1">{TRUE}{TRUE}</anyN>', False),
        (f'<anyN min="1" max="2">{TRUE}{NULL}</anyN>', True),
        (f'<anyN min="1" max="1">{TRUE}{NULL}</anyN>', None),
        (f'<anyN min="2" max="3">{FALSE}{NULL}</anyN>', False),
        (f"<match>{number(2)}{NULL}</match>", None),
        (f"<match>{many(1, 2, 2)}{many(2, 1, 2)}</match>", True),
        (f"<match>{many(1, 2, 2)}{many(2, 1, 1)}</match>", False),
        (f"<match>{ordered(1, 2)}{ordered(2, 1)}</match>", False),
        (f"<match>{A}{B}</match>", False),
        (f"<match>{B}{B}</match>", True),
        (f"<member>{number(2)}{many(1, 2)}</member>", True),
        (f"<member>{number(3)}{many(1, 2)}</member>", False),
        (f"<member>{number(3)}{NULL}</member>", None),
        (f"<contains>{many(1, 2, 2)}{many(2, 2)}</contains>", True),
        (f"<contains>{many(1, 2)}{many(2, 2)}</contains>", False),
        (f"<contains>{ordered(1, 2, 3)}{ordered(2, 3)}</contains>", True),
        (f"<contains>{ordered(1, 2, 3)}{ordered(1, 3)}</contains>", False),
        (f'<stringMatch caseSensitive="true">{text("Ab")}{text("ab")}</stringMatch>', False),
        (f'<stringMatch caseSensitive="false">{text("ĐÀ")}{text("đà")}</stringMatch>', True),
        (f'<stringMatch caseSensitive="false" substring="true">{text("Đà Lạt")}{text("lạt")}</stringMatch>', True),
        (f'<substring caseSensitive="true">{text("Lạt")}{text("Đà Lạt")}</substring>', True),
        (f"<equal>{number(2)}{number('2.0')}</equal>", True),
        (f'<equal toleranceMode="absolute" tolerance="0.5">{number(2)}{number(2.5)}</equal>', True),
        (
            f'<equal toleranceMode="absolute" tolerance="1" includeUpperBound="false">{number(2)}{number(3)}</equal>',
            False,
        ),
        (f'<equal toleranceMode="relative" tolerance="10 20">{number(10)}{number(12)}</equal>', True),
        (f'<equal toleranceMode="relative" tolerance="10 20">{number(10)}{number(8.5)}</equal>', False),
        (f'<equalRounded roundingMode="decimalPlaces" figures="1">{number(2.45)}{number(2.5)}</equalRounded>', True),
        (
            f'<equalRounded roundingMode="significantFigures" figures="2">{number(123)}{number(118)}</equalRounded>',
            True,
        ),
        (f'<equalRounded figures="2">{number(0)}{number(0.1)}</equalRounded>', False),
        (f"<gt>{number(2)}{number(1)}</gt>", True),
        (f"<gte>{number(2)}{number(2)}</gte>", True),
        (f"<lt>{number(2)}{number(2)}</lt>", False),
        (f"<lte>{NULL}{number(2)}</lte>", None),
        (f"<durationLT>{number(2)}{number(3)}</durationLT>", True),
        ('<inside shape="rect" coords="0,0,10,10"><baseValue baseType="point">10 5</baseValue></inside>', True),
        ('<inside shape="ellipse" coords="0,0,4,2"><baseValue baseType="point">3 2</baseValue></inside>', False),
        ('<inside shape="poly" coords="0,0,10,0,0,10"><baseValue baseType="point">3 3</baseValue></inside>', True),
        ('<inside shape="poly" coords="0,0,10,0,0,10"><baseValue baseType="point">6 6</baseValue></inside>', False),
        ('<inside shape="poly" coords="0,0,10,0,0,10"><baseValue baseType="point">5 5</baseValue></inside>', True),
        ('<inside shape="default"><baseValue baseType="point">5 5</baseValue></inside>', True),
    ],
)
def test_a_question_of_truth_has_three_answers(expression: str, result: bool | None) -> None:
    assert truth(expression) is result


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        (f"<sum>{many(1, 2)}{number(3)}</sum>", "6"),
        (f"<sum>{number(3)}{NULL}</sum>", None),
        (f"<product>{number(3)}{number('0.5')}</product>", "1.5"),
        (f"<subtract>{number(3)}{number(5)}</subtract>", "-2"),
        (f"<divide>{number(3)}{number(0)}</divide>", None),
        (f"<divide>{number(3)}{number(4)}</divide>", "0.75"),
        (f"<integerDivide>{number(-7)}{number(2)}</integerDivide>", "-4"),
        (f"<integerModulus>{number(-7)}{number(2)}</integerModulus>", "1"),
        (f"<power>{number(2)}{number(10)}</power>", "1024"),
        (f"<power>{number(4)}{number(0.5)}</power>", "2"),
        (f"<min>{many(3, 1, 2)}</min>", "1"),
        (f"<max>{many(3, 1, 2)}</max>", "3"),
        (f"<gcd>{many(12, 18)}</gcd>", "6"),
        (f"<lcm>{many(4, 6)}</lcm>", "12"),
        (f"<round>{number(2.5)}</round>", "3"),
        (f"<round>{number(-2.5)}</round>", "-2"),
        (f"<round>{number(2.7)}</round>", "3"),
        (f"<truncate>{number(-2.7)}</truncate>", "-2"),
        (f'<roundTo roundingMode="decimalPlaces" figures="1">{number(2.25)}</roundTo>', "2.3"),
        (f'<mathOperator name="abs">{number(-2)}</mathOperator>', "2"),
        (f'<mathOperator name="floor">{number(2.9)}</mathOperator>', "2"),
        (f'<mathOperator name="signum">{number(-9)}</mathOperator>', "-1"),
        (f'<mathOperator name="log">{number(100)}</mathOperator>', "2"),
        (f'<statsOperator name="mean">{many(1, 2, 6)}</statsOperator>', "3"),
        (f'<statsOperator name="popVariance">{many(1, 3)}</statsOperator>', "1"),
        (f'<statsOperator name="sampleSD">{many(1, 3, 5)}</statsOperator>', "2"),
        (f'<statsOperator name="sampleSD">{number(1)}</statsOperator>', None),
        (f"<containerSize>{many(1, 1, 1)}</containerSize>", "3"),
        (f"<containerSize>{NULL}</containerSize>", "0"),
        (f'<index n="2">{ordered(5, 6, 7)}</index>', "6"),
        (f'<index n="4">{ordered(5, 6, 7)}</index>', None),
        (f"<sum><delete>{number(1)}{many(1, 2, 1, 3)}</delete></sum>", "5"),
        (f'<sum><repeat numberRepeats="3">{number(2)}</repeat></sum>', "6"),
        ('<customOperator definition="qade:ParseCommaDecimal">' + text("3,5") + "</customOperator>", "3.5"),
    ],
)
def test_a_number_is_what_it_should_be(expression: str, result: str | None) -> None:
    value = value_of(expression)
    assert value == (None if result is None else (Fraction(result),))


def test_the_operators_of_known_players_change_texts() -> None:
    assert value_of(f'<customOperator definition="depcp:Trim">{text(" a B ")}</customOperator>') == ("a B",)
    assert value_of(f'<customOperator definition="questify:ToAscii">{text("Đường")}</customOperator>') == ("Duong",)


def test_what_is_ordered_stays_ordered() -> None:
    assert isinstance(value_of(f"<delete>{number(1)}{ordered(1, 2)}</delete>"), Ordered)
    assert isinstance(value_of(A), Ordered)
    assert not isinstance(value_of(many(1, 2)), Ordered)


@pytest.mark.parametrize(
    "expression",
    [
        "<random/>",
        "<patternMatch pattern='a*'><null/></patternMatch>",
        f'<customOperator definition="acme:Guess">{number(1)}</customOperator>',
        f"<customOperator>{number(1)}</customOperator>",
        f'<repeat numberRepeats="9999999">{number(1)}</repeat>',
        f"<gcd>{many(1.5, 2)}</gcd>",
        '<mapResponse identifier="R"/>',
        '<mapResponsePoint identifier="R"/>',
        '<baseValue baseType="float">nhiều</baseValue>',
        f'<equal toleranceMode="absolute" tolerance="x">{number(1)}{number(1)}</equal>',
        '<mathConstant name="i"/>',
        '<inside shape="poly" coords="1,2"><baseValue baseType="point">1 1</baseValue></inside>',
    ],
)
def test_what_is_not_known_cannot_be_scored(expression: str) -> None:
    with pytest.raises(Unscorable):
        value_of(expression)


def item(declarations: str, rules: str) -> Scoring:
    namespace = "http://www.imsglobal.org/xsd/imsqti_v2p2"
    xml = (
        f'<assessmentItem xmlns="{namespace}"><responseDeclaration identifier="RESPONSE" cardinality="single" '
        f'baseType="float"><correctResponse><value>2</value></correctResponse></responseDeclaration>{declarations}'
        f"{rules}</assessmentItem>"
    )
    return scoring_of(with_plain_names(etree.fromstring(xml)))


def outcome(inner: str = "") -> str:
    return f'<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float">{inner}</outcomeDeclaration>'


def processing(inner: str, attributes: str = "") -> str:
    return f"<responseProcessing{attributes}>{inner}</responseProcessing>"


SET = '<setOutcomeValue identifier="SCORE">{}</setOutcomeValue>'
RESPONSE = '<variable identifier="RESPONSE"/>'


def test_rules_of_the_items_own_count_before_the_template_it_names() -> None:
    template = ' template="http://www.imsglobal.org/question/qti_v2p2/rptemplates/match_correct"'
    found = item(outcome(), processing(SET.format(number(5)), template))
    assert found.score({"RESPONSE": (Fraction(9),)}) == 5
    assert item(outcome(), processing("", template)).score({"RESPONSE": (Fraction(2),)}) == 1


def test_what_comes_after_the_exit_does_not_happen() -> None:
    found = item(outcome(), processing(SET.format(number(1)) + "<exitResponse/>" + SET.format(number(2))))
    assert found.score({}) == 1


@pytest.mark.parametrize(("given", "score"), [("5", 9), ("4", 5), ("3", 5), ("2.9", 1), ("2", 0)])
def test_a_table_of_interpolation_takes_the_first_bound_that_is_reached(given: str, score: int) -> None:
    table = (
        '<interpolationTable defaultValue="0"><interpolationTableEntry sourceValue="5" targetValue="9"/>'
        '<interpolationTableEntry sourceValue="3" targetValue="5"/>'
        '<interpolationTableEntry sourceValue="2" includeBoundary="false" targetValue="1"/></interpolationTable>'
    )
    lookup = f'<lookupOutcomeValue identifier="SCORE">{RESPONSE}</lookupOutcomeValue>'
    assert item(outcome(table), processing(lookup)).score({"RESPONSE": (Fraction(given),)}) == score


def test_a_score_that_multiplies_itself_is_given_up() -> None:
    growing = SET.format('<product><variable identifier="SCORE"/><variable identifier="SCORE"/></product>')
    found = item(outcome(), processing(SET.format(number(3)) + growing * 60))
    with pytest.raises(Unscorable, match="number"):
        found.score({})


def test_a_container_that_doubles_itself_is_given_up() -> None:
    doubling = SET.format('<multiple><variable identifier="SCORE"/><variable identifier="SCORE"/></multiple>')
    found = item(outcome(), processing(SET.format(number(3)) + doubling * 60))
    with pytest.raises(Unscorable, match="container"):
        found.score({})


@pytest.mark.parametrize(
    "inner", ["<setOutcomeValue identifier='SCORE'/>", "<responseCondition><responseIf/></responseCondition>"]
)
def test_broken_rules_cannot_be_scored(inner: str) -> None:
    with pytest.raises(Unscorable):
        item(outcome(), processing(inner)).score({})
