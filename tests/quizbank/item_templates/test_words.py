"""What the language says has its English, and the guide tells all of it."""

import ast
import re
from collections.abc import Iterator

import pytest

from quizbank.item_templates.functions import Function
from quizbank.item_templates.library import CONSTANTS, LIBRARY
from repository.i18n import translations_of
from repository.settings import PROJECT_ROOT

FOLDER = PROJECT_ROOT / "quizbank" / "item_templates"
SPEAKERS = {"TemplateError", "Refusal", "fail", "fault"}
VIETNAMESE = re.compile(r"[À-ỹ]")


def messages() -> Iterator[str]:
    """Every sentence that a fault is made of."""
    for path in FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in SPEAKERS:
                for text in ast.walk(node):
                    if isinstance(text, ast.Constant) and isinstance(text.value, str) and VIETNAMESE.search(text.value):
                        yield text.value


def has_english(message: str) -> bool:
    return bool(translations_of("en")._catalog.get(message))


def test_every_fault_has_its_english() -> None:
    found = set(messages())
    assert len(found) > 80
    assert [message for message in found if not has_english(message)] == []


@pytest.mark.parametrize("function", LIBRARY.values(), ids=lambda function: str(function.name))
def test_every_function_is_told_in_both_languages(function: Function) -> None:
    assert function.usage.startswith(f"{function.name}(")
    assert has_english(function.summary)
    assert has_english(function.group)


def test_the_guide_tells_every_function_and_constant() -> None:
    guide = (PROJECT_ROOT / "docs" / "item-templates.md").read_text("utf-8")
    english = translations_of("en")._catalog
    for function in LIBRARY.values():
        assert f"| `{function.usage}` | {english[function.summary]} |" in guide
    assert all(f"`{name}`" in guide for name in CONSTANTS)
