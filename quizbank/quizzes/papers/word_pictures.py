"""Pictures on their way into Word: in a form that it knows, as large as a paper has room for, each once a document."""

import io
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, UnidentifiedImageError

from quizbank.questions.formats.word_body import as_png
from repository.errors import NotFound

PT_PER_PIXEL = 0.75
ENDINGS = {b"\x89PNG": "png", b"\xff\xd8": "jpeg", b"GIF8": "gif"}
REFERENCE_LETTERS = 16


@dataclass(frozen=True)
class Picture:
    """A picture as Word takes it. ``reference`` names it in a document."""

    reference: str
    data: bytes
    width_px: int
    height_px: int

    @property
    def ending(self) -> str:
        return next(ending for start, ending in ENDINGS.items() if self.data.startswith(start))

    @property
    def target(self) -> str:
        return f"media/{self.reference}.{self.ending}"

    def size_pt(self, room_pt: tuple[float, float]) -> tuple[float, float]:
        """Width and height: its own at 96 dots an inch, or as large as the room allows."""
        width, height = self.width_px * PT_PER_PIXEL, self.height_px * PT_PER_PIXEL
        scale = min(1.0, room_pt[0] / width, room_pt[1] / height)
        return width * scale, height * scale


class Pictures:
    """The kept pictures that papers show, each read once. ``media``: SHA-256 -> bytes."""

    def __init__(self, media: Callable[[str], bytes]) -> None:
        self.media = media
        self.known: dict[str, Picture | None] = {}

    def find(self, sha256: str) -> Picture | None:
        """The picture; None where it is gone or can't be read: its words stand for it then."""
        if sha256 not in self.known:
            self.known[sha256] = self._read(sha256)
        return self.known[sha256]

    def _read(self, sha256: str) -> Picture | None:
        try:
            data = as_png(self.media(sha256))
            with Image.open(io.BytesIO(data)) as image:
                width, height = image.size
        except (NotFound, OSError, KeyError, UnidentifiedImageError, ValueError):
            return None
        return Picture(f"h{sha256[:REFERENCE_LETTERS]}", data, width, height)
