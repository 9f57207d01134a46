"""XML from strangers: no entities, no network, bounded in size, number of elements and depth."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from repository.files.packages.info import PackageRefused
from repository.files.packages.tidying import tidy

ELEMENTS_MAX = 200_000
DEPTH_MAX = 200


class CountingBuilder(TreeBuilder):
    """Builds a tree until it is too big to be a manifest."""

    def __init__(self) -> None:
        super().__init__()
        self.elements = self.depth = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self.elements += 1
        self.depth += 1
        if self.elements > ELEMENTS_MAX or self.depth > DEPTH_MAX:
            raise PackageRefused("xml-too-large", "Tệp XML trong gói quá lớn hoặc lồng quá sâu.")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self.depth -= 1
        return super().end(tag)


def parse_xml(content: bytes, path: str) -> Element:
    """The root element.

    Raises:
        PackageRefused: not well-formed, too large, or it declares entities.
    """
    parser = XMLParser(target=CountingBuilder(), forbid_dtd=False, forbid_entities=True, forbid_external=True)
    try:
        parser.feed(content.lstrip())
        root: Element = parser.close()
    except DefusedXmlException as error:
        raise PackageRefused("xml-entities", "Tệp {path} khai báo thực thể XML, không an toàn.", path=path) from error
    except (ParseError, ValueError, LookupError) as error:
        raise PackageRefused("xml-broken", "Tệp {path} trong gói không phải XML đúng.", path=path) from error
    return root


def local_name(element: Element) -> str:
    """The tag without its namespace; comments have none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def find_all(element: Element, name: str) -> Iterator[Element]:
    """Descendants of that local name, in document order, whatever their namespace."""
    return (found for found in element.iter() if local_name(found).lower() == name.lower())


def find_first(element: Element, name: str) -> Element | None:
    return next(find_all(element, name), None)


def children(element: Element, name: str) -> list[Element]:
    return [child for child in element if local_name(child).lower() == name.lower()]


def attribute(element: Element, name: str) -> str:
    """An attribute by local name, whatever its namespace and case."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2].lower() == name.lower():
            return value.strip()
    return ""


def text_of(element: Element | None) -> str:
    """All text below, white space folded, in NFC."""
    if element is None:
        return ""
    return tidy("".join(element.itertext()))


def first_text(element: Element, *path: str) -> str:
    """Text of the first element reached by local names one below the other, at any depth between."""
    here: Element | None = element
    for name in path:
        here = find_first(here, name) if here is not None else None
    return text_of(here)
