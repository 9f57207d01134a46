"""What a file is, told by its first bytes, by the names inside it and by the marks of its text."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from repository.errors import Invalid
from repository.files.archives import ArchiveLimits, open_archive

HEAD_BYTES = 1 << 16
OLE_SEARCH_BYTES = 64 << 20
ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLE_NAMES = ("WordDocument", "Workbook", "Book", "EncryptedPackage")
PACKAGE_LIMITS = ArchiveLimits(entries=20_000, total_bytes=1 << 30)

_PROLOGUE = re.compile(r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>\s*)*", re.DOTALL)
_ROOT = re.compile(r"<(?:(?P<prefix>[\w.-]+):)?(?P<name>[A-Za-z_][\w.-]*)(?P<attributes>[^>]*)>")


@dataclass(frozen=True)
class Head:
    """What is known of a file before it is read.

    Attributes:
        start: its first 64 KiB.
        name: the name it came with.
        members: the paths inside it where it is a zip.
        streams: which of ``OLE_NAMES`` are in it where it is an old Office file.
    """

    start: bytes
    name: str
    members: frozenset[str] = frozenset()
    streams: frozenset[str] = frozenset()

    @cached_property
    def text(self) -> str:
        """The beginning as text with the line ends of Unix; empty where it is none."""
        if self.start[:2] in (b"\xff\xfe", b"\xfe\xff"):
            text = self.start.decode("utf-16", "replace")
        else:
            text = "" if b"\x00" in self.start else self.start.decode("utf-8-sig", "replace")
        return text.replace("\r\n", "\n").replace("\r", "\n")

    @cached_property
    def root(self) -> tuple[str, str]:
        """Name and namespace of an XML file's root; empty where there is none."""
        prologue = _PROLOGUE.match(self.text)
        found = _ROOT.match(self.text, prologue.end() if prologue else 0)
        if found is None:
            return "", ""
        declared = f"xmlns:{found['prefix']}" if found["prefix"] else "xmlns"
        namespace = re.search(rf"(?:^|\s){re.escape(declared)}\s*=\s*[\"']([^\"']*)", found["attributes"])
        return found["name"], namespace[1] if namespace else ""

    def has_folder(self, folder: str) -> bool:
        return any(member.startswith(folder + "/") for member in self.members)


Recognises = Callable[[Head], bool]


def head_of(path: Path, name: str) -> Head:
    """The beginning of a file.

    Raises:
        Invalid: a broken, hostile or encrypted package.
    """
    with path.open("rb") as file:
        start = file.read(HEAD_BYTES)
        if start.startswith(OLE):
            data = start + file.read(OLE_SEARCH_BYTES)
            streams = frozenset(found for found in OLE_NAMES if found.encode("utf-16-le") in data)
            if "EncryptedPackage" in streams:
                raise Invalid("Tệp {name} có mật khẩu: hãy bỏ mật khẩu rồi gửi lại.", name=name)
            return Head(start, name, streams=streams)
    if not start.startswith(ZIP):
        return Head(start, name)
    with open_archive(path, PACKAGE_LIMITS) as archive:
        return Head(start, name, archive.paths)


def is_docx(head: Head) -> bool:
    return "[Content_Types].xml" in head.members and head.has_folder("word")


def is_doc(head: Head) -> bool:
    return "WordDocument" in head.streams


def is_word(head: Head) -> bool:
    """A Word document of any age, or rich text."""
    return is_docx(head) or is_doc(head) or head.start.lstrip().startswith(b"{\\rtf")


def is_xlsx(head: Head) -> bool:
    return "[Content_Types].xml" in head.members and head.has_folder("xl")


def is_xls(head: Head) -> bool:
    return bool(head.streams & {"Workbook", "Book"})


def is_workbook(head: Head) -> bool:
    """A workbook of Excel, old or new, or of LibreOffice."""
    is_ods = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet" in head.start[:100]
    return is_xlsx(head) or is_xls(head) or is_ods


def is_nothing(_head: Head) -> bool:
    """For formats that only their ending tells."""
    return False


def is_package_with_manifest(head: Head) -> bool:
    """A content package of IMS: QTI or a Common Cartridge, by its ``imsmanifest.xml`` at the top."""
    return "imsmanifest.xml" in head.members


def is_cartridge(head: Head) -> bool:
    """A Common Cartridge, which calls itself so by its ending alone before its manifest is read."""
    return is_package_with_manifest(head) and head.name.lower().endswith(".imscc")


def is_h5p(head: Head) -> bool:
    return "h5p.json" in head.members


QTI_ROOTS = frozenset(
    {
        "assessmentItem",
        "assessmentTest",
        "assessmentSection",
        "questestinterop",
        "qti-assessment-item",
        "qti-assessment-test",
        "qti-assessment-section",
    }
)


_QTI_ITEM = re.compile(r"<(?:[\w.-]+:)?(?:qti-assessment-item|assessmentItem)[\s>]")
_QTI_NAMESPACES = ("imsglobal.org/", "canvas.instructure.com/")


def is_qti_xml(head: Head) -> bool:
    """An item, a test or a file of items; also what stands beside them in packages, so that its refusal says so."""
    name, namespace = head.root
    if name in QTI_ROOTS or any(part in namespace for part in _QTI_NAMESPACES):
        return True
    if name in ("assessment", "item", "objectbank", "section"):
        return "<presentation" in head.text and "<response_" in head.text
    return name in ("items", "assessmentItems", "qti-assessment-items") and bool(_QTI_ITEM.search(head.text))


def is_qti(head: Head) -> bool:
    return is_qti_xml(head) or is_package_with_manifest(head)


def is_moodle_xml(head: Head) -> bool:
    return head.root == ("quiz", "")


def is_json(head: Head) -> bool:
    return bool(re.match(r"\s*(?:\[\s*[{\]]|\{\s*[\"}])", head.text))


_EXTEST = re.compile(
    r"\\begin\s*\{(?:ex|bt|vd|exrd|vdex)\}|\\(?:choice(?:TFt?|fix|five|w)?|shortans)(?![a-zA-Z])|\{ex_test\}"
)
_DOCUMENT_CLASS = re.compile(r"^[ \t]*\\documentclass\b", re.MULTILINE)


def is_extest(head: Head) -> bool:
    """A LaTeX file: its braces would otherwise look like GIFT's."""
    return bool(_EXTEST.search(head.text) or _DOCUMENT_CLASS.search(head.text))


_HEADED = re.compile(r"^[ \t*#_]*(?:câu(?: hỏi)?|question|bài)\s*\d{1,3}\s*[.:)/]", re.IGNORECASE | re.MULTILINE)
_LETTERED = re.compile(r"^[ \t*]*[Aa]\s*[.)]", re.MULTILINE)
_AIKEN_KEY = re.compile(r"^[ \t]*ANSWER[ \t]*:[ \t]*[A-Za-z](?:[ \t]*,[ \t]*[A-Za-z])*\.?[ \t]*$", re.MULTILINE)
_AIKEN_KEY_IN_SMALL = re.compile(r"^[ \t]*answer[ \t]*:[ \t]*[a-z]\.?[ \t]*$", re.MULTILINE | re.IGNORECASE)
_NUMBERED = re.compile(r"^[ \t]*\d{1,3}[.)]", re.MULTILINE)
_GIFT = re.compile(
    r"^[^\S\n]*+::(?:[^:\n\\]|\\.|:(?!:))+::|^\$CATEGORY:|(?<!\\)\{\s*+(?:[=~]|#[\d\s=-]|T(?:RUE)?[}#\s]|F(?:ALSE)?[}#\s])",
    re.MULTILINE,
)
_GIFT_OF_ITS_OWN = re.compile(r"^[^\S\n]*+::(?:[^:\n\\]|\\.|:(?!:))+::|^\$CATEGORY:", re.MULTILINE)


def is_gift(head: Head) -> bool:
    """GIFT by its titles, categories and answers in braces; formulas in a paper of another kind don't count."""
    if is_extest(head):
        return False
    if _GIFT_OF_ITS_OWN.search(head.text):
        return True
    return bool(_GIFT.search(re.sub(r"\$[^$\n]*\$", "", head.text))) and not is_aiken(head) and not _is_headed(head)


def is_aiken(head: Head) -> bool:
    has_key = _AIKEN_KEY.search(head.text) or (
        _AIKEN_KEY_IN_SMALL.search(head.text) and not _NUMBERED.search(head.text)
    )
    return bool(has_key and _LETTERED.search(head.text)) and not _is_headed(head)


def is_paper(head: Head) -> bool:
    """A plain-text paper: ``Câu 1.`` at the beginning of a line."""
    return bool(head.text) and _is_headed(head)


def _is_headed(head: Head) -> bool:
    return bool(_HEADED.search(head.text))
