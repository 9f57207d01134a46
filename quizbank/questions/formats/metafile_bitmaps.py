"""Bitmaps inside metafiles: scanners and old programs put a picture into WMF or EMF with nothing drawn around it."""

import struct

MAX_RECORDS = 20_000
_WMF_BITMAPS = {0x0F43: 22, 0x0B41: 20, 0x0940: 16}
"""Records of WMF that paint a bitmap (stretched or not) -> bytes of their parameters before it."""
_WMF_DRAWS = frozenset({0x0324, 0x0325, 0x0213, 0x0418, 0x041B, 0x0538, 0x0A32, 0x0521, 0x061C, 0x0817, 0x081A, 0x0830})
_EMF_BITMAPS = {81: (48, 52), 76: (84, 88), 77: (84, 88), 114: (84, 88), 80: (40, 44)}
"""Records of EMF that paint a bitmap -> where they say the place and size of its header."""
_EMF_DRAWS = frozenset(
    {2, 3, 4, 5, 6, 7, 8, 42, 43, 44, 45, 46, 47, 54, 55, 56, 62, 63, 64, 83, 84, 85, 86, 87, 88, 89}
)
_FILE_HEADER = struct.Struct("<2sIHHI")


def bitmap_in(data: bytes) -> bytes | None:
    """The one bitmap of a metafile that draws nothing else, as a BMP file; None for every other metafile."""
    try:
        found = _in_enhanced(data) if data[40:44] == b" EMF" else _in_windows(data)
    except struct.error:
        return None
    return _as_file(found) if found else None


def _in_windows(data: bytes) -> bytes | None:
    place = 22 if data[:4] == b"\xd7\xcd\xc6\x9a" else 0
    place += struct.unpack_from("<H", data, place + 2)[0] * 2
    bitmaps: list[bytes] = []
    for _ in range(MAX_RECORDS):
        words, function = struct.unpack_from("<IH", data, place)
        if function == 0 or words < 3 or place + words * 2 > len(data):
            break
        if function in _WMF_DRAWS:
            return None
        if (skipped := _WMF_BITMAPS.get(function)) is not None:
            bitmaps.append(data[place + 6 + skipped : place + words * 2])
        place += words * 2
    return bitmaps[0] if len(bitmaps) == 1 else None


def _in_enhanced(data: bytes) -> bytes | None:
    place = 0
    bitmaps: list[bytes] = []
    for _ in range(MAX_RECORDS):
        kind, size = struct.unpack_from("<II", data, place)
        if kind == 14 or size < 8 or place + size > len(data):
            break
        if kind in _EMF_DRAWS:
            return None
        if (where := _EMF_BITMAPS.get(kind)) is not None:
            header_at, header_size = (struct.unpack_from("<I", data, place + at)[0] for at in where)
            bits_at, bits_size = (struct.unpack_from("<I", data, place + at + 8)[0] for at in where)
            if header_size and bits_at + bits_size <= size:
                bitmaps.append(
                    data[place + header_at : place + header_at + header_size]
                    + data[place + bits_at : place + bits_at + bits_size]
                )
        place += size
    return bitmaps[0] if len(bitmaps) == 1 else None


def _as_file(bitmap: bytes) -> bytes | None:
    """A device-independent bitmap with the header that a .bmp file has."""
    size, _, _, _, bits, compression, _, _, _, used = struct.unpack_from("<IiiHHIIiiI", bitmap)
    if size < 40 or bits not in (1, 4, 8, 16, 24, 32):
        return None
    colours = (used or (1 << bits)) if bits <= 8 else used
    masks = 12 if compression == 3 and size == 40 else 0
    start = _FILE_HEADER.size + size + masks + min(colours, 256) * 4
    return _FILE_HEADER.pack(b"BM", _FILE_HEADER.size + len(bitmap), 0, 0, start) + bitmap
