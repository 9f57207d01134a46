"""What may be wrong with a template: one error, which says where and what to do."""

from dataclasses import dataclass
from typing import Any

from repository.errors import Invalid


@dataclass(frozen=True)
class Place:
    """Where in a template: the field (``parameters``, ``stem``, ``parts[2].value``), its line and column from 1."""

    field: str = ""
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.field}:{self.line}:{self.column}"


class TemplateError(Invalid):
    """A template cannot be read or drawn from. ``message`` says what is wrong, ``place`` where."""

    code = "template"

    def __init__(self, message: str, place: Place, **facts: Any) -> None:
        super().__init__(message, **facts)
        self.place = place


class Refusal(Exception):
    """An operation refuses its values; whoever knows the place makes a ``TemplateError`` of it."""

    def __init__(self, message: str, **facts: Any) -> None:
        super().__init__(message)
        self.message = message
        self.facts = facts
