"""Pictures that no browser shows: other bitmaps become PNG, metafiles where something can draw them."""

import io
import tempfile
import warnings
from pathlib import Path, PurePosixPath

from PIL import Image, UnidentifiedImageError

from quizbank.questions.formats.word_office import run_office
from quizbank.questions.problems import Problem, problem

WEB = frozenset({"PNG", "JPEG", "GIF", "WEBP"})
OTHERS = ("BMP", "TIFF", "DIB", "PCX", "TGA", "PPM")
MAX_PIXELS = 40_000_000
METAFILES = frozenset({".emf", ".wmf", ".emz", ".wmz"})


def picture_for_the_web(data: bytes, name: str) -> tuple[bytes, Problem | None]:
    """The picture as PNG, JPEG, GIF or WebP, or its own bytes with what is wrong with them."""
    kind = _kind_of(data)
    if kind in WEB:
        return data, None
    if kind is not None:
        made = _as_png(data)
        return (made, None) if made else (data, problem("bad-image", image=name))
    if PurePosixPath(name).suffix.lower() in METAFILES or is_metafile(data):
        made = drawn_metafile(data)
        if made is not None:
            return made, None
        return data, problem("unreadable-part", what=f"hình {name} (WMF/EMF)")
    return data, None


def is_metafile(data: bytes) -> bool:
    return data[:4] == b"\xd7\xcd\xc6\x9a" or data[:4] == b"\x01\x00\x09\x00" or data[40:44] == b" EMF"


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
            with Image.open(io.BytesIO(data), formats=OTHERS) as image:
                if image.width * image.height > MAX_PIXELS:
                    return None
                made = io.BytesIO()
                image.convert("RGBA" if "A" in image.getbands() else "RGB").save(made, "PNG")
                return made.getvalue()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError):
        return None


def drawn_metafile(data: bytes) -> bytes | None:
    """A metafile drawn by LibreOffice, or None where it isn't installed or can't."""
    with tempfile.TemporaryDirectory(prefix="picture-") as name:
        folder = Path(name)
        file = folder / ("in.emf" if data[40:44] == b" EMF" else "in.wmf")
        file.write_bytes(data)
        made = run_office(file, folder, "png")
        return made.read_bytes() if made else None
