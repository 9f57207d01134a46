"""Papers, booklets of solutions and key tables as PDF: tagged, the same bytes for the same papers everywhere."""

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from PIL import Image, UnidentifiedImageError

from quizbank.quizzes.papers.paper import Paper
from quizbank.quizzes.papers.typst_markup import Picture
from quizbank.quizzes.papers.typst_process import Progress, TypesettingFailed, set_pages
from quizbank.quizzes.papers.typst_solutions import keys_source, solutions_source
from quizbank.quizzes.papers.typst_sources import Texts, layout_source, paper_source
from repository.errors import NotFound

PT_PER_PIXEL = 0.75
ENDINGS = {"PNG": "png", "JPEG": "jpg", "GIF": "gif", "WEBP": "webp"}
TEXTS = "texts.typ"

Media = Callable[[str], bytes]
"""SHA-256 -> bytes of a kept picture; ``NotFound``, ``OSError`` or ``KeyError`` where there is none."""


class PdfKind(StrEnum):
    PAPER = "paper"
    SOLUTIONS = "solutions"
    KEYS = "keys"


@dataclass(frozen=True)
class PdfFile:
    """``code`` is empty for a quiz without codes and for the table of all keys."""

    kind: PdfKind
    code: str
    data: bytes


@dataclass(frozen=True)
class PdfFiles:
    """``losses``: formulas that are printed as their source and pictures that are missing, each once."""

    files: tuple[PdfFile, ...]
    losses: tuple[str, ...] = ()


@dataclass
class Pictures:
    """The pictures of some papers, each read once and put beside the sources."""

    media: Media
    known: dict[str, Picture | None] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)

    def find(self, sha256: str) -> Picture | None:
        if sha256 not in self.known:
            self.known[sha256] = self._read(sha256)
        return self.known[sha256]

    def _read(self, sha256: str) -> Picture | None:
        try:
            data = self.media(sha256)
            with Image.open(io.BytesIO(data), formats=tuple(ENDINGS)) as image:
                width, height = image.size
                name = f"{sha256}.{ENDINGS[image.format or '']}"
                image.verify()
        except (NotFound, OSError, KeyError, UnidentifiedImageError, ValueError, SyntaxError):
            return None
        self.files[name] = data
        return Picture(f"/{name}", width * PT_PER_PIXEL, height * PT_PER_PIXEL)


def pdf_papers(papers: Sequence[Paper], media: Media) -> list[bytes]:
    """Each code as candidates get it."""
    return [file.data for file in pdf_files(papers, media).files]


def pdf_files(
    papers: Sequence[Paper],
    media: Media,
    kinds: Iterable[PdfKind] = (PdfKind.PAPER,),
    *,
    progress: Progress | None = None,
) -> PdfFiles:
    """The papers of one quiz as PDF.

    Args:
        papers: codes of one quiz; with keys, where solutions or keys are wanted.
        media: SHA-256 -> bytes of a kept picture.
        kinds: a paper and a booklet of solutions for every code, a table of keys for all.
        progress: told how many files are done, after each.

    Raises:
        TypesettingFailed: Typst gave up, even without the text that it stumbled over.
    """
    wanted = set(kinds)
    pictures = Pictures(media)
    texts = Texts(pictures.find)
    named: list[tuple[PdfKind, str]] = []
    sources: list[str] = []
    for kind, source_of in ((PdfKind.PAPER, paper_source), (PdfKind.SOLUTIONS, solutions_source)):
        if kind in wanted:
            named += [(kind, paper.code) for paper in papers]
            sources += [source_of(paper, texts) for paper in papers]
    if PdfKind.KEYS in wanted and papers:
        named.append((PdfKind.KEYS, ""))
        sources.append(keys_source(papers))
    made = _set(texts, pictures, sources, progress)
    files = (PdfFile(kind, code, data) for (kind, code), data in zip(named, made, strict=True))
    return PdfFiles(tuple(files), tuple(dict.fromkeys(texts.losses)))


def _set(texts: Texts, pictures: Pictures, sources: Sequence[str], progress: Progress | None) -> list[bytes]:
    """Set all; where Typst stumbles over a text, that text goes without its formulas."""
    try:
        return set_pages(_shared(texts, pictures), sources, progress=progress)
    except TypesettingFailed as failure:
        if failure.cause != "compile" or not _mended(texts, pictures):
            raise
    return set_pages(_shared(texts, pictures), sources, progress=progress)


def _shared(texts: Texts, pictures: Pictures) -> dict[str, bytes]:
    return {"layout.typ": layout_source().encode(), TEXTS: texts.source.encode(), **pictures.files}


def _mended(texts: Texts, pictures: Pictures) -> bool:
    """Whether some text that can't be set was found, and put down as plain text instead."""
    base = {"layout.typ": layout_source().encode(), **pictures.files}
    found = False
    for name in texts.texts:
        try:
            set_pages(base, [texts.alone(name)])
        except TypesettingFailed:
            texts.make_plain(name)
            found = True
    return found
