"""Tests of QTI 2.x and 3.0: which items they have, in which order, and the texts that a section shares."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from quizbank.questions.formats.package_files import Files, find_path
from quizbank.questions.formats.qti_feedback import is_for_candidate
from quizbank.questions.formats.qti_names import all_of, attribute, children, name_of, with_plain_names, words_of
from quizbank.questions.formats.xml_source import parse_xml
from repository.errors import Invalid

SHARED_STIMULUS = "sharedstimulus"
SHORTEST_TEXT = 200
"""Characters of a section's rubric from which it is a text to read and no mere instruction."""
MAX_NESTING = 30
_CONTAINERS = ("testPart", "assessmentSection")


@dataclass(frozen=True)
class Reference:
    """An item as a test names it.

    ``shared``: the rubrics of its sections that are texts for all their items. ``instructions``: what else stands
    before it, above the first item of a section.
    """

    path: str
    address: str
    shared: tuple[tuple[str, etree._Element], ...] = ()
    instructions: tuple[str, ...] = ()


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
    above: list[str] = []
    for rubric in children(element, "rubricBlock"):
        if _is_text(rubric, element):
            shared += ((path, rubric),)
        elif is_for_candidate(rubric) and (words := words_of(rubric)):
            above.append(words)
    for reference in _references_inside(element, files, path, shared, depth):
        yield replace(reference, instructions=(*above, *reference.instructions))
        above = []


def _references_inside(
    element: etree._Element, files: Files, path: str, shared: tuple[tuple[str, etree._Element], ...], depth: int
) -> Iterator[Reference]:
    for inner in children(element):
        name = name_of(inner)
        if name in _CONTAINERS:
            yield from _references(inner, files, path, shared, depth + 1)
        elif name == "assessmentItemRef":
            address = attribute(inner, "href")
            yield Reference(find_path(files, path, address) or "", address, shared)
        elif name in ("assessmentSectionRef", "include"):
            address = attribute(inner, "href")
            other = find_path(files, path, address)
            if other is None:
                yield Reference("", address)
            else:
                root = with_plain_names(parse_xml(files.read(other)))
                yield from _references(root, files, other, shared, depth + 1)


def _is_text(rubric: etree._Element, around: etree._Element) -> bool:
    """Whether a rubric is a text for the items of a section: it says so, or is long or more than words."""
    if attribute(rubric, "use").lower() == SHARED_STIMULUS:
        return True
    if name_of(around) != "assessmentSection" or not is_for_candidate(rubric):
        return False
    is_more = next(all_of(rubric, "img", "object", "table", "math", "include"), None) is not None
    return is_more or len(words_of(rubric)) >= SHORTEST_TEXT
