"""Templates of essays, and levels of single statements."""

import pytest

from quizbank.item_templates.drafts import TemplateDraft
from quizbank.item_templates.drawing import Prepared
from quizbank.item_templates.errors import TemplateError
from quizbank.item_templates.rules import ItemTemplate, TemplatePart, fingerprint_of
from quizbank.item_templates.template_file import read_templates
from quizbank.item_templates.trying import faults_in
from quizbank.questions.rules import Placement, QuestionContent, QuestionType
from tests.quizbank.item_templates.test_bounds import RANDOM

ESSAY = """
[[template]]
name = 'essay'
type = 'essay'
parameters = 'n = integer(2, 9)'
stem = 'Tính {@ n @} + 1.'
explanation = '''
– Kết quả {@ n + 1 @}: 1,0 điểm.
'''
"""
CLUSTER = """
[[template]]
name = 'cluster'
type = 'true-false'
parameters = 'n = integer(2, 9)'
stem = 'Xét.'
statements = [
    ['một {@ n @}', 'n > 0', 'Vì dương.', 'biet'],
    ['hai {@ ? @}', 'đúng', 'sai', 'Lẽ hai.', 'van-dung'],
    ['ba {@ n @}', 'n < 0', 'Vì dương.'],
    { text = 'bốn {@ ? @}', right = 'đúng', wrong = 'sai', why = 'Lẽ bốn.', level = 'hieu' },
]
"""


def drawn(text: str) -> QuestionContent:
    [new] = read_templates(text)
    prepared = Prepared(new.template)
    content = next((found for _ in range(50) if (found := prepared.draw(RANDOM))), None)
    assert content is not None
    return content


def test_an_essay_is_drawn_with_its_marking_guide() -> None:
    content = drawn(ESSAY)
    assert (content.type, content.parts) == (QuestionType.ESSAY, ())
    number = int(content.stem.split()[1])
    assert content.explanation == f"– Kết quả {number + 1}: 1,0 điểm."


@pytest.mark.parametrize("more", ["key = '2'", "value = '2'", "parts = [['một']]"])
def test_an_essay_has_neither_key_nor_parts(more: str) -> None:
    with pytest.raises(TemplateError):
        drawn(f"{ESSAY}{more}\n")


def test_statements_say_their_levels_however_they_are_written() -> None:
    content = drawn(CLUSTER)
    assert [part.level for part in content.parts] == ["biet", "van-dung", None, "hieu"]


def test_rows_may_say_levels() -> None:
    rows = '[("a", 1 == 1, "vì", "biet"), ("b", 1 == 0, "vì"), ("c", 1 == 1, "vì", "hieu"), ("d", 1 == 0, "vì")]'
    template = ItemTemplate(QuestionType.TRUE_FALSE, "Xét.", rows=rows)
    content = Prepared(template).draw(RANDOM)
    assert content is not None and [part.level for part in content.parts] == ["biet", None, "hieu", None]


def test_either_may_say_a_level() -> None:
    told = [f'either("Số {n} @.", "chẵn", "lẻ", "vì", "{level}")' for n, level in enumerate(("biet", "hieu", ""))]
    parameters = f"made = [{', '.join(told)}]"
    rows = 'made + [("bốn", 1 == 1, "vì")]'
    prepared = Prepared(ItemTemplate(QuestionType.TRUE_FALSE, "Xét.", parameters, rows=rows))
    found = [content for _ in range(60) if (content := prepared.draw(RANDOM))]
    assert found and all([part.level for part in one.parts] == ["biet", "hieu", None, None] for one in found)


def test_a_level_that_the_programme_lacks_is_a_fault() -> None:
    parts = tuple(
        TemplatePart(text, truth=f"1 == {n % 2}", why="vì", level="nhan-biet") for n, text in enumerate("abcd")
    )
    template = ItemTemplate(QuestionType.TRUE_FALSE, "Xét.", parts=parts)
    draft = TemplateDraft("x", template, Placement("toan", "gdpt-2018", 12), None, "cc-by-4.0")
    assert [(fault.field, fault.message) for fault in faults_in(draft)] == [
        ("parts", "Mức độ của một ý không thuộc chương trình đã chọn.")
    ]


def test_templates_without_levels_keep_their_fingerprint() -> None:
    bare = ItemTemplate(QuestionType.TRUE_FALSE, "s", parts=(TemplatePart("một", truth="1 == 1"),))
    levelled = ItemTemplate(QuestionType.TRUE_FALSE, "s", parts=(TemplatePart("một", truth="1 == 1", level="biet"),))
    assert fingerprint_of(bare) == "24a689fe9cd49d2459f3a9ab86c9a7917af88e54ac1bf9b252f2d3ef079c081f"
    assert fingerprint_of(levelled) != fingerprint_of(bare)
