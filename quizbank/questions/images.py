"""Pictures in questions: checked, kept by their hash, and named in texts as ``![alt](media:SHA256)``."""

import datetime as dt
import io
import re
import warnings
from collections.abc import Callable, Iterable, Mapping

from PIL import Image, UnidentifiedImageError
from sqlalchemy.orm import Session

from quizbank.questions.formats.text_lines import IMAGE, MEDIA
from quizbank.questions.problems import Problem, problem
from repository.errors import Invalid
from repository.files.actions import keep_file
from repository.files.store import FileStore

FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
LIMIT_BYTES = 8 * 1024 * 1024
LIMIT_PIXELS = 40_000_000

FindImage = Callable[[str], bytes | None]
"""The bytes of a picture by the target a paper gives it, or None."""


def is_sound_image(data: bytes) -> bool:
    """Whether these bytes are a picture of a kind that may be shown, whole and of bearable size."""
    if not 0 < len(data) <= LIMIT_BYTES:
        return False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(data), formats=FORMATS) as image:
                width, height = image.size
                if not 0 < width * height <= LIMIT_PIXELS:
                    return False
                image.verify()
        return True
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError):
        return False


def keep_image(session: Session, store: FileStore, data: bytes, *, now: dt.datetime, name: str = "") -> str:
    """Keep a picture; returns its SHA-256.

    Raises:
        Invalid: it is none that may be shown.
    """
    if not is_sound_image(data):
        raise Invalid("Tệp {name} không phải là hình PNG, JPEG, GIF hoặc WebP dùng được (tối đa 8 MB).", name=name)
    return keep_file(session, store, io.BytesIO(data), limit_bytes=LIMIT_BYTES, now=now, name=name).sha256


def resolve_images(
    targets: Iterable[str], find_image: FindImage, keep: Callable[[str, bytes], str]
) -> dict[str, str | Problem]:
    """Find a paper's pictures: target -> SHA-256, or the problem with it.

    Args:
        targets: as the paper names them; those that are ``media:SHA256`` already are left alone.
        find_image: looks up bytes.
        keep: stores sound bytes under a name and returns their hash.
    """
    found: dict[str, str | Problem] = {}
    for target in targets:
        if MEDIA.fullmatch(target):
            continue
        data = find_image(target)
        if data is None:
            found[target] = problem("missing-image", image=target)
        elif not is_sound_image(data):
            found[target] = problem("bad-image", image=target)
        else:
            found[target] = keep(target, data)
    return found


def with_media(text: str, images: Mapping[str, str | Problem]) -> str:
    """The text with the pictures that were kept named by their hash."""

    def named(match: re.Match[str]) -> str:
        sha256 = images.get(match["target"])
        return f"![{match['alt']}](media:{sha256})" if isinstance(sha256, str) else match[0]

    return IMAGE.sub(named, text)
