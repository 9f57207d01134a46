"""The language: what expressions give, and what they are told when they are wrong."""

from fractions import Fraction
from random import Random
from typing import Any

import pytest

from quizbank.item_templates.errors import TemplateError
from quizbank.item_templates.expressions import compile_expression
from quizbank.item_templates.names import Names
from quizbank.item_templates.operations import Run
from quizbank.item_templates.programs import compile_program
from quizbank.item_templates.scanning import scan_expression
from tests.quizbank.item_templates.language import PLACE, fault_in, run_program, value_of

EXACT: dict[str, Any] = {
    "2 + 3 * 4": 14,
    "7 / 2": Fraction(7, 2),
    "6 / 3": 2,
    "0.1 + 0.2": Fraction(3, 10),
    "-7 // 2": -4,
    "-7 % 3": 2,
    "7 / 2 // 1": 3,
    "2 ** 10": 1024,
    "2 ** -2": Fraction(1, 4),
    "(2 / 3) ** 2": Fraction(4, 9),
    "xor(5, 1) | 8": 12,
    "1 < 2 < 3 < 3": False,
    "1 == 1.0 == 2 / 2": True,
    "'a' in 'bat' and 3 not in (1, 2)": True,
    "not 0 or 1 / 0": True,
    "'yes' if [] else 'no'": "no",
    '"\\frac{1}{2}"': "\\frac{1}{2}",
    '"\\\\"': "\\\\",
    "'a' + 'b' * 3": "abbb",
    "[1, 2] + (3,)": (1, 2, 3),
    "{1, 2, 1}": (1, 2),
    "[*range(3), 9]": (0, 1, 2, 9),
    "span(1, 9, 4)": (1, 5, 9),
    "span(5, 1, -2)": (5, 3, 1),
    "nonzero(-2, 2)": (-2, -1, 1, 2),
    "[a * b for a, b in zip((1, 2), (3, 4)) if a != 1]": (8,),
    "{x: x * x for x in span(1, 3)}[3]": 9,
    "{'base': 'go'}.base": "go",
    "{'a': 1} | {'a': 2}": {"a": 2},
    "'PYTHON'[1:4]": "YTH",
    "'PYTHON'[::-1]": "NOHTYP",
    "(1, 2, 3)[-1]": 3,
    "sum(x * x for x in span(1, 4))": 30,
    "sorted((3, 1, 2), reverse=True)": (3, 2, 1),
    "max(3, 7 / 2, 2)": Fraction(7, 2),
    "min((3, 1, 2))": 1,
    "distinct((2, 1, 2))": (2, 1),
    "first([x for x in span(2, 9) if x % 4 == 0])": 4,
    "first([], 'none')": "none",
    "fill('{} of {}', 'a', 2)": "a of 2",
    "fill('{1} {0} {2}', 'a', 'b')": "b a {2}",
    "join(', ', (1, 'b', 1 / 3))": "1, b, 1/3",
    "code([1, 'a', [2]])": "[1, 'a', [2]]",
    "binary(10) + hexadecimal(255) + octal(8)": "1010FF10",
    "number('2,5')": Fraction(5, 2),
    "split_root(12)": (2, 3),
    "rounded(2.345, 2)": Fraction(47, 20),
    "polynomial(1, 0, -3, variable='n')": "n^2 - 3",
    "total((2, 'x^2'), (-3, 'x'), (1, ''))": "2x^2 - 3x + 1",
    "interval(1 / 2, 3, (True, False))": "$[\\frac{1}{2};\\ 3)$",
    "f'{3} of {7 / 2}, ${7 / 2}$'": "3 of 3,5, $\\frac{7}{2}$",
    "PARAGRAPH": "\n\n",
}


@pytest.mark.parametrize("source", EXACT)
def test_an_expression_has_its_exact_value(source: str) -> None:
    value = value_of(source)
    assert value == EXACT[source]
    assert type(value) is type(EXACT[source])


def test_roots_are_of_machine_precision_and_all_else_is_exact() -> None:
    assert value_of("sqrt(2) ** 2") == pytest.approx(2)
    assert value_of("significant(sqrt(2))") == Fraction(141, 100)


FAULTS = {
    "1 +": "Biểu thức viết sai ở gần chỗ này.",
    "": "Thiếu biểu thức ở đây.",
    "(1": "Thiếu ngoặc đóng cho “(”.",
    "1)": "Ngoặc “)” không có ngoặc mở tương ứng.",
    "cofee": "Không có tên “cofee”: hãy cho nó giá trị ở một dòng phía trên.",
    "polynomail(1)": "Không có hàm “polynomail”; có phải là “polynomial”?",
    "plain": "“plain” là tên hàm: hãy gọi nó với ngoặc tròn, hoặc đặt tên khác.",
    "'abc'.upper()": "Chỉ gọi được hàm theo tên: viết upper(text), không viết text.upper().",
    "(1).real": "Chỉ bảng mới có mục tên: “.real” không dùng được với số.",
    "{'a': 1}.items": "Bảng không có mục “items”.",
    "().__class__": "Tên “__class__” không dùng được",
    "_hidden": "Tên “_hidden” không dùng được",
    "lambda: 1": "không có cách viết này",
    "(a := 1)": "không có cách viết này",
    "None": "không có cách viết này",
    "1 is 1": "không có cách viết này",
    "~1": "Không dùng được kí tự “~”",
    "@": "Không dùng được kí tự “@”",
    "1e9": "Số viết không đúng",
    "1_000": "Số viết không đúng",
    "0x10": "Số viết không đúng",
    "1j": "Số viết không đúng",
    "b'x'": "Chữ “b” không được đứng ngay trước dấu nháy.",
    "'abc": "thiếu dấu nháy đóng",
    "'''a'''": "không dùng ba dấu liền nhau",
    "f'{1:>9}'": "Trong ngoặc nhọn chỉ viết biểu thức, không thêm kiểu định dạng.",
    "f'{1!r}'": "Trong ngoặc nhọn",
    "1 / 0": "Chia cho 0.",
    "0 ** -1": "Chia cho 0.",
    "8 ** (1 / 3)": "Số mũ phải là số nguyên",
    "'a' + 1": "Phép “+” không làm được với đoạn chữ và số.",
    "'%d' % 5": "Phép “%” không làm được với đoạn chữ và số.",
    "'a' < 1": "Không so sánh lớn bé được đoạn chữ với số.",
    "[1, 2][5]": "Danh sách chỉ có 2 phần tử, không có vị trí 5.",
    "[1, 2]['a']": "Vị trí trong danh sách phải là số nguyên.",
    "5[0]": "Chỉ lấy được phần tử của danh sách, bảng hoặc đoạn chữ.",
    "len(5)": "Chỉ đếm được danh sách, bảng hoặc đoạn chữ.",
    "comb(5)": "Hàm comb không dùng được với các giá trị này. Cách viết: comb(n, k)",
    "plain(1, where=2)": "Hàm plain không có tham số “where”.",
    "sqrt(-1)": "Hàm sqrt không dùng được",
    "pick((1, 2))": "Chỉ được rút ngẫu nhiên trong phần tham số.",
    "[x for x in 5]": "Cần một danh sách, không phải số.",
    "[a for a, b in [(1, 2, 3)]]": "Cần đúng 2 giá trị cho các tên này.",
    "f'{[1]}'": "Không viết thẳng danh sách vào lời văn được",
    "9 ** 9 ** 9": "Số quá lớn.",
    "'a' * 10 ** 9": "Đoạn chữ hoặc danh sách quá dài.",
    "range(10 ** 12)": "Đoạn chữ hoặc danh sách quá dài.",
    "[x for x in range(10000) for y in range(10000)]": "Phép tính quá dài",
    "factorial(171)": "Cần một số nguyên từ 0 đến 170.",
    "plain(1, 10 ** 9)": "Cần một số nguyên từ 0 đến 12.",
}


@pytest.mark.parametrize("source", FAULTS)
def test_a_wrong_expression_is_told_what_to_do(source: str) -> None:
    assert FAULTS[source] in str(fault_in(source))


def test_a_fault_names_its_place_in_characters() -> None:
    assert fault_in("'đường ấy' + chiều").place.column == 14
    assert fault_in('"\\a" + "\\b" + missing').place.column == 15
    assert fault_in("f'ơ' + missing").place.column == 8


def test_a_fault_in_a_later_line_names_that_line() -> None:
    with pytest.raises(TemplateError) as caught:
        compile_program("a = 1\n\n# note\nb = [\n    a,\n    missing,\n]", Names())
    assert (caught.value.place.field, caught.value.place.line, caught.value.place.column) == ("parameters", 6, 5)


def test_lines_are_run_in_order_with_the_draws_of_random() -> None:
    program = (
        "a, b = sample(span(-9, 9), 2)\n(c, d), e = (integer(1, 6), pick('xyz')), chance()\nf = shuffled((1, 2, 3))"
    )
    r = Random(7)
    first, second = r.sample(range(-9, 10), 2)
    c, d, e = r.randint(1, 6), r.choice("xyz"), r.random() < 0.5
    mixed = [1, 2, 3]
    r.shuffle(mixed)
    assert run_program(program, Random(7)) == {
        "a": first, "b": second, "c": c, "d": d, "e": e, "f": tuple(mixed),
    }  # fmt: skip


def test_an_unmet_requirement_ends_the_draw() -> None:
    assert run_program("a = 3\nrequire a > 5\nb = 1 / 0", Random(1)) is None
    assert run_program("a = 3\nrequire a < 5", Random(1)) == {"a": 3}


def test_a_function_may_call_itself_and_be_compared_by() -> None:
    years = "years(m) = 0 if m >= 2 else 1 + years(m * 1.1)\nn = years(1)\n"
    last = "last(row) = row[-1]\nr = sorted(('ab', 'ba'), by=last)"
    assert run_program(years + last, Random(1)) == {"n": 8, "r": ("ba", "ab")}


def test_functions_and_names_live_apart() -> None:
    assert run_program("total = total((2, 'x'))\nplain = plain(total == '2x' and 5)", Random(1)) == {
        "total": "2x",
        "plain": "5",
    }


def test_a_template_function_comes_before_one_of_the_library() -> None:
    assert run_program("plain(x) = 'mine'\na = plain(1)", Random(1)) == {"a": "mine"}


def test_accumulate_gives_values_that_follow_one_another() -> None:
    program = "next_term(term, turn) = 2 * term + turn\nvalues = accumulate(next_term, 1, (1, 1, 5))"
    assert run_program(program, Random(1)) == {"values": (1, 3, 7, 19)}


@pytest.mark.parametrize(
    ("line", "message"),
    {
        "a": "Mỗi dòng phải có dạng",
        "= 1": "Thiếu biểu thức ở đây.",
        "require": "Thiếu biểu thức ở đây.",
        "a += 1": "Biểu thức viết sai",
        "a.b = 1": "Bên trái dấu bằng phải là tên",
        "f(a, a) = 1": "Tên các biến của hàm không dùng được.",
        "a, b = 1, 2, 3": "Cần đúng 2 giá trị cho các tên này.",
        "f(x) = f(x)\na = f(1)": "Hàm gọi lại chính nó quá nhiều lần.",
        "f(x) = x\na = f(1, 2)": "Hàm “f” cần 1 giá trị.",
    }.items(),
)  # fmt: skip
def test_a_wrong_line_is_told_what_to_do(line: str, message: str) -> None:
    with pytest.raises(TemplateError) as caught:
        run_program(line, Random(1))
    assert message in str(caught.value)


def test_what_depends_on_nothing_is_computed_once() -> None:
    node = compile_expression(scan_expression("[n for n in range(-9, 10) if n]", PLACE), Names())
    assert node.is_constant
    assert node.step(Run(0, None)) is node.step(Run(0, None))


def test_what_draws_is_never_computed_beforehand() -> None:
    names = Names()
    compile_program("roll(n) = integer(1, n)", names)
    assert not compile_expression(scan_expression("roll(6)", PLACE), names).is_constant
