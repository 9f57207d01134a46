"""Compiles the language of templates: expressions in Python's syntax, turned into closures by our own walker.

Nothing of Python's is reached but what this file names: no attributes of objects, no calls but those of the
library and of the template itself. Limits come first: length, depth and size of the source, then steps, sizes of
numbers, texts and lists of every run (``operations``).
"""

import ast
import operator
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from typing import Any

from quizbank.item_templates.compiling import FAULTS, Context, Node, Step, constant, spot_of
from quizbank.item_templates.errors import Refusal, TemplateError
from quizbank.item_templates.expressions_calls import call
from quizbank.item_templates.expressions_lists import comprehension, display, names_of, store, table, table_of
from quizbank.item_templates.expressions_texts import formatted, printed
from quizbank.item_templates.library import CONSTANTS, LIBRARY
from quizbank.item_templates.names import Names
from quizbank.item_templates.operations import (
    BINARY,
    LARGE,
    Run,
    Value,
    checked,
    contains,
    element,
    member,
    negate,
    ordered,
    part_of,
)
from quizbank.item_templates.scanning import Source

MAX_NODES = 2_500
MAX_DEPTH = 60
SHORT = 500
MAX_DECIMAL = 60
FAST: dict[str, Callable[[int, int], Value]] = {
    "Add": operator.add,
    "Sub": operator.sub,
    "Mult": operator.mul,
    "FloorDiv": operator.floordiv,
    "Mod": operator.mod,
}
"""Operators on two whole numbers that are done at once."""

ORDER: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


def parse(source: Source) -> ast.expr:
    """The tree of one expression.

    Raises:
        TemplateError: the syntax is wrong, or the expression is too large.
    """
    try:
        tree, is_fit = _kept(source.text) if len(source.text) <= SHORT else _parse(source.text)
    except SyntaxError as error:
        line = source.text.split("\n")[(error.lineno or 1) - 1 : error.lineno or 1]
        column = len("".join(line)[: max((error.offset or 1) - 1, 0)].encode(errors="replace"))
        raise TemplateError("Biểu thức viết sai ở gần chỗ này.", source.place_of(error.lineno or 1, column)) from None
    except (ValueError, RecursionError, MemoryError, OverflowError):
        raise TemplateError("Không đọc được biểu thức này.", source.place) from None
    if not is_fit:
        raise TemplateError("Biểu thức quá lớn hoặc lồng nhau quá sâu: hãy tách thành nhiều dòng.", source.place)
    return tree


def _parse(text: str) -> tuple[ast.expr, bool]:
    tree = ast.parse(text, mode="eval").body
    return tree, _is_fit(tree)


@lru_cache(maxsize=1024)
def _kept(text: str) -> tuple[ast.expr, bool]:
    """The trees of short sources are kept: templates of a family, and an editor's tries, have most in common."""
    return _parse(text)


def _is_fit(tree: ast.expr) -> bool:
    """Whether a tree is within the limits of size and depth."""
    level: list[ast.AST] = [tree]
    count = depth = 0
    while level and count <= MAX_NODES and depth <= MAX_DEPTH:
        count, depth = count + len(level), depth + 1
        level = [child for node in level for child in ast.iter_child_nodes(node)]
    return count <= MAX_NODES and depth <= MAX_DEPTH


def compile_expression(source: Source, names: Names) -> Node:
    """A source as a closure over the slots of ``names``.

    Raises:
        TemplateError: syntax, unknown names, or what the language does not have.
    """
    return compile_tree(parse(source), source, names)


def compile_tree(tree: ast.expr, source: Source, names: Names) -> Node:
    return Context(source, names, HANDLERS).compile(tree)


def compile_store(tree: ast.expr, source: Source, names: Names) -> Callable[[Run, Value], None]:
    """What gives the names of a target, ``a`` or ``(a, b), c``, their values."""
    context = Context(source, names, HANDLERS)
    for name in names_of(context, tree):
        names.assign(name)
    return store(context, tree)


def _literal(context: Context, node: ast.Constant) -> Node:
    try:
        if isinstance(node.value, float):
            return constant(checked(_decimal(ast.get_source_segment(context.source.text, node) or "0")))
        if isinstance(node.value, str | int):
            return constant(checked(node.value))
    except FAULTS as error:
        raise context.fault_of(error, node) from None
    raise context.fault(node, "Ngôn ngữ của câu mẫu không có cách viết này.")


def _decimal(text: str) -> Fraction:
    """The exact value of a decimal; a power of ten behind it could be of any size."""
    if "e" in text.lower() or len(text) > MAX_DECIMAL:
        raise Refusal("Viết số thập phân bằng các chữ số, không dùng e: 0.002.")
    return Fraction(text if text[0] != "." else f"0{text}")


def _name(context: Context, node: ast.Name) -> Node:
    names, name = context.names, node.id
    names.used.add(name)
    if name in names.inner:
        place = names.inner[name]
        return Node(lambda run: run.locals[place], frozenset({context.slot_of(place)}))
    if name in names.slots:
        place = names.slots[name]
        return Node(lambda run: run.variables[place], frozenset({place}))
    if name in names.constants:
        return constant(names.constants[name])
    if name in names.functions:
        return constant(names.functions[name])
    if name in CONSTANTS:
        return constant(CONSTANTS[name])
    if name in LIBRARY:
        raise context.fault(node, "“{name}” là tên hàm: hãy gọi nó với ngoặc tròn, hoặc đặt tên khác.", name=name)
    like = names.like(name, list(CONSTANTS))
    if like:
        raise context.fault(node, "Không có tên “{name}”; có phải là “{like}”?", name=name, like=like)
    raise context.fault(node, "Không có tên “{name}”: hãy cho nó giá trị ở một dòng phía trên.", name=name)


def _binary(context: Context, node: ast.BinOp) -> Node:
    here = spot_of(node)
    left, right = context.compile(node.left), context.compile(node.right)
    sign = type(node.op).__name__
    operate = BINARY.get(sign)
    fast: Callable[[int, int], Value] = FAST.get(sign, FAST["Add"])
    if sign == "BitXor":
        raise context.fault(node, "Luỹ thừa viết bằng hai dấu sao: a**2, không phải a^2.")
    if operate is None:
        raise context.fault(node, "Ngôn ngữ của câu mẫu không có cách viết này.")
    one, other = left.step, right.step
    divides = sign in {"FloorDiv", "Mod"}

    def compute(run: Run, a: Value, b: Value) -> Value:
        try:
            run.spend(6)
            result = checked(operate(a, b))
            run.pay_for(result)
            return result
        except FAULTS as error:
            raise context.fault_of(error, here) from None

    def slow(run: Run) -> Value:
        return compute(run, one(run), other(run))

    def quick(run: Run) -> Value:
        a, b = one(run), other(run)
        if type(a) is int and type(b) is int:
            result = fast(a, b) if b or not divides else LARGE
            if -LARGE < result < LARGE:
                return result
        return compute(run, a, b)

    def quotient(run: Run) -> Value:
        a, b = one(run), other(run)
        if type(a) is int and type(b) is int and b:
            return Fraction(a, b) if a % b else a // b
        return compute(run, a, b)

    return _node(quotient if sign == "Div" else quick if sign in FAST else slow, left, right)


def _node(step: Step, *parts: Node) -> Node:
    return Node(step, frozenset().union(*(part.uses for part in parts)), size=1 + sum(part.size for part in parts))


def _unary(context: Context, node: ast.UnaryOp) -> Node:
    here = spot_of(node)
    inner = context.compile(node.operand)
    step = inner.step
    if isinstance(node.op, ast.Not):
        return _node(lambda run: not step(run), inner)
    if not isinstance(node.op, ast.USub | ast.UAdd):
        raise context.fault(node, "Ngôn ngữ của câu mẫu không có cách viết này.")
    sign = 1 if isinstance(node.op, ast.UAdd) else -1

    def negative(run: Run) -> Value:
        try:
            return negate(step(run)) * -sign
        except FAULTS as error:
            raise context.fault_of(error, here) from None

    return _node(negative, inner)


def _logic(context: Context, node: ast.BoolOp) -> Node:
    parts = [context.compile(value) for value in node.values]
    steps = [part.step for part in parts]
    wanted = isinstance(node.op, ast.Or)

    def decide(run: Run) -> Value:
        value: Value = None
        for step in steps:
            value = step(run)
            if bool(value) is wanted:
                break
        return value

    return _node(decide, *parts)


def _compare(context: Context, node: ast.Compare) -> Node:
    parts = [context.compile(value) for value in (node.left, *node.comparators)]
    steps = [part.step for part in parts]
    tests = [_test(context, sign, node) for sign in node.ops]
    if len(tests) == 1:
        (one, other), test = steps, tests[0]
        return _node(lambda run: test(run, one(run), other(run)), *parts)

    def chained(run: Run) -> bool:
        left = steps[0](run)
        for step, test in zip(steps[1:], tests, strict=True):
            right = step(run)
            if not test(run, left, right):
                return False
            left = right
        return True

    return _node(chained, *parts)


def _test(context: Context, sign: ast.cmpop, node: ast.Compare) -> Callable[[Run, Value, Value], bool]:
    here = spot_of(node)
    order = ORDER.get(type(sign))
    if not order and not isinstance(sign, ast.Eq | ast.NotEq | ast.In | ast.NotIn):
        raise context.fault(node, "Ngôn ngữ của câu mẫu không có cách viết này.")
    wanted = isinstance(sign, ast.Eq | ast.In)
    inside = isinstance(sign, ast.In | ast.NotIn)

    def compare(run: Run, left: Value, right: Value) -> bool:
        if order and type(left) is int and type(right) is int:
            return order(left, right)
        try:
            run.spend(2)
            if type(right) in {tuple, dict, str}:
                run.weigh(right)
            if order:
                ordered(left, right)
                return order(left, right)
            return (contains(left, right) if inside else bool(left == right)) is wanted
        except FAULTS as error:
            raise context.fault_of(error, here) from None

    return compare


def _choice(context: Context, node: ast.IfExp) -> Node:
    parts = [context.compile(part) for part in (node.test, node.body, node.orelse)]
    test, body, other = (part.step for part in parts)
    return _node(lambda run: body(run) if test(run) else other(run), *parts)


def _subscript(context: Context, node: ast.Subscript) -> Node:
    here = spot_of(node)
    whole = context.compile(node.value)
    if isinstance(node.slice, ast.Slice):
        return _slice(context, node, whole, node.slice)
    index = context.compile(node.slice)
    source, place = whole.step, index.step

    def pick(run: Run) -> Value:
        values, at = source(run), place(run)
        try:
            if type(values) is tuple and type(at) is int:
                return values[at]
            run.weigh(at)
            return element(values, at)
        except IndexError:
            raise context.fault_of(_no_element(values, at), here) from None
        except FAULTS as error:
            raise context.fault_of(error, here) from None

    return _node(pick, whole, index)


def _no_element(values: Value, at: Value) -> Refusal:
    try:
        element(values, at)
    except Refusal as refusal:
        return refusal
    return Refusal("Không tính được với các giá trị này.")


def _slice(context: Context, node: ast.Subscript, whole: Node, bounds: ast.Slice) -> Node:
    here = spot_of(node)
    edges = [context.compile(edge) if edge else constant(None) for edge in (bounds.lower, bounds.upper, bounds.step)]
    source, start, stop, jump = whole.step, *(edge.step for edge in edges)

    def cut(run: Run) -> Value:
        values, first, last, by = source(run), start(run), stop(run), jump(run)
        try:
            run.weigh(values)
            return part_of(values, first, last, by)
        except FAULTS as error:
            raise context.fault_of(error, here) from None

    return _node(cut, whole, *edges)


def _member(context: Context, node: ast.Attribute) -> Node:
    here = spot_of(node)
    whole = context.compile(node.value)
    source, name = whole.step, node.attr

    def look(run: Run) -> Value:
        try:
            return member(source(run), name)
        except FAULTS as error:
            raise context.fault_of(error, here) from None

    return _node(look, whole)


def compile_printed(source: Source, names: Names, in_maths: bool) -> Node:
    """An insertion of a text."""
    return printed(Context(source, names, HANDLERS), parse(source), in_maths)


HANDLERS: dict[type[ast.AST], Callable[[Context, Any], Node]] = {
    ast.Constant: _literal,
    ast.Name: _name,
    ast.BinOp: _binary,
    ast.UnaryOp: _unary,
    ast.BoolOp: _logic,
    ast.Compare: _compare,
    ast.IfExp: _choice,
    ast.Subscript: _subscript,
    ast.Attribute: _member,
    ast.JoinedStr: formatted,
    ast.Tuple: display,
    ast.List: display,
    ast.Set: display,
    ast.Dict: table,
    ast.ListComp: comprehension,
    ast.SetComp: comprehension,
    ast.GeneratorExp: comprehension,
    ast.DictComp: table_of,
    ast.Call: call,
}
