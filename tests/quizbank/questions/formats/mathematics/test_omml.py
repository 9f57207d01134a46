"""Word's own equations become LaTeX: every construct of the format, and what Word wrote into real documents."""

import pytest
from lxml import etree

from quizbank.questions.formats.mathematics.omml_to_latex import latex_of_omml
from repository.markup.maths import find_mathml

M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def latex_of(inside: str) -> str:
    """The LaTeX of an equation; ``<x>`` stands for ``<m:x>`` and ``{abc}`` for a run with that text."""
    written = inside.replace("{", "<m:r><m:t xml:space='preserve'>").replace("}", "</m:t></m:r>")
    written = written.replace("\u0001", "{").replace("\u0002", "}")
    return latex_of_omml(etree.fromstring(f"<m:oMath xmlns:m='{M}' xmlns:w='{W}'>{written}</m:oMath>"))


def d(begin: str | None, end: str | None, *inner: str, sep: str | None = None) -> str:
    marks = "".join(
        f"<m:{name} m:val='{value.replace('{', chr(1)).replace('}', chr(2))}'/>"
        for name, value in (("begChr", begin), ("sepChr", sep), ("endChr", end))
        if value is not None
    )
    return f"<m:d><m:dPr>{marks}</m:dPr>" + "".join(f"<m:e>{part}</m:e>" for part in inner) + "</m:d>"


def script(kind: str, base: str, **scripts: str) -> str:
    parts = "".join(f"<m:{name}>{value}</m:{name}>" for name, value in scripts.items())
    return (
        f"<m:{kind}>{parts}<m:e>{base}</m:e></m:{kind}>"
        if kind == "sPre"
        else f"<m:{kind}><m:e>{base}</m:e>{parts}</m:{kind}>"
    )


def nary(sign: str | None, sub: str, sup: str, inside: str, more: str = "") -> str:
    chr_ = f"<m:chr m:val='{sign}'/>" if sign is not None else ""
    return (
        f"<m:nary><m:naryPr>{chr_}{more}</m:naryPr><m:sub>{sub}</m:sub><m:sup>{sup}</m:sup><m:e>{inside}</m:e></m:nary>"
    )


def group(sign: str, inside: str, pos: str = "", vert: str = "") -> str:
    more = (f"<m:pos m:val='{pos}'/>" if pos else "") + (f"<m:vertJc m:val='{vert}'/>" if vert else "")
    return f"<m:groupChr><m:groupChrPr><m:chr m:val='{sign}'/>{more}</m:groupChrPr><m:e>{inside}</m:e></m:groupChr>"


def acc(sign: str | None, inside: str) -> str:
    chr_ = f"<m:accPr><m:chr m:val='{sign}'/></m:accPr>" if sign is not None else ""
    return f"<m:acc>{chr_}<m:e>{inside}</m:e></m:acc>"


def frac(above: str, below: str, kind: str = "") -> str:
    more = f"<m:fPr><m:type m:val='{kind}'/></m:fPr>" if kind else ""
    return f"<m:f>{more}<m:num>{above}</m:num><m:den>{below}</m:den></m:f>"


def matrix(*rows: tuple[str, ...], jc: str = "") -> str:
    column = f"<m:mcPr><m:count m:val='{len(rows[0])}'/><m:mcJc m:val='{jc}'/></m:mcPr>"
    columns = f"<m:mPr><m:mcs><m:mc>{column}</m:mc></m:mcs></m:mPr>"
    body = "".join("<m:mr>" + "".join(f"<m:e>{cell}</m:e>" for cell in row) + "</m:mr>" for row in rows)
    return f"<m:m>{columns if jc else ''}{body}</m:m>"


def array(*rows: str) -> str:
    return "<m:eqArr>" + "".join(f"<m:e>{row}</m:e>" for row in rows) + "</m:eqArr>"


def limit(kind: str, base: str, lim: str) -> str:
    return f"<m:{kind}><m:e>{base}</m:e><m:lim>{lim}</m:lim></m:{kind}>"


def func(name: str, inside: str) -> str:
    return f"<m:func><m:fName>{name}</m:fName><m:e>{inside}</m:e></m:func>"


def run(text: str, properties: str) -> str:
    return f"<m:r><m:rPr>{properties}</m:rPr><m:t xml:space='preserve'>{text}</m:t></m:r>"


UPRIGHT = "<m:sty m:val='p'/>"
CASES = [
    ("{x+1}", "x+1"),
    ("{x = 1}", "x=1"),
    ("{1 000}", r"1\ 000"),
    ("{2,5}", "2,5"),
    ("{α}{x}", r"\alpha x"),
    ("{αx≤β}", r"\alpha x\le\beta"),
    ("{𝑥∈ℝ}", r"x\in\mathbb{R}"),
    ("{𝐯}", r"\mathbf{v}"),
    ("{a−b}", "a-b"),
    ("{5%}", r"5\%"),
    ("{30°}", r"30^{\circ}"),
    ("{sin x}", r"\sin x"),
    ("{f'}", "f'"),
    (run("R", "<m:scr m:val='double-struck'/>"), r"\mathbb{R}"),
    (run("F", "<m:scr m:val='script'/>"), r"\mathcal{F}"),
    (run("g", "<m:scr m:val='fraktur'/>"), r"\mathfrak{g}"),
    (run("AB", "<m:sty m:val='b'/>"), r"\mathbf{AB}"),
    (run("v", "<m:sty m:val='bi'/>"), r"\boldsymbol{v}"),
    (run("Na", UPRIGHT), r"\mathrm{Na}"),
    (run("ln", UPRIGHT), r"\ln"),
    (run("với x", "<m:nor/>"), r"\text{với x}"),
    (run("2", "<m:nor/>"), "2"),
    ("{x=1 khi và chỉ khi y=2}", r"x=1\text{ khi và chỉ khi }y=2"),
    ("{x>0 với mọi x}", r"x>0\text{ với mọi }x"),
    (frac("{a}", "{b}"), r"\frac{a}{b}"),
    (frac("{a}", "{b}", "lin"), "a/b"),
    (frac("{a+1}", "{b}", "lin"), "{a+1}/b"),
    (frac("{a}", "{b}", "skw"), "{}^{a}/_{b}"),
    (frac("{n}", "{k}", "noBar"), r"\genfrac{}{}{0pt}{}{n}{k}"),
    ("<m:rad><m:radPr><m:degHide m:val='1'/></m:radPr><m:deg/><m:e>{2gh}</m:e></m:rad>", r"\sqrt{2gh}"),
    ("<m:rad><m:deg>{3}</m:deg><m:e>{x}</m:e></m:rad>", r"\sqrt[3]{x}"),
    (nary("∑", "{i=1}", "{n}", "{i}", "<m:limLoc m:val='undOvr'/>"), r"\sum_{i=1}^{n}i"),
    (nary(None, "{0}", "{1}", "{xdx}"), r"\int_{0}^{1}xdx"),
    (nary(None, "{0}", "{1}", "{x}", "<m:limLoc m:val='undOvr'/>"), r"\int\limits_{0}^{1}x"),
    (nary("∬", "", "", "{f}", "<m:subHide m:val='1'/><m:supHide m:val='1'/>"), r"\iint f"),
    (nary("⋃", "{i}", "", "{A}", "<m:supHide/>"), r"\bigcup_{i}A"),
    (d(None, None, "{x}"), r"\left(x\right)"),
    (d("[", "]", "{0;1}"), r"\left[0;1\right]"),
    (d("[", ")", "{0;1}"), r"\left[0;1\right)"),
    (d("(", "]", "{0;1}"), r"\left(0;1\right]"),
    (d("]", "[", "{0;1}"), r"\left]0;1\right["),
    (d("{", "}", "{x}"), r"\left\{x\right\}"),
    (d("|", "|", "{x}"), r"\left|x\right|"),
    (d("‖", "‖", "{x}"), r"\left\|x\right\|"),
    (d("⟨", "⟩", "{x}"), r"\left\langle x\right\rangle"),
    (d("⌊", "⌋", "{x}"), r"\left\lfloor x\right\rfloor"),
    (d("", "|", "{x}"), r"\left.x\right|"),
    (d(None, None, "{A}", "{B}"), r"\left(A\middle|B\right)"),
    (d(None, None, "{A}", "{B}", sep=";"), r"\left(A;B\right)"),
    (d("{", "", array("{x+y=1}", "{x-y=2}")), r"\begin{cases}x+y=1\\ x-y=2\end{cases}"),
    (d("{", "", array("{x&amp;=1}", "{y&amp;=2}")), r"\left\{\begin{aligned}x&=1\\ y&=2\end{aligned}\right."),
    (d("[", "", array("{x=1}", "{x=2}")), r"\left[\begin{array}{l}x=1\\ x=2\end{array}\right."),
    (
        d("{", "", matrix(("{x}", "{1}"), ("{y}", "{2}"), jc="left")),
        r"\left\{\begin{array}{ll}x&1\\ y&2\end{array}\right.",
    ),
    (d(None, None, matrix(("{a}", "{b}"), ("{c}", "{d}"))), r"\left(\begin{matrix}a&b\\ c&d\end{matrix}\right)"),
    (array("{a=b}", "{c=d}"), r"\begin{array}{l}a=b\\ c=d\end{array}"),
    (acc(None, "{x}"), r"\hat{x}"),
    (acc(None, "{ABC}"), r"\widehat{ABC}"),
    (acc("\u20d7", "{u}"), r"\vec{u}"),
    (acc("\u20d7", "{AB}"), r"\overrightarrow{AB}"),
    (acc("\u0305", "{z}"), r"\overline{z}"),
    (acc("\u0307", "{x}"), r"\dot{x}"),
    (acc("\u0303", "{α}"), r"\tilde{\alpha}"),
    ("<m:bar><m:barPr><m:pos m:val='top'/></m:barPr><m:e>{X}</m:e></m:bar>", r"\overline{X}"),
    ("<m:bar><m:e>{X}</m:e></m:bar>", r"\underline{X}"),
    (script("sSub", "{x}", sub="{1}"), "x_{1}"),
    (script("sSup", "{10}", sup="{-3}"), "10^{-3}"),
    (script("sSup", d(None, None, "{x+1}"), sup="{2}"), r"\left(x+1\right)^{2}"),
    (script("sSup", script("sSub", "{x}", sub="{1}"), sup="{2}"), "{x_{1}}^{2}"),
    (script("sSup", frac("{a}", "{b}"), sup="{2}"), r"{\frac{a}{b}}^{2}"),
    (script("sSup", "{f}", sup="{′}"), "f'"),
    (script("sSup", "{30}", sup="{°}"), r"30^{\circ}"),
    (script("sSup", "{sin}", sup="{2}") + "{x}", r"\sin^{2}x"),
    (script("sSup", "", sup="{+}"), "{}^{+}"),
    (script("sSubSup", "{x}", sub="{1}", sup="{2}"), "x_{1}^{2}"),
    (script("sPre", "{U}", sub="{92}", sup="{235}"), "{}_{92}^{235}U"),
    (func(run("sin", UPRIGHT), "{x}"), r"\sin x"),
    (func(run("arccot", UPRIGHT), "{x}"), r"\operatorname{arccot}x"),
    (func(limit("limLow", run("lim", UPRIGHT), "{x→0}"), "{x}"), r"\lim\limits_{x\to0}x"),
    (func(script("sSub", run("log", UPRIGHT), sub="{2}"), "{x}"), r"\log_{2}x"),
    (limit("limLow", group("⏟", "{a+b}"), "{n}"), r"\underbrace{a+b}_{n}"),
    (limit("limUpp", group("⏞", "{a+b}", "top", "bot"), "{n}"), r"\overbrace{a+b}^{n}"),
    (limit("limUpp", "{=}", "{def}"), r"\overset{def}{=}"),
    (limit("limUpp", "{→}", "{t}"), r"\xrightarrow{t}"),
    (group("→", "{t}", "", "bot"), r"\xrightarrow{t}"),
    (group("→", "{t}", "top"), r"\xrightarrow[t]{}"),
    (group("⇌", "{xt}", "", "bot"), r"\xrightleftharpoons{xt}"),
    (group("→", "{AB}", "top", "bot"), r"\overrightarrow{AB}"),
    (group("⏟", "{AB}"), r"\underbrace{AB}"),
    ("<m:box><m:e>{x}</m:e></m:box>", "x"),
    ("<m:borderBox><m:e>{x=1}</m:e></m:borderBox>", r"\boxed{x=1}"),
    (
        "<m:borderBox><m:borderBoxPr><m:strikeBLTR m:val='1'/></m:borderBoxPr><m:e>{x}</m:e></m:borderBox>",
        r"\cancel{x}",
    ),
    ("<m:phant><m:phantPr><m:show m:val='0'/></m:phantPr><m:e>{x}</m:e></m:phant>", r"\phantom{x}"),
    ("<w:ins>{x}</w:ins><w:del>{y}</w:del>", "x"),
    ("<m:unknown><m:e>{x}</m:e></m:unknown>", "x"),
]


@pytest.mark.parametrize(("omml", "latex"), CASES, ids=[latex for _, latex in CASES])
def test_each_construct_is_read_and_shown(omml: str, latex: str) -> None:
    assert latex_of(omml) == latex
    assert find_mathml(latex) is not None


def test_a_paragraph_of_formulas_joins_them() -> None:
    written = f"<m:oMathPara xmlns:m='{M}'>" + "<m:oMath><m:r><m:t>a</m:t></m:r></m:oMath>" * 2 + "</m:oMathPara>"
    assert latex_of_omml(etree.fromstring(written)) == r"a\quad a"


def test_nesting_beyond_all_measure_ends_in_bare_text() -> None:
    inside = "{x}"
    for _ in range(70):
        inside = f"<m:rad><m:e>{inside}</m:e></m:rad>"
    written = latex_of(inside)
    assert written.count(r"\sqrt") < 70 and "x" in written
