"""Tests of QTI 2.x and 3.0: which items they have, in which order, and the texts that a section shares."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from quizbank.questions.formats.package_files import Files, find_path
from quizbank.questions.formats.qti_names import attribute, children, name_of, with_plain_names
from quizbank.questions.formats.xml_source import parse_xml
from repository.errors import Invalid

SHARED_STIMULUS = "sharedstimulus"
MAX_NESTING = 30
_CONTAINERS = ("testPart", "assessmentSection")


@dataclass(frozen=True)
class Reference:
    """An item as a test names it. ``shared``: the rubrics of its sections that are texts for all their items."""

    path: str
    address: str
    shared: tuple[tuple[str, etree._Element], ...] = ()


def references_of(files: Files, path: str) -> list[Reference]:
    """The items of a test in the order of its sections; sections in files of their own included.

    Raises:
        Invalid: the test is no XML.
    """
    root = with_plain_names(parse_xml(files.read(path)))
    return list(_references(root, files, path, (), 0))


def _references(
    element: etree._Element, files: Files, path: str, shared: tuple[tuple[str, etree._Element], ...], depth: int
) -> Iterator[Reference]:
    if depth > MAX_NESTING:
        raise Invalid("Tệp {path}: các phần lồng nhau quá sâu.", path=path, place=path)
    rubrics = children(element, "rubricBlock")
    shared += tuple((path, rubric) for rubric in rubrics if attribute(rubric, "use").lower() == SHARED_STIMULUS)
    for inner in children(element):
        name = name_of(inner)
        if name in _CONTAINERS:
            yield from _references(inner, files, path, shared, depth + 1)
        elif name == "assessmentItemRef":
            address = attribute(inner, "href")
            yield Reference(find_path(files, path, address) or "", address, shared)
        elif name in ("assessmentSectionRef", "include"):
            other = find_path(files, path, attribute(inner, "href"))
            if other is not None:
                root = with_plain_names(parse_xml(files.read(other)))
                yield from _references(root, files, other, shared, depth + 1)
