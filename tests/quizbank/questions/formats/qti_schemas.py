"""The XSDs of QTI 2.2 and 3.0 beside the project, put together so that they need no network."""

import os
import re
import shutil
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import mkdtemp

from lxml import etree
from lxml.isoschematron import Schematron  # type: ignore[import-not-found]

from tests.shared_data import SHARED

SDK = SHARED / "formats/qti-xsd/oat-sa__qti-sdk/src/qtism/data/storage/xml/schemes"
PACKAGES = SHARED / "formats/qti-xsd/kennisnet__php-qti3/src/Package/Resources/Scheme"


OFFICIAL = os.environ.get("QTI30_XSD", "")
"""A folder with the XSDs of QTI 3.0 by 1EdTech, which no package brings; their imports must not need the network."""
MAIN = ("imsqti_asiv3p0p1_v1p0.xsd", "imsqti_asiv3p0_v1p0.xsd")


def official_schema() -> etree.XMLSchema | None:
    """The main XSD of QTI 3.0, or None where nobody has put it."""
    found = next((Path(OFFICIAL) / name for name in MAIN if OFFICIAL and (Path(OFFICIAL) / name).is_file()), None)
    return None if found is None else schema(found)


PROFILE = "imsqti_asiv3p0_sbacv1p0_v1p0.xsd"
_REMOVED = re.compile(
    r"<!-- xs:attribute The associated data-type has been deleted and so use of [^>]*'dataExtension'[^>]*-->"
)
_RESTORED = '<xs:anyAttribute namespace="##any" processContents="lax"/>'
"""As the XSD of QTI 2.2 has it at the same places, and the classes generated from the main XSD of 3.0."""
_ADDED = re.compile(
    r'<xs:attribute name="data-(?:sbac-term|stimulus-idref|contracted|format|math-representation|type|list-code'
    r'|list-type|reading-type|table-sub-type)"[^>]*/>'
)
PLACES = 21


@cache
def schemas_of(version: str) -> tuple[etree.XMLSchema, etree.XMLSchema]:
    """The schemas of items and of manifests.

    For 3.0 the items' schema is the main one as the published SBAC profile leaves it: the profile says at its head and
    at every place what it took out (attributes of one's own, ``data-…``) and what it added; both are undone.
    """
    if version == "22":
        return schema(SDK / "qtiv2p2/imsqti_v2p2.xsd"), schema(SDK / "imscp_v1p1.xsd")
    folder = Path(mkdtemp()) / "schemes"
    shutil.copytree(SDK, folder)
    for path in PACKAGES.glob("*.xsd"):
        if not (folder / "qtiv3p0" / path.name).exists():
            shutil.copy(path, folder / "qtiv3p0" / path.name)
    items = folder / "qtiv3p0" / PROFILE
    text, places = _REMOVED.subn(_RESTORED, _ADDED.sub("", items.read_text(encoding="utf-8")))
    assert places == PLACES
    text = text.replace("../w3/mathml3/mathml3.xsd", "mathml3.xsd")
    items.write_text(text.replace("../w3/ssml11/ssmlv1p1-core.xsd", "synthesis.xsd"), encoding="utf-8")
    found = schema(items), schema(folder / "qtiv3p0/imsqtiv3p0_imscpv1p2_v1p0.xsd")
    shutil.rmtree(folder.parent)
    return found


@cache
def rules_of(version: str) -> Schematron:
    """The rules beyond structure that 1EdTech writes into the XSD of items (Schematron)."""
    path = SDK / ("qtiv2p2/imsqti_v2p2.xsd" if version == "22" else f"qtiv3p0/{PROFILE}")
    return Schematron(etree.parse(str(path)), validate_schema=False, store_report=True)


def schema(path: Path) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(path), etree.XMLParser(no_network=True)))


def faults_of(package: bytes, version: str, official: etree.XMLSchema | None = None) -> list[str]:
    """What the schemas have against the files of a package; ``official`` is asked about its items instead of ours."""
    items, manifests = schemas_of(version)
    items = official or items
    faults = []
    with zipfile.ZipFile(BytesIO(package)) as files:
        for name in files.namelist():
            if not name.endswith(".xml"):
                continue
            root = etree.fromstring(files.read(name))
            chosen = manifests if name == "imsmanifest.xml" else items
            if not chosen.validate(root):
                faults += [f"{name}: {fault}" for fault in str(chosen.error_log).splitlines()]
            if chosen is items and not rules_of(version).validate(root):
                faults += [f"{name}: {' '.join(str(fault).split())}" for fault in rules_of(version).error_log]
    return faults
