"""Lessons as PDF notes, slides and books."""

import io
import zipfile
from functools import lru_cache
from html import escape
from xml.sax.saxutils import escape as xml_escape

from pptx import Presentation

from quizbank.demo.lectures.lessons import Lesson
from quizbank.demo.lectures.typesetting import literal, typeset
from quizbank.demo.lectures.zips import MOMENT, zipped

PDF_HEAD = """#set document(title: "{title}", author: "{author}", date: none)
#set page(paper: "a4", margin: 2.2cm, numbering: "1")
#set text(font: "Libertinus Serif", size: 12pt, lang: "{language}")
#set par(leading: 0.85em, justify: true)
#show heading: set text(fill: rgb("#0b6e63"))
= {heading}
"""
SLIDE_TITLE, SLIDE_TEXT = "HOCLIEU-TITLE", "HOCLIEU-TEXT"
OPF = """<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="{language}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">{id}</dc:identifier><dc:title>{title}</dc:title><dc:language>{language}</dc:language>
<dc:creator>{author}</dc:creator><dc:rights>CC BY 4.0</dc:rights>
<meta property="dcterms:modified">2026-01-01T00:00:00Z</meta></metadata>
<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="css" href="book.css" media-type="text/css"/>{items}</manifest>
<spine>{spine}</spine></package>
"""
CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="EPUB/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
"""
XHTML = """<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
  xml:lang="{language}" lang="{language}">
<head><title>{title}</title><link rel="stylesheet" href="book.css"/></head><body>{body}</body></html>
"""
BOOK_CSS = "body { margin: 1.5em; line-height: 1.65; } h1 { font-size: 1.4em; } li { margin: 0.5em 0; }\n"
QUESTIONS = {"vi": "Câu hỏi ôn tập", "en": "Review questions"}


def pdf_notes(lesson: Lesson, author: str) -> bytes:
    """Lesson notes of a page or two, with typeset mathematics where the lesson has some."""
    title = lesson.title.replace('"', "'")
    head = PDF_HEAD.format(title=title, author=author, language=lesson.language, heading=literal(lesson.title))
    body = "\n\n".join(literal(sentence) for sentence in lesson.sentences)
    formulas = "\n\n".join(f"$ {formula} $" for formula in lesson.formulas)
    checks = "\n\n".join(
        f"*{literal(check.stem)}*\n" + "".join(f"\n- {literal(option)}" for option in check.options)
        for check in lesson.checks
    )
    if checks:
        checks = f"== {QUESTIONS[lesson.language]}\n{checks}"
    return typeset(f"{head}\n{body}\n\n{formulas}\n\n{checks}\n")[0]


def slides(lesson: Lesson) -> bytes:
    """A title slide and one slide for each page of the lesson."""
    pages = [(lesson.title, (lesson.abstract,)), *((lesson.title, page) for page in lesson.pages)]
    texts = {}
    for number, (title, sentences) in enumerate(pages, 1):
        xml = blank_slide().replace(SLIDE_TITLE, xml_escape(title))
        texts[f"ppt/slides/slide{number}.xml"] = xml.replace(SLIDE_TEXT, xml_escape("\n".join(sentences)))
    return refilled(blank_slides(len(pages)), texts)


@lru_cache(maxsize=8)
def blank_slides(count: int) -> bytes:
    """A presentation with marks where texts go: writing it once and filling in the marks is a hundred times faster."""
    presentation = Presentation()
    for _ in range(count):
        slide = presentation.slides.add_slide(presentation.slide_layouts[1])
        slide.shapes.title.text = SLIDE_TITLE
        slide.placeholders[1].text = SLIDE_TEXT
    out = io.BytesIO()
    presentation.save(out)
    return without_thumbnail(out.getvalue())


def without_thumbnail(presentation: bytes) -> bytes:
    """Drop the picture that python-pptx's template carries; it is most of the bytes."""
    with zipfile.ZipFile(io.BytesIO(presentation)) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if name != "docProps/thumbnail.jpeg"}
    relations = files["_rels/.rels"].decode()
    start = relations.index("<Relationship ", relations.index("<Relationships"))
    parts = [part for part in relations[start:].split("/>") if "thumbnail" not in part]
    files["_rels/.rels"] = (relations[:start] + "/>".join(parts)).encode()
    return zipped(files)


@lru_cache(maxsize=1)
def blank_slide() -> str:
    with zipfile.ZipFile(io.BytesIO(blank_slides(1))) as archive:
        return archive.read("ppt/slides/slide1.xml").decode()


def refilled(blank: bytes, texts: dict[str, str]) -> bytes:
    """The same zip with other contents under some names; what is unchanged isn't compressed again."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(blank)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, texts[name].encode() if name in texts else source.read(name), compresslevel=1)
    return out.getvalue()


def book(lesson: Lesson, author: str) -> bytes:
    """An EPUB 3 book: a chapter for each page of the lesson, questions at the end."""
    bodies = ["".join(f"<p>{escape(sentence)}</p>" for sentence in page) for page in lesson.pages]
    if lesson.checks:
        bodies.append("".join(_question(check.stem, check.options) for check in lesson.checks))
    names = [f"chapter{number}.xhtml" for number in range(1, len(bodies) + 1)]
    titles = [f"{lesson.title} ({number})" for number in range(1, len(bodies) + 1)]
    chapters = {
        f"EPUB/{name}": _xhtml(lesson, title, f"<h1>{escape(title)}</h1>{body}")
        for name, title, body in zip(names, titles, bodies, strict=True)
    }
    links = "".join(f'<li><a href="{n}">{escape(t)}</a></li>' for n, t in zip(names, titles, strict=True))
    nav = _xhtml(lesson, lesson.title, f'<nav epub:type="toc"><h1>{escape(lesson.title)}</h1><ol>{links}</ol></nav>')
    opf = OPF.format(
        language=lesson.language,
        id=f"urn:hoclieu:{lesson.topic}",
        title=escape(lesson.title),
        author=escape(author),
        items="".join(
            f'<item id="c{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(names)
        ),
        spine="".join(f'<itemref idref="c{n}"/>' for n in range(len(names))),
    )
    files = {
        "META-INF/container.xml": CONTAINER,
        "EPUB/book.opf": opf,
        "EPUB/nav.xhtml": nav,
        "EPUB/book.css": BOOK_CSS,
    }
    return zipped({**files, **chapters}, first={"mimetype": b"application/epub+zip"})


def _question(stem: str, options: tuple[str, ...]) -> str:
    return f"<p>{escape(stem)}</p><ul>" + "".join(f"<li>{escape(option)}</li>" for option in options) + "</ul>"


def _xhtml(lesson: Lesson, title: str, body: str) -> str:
    return XHTML.format(language=lesson.language, title=escape(title), body=body)
