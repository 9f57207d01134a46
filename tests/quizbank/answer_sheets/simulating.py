"""Answer sheets filled in and photographed by the computer: printed page, pen, camera, all from one seed."""

from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray

from quizbank.answer_sheets.drawing import SheetHead, answer_sheet_pdf
from quizbank.answer_sheets.judging import WAITING, FieldReading
from quizbank.answer_sheets.layout import PAGE_MM, SheetLayout
from tests.quizbank.answer_sheets import cameras
from tests.quizbank.answer_sheets.pens import Filled, fill_in

HEAD = SheetHead(123, "Kiểm tra học kì I", "THPT Thử", "Toán")
LAYOUTS = (
    SheetLayout(6, 3),
    SheetLayout(8, 4, (12, 4, 6)),
    SheetLayout(6, 4, (18, 4, 6)),
    SheetLayout(8, 3, (40, 0, 0)),
)
CAMERAS = {"scanner": cameras.scanned, "good phone": cameras.good_photo, "careless phone": cameras.careless_photo}
DPI = 300


@dataclass(frozen=True)
class Shot:
    """A picture of a filled sheet, and what stands on it."""

    layout: SheetLayout
    filled: Filled
    jpeg: bytes


@dataclass
class Score:
    """How reading fared: of how many fields how many were wrong without a doubt, and how many wait for a person."""

    fields: int = 0
    unflagged: list[str] = field(default_factory=list)
    flagged: int = 0
    unread: int = 0

    def add(self, filled: Filled, read: tuple[FieldReading, ...]) -> None:
        for one in read:
            self.fields += 1
            if one.state in WAITING:
                self.flagged += 1
            elif one.value != filled.meant[one.name]:
                self.unflagged.append(f"{one.name}: read {one.value!r}, meant {filled.meant[one.name]!r}")


@lru_cache(maxsize=8)
def printed(layout: SheetLayout, quiz_id: int = HEAD.quiz_id) -> NDArray[Any]:
    """The blank sheet of a quiz on paper, in grey."""
    page = pypdfium2.PdfDocument(answer_sheet_pdf(layout, replace(HEAD, quiz_id=quiz_id)))[0]
    drawn = page.render(scale=DPI / 72, grayscale=True).to_numpy()
    return np.ascontiguousarray(drawn[..., 0] if drawn.ndim == 3 else drawn)


def shot(camera: str, number: int, seed: int = 7, layout: SheetLayout | None = None) -> Shot:
    """The picture ``number`` of a series."""
    chance = np.random.default_rng([seed, number, list(CAMERAS).index(camera)])
    layout = layout or LAYOUTS[number % len(LAYOUTS)]
    page = printed(layout)
    filled_page, filled = fill_in(page, page.shape[1] / PAGE_MM[0], layout, chance, careless=camera == "careless phone")
    return Shot(layout, filled, jpeg_of(CAMERAS[camera](filled_page, chance)))


def jpeg_of(picture: NDArray[Any], quality: int = 95) -> bytes:
    return cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()


def saved(data: bytes, folder: Path, name: str = "phieu.jpg") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path
