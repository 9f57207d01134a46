"""What a template may cost before and while it is compiled, and where its texts end."""

from random import Random

import pytest

from quizbank.item_templates.drawing import Prepared
from quizbank.item_templates.errors import TemplateError
from quizbank.item_templates.operations import STEPS
from quizbank.item_templates.rules import ItemTemplate, TemplatePart
from quizbank.questions.rules import QuestionType
from tests.quizbank.item_templates.language import fault_in, value_of
from tests.quizbank.item_templates.test_limits import draw_once, template_of

RANDOM = Random(1)


def test_all_constants_of_a_template_are_folded_with_the_steps_of_one_question() -> None:
    lines = "\n".join(f"a{n} = sum(range(9999))" for n in range(100))
    stem = "{@ sum(range(9998)) @}" * 100
    prepared = Prepared(template_of(lines, stem, definitions="b = sum(range(9997))"))
    assert 0 < prepared.names.folding.steps < STEPS // 4


@pytest.mark.parametrize("stem", ["{@ a @}" * 3, "{@ f'{a}{a}{a}' @}"])
def test_a_text_of_long_insertions_is_refused(stem: str) -> None:
    draw_once(template_of("a = 'x' * 9999", stem))
    with pytest.raises(TemplateError, match="quá dài"):
        Prepared(template_of("a = pick(['x']) * 9999", stem)).draw(RANDOM)


def test_what_either_fills_is_bounded() -> None:
    with pytest.raises(TemplateError, match="quá dài"):
        Prepared(template_of("a = either('@' * 9999, 'xxx', 'yyy', '')")).draw(RANDOM)


def test_combinations_are_all_of_them_or_refused() -> None:
    assert len(value_of("combinations(range(25), 3)")) == 2300
    assert "quá dài" in str(fault_in("combinations(range(50), 3)"))


def test_a_decimal_is_exact_and_has_no_exponent() -> None:
    assert value_of("f'{0.25}'") == "0,25"
    assert "không dùng e" in str(fault_in("f'{1e3}'"))


def test_ordinary_keys_cost_nothing_more() -> None:
    assert len(value_of("distinct([(x, str(x)) for x in range(5000)])")) == 5000


def test_a_blank_may_be_written_without_spaces() -> None:
    parts = tuple(TemplatePart(f"Số {n} {{@?@}} 2.", right="bằng", wrong="khác", why="vì thế") for n in range(4))
    content = Prepared(ItemTemplate(QuestionType.TRUE_FALSE, "Xét các ý.", parts=parts)).draw(RANDOM)
    assert content is not None
    assert {part.text.split()[2] for part in content.parts} <= {"bằng", "khác"}
