"""MathType equations against the MathML that MathType's own translator, and one other, made of them."""

import itertools
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.questions.formats.mathematics.equation_objects import equation_in, latex_of_equation, mathml_of_object
from quizbank.questions.formats.mathematics.mtef import MtefError, read_mtef
from quizbank.questions.formats.mathematics.mtef_mathml import mathml_of
from repository.markup.maths import find_mathml
from tests.shared_data import SHARED, needs_shared_data

FIXTURES = SHARED / "formats" / "mathtype" / "jure__mathtype_to_mathml" / "spec" / "fixtures"
SAME_SIGNS = str.maketrans({"\u2212": "-", "\u2032": "'", "\u2329": "⟨", "\u232a": "⟩", "〚": "⟦", "〛": "⟧"})
NO_SIGN = {"mstyle", "semantics", "math", "mrow"}
FRAKTUR = {"M": "𝔐", "A": "𝔄"}
Shape = tuple[object, ...]
UNREADABLE_EXPECTED = {"450": ("&#xFFFD;", "Φ")}
"""Where the translator itself lost a letter."""


def names() -> list[str]:
    return sorted(path.stem for path in (FIXTURES / "input").glob("*.bin"))


def shape_of(element: Element) -> list[Shape]:
    """What an element says, whatever the spaces, empty scripts, groups without a sign and names for the same."""
    tag = element.tag.rpartition("}")[2]
    children = [shape for child in element for shape in shape_of(child)]
    if tag == "annotation":
        return []
    if tag in NO_SIGN:
        return children
    if tag in {"mi", "mn", "mo", "mtext"}:
        letters = "".join((element.text or "").split()).translate(SAME_SIGNS)
        is_fraktur = element.get("mathvariant") == "fraktur"
        return [(FRAKTUR[letter] if is_fraktur else letter,) for letter in letters]
    if tag == "mmultiscripts":
        return multiscripts_of(element)
    if tag in {"mtable", "mtr", "mtd"}:
        return [(tag, *children)]
    notation = "top right" if element.get("notation") == "actuarial" else element.get("notation", "")
    return scripts_of(tag, [tuple(shape_of(child)) for child in element], notation)


def scripts_of(tag: str, parts: list[Shape], notation: str) -> list[Shape]:
    if tag == "msqrt":
        parts = [tuple(itertools.chain.from_iterable(parts))]
    if tag in {"munderover", "msubsup"} and () in parts[1:]:
        below, above = parts[1:]
        if not below and not above:
            return list(parts[0])  # type: ignore[arg-type]
        pair = ("munder", "mover") if tag == "munderover" else ("msub", "msup")
        return [(pair[0] if below else pair[1], notation, parts[0], below or above)]
    return [(tag, notation, *parts)]


def multiscripts_of(element: Element) -> list[Shape]:
    """Scripts after what has scripts before it, as one construct or as two, are the same."""
    children = [(child.tag.rpartition("}")[2], tuple(shape_of(child))) for child in element]
    parts = [() if tag == "none" else shape for tag, shape in children if tag != "mprescripts"]
    if children[1][0] == "mprescripts":
        return [("mmultiscripts", *parts)]
    base, sub, sup, *before = parts
    return [("mmultiscripts", base, *before), ("msubsup", "", (), sub, sup)]


@needs_shared_data
@pytest.mark.parametrize("name", names())
def test_an_equation_says_what_mathtype_says(name: str) -> None:
    text = (FIXTURES / "expected" / f"{name}.xml").read_text(encoding="utf-8", errors="replace")
    text = text.replace(*UNREADABLE_EXPECTED.get(name, ("", "")))
    expected = shape_of(ElementTree.fromstring(text))
    assert shape_of(mathml_of_object((FIXTURES / "input" / f"{name}.bin").read_bytes())) == expected


def test_all_pairs_are_compared() -> None:
    if FIXTURES.is_dir():
        assert len(names()) * 2 == 64


WITHOUT_LATEX = {"boxes", "embellishments", "embellishments_roots_long_divisions"}
"""Three samples of every box, strike and long division, some of which LaTeX has no words for."""


@needs_shared_data
@pytest.mark.parametrize("name", sorted(set(names()) - WITHOUT_LATEX))
def test_an_equation_becomes_latex_that_can_be_shown(name: str) -> None:
    assert find_mathml(latex_of_equation((FIXTURES / "input" / f"{name}.bin").read_bytes()))


@needs_shared_data
@pytest.mark.parametrize("name", sorted(WITHOUT_LATEX))
def test_what_latex_has_no_words_for_is_named(name: str) -> None:
    with pytest.raises(MtefError, match="no LaTeX for menclose"):
        latex_of_equation((FIXTURES / "input" / f"{name}.bin").read_bytes())


def version_3(*body: int) -> bytes:
    return bytes([3, 1, 1, 3, 0, 10, *body, 0, 0])


def char(letter: str, typeface: int = 3) -> list[int]:
    return [2, 128 + typeface, ord(letter) & 255, ord(letter) >> 8]


def slot(*records: list[int]) -> list[int]:
    return [1, *itertools.chain.from_iterable(records), 0]


NULL_SLOT = [0x11]


def said(data: bytes) -> str:
    return "".join(ElementTree.tostring(child, encoding="unicode") for child in mathml_of(read_mtef(data)))


def test_equation_editor_fractions_are_read() -> None:
    fraction = [3, 14, 0, 0, *slot(char("a")), *slot(char("b")), 0]
    assert said(version_3(*slot(fraction))) == "<mfrac><mi>a</mi><mi>b</mi></mfrac>"


def test_equation_editor_scripts_belong_to_what_stands_before() -> None:
    script = [3, 15, 0, 0, *NULL_SLOT, *slot(char("2", 8)), 0]
    assert said(version_3(*slot(char("x"), script))) == "<msup><mi>x</mi><mn>2</mn></msup>"


def test_equation_editor_fences_are_kept() -> None:
    fence = [3, 2, 1, 0, *slot(char("x")), *char("{", 22), 0]
    assert said(version_3(*slot(fence))) == "<mrow><mo>{</mo><mi>x</mi></mrow>"


def test_equation_editor_integrals_have_their_limits() -> None:
    integral = [3, 21, 2, 0, *slot(char("x")), *slot(char("0", 8)), *slot(char("1", 8)), *char("∫", 6), 0]
    assert "<msubsup><mo>∫</mo><mn>0</mn><mn>1</mn></msubsup><mi>x</mi>" in said(version_3(*slot(integral)))


def test_equation_editor_marks_letters() -> None:
    vector = [0x22, 131, ord("a"), 0, 6, 11, 0]
    assert said(version_3(*slot(vector))) == '<mover accent="true"><mi>a</mi><mo>→</mo></mover>'


def test_names_of_functions_are_words() -> None:
    letters = [char(letter, 2) for letter in "sin"]
    assert said(version_3(*slot(*letters, char("x")))) == "<mrow><mi>sin</mi><mi>x</mi></mrow>"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "cut off"),
        (b"\x02\x00\x00\x00\x00", "version 2"),
        (version_3(3, 99, 0, 0, 0), "template 99"),
        (version_3(*[1] * 70), "deeper"),
        (version_3(*slot(char("\ue123"))), "character 0xe123"),
    ],
)
def test_what_cannot_be_read_is_named(data: bytes, words: str) -> None:
    with pytest.raises(MtefError, match=words):
        mathml_of(read_mtef(data))


def test_an_object_without_equation_is_refused() -> None:
    with pytest.raises(MtefError, match="broken"):
        equation_in(b"not an OLE file")


@given(st.binary(max_size=200), st.sampled_from([3, 5]))
def test_any_bytes_are_an_equation_or_refused(data: bytes, version: int) -> None:
    try:
        mathml_of(read_mtef(bytes([version, 1, 0, 3, 0]) + data))
    except MtefError:
        return


@needs_shared_data
@given(st.data())
def test_a_damaged_object_is_read_or_refused(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted((FIXTURES / "input").glob("*.bin"))))
    damaged = bytearray(path.read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(damaged) - 1), max_size=8)):
        damaged[place] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(0, len(damaged)))
    try:
        mathml_of_object(bytes(damaged[:end]))
    except MtefError:
        return
