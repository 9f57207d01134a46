"""Tables of MathML: matrices, cases, aligned lines, arrays with rules."""

from collections.abc import Callable, Sequence

from lxml import etree

from quizbank.questions.formats.mathematics.mathml_characters import BARS, CLOSING, MATRICES, OPENING
from quizbank.questions.formats.mathematics.mathml_tree import UnreadableMathml, children_of, name_of

_LETTERS = {"left": "l", "right": "r", "center": "c"}
_CLASSES = {"m-left": "l", "m-right": "r"}
_ROWS = frozenset({"mtr", "mlabeledtr"})
_RULES = frozenset({"solid", "dashed"})


def table_text(table: etree._Element, row: Callable[[Sequence[etree._Element]], str], fence: str) -> str:
    """A table between the brackets ``fence`` (``()``, ``{`` alone, or none)."""
    cells = [_cells_of(line) for line in children_of(table) if name_of(line) in _ROWS]
    texts = ["&".join(row([cell]) for cell in line) for line in cells]
    columns = max(map(len, cells), default=1) or 1
    aligned, rules = _alignment(table, cells, columns), _rules(table, columns)
    body = r"\\".join(texts)
    if any(rules) or _rules_of_rows(table):
        return _between(fence, _array(aligned, rules, texts, table))
    if fence in MATRICES:
        return rf"\begin{{{MATRICES[fence]}}}{body}\end{{{MATRICES[fence]}}}"
    if fence == "{" and set(aligned) == {"l"} and columns <= 2:
        return rf"\begin{{cases}}{body}\end{{cases}}"
    if not fence and columns % 2 == 0 and aligned == "rl" * (columns // 2):
        return rf"\begin{{aligned}}{body}\end{{aligned}}"
    if not fence and set(aligned) == {"c"}:
        return rf"\begin{{matrix}}{body}\end{{matrix}}"
    return _between(fence, _array(aligned, rules, texts, table))


def _rules_of_rows(table: etree._Element) -> str:
    """``frame`` and rules between rows, as they are written in the source."""
    said = f"{table.get('frame') or ''} {table.get('rowlines') or ''}"
    return " ".join(word for word in said.split() if word in _RULES)


def _between(fence: str, body: str) -> str:
    if not fence:
        return body
    opening = {**OPENING, **BARS}.get(fence[0]) or (CLOSING.get(fence[0]) if len(fence) > 1 else None)
    closing = {**CLOSING, **BARS}.get(fence[-1]) if len(fence) > 1 or fence in CLOSING else None
    return rf"\left{opening or '.'}{body}\right{closing or '.'}"


def _cells_of(line: etree._Element) -> list[etree._Element]:
    cells = children_of(line)
    if name_of(line) == "mlabeledtr":
        cells = [*cells[1:], *cells[:1]]
    for cell in cells:
        if name_of(cell) == "mtd" and {cell.get("columnspan") or "1", cell.get("rowspan") or "1"} != {"1"}:
            raise UnreadableMathml("mtd columnspan")
    return cells


def _alignment(table: etree._Element, cells: list[list[etree._Element]], columns: int) -> str:
    """One of l, c, r for each column: from the table, else from the cells where they agree."""
    said = (table.get("columnalign") or "").split()
    if said:
        letters = [_LETTERS.get(word, "c") for word in said]
        return "".join((letters + letters[-1:] * columns)[:columns])
    found = []
    for column in range(columns):
        letters = [_letter_of(line[column]) for line in cells if column < len(line)]
        found.append(letters[0] if len(set(letters)) == 1 else "c")
    return "".join(found)


def _letter_of(cell: etree._Element) -> str:
    if said := (cell.get("columnalign") or "").strip():
        return _LETTERS.get(said, "c")
    classes = (cell.get("class") or "").split()
    style = (cell.get("style") or "").replace(" ", "")
    named = next((_CLASSES[name] for name in classes if name in _CLASSES), "")
    return named or ("l" if "text-align:left" in style else "r" if "text-align:right" in style else "c")


def _rules(table: etree._Element, columns: int) -> list[bool]:
    """Whether a rule stands before each column and after the last."""
    said = (table.get("columnlines") or "").split()
    between = [(said[min(at, len(said) - 1)] in _RULES) if said else False for at in range(columns - 1)]
    framed = (table.get("frame") or "") in _RULES
    return [framed, *between, framed]


def _array(aligned: str, rules: list[bool], texts: list[str], table: etree._Element) -> str:
    columns = "".join("|" * rule + letter for rule, letter in zip(rules, aligned, strict=False)) + "|" * rules[-1]
    said = (table.get("rowlines") or "").split()
    framed = (table.get("frame") or "") in _RULES
    lines = [r"\hline " if framed else ""]
    for at, text in enumerate(texts):
        is_last = at == len(texts) - 1
        ruled = framed if is_last else bool(said) and said[min(at, len(said) - 1)] in _RULES
        lines.append(text + ("" if is_last and not ruled else r"\\") + (r"\hline " if ruled else ""))
    return rf"\begin{{array}}{{{columns}}}{''.join(lines)}\end{{array}}"
