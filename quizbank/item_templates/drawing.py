"""Draws questions from templates: by chance, and numbered ones that stay the same for ever."""

from dataclasses import dataclass, field
from functools import lru_cache
from random import Random

from quizbank.item_templates.making import maker_of
from quizbank.item_templates.names import Names
from quizbank.item_templates.operations import Run
from quizbank.item_templates.programs import Known, compile_program, define, names_of_tables
from quizbank.item_templates.rules import ItemTemplate, fingerprint_of
from quizbank.item_templates.shapes import Draft
from quizbank.questions.rules import QuestionContent

PATIENCE = 300
"""Unlucky draws in a row after which a template counts as one that gives nothing."""


class Prepared:
    """A template compiled: checks are done once, drawing is fast.

    Args:
        known: definitions that templates with the same tables share, filled here.

    Raises:
        TemplateError: what cannot be read, with its place.
    """

    def __init__(self, template: ItemTemplate, known: Known | None = None) -> None:
        self.template = template
        self.names: Names = names_of_tables(template.tables)
        define(template.definitions, self.names, known)
        self.lines = compile_program(template.parameters, self.names)
        self.make = maker_of(template, self.names)

    def is_fit(self, random: Random) -> bool:
        """Whether a draw fulfils what the parameters require; what is made of it is another matter."""
        run = Run(self.names.size[0], random)
        return all(line(run) for line in self.lines)

    def draw(self, random: Random, run: Run | None = None) -> Draft:
        """A question, or None where the draw is unlucky; ``run`` tells afterwards what it cost.

        Raises:
            TemplateError: a value of this draw cannot be computed.
        """
        run = run or Run(self.names.size[0], random)
        for line in self.lines:
            if not line(run):
                return None
        run.random = None
        return self.make(run, random)


@dataclass(frozen=True)
class _Key:
    """Templates that draw the same are the same; equal tables may differ, ``{"T": 1}`` and ``{"T": True}``."""

    fingerprint: str
    template: ItemTemplate = field(compare=False)


def prepare(template: ItemTemplate, fingerprint: str = "") -> Prepared:
    """A template compiled; the last ones are kept. ``fingerprint``: where the caller knows it."""
    return _prepared(_Key(fingerprint or fingerprint_of(template), template))


@lru_cache(maxsize=64)
def _prepared(key: _Key) -> Prepared:
    return Prepared(key.template)


def draw(template: ItemTemplate, random: Random) -> Draft:
    """A question with parameters drawn from ``random``, or None where the draw is unlucky.

    Raises:
        TemplateError: the template is wrong, or a value of this draw cannot be computed.
    """
    return prepare(template).draw(random)


def likeness_of(content: QuestionContent) -> tuple[str, ...]:
    """What makes two questions the same to a reader: the stem and the set of options, whatever their order and case."""
    return (content.stem.casefold(), *sorted(part.text.casefold() for part in content.parts))
