"""Files of QTI, every version: an item by itself, a file of items (1.2), a package of either, a Common Cartridge."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from lxml import etree

from quizbank.questions.formats.foreign_question import NOTHING_SAID, Draft
from quizbank.questions.formats.package_files import Files, NoFiles, open_package
from quizbank.questions.formats.paper import ParsedQuestion, Said, SourceFile
from quizbank.questions.formats.qti12 import read_questestinterop
from quizbank.questions.formats.qti_body import html_of
from quizbank.questions.formats.qti_items import broken_file, missing_file, read_item
from quizbank.questions.formats.qti_manifest import MANIFEST, Manifest, Resource, read_manifest
from quizbank.questions.formats.qti_tests import Reference, references_of
from quizbank.questions.formats.xml_source import MAX_BYTES, line_of, local_name, parse_xml
from quizbank.questions.problems import problem
from repository.errors import Invalid

ITEM_ROOTS = frozenset({"assessmentItem", "qti-assessment-item"})
TEST_ROOTS = frozenset({"assessmentTest", "qti-assessment-test", "assessmentSection", "qti-assessment-section"})
PARTS_OF_QTI12 = frozenset({"assessment", "item", "objectbank", "section"})
_ENDINGS = (".xml", ".qti", ".dat")
_SIGHT = 4_096
_ZIP = b"PK\x03\x04"


def read_qti(source: SourceFile) -> Iterable[ParsedQuestion]:
    """The questions of a QTI file or package, in the order of its test.

    Raises:
        Invalid: neither, or beyond a limit; ``facts["place"]`` says where.
    """
    with source.path.open("rb") as file:
        start = file.read(4)
        if start != _ZIP:
            file.seek(0)
            yield from _read_file(parse_xml(file.read(MAX_BYTES + 1)), NoFiles(), "", 1)
            return
    with open_package(source.path) as files:
        yield from _read_package(files)


def read_cartridge(source: SourceFile) -> Iterable[ParsedQuestion]:
    """The assessments and question banks of a Common Cartridge.

    Raises:
        Invalid: as ``read_qti``.
    """
    return read_qti(source)


def _read_file(
    root: etree._Element, files: Files, path: str, number: int, said: Said = NOTHING_SAID
) -> Iterator[ParsedQuestion]:
    name = local_name(root)
    if name in ITEM_ROOTS:
        yield read_item(root, files, path, number, said)
    elif name == "questestinterop" or _is_part_of_qti12(root):
        found = 0
        for question in read_questestinterop(root, files, path, number):
            found += 1
            yield question
        if not found:
            line = line_of(root)
            raise Invalid("Dòng {line}: tệp này không có câu hỏi nào.", place=f"line {line}", line=line)
    elif name in TEST_ROOTS:
        line = line_of(root)
        raise Invalid(
            "Dòng {line}: tệp này là bài kiểm tra QTI, chỉ trỏ tới các câu hỏi ở tệp khác; hãy nhập cả gói.",
            place=f"line {line}",
            line=line,
        )
    elif items := [found for found in root.iter() if local_name(found) in ITEM_ROOTS]:
        for place, item in enumerate(items):
            yield read_item(item, files, path, number + place, said)
    else:
        line = line_of(root)
        raise Invalid("Dòng {line}: <{name}> không phải là câu hỏi QTI.", place=f"line {line}", line=line, name=name)


def _is_part_of_qti12(root: etree._Element) -> bool:
    """An item or a bank of 1.2 by itself, as some tools keep them."""
    if local_name(root) not in PARTS_OF_QTI12:
        return False
    return any(local_name(found) == "presentation" for found in root.iter())


def _read_package(files: Files) -> Iterator[ParsedQuestion]:
    manifest = _manifest_of(files)
    number = 0
    seen: set[str] = set()
    for reference in _in_order(files, manifest):
        if isinstance(reference, ParsedQuestion):
            number += 1
            yield replace(reference, number=number)
            continue
        if reference.path in seen:
            continue
        seen.add(reference.path)
        for question in _read_one(files, manifest, reference, number + 1):
            number += 1
            yield question
    if number:
        return
    for path in (path for path in sorted(files.paths) if _looks_like_questions(files, path)):
        for question in _read_one(files, manifest, Reference(path, path), number + 1):
            number += 1
            yield question
    if not number:
        raise Invalid("Gói không có câu hỏi QTI nào.", place=MANIFEST)


def _looks_like_questions(files: Files, path: str) -> bool:
    """Whether a file holds questions, whatever the manifest calls it."""
    if not path.lower().endswith(_ENDINGS):
        return False
    try:
        start = files.read(path)[:_SIGHT]
    except Invalid:
        return False
    return any(name in start for name in (b"assessmentItem", b"qti-assessment-item", b"questestinterop"))


def _manifest_of(files: Files) -> Manifest:
    """The manifest, or one made of every file there is where the package has none."""
    path = next((path for path in sorted(files.paths, key=len) if path.rpartition("/")[2] == MANIFEST), None)
    if path is not None:
        return read_manifest(files, path)
    resources = (Resource(path, "imsqti_item", (path,)) for path in sorted(files.paths) if path.endswith(".xml"))
    return Manifest(tuple(resources))


def _in_order(files: Files, manifest: Manifest) -> Iterator[Reference | ParsedQuestion]:
    """The items of the tests first, in their order, then those that no test names."""
    for resource in manifest.resources:
        if resource.is_test and resource.path:
            try:
                references = references_of(files, resource.path)
            except Invalid as error:
                yield broken_file(files, resource.path, 0, str(error))
                continue
            for reference in references:
                yield reference if reference.path else missing_file(files, reference.address)
    for resource in manifest.resources:
        if not resource.is_test and resource.holds_items:
            yield from (Reference(path, path) for path in _question_files(files, resource))
            if not resource.paths and "learning-application" not in resource.type:
                yield from (missing_file(files, path) for path in resource.missing[:1])


def _question_files(files: Files, resource: Resource) -> list[str]:
    """The files of a resource that hold questions: of Canvas, the fuller of the two that say the same."""
    paths = [path for path in resource.paths if path.lower().endswith(_ENDINGS) and not _is_meta(path)]
    if "learning-application" in resource.type:
        return [path for path in paths if "non_cc_assessments/" in path or path.endswith("assessment_qti.xml")]
    if "item" in resource.type or "imsqti_xmlv1p2/" not in resource.type:
        full = [path for path in paths if "non_cc_assessments/" in path]
        return full or paths[: None if "xmlv1p" in resource.type else 1]
    fuller = f"non_cc_assessments/{resource.identifier}.xml.qti"
    return [fuller] if fuller in files.paths else paths


def _is_meta(path: str) -> bool:
    return path.rpartition("/")[2] in ("assessment_meta.xml", MANIFEST)


def _read_one(files: Files, manifest: Manifest, reference: Reference, number: int) -> Iterator[ParsedQuestion]:
    resource = manifest.by_path.get(reference.path)
    said = resource.said if resource else NOTHING_SAID
    try:
        root = parse_xml(files.read(reference.path))
        if local_name(root) in ITEM_ROOTS:
            question = read_item(root, files, reference.path, number, said, _shared_passage(files, reference))
            yield _with_instructions(question, reference)
        else:
            yield from _read_file(root, files, reference.path, number, said)
    except Invalid as error:
        yield broken_file(files, reference.path, number, str(error))


def _with_instructions(question: ParsedQuestion, reference: Reference) -> ParsedQuestion:
    """The question with a word of what stands above it in its section."""
    if question.draft is None:
        return question
    told = (problem("dropped", what=f"hướng dẫn của phần: “{words[:200]}”") for words in reference.instructions)
    return replace(question, problems=(*question.problems, *told))


def _shared_passage(files: Files, reference: Reference) -> str:
    """What the sections around an item give to all of their items to read."""
    draft = Draft(files, reference.path, at=reference.path)
    return "\n\n".join(draft.source_of(html_of(rubric), path) for path, rubric in reference.shared)
