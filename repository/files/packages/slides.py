"""PowerPoint files read as an outline: titles, paragraphs, notes and pictures, slide by slide."""

import posixpath
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from repository.files.archives import Archive
from repository.files.media_types import PPTX
from repository.files.packages.info import PackageInfo, PackageKind, PackageRefused
from repository.files.packages.lom import language_of
from repository.files.packages.paths import ending_of
from repository.files.packages.xml import attribute, find_all, find_first, first_text, local_name, parse_xml, text_of

PRESENTATION = "ppt/presentation.xml"
PICTURE_ENDINGS = frozenset({"png", "jpg", "jpeg", "gif", "webp"})
SLIDES_MAX = 1_000
TITLE_TYPES = frozenset({"title", "ctrTitle"})
NOTES_SKIPPED = frozenset({"sldNum", "dt", "hdr", "ftr", "sldImg"})


@dataclass(frozen=True)
class Slide:
    """What one slide says. ``pictures`` are paths inside the file that a browser can show."""

    title: str
    paragraphs: tuple[str, ...]
    notes: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()


@dataclass(frozen=True)
class Related:
    type: str
    path: str


def inspect_pptx(archive: Archive) -> PackageInfo:
    """A presentation with at least one slide.

    Raises:
        PackageRefused: it has none, or is broken.
    """
    slides = read_slides(archive)
    if not slides:
        raise PackageRefused("no-slides", "Bài trình chiếu không có trang nào.")
    core = parse_part(archive, "docProps/core.xml") if archive.has("docProps/core.xml") else None
    title, author = (first_text(core, name) if core is not None else "" for name in ("title", "creator"))
    is_dull = title.lower() in ("", "powerpoint presentation", "slide 1", "presentation", "bài thuyết trình powerpoint")
    return PackageInfo(
        kind=PackageKind.PPTX,
        media_type=PPTX,
        standard="PowerPoint",
        title=next((slide.title for slide in slides if slide.title), title) if is_dull else title,
        description=first_text(core, "description") if core is not None else "",
        language=language_of(first_text(core, "language")) if core is not None else "",
        authors=(author,) if author else (),
        keywords=tuple(filter(None, (first_text(core, "keywords") if core is not None else "").split(", "))),
    )


def read_slides(archive: Archive) -> tuple[Slide, ...]:
    """The slides in the order of the show.

    Raises:
        PackageRefused: the presentation part is missing or broken.
    """
    if not archive.has(PRESENTATION):
        raise PackageRefused("pptx-broken", "Tệp PowerPoint thiếu phần trình chiếu.")
    related = relations_of(archive, PRESENTATION)
    references = [attribute(item, "id") for item in find_all(parse_part(archive, PRESENTATION), "sldId")]
    # sldId carries a number in ``id`` and the relation in ``r:id``; attribute() may meet either first.
    wanted = [
        relation for item in find_all(parse_part(archive, PRESENTATION), "sldId") if (relation := relation_id(item))
    ]
    paths = [related[name].path for name in wanted or references if name in related]
    return tuple(read_slide(archive, path) for path in paths[:SLIDES_MAX] if archive.has(path))


def relation_id(element: Element, name: str = "id") -> str:
    return next((value for key, value in element.attrib.items() if key.endswith("relationships}" + name)), "")


def parse_part(archive: Archive, path: str) -> Element:
    return parse_xml(archive.read_small(path), path)


def relations_of(archive: Archive, path: str) -> dict[str, Related]:
    """Relation id -> part, for relations that stay inside the file."""
    folder, _, name = path.rpartition("/")
    place = f"{folder}/_rels/{name}.rels"
    if not archive.has(place):
        return {}
    return {
        attribute(relation, "Id"): Related(
            attribute(relation, "Type").rpartition("/")[2],
            posixpath.normpath(posixpath.join(folder, attribute(relation, "Target"))).lstrip("/"),
        )
        for relation in find_all(parse_part(archive, place), "Relationship")
        if attribute(relation, "TargetMode") != "External"
    }


def read_slide(archive: Archive, path: str) -> Slide:
    root, related = parse_part(archive, path), relations_of(archive, path)
    title, paragraphs = "", []
    for shape in find_all(root, "sp"):
        lines = paragraphs_of(shape)
        if placeholder_of(shape) in TITLE_TYPES and not title:
            title = " ".join(lines)
        else:
            paragraphs += lines
    for table in find_all(root, "tbl"):
        paragraphs += [" | ".join(text_of(cell) for cell in find_all(row, "tc")) for row in find_all(table, "tr")]
    return Slide(title, tuple(paragraphs), notes_of(archive, related), pictures_of(archive, root, related))


def placeholder_of(shape: Element) -> str:
    placeholder = find_first(shape, "ph")
    return attribute(placeholder, "type") if placeholder is not None else ""


def paragraphs_of(shape: Element) -> list[str]:
    """The lines of a shape's text; equations contribute their letters."""
    lines = []
    for paragraph in find_all(shape, "p"):
        parts = [
            " " if local_name(run) == "br" else (run.text or "")
            for run in paragraph.iter()
            if local_name(run) in ("t", "br")
        ]
        if line := " ".join("".join(parts).split()):
            lines.append(line)
    return lines


def notes_of(archive: Archive, related: dict[str, Related]) -> tuple[str, ...]:
    for relation in related.values():
        if relation.type == "notesSlide" and archive.has(relation.path):
            shapes = find_all(parse_part(archive, relation.path), "sp")
            return tuple(
                line for shape in shapes if placeholder_of(shape) not in NOTES_SKIPPED for line in paragraphs_of(shape)
            )
    return ()


def pictures_of(archive: Archive, root: Element, related: dict[str, Related]) -> tuple[str, ...]:
    paths = []
    for blip in find_all(root, "blip"):
        relation = related.get(relation_id(blip, "embed"))
        if relation and ending_of(relation.path) in PICTURE_ENDINGS and archive.has(relation.path):
            paths.append(relation.path)
    return tuple(dict.fromkeys(paths))
