import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from quizbank.questions.formats.mathematics.mathml_to_latex import UnreadableMathml, latex_of
from quizbank.questions.formats.xml_source import local_name, parse_xml
from repository.errors import Invalid
from repository.markup.maths import find_mathml
from tests.shared_data import SHARED, needs_shared_data

PAREN = "<mo>(</mo>{}<mo>)</mo>"
TABLE = "<mtable><mtr><mtd><mi>a</mi></mtd><mtd><mi>b</mi></mtd></mtr><mtr><mtd><mn>1</mn></mtd><mtd/></mtr></mtable>"


def latex(inner: str, namespace: str = ' xmlns="http://www.w3.org/1998/Math/MathML"') -> str:
    return latex_of(parse_xml(f"<math{namespace}>{inner}</math>".encode()))


@pytest.mark.parametrize(
    ("mathml", "tex"),
    [
        ("<mi>x</mi><mo>=</mo><mn>1,5</mn>", "x=1{,}5"),
        ("<mi>α</mi><mi>x</mi>", r"\alpha x"),
        ("<mi>sin</mi><mo>&#x2061;</mo><mi>x</mi>", r"\sin x"),
        ("<mi>AB</mi>", r"\mathrm{AB}"),
        ('<mi mathvariant="bold">v</mi><mi>ℝ</mi><mi>𝒜</mi>', r"\mathbf{v}\mathbb{R}\mathcal{A}"),
        ("<mfrac><mn>1</mn><mrow><mi>x</mi><mo>−</mo><mn>1</mn></mrow></mfrac>", r"\frac{1}{x-1}"),
        ('<mfrac linethickness="0"><mi>n</mi><mi>k</mi></mfrac>', r"\genfrac{}{}{0pt}{}{n}{k}"),
        ('<mfrac bevelled="true"><mi>a</mi><mi>b</mi></mfrac>', "a/b"),
        ("<msqrt><mi>x</mi><mo>+</mo><mn>1</mn></msqrt><mroot><mn>8</mn><mn>3</mn></mroot>", r"\sqrt{x+1}\sqrt[3]{8}"),
        ("<msup><mi>x</mi><mn>2</mn></msup><msub><mi>x</mi><mn>12</mn></msub>", "x^{2}x_{12}"),
        ("<msup><msub><mi>x</mi><mn>1</mn></msub><mn>2</mn></msup>", "{x_{1}}^{2}"),
        ("<msup><mi>f</mi><mo>′</mo></msup><mo>(</mo><mi>x</mi><mo>)</mo>", "f'(x)"),
        ("<msubsup><mo>∫</mo><mn>0</mn><mn>1</mn></msubsup><mi>x</mi><mi>d</mi><mi>x</mi>", r"\int_{0}^{1}xdx"),
        ("<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover>", r"\sum_{i=1}^{n}"),
        ("<munder><mi>lim</mi><mrow><mi>x</mi><mo>→</mo><mn>0</mn></mrow></munder>", r"\lim_{x\to0}"),
        ("<mover><mi>a</mi><mo>→</mo></mover>", r"\vec{a}"),
        ("<mover><mrow><mi>A</mi><mi>B</mi></mrow><mo>→</mo></mover>", r"\overrightarrow{AB}"),
        ("<mover><mrow><mi>A</mi><mi>B</mi></mrow><mo>⏜</mo></mover>", r"\overparen{AB}"),
        ("<mover><mo>→</mo><msup><mi>t</mi><mo>∘</mo></msup></mover>", r"\xrightarrow{t^{\circ}}"),
        ("<munder><munder><mi>a</mi><mo>⏟</mo></munder><mi>n</mi></munder>", r"\underbrace{a}_{n}"),
        ("<mmultiscripts><mi>U</mi><mprescripts/><mn>92</mn><mn>235</mn></mmultiscripts>", "{}_{92}^{235}U"),
        ("<mmultiscripts><mi>T</mi><mi>a</mi><none/><none/><mi>b</mi></mmultiscripts>", "T_{a}{}^{b}"),
        ("<mtext>nếu x &lt; 5%</mtext>", r"\text{nếu x < 5\%}"),
        (PAREN.format("<mi>a</mi>"), "(a)"),
        (PAREN.format("<mfrac><mi>a</mi><mi>b</mi></mfrac>"), r"\left(\frac{a}{b}\right)"),
        ("<mo>(</mo><mfrac><mi>a</mi><mi>b</mi></mfrac><msup><mo>)</mo><mn>2</mn></msup>",
         r"\left(\frac{a}{b}\right)^{2}"),
        ("<mo>[</mo><mn>1</mn><mo>;</mo><mn>2</mn><mo>)</mo>", "[1;2)"),
        ("<mo>|</mo><mfrac><mi>a</mi><mi>b</mi></mfrac><mo>|</mo>", r"\left|\frac{a}{b}\right|"),
        ('<mfenced open="[" close="]" separators=";"><mi>a</mi><mi>b</mi></mfenced>', "[a;b]"),
        (PAREN.format(TABLE), r"\begin{pmatrix}a&b\\1&\end{pmatrix}"),
        (f"<mo>|</mo>{TABLE}<mo>|</mo>", r"\begin{vmatrix}a&b\\1&\end{vmatrix}"),
        (f"<mo>{{</mo>{TABLE.replace('<mtable>', '<mtable columnalign=@left@>').replace('@', chr(34))}",
         r"\begin{cases}a&b\\1&\end{cases}"),
        (f"<mo>[</mo>{TABLE}", r"\left[\begin{array}{cc}a&b\\1&\end{array}\right."),
        ('<mtable columnlines="solid" rowlines="solid" frame="solid"><mtr><mtd/><mtd/></mtr></mtable>',
         r"\begin{array}{|c|c|}\hline &\\\hline \end{array}"),
        ('<menclose notation="updiagonalstrike"><mi>x</mi></menclose>', r"\cancel{x}"),
        ("<mo>.</mo><mo>.</mo><mo>.</mo><mi>n</mi>", r"\ldots n"),
        ("<mn>90</mn><mi>°</mi>", r"90^{\circ}"),
        ("<mi>x</mi><mspace width='1em'/><mi>y</mi>", r"x\quad y"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_formula_becomes_what_people_write_and_can_be_shown(mathml: str, tex: str) -> None:
    assert latex(mathml) == tex
    assert not tex or find_mathml(tex)


@pytest.mark.parametrize("namespace", ["", ' xmlns="http://www.w3.org/1998/Math/MathML"'])
def test_the_namespace_does_not_matter(namespace: str) -> None:
    assert latex("<mi>x</mi>", namespace) == "x"
    assert latex_of(parse_xml(b'<m:math xmlns:m="urn:m"><m:mi>x</m:mi></m:math>')) == "x"


def test_a_formula_that_brings_its_tex_is_that_tex() -> None:
    annotated = '<semantics><mi>x</mi><annotation encoding="application/x-tex">{}</annotation></semantics>'
    assert latex(annotated.format(r"\dfrac{x}{1}")) == r"\dfrac{x}{1}"
    assert latex(annotated.format(r"\nosuchcommand")) == "x"


@pytest.mark.parametrize(
    ("mathml", "named"),
    [
        ("<apply><plus/><ci>x</ci></apply>", "apply"),
        ("<menclose><mn>12</mn></menclose>", "longdiv"),
        ("<mfrac><mi>a</mi></mfrac>", "mfrac"),
        ("<mmultiscripts><mprescripts/><mi>a</mi></mmultiscripts>", "mmultiscripts"),
        ('<mtable><mtr><mtd columnspan="2"><mi>a</mi></mtd></mtr></mtable>', "columnspan"),
        ("<mglyph/>", "mglyph"),
        ("<mrow>" * 90 + "<mi>x</mi>" + "</mrow>" * 90, "math"),
        ("<mi/>" * 20_001, "math"),
    ],
)
def test_what_has_no_latex_is_named(mathml: str, named: str) -> None:
    with pytest.raises(UnreadableMathml, match=named):
        latex(mathml)


NAMES = "mrow mi mo mn mtext mfrac msqrt mroot msup msub msubsup mover munder munderover mtable mtr mtd mfenced mspace"
LEAVES = st.builds(
    lambda name, text: f"<{name}>{text}</{name}>",
    st.sampled_from(["mi", "mo", "mn", "mtext"]),
    st.text("xαAB12,.()[]{}|+−→∑∫′ ½\\^_%$#~", max_size=4),
)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.builds(
        lambda name, parts: f"<{name}>{''.join(parts)}</{name}>",
        st.sampled_from(NAMES.split()),
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


@given(TREES)
@settings(max_examples=300, deadline=None)
def test_any_tree_gives_latex_on_one_line_or_a_reason(mathml: str) -> None:
    try:
        tex = latex(mathml)
    except UnreadableMathml:
        return
    assert "\n" not in tex
    assert not re.search(r"(?<!\\)\$", tex)


def shown(mathml: str) -> list[object]:
    """What a reader sees of a formula: signs and their arrangement, without spaces, attributes and empty rows."""
    bare = re.sub(r"<annotation.*?</annotation>", "", mathml, flags=re.DOTALL).replace("&ApplyFunction;", "")
    return parts_of(etree.fromstring(bare))


def parts_of(element: etree._Element) -> list[object]:
    name, text = local_name(element), (element.text or "").strip()
    inner = [part for child in element for part in parts_of(child)]
    if name in ("math", "semantics", "mrow", "mstyle", "mpadded"):
        return inner
    if name == "mspace" or (name in ("mo", "mtext") and text in ("", "\u2063")):
        return []
    if name in ("mi", "mn", "mtext"):
        name = "text"
    if name in ("msub", "msup", "mfrac", "mover", "munder", "msubsup", "munderover", "mroot"):
        name = {"munder": "msub", "munderover": "msubsup"}.get(name, name)
        inner = [parts_of(child) for child in element]
    return [(name, {"‾": "¯", "″": "′′"}.get(text, text), inner)]


def formulas_of_papers() -> Iterator[str]:
    for path in sorted((SHARED / "exams").rglob("*.txt")):
        yield from re.findall(r"\$([^$\n]{1,600})\$", path.read_text(encoding="utf-8"))


@needs_shared_data
def test_formulas_of_real_papers_look_the_same_after_a_journey_through_mathml() -> None:
    different = []
    formulas = sorted({tex for tex in formulas_of_papers() if find_mathml(tex)})
    for tex in formulas:
        mathml = find_mathml(tex) or ""
        bare = re.sub(r"<annotation.*?</annotation>", "", mathml, flags=re.DOTALL).replace("&ApplyFunction;", "\u2061")
        again = find_mathml(latex_of(etree.fromstring(bare)))
        if again is None or shown(again) != shown(mathml):
            different.append(tex)
    assert len(formulas) > 1_500
    assert [tex for tex in different if not re.search(r"\\stackrel|\\prime ?\\prime", tex)] == []
    assert len(different) <= 20


@needs_shared_data
def test_every_formula_in_the_files_of_others_is_shown_or_named() -> None:
    formulas, unreadable = 0, set()
    for path in sorted((SHARED / "formats").rglob("*.xml")):
        try:
            root = parse_xml(path.read_bytes())
        except Invalid:
            continue
        for math in (found for found in root.iter() if local_name(found) == "math"):
            formulas += 1
            try:
                assert find_mathml(latex_of(math)) is not None, path
            except UnreadableMathml as error:
                unreadable.add(str(error))
    assert formulas > 100
    assert unreadable == {"menclose top left", "menclose horizontalstrike"}
