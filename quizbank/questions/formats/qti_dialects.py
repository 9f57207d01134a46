"""QTI 2.2 and 3.0 as two spellings of the same elements, for the writer."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from lxml import etree

XSI = "http://www.w3.org/2001/XMLSchema-instance"
MATHML = "http://www.w3.org/1998/Math/MathML"
LOM = "http://ltsc.ieee.org/xsd/LOM"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_CAPITAL = re.compile(r"(?<=[a-z])([A-Z])")
_HTML = frozenset(
    "a b blockquote br caption code div em i img li ol p pre span strong sub sup table tbody td th thead tr ul".split()  # noqa: SIM905
)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Dialect:
    """A version of QTI.

    Attributes:
        version: as in the types of resources: ``v2p2``, ``v3p0``.
        namespace: of items and tests.
        location: where the XSD of that namespace lies.
        manifest: namespace of the manifest, and ``manifest_location`` its XSD.
        schema: what the manifest calls the package, and ``schema_version``.
        is_hyphenated: whether names are ``qti-simple-choice`` rather than ``simpleChoice``.
        templates: where the standard response processing lies.
    """

    version: str
    namespace: str
    location: str
    manifest: str
    manifest_location: str
    schema: str
    schema_version: str
    is_hyphenated: bool

    def node(
        self, name: str, attributes: Mapping[str, str] | None = None, *inner: "etree._Element | str | None"
    ) -> etree._Element:
        """An element of items and tests by its name in QTI 2.x."""
        tag = name if name in _HTML or not self.is_hyphenated else f"qti-{_hyphenated(name)}"
        element = etree.Element(f"{{{self.namespace}}}{tag}", nsmap=nsmap_of(self.namespace))
        for key, value in (attributes or {}).items():
            is_plain = name in _HTML or not self.is_hyphenated
            element.set(key if is_plain or key.startswith("{") else _hyphenated(key), without_forbidden(value))
        fill(element, inner)
        return element

    def root(self, name: str, attributes: Mapping[str, str], *inner: "etree._Element | str | None") -> etree._Element:
        """The root of a file, with the place of its schema."""
        element = self.node(name, attributes, *inner)
        written = etree.Element(element.tag, nsmap=nsmap_of(self.namespace, xsi=XSI))
        written.set(f"{{{XSI}}}schemaLocation", f"{self.namespace} {self.location}")
        for key, value in element.attrib.items():
            written.set(key, value)
        written.extend(list(element))
        return written


def nsmap_of(default: str, **others: str) -> dict[str, str]:
    """Prefixes with the default namespace, which the parser's types don't know."""
    return cast(dict[str, str], {None: default, **others})


def fill(element: etree._Element, inner: "tuple[etree._Element | str | None, ...]") -> None:
    """Add elements and texts one after the other."""
    for part in inner:
        if part is None:
            continue
        if not isinstance(part, str):
            element.append(part)
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + without_forbidden(part)
        else:
            element.text = (element.text or "") + without_forbidden(part)


def without_forbidden(text: str) -> str:
    """The text without the characters that no XML file may have."""
    return _FORBIDDEN.sub("", text)


def _hyphenated(name: str) -> str:
    return _CAPITAL.sub(lambda found: f"-{found[1].lower()}", name)


QTI22 = Dialect(
    version="v2p2",
    namespace="http://www.imsglobal.org/xsd/imsqti_v2p2",
    location="http://www.imsglobal.org/xsd/qti/qtiv2p2/imsqti_v2p2.xsd",
    manifest="http://www.imsglobal.org/xsd/imscp_v1p1",
    manifest_location="http://www.imsglobal.org/xsd/qti/qtiv2p2/qtiv2p2_imscpv1p2_v1p0.xsd",
    schema="QTIv2.2 Package",
    schema_version="1.0.0",
    is_hyphenated=False,
)
QTI30 = Dialect(
    version="v3p0",
    namespace="http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
    location="https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0p1_v1p0.xsd",
    manifest="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
    manifest_location="https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqtiv3p0_imscpv1p2_v1p0.xsd",
    schema="QTI Package",
    schema_version="3.0.0",
    is_hyphenated=True,
)
