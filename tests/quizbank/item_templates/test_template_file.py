"""Files of templates: what they may say, and that every template stands alone."""

from random import Random

import pytest

from quizbank.item_templates.drawing import draw
from quizbank.item_templates.errors import TemplateError
from quizbank.item_templates.template_file import read_templates
from quizbank.questions.rules import AnswerKind, QuestionType

FILE = """
definitions = '''
SQUARES = [n * n for n in span(1, SIZE)]
SIZE_TWICE = 2 * SIZE
name(n) = f"số {n}"
'''
[topics]
SQUARE = 'toan.l06.so.binh-phuong'
[tables]
SIZE = 20
WORDS = [["một", 1], ["hai", 2.5]]

[[template]]
name = 'square'
topic = 'SQUARE'
level = 'biet'
room = 12
may_meet = true
type = 'single-choice'
parameters = '''
n = pick(SQUARES)
'''
stem = 'Gấp đôi {@ name(n) @} là'
value = '2 * n'
distractors = [['n', 'quên gấp đôi'], ['2 * n + 1', ''], { value = '4 * n', why = 'gấp bốn', when = 'n > 0' }]

[[template]]
name = 'word'
type = 'short-answer'
parameters = 'word, n = pick(WORDS)'
stem = 'Viết {@ n @} bằng chữ.'
key = '{@ word @}'
accepted = [['{@ upper(word) @}']]

[[template]]
name = 'both'
type = 'true-false'
stem = 'Xét số 2.'
statements = [
    ['Số đó {@ ? @}.', 'chẵn', 'lẻ', 'chia hết cho 2'],
    ['Số đó lớn hơn 1.', '2 > 1', 'hiển nhiên'],
    ['Số đó lớn hơn 3.', '2 > 3', 'hiển nhiên'],
    ['Số đó lớn hơn 4.', '2 > 4', 'hiển nhiên'],
]
"""


def test_a_file_gives_its_templates_in_order_with_their_places() -> None:
    square, word, both = read_templates(FILE)
    assert [new.name for new in (square, word, both)] == ["square", "word", "both"]
    assert (square.topic, square.level, square.room) == ("toan.l06.so.binh-phuong", "biet", 12)
    assert (square.may_meet, word.may_meet) == (True, False)
    assert square.template.parts[0].value == "n"
    assert square.template.parts[2].when == "n > 0"
    assert word.template.answer_kind is AnswerKind.TEXT
    assert both.template.type is QuestionType.TRUE_FALSE
    assert both.template.parts[0].right == "chẵn"
    assert both.template.parts[1].truth == "2 > 1"
    assert all(draw(new.template, Random(1)) for new in (square, word))


def test_a_template_takes_along_what_it_uses_and_no_more() -> None:
    square, word, both = read_templates(FILE)
    assert square.template.definitions.splitlines() == [
        "SQUARES = [n * n for n in span(1, SIZE)]",
        'name(n) = f"số {n}"',
    ]
    assert square.template.tables == {"SIZE": 20}
    assert word.template.tables == {"WORDS": [["một", 1], ["hai", 2.5]]}
    assert (both.template.definitions, both.template.tables) == ("", {})


def test_a_decimal_of_a_table_is_exact() -> None:
    (new,) = read_templates(
        "[tables]\nRATE = 0.1\n[[template]]\nname='x'\ntype='short-answer'\nstem='s'\nvalue='RATE + 0.2'"
    )
    content = draw(new.template, Random(1))
    assert content is not None
    assert content.key == "0,3"


WRONG = {
    "= x": "không phải là TOML",
    "a = 1": "mục lạ: a",
    "template = 5": "Mỗi câu mẫu bắt đầu bằng",
    "template = [5]": "Mỗi câu mẫu bắt đầu bằng",
    "[[template]]\ntype='short-answer'\nvalue='1'": "không có tên",
    "[[template]]\nname='x'": "Mục type phải là một trong",
    "[[template]]\nname='x'\ntype='poem'": "Mục type phải là một trong",
    "[[template]]\nname='x'\ntype='short-answer'": "cần key (đoạn chữ) hoặc value (số)",
    "[[template]]\nname='x'\ntype='true-false'\nkey='1'": "không có key, value",
    "[[template]]\nname='x'\ntype='short-answer'\nvalue='1'\nkey='1'": "Chỉ dùng một trong hai",
    "[[template]]\nname='x'\ntype='short-answer'\nvalue='1'\ncolour='red'": "mục lạ: colour",
    "[[template]]\nname='x'\ntype='short-answer'\nvalue='1'\nroom=0": "room phải là số nguyên dương",
    "[[template]]\nname='x'\ntype='short-answer'\nvalue='1'\nmay_meet=1": "may_meet phải là true hoặc false",
    "[[template]]\nname='x'\ntype='short-answer'\nvalue='1'\nplaces=9": "places phải là",
    "[[template]]\nname='x'\ntype='short-answer'\nvalue=1.5": "Mục value phải là đoạn chữ",
    "[[template]]\nname='x'\ntype='single-choice'\nkey='1'\ndistractors=5": "phải là danh sách",
    "[[template]]\nname='x'\ntype='single-choice'\nkey='1'\ndistractors=[['a']]": "phải có 2 mục",
    "[[template]]\nname='x'\ntype='single-choice'\nkey='1'\ndistractors=[{truth='a'}]": "chỉ có các mục",
    "[tables]\nX = 1e400\n": "không phải là TOML",
    "[tables]\nX = nan\n": "không phải là TOML",
}


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_file_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(TemplateError) as caught:
        read_templates(text)
    assert WRONG[text] in str(caught.value)
