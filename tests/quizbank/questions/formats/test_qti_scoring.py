"""Cito's scoring cases: what their engine's tests expect of an item and a response, here as facts in a table.

First the response processing itself must give the score; then, for every item that the bank can hold, the bank's own
grading must give the same share of the most that can be earned. The others are named with the reason.
"""

from collections import Counter
from fractions import Fraction
from pathlib import Path

from lxml import etree

from quizbank.attempts.grading import fraction_of
from quizbank.questions.formats.paper import ParsedQuestion, SourceFile
from quizbank.questions.formats.qti import read_qti
from quizbank.questions.formats.qti_expressions import Unscorable, Value, simple_of
from quizbank.questions.formats.qti_names import attribute, with_plain_names
from quizbank.questions.formats.qti_scoring import Scoring, scoring_of
from quizbank.questions.formats.xml_source import parse_xml
from quizbank.questions.problems import Verdict
from quizbank.questions.rules import OPTION_LETTERS, QuestionType
from tests.shared_data import SHARED, needs_shared_data

pytestmark = needs_shared_data

RESOURCES = SHARED / "formats/qti21/Citolab__qti-scoring-engine/Scoring.Tests/Resources"
TWO, IMS = "2x/ResponseProcessing", "2x/ResponseProcessing/IMS-examples"
THREE = "30/ResponseProcessing/IMS-examples"
CASES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    (f"{TWO}/ITM-50066.xml", ("C",), "1"),
    (f"{TWO}/ITM-50066.xml", ("A",), "0"),
    (f"{TWO}/ITM-50066_No_Correct_Response.xml", ("C",), "1"),
    (f"{TWO}/ITM-50066_Multiple_Keys.xml", ("A",), "1"),
    (f"{TWO}/ITM-50066_Multiple_Keys.xml", ("B",), "0"),
    (f"{TWO}/ITM-50066_Multiple_Keys.xml", ("C",), "1"),
    (f"{TWO}/ITM-50069.xml", ("A",), "0"),
    (f"{TWO}/ITM-50069.xml", (), "0"),
    (f"{TWO}/ITM-50069_Mapping.xml", ("A",), "0"),
    (f"{TWO}/ITM-50069_Mapping.xml", ("B",), "1"),
    (f"{TWO}/ITM-50069_Mapping.xml", ("C",), "2"),
    (f"{TWO}/1004.xml", ("rek",), "1"),
    (f"{TWO}/1004.xml", ("fout",), "0"),
    (f"{TWO}/1004.xml", ("rEK",), "0"),
    (f"{TWO}/1004-CaseInsensitive.xml", ("rEK",), "1"),
    (f"{TWO}/210091.xml", ("0.63",), "1"),
    (f"{TWO}/210091.xml", ("0.65",), "0"),
    (f"{TWO}/210091-CustomOperator.xml", ("0.63",), "1"),
    (f"{TWO}/210091-CustomOperator.xml", ("0,63",), "1"),
    (f"{TWO}/210091-CustomOperator.xml", ("0,6300",), "1"),
    (f"{TWO}/210091-CustomOperator.xml", ("0,6301",), "0"),
    (f"{TWO}/112505-MR.xml", ("D", "E", "F"), "1"),
    (f"{TWO}/112505-MR.xml", ("E", "F"), "0"),
    (f"{TWO}/112505-MR.xml", ("A", "D", "E", "F"), "0"),
    (f"{TWO}/112505-MR.xml", (), "0"),
    (f"{IMS}/choice.xml", ("ChoiceA",), "1"),
    (f"{IMS}/choice.xml", ("ChoiceB",), "0"),
    (f"{IMS}/choice.xml", ("ChoiceC",), "0"),
    (f"{IMS}/choice_multiple.xml", ("H", "O"), "2"),
    (f"{IMS}/choice_multiple.xml", ("O",), "1"),
    (f"{IMS}/choice_multiple.xml", ("Cl", "H", "O"), "1"),
    (f"{IMS}/choice_multiple.xml", ("He", "Cl", "H", "O"), "0"),
    (f"{THREE}/composition_of_water_qti3.xml", ("H", "O"), "2"),
    (f"{THREE}/composition_of_water_qti3.xml", ("O",), "1"),
    (f"{THREE}/composition_of_water_qti3.xml", ("Cl", "H", "O"), "1"),
    (f"{THREE}/composition_of_water_qti3.xml", ("He", "Cl", "H", "O"), "0"),
    (f"{IMS}/inline_choice.xml", ("Y",), "1"),
    (f"{IMS}/inline_choice.xml", ("L",), "0"),
    (f"{IMS}/inline_choice.xml", (), "0"),
    (f"{IMS}/match.xml", ("C R", "D M", "L M", "P T"), "3"),
    (f"{IMS}/match.xml", ("R C", "D M", "L M", "P T"), "2"),
    (f"{IMS}/match.xml", ("D M", "L M", "P T"), "2"),
)


def scoring(path: str) -> Scoring:
    return scoring_of(with_plain_names(parse_xml((RESOURCES / path).read_bytes())))


def given(found: Scoring, values: tuple[str, ...]) -> dict[str, Value]:
    declared = found.declared["RESPONSE"]
    return {"RESPONSE": tuple(simple_of(value, declared.base_type) for value in values) or None}


def item_of(path: str) -> bytes:
    """The item; where its body was taken out before it was published, with one that asks for its response."""
    root = with_plain_names(parse_xml((RESOURCES / path).read_bytes()))
    body = root.find("itemBody")
    if body is not None and any(str(found.tag).endswith("Interaction") for found in body.iter()):
        return etree.tostring(root)
    base_type = scoring(path).declared["RESPONSE"].base_type
    choices = "".join(f'<simpleChoice identifier="{letter}">Ý {letter}</simpleChoice>' for letter in "ABCDEF")
    name, inner = ("choiceInteraction", choices) if base_type == "identifier" else ("textEntryInteraction", "")
    asked = etree.fromstring(f'<itemBody><p>Hỏi?</p><{name} responseIdentifier="RESPONSE">{inner}</{name}></itemBody>')
    if body is not None:
        root.remove(body)
    root.insert(list(root).index(next(root.iter("responseProcessing"))), asked)
    return etree.tostring(root)


def question_in(item: bytes, folder: Path) -> ParsedQuestion:
    path = folder / "item.xml"
    path.write_bytes(item)
    (question,) = read_qti(SourceFile(path, path.name))
    return question


def canonical(item: bytes, question: ParsedQuestion, values: tuple[str, ...]) -> str:
    """A response as the bank keeps it: letters of options, or the text."""
    assert question.draft is not None
    if question.draft.type is QuestionType.SHORT_ANSWER:
        return "".join(values)
    root = with_plain_names(parse_xml(item))
    names = [attribute(found, "identifier") for found in root.iter("simpleChoice", "inlineChoice")]
    return "".join(sorted(OPTION_LETTERS[names.index(value)] for value in values))


def test_response_processing_gives_the_expected_scores() -> None:
    unscorable = Counter[str]()
    for path, values, expected in CASES:
        found = scoring(path)
        try:
            score = found.score(given(found, values))
        except Unscorable as error:
            unscorable[str(error)] += 1
            continue
        assert score == Fraction(expected), (path, values)
    assert dict(unscorable) == {"customOperator": 4}
    assert len(CASES) - unscorable.total() == 38


def test_the_banks_grading_gives_the_expected_share_of_every_item_it_holds(tmp_path: Path) -> None:
    graded, others = 0, Counter[str]()
    for path, values, expected in CASES:
        item = item_of(path)
        question = question_in(item, tmp_path)
        notes = [str(found.facts.get("kind") or found.facts.get("what") or found.code) for found in question.problems]
        if question.verdict is Verdict.LEAVE_OUT or question.draft is None:
            others[notes[0]] += 1
            continue
        most = max(Fraction(score) for name, _, score in CASES if name == path)
        fraction = Fraction(fraction_of(question.draft, canonical(item, question, values)))
        if fraction == (Fraction(expected) / most if most else 0):
            graded += 1
            continue
        (note,) = notes
        others[note] += 1
    assert dict(others) == {
        "two-keys": 6,
        "ghép cặp": 3,
        "phân biệt chữ hoa, chữ thường": 1,
        "Điểm chia theo từng phương án": 4,
    }
    assert graded == len(CASES) - 14 == 28
