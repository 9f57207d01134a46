"""How a value stands in a text: outside formulas as people write it, between dollar signs as LaTeX."""

import re
from fractions import Fraction

from quizbank.item_templates.errors import Refusal
from quizbank.item_templates.operations import Value, kind_of
from quizbank.item_templates.writing import comma, is_terminating, plain, tex

DOLLAR = re.compile(r"(?<!\\)\$")


def changes_maths(text: str) -> bool:
    """Whether a formula is opened or closed in ``text``: an odd number of dollar signs."""
    return len(DOLLAR.findall(text)) % 2 == 1


def written(value: Value, in_maths: bool) -> str:
    r"""Whole numbers as digits, texts as they are.

    A fraction is ``\frac{1}{3}`` in a formula; outside, ``0,25`` where it ends within four decimals, else ``1/3``.
    A number of machine precision is rounded to four decimals.
    """
    kind = type(value)
    if kind is int:
        return str(value)
    if kind is str:
        return str(value)
    if kind is Fraction:
        if in_maths:
            return tex(value)
        return plain(value) if is_terminating(value) else f"{value.numerator}/{value.denominator}"
    if kind is float:
        return comma(Fraction(value)) if in_maths else plain(Fraction(value))
    raise Refusal("Không viết thẳng {kind} vào lời văn được: hãy dùng một hàm như listed(…).", kind=kind_of(value))
