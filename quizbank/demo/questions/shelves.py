"""Reads the templates of one module from its file, ``item_templates/toan/analysis_11.toml``.

Beside plain templates a file may name a ``family``: data from which several templates follow (``theory``: pairs of
a true and a false sentence; ``matching`` and ``years``: tables; ``law``: a formula with its quantities). A template
that is ``alone`` is not asked another way.
"""

import ast
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from quizbank.demo.questions.families import stands_alone, templates_of
from quizbank.demo.questions.templates import Draw, Shelf
from quizbank.item_templates.drawing import Prepared
from quizbank.item_templates.programs import Known
from quizbank.item_templates.rules import ItemTemplate, NewTemplate
from quizbank.item_templates.template_file import read_document
from quizbank.questions.rules import QuestionType

FOLDER = "quizbank.demo.questions"
SHAPES = {
    QuestionType.SINGLE_CHOICE: "choice",
    QuestionType.MULTIPLE_RESPONSE: "several",
    QuestionType.TRUE_FALSE: "cluster",
    QuestionType.SHORT_ANSWER: "short",
    QuestionType.ESSAY: "essay",
}


def text_of(name: str) -> str:
    """The source of a file of templates; ``name`` is its path without the ending."""
    return resources.files(FOLDER).joinpath(f"item_templates/{name}.toml").read_text("utf-8")


def read_shelf(text: str) -> Shelf:
    """The templates of a file, in its order."""
    document = _with_what_it_uses(tomllib.loads(text))
    topics = document.get("topics", {})
    shelf, known = Shelf(), Known()
    for entry in document.get("template", []):
        family = entry.get("family")
        placed = entry | {"topic": topics.get(entry["topic"], entry["topic"])}
        if family:
            put_family(shelf, family, placed)
        else:
            alone = entry.pop("alone", False)
            (new,) = read_document(document | {"template": [entry]})
            _put(shelf, new, frozenset() if alone else makers_of(new.template), known)
    return shelf


def put_family(shelf: Shelf, family: str, entry: Mapping[str, Any]) -> None:
    """Put the templates of a family's entry on the shelf."""
    known = Known()
    for new in templates_of(family, entry):
        alone = stands_alone(family, entry, new.name)
        _put(shelf, new, frozenset() if alone else makers_of(new.template), known)


def drawing_of(template: ItemTemplate, known: Known) -> Draw:
    """Draws from a template, which is compiled when it is first drawn from."""

    @cache
    def prepared() -> Prepared:
        return Prepared(template, known)

    return lambda r: prepared().draw(r)


def _put(shelf: Shelf, new: NewTemplate, makers: frozenset[str], known: Known) -> None:
    shelf.put(new.name, new.topic, new.level, drawing_of(new.template, known), new.room, makers, new)


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
    if template.type is QuestionType.ESSAY:
        return frozenset({shape})
    picks = any(_picks(line) for line in template.parameters.split("\n") if "pick(" in line)
    return frozenset({shape, "choice"} if picks else {shape})


def _picks(line: str) -> bool:
    try:
        tree = ast.parse(re.sub(r"^\s*require\b", "", line).strip(), mode="exec")
    except SyntaxError:
        return True
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
