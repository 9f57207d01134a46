"""Questions as a package of QTI 2.2 or 3.0: a test, its items, the texts they share, the pictures, a manifest."""

import hashlib
import re
import zipfile
from collections import deque
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from typing import BinaryIO

from lxml import etree

from quizbank.questions.formats.qti_dialects import QTI22, QTI30, Dialect
from quizbank.questions.formats.qti_manifest import MANIFEST
from quizbank.questions.formats.qti_markup import flow_of
from quizbank.questions.formats.qti_writing_items import item_of
from quizbank.questions.formats.qti_writing_manifest import (
    Entry,
    facts_of,
    manifest_of,
    reference_to,
    resource_of,
    test_of,
)
from quizbank.questions.formats.writing import Export, Loss, Losses
from quizbank.questions.formats.xml_spool import Spool
from quizbank.questions.problems import problem
from quizbank.questions.rules import NewQuestion
from repository.errors import HocLieuError

_SIGNATURES = ((b"\x89PNG", "png"), (b"\xff\xd8\xff", "jpg"), (b"GIF8", "gif"), (b"RIFF", "webp"), (b"<", "svg"))
_PART_OF_NAME = re.compile(r"[^A-Za-z0-9_.-]")


def write_qti30(export: Export, output: BinaryIO) -> Losses:
    """A QTI 3.0 package."""
    return _write(export, output, QTI30)


def write_qti22(export: Export, output: BinaryIO) -> Losses:
    """A QTI 2.2 package."""
    return _write(export, output, QTI22)


@dataclass
class _Package:
    """A package under work; what was written once is not written again."""

    dialect: Dialect
    export: Export
    zip_file: zipfile.ZipFile
    references: Spool
    resources: Spool
    identifiers: list[str] = field(default_factory=list)
    stimuli: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)
    lost: deque[Loss] = field(default_factory=lambda: deque[Loss](maxlen=10))

    def write(self, path: str, root: etree._Element) -> None:
        self.zip_file.writestr(path, etree.tostring(root, xml_declaration=True, encoding="UTF-8"))

    def lose(self, loss: Loss) -> None:
        if loss not in self.lost:
            self.lost.append(loss)
            self.export.losses.append(loss)

    def picture(self, sha256: str) -> str:
        """The path of a kept picture, written when it is first asked for; the bare name where it is lost."""
        if sha256 not in self.pictures:
            try:
                data = self.export.media(sha256)
            except (KeyError, OSError, HocLieuError):
                return f"media/{sha256}"
            kind = next((ending for sign, ending in _SIGNATURES if data.lstrip()[:4].startswith(sign)), "bin")
            self.pictures[sha256] = f"media/{sha256}.{kind}"
            self.zip_file.writestr(self.pictures[sha256], data)
        return self.pictures[sha256]


def _write(export: Export, output: BinaryIO, dialect: Dialect) -> Losses:
    title = export.title or "Học Liệu"
    with (
        zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as zip_file,
        TemporaryFile() as references,
        TemporaryFile() as resources,
    ):
        package = _Package(
            *(dialect, export, zip_file),
            *(Spool(*test_of(dialect, title), references), Spool(*manifest_of(dialect, title), resources)),
        )
        for identifier, new in export.questions:
            _write_question(package, identifier, new)
        _write_lists(package)
    return export.losses


def _write_lists(package: _Package) -> None:
    """The test, which names the items in their order, and the manifest, which names every file."""
    test = Entry("test-1", "test", "tests/test.xml", depends_on=tuple(package.identifiers))
    has_items = bool(package.identifiers)
    if has_items:
        with package.zip_file.open(test.path, "w", force_zip64=True) as file:
            package.references.write(file)
    with package.zip_file.open(MANIFEST, "w", force_zip64=True) as file:
        package.resources.write(file, [resource_of(package.dialect, test)] if has_items else [])


def _write_question(package: _Package, identifier: str, new: NewQuestion) -> None:
    name = _identifier(identifier)
    used: list[str] = []

    def address(sha256: str) -> str:
        path = package.picture(sha256)
        if sha256 not in package.pictures:
            package.lose(Loss(identifier, problem("cannot-hold", what=f"hình {sha256[:12]}")))
        elif path not in used:
            used.append(path)
        return f"../{path}"

    stimulus = _stimulus(package, new.passage) if new.passage else ""
    link = f"../{package.stimuli[stimulus]}" if stimulus else ""
    root, problems = item_of(name, new.content, package.dialect, address, link)
    path = f"items/{name}.xml"
    package.write(path, root)
    package.export.losses.extend(Loss(identifier, found) for found in problems)
    entry = Entry(
        name,
        "item",
        path,
        files=tuple(used),
        depends_on=(stimulus,) if stimulus else (),
        title=root.get("title") or name,
        facts=facts_of(new),
        tags=new.placement.tags,
    )
    package.identifiers.append(name)
    package.references.add(reference_to(package.dialect, entry))
    package.resources.add(resource_of(package.dialect, entry))


def _stimulus(package: _Package, passage: str) -> str:
    """The identifier of the text that neighbours share, in a file of its own."""
    name = f"p-{hashlib.sha256(passage.encode('utf-8', 'replace')).hexdigest()[:16]}"
    if name in package.stimuli:
        return name
    used: list[str] = []

    def address(sha256: str) -> str:
        used.append(package.picture(sha256))
        return f"../{used[-1]}"

    dialect = package.dialect
    body = dialect.node("stimulusBody", None, flow_of(passage, dialect, address))
    path = f"stimuli/{name}.xml"
    package.write(path, dialect.root("assessmentStimulus", {"identifier": name, "title": "Ngữ liệu"}, body))
    files = tuple(dict.fromkeys(path for path in used if path in package.pictures.values()))
    package.stimuli[name] = path
    package.resources.add(resource_of(dialect, Entry(name, "stimulus", path, files=files)))
    return name


def _identifier(text: str) -> str:
    """A name that XML and zips take: letters, digits, hyphens, the first no digit."""
    plain = _PART_OF_NAME.sub("-", text)
    return plain if plain[:1].isalpha() else f"q-{plain}"
