"""The library of the language: one table of functions, from which the guide is made."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from quizbank.item_templates.operations import Value


class Cost(Enum):
    """What a call costs: always the same, by the length of its values, or by all that is in them."""

    FIXED = "fixed"
    LENGTH = "length"
    DEEP = "deep"


@dataclass(frozen=True)
class Function:
    """A function of the language.

    Args:
        usage: how it is written, with its arguments.
        summary: what it gives, in Vietnamese, for the guide and the editor.
        draws: it draws from chance, and takes the ``Random`` first; ``wants_run``: it takes the run first.
        picks: what it gives was there before: nothing new is made.
        price: how much more than a plain step a call costs.
    """

    name: str
    action: Callable[..., Value]
    usage: str
    summary: str
    group: str
    cost: Cost = Cost.LENGTH
    keywords: tuple[str, ...] = ()
    draws: bool = False
    wants_run: bool = False
    picks: bool = False
    price: int = 1


LIBRARY: dict[str, Function] = {}
CONSTANTS: dict[str, Value] = {"pi": math.pi, "PARAGRAPH": "\n\n", "LINE": "\n"}


def library(
    usage: str, summary: str, group: str, **about: Any
) -> Callable[[Callable[..., Value]], Callable[..., Value]]:
    """Put a function into the library, under the name that ``usage`` begins with."""

    def register(action: Callable[..., Value]) -> Callable[..., Value]:
        name = usage.partition("(")[0]
        LIBRARY[name] = Function(name, action, usage, summary, group, **about)
        return action

    return register
