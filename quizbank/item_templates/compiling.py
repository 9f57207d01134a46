"""What every part of the compiler shares: compiled pieces, the place of a fault, and folding of constants."""

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from quizbank.item_templates.errors import Refusal, TemplateError
from quizbank.item_templates.names import Names
from quizbank.item_templates.operations import STEPS, Run, Value
from quizbank.item_templates.scanning import Source

Step = Callable[[Run], Value]
FAULTS = (Refusal, ArithmeticError, TypeError, ValueError, LookupError, AttributeError, RecursionError, MemoryError)
NOTHING: frozenset[int] = frozenset()
Spot = tuple[int, int]
"""Line from 1 and column in bytes from 0, as parsers count."""


class Node(NamedTuple):
    """A compiled expression: how to compute it, and the slots it reads (those of functions are negative)."""

    step: Step
    uses: frozenset[int] = NOTHING
    is_constant: bool = False
    size: int = 1


def spot_of(node: ast.AST) -> Spot:
    """Where a piece stands: compiled pieces remember this, and let the tree go."""
    return getattr(node, "lineno", 1), getattr(node, "col_offset", 1)


def same(value: Value) -> Step:
    """A step that gives ``value`` in every run."""
    return lambda _run: value


def constant(value: Value) -> Node:
    return Node(same(value), NOTHING, is_constant=True)


@dataclass(frozen=True)
class Context:
    """Where an expression stands: its source, the names it may use, the handlers of its pieces."""

    source: Source
    names: Names
    handlers: Mapping[type[ast.AST], Callable[["Context", Any], Node]]

    def compile(self, node: ast.AST) -> Node:
        handler = self.handlers.get(type(node))
        if handler is None:
            raise self.fault(node, "Ngôn ngữ của câu mẫu không có cách viết này.")
        return self.fold(handler(self, node))

    def fold(self, node: Node) -> Node:
        """What depends on nothing is computed once; what fails so is left to fail where it is used."""
        folding = self.names.folding
        if node.uses or node.is_constant or folding.steps < STEPS // 4:
            return node
        lacking = self.names.size[0] + (self.names.inside.size if self.names.inside else 0)
        folding.variables.extend([None] * (lacking - len(folding.variables)))
        folding.calls = 0
        try:
            return constant(node.step(folding))
        except TemplateError:
            return node

    def with_names(self, names: Names) -> "Context":
        return replace(self, names=names)

    def fault(self, where: ast.AST | Spot, message: str, **facts: Any) -> TemplateError:
        line, column = spot_of(where) if isinstance(where, ast.AST) else where
        return TemplateError(message, self.source.place_of(line, column), **facts)

    def fault_of(self, error: BaseException, where: ast.AST | Spot) -> TemplateError:
        """What Python or an operation says, in the words of the language."""
        if isinstance(error, Refusal):
            return self.fault(where, error.message, **error.facts)
        if isinstance(error, RecursionError | MemoryError):
            return self.fault(where, "Biểu thức lồng nhau quá sâu.")
        return self.fault(where, "Không tính được với các giá trị này.")

    def slot_of(self, place: int) -> int:
        """A mark for ``Node.uses``: locals of functions are told from variables."""
        return -2 - place if self.names.inside is not None else place
