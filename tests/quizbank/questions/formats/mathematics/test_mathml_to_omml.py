"""LaTeX as Word's native equations, and back again by the reader of Word's equations."""

import re
from collections import Counter
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from lxml.etree import _Element

from quizbank.questions.formats.mathematics.mathml_to_omml import NAMESPACE, omml_of
from quizbank.questions.formats.mathematics.omml_to_latex import latex_of_omml
from repository.markup.maths import find_mathml
from tests.shared_data import SHARED, needs_shared_data

INVISIBLE = "\u00a0 \u2009\u200a\u205f\u2004\u2002\u2003\u2061\u2063\u200b"
SAME = str.maketrans({"‾": "¯", "′": "'", "–": "−"})
GROUPS = {"math", "semantics", "mrow", "mstyle", "mpadded"}


def mathml(tex: str) -> _Element:
    found = find_mathml(tex)
    assert found is not None, tex
    return etree.fromstring(re.sub(r"&[A-Za-z]{5,};", lambda entity: unescape(entity[0]), found))


def there_and_back(tex: str) -> str:
    return latex_of_omml(omml_of(mathml(tex)))


def seen(element: _Element) -> list[object]:
    """What the eye sees of a formula: its signs and their places, whatever the grouping and the width of spaces."""
    name = etree.QName(element).localname
    if name in {"annotation", "mspace"}:
        return []
    if name in {"mi", "mn", "mo", "mtext"}:
        return [sign for sign in "".join(map(str, element.itertext())).translate(SAME) if sign not in INVISIBLE]
    parts = [seen(child) for child in element]
    if name in GROUPS:
        return [sign for part in parts for sign in part]
    if name in {"msub", "msup", "msubsup"} and len(parts[0]) > 1:
        return [*parts[0][:-1], (name, repr([parts[0][-1:], *parts[1:]]))]
    return [(name, repr([sign for part in parts for sign in part] if name == "mtd" else parts))]


FORMULAS = [
    r"\frac{a+b}{2}",
    r"\sqrt[3]{x}+\sqrt{2}",
    r"\left( \frac{1}{2} \right)^2",
    r"\left[ 0;1 \right)",
    r"\left|x\right|",
    r"\int_0^1 x\,dx=\frac12",
    r"\iint_D f",
    r"\sum_{i=1}^{n} i^2",
    r"\prod_{k} a_k",
    r"\lim_{x\to 0}\frac{\sin x}{x}",
    r"\left\{\begin{array}{l}x+y=1\\x-y=2\end{array}\right.",
    r"\begin{pmatrix}1&2\\3&4\end{pmatrix}",
    r"\vec{a}+\overrightarrow{AB}",
    r"\overline{abc}",
    r"\hat{A}+\tilde{b}+\dot{x}",
    r"\underbrace{a+b}_{n}",
    r"\xrightarrow{t^o}",
    r"{}^{14}_{6}\mathrm{C}",
    r"\log_2 x",
    r"60^\circ",
    r"\binom{n}{k}",
    r"\text{nếu } x>0",
    r"x_1^2",
    r"\mathbb{R}\setminus\{0\}",
    r"\mathrm{H_2O}",
    r"f'(x)",
    r"a\ne b,\ \forall x\in[0;1)",
    r"(x-4)^2+(y_1)_2^3=25",
    r"|x|+|y+1|^2",
    r"P(A|B)",
    r"=5",
    r"\mathrm{Ca^{2+}}",
    r"\lim_{x\to2}(-x^2+5)",
    r"f(g(x))",
]


@pytest.mark.parametrize("tex", FORMULAS)
def test_a_formula_looks_the_same_after_word(tex: str) -> None:
    assert seen(mathml(there_and_back(tex))) == seen(mathml(tex))


@needs_shared_data
def test_real_formulas_look_the_same_after_word() -> None:
    papers = [path.read_text(encoding="utf-8") for path in SHARED.glob("exams/*/*.txt")]
    formulas = {tex for paper in papers for tex in re.findall(r"\$([^$\n]{1,400})\$", paper)}
    changed = [tex for tex in formulas if find_mathml(tex) and seen(mathml(there_and_back(tex))) != seen(mathml(tex))]
    assert len(formulas) > 1_500
    assert [tex for tex in changed if not re.search(r"\\stackrel|\\mathscr|\\prime", tex)] == []


def test_no_slot_is_an_empty_box() -> None:
    omml = omml_of(mathml(r"\sum_{i=1}^{n} = {}^{2}\mathrm{H}"))
    slots = [slot for slot in omml.iter(f"{{{NAMESPACE}}}e") if not len(slot)]
    assert slots == []


def test_an_operator_takes_what_follows_up_to_the_relation() -> None:
    omml = omml_of(mathml(r"\int_0^1 x\,dx=2"))
    assert Counter(etree.QName(child).localname for child in omml) == {"nary": 1, "r": 2}


def kinds(tex: str) -> list[str]:
    return [etree.QName(child).localname for child in omml_of(mathml(tex))]


def test_brackets_are_one_thing_with_what_is_between_and_scripts_are_theirs() -> None:
    assert kinds("(x-4)^2") == ["sSup"]
    assert kinds("[0;1)") == kinds("|x|") == ["d"]
    assert kinds("(x)") == ["r", "r", "r"]


def test_a_function_is_applied_to_its_argument() -> None:
    assert kinds(r"\sin x") == ["func"]


def test_a_sign_without_a_neighbour_is_text() -> None:
    normal = f"{{{NAMESPACE}}}nor"
    assert [len(list(omml_of(mathml(tex)).iter(normal))) for tex in ("=5", "x=5", "x^{2+}", "-5")] == [1, 0, 1, 0]


def test_many_brackets_in_brackets_are_written() -> None:
    assert len(omml_of(mathml("(" * 12 + "x" + ")^2" * 12))) == 1


def test_endless_nesting_is_refused() -> None:
    math = etree.Element("math")
    place = math
    for _ in range(100):
        place = etree.SubElement(place, "msqrt")
    with pytest.raises(ValueError, match="deeper"):
        omml_of(math)


@given(
    st.recursive(
        st.sampled_from(["x", "2", "+", r"{\alpha}"]),
        lambda inner: st.one_of(
            st.tuples(inner, inner).map(lambda pair: rf"\frac{{{pair[0]}}}{{{pair[1]}}}"),
            st.tuples(inner, inner).map(lambda pair: rf"{{{pair[0]}}}_{{{pair[1]}}}"),
            inner.map(lambda one: rf"\sqrt{{{one}}}"),
            inner.map(lambda one: rf"\left({one}\right)"),
            st.tuples(inner, inner).map("".join),
        ),
        max_leaves=8,
    )
)
def test_built_formulas_look_the_same_after_word(tex: str) -> None:
    assert seen(mathml(there_and_back(tex))) == seen(mathml(tex))
