"""Pictures of sheets from files that people send: JPEG, PNG, and the pages of PDF files. Limits first.

Only the reading process opens such a file. Photos are decoded at half their size where that is enough.
"""

import warnings
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image

from quizbank.answer_sheets.finding import Grey

WANTED_PX = 1800
MOST_PIXELS = 80_000_000
MOST_PAGES = 600
LEAST_PX = 500
LEAST_POINTS, MOST_POINTS = 100, 20_000
PDF_MAGIC = b"%PDF-"
FORMATS = ("JPEG", "PNG")


class BadPicture(Exception):
    """The file can't be used; ``reason`` is a word for it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def count_pages(path: Path) -> int:
    """How many pages a file has; a picture has one.

    Raises:
        BadPicture: ``broken``, ``too-many-pages`` or ``unknown-format``.
    """
    if not is_pdf(path):
        with opened(path):
            return 1
    document = opened_pdf(path)
    count = len(document)
    document.close()
    if count > MOST_PAGES:
        raise BadPicture("too-many-pages")
    return count


def picture_of(path: Path, page: int) -> Grey:
    """A page in grey, its longer side about 1,800 to 3,600 pixels.

    Raises:
        BadPicture: ``broken``, ``too-large``, ``too-small`` or ``unknown-format``.
    """
    return pdf_page(path, page) if is_pdf(path) else photo(path)


def is_pdf(path: Path) -> bool:
    with path.open("rb") as file:
        return PDF_MAGIC in file.read(1024)


def opened(path: Path) -> Image.Image:
    """The picture, not decoded yet."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            Image.MAX_IMAGE_PIXELS = None
            found = Image.open(path, formats=FORMATS)
    except (OSError, ValueError, SyntaxError) as error:
        raise BadPicture("unknown-format") from error
    if found.width * found.height > MOST_PIXELS:
        raise BadPicture("too-large")
    if max(found.size) < LEAST_PX:
        raise BadPicture("too-small")
    return found


def photo(path: Path) -> Grey:
    with opened(path) as picture:
        longer = max(picture.size)
        if longer >= 2 * WANTED_PX:
            factor = longer // WANTED_PX
            picture.draft("L", (picture.width // factor, picture.height // factor))
        try:
            grey = picture.convert("L")
        except (OSError, ValueError, SyntaxError) as error:
            raise BadPicture("broken") from error
    if max(grey.size) > 2.2 * WANTED_PX:
        grey = grey.reduce(max(2, max(grey.size) // WANTED_PX))
    return np.asarray(grey)


def opened_pdf(path: Path) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise BadPicture("broken") from error


def pdf_page(path: Path, number: int) -> Grey:
    document = opened_pdf(path)
    try:
        page = document[number]
        longer = max(page.get_size())
        if longer > MOST_POINTS:
            raise BadPicture("too-large")
        if min(page.get_size()) < LEAST_POINTS:
            raise BadPicture("too-small")
        scale = min(WANTED_PX * 1.3 / longer, 20.0)
        drawn = page.render(scale=scale, grayscale=True, may_draw_forms=False).to_numpy()
        return np.ascontiguousarray(drawn[..., 0] if drawn.ndim == 3 else drawn)
    except (pypdfium2.PdfiumError, IndexError) as error:
        raise BadPicture("broken") from error
    finally:
        document.close()
