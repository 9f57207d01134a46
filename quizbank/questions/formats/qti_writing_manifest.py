"""The manifest and the test of a QTI package, and the metadata of its items as LOM."""

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from quizbank.questions.formats.qti_dialects import LOM, XSI, Dialect, fill, nsmap_of, without_forbidden
from quizbank.questions.formats.qti_manifest import OUR_SOURCE
from quizbank.questions.rules import NewQuestion

LANGUAGE = "vi"


@dataclass(frozen=True)
class Entry:
    """A file of the package with what the manifest says of it. ``kind``: item, stimulus or test."""

    identifier: str
    kind: str
    path: str
    files: tuple[str, ...] = ()
    depends_on: tuple[str, ...] = ()
    title: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    tags: tuple[str, ...] = ()


def facts_of(new: NewQuestion) -> tuple[tuple[str, str], ...]:
    """Where a question belongs, as ``read_manifest`` takes it back."""
    placement = new.placement
    facts = {
        "subject": placement.subject,
        "programme": placement.programme,
        "grade": "" if placement.grade is None else str(placement.grade),
        "topic": placement.topic or "",
        "level": placement.level or "",
        "licence": new.licence,
        "source": new.source,
    }
    return tuple((name, value) for name, value in facts.items() if value)


def manifest_of(dialect: Dialect, title: str) -> tuple[etree._Element, etree._Element]:
    """A manifest, and the element in it that takes the resources."""
    root = etree.Element(f"{{{dialect.manifest}}}manifest", nsmap=nsmap_of(dialect.manifest, xsi=XSI, lom=LOM))
    root.set("identifier", "MANIFEST-HOCLIEU")
    root.set(f"{{{XSI}}}schemaLocation", f"{dialect.manifest} {dialect.manifest_location}")
    names = _Names(dialect.manifest)
    root.append(
        names.node(
            "metadata",
            names.node("schema", dialect.schema),
            names.node("schemaversion", dialect.schema_version),
            _lom(title, (), ()),
        )
    )
    root.append(names.node("organizations"))
    root.append(names.node("resources"))
    return root, root[-1]


def test_of(dialect: Dialect, title: str) -> tuple[etree._Element, etree._Element]:
    """A test, and the section in it that takes the references to items."""
    section = dialect.node("assessmentSection", {"identifier": "section-1", "title": title, "visible": "true"})
    part = dialect.node(
        "testPart",
        {"identifier": "part-1", "navigationMode": "nonlinear", "submissionMode": "individual"},
        section,
    )
    root = dialect.root("assessmentTest", {"identifier": "test-1", "title": title}, part)
    return root, next(root.iter(section.tag))


def reference_to(dialect: Dialect, entry: Entry) -> etree._Element:
    """An item as a section names it."""
    return dialect.node("assessmentItemRef", {"identifier": entry.identifier, "href": f"../{entry.path}"})


class _Names:
    def __init__(self, namespace: str) -> None:
        self.namespace = namespace

    def node(self, name: str, *inner: etree._Element | str | None) -> etree._Element:
        element = etree.Element(f"{{{self.namespace}}}{name}")
        fill(element, inner)
        return element


def resource_of(dialect: Dialect, entry: Entry) -> etree._Element:
    """A file as the manifest lists it."""
    names = _Names(dialect.manifest)
    element = names.node("resource")
    for key, value in {
        "identifier": entry.identifier,
        "type": f"imsqti_{entry.kind}_xml{dialect.version}",
        "href": entry.path,
    }.items():
        element.set(key, value)
    if entry.title or entry.facts or entry.tags:
        element.append(names.node("metadata", _lom(entry.title, entry.facts, entry.tags)))
    for path in (entry.path, *entry.files):
        file = names.node("file")
        file.set("href", path)
        element.append(file)
    for identifier in entry.depends_on:
        dependency = names.node("dependency")
        dependency.set("identifierref", identifier)
        element.append(dependency)
    return element


def _lom(title: str, facts: Sequence[tuple[str, str]], tags: Sequence[str]) -> etree._Element:
    lom = _Names(LOM)

    def words(text: str) -> etree._Element:
        string = lom.node("string", without_forbidden(text))
        string.set("language", LANGUAGE)
        return string

    general = lom.node(
        "general",
        lom.node("title", words(title)),
        lom.node("language", LANGUAGE),
        *(lom.node("keyword", words(tag)) for tag in tags),
    )
    paths = [
        lom.node(
            "taxonPath",
            lom.node("source", words(f"{OUR_SOURCE}/{name}")),
            lom.node("taxon", lom.node("id", value), lom.node("entry", words(value))),
        )
        for name, value in facts
    ]
    return lom.node("lom", general, lom.node("classification", *paths) if paths else None)
