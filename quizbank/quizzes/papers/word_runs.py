"""The smallest pieces of WordprocessingML, as text: runs, paragraphs, fields, pictures.

Written as text and not as a tree: two dozen papers hold the same questions, and a text is made once.

Source: ECMA-376, part 1, chapters 17 and 20.4.
"""

from dataclasses import dataclass
from html import escape

from quizbank.questions.formats.word_body import UNPRINTABLE

TWIPS_PER_PT = 20
EMU_PER_PT = 12_700


@dataclass(frozen=True)
class Look:
    """How the letters of a run look. ``size_pt`` is that of the paragraph where it is None."""

    bold: bool = False
    italic: bool = False
    underline: bool = False
    sub: bool = False
    sup: bool = False
    size_pt: float | None = None
    colour: str = ""

    @property
    def xml(self) -> str:
        marks = (
            "<w:b/>" if self.bold else "",
            "<w:i/>" if self.italic else "",
            f'<w:color w:val="{self.colour}"/>' if self.colour else "",
            f'<w:sz w:val="{round(self.size_pt * 2)}"/>' if self.size_pt else "",
            '<w:u w:val="single"/>' if self.underline else "",
            '<w:vertAlign w:val="subscript"/>' if self.sub else "",
            '<w:vertAlign w:val="superscript"/>' if self.sup else "",
        )
        inside = "".join(marks)
        return f"<w:rPr>{inside}</w:rPr>" if inside else ""


PLAIN, BOLD, ITALIC = Look(), Look(bold=True), Look(italic=True)
TAB = "<w:r><w:tab/></w:r>"


def run(text: str, look: Look = PLAIN) -> str:
    return f'<w:r>{look.xml}<w:t xml:space="preserve">{clean(text)}</w:t></w:r>' if text else ""


def clean(text: str) -> str:
    """Text for XML, without the characters that it may not hold."""
    return escape(UNPRINTABLE.sub("", text), quote=False)


def field(code: str, shown: str, look: Look = PLAIN) -> str:
    """A field that Word counts itself, such as ``PAGE``; ``shown`` stands there until it does."""
    return (
        f'<w:r>{look.xml}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{look.xml}<w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        f'<w:r>{look.xml}<w:fldChar w:fldCharType="separate"/></w:r>'
        f"{run(shown, look)}"
        f'<w:r>{look.xml}<w:fldChar w:fldCharType="end"/></w:r>'
    )


@dataclass(frozen=True)
class Tab:
    """A stop at ``at_pt`` from the margin; ``leader`` fills the way to it with dots."""

    at_pt: float
    kind: str = "left"
    leader: bool = False

    @property
    def xml(self) -> str:
        dots = ' w:leader="dot"' if self.leader else ""
        return f'<w:tab w:val="{self.kind}"{dots} w:pos="{twips(self.at_pt)}"/>'


@dataclass(frozen=True)
class Format:
    """What a paragraph is like beside its style. ``hanging_pt``: how far its first line stands out to the left."""

    style: str = ""
    keep_next: bool = False
    keep_lines: bool = False
    align: str = ""
    indent_pt: float = 0
    hanging_pt: float = 0
    first_line_pt: float = 0
    tabs: tuple[Tab, ...] = ()
    before_pt: float | None = None
    after_pt: float | None = None
    page_break: bool = False

    @property
    def xml(self) -> str:
        spacing = "".join(
            f' w:{name}="{twips(value)}"'
            for name, value in (("before", self.before_pt), ("after", self.after_pt))
            if value is not None
        )
        indent = f' w:left="{twips(self.indent_pt)}"' if self.indent_pt else ""
        indent += f' w:hanging="{twips(self.hanging_pt)}"' if self.hanging_pt else ""
        indent += f' w:firstLine="{twips(self.first_line_pt)}"' if self.first_line_pt else ""
        inside = "".join(
            (
                f'<w:pStyle w:val="{self.style}"/>' if self.style else "",
                "<w:keepNext/>" if self.keep_next else "",
                "<w:keepLines/>" if self.keep_lines else "",
                "<w:pageBreakBefore/>" if self.page_break else "",
                f"<w:tabs>{''.join(tab.xml for tab in self.tabs)}</w:tabs>" if self.tabs else "",
                f"<w:spacing{spacing}/>" if spacing else "",
                f"<w:ind{indent}/>" if indent else "",
                f'<w:jc w:val="{self.align}"/>' if self.align else "",
            )
        )
        return f"<w:pPr>{inside}</w:pPr>" if inside else ""


def paragraph(inside: str, form: Format = Format()) -> str:
    return f"<w:p>{form.xml}{inside}</w:p>"


def picture(reference: str, width_pt: float, height_pt: float, alt: str) -> str:
    """A picture in a line of text. ``NUMBER`` becomes its number in the document when that is put together."""
    size = f'cx="{round(width_pt * EMU_PER_PT)}" cy="{round(height_pt * EMU_PER_PT)}"'
    name = escape(alt.replace("\n", " "))
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{NUMBER}" name="Hình {NUMBER}" descr="{name}"/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{NUMBER}" name="Hình {NUMBER}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{reference}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


NUMBER = "\ufdd0"


def twips(length_pt: float) -> int:
    return round(length_pt * TWIPS_PER_PT)
