"""``imsmanifest.xml``: which files of a package hold questions, and what it says of each of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from quizbank.questions.formats.foreign_question import NOTHING_SAID
from quizbank.questions.formats.package_files import Files, find_path
from quizbank.questions.formats.paper import Said
from quizbank.questions.formats.qti_names import words_of
from quizbank.questions.formats.xml_source import local_name, parse_xml

MANIFEST = "imsmanifest.xml"
OUR_SOURCE = "hoclieu"
"""Classifications of this source are fields of ``Said``, written by the bank itself."""
_ITEMS = re.compile(
    r"imsqti_(?:apip)?item|imsqti_xmlv1p|imsqti_xml_v1p|assessment|question-bank|learning-application", re.I
)
_TEST = re.compile(r"imsqti_assessment_?xml_?v[23]")
_GRADES = re.compile(r"\d{1,2}")


@dataclass(frozen=True)
class Resource:
    """One ``resource``: its type, the files it names (the main one first), and what its metadata say."""

    identifier: str
    type: str
    paths: tuple[str, ...]
    missing: tuple[str, ...] = ()
    title: str = ""
    said: Said = NOTHING_SAID

    @property
    def path(self) -> str:
        return self.paths[0] if self.paths else ""

    @property
    def holds_items(self) -> bool:
        return bool(_ITEMS.search(self.type))

    @property
    def is_test(self) -> bool:
        return "imsqti_test" in self.type or bool(_TEST.search(self.type))


@dataclass(frozen=True)
class Manifest:
    resources: tuple[Resource, ...]
    language: str = ""
    by_path: dict[str, Resource] = field(default_factory=dict)


def read_manifest(files: Files, path: str = MANIFEST) -> Manifest:
    """The manifest of a package.

    Raises:
        Invalid: it is no XML.
    """
    root = parse_xml(files.read(path))
    resources = tuple(_resource(found, files, path) for found in _named(root, "resource"))
    by_path = {resource.path: resource for resource in resources if resource.path}
    language = next((words_of(found) for found in _named(root, "language")), "")
    return Manifest(resources, language, by_path)


def _resource(element: etree._Element, files: Files, manifest: str) -> Resource:
    bases = [element.get("{http://www.w3.org/XML/1998/namespace}base") or ""]
    parent = element.getparent()
    if parent is not None:
        bases.insert(0, parent.get("{http://www.w3.org/XML/1998/namespace}base") or "")
    addresses = [element.get("href") or "", *(found.get("href") or "" for found in _named(element, "file"))]
    prefix = "".join(base if base.endswith("/") else f"{base}/" for base in bases if base)
    blackboard = [str(value) for key, value in element.attrib.items() if str(key).endswith("}file")]
    wanted = list(dict.fromkeys([*blackboard, *(prefix + address for address in addresses if address)]))
    found = [(address, find_path(files, manifest, address)) for address in wanted]
    title, said = _metadata(element)
    return Resource(
        identifier=element.get("identifier") or "",
        type=(element.get("type") or "").lower(),
        paths=tuple(dict.fromkeys(path for _, path in found if path)),
        missing=tuple(address for address, path in found if path is None),
        title=title,
        said=said,
    )


def _metadata(resource: etree._Element) -> tuple[str, Said]:
    """Title and what LOM says: keywords as tags, our own classifications as what they are."""
    lom = next(_named(resource, "lom"), None)
    if lom is None:
        return "", NOTHING_SAID
    general = next(_named(lom, "general"), lom)
    title = next((_text_in(found) for found in _named(general, "title")), "")
    tags = [_text_in(found) for found in _named(general, "keyword")]
    ours: dict[str, str] = {}
    for path in _named(lom, "taxonPath"):
        source = next((_text_in(found) for found in _named(path, "source")), "")
        taxa = [_taxon(found) for found in _named(path, "taxon")]
        if source.startswith(f"{OUR_SOURCE}/") and taxa:
            ours[source.partition("/")[2]] = taxa[-1][0] or taxa[-1][1]
        else:
            tags += [entry or name for name, entry in taxa]
    rights = next((_text_in(found) for found in _named(lom, "rights") for found in _named(found, "description")), "")
    return title, _said(ours, tags, rights)


def _said(ours: dict[str, str], tags: list[str], rights: str) -> Said:
    grade = ours.get("grade", "")
    return Said(
        subject=ours.get("subject", ""),
        programme=ours.get("programme", ""),
        grade=int(grade) if _GRADES.fullmatch(grade) else None,
        topic=ours.get("topic", ""),
        level=ours.get("level", ""),
        tags=tuple(dict.fromkeys(tag for tag in tags if tag)),
        licence=ours.get("licence", "") or rights,
        source=ours.get("source", ""),
    )


def _taxon(element: etree._Element) -> tuple[str, str]:
    identifier = next((words_of(found) for found in element if local_name(found) == "id"), "")
    entry = next((_text_in(found) for found in element if local_name(found) == "entry"), "")
    return identifier, entry


def _text_in(element: etree._Element) -> str:
    """The text of a LOM string, in the first of its languages."""
    strings = [found for found in element.iter() if local_name(found) in ("string", "langstring")]
    return words_of(strings[0] if strings else element)


def _named(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return (found for found in element.iter() if local_name(found) == name and found is not element)
