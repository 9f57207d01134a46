"""Tables of a Word document: those that texts bring along, and the plain frames that a paper is set in."""

from collections.abc import Sequence
from dataclasses import dataclass

from quizbank.quizzes.papers.word_runs import Format, paragraph, twips
from quizbank.quizzes.papers.word_text import Cell, Grid

CELL_PADDING_PT = 5.4
LEAST_COLUMN_PT = 18.0
_LINED = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
BOX = "".join(
    f'<w:{side} w:val="single" w:sz="8" w:space="0" w:color="auto"/>' for side in ("top", "left", "bottom", "right")
)


@dataclass(frozen=True)
class Frame:
    """A cell of a plain table. ``inside``: its paragraphs, at least one."""

    inside: str
    is_boxed: bool = False
    align: str = "top"


def frames(rows: Sequence[Sequence[Frame]], widths_pt: Sequence[float], *, lined: bool = False) -> str:
    """A table as wide as told, without lines between its cells unless told so."""
    written = "".join(
        f"<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        f"{''.join(_frame(cell, width) for cell, width in zip(row, widths_pt, strict=True))}</w:tr>"
        for row in rows
    )
    return _table(widths_pt, written, _LINED if lined else "", align="")


def _frame(frame: Frame, width_pt: float) -> str:
    borders = f"<w:tcBorders>{BOX}</w:tcBorders>" if frame.is_boxed else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{twips(width_pt)}" w:type="dxa"/>{borders}'
        f'<w:vAlign w:val="{frame.align}"/></w:tcPr>{frame.inside}</w:tc>'
    )


def _table(widths_pt: Sequence[float], rows: str, borders: str, *, align: str, head: str = "") -> str:
    columns = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths_pt)
    edges = f"<w:tblBorders>{borders}</w:tblBorders>" if borders else ""
    place = f'<w:jc w:val="{align}"/>' if align else ""
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{twips(sum(widths_pt))}" w:type="dxa"/>{place}{edges}'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{head}{rows}</w:tbl>'
    )


def grid_table(grid: Grid, size_pt: float, room_pt: float, *, keep_next: bool) -> str:
    """A table of a text, centred, its columns as wide as what is in them."""
    widths = column_widths(grid, size_pt, room_pt)
    corner = {(cell.row, cell.column): cell for cell in grid.cells}
    covered = {(cell.row + down, cell.column): cell for cell in grid.cells for down in range(cell.rows) if down}
    rows = []
    for row in range(grid.rows):
        written, column = [], 0
        while column < grid.columns:
            cell = corner.get((row, column)) or covered.get((row, column))
            reach = cell.columns if cell else 1
            width = sum(widths[column : column + reach])
            written.append(_cell(cell, row, width, keep_next=keep_next))
            column += reach
        rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(written)}</w:tr>")
    return _table(widths, "".join(rows), _LINED, align="center")


def _cell(cell: Cell | None, row: int, width_pt: float, *, keep_next: bool) -> str:
    form = Format("O", keep_next=keep_next, align="center" if cell and cell.is_narrow else "")
    properties = f'<w:tcW w:w="{twips(width_pt)}" w:type="dxa"/>'
    if cell is None:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph('', form)}</w:tc>"
    properties += f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    if cell.rows > 1:
        properties += '<w:vMerge w:val="restart"/>' if row == cell.row else "<w:vMerge/>"
    lines = cell.lines if row == cell.row else ()
    inside = "".join(paragraph(line.xml, form) for line in lines) or paragraph("", form)
    return f'<w:tc><w:tcPr>{properties}<w:vAlign w:val="center"/></w:tcPr>{inside}</w:tc>'


def column_widths(grid: Grid, size_pt: float, room_pt: float) -> list[float]:
    """As wide as the widest line of each column, or less in proportion where that is more than there is room for."""
    widths = [LEAST_COLUMN_PT] * grid.columns
    for cell in sorted(grid.cells, key=lambda one: one.columns):
        wanted = max((line.width_at(size_pt) for line in cell.lines), default=0.0) * 1.06 + 2 * CELL_PADDING_PT + 2
        reach = range(cell.column, cell.column + cell.columns)
        missing = wanted - sum(widths[place] for place in reach)
        if missing > 0:
            for place in reach:
                widths[place] += missing / cell.columns
    return fitted(widths, room_pt)


def fitted(widths: Sequence[float], room_pt: float) -> list[float]:
    """Widths that fit together: wide columns give, narrow ones keep what they need."""
    if sum(widths) <= room_pt:
        return list(widths)
    low, high = 0.0, max(widths)
    for _step in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(min(width, middle) for width in widths) <= room_pt else (low, middle)
    return [min(width, low) for width in widths]
