"""A matrix as a Word file in the official layout: the matrix, then the specification, on landscape pages."""

import io
from decimal import Decimal

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell

from quizbank.matrices.exchange.excel import FONT
from quizbank.matrices.exchange.sheets import HEADER_ROWS, Box, Sheet, sheets_of
from quizbank.matrices.exchange.undated import safe, undated
from quizbank.matrices.rules import Matrix
from repository.curriculum.rules import Curriculum

SIZE = Pt(10)
GRID = "Table Grid"
BAGGAGE = ("/stylesWithEffects", "/thumbnail")
PAGE, MARGIN = (Cm(29.7), Cm(21.0)), Cm(1.5)


def write_word(matrix: Matrix, curriculum: Curriculum) -> bytes:
    """A ``.docx``; the same matrix gives the same bytes."""
    document = _new_document()
    for number, sheet in enumerate(sheets_of(matrix, curriculum)):
        if number:
            document.add_section()
        _write_sheet(document, sheet)
    out = io.BytesIO()
    document.save(out)
    return undated(out.getvalue())


def _new_document() -> Document:
    document = docx.Document()
    _lighten(document)
    section = document.sections[0]
    section.orientation, (section.page_width, section.page_height) = WD_ORIENT.LANDSCAPE, PAGE
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, SIZE
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(0)
    return document


def _lighten(document: Document) -> None:
    """Leave out what the library's template brings and no matrix needs: nine tenths of the file."""
    for owner in (document.part, document.part.package):
        for name, relation in list(owner.rels.items()):
            if relation.reltype.endswith(BAGGAGE):
                del owner.rels[name]
    kept = {style.style_id for style in map(document.styles.default, WD_STYLE_TYPE) if style}
    for style in list(document.styles):
        if style.name != GRID and style.style_id not in kept:
            style.delete()


def _write_sheet(document: Document, sheet: Sheet) -> None:
    for number, line in enumerate(sheet.lines):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(safe(line))
        run.bold, run.font.size = number < 2, Pt(13 if number == 0 else 12)
    document.add_paragraph()
    table = document.add_table(sheet.row_count, len(sheet.widths), style=GRID)
    table.autofit = False
    _set_margins(table)
    _set_widths(table, sheet)
    grid = [list(row.cells) for row in table.rows]
    for box in sheet.boxes:
        _write_box(grid, box)
    for row in table.rows[:HEADER_ROWS]:
        _mark(row, "w:tblHeader")
    for row in table.rows:
        _mark(row, "w:cantSplit")


def _set_widths(table: Table, sheet: Sheet) -> None:
    room, letters = PAGE[0] - 2 * MARGIN, sum(sheet.widths)
    widths = [int(room * width / letters) for width in sheet.widths]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width


def _set_margins(table: Table) -> None:
    """Room for a level's name in a narrow column."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "57")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)


def _write_box(grid: list[list[_Cell]], box: Box) -> None:
    cell = grid[box.row][box.column]
    if box.rows > 1 or box.columns > 1:
        cell = cell.merge(grid[box.row + box.rows - 1][box.column + box.columns - 1])
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    lines = shown(box.text).split("\n")
    cell.text = ""
    for number, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if box.is_text else WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(line).bold = box.is_head
    for extra in cell.paragraphs[len(lines) :]:
        extra._p.getparent().remove(extra._p)


def shown(text: str | int | Decimal) -> str:
    """As Vietnamese tables write it, with a decimal comma."""
    return safe(text) if isinstance(text, str) else f"{Decimal(text).normalize():f}".replace(".", ",")


def _mark(row: object, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # type: ignore[attr-defined]
