"""Build Word documents from short words, as the XML that Word writes; nothing but the standard library."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from quizbank.questions.formats.paper import ParsedQuestion, SourceFile
from quizbank.questions.formats.word import read_word

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}
DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)


def r(text: str, **look: object) -> str:
    """A run; ``look`` names properties: ``b i u strike vanish``, ``color hl shd font vert style``."""
    inside = escape(text).replace("\t", "</w:t><w:tab/><w:t xml:space='preserve'>")
    inside = inside.replace("\n", "</w:t><w:br/><w:t xml:space='preserve'>")
    return f"<w:r>{rpr(**look)}<w:t xml:space='preserve'>{inside}</w:t></w:r>"


def rpr(**look: object) -> str:
    names = {
        "b": "<w:b/>",
        "i": "<w:i/>",
        "u": "<w:u w:val='single'/>",
        "strike": "<w:strike/>",
        "vanish": "<w:vanish/>",
        "caps": "<w:caps/>",
    }
    values = {
        "style": "<w:rStyle w:val='{}'/>",
        "font": "<w:rFonts w:ascii='{0}' w:hAnsi='{0}'/>",
        "color": "<w:color w:val='{}'/>",
        "hl": "<w:highlight w:val='{}'/>",
        "shd": "<w:shd w:val='clear' w:fill='{}'/>",
        "vert": "<w:vertAlign w:val='{}'/>",
        "position": "<w:position w:val='{}'/>",
        "border": "<w:bdr w:val='{}'/>",
    }
    written = "".join(names[name] for name, on in look.items() if name in names and on)
    written += "".join(values[name].format(value) for name, value in look.items() if name in values)
    return f"<w:rPr>{written}</w:rPr>" if written else ""


def p(*runs: str, num: tuple[int, int] | None = None, style: str = "", mark: str = "", shd: str = "") -> str:
    """A paragraph; a run that is no XML is plain text. ``num``: list and level; ``mark``: looks of its mark."""
    properties = f"<w:pStyle w:val='{style}'/>" if style else ""
    if num is not None:
        properties += f"<w:numPr><w:ilvl w:val='{num[1]}'/><w:numId w:val='{num[0]}'/></w:numPr>"
    properties += f"<w:shd w:val='clear' w:fill='{shd}'/>" if shd else ""
    properties += mark
    inside = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inside}</w:p>"


def lines(text: str) -> str:
    """A plain paragraph for every line."""
    return "".join(p(line) for line in text.split("\n"))


def tc(*content: str, span: int = 1, merge: str = "", shd: str = "") -> str:
    properties = f"<w:gridSpan w:val='{span}'/>" if span > 1 else ""
    properties += f"<w:vMerge w:val='{merge}'/>" if merge else ""
    properties += f"<w:shd w:val='clear' w:fill='{shd}'/>" if shd else ""
    inside = "".join(part if part.startswith(("<w:p", "<w:tbl")) else p(part) for part in content or ("",))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def tbl(*rows: Sequence[str]) -> str:
    """A table; a cell that is no ``tc`` is one plain paragraph."""
    return (
        "<w:tbl>"
        + "".join(
            "<w:tr>" + "".join(cell if cell.startswith("<w:tc") else tc(cell) for cell in row) + "</w:tr>"
            for row in rows
        )
        + "</w:tbl>"
    )


def m(inside: str) -> str:
    """An equation; ``{x}`` stands for a run of it."""
    return f"<m:oMath>{inside.replace('{', '<m:r><m:t>').replace('}', '</m:t></m:r>')}</m:oMath>"


def picture(rel: str, alt: str = "") -> str:
    return (
        f"<w:r><w:drawing><wp:inline><wp:docPr id='1' name='Picture 1' descr='{alt}'/><a:graphic><a:graphicData>"
        f"<pic:pic><pic:blipFill><a:blip r:embed='{rel}'/></pic:blipFill></pic:pic>"
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def equation_object(rel: str, preview: str, program: str = "Equation.DSMT4") -> str:
    return (
        f"<w:r><w:object><v:shape><v:imagedata r:id='{preview}'/></v:shape>"
        f"<o:OLEObject Type='Embed' ProgID='{program}' r:id='{rel}'/></w:object></w:r>"
    )


def text_box(*paragraphs: str) -> str:
    """A text box as Word writes it: once for new readers, once more for old ones."""
    inside = "".join(paragraphs)
    return (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp>"
        f"<wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor>"
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{inside}</w:txbxContent>"
        "</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def level(place: int, text: str, kind: str = "decimal", look: str = "", start: int = 1) -> str:
    return (
        f"<w:lvl w:ilvl='{place}'><w:start w:val='{start}'/><w:numFmt w:val='{kind}'/><w:lvlText w:val='{text}'/>{look}"
        "</w:lvl>"
    )


def numbering(lists: Mapping[int, Sequence[str]], more: str = "") -> str:
    """Lists by number, each with its levels."""
    abstract = "".join(
        f"<w:abstractNum w:abstractNumId='{key}'>{''.join(levels)}</w:abstractNum>" for key, levels in lists.items()
    )
    used = "".join(f"<w:num w:numId='{key}'><w:abstractNumId w:val='{key}'/></w:num>" for key in lists)
    return f"<w:numbering {DECLARED}>{abstract}{used}{more}</w:numbering>"


def docx(body: str, *, media: Mapping[str, bytes] | None = None, **parts: str) -> bytes:
    """The bytes of a document. ``media``: ``rId -> path`` is made of its keys, ``m1:media/image1.png``; ``parts``:
    ``numbering``, ``styles``, ``footnotes``, ``endnotes`` as XML."""
    relations = [f'<Relationship Id="x{name}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>' for name in parts]
    files: dict[str, bytes] = {f"word/{name}.xml": text.encode() for name, text in parts.items()}
    for key, data in (media or {}).items():
        rel, _, path = key.partition(":")
        kind = "oleObject" if path.endswith(".bin") else "image"
        relations.append(f'<Relationship Id="{rel}" Type="{_OFFICE}/{kind}" Target="{path}"/>')
        files[f"word/{path}"] = data
    files["word/document.xml"] = f"<w:document {DECLARED}><w:body>{body}</w:body></w:document>".encode()
    files["word/_rels/document.xml.rels"] = _relations(relations)
    files["_rels/.rels"] = _relations(
        [f'<Relationship Id="r" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>']
    )
    files["[Content_Types].xml"] = _content_types(parts)
    return zipped(files)


def _content_types(parts: Iterable[str]) -> bytes:
    office = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    media = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"} | {
        "png": "image/png",
        "wmf": "image/x-wmf",
        "bin": "application/vnd.openxmlformats-officedocument.oleObject",
    }
    written = "".join(f'<Default Extension="{ending}" ContentType="{kind}"/>' for ending, kind in media.items())
    written += "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{office}.{kind}+xml"/>'
        for name, kind in {"document": "document.main", **{name: name for name in parts}}.items()
    )
    return f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{written}</Types>'.encode()


def zipped(files: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files.items():
            archive.writestr(path, data)
    return made.getvalue()


def _relations(relations: Sequence[str]) -> bytes:
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{namespace}">{"".join(relations)}</Relationships>'.encode()


def styles(*written: str) -> str:
    return f"<w:styles {DECLARED}>{''.join(written)}</w:styles>"


def footnotes(**texts: str) -> str:
    notes = "".join(f"<w:footnote w:id='{key.lstrip('n')}'>{text}</w:footnote>" for key, text in texts.items())
    return f"<w:footnotes {DECLARED}>{notes}</w:footnotes>"


def read_bytes(folder: Path, data: bytes, name: str = "de.docx") -> list[ParsedQuestion]:
    path = folder / name
    path.write_bytes(data)
    return list(read_word(SourceFile(path, name)))


def read(folder: Path, body: str, *, media: Mapping[str, bytes] | None = None, **parts: str) -> list[ParsedQuestion]:
    return read_bytes(folder, docx(body, media=media, **parts))
