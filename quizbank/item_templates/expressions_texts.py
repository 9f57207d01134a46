"""Values in texts: f-strings of the language, and the insertions of markup."""

import ast

from quizbank.item_templates.compiling import FAULTS, Context, Node, constant, spot_of
from quizbank.item_templates.errors import Refusal
from quizbank.item_templates.operations import MAX_TEXT, TOO_LONG, Run, Value
from quizbank.item_templates.printing import changes_maths, written


def formatted(context: Context, node: ast.JoinedStr) -> Node:
    """``f"…{value}…"``: values are written as in a text, fractions as LaTeX between dollar signs."""
    here = spot_of(node)
    parts: list[Node] = []
    in_maths = False
    for piece in node.values:
        if isinstance(piece, ast.Constant) and isinstance(piece.value, str):
            in_maths ^= changes_maths(piece.value)
            parts.append(constant(piece.value))
        elif isinstance(piece, ast.FormattedValue) and piece.conversion == -1 and piece.format_spec is None:
            parts.append(printed(context, piece.value, in_maths))
        else:
            raise context.fault(node, "Trong ngoặc nhọn chỉ viết biểu thức, không thêm kiểu định dạng.")
    steps = [part.step for part in parts]

    def join(run: Run) -> Value:
        pieces = [step(run) for step in steps]
        try:
            if sum(map(len, pieces)) > MAX_TEXT:
                raise Refusal(TOO_LONG)
            text = "".join(pieces)
            run.weigh(text)
            return text
        except FAULTS as error:
            raise context.fault_of(error, here) from None

    return Node(join, frozenset[int]().union(*(part.uses for part in parts)), size=1 + sum(part.size for part in parts))


def printed(context: Context, tree: ast.expr, in_maths: bool) -> Node:
    """A value as it stands in a text."""
    here = spot_of(tree)
    value = context.compile(tree)
    step = value.step

    def show(run: Run) -> str:
        item = step(run)
        if type(item) is str:
            return item
        try:
            return written(item, in_maths)
        except FAULTS as error:
            raise context.fault_of(error, here) from None

    return context.fold(Node(show, value.uses, size=1 + value.size))
