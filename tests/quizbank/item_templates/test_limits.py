"""Whatever anybody types ends in a value or in the one clear error, soon."""

import time
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizbank.item_templates.drawing import Prepared
from quizbank.item_templates.errors import TemplateError
from quizbank.item_templates.library import LIBRARY
from quizbank.item_templates.rules import ItemTemplate, TemplatePart
from quizbank.item_templates.template_file import read_templates
from quizbank.questions.rules import QuestionType

SECONDS = 1.0
"""Far above what any of these takes (0.2 s) and far below what one of them would take without limits."""

HOSTILE = (
    "a = 9**9**9",
    "a = 2**2000 * 2**2000",
    "a = 'a' * 10**9",
    "a = range(10**12)",
    "a = [x for x in range(10000) for y in range(10000)]",
    "a = [[[x for x in range(100)] for y in range(100)] for z in range(100)]",
    "a = [(x + 1)**400 / 7**700 for x in range(5000)]",
    "a = [1 / (x + 1) for x in range(9999)]\nb = sum(a)",
    "a = (1, 1)\n" + "a = (a, a)\n" * 60,
    "a = (1, 1)\nb = (1, 1)\n" + "a = (a, a)\nb = (b, b)\n" * 40 + "c = a == b",
    "f(x) = f(x)\na = f(1)",
    "f(x) = f(x + 1) + f(x + 2)\na = f(1)",
    "f(n) = 1 if n < 2 else f(n - 1) + f(n - 2)\na = f(40)",
    "a = 'x' * 20000\nb = [replace(a, 'x', 'y') for i in range(5000)]",
    "a = 'x' * 19999\nb = replace(a, '', a)",
    "a = join('x' * 20000, range(9999))",
    "a = product(range(100), range(100), range(100))",
    "a = combinations(range(90), 45)",
    "a = [sorted(range(5000)) for x in range(5000)]",
    "a = [is_prime(9999999967) for x in range(5000)]",
    "a = [root(9999999967) for x in range(999)]",
    "a = [plain(x / 7) for x in range(9999)]",
    "a = [shuffled(range(9999)) for x in range(9999)]",
    "a = fill('{}' * 9000, *range(9000))",
    "g(x, y) = (x, x)\na = accumulate(g, 1, range(9000))",
    "g(x, y) = x * x\na = accumulate(g, 3, range(9000))",
    "g(x, y) = x / 3 + 1 / 7\na = accumulate(g, 1, range(9000))",
    "a = " + "-" * 5000 + "1",
    "a = " + "not " * 1900 + "1",
    "a = " + "2**" * 1500 + "1",
    "a = " + "(" * 1000 + "1" + ")" * 1000,
    "a = " + "1 if 1 else " * 600 + "1",
    "a = x" + ".y" * 2000,
    "a = prod([10**10], 'a')",
    "a = f'{1e999999999}'",
    "a = f'{1e3000}'",
    "a = 'x' * 9999\nb = f'" + "{a}" * 1000 + "'",
    "a = code(['x' * 19999] * 9999)",
    "a = total(*[(1, 'x' * 19999)] * 999)",
    "a = polynomial(*[1] * 9999, variable = 'x' * 9999)",
    "a = {'a': 1}[(('x' * 9999,) * 9999,) * 9]",
    "a = [1] * 5000\nb = [a + a for x in range(9999)]",
    "a = 'y' * 10000\nb = [strip('x' * 20000, a + 'x') for x in range(99)]",
    "a = distinct([x * (2**61 - 1) for x in range(9999)])",
    "a = {x * (2**61 - 1) for x in range(9999)}",
    "a = {x * (2**61 - 1): 1 for x in range(9999)}",
    "a = dict([((x * (2**61 - 1), 1), 1) for x in range(9999)])",
    "a = combinations(range(9999), 99)",
    "a = '\ud800'",
    "a = '\0'",
)


def template_of(parameters: str = "", stem: str = "stem", **fields: str) -> ItemTemplate:
    return ItemTemplate(QuestionType.SHORT_ANSWER, stem, parameters, TemplatePart(value="1"), **fields)  # type: ignore[arg-type]


def draw_once(template: ItemTemplate) -> None:
    """Draw; a template may be wrong, but in no other way than the clear error, and soon."""
    began = time.process_time()
    try:
        Prepared(template).draw(Random(1))
    except TemplateError as error:
        assert str(error)
        assert error.place.field
        assert error.place.line >= 1
        assert error.place.column >= 1
    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize("parameters", HOSTILE, ids=lambda text: text[:40].encode("ascii", "replace").decode())
def test_a_hostile_program_ends_soon(parameters: str) -> None:
    draw_once(template_of(parameters))


@pytest.mark.parametrize(
    "definition",
    [line for line in HOSTILE if "shuffled" not in line],
    ids=lambda text: text[:20].encode("ascii", "replace").decode(),
)
def test_a_hostile_definition_ends_soon(definition: str) -> None:
    draw_once(template_of("b = a", definitions=definition))


NUMBERS = ("0", "-1", "3", "10**9", "7/3", "sqrt(2)", "2**1500", "1 == 1", "f")
LISTS = ("[]", "(1, 2)", "('a', 'b')", "[[1, 2], [3, 4]]", "{'a': 1}", "{}", "range(9)", "*range(99)")
TEXTS = ("''", "'ab'", "'{}'", "'%'", "'x' * 9999")
CALLS = st.builds(
    lambda name, given: f"{name}({', '.join(given)})",
    st.sampled_from(sorted(LIBRARY)),
    st.lists(
        st.sampled_from((*NUMBERS, *LISTS, *TEXTS)),
        max_size=4,
    ),
)
SIGNS = (
    "=",
    "==",
    "+",
    "-",
    "**",
    "/",
    "//",
    "%",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    ".",
    "*",
    "|",
    "^",
    "<",
    "#",
    "\\",
)
STRANGE = ("@", "≤", "đ", "$", "_", "__", "\t", "\r", "\x0b", "\u2028", "'", '"', "f'", "\n", " ", "lambda")
PLAIN = ("a", "b", "f(x)", "1", "2.5", "if", "else", "for", "in", "and", "not", "require", "range", "pick")
WORDS = st.sampled_from((*SIGNS, *STRANGE, *PLAIN))


@given(CALLS)
@settings(max_examples=600, deadline=None)
def test_any_call_of_the_library_gives_a_value_or_the_error(call: str) -> None:
    draw_once(template_of(f"f(x) = x\na = {call}"))


@given(st.lists(WORDS, max_size=30).map("".join) | st.text(max_size=60))
@settings(max_examples=800, deadline=None)
def test_any_text_as_parameters_gives_a_question_or_the_error(text: str) -> None:
    draw_once(template_of(text))
    draw_once(template_of(f"a = {text}"))


@given(st.lists(WORDS | st.sampled_from(("{@", "@}", "{@ ? @}", "{@ a @}")), max_size=20).map("".join))
@settings(max_examples=400, deadline=None)
def test_any_text_with_insertions_gives_a_question_or_the_error(text: str) -> None:
    draw_once(template_of("a = 1/3", "s" + text))


@given(
    st.text(max_size=200)
    | st.lists(
        WORDS
        | st.sampled_from(
            ("[[template]]\n", "name = 'x'\n", "type = 'short-answer'\n", "value = '1'\n", "stem = 's'\n", "[tables]\n")
        ),
        max_size=12,
    ).map("".join)
)
@settings(max_examples=400, deadline=None)
def test_any_text_as_a_file_gives_templates_or_the_error(text: str) -> None:
    try:
        templates = read_templates(text)
    except TemplateError as error:
        assert str(error)
    else:
        for new in templates:
            draw_once(new.template)
