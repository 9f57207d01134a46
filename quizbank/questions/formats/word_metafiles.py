"""Pictures that no browser shows: other bitmaps become PNG, metafiles where something can draw them."""

import gzip
import io
import warnings
import zlib
from collections.abc import Mapping

from PIL import Image, UnidentifiedImageError

from quizbank.questions.formats.metafile_bitmaps import bitmap_in
from quizbank.questions.formats.metafile_drawing import drawn_metafiles, is_metafile

WEB = ("PNG", "JPEG", "GIF", "WEBP")
OTHERS = ("BMP", "TIFF", "DIB", "PCX", "TGA", "PPM")
MAX_PIXELS = 40_000_000
MAX_METAFILE_BYTES = 32 << 20


def pictures_for_the_web(pictures: Mapping[str, bytes]) -> dict[str, bytes]:
    """Pictures as PNG, JPEG, GIF or WebP, by their names; those that can't be are missing.

    Metafiles that only wrap a bitmap give that; the others are drawn together by LibreOffice, where it is installed.
    """
    found: dict[str, bytes] = {}
    metafiles: dict[str, bytes] = {}
    for name, data in pictures.items():
        kind = _kind_of(data)
        if kind in WEB:
            found[name] = data
        elif kind is not None:
            found |= {name: made} if (made := _as_png(data)) else {}
        elif metafile := _metafile_in(data):
            wrapped = bitmap_in(metafile)
            made = _as_png(wrapped) if wrapped else None
            found |= {name: made} if made else {}
            metafiles |= {name: metafile} if not made else {}
    drawn = {name: _as_png(data) for name, data in drawn_metafiles(metafiles).items()}
    return found | {name: data for name, data in drawn.items() if data}


def is_packed_metafile(data: bytes) -> bool:
    """A metafile, or what may be one packed (.wmz, .emz)."""
    return is_metafile(data) or data[:2] == b"\x1f\x8b"


def _metafile_in(data: bytes) -> bytes:
    """The metafile itself, unpacked where it's a .wmz or .emz; nothing where it's none."""
    if data[:2] == b"\x1f\x8b":
        try:
            with gzip.open(io.BytesIO(data)) as file:
                data = file.read(MAX_METAFILE_BYTES)
        except (OSError, EOFError, zlib.error):
            return b""
    return data if is_metafile(data) else b""


def _kind_of(data: bytes) -> str | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=(*WEB, *OTHERS)) as image:
                return image.format
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _as_png(data: bytes) -> bytes | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(data), formats=(*WEB, *OTHERS)) as image:
                if image.width * image.height > MAX_PIXELS:
                    return None
                made = io.BytesIO()
                _on_white(image).save(made, "PNG")
                return made.getvalue()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError):
        return None


def _on_white(image: Image.Image) -> Image.Image:
    """The picture as it looks on paper: what is transparent is white."""
    if "A" not in image.getbands() and "transparency" not in image.info:
        return image.convert("RGB")
    clear = image.convert("RGBA")
    paper = Image.new("RGBA", clear.size, "white")
    return Image.alpha_composite(paper, clear).convert("RGB")
