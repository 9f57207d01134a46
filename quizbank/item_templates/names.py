"""What the names of a template stand for while it is compiled."""

import difflib
from dataclasses import dataclass, field, replace
from typing import Any

from quizbank.item_templates.operations import Run, Value

CHANCE = -1
"""In ``uses``: the value depends on chance, not only on names."""


class Lambda:
    """A function that a template defines: ``plane(a, b, c, d) = …``."""

    __slots__ = ("cost", "count", "name", "size", "step", "uses")

    def __init__(self, name: str, count: int) -> None:
        self.name = name
        self.count = count
        self.size = count
        self.cost = 1
        self.step: Any = None
        self.uses: frozenset[int] = frozenset({CHANCE})

    def __call__(self, run: Run, values: list[Value]) -> Value:
        run.enter(self.cost)
        saved, run.locals = run.locals, values + [None] * (self.size - self.count)
        try:
            return self.step(run)
        finally:
            run.locals = saved
            run.calls -= 1


@dataclass
class Names:
    """The names known at one place of a template.

    ``slots``: name -> index among the variables of a run, or among the locals of a function; ``functions`` are a
    name space of their own, so that ``total = total(…)`` means what it says; ``folding`` computes constants while
    a template is compiled: all its expressions together have the steps of one question for that.
    """

    constants: dict[str, Value] = field(default_factory=dict)
    functions: dict[str, Lambda] = field(default_factory=dict)
    slots: dict[str, int] = field(default_factory=dict)
    inner: dict[str, int] = field(default_factory=dict)
    inside: Lambda | None = None
    size: list[int] = field(default_factory=lambda: [0])
    used: set[str] = field(default_factory=set)
    folding: Run = field(default_factory=lambda: Run(0, None))

    def assign(self, name: str) -> int:
        """The slot of a variable that a line gives a value."""
        if name not in self.slots:
            self.slots[name] = self.take()
        return self.slots[name]

    def take(self) -> int:
        """A new slot, of the function that is being compiled or of the program."""
        if self.inside is not None:
            self.inside.size += 1
            return self.inside.size - 1
        self.size[0] += 1
        return self.size[0] - 1

    def within(self, names: list[str]) -> "Names":
        """The same with the names of a comprehension or of a function's arguments before the others."""
        return replace(self, inner={**self.inner, **{name: self.take() for name in names}})

    def body_of(self, function: Lambda, arguments: list[str]) -> "Names":
        inner = {name: place for place, name in enumerate(arguments)}
        return replace(self, inner=inner, inside=function)

    def like(self, name: str, others: list[str]) -> str:
        """The known name that ``name`` may be a slip of, or nothing."""
        known = [*self.inner, *self.slots, *self.constants, *self.functions, *others]
        return next(iter(difflib.get_close_matches(name, known, 1)), "")
