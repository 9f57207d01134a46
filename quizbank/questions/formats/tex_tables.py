r"""Tables of LaTeX papers: rows, cells, joined cells (``\multicolumn``, ``\multirow``)."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from quizbank.questions.formats.tex_arguments import cells_of, group_at, groups_at, option_at

TABLES = frozenset({"tabular", "tabularx", "tabulary", "array", "longtable", "tblr"})
_WITH_WIDTH = frozenset({"tabularx", "tabulary", "tabular*"})
_RULES = re.compile(
    r"\\(?:hline|toprule|midrule|bottomrule|endhead|endfirsthead|endfoot|endlastfoot|Xhline)(?![a-zA-Z])"
    r"|\\(?:cline|hhline|cmidrule(?:\([a-z]*\))?|specialrule|rowcolor(?:\[[^\]]*\])?|cellcolor(?:\[[^\]]*\])?|arrayrulecolor)\s*\{[^{}]*\}"
)
_ROW_END = re.compile(r"\\\\\*?(?:\s*\[[\d.,\s]*(?:cm|mm|pt|em|ex)\])?|\\tabularnewline(?![a-zA-Z])")
_TOKEN = re.compile(rf"(?P<into>\{{|\\begin\b)|(?P<out>\}}|\\end\b)|(?P<row>{_ROW_END.pattern})|\\.", re.DOTALL)
_JOINED = re.compile(r"\s*\\(?P<name>multicolumn|multirow)\*?(?![a-zA-Z])")
MAX_JOINED = 99


@dataclass
class _Cell:
    tex: str
    columns: int = 1
    rows: int = 1


def table_of(name: str, body: str, markup: Callable[[str], str]) -> str:
    """The table as markup; ``markup`` turns the LaTeX of a cell into ours."""
    _, at = option_at(body, 0)
    for _ in range(2 if name in _WITH_WIDTH else 1):
        group = group_at(body, at)
        at = group[1] if group else at
    covered: dict[int, int] = {}
    rows: list[str] = []
    for row in _rows_of(_RULES.sub("", body[at:])):
        cells = "".join(_written(cell, markup) for cell in _visible(row, covered))
        rows.append(f"<tr>{cells}</tr>")
    return f"\n<table>{''.join(rows)}</table>\n" if rows else ""


def _rows_of(body: str) -> Iterator[str]:
    """The rows: a line break inside braces or inside an environment of a cell ends none."""
    depth = start = 0
    for token in _TOKEN.finditer(body):
        if token["row"] and depth <= 0:
            if body[start : token.start()].strip():
                yield body[start : token.start()]
            start = token.end()
        depth += bool(token["into"]) - bool(token["out"])
    if body[start:].strip():
        yield body[start:]


def _visible(row: str, covered: dict[int, int]) -> Iterator[_Cell]:
    """The cells of a row, those left out that a cell above reaches into; ``covered`` says for how many rows more."""
    column = 0
    for tex in cells_of(row):
        cell = _cell(tex)
        if covered.get(column, 0) > 0 and not tex.strip():
            covered[column] -= 1
            column += 1
            continue
        for place in range(column, column + cell.columns):
            covered[place] = cell.rows - 1
        column += cell.columns
        yield cell


def _cell(tex: str) -> _Cell:
    cell = _Cell(tex)
    for _ in range(2):
        joined = _JOINED.match(cell.tex)
        if joined is None:
            break
        _, at = option_at(cell.tex, joined.end())
        count = group_at(cell.tex, at)
        if count is None:
            break
        _, at = option_at(cell.tex, count[1])
        groups, _ = groups_at(cell.tex, at)
        number = int(count[0]) if count[0].strip().isdecimal() else 1
        number = max(1, min(number, MAX_JOINED))
        if joined["name"] == "multicolumn":
            cell.columns = number
        else:
            cell.rows = number
        cell.tex = groups[1] if len(groups) > 1 else ""
    return cell


def _written(cell: _Cell, markup: Callable[[str], str]) -> str:
    spans = (f' colspan="{cell.columns}"' if cell.columns > 1 else "") + (
        f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    )
    return f"<td{spans}>{markup(cell.tex)}</td>"
