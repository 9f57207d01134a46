"""Formulas: converted within caps, without inline styles, with the source beside them."""

import re
import time

import pytest

from repository.markup import render
from repository.markup.chemistry import expand_chemistry
from repository.markup.formulas import formulas_in
from repository.markup.maths import STYLE_CLASSES, UnreadableMaths, depth_of, find_mathml, mathml_of, unclosed_in
from tests.shared_data import SHARED, needs_shared_data


def runs(text: str) -> list[str]:
    return [text[formula.start : formula.end] for formula in formulas_in(text)]


@pytest.mark.parametrize(
    "tex", ["\\sqrt{" * 41 + "x" + "}" * 41, "{" * 800, "\\left(" * 50 + "x" + "\\right)" * 50, "x" * 2_001, "", "  "]
)
def test_what_would_kill_the_converter_is_refused_before_it(tex: str) -> None:
    with pytest.raises(UnreadableMaths):
        mathml_of(tex)


OPENING = ("lparen", "lang", "lAngle", "llangle", "llbracket", "llparenthesis", "lBrace", "langle", "lvert", "ulcorner")
UNHEARD = (r"(\middle)", "(^)", "(_ )", "(%)\n", r"(^\Big)", r"(\rang ", r"(\Bigl)", r"\bigl|")


@pytest.mark.parametrize(
    "bracket",
    ["(", "[", r"\{", r"\big(", "f(x)(", *"⟨⟦⌊⌈⟮⦃", *(rf"\{name} " for name in OPENING), *UNHEARD],
)
def test_what_would_keep_the_converter_busy_for_years_is_refused_before_it(bracket: str) -> None:
    started = time.process_time()
    assert find_mathml(bracket * 60 + "x") is None
    assert find_mathml(r"\sqrt{" + bracket * 60 + "x}") is None
    assert time.process_time() - started < 1


def test_congruences_without_end_are_refused_before_they_are_read() -> None:
    started = time.process_time()
    assert find_mathml((r"\xrightarrow\mod\pmod\pmod" * 90)[:1_999].rpartition("\\")[0]) is None
    assert find_mathml(r"a \equiv b \pmod{7},\ c \equiv d \pmod{5}") and time.process_time() - started < 0.5


def test_brackets_that_are_closed_or_left_open_now_and_then_are_read() -> None:
    assert [unclosed_in(tex) for tex in ("[0;1) \\cup ]2;3[", "(" * 60 + ")" * 60, r"\left(" * 9, "{(}{(}(")] == [
        1,
        0,
        0,
        1,
    ]
    assert find_mathml("[0;1) \\cup ]2;3[") and find_mathml("(" * 12 + "x") and find_mathml("(" * 60 + "x" + ")" * 60)


def test_brackets_of_all_kinds_that_are_closed_are_read() -> None:
    for pair in ("⟨a⟩", "⟦a⟧", "⌊a⌋", "⌈a⌉", r"\lparen a\rparen ", r"\lBrace a\rBrace ", "(a^2)", r"\bigl|a\bigr|"):
        assert unclosed_in(pair * 13) == 0 and find_mathml(pair * 13) is not None, pair


def test_definitions_are_refused() -> None:
    assert find_mathml(r"\def\a{\a\a}\a") is None
    assert find_mathml(r"\newcommand{\a}{x}\a") is None


def test_real_nesting_is_far_below_the_cap() -> None:
    assert depth_of(r"\left\{\begin{array}{l}\frac{1}{2}\end{array}\right.") == 3


def test_a_closing_brace_too_many_hides_no_depth() -> None:
    assert depth_of("}}}{{{") == 3


def test_inline_styles_become_classes() -> None:
    html = mathml_of(r"\begin{array}{l|r}a&b\\\hline c&d\end{array}")
    assert " style=" not in html
    assert 'class="m-left m-line-right"' in html and "m-line-top" in html


def test_every_class_is_told_to_the_style_sheet_owner() -> None:
    import repository.markup

    assert all(name in (repository.markup.__doc__ or "") for name in STYLE_CLASSES.values())


def test_a_colour_is_dropped_and_the_letter_stays() -> None:
    assert "color" not in re.sub(r"<annotation.*", "", mathml_of(r"\color{red}x"))


@pytest.mark.parametrize(
    ("chemistry", "tex"),
    [
        ("H2O", r"\mathrm{H}_{2}\mathrm{O}"),
        ("SO4^2-", r"\mathrm{SO}_{4}^{2-}".replace("SO", "S}\\mathrm{O")),
        ("Fe^{3+}", r"\mathrm{Fe}^{3+}"),
        ("Na+", r"\mathrm{Na}^{+}"),
        ("2H2 + O2", r"2\,\mathrm{H}_{2}+\mathrm{O}_{2}"),
        ("CH3-CH3", r"\mathrm{C}\mathrm{H}_{3}-\mathrm{C}\mathrm{H}_{3}"),
        ("CH2=CH2", r"\mathrm{C}\mathrm{H}_{2}=\mathrm{C}\mathrm{H}_{2}"),
        ("^{14}_{6}C", r"{}^{14}_{6}\mathrm{C}"),
        ("(NH4)2SO4", r"(\mathrm{N}\mathrm{H}_{4})_{2}\mathrm{S}\mathrm{O}_{4}"),
        ("CuSO4.5H2O", r"\mathrm{Cu}\mathrm{S}\mathrm{O}_{4}\cdot 5\,\mathrm{H}_{2}\mathrm{O}"),
        ("BaSO4 v", r"\mathrm{Ba}\mathrm{S}\mathrm{O}_{4}\downarrow "),
        ("H2 ^", r"\mathrm{H}_{2}\uparrow "),
        ("A <=> B", r"\mathrm{A}\rightleftharpoons \mathrm{B}"),
        ("A ->[t^o] B", r"\mathrm{A}\xrightarrow{\mathrm{t}^{\mathrm{o}}} \mathrm{B}"),
        ("NaCl(aq)", r"\mathrm{Na}\mathrm{Cl}\mathrm{(aq)}"),
    ],
)
def test_chemistry_is_rewritten_as_tex(chemistry: str, tex: str) -> None:
    assert expand_chemistry(rf"\ce{{{chemistry}}}") == "{" + tex + "}"
    assert find_mathml(rf"\ce{{{chemistry}}}") is not None


def test_chemistry_that_never_closes_stays_as_it_is() -> None:
    assert expand_chemistry(r"\ce{H2O") == r"\ce{H2O"


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        (r"Hàm số y=f\left(x\right) đồng biến", [r"y=f\left(x\right)"]),
        ("cấp số cộng (u_n) có u_1 = 1 và u_2 = 3.", ["(u_n)", "u_1 = 1", "u_2 = 3"]),
        (r"AABB \times AABB.", [r"AABB \times AABB"]),
        ("Kiểu gen X^AX^a.", ["X^AX^a"]),
        ("khối lượng 9.1*10^-31 kg", ["9.1*10^-31 kg"]),
        (r"f\left(x\right)<e^x+m đúng với mọi x", [r"f\left(x\right)<e^x+m"]),
        ("bằng a^3.", ["a^3"]),
        (r"véctơ \vec{AB}=\left(1;2;3\right) là", [r"\vec{AB}=\left(1;2;3\right)"]),
        ("diện tích 5 cm^2 của", ["5 cm^2"]),
        ("(tại x^2 thì", ["x^2"]),
    ],
)
def test_bare_formulas_are_found_where_they_begin_and_end(text: str, formulas: list[str]) -> None:
    assert runs(text) == formulas


@pytest.mark.parametrize(
    "text",
    [
        "S + was/ were + V_ing + when",
        "F_đh cực đại",
        "snake_case_name",
        "C:\\Bài tập",
        "a + b = c",
        "Câu 1. A. B. C.",
        "đ^ẹp",
    ],
)
def test_words_are_no_formulas(text: str) -> None:
    assert "<math" not in render(text).html


def test_numbers_in_a_row_keep_their_distance() -> None:
    html = render(r"x -\infty 0 1 +\infty").html
    assert r"0</mn><mtext>" in html or "<mspace" in html


def test_all_of_an_exponent_is_raised() -> None:
    assert "<mrow><mo" in render("10^-31").html and "<mn>31</mn></mrow></msup>" in render("10^-31").html


def test_a_bare_formula_that_cannot_be_read_stays_as_written() -> None:
    assert render(r"tia \gama là").html == r"tia \gama là"


@needs_shared_data
def test_bare_formulas_of_real_papers_are_read() -> None:
    subjects = ("toan", "vat-li", "hoa-hoc", "sinh-hoc")
    paths = [path for subject in subjects for path in sorted((SHARED / "exams" / subject).glob("*.txt"))]
    papers = [path.read_text(encoding="utf-8") for path in paths]
    lines = [
        line for paper in papers for line in re.sub(r"\$\$?[^$]+\$\$?|\\\[.*?\\\]|!\[.*?\)", " ", paper).split("\n")
    ]
    read = [find_mathml(formula.tex) is not None for line in lines for formula in formulas_in(line)]
    assert len(read) > 1_000
    assert read.count(False) <= 0.03 * len(read)


def test_marks_stand_over_the_middle_of_their_letter() -> None:
    assert '<mo stretchy="true">\u203e</mo></mover>' in mathml_of(r"\overline{AB}")
    assert "\u00a0\u20d7</mo>" in mathml_of(r"\vec{u}")


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("<code>x_1 = y^2</code>", "<code>x_1 = y^2</code>"),
        ("<pre>a_1 = 3\nb^2</pre>", "<pre>a_1 = 3<br>b^2</pre>"),
        ("<code><i>x_1</i></code>", "<code><i>x_1</i></code>"),
        (r"\texttt{x_1}", "<code>x_1</code>"),
        ("<pre><code>x_1</code> y_2</pre>", "<pre><code>x_1</code> y_2</pre>"),
    ],
)
def test_code_is_no_formula(source: str, html: str) -> None:
    assert render(source).html == html


def test_a_formula_beside_code_is_one() -> None:
    assert render("<code>x_1</code> và x_1").html.count("<math>") == 1
    assert render(r"$\unknowable{x}$ và x_1").html.count("<math>") == 1
