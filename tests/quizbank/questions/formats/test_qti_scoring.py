"""Cito's scoring cases: the response processing gives every expected score; of the items that the bank can hold, its
own grading gives the same share, or the import has told that this very answer is scored otherwise.
"""

import unicodedata
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest
from lxml import etree

from quizbank.questions.formats.paper import ParsedQuestion, SourceFile
from quizbank.questions.formats.qti import read_qti
from quizbank.questions.formats.qti_names import attribute, with_plain_names
from quizbank.questions.formats.qti_scoring import Scoring, scoring_of
from quizbank.questions.formats.qti_values import Declared, Unscorable, Value, simple_of
from quizbank.questions.formats.xml_source import parse_xml
from quizbank.questions.problems import Verdict
from quizbank.questions.rules import OPTION_LETTERS, QuestionType
from quizbank.quizzes.grading import fraction_of
from tests.quizbank.questions.formats.cito_cases import CASES, CHOICES, OTHERS, RESOURCES, TEXTS, TWO, Case
from tests.shared_data import needs_shared_data

pytestmark = needs_shared_data


def scoring(path: str) -> Scoring:
    return scoring_of(with_plain_names(parse_xml((RESOURCES / path).read_bytes())))


def value_of(texts: tuple[str, ...], declared: Declared) -> Value:
    """A response; what is no value of its type counts as none, as a player would take it."""
    try:
        return tuple(simple_of(text, declared.base_type) for text in texts) or None
    except Unscorable:
        return None


def given(found: Scoring, case: Case) -> dict[str, Value]:
    return {name: value_of(texts, found.declared[name]) for name, texts in case.responses.items()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{Path(case.path).stem}-{case.responses}-{case.outcome}")
def test_response_processing_gives_the_expected_score(case: Case) -> None:
    found = scoring(case.path)
    assert found.outcome(given(found, case), case.outcome) == Fraction(case.expected)


def test_a_lookup_without_a_variable_cannot_be_scored() -> None:
    found = scoring(f"{TWO}/083-Verklanking-Speciale-Tekens_No_Identifier_For_Variable_In_LookupOutcomeValue.xml")
    with pytest.raises(Unscorable, match="responseProcessing"):
        found.score({"RESPONSE": ("A",)})


def item_of(path: str) -> bytes:
    """The item; where its body was taken out before it was published, with one that asks for its response."""
    root = with_plain_names(parse_xml((RESOURCES / path).read_bytes()))
    body = root.find("itemBody")
    if body is not None and any(str(found.tag).endswith("Interaction") for found in body.iter()):
        return etree.tostring(root)
    declared = scoring(path).declared["RESPONSE"]
    names = [*"ABCDEF", *(str(name) for name in declared.correct or () if str(name) not in "ABCDEF")]
    choices = "".join(f'<simpleChoice identifier="{name}">Ý {name}</simpleChoice>' for name in names)
    is_choice = declared.base_type == "identifier"
    name, inner = ("choiceInteraction", choices) if is_choice else ("textEntryInteraction", "")
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


def canonical(item: bytes, question: ParsedQuestion, values: tuple[str, ...]) -> str | None:
    """A response as the bank keeps it: letters of options, or the text; None where an option does not exist."""
    assert question.draft is not None
    if question.draft.type is QuestionType.SHORT_ANSWER:
        return "".join(values)
    root = with_plain_names(parse_xml(item))
    names = [attribute(found, "identifier") for found in root.iter("simpleChoice", "inlineChoice")]
    if not set(values) <= set(names):
        return None
    return "".join(sorted(OPTION_LETTERS[names.index(value)] for value in values))


def fate_of(case: Case, folder: Path) -> str:
    """How the bank grades this answer, and if not as the item does, what the import has said of it."""
    item = item_of(case.path)
    question = question_in(item, folder)
    notes = [str(found.facts.get("kind") or found.facts.get("cases") or found.code) for found in question.problems]
    if question.verdict is Verdict.LEAVE_OUT or question.draft is None:
        return f"left out: {notes[0]}"
    response = canonical(item, question, case.responses["RESPONSE"])
    if response is None:
        return "no option of this name"
    found = scoring(case.path)
    key_score = max(Fraction(other.expected) for other in CASES if other.path == case.path)
    key_score = key_score or found.score({"RESPONSE": found.declared["RESPONSE"].correct})
    if Fraction(fraction_of(question.draft, response)) == Fraction(case.expected) / key_score:
        return "same"
    is_choice = question.draft.type is not QuestionType.SHORT_ANSWER
    answers = [part.partition(": ")[0] for note in notes for part in note.split("; ") if "thay vì" in part]
    assert plain(", ".join(response) if is_choice else response) in map(plain, answers), (case, notes)
    return "told"


def plain(text: str) -> str:
    """An answer without capitals, marks and quotation marks: one of its kind stands for all in a report."""
    signs = unicodedata.normalize("NFD", text.strip(" “”").casefold())
    return "".join(sign for sign in signs if not unicodedata.combining(sign))


def test_the_banks_grading_agrees_with_the_item_or_the_import_says_where_not(tmp_path: Path) -> None:
    fates = Counter(fate_of(case, tmp_path) for case in [*CHOICES, *TEXTS, *OTHERS])
    kinds = {fate: count for fate, count in fates.items() if fate.startswith("left out: ") and " " in fate[10:]}
    assert {fate: count for fate, count in fates.items() if fate not in kinds} == {
        "same": 34,
        "told": 10,
        "left out: two-keys": 6,
        "no option of this name": 1,
    }
    assert sum(kinds.values()) == len(OTHERS)
