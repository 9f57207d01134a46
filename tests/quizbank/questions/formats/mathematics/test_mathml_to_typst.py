"""LaTeX as formulas of Typst."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from quizbank.questions.formats.mathematics.mathml_to_typst import typst_of
from quizbank.questions.formats.mathematics.mathml_tree import UnreadableMathml
from quizbank.questions.formats.mathematics.typst_signs import literal
from repository.markup import render
from repository.markup.maths import find_mathml
from tests.quizbank.typesetting import set_formulas, words_of_code
from tests.shared_data import SHARED, needs_shared_data

VOCABULARY = frozenset(
    """
    s tx nm fn at lim xarr ap boxed lay h em math.lr math.binom math.class math.frac math.sqrt math.root math.attach
    math.accent math.overline math.underline math.overbrace math.underbrace math.overbracket math.underbracket
    math.overparen math.underparen math.cancel math.display math.inline math.script math.sscript math.vec hide
    limits true false t b tl tr bl br cross inverted angle deg style weight delim none size align left right center
    augment hline vline
    """.split()  # noqa: SIM905 - reads better in rows
)
MATHS = re.compile(r"<math[ >].*?</math>", re.DOTALL)


def tree(mathml: str) -> etree._Element:
    return etree.fromstring(re.sub(r"&[A-Za-z]{5,};", lambda entity: unescape(entity[0]), mathml))


def code_of(tex: str) -> str:
    found = find_mathml(tex)
    assert found is not None, tex
    return typst_of(tree(found))


@pytest.mark.parametrize(
    ("tex", "code"),
    [
        ("x", 's("x")'),
        ("12", '"12"'),
        (r"\frac{a}{2}", 'math.frac(s("a"), "2")'),
        (r"\dfrac12", 'math.display(math.frac("1", "2"))'),
        ("x^2", 'at(s("x"), t: "2")'),
        ("C_n^k", 'at(s("C"), b: s("n"), t: s("k"))'),
        (r"\sqrt[3]{2}", 'math.root("3", "2")'),
        (r"\sin x", '{fn("sin"); s("x")}'),
        (r"\log_2 3", '{at(fn("log"), b: "2"); "3"}'),
        (r"\overrightarrow{AB}", 'math.accent({s("A"); s("B")}, "\u20d7")'),
        (r"\widehat{ABC}", 'math.accent({s("A"); s("B"); s("C")}, "\u0302")'),
        (r"\overline{z}", 'math.overline(s("z"))'),
        (r"{}^{14}_{6}C", 'at(s("C"), bl: "6", tl: "14")'),
        (r"{}^{2}_{1}H_2", 'at(s("H"), bl: "1", tl: "2", br: "2")'),
        (r"\mathrm{NaOH}", 'nm("NaOH")'),
        (r"\binom{n}{2}", 'math.binom(s("n"), "2")'),
        (r"\boxed{2}", 'boxed("2")'),
        (r"\cancel{x}", 'math.cancel(s("x"))'),
        (r"\underbrace{a}_{n}", 'math.underbrace(s("a"), s("n"))'),
        (r"\xrightarrow{t^o}", 'xarr("→", t: {h(0.4286em); at(s("t"), t: s("o")); h(0.4286em)})'),
        (r"\text{nếu } x", '{{tx("nếu"); h(0.25em)}; s("x")}'),
        (r"\not\subset", 's("⊄")'),
    ],
)
def test_formulas_become_code(tex: str, code: str) -> None:
    assert code in code_of(tex)


def test_a_decimal_comma_has_no_space_behind_it_and_a_list_has() -> None:
    comma = 'math.class("normal", ",")'
    assert comma in code_of("2,5")
    assert comma in code_of("2,5^2")
    assert comma not in code_of("(2, 5)")
    assert comma not in code_of("(a,b)")
    assert 's(",")' in code_of(r"\{a,b\}")


def test_brackets_grow_only_where_they_should() -> None:
    assert code_of(r"\left(\frac12\right)").startswith('math.lr({math.class("opening", s("("))')
    assert "math.lr" not in code_of("(x)")
    one_sided = code_of(r"\left\{\begin{array}{l}x\\y\end{array}\right.")
    assert one_sided.count("math.class") == 1


def test_a_system_is_left_aligned_and_equations_at_their_signs() -> None:
    assert "lay(align: left" in code_of(r"\begin{cases}x\\y\end{cases}")
    assert code_of(r"\begin{aligned}x&=1\\y&=2\end{aligned}").count("ap;") == 2


def test_rules_of_an_array_stay() -> None:
    assert "augment: (hline: (1, ), vline: (1, ))" in code_of(r"\begin{array}{c|c}a&b\\\hline c&d\end{array}")


def test_what_has_no_counterpart_is_refused() -> None:
    for mathml in ("<math><mystery/></math>", "<math><mfrac><mi>x</mi></mfrac></math>"):
        with pytest.raises(UnreadableMathml):
            typst_of(tree(mathml))


def test_depth_is_bounded() -> None:
    deep = "<mrow><mi>x</mi>" * 60 + "</mrow>" * 60
    with pytest.raises(UnreadableMathml):
        typst_of(tree(f"<math>{deep}</math>"))
    set_formulas([code_of(r"\sqrt{" * 11 + "x" + "}" * 11)])


@given(st.text(max_size=40))
def test_a_literal_is_one_string_whatever_is_in_it(text: str) -> None:
    assert words_of_code(literal(text)) == set()


TOKENS = [
    *(
        r"\frac{#}{$}",
        r'"',
        r"\backslash",
        "]",
        ")",
        r"\text{#eval(\"1\")}",
        r"\mathrm{a]b}",
        "x^2",
        r"\%",
        r"\#",
        r"\$",
    ),
    *(r"\text{”}", r"\left(", r"\right)", "&", "_1", "'", r"\{", r"\}", r"\overset{#}{=}", r"\sqrt{;}", "//", "/*"),
]


@given(st.lists(st.sampled_from(TOKENS), max_size=8).map(" ".join))
def test_no_formula_speaks_a_word_of_its_own(tex: str) -> None:
    found = find_mathml(tex)
    if found is not None:
        assert words_of_code(typst_of(tree(found))) <= VOCABULARY


@needs_shared_data
def test_every_formula_of_the_real_papers_is_set() -> None:
    found: dict[str, None] = {}
    for path in sorted((SHARED / "exams").glob("*/*.txt")):
        for block in re.split(r"\n\s*\n|\n(?=[A-D]\. )", path.read_text(encoding="utf-8")):
            found |= dict.fromkeys(MATHS.findall(render(block).html))
    assert len(found) > 2_000
    codes = [typst_of(tree(mathml)) for mathml in found]
    assert set().union(*map(words_of_code, codes)) <= VOCABULARY
    assert set_formulas(codes).startswith(b"%PDF")
