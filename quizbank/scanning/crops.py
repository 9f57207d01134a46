"""Pictures of single fields, cut from the flat page that the product itself made and kept."""

import io
from collections.abc import Sequence

from PIL import Image

from quizbank.scanning.models import ScanSheet
from repository.errors import NotFound
from repository.files.store import FileStore

AROUND_PX = 14
LARGER = 2


def box_of(sheet: ScanSheet, field: str) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of a field, or of all columns of a short answer (``3.2``), with its number beside.

    Raises:
        NotFound: the sheet has no such field.
    """
    boxes = [row[4] for row in sheet.reading if row[0] == field or row[0].startswith(f"{field}.")]
    if not boxes or sheet.picture_sha256 is None:
        raise NotFound("Phiếu này không có ô đó.")
    return around(boxes, room_for_number=field.startswith(("1.", "2.")))


def around(boxes: Sequence[Sequence[int]], *, room_for_number: bool) -> tuple[int, int, int, int]:
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[0] + box[2] for box in boxes), max(box[1] + box[3] for box in boxes)
    beside = 3 * AROUND_PX if room_for_number else AROUND_PX
    return max(0, left - beside), max(0, top - AROUND_PX), right + AROUND_PX, bottom + AROUND_PX


def picture_of_field(store: FileStore, sheet: ScanSheet, field: str) -> bytes:
    """A PNG of a field, twice as large as it was read."""
    box = box_of(sheet, field)
    with store.open(sheet.picture_sha256 or "") as file, Image.open(file, formats=("JPEG",)) as page:
        cut = page.crop((*box[:2], min(box[2], page.width), min(box[3], page.height)))
    out = io.BytesIO()
    cut.resize((cut.width * LARGER, cut.height * LARGER), Image.Resampling.BICUBIC).save(out, "PNG")
    return out.getvalue()
