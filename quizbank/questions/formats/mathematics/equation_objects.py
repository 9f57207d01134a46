"""Equations that Word keeps as OLE objects, made with Equation Editor or MathType."""

import io
import struct
from xml.etree.ElementTree import Element, tostring

import olefile
from lxml import etree

from quizbank.questions.formats.mathematics.mathml_to_latex import UnreadableMathml, latex_of
from quizbank.questions.formats.mathematics.mtef import MtefError, read_mtef
from quizbank.questions.formats.mathematics.mtef_mathml import mathml_of

STREAM = "Equation Native"
MAX_OBJECT_BYTES = 8 << 20


def latex_of_equation(data: bytes) -> str:
    """The LaTeX of an equation object, without its dollars.

    Args:
        data: as for ``mathml_of_object``.

    Raises:
        MtefError: it is no equation, one that can't be read, or one that LaTeX has no words for: keep its picture.
    """
    try:
        return latex_of(etree.fromstring(tostring(mathml_of_object(data), encoding="utf-8")))
    except UnreadableMathml as error:
        raise MtefError(f"no LaTeX for {error}") from error


def mathml_of_object(data: bytes) -> Element:
    """The ``math`` element of an equation object.

    Args:
        data: the bytes of the embedded file (``word/embeddings/oleObject1.bin``).

    Raises:
        MtefError: it is no equation, or one that can't be read; the text says at which record.
    """
    return mathml_of(read_mtef(equation_in(data)))


def equation_in(data: bytes) -> bytes:
    """The MTEF stream in an OLE object.

    Raises:
        MtefError: there is none.
    """
    if len(data) > MAX_OBJECT_BYTES:
        raise MtefError(f"{len(data)} bytes")
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            if not ole.exists(STREAM):
                raise MtefError("no equation in the object")
            with ole.openstream(STREAM) as stream:
                native: bytes = stream.read()
        (header_bytes,) = struct.unpack_from("<H", native)
        (size_bytes,) = struct.unpack_from("<I", native, 8)
    except MtefError:
        raise
    except Exception as error:  # the library raises whatever it stumbles on
        raise MtefError("broken object") from error
    return native[header_bytes : header_bytes + size_bytes]
