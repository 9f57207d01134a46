"""Reads the templates of one module from its file, ``item_templates/toan/analysis_11.toml``.

Beside plain templates a file may name a ``family``: data from which several templates follow (``theory``: pairs of
a true and a false sentence; ``matching`` and ``years``: tables; ``law``: a formula with its quantities).
"""

import ast
import re
import tomllib
from collections.abc import Mapping, Sequence
from fractions import Fraction
from importlib import resources
from typing import Any

from quizbank.demo.questions.families import templates_of
from quizbank.demo.questions.laws import Law, Quantity, law
from quizbank.demo.questions.templates import Shelf
from quizbank.item_templates.drawing import prepare
from quizbank.item_templates.rules import ItemTemplate, NewTemplate
from quizbank.item_templates.template_file import read_document
from quizbank.questions.rules import QuestionType

FOLDER = "quizbank.demo.questions"
SHAPES = {
    QuestionType.SINGLE_CHOICE: "choice",
    QuestionType.MULTIPLE_RESPONSE: "several",
    QuestionType.TRUE_FALSE: "cluster",
    QuestionType.SHORT_ANSWER: "short",
}


def text_of(name: str) -> str:
    """The source of a file of templates; ``name`` is its path without the ending."""
    return resources.files(FOLDER).joinpath(f"item_templates/{name}.toml").read_text("utf-8")


def has_file(name: str) -> bool:
    return resources.files(FOLDER).joinpath(f"item_templates/{name}.toml").is_file()


def read_shelf(text: str) -> Shelf:
    """The templates of a file, in its order."""
    document = _with_what_it_uses(tomllib.loads(text))
    topics = document.get("topics", {})
    shelf = Shelf()
    for entry in document.get("template", []):
        family = entry.get("family")
        placed = entry | {"topic": topics.get(entry["topic"], entry["topic"])}
        if family == "law":
            _law(shelf, placed)
        elif family:
            put(shelf, templates_of(family, placed))
        else:
            put(shelf, read_document(document | {"template": [entry]}))
    return shelf


def put(shelf: Shelf, templates: Sequence[NewTemplate]) -> None:
    for new in templates:
        shelf.put(new.name, new.topic, new.level, prepare(new.template).draw, new.room, makers_of(new.template))


def _with_what_it_uses(document: dict[str, Any]) -> dict[str, Any]:
    """``uses = ["tieng_anh/common"]``: the definitions and tables of those files come first."""
    for name in reversed(document.pop("uses", [])):
        common = tomllib.loads(text_of(name))
        for part in ("tables", "topics"):
            document[part] = common.get(part, {}) | document.get(part, {})
        document["definitions"] = common.get("definitions", "") + document.get("definitions", "")
    return document


def makers_of(template: ItemTemplate) -> frozenset[str]:
    """What a template is made with, as ``derived`` asks it: its shape, and whether it picks among values."""
    shape = SHAPES[template.type]
    picks = any(_picks(line) for line in template.parameters.split("\n"))
    return frozenset({shape, "choice"} if picks else {shape})


def _picks(line: str) -> bool:
    try:
        tree = ast.parse(re.sub(r"^\s*require\b", "", line).strip(), mode="exec")
    except SyntaxError:
        return "pick(" in line
    level: list[ast.AST] = [tree]
    while level:
        node = level.pop()
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "pick":
            return True
        if isinstance(node, ast.GeneratorExp | ast.ListComp | ast.SetComp | ast.DictComp):
            level.append(node.generators[0].iter)
            continue
        level += ast.iter_child_nodes(node)
    return False


def _law(shelf: Shelf, entry: Mapping[str, Any]) -> None:
    """``result = [symbol, name, unit]``; ``inputs``: symbol, name, unit, exponent and ``values``."""
    inputs = tuple(
        (Quantity(part["symbol"], part["name"], part["unit"], values_of(part["values"])), part["exponent"])
        for part in entry["inputs"]
    )
    rule = Law(
        entry["name"],
        entry["topic"],
        entry["about"],
        Quantity(*entry["result"]),
        inputs,
        entry["stories"],
        Fraction(entry.get("coefficient", 1)),
        Fraction(entry.get("scale", 1)),
        entry.get("written", ""),
    )
    law(shelf, rule, *([tuple(entry["levels"])] if "levels" in entry else []))


def values_of(written: Any) -> tuple[int | Fraction, ...]:
    """``[5, 120, 5, 10]``: from 5 to 120 in steps of 5, divided by 10; a list of texts: the values themselves."""
    if all(isinstance(value, int) for value in written):
        first, last, step, divisor = written
        return tuple(_number(Fraction(value, divisor)) for value in range(first, last + 1, step))
    return tuple(_number(Fraction(value)) for value in written)


def _number(value: Fraction) -> int | Fraction:
    return value.numerator if value.denominator == 1 else value
