"""Office files without the moment they were made: the same content gives the same bytes."""

import io
from zipfile import ZipFile, ZipInfo

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
PROPERTIES = "docProps/core.xml"
NO_PROPERTIES = (
    b'<?xml version="1.0" encoding="UTF-8"?><cp:coreProperties '
    b'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)


def undated(data: bytes) -> bytes:
    """The same file, its properties emptied, every entry of the zip from one day and unsqueezed: zlibs differ."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as made, ZipFile(out, "w") as kept:
        for name in made.namelist():
            info = ZipInfo(name, FIRST_DAY)
            info.create_system = 0
            kept.writestr(info, NO_PROPERTIES if name == PROPERTIES else made.read(name))
    return out.getvalue()


def safe(text: str) -> str:
    """Text that XML can hold."""
    kept: str = ILLEGAL_CHARACTERS_RE.sub("", text)
    return kept
