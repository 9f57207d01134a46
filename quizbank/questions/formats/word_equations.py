"""Equations that Word keeps as embedded objects of MathType or the old Equation Editor, as LaTeX."""

from xml.etree import ElementTree

from lxml import etree

from quizbank.questions.formats.mathematics.equation_objects import mathml_of_object
from quizbank.questions.formats.mathematics.mathml_to_latex import latex_of

EQUATIONS = ("equation.", "mathtype")


_NATIVE = "Equation Native".encode("utf-16-le")


def is_equation(program: str, data: bytes | None) -> bool:
    """Whether an object was made by an equation editor, by its program's name (``Equation.DSMT4``).

    LibreOffice names no program: there what the object holds tells.
    """
    return program.lower().startswith(EQUATIONS) or (not program and data is not None and _NATIVE in data)


def latex_of_equation(data: bytes) -> str:
    """The LaTeX of an equation object.

    Raises:
        ValueError: it can't be read, or has no LaTeX.
    """
    mathml = ElementTree.tostring(mathml_of_object(data))
    try:
        return latex_of(etree.fromstring(mathml))
    except etree.XMLSyntaxError as error:  # a character that no XML may hold
        raise ValueError(str(error)) from error
