"""Draw metafiles (WMF, EMF) with LibreOffice's writer, which any installation of it has.

A document that holds the pictures is exported as HTML, and the export draws each of them. It draws at the size that a
metafile says of itself, so that size is made larger first.
"""

import base64
import re
import struct
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from quizbank.questions.formats.word_office import run_office

MAX_DRAWN = 200
MAX_RECORDS = 2_000
WIDTH_INCHES = 6
SCALE = 3
_PLACEABLE = b"\xd7\xcd\xc6\x9a"
_HEADER = struct.Struct("<4sHhhhhHI")
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("draw", "drawing"),
        ("text", "text"),
        ("svg", "svg-compatible"),
    )
)
_IMAGE = re.compile(r'<img src="(?P<file>[^"/\\]+)" name="p(?P<place>\d+)"', re.IGNORECASE)


def is_enhanced(data: bytes) -> bool:
    return data[:4] == b"\x01\x00\x00\x00" and data[40:44] == b" EMF"


def is_metafile(data: bytes) -> bool:
    return data[:4] == _PLACEABLE or data[:4] == b"\x01\x00\x09\x00" or is_enhanced(data)


def drawn_metafiles(metafiles: Mapping[str, bytes]) -> dict[str, bytes]:
    """Pictures of another kind by the metafiles' names; those that could not be drawn are missing."""
    names = list(metafiles)[:MAX_DRAWN]
    if not names:
        return {}
    with tempfile.TemporaryDirectory(prefix="pictures-") as name:
        folder = Path(name)
        page = folder / "pictures.fodt"
        page.write_text(_page([enlarged(metafiles[name]) for name in names]), encoding="utf-8")
        made = run_office([page], folder, "html")
        if not made:
            return {}
        text = made[0].read_text(encoding="utf-8", errors="replace")
        files = {int(found["place"]): made[0].parent / found["file"] for found in _IMAGE.finditer(text)}
        return {
            names[place]: file.read_bytes() for place, file in files.items() if file.is_file() and place < len(names)
        }


def _page(pictures: Sequence[bytes]) -> str:
    frames = "".join(
        f'<text:p><draw:frame draw:name="p{place}" text:anchor-type="as-char" svg:width="6cm" svg:height="4cm">'
        f"<draw:image><office:binary-data>{base64.b64encode(data).decode()}</office:binary-data></draw:image>"
        "</draw:frame></text:p>"
        for place, data in enumerate(pictures)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {_NAMESPACES} office:version="1.2" '
        f'office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>{frames}'
        "</office:text></office:body></office:document>"
    )


def enlarged(data: bytes) -> bytes:
    """The metafile with a size of its own that is ``SCALE`` times as large; unchanged where it's too odd for that."""
    try:
        if is_enhanced(data):
            return _enlarged_enhanced(data)
        if data[:4] == _PLACEABLE:
            _, _handle, left, top, right, bottom, inch, _zero = _HEADER.unpack_from(data)
            return _placeable(left, top, right, bottom, max(1, inch // SCALE)) + data[_HEADER.size + 2 :]
        return _with_header(data)
    except struct.error:
        return data


def _enlarged_enhanced(data: bytes) -> bytes:
    """An EMF whose frame is larger together with the millimetres of the device, so that what is drawn fills it."""
    (header_bytes,) = struct.unpack_from("<I", data, 4)
    scaled = bytearray(data)
    for place, count in ((24, 4), (80, 2), *([(100, 2)] if header_bytes >= 108 else [])):
        sides = struct.unpack_from(f"<{count}i", data, place)
        struct.pack_into(f"<{count}i", scaled, place, *(min(max(s * SCALE, -(1 << 30)), 1 << 30) for s in sides))
    return bytes(scaled)


def _with_header(data: bytes) -> bytes:
    """A bare WMF with the header that says how large it is: its window, ``WIDTH_INCHES`` wide."""
    place = struct.unpack_from("<H", data, 2)[0] * 2
    left = top = width = height = 0
    for _ in range(MAX_RECORDS):
        words, function = struct.unpack_from("<IH", data, place)
        if words < 3 or function == 0:
            break
        if function == 0x020B:
            top, left = struct.unpack_from("<2h", data, place + 6)
        elif function == 0x020C:
            height, width = struct.unpack_from("<2h", data, place + 6)
        place += words * 2
    if width <= 0 or height <= 0:
        return data
    return _placeable(left, top, left + width, top + height, max(1, width // WIDTH_INCHES)) + data


def _placeable(left: int, top: int, right: int, bottom: int, inch: int) -> bytes:
    sides = [min(max(side, -32_768), 32_767) for side in (left, top, right, bottom)]
    header = _HEADER.pack(_PLACEABLE, 0, *sides, min(inch, 65_535), 0)
    checksum = 0
    for (word,) in struct.iter_unpack("<H", header):
        checksum ^= word
    return header + struct.pack("<H", checksum)
