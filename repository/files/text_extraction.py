"""What a lecture says, place by place, for search. Runs in the examining process, within limits of its own."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from repository.files import media_types
from repository.files.archives import Archive, UnsafeArchive, open_archive
from repository.files.examination import TextPlace
from repository.files.packages.epub import chapters_of, open_book
from repository.files.packages.geojson import names_of, read_geojson
from repository.files.packages.h5p import plain
from repository.files.packages.info import PackageRefused
from repository.files.packages.inspection import inspect_archive
from repository.files.packages.paths import ending_of, is_leftover
from repository.files.packages.slides import read_slides
from repository.files.packages.subtitles import stretches_of
from repository.files.packages.tidying import tidy
from repository.files.packages.web_page import decoded, page_text

TEXT_MAX_CHARACTERS = 1_500_000
PLACE_MAX_CHARACTERS = 200_000
PAGES_MAX = 1_000
PAGE_MAX_BYTES = 4 << 20
FILES_MAX = 2_000
UNKNOWN_PAGES = -1
READ_ENDINGS = frozenset({"html", "htm", "xhtml", "vtt"})
# fmt: off
H5P_SILENT_KEYS = frozenset((
    "library", "subContentId", "path", "mime", "copyright", "license", "l10n", "a11y", "UI", "behaviour",
    "override", "overrideSettings", "color", "contentType", "version", "currentMenu", "confirmCheck",
    "confirmRetry", "media", "metadata",
))
# fmt: on


def read_text(path: Path, kind: str) -> list[TextPlace]:
    """Texts in reading order, at most ``TEXT_MAX_CHARACTERS`` in all. Kinds without text give none."""
    reader = READERS.get(kind)
    return list(within_limit(reader(path))) if reader else []


def within_limit(places: Iterator[TextPlace]) -> Iterator[TextPlace]:
    left = TEXT_MAX_CHARACTERS
    for place in places:
        text = place.text.strip()[: min(PLACE_MAX_CHARACTERS, left)]
        left -= len(text)
        if text:
            yield replace(place, text=text)
        if left <= 0:
            return


def read_facts(path: Path, kind: str) -> dict[str, Any]:
    """Metadata that needs a parser of the examining process: of PDF files."""
    return pdf_facts(path) if kind == "pdf" else {}


def pdf_facts(path: Path) -> dict[str, Any]:
    """Title, author, language and number of pages; ``problem`` when it can't be read (``locked``, ``broken``).

    A PDF under AES is let through unread: browsers open it, asking for a password where it needs one.
    """
    try:
        reader = PdfReader(path)
        is_restricted = reader.is_encrypted
        if is_restricted and not reader.decrypt(""):
            return {"problem": "locked"}
        metadata = reader.metadata
        return {
            "pages": len(reader.pages),
            "title": tidy(str(metadata.title or "")) if metadata else "",
            "author": tidy(str(metadata.author or "")) if metadata else "",
            "language": str(reader.root_object.get("/Lang", "")),
            "is_restricted": is_restricted,
        }
    except DependencyError:
        return {"pages": UNKNOWN_PAGES, "is_restricted": True}
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError) as error:
        return {"problem": "broken", "detail": str(error)[:200]}


def pdf_text(path: Path) -> Iterator[TextPlace]:
    reader = PdfReader(path)
    if reader.is_encrypted:
        reader.decrypt("")
    for number, page in enumerate(reader.pages, start=1):
        if number > PAGES_MAX:
            return
        yield TextPlace(str(number), tidy_lines(page.extract_text()), "page", number)


def tidy_lines(text: str) -> str:
    lines = (tidy(line) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def pptx_text(path: Path) -> Iterator[TextPlace]:
    with open_archive(path) as archive:
        for number, slide in enumerate(read_slides(archive), start=1):
            text = "\n".join((slide.title, *slide.paragraphs, *slide.notes))
            yield TextPlace(str(number), text, "slide", number)


def epub_text(path: Path) -> Iterator[TextPlace]:
    with open_archive(path) as archive:
        for number, chapter in enumerate(chapters_of(archive, open_book(archive)), start=1):
            yield from page_of(archive, chapter.path, TextPlace(chapter.title or chapter.path, "", "chapter", number))


def web_text(path: Path) -> Iterator[TextPlace]:
    """Every page of the package and every subtitle; a presentation or PDF inside is not read."""
    with open_archive(path) as archive:
        numbers = launch_numbers(archive)
        found = [entry.path for entry in archive.entries if ending_of(entry.path) in READ_ENDINGS]
        for page in [page for page in found if not is_leftover(page)][:FILES_MAX]:
            if ending_of(page) == "vtt":
                yield from subtitles_of(archive, page)
            else:
                number = numbers.get(page, 0)
                yield from page_of(archive, page, TextPlace(page, "", "page" if number else "", number))


def launch_numbers(archive: Archive) -> dict[str, int]:
    """Page -> its number in the player's contents, where the package has several things to start."""
    try:
        launches = inspect_archive(archive, media_types.ZIP).launches
    except PackageRefused:
        return {}
    paths = [launch.path for launch in launches] if len(launches) > 1 else []
    return {path: number for number, path in reversed(list(enumerate(paths, start=1)))}


def page_of(archive: Archive, path: str, place: TextPlace) -> Iterator[TextPlace]:
    try:
        yield replace(place, text=page_text(archive.read_start(path, PAGE_MAX_BYTES), PLACE_MAX_CHARACTERS))
    except UnsafeArchive:
        return


def subtitles_of(archive: Archive, path: str) -> Iterator[TextPlace]:
    """What is said in a recording of the package, some seconds at a time."""
    try:
        content = decoded(archive.read_start(path, PAGE_MAX_BYTES))
    except UnsafeArchive:
        return
    for second, text in stretches_of(content):
        yield TextPlace(path, text, "second", second)


def h5p_text(path: Path) -> Iterator[TextPlace]:
    with open_archive(path) as archive:
        found = next((name for name in sorted(archive.paths) if name.endswith("content/content.json")), None)
        if found is None:
            return
        try:
            content = json.loads(archive.read_small(found).decode("utf-8-sig"))
        except (ValueError, RecursionError):
            return
        strings = (plain(text) for text in strings_of(content))
        yield TextPlace(found, "\n".join(dict.fromkeys(text for text in strings if any(map(str.isalpha, text)))))


def strings_of(value: Any) -> Iterator[str]:
    """Strings of H5P content that a learner reads, in order; settings and interface words are left out."""
    stack = [value]
    while stack:
        here = stack.pop()
        if isinstance(here, str):
            yield here
        elif isinstance(here, list):
            stack += reversed(here)
        elif isinstance(here, dict):
            stack += [item for key, item in reversed(here.items()) if key not in H5P_SILENT_KEYS]


def map_text(path: Path) -> Iterator[TextPlace]:
    try:
        value = read_geojson(path)
    except PackageRefused:
        return
    yield TextPlace("", "\n".join(dict.fromkeys(names_of(value.get("features", [value])))))


READERS: dict[str, Callable[[Path], Iterator[TextPlace]]] = {
    "pdf": pdf_text,
    "pptx": pptx_text,
    "epub": epub_text,
    "html": web_text,
    "scorm": web_text,
    "h5p": h5p_text,
    "map": map_text,
}
