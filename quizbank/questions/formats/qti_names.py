"""The elements of QTI 2.x and 3.0 under one name: ``qti-simple-choice`` and ``simpleChoice`` are the same thing."""

import re
from collections.abc import Iterator

from lxml import etree

from quizbank.questions.formats.xml_source import local_name

_HYPHEN = re.compile(r"-([a-z])")
_KEPT = re.compile(r"\{|data-|aria-|xml:")


def with_plain_names(root: etree._Element) -> etree._Element:
    """The same tree, in place, without namespaces and with the names and attributes of QTI 2.x throughout."""
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        name = local_name(element)
        if name.startswith("qti-"):
            name = camel(name[4:])
            for key in [key for key in map(str, element.attrib) if "-" in key and not _KEPT.match(key)]:
                element.set(camel(key), element.attrib.pop(key))
        element.tag = name
    return root


def camel(name: str) -> str:
    return _HYPHEN.sub(lambda found: found[1].upper(), name)


def name_of(element: etree._Element) -> str:
    """The name after ``with_plain_names``; nothing for comments."""
    return element.tag if isinstance(element.tag, str) else ""


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    return next(iter(children(element, name)), None)


def children(element: etree._Element | None, *names: str) -> list[etree._Element]:
    """The children of these names, or all of them."""
    if element is None:
        return []
    return [found for found in element if isinstance(found.tag, str) and (not names or found.tag in names)]


def all_of(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """The element and everything in it of these names, in document order."""
    return (found for found in element.iter() if isinstance(found.tag, str) and found.tag in names)


def words_of(element: etree._Element | None) -> str:
    """All text below with white space folded."""
    return "" if element is None else " ".join("".join(str(piece) for piece in element.itertext()).split())


def attribute(element: etree._Element | None, name: str) -> str:
    return (element.get(name) or "").strip() if element is not None else ""


def is_true(element: etree._Element, name: str) -> bool:
    return attribute(element, name).lower() in ("true", "1")
