"""EPUB 2 and 3: the container names the package document, its spine gives the reading order."""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from repository.files.archives import Archive
from repository.files.media_types import EPUB
from repository.files.packages.info import Launch, PackageInfo, PackageKind, PackageRefused
from repository.files.packages.lom import language_of
from repository.files.packages.paths import PathFinder, split_address
from repository.files.packages.xml import attribute, children, find_all, find_first, first_text, parse_xml, text_of

CONTAINER = "META-INF/container.xml"
PAGE_TYPES = frozenset({"application/xhtml+xml", "text/html", "image/svg+xml", "application/x-dtbook+xml"})
FONT_OBFUSCATIONS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")


@dataclass(frozen=True)
class Book:
    """The package document and the places of what it lists."""

    root: Element
    folder: str
    finder: PathFinder

    @property
    def items(self) -> dict[str, Element]:
        return {attribute(item, "id"): item for item in find_all(self.root, "item")}

    def place_of(self, address: str) -> str | None:
        return self.finder.find(split_address(address, self.folder)[0])


def open_book(archive: Archive) -> Book:
    """Read the container and the package document.

    Raises:
        PackageRefused: either is missing or broken, or the book is locked.
    """
    check_not_locked(archive)
    rootfile = find_first(parse_xml(archive.read_small(CONTAINER), CONTAINER), "rootfile")
    finder = PathFinder(archive.paths)
    path = finder.find(split_address(attribute(rootfile, "full-path"))[0]) if rootfile is not None else None
    if path is None:
        raise PackageRefused("epub-broken", "Sách EPUB thiếu tệp mô tả nội dung.")
    return Book(parse_xml(archive.read_small(path), path), path.rpartition("/")[0], finder)


def check_not_locked(archive: Archive) -> None:
    """Refuse books under DRM; obfuscated fonts are no lock."""
    if not archive.has("META-INF/encryption.xml"):
        return
    root = parse_xml(archive.read_small("META-INF/encryption.xml"), "META-INF/encryption.xml")
    methods = {attribute(method, "Algorithm") for method in find_all(root, "EncryptionMethod")}
    if methods - set(FONT_OBFUSCATIONS):
        raise PackageRefused("epub-locked", "Sách EPUB bị khoá bản quyền số (DRM), không đọc được.")


def inspect_epub(archive: Archive) -> PackageInfo:
    """A book whose launches are its chapters in reading order.

    Raises:
        PackageRefused: nothing to read.
    """
    book = open_book(archive)
    launches = tuple(chapters_of(archive, book))
    if not launches:
        raise PackageRefused("nothing-to-start", "Sách EPUB không có trang nào để đọc.")
    metadata = find_first(book.root, "metadata")
    if metadata is None:
        metadata = book.root
    year = re.search(r"\b(1[5-9]|20)\d\d\b", first_text(metadata, "date"))
    return PackageInfo(
        kind=PackageKind.EPUB,
        media_type=EPUB,
        standard=f"EPUB {attribute(book.root, 'version')}".strip(),
        title=first_text(metadata, "title"),
        launches=launches,
        description=re.sub(r"<[^>]*>", " ", first_text(metadata, "description")).strip(),
        language=language_of(first_text(metadata, "language")),
        authors=tuple(filter(None, (text_of(creator) for creator in find_all(metadata, "creator")))),
        keywords=tuple(filter(None, (text_of(subject) for subject in find_all(metadata, "subject")))),
        licence=first_text(metadata, "rights"),
        year=int(year[0]) if year else None,
    )


def chapters_of(archive: Archive, book: Book) -> list[Launch]:
    """The spine, each page under the name its table of contents gives it."""
    names, items, chapters = names_of(archive, book), book.items, []
    for reference in find_all(book.root, "itemref"):
        item = items.get(attribute(reference, "idref"))
        if item is None or attribute(item, "media-type") not in PAGE_TYPES:
            continue
        if path := book.place_of(attribute(item, "href")):
            chapters.append(Launch(names.get(path, ""), path))
    return chapters


def names_of(archive: Archive, book: Book) -> dict[str, str]:
    """Page -> title, from the navigation document (EPUB 3), else from the NCX (EPUB 2)."""
    for item in book.items.values():
        if "nav" in attribute(item, "properties").split() and (path := book.place_of(attribute(item, "href"))):
            return names_in_nav(archive, book, path)
    for item in book.items.values():
        if attribute(item, "media-type") == "application/x-dtbncx+xml":
            path = book.place_of(attribute(item, "href"))
            return names_in_ncx(archive, book, path) if path else {}
    return {}


def parse_contents(archive: Archive, path: str) -> Element:
    """A table of contents; an empty one where it is broken, for a book can be read without."""
    try:
        return parse_xml(archive.read_small(path), path)
    except PackageRefused:
        return Element("nothing")


def names_in_nav(archive: Archive, book: Book, path: str) -> dict[str, str]:
    root = parse_contents(archive, path)
    links = [(attribute(link, "href"), text_of(link)) for link in find_all(root, "a")]
    return named_pages(book, path, links)


def names_in_ncx(archive: Archive, book: Book, path: str) -> dict[str, str]:
    points = find_all(parse_contents(archive, path), "navPoint")
    links = [
        (attribute(content[0], "src"), first_text(point, "navLabel"))
        for point in points
        if (content := children(point, "content"))
    ]
    return named_pages(book, path, links)


def named_pages(book: Book, path: str, links: list[tuple[str, str]]) -> dict[str, str]:
    """The first link to a page names it."""
    folder = path.rpartition("/")[0]
    names: dict[str, str] = {}
    for address, title in links:
        if found := book.finder.find(split_address(address, folder)[0]):
            names.setdefault(found, title)
    return names


def cover_of(book: Book) -> str | None:
    """The path of the cover picture, by EPUB 3's property or EPUB 2's meta element."""
    items = book.items
    for item in items.values():
        if "cover-image" in attribute(item, "properties").split():
            return book.place_of(attribute(item, "href"))
    for meta in find_all(book.root, "meta"):
        if attribute(meta, "name") == "cover" and (named := items.get(attribute(meta, "content"))) is not None:
            return book.place_of(attribute(named, "href"))
    return None
