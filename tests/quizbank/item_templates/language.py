"""Helps tests speak the language of templates."""

from random import Random
from typing import Any

import pytest

from quizbank.item_templates.errors import Place, TemplateError
from quizbank.item_templates.expressions import compile_expression
from quizbank.item_templates.names import Names
from quizbank.item_templates.operations import Run
from quizbank.item_templates.programs import compile_program
from quizbank.item_templates.scanning import scan_expression

PLACE = Place("value")


def value_of(source: str) -> Any:
    """What an expression gives without names and chance."""
    names = Names()
    node = compile_expression(scan_expression(source, PLACE), names)
    return node.step(Run(names.size[0], None))


def fault_in(source: str) -> TemplateError:
    with pytest.raises(TemplateError) as caught:
        value_of(source)
    return caught.value


def run_program(source: str, random: Random) -> dict[str, Any] | None:
    """The values of a program's names, or None where a requirement is not met."""
    names = Names()
    lines = compile_program(source, names)
    run = Run(names.size[0], random)
    if not all(line(run) for line in lines):
        return None
    return {name: run.variables[slot] for name, slot in names.slots.items()}
