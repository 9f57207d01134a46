"""Names of WordprocessingML, short and without regard to which edition of the standard wrote them."""

from collections.abc import Iterator

from lxml.etree import _Element

_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic",
    "http://purl.oclc.org/ooxml/drawingml/picture": "pic",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "c",
    "http://purl.oclc.org/ooxml/drawingml/chart": "c",
    "http://schemas.openxmlformats.org/drawingml/2006/diagram": "dgm",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape": "wps",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup": "wpg",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas": "wpc",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
}
_KINDS: dict[str, str] = {}


def kind_of(element: _Element) -> str:
    """``w:p`` for a paragraph, ``m:oMath`` for an equation; ``?:name`` in a namespace that no reader needs."""
    tag = element.tag
    found = _KINDS.get(tag)
    if found is None:
        if not isinstance(tag, str):
            return ""
        namespace, _, name = tag.rpartition("}")
        found = f"{_PREFIXES.get(namespace.lstrip('{'), '?')}:{name}"
        if len(_KINDS) < 5_000:
            _KINDS[tag] = found
    return found


def attribute(element: _Element, name: str) -> str | None:
    """An attribute by its local name, whatever its namespace."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def child(element: _Element | None, kind: str) -> _Element | None:
    if element is None:
        return None
    return next((found for found in element if kind_of(found) == kind), None)


def children(element: _Element | None, kind: str) -> Iterator[_Element]:
    if element is not None:
        yield from (found for found in element if kind_of(found) == kind)


def descendants(element: _Element, kind: str) -> Iterator[_Element]:
    return (found for found in element.iter() if kind_of(found) == kind)


def value(element: _Element | None, kind: str) -> str | None:
    """The ``val`` of a child; ``""`` where the child has none, None where there is no child."""
    found = child(element, kind)
    return None if found is None else attribute(found, "val") or ""


def number(text: str | None) -> int | None:
    """A whole number as Word writes it, or None."""
    bare = (text or "").strip()
    return int(bare) if bare.removeprefix("-").isdecimal() and bare.isascii() and len(bare) < 10 else None


OFF = frozenset({"0", "false", "off", "none", "nil"})


def is_on(element: _Element) -> bool:
    """Whether a switch such as ``w:b`` is on: without a value it is."""
    return (attribute(element, "val") or "1") not in OFF
