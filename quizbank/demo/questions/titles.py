"""What the demo's item templates are called on screen: what they ask, with … where a value goes."""

import re

from quizbank.item_templates.rules import NewTemplate
from repository.markup import excerpt, plain

INSERTION = re.compile(r"\{@\s*(.*?)\s*@\}", re.DOTALL)
COMMAND = re.compile(r"\\mathrm\{([^{}]*)\}|\\(?=[A-Za-z])")
"""Of a formula in a line of text: letters set upright are letters, a command is its word."""

GAP = "…"
LENGTH = 90
LETTERS = 15
"""A stem with fewer letters of its own says nothing."""


def title_of(item: NewTemplate, stem: str) -> str:
    """``stem``: that of one of its questions, which names a template whose own stem is all insertions."""
    bare = INSERTION.sub(lambda found: constant_in(item, found[1]), item.template.stem)
    if sum(letter.isalpha() for letter in bare) < LETTERS:
        bare = stem
    return excerpt(COMMAND.sub(r"\1", plain(bare)), LENGTH)


def constant_in(item: NewTemplate, expression: str) -> str:
    """What an insertion always says; a gap where that changes."""
    tables = item.template.tables
    asked = re.fullmatch(r"fill\((ASKS_\w+), \w+\)", expression)
    value = tables.get(asked[1], "").replace("{}", GAP) if asked else tables.get(expression)
    return value if isinstance(value, str) else GAP
