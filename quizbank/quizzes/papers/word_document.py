"""A Word document put together: styles, footer, pictures, and the zip around them, byte for byte the same every time.

Nothing in it is squeezed and no part carries a date: what a library makes of the same bytes may change from year to
year, a paper may not.
"""

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from quizbank.quizzes.papers.word_pictures import Picture
from quizbank.quizzes.papers.word_runs import NUMBER, Format, clean, field, paragraph, run, twips

FONT = "Times New Roman"
PT_PER_CM = 72 / 2.54
PAGE_PT = (21.0 * PT_PER_CM, 29.7 * PT_PER_CM)
MARGIN_LEFT_PT, MARGIN_RIGHT_PT = 2.0 * PT_PER_CM, 1.5 * PT_PER_CM
MARGIN_TOP_PT, MARGIN_BOTTOM_PT, FOOTER_PT = 1.6 * PT_PER_CM, 1.7 * PT_PER_CM, 0.9 * PT_PER_CM
TEXT_PT = PAGE_PT[0] - MARGIN_LEFT_PT - MARGIN_RIGHT_PT
TEXT_HEIGHT_PT = PAGE_PT[1] - MARGIN_TOP_PT - MARGIN_BOTTOM_PT
LINE_HEIGHT = 1.21
"""A line of Times New Roman in ems, with the spacing of the styles below."""

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SPACES = (
    f'xmlns:w="{_WORD}" xmlns:r="{_OFFICE}/relationships" xmlns:m="{_OFFICE}/math" '
    f'xmlns:wp="{_DRAWING}/wordprocessingDrawing" xmlns:a="{_DRAWING}/main" xmlns:pic="{_DRAWING}/picture"'
)
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_PARTS = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CONTENT_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    + "".join(f'<Default Extension="{one}" ContentType="image/{one}"/>' for one in ("png", "jpeg", "gif"))
    + f'<Override PartName="/word/document.xml" ContentType="{_PARTS}.document.main+xml"/>'
    + "".join(
        f'<Override PartName="/word/{one}.xml" ContentType="{_PARTS}.{one.rstrip("1")}+xml"/>'
        for one in ("styles", "settings", "footer1")
    )
    + '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/relationships/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)
_SETTINGS = (
    f'{_HEAD}<w:settings xmlns:w="{_WORD}" xmlns:m="{_OFFICE}/math"><w:zoom w:percent="100"/>'
    '<w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    'w:val="15"/></w:compat>'
    '<m:mathPr><m:mathFont m:val="Cambria Math"/><m:brkBin m:val="before"/><m:brkBinSub m:val="--"/>'
    '<m:smallFrac m:val="0"/><m:dispDef/><m:lMargin m:val="0"/><m:rMargin m:val="0"/><m:defJc m:val="centerGroup"/>'
    '<m:wrapIndent m:val="1440"/><m:intLim m:val="subSup"/><m:naryLim m:val="undOvr"/></m:mathPr>'
    '<w:themeFontLang w:val="vi-VN"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
)


@dataclass(frozen=True)
class _Style:
    """A named style, so that a teacher changes the look of all questions at once. Spaces are in ems."""

    id: str
    name: str
    align: str = ""
    before_em: float = 0.0
    after_em: float = 0.0
    bold: bool = False
    scale: float = 1.0
    level: int | None = None


_STYLES = (
    _Style("TieuDe", "Đầu đề thi", align="center"),
    _Style("Phan", "Tiêu đề phần", align="both", before_em=0.5, after_em=0.25, level=0),
    _Style("NguLieu", "Ngữ liệu", align="both", before_em=0.15, after_em=0.15),
    _Style("Cau", "Câu hỏi", align="both", before_em=0.25, after_em=0.1),
    _Style("PhuongAn", "Phương án", after_em=0.1),
    _Style("LoiGiai", "Lời giải", align="both", after_em=0.1),
    _Style("O", "Ô của bảng"),
    _Style("Chan", "Chân trang", align="right", scale=0.83),
)


@dataclass(frozen=True)
class Setting:
    """How a document is set: its name, the size of its letters, and what its footer says after the page."""

    title: str
    size_pt: int
    footer: str = ""
    language: str = "vi-VN"


def word_document(body: str, pictures: Iterable[Picture], setting: Setting) -> bytes:
    """The bytes of a ``.docx``. ``pictures`` are those that the body shows."""
    used = {one.reference: one for one in pictures}
    parts: list[tuple[str, str | bytes]] = [
        ("[Content_Types].xml", _CONTENT_TYPES),
        ("_rels/.rels", _RELATIONS),
        ("docProps/core.xml", _core(setting)),
        ("word/document.xml", _document(body)),
        ("word/_rels/document.xml.rels", _relations(used.values())),
        ("word/styles.xml", styles_xml(setting)),
        ("word/settings.xml", _SETTINGS),
        ("word/footer1.xml", _footer(setting)),
        *((f"word/{one.target}", one.data) for one in used.values()),
    ]
    return zipped(parts)


def zipped(parts: Iterable[tuple[str, str | bytes]]) -> bytes:
    """A zip of files in their order, unsqueezed and undated: the same files are the same bytes."""
    output = io.BytesIO()
    with ZipFile(output, "w", ZIP_STORED) as file:
        for name, data in parts:
            info = ZipInfo(name, _FIRST_DAY)
            info.create_system = 0
            file.writestr(info, data.encode() if isinstance(data, str) else data)
    return output.getvalue()


def _document(body: str) -> str:
    numbers = count(1)
    if NUMBER in body:
        body = re.sub(f'id="{NUMBER}" name="Hình {NUMBER}"', lambda _found: _numbered(next(numbers)), body)
    section = (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId3"/>'
        f'<w:pgSz w:w="{twips(PAGE_PT[0])}" w:h="{twips(PAGE_PT[1])}"/>'
        f'<w:pgMar w:top="{twips(MARGIN_TOP_PT)}" w:right="{twips(MARGIN_RIGHT_PT)}" '
        f'w:bottom="{twips(MARGIN_BOTTOM_PT)}" w:left="{twips(MARGIN_LEFT_PT)}" w:header="{twips(FOOTER_PT)}" '
        f'w:footer="{twips(FOOTER_PT)}" w:gutter="0"/></w:sectPr>'
    )
    return f"{_HEAD}<w:document {_SPACES}><w:body>{body}{section}</w:body></w:document>"


def _numbered(number: int) -> str:
    return f'id="{number}" name="Hình {number}"'


def _relations(pictures: Iterable[Picture]) -> str:
    kept = [("rId1", "styles", "styles.xml"), ("rId2", "settings", "settings.xml"), ("rId3", "footer", "footer1.xml")]
    kept += [(one.reference, "image", one.target) for one in pictures]
    written = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/relationships/{kind}" Target="{target}"/>'
        for name, kind, target in kept
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{written}</Relationships>'


def _core(setting: Setting) -> str:
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{clean(setting.title)}</dc:title><dc:language>{setting.language}</dc:language>"
        "</cp:coreProperties>"
    )


def _footer(setting: Setting) -> str:
    inside = f"{run('Trang ')}{field('PAGE', '1')}{run('/')}{field('NUMPAGES', '1')}{run(setting.footer)}"
    return f"{_HEAD}<w:ftr {_SPACES}>{paragraph(inside, Format('Chan'))}</w:ftr>"


def styles_xml(setting: Setting) -> str:
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    size = f'<w:sz w:val="{setting.size_pt * 2}"/><w:szCs w:val="{setting.size_pt * 2}"/>'
    language = f'<w:lang w:val="{setting.language}" w:eastAsia="{setting.language}" w:bidi="ar-SA"/>'
    return (
        f'{_HEAD}<w:styles xmlns:w="{_WORD}"><w:docDefaults><w:rPrDefault><w:rPr>{fonts}{size}{language}</w:rPr>'
        '</w:rPrDefault><w:pPrDefault><w:pPr><w:widowControl/><w:spacing w:after="0" w:line="252" w:lineRule="auto"/>'
        "</w:pPr></w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        f"{''.join(_style_xml(style, setting.size_pt) for style in _STYLES)}</w:styles>"
    )


def _style_xml(style: _Style, size_pt: int) -> str:
    before, after = twips(style.before_em * size_pt), twips(style.after_em * size_pt)
    align = f'<w:jc w:val="{style.align}"/>' if style.align else ""
    level = "" if style.level is None else f'<w:outlineLvl w:val="{style.level}"/>'
    looks = "<w:b/>" if style.bold else ""
    looks += f'<w:sz w:val="{round(style.scale * size_pt * 2)}"/>' if style.scale != 1.0 else ""
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        '<w:basedOn w:val="Normal"/><w:qFormat/>'
        f'<w:pPr><w:spacing w:before="{before}" w:after="{after}"/>{align}{level}</w:pPr>'
        f"<w:rPr>{looks}</w:rPr></w:style>"
    )
