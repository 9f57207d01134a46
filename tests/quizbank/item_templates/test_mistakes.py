"""What teachers get wrong when they write a template is said in their words, before a wrong question is made."""

from fractions import Fraction

import pytest

from quizbank.item_templates.drafts import TemplateDraft
from quizbank.item_templates.rules import ItemTemplate, TemplatePart
from quizbank.item_templates.trying import Trial, drawer_of, faults_in, line_of, try_out
from quizbank.item_templates.writing import scientific
from quizbank.questions.rules import AnswerKind, Placement, QuestionType

CHOICE, SHORT = QuestionType.SINGLE_CHOICE, QuestionType.SHORT_ANSWER


def a_draft_of(kind: QuestionType, value: str, *wrongs: str, **more: object) -> TemplateDraft:
    answer_kind = AnswerKind.NUMERIC if kind is SHORT else None
    parts = tuple(TemplatePart(value=wrong) for wrong in wrongs)
    usual = {"parameters": "a = integer(2, 9)", "stem": "Xét {@ a @}.", "parts": parts, "answer_kind": answer_kind}
    template = ItemTemplate(kind, **{"key": TemplatePart(value=value), **usual, **more})  # type: ignore[arg-type]
    return TemplateDraft("Thử", template, Placement("toan", "gdpt-2018", 10, level="hieu"))


def trial_of(draft: TemplateDraft) -> Trial:
    return try_out(draft, 1, 5)


def faults_of(draft: TemplateDraft) -> list[tuple[str, str]]:
    return [(fault.field, line_of(fault)) for fault in faults_in(draft)]


def test_a_root_is_rounded_to_the_places_of_a_short_answer() -> None:
    draft = a_draft_of(SHORT, "sqrt(a)", places=2)
    assert faults_of(draft) == []
    contents = [clone.content for clone in trial_of(draft).clones]
    assert {content.key for content in contents if content} <= {
        "1,41",
        "1,73",
        "2",
        "2,24",
        "2,45",
        "2,65",
        "2,83",
        "3",
    }
    assert drawer_of(draft.template)(1) == contents[0]


def test_options_of_machine_precision_are_shown_as_plain_numbers() -> None:
    draft = a_draft_of(CHOICE, "sqrt(2)", "sqrt(3)", "a / 2 + 10", "sqrt(5)")
    [first, *_] = trial_of(draft).clones
    assert first.content and {"1,4142", "1,7321"} <= {part.text for part in first.content.parts}


def test_a_roof_is_not_taken_for_a_power() -> None:
    [(field, message)] = faults_of(a_draft_of(SHORT, "a^2"))
    assert field == "key.value" and "a**2" in message


def test_a_decimal_comma_is_not_taken_for_a_list() -> None:
    [(field, message)] = faults_of(a_draft_of(SHORT, "a", parameters="b = 3\na = -2,5"))
    assert (field, message) == ("parameters", "2:1: Số thập phân viết bằng dấu chấm: -2.5.")
    for pair in ("x, y = 2,5\na = x + y", "x = 2, 5\na = sum(x)", "x = (2,5)\na = sum(x)"):
        assert faults_of(a_draft_of(SHORT, "a", parameters=pair)) == []


@pytest.mark.parametrize(
    ("draft", "field", "said"),
    [
        (a_draft_of(CHOICE, "2 * a", "a", "a", "2 * a"), "parts", "ít hơn ba phương án nhiễu"),
        (a_draft_of(SHORT, "a / 7 + 10000"), "places", "bốn ô của phiếu trả lời"),
        (a_draft_of(SHORT, "a", parameters="a = integer(2, 9)\nrequire a > 9"), "parameters", "Điều kiện quá chặt"),
    ],
    ids=["too few distractors", "no answer fits", "nothing fulfils what is required"],
)
def test_why_no_question_comes_of_a_template_is_said_at_its_field(draft: TemplateDraft, field: str, said: str) -> None:
    [(where, message)] = faults_of(draft)
    assert where == field and said in message


@pytest.mark.parametrize("truth", ["a > 0", "a < 0"])
def test_a_cluster_that_is_all_true_or_all_false_is_told(truth: str) -> None:
    parts = tuple(TemplatePart(text=f"Ý {n}.", truth=truth, why="vì thế") for n in range(4))
    [(where, message)] = faults_of(a_draft_of(QuestionType.TRUE_FALSE, "", parts=parts, key=TemplatePart()))
    assert where == "parts" and "cùng đúng, cùng sai" in message


@pytest.mark.parametrize(
    ("stem", "said"),
    [
        ("Tính $5 - {@ -a @}$.", "hai dấu liền nhau (- -"),
        ("Tính $x + {@ -a @}$.", "hai dấu liền nhau (+ -"),
        ("Tính {a} cộng 1.", "muốn chèn giá trị thì viết {@ a @}"),
    ],
)
def test_what_reads_badly_is_a_doubt_and_no_fault(stem: str, said: str) -> None:
    trial = trial_of(a_draft_of(SHORT, "a", stem=stem))
    assert trial.faults == () and said in line_of(trial.doubts[0])


@pytest.mark.parametrize(
    "stem", ["Tính $5 {@ signed(-a) @}$ rồi $e^{-{@ a @}}$.", "Từ 2 - -3 đến {b}.", "Cho $\\frac{a}{2}$ và {@ a @}."]
)
def test_what_reads_well_is_no_doubt(stem: str) -> None:
    assert trial_of(a_draft_of(SHORT, "a", stem=stem)).doubts == ()


@pytest.mark.parametrize(
    ("value", "figures", "shown"),
    [
        (Fraction(16, 10**20), 3, r"1{,}6 \cdot 10^{-19}"),
        (-299_792_458, 3, r"-3 \cdot 10^{8}"),
        (Fraction(99_996, 10), 3, r"1 \cdot 10^{4}"),
        (Fraction(1, 3), 2, r"3{,}3 \cdot 10^{-1}"),
        (12_345, 1, r"1 \cdot 10^{4}"),
        (5, 3, "5"),
        (0, 3, "0"),
    ],
)
def test_numbers_of_physics_are_written_with_a_power_of_ten(value: Fraction, figures: int, shown: str) -> None:
    assert scientific(value, figures) == shown
