"""Compiles programs and texts of templates: lines of definitions and parameters, markup with insertions."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from quizbank.item_templates.compiling import Step, same
from quizbank.item_templates.errors import Place, Refusal, TemplateError
from quizbank.item_templates.expressions import (
    compile_expression,
    compile_printed,
    compile_store,
    compile_tree,
    parse,
)
from quizbank.item_templates.names import Lambda, Names
from quizbank.item_templates.operations import MAX_TEXT, STEPS, TOO_LONG, Run, Value, as_value
from quizbank.item_templates.printing import changes_maths
from quizbank.item_templates.rules import MAX_PROGRAM
from quizbank.item_templates.scanning import Source, Statement, scan_expression, scan_program, scan_text

FUNCTION = re.compile(r"([A-Za-z][A-Za-z0-9_]*)\s*\(\s*([A-Za-z0-9_,\s]*?)\s*,?\s*\)", re.ASCII)
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*", re.ASCII)
DECIMAL_COMMA = re.compile(r"\(\s*([+-]?[0-9]+),([0-9]+)\s*\)")
"""A number as it is written by hand, as a scanned expression; a list of two has a blank, or brackets of its own."""

MAX_LINES = 300
SHORT = 500
Known = dict[tuple[str, str], Lambda | dict[str, Value]]
Line = Callable[[Run], bool]
"""Runs one line; False where the draw is not fit."""


def names_of_tables(tables: Mapping[str, Any]) -> Names:
    names = Names()
    for name, data in tables.items():
        place = Place(f"tables.{name}")
        if not NAME.fullmatch(name):
            raise TemplateError("Tên bảng “{name}” không dùng được.", place, name=name)
        try:
            names.constants[name] = as_value(data)
        except Refusal as error:
            raise TemplateError(error.message, place, **error.facts) from None
    return names


def define(text: str, names: Names, known: Known | None = None) -> None:
    """Run the definitions: their values become constants, their functions are known.

    Args:
        known: what other templates with the same tables have defined; lines found there are not run again.

    Raises:
        TemplateError: a line is wrong or cannot be computed without chance.
    """
    _check_length(text, "definitions")
    run = Run(0, None, 2 * STEPS)
    for statement in _lines(text, "definitions"):
        if statement.is_requirement:
            raise TemplateError("“require” chỉ dùng trong phần tham số.", statement.place)
        key = (statement.target, statement.expression.text)
        if known is None or key not in known:
            defined = _definition(statement, names, run)
            if known is not None:
                known[key] = defined
        else:
            defined = known[key]
        if isinstance(defined, Lambda):
            names.functions[defined.name] = defined
        else:
            names.constants |= defined


def _definition(statement: Statement, names: Names, run: Run) -> Lambda | dict[str, Value]:
    """The function, or the values, that a line of definitions gives."""
    if (found := FUNCTION.fullmatch(statement.target)) is not None:
        return _define_function(statement, found, names)
    own = Names(constants=names.constants, functions=names.functions, used=names.used, folding=names.folding)
    line = _assignment(statement, own)
    run.variables.extend([None] * (own.size[0] - len(run.variables)))
    line(run)
    return {name: run.variables[slot] for name, slot in own.slots.items()}


def compile_program(text: str, names: Names) -> list[Line]:
    """The lines of the parameters, in order; their names become known to ``names``."""
    _check_length(text, "parameters")
    lines: list[Line] = []
    for statement in _lines(text, "parameters"):
        if statement.is_requirement:
            lines.append(_requirement(compile_expression(statement.expression, names).step))
        elif (found := FUNCTION.fullmatch(statement.target)) is not None:
            _define_function(statement, found, names)
        else:
            lines.append(_assignment(statement, names))
    return lines


def _check_length(text: str, field: str) -> None:
    if len(text) > MAX_PROGRAM:
        raise TemplateError("Phần này dài quá {limit} kí tự.", Place(field), limit=MAX_PROGRAM)


@lru_cache(maxsize=256)
def _lines(text: str, field: str) -> list[Statement]:
    """The statements of a program. Templates of a family have theirs in common, so they are kept."""
    lines = []
    for statement in scan_program(text, field):
        lines.append(statement)
        if len(lines) > MAX_LINES:
            raise TemplateError("Quá {limit} dòng.", statement.place, limit=MAX_LINES)
    return lines


def _requirement(step: Step) -> Line:
    return lambda run: bool(step(run))


def _assignment(statement: Statement, names: Names) -> Line:
    if NAME.fullmatch(statement.target.strip()) and (comma := DECIMAL_COMMA.fullmatch(statement.expression.text)):
        raise TemplateError(
            "Số thập phân viết bằng dấu chấm: {number}.", statement.place, number=".".join(comma.groups())
        )
    value = compile_expression(statement.expression, names)
    target = scan_expression(statement.target, statement.place)
    put = compile_store(parse(target), target, names)
    step = value.step

    def line(run: Run) -> bool:
        put(run, step(run))
        return True

    return line


def _define_function(statement: Statement, found: re.Match[str], names: Names) -> Lambda:
    arguments = [name.strip() for name in found[2].split(",") if name.strip()]
    if not all(NAME.fullmatch(name) for name in arguments) or len(set(arguments)) < len(arguments):
        raise TemplateError("Tên các biến của hàm không dùng được.", statement.place)
    function = Lambda(found[1], len(arguments))
    names.functions[function.name] = function
    tree = parse(statement.expression)
    body = compile_tree(tree, statement.expression, names.body_of(function, arguments))
    function.step, function.cost = body.step, 1 + body.size
    function.uses = frozenset(place for place in body.uses if place >= -1)
    return function


def compile_value(text: str, field: str, names: Names) -> Step:
    """An expression of a template's field."""
    return compile_expression(scan_expression(text, Place(field)), names).step


@lru_cache(maxsize=1024)
def _pieces(text: str, field: str) -> list[str | Source | None]:
    return list(scan_text(text, Place(field)))


def compile_text(text: str, field: str, names: Names, filler: Step | None = None) -> Step:
    """Markup with insertions as a text; ``filler`` stands for ``{@ ? @}``.

    Raises:
        TemplateError: an insertion is wrong, or there is a ``{@ ? @}`` and nothing to put there.
    """
    steps: list[Step] = []
    in_maths = False
    for piece in _pieces(text, field) if len(text) <= SHORT else scan_text(text, Place(field)):
        if isinstance(piece, str):
            in_maths ^= changes_maths(piece)
            if piece:
                steps.append(same(piece))
        elif piece is None:
            if filler is None:
                raise TemplateError("Chỗ trống {{@ ? @}} chỉ dùng trong ý đúng/sai có right và wrong.", Place(field))
            steps.append(filler)
        else:
            steps.append(compile_printed(piece, names, in_maths).step)
    if len(steps) == 1:
        return steps[0]

    def join(run: Run) -> Value:
        pieces = [step(run) for step in steps]
        if sum(map(len, pieces)) > MAX_TEXT:
            raise TemplateError(TOO_LONG, Place(field))
        return "".join(pieces)

    return join
