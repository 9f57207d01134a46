"""Every sentence of the interface has its English: those of templates, of ``_()`` in Python, and of errors."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir, extract_from_file

from repository import errors
from repository.errors import HocLieuError
from repository.i18n import WORDS, messages_of, translations_of
from repository.settings import PROJECT_ROOT

PACKAGES = ("repository", "quizbank")
ERRORS = {name for name, thing in vars(errors).items() if isinstance(thing, type) and issubclass(thing, HocLieuError)}
KEYWORDS = DEFAULT_KEYWORDS | {"lazy_gettext": None}
SPEAKERS = ERRORS | {"Problem", "say"}
PLACES = re.compile(r"%\((\w+)\)s|\{(\w+)[^}]*\}")
TABLES = re.compile(r"LABELS|MESSAGES|REFUSALS|TITLES|NAMES|KINDS")
VIETNAMESE = re.compile(r"[À-ỹ]")


def python_files() -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted((PROJECT_ROOT / package).rglob("*.py"))


def in_templates() -> Iterator[tuple[str, str]]:
    for name, _line, message, _notes, _context in extract_from_dir(
        PROJECT_ROOT / "templates", method_map=[("**.html", "jinja2")], options_map={"**.html": {"silent": "false"}}
    ):
        yield f"templates/{name}", message if isinstance(message, str) else message[0]


def in_python() -> Iterator[tuple[str, str]]:
    for path in python_files():
        for _line, message, _notes, _context in extract_from_file("python", path, keywords=KEYWORDS):
            yield str(path.relative_to(PROJECT_ROOT)), message if isinstance(message, str) else message[0]


def in_errors() -> Iterator[tuple[str, str]]:
    """Messages that are raised in one place and translated at the door: the first text of each error that is made."""
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and name_of(node.func) in SPEAKERS:
                yield from (
                    (f"{path.relative_to(PROJECT_ROOT)}:{node.lineno}", text)
                    for text in texts_of(node)
                    if VIETNAMESE.search(text)
                )


def in_facts() -> Iterator[tuple[str, str]]:
    """Words of ours that fill the places of a problem's sentence."""
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and name_of(node.func) in {"problem", "lose"}:
                named = [one.value for one in node.keywords if one.arg in WORDS]
                for value in named + (node.args[:1] if name_of(node.func) == "lose" else []):
                    if isinstance(value, ast.Constant) and VIETNAMESE.search(str(value.value)):
                        yield f"{path.relative_to(PROJECT_ROOT)}:{node.lineno}", str(value.value)


def in_tables() -> Iterator[tuple[str, str]]:
    """The texts of dictionaries that say what an enum's values are called."""
    for path in python_files():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
            if isinstance(target, ast.Name) and TABLES.search(target.id) and isinstance(node.value, ast.Dict):  # type: ignore[attr-defined]
                for value in node.value.values:  # type: ignore[attr-defined]
                    if isinstance(value, ast.Constant) and VIETNAMESE.search(str(value.value)):
                        yield f"{path.relative_to(PROJECT_ROOT)}:{value.lineno}", str(value.value)


def name_of(function: ast.expr) -> str:
    return (
        function.id if isinstance(function, ast.Name) else function.attr if isinstance(function, ast.Attribute) else ""
    )


def texts_of(call: ast.Call) -> list[str]:
    return [node.value for node in call.args[:2] if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def english(message: str) -> str | None:
    known = translations_of("en")._catalog.get(message)
    return known if isinstance(known, str) else None


@pytest.mark.parametrize("source", [in_templates, in_python, in_errors, in_facts, in_tables])
def test_every_sentence_has_its_english(source: object) -> None:
    assert callable(source)
    missing = sorted({(message, place) for place, message in source() if message and not english(message)})
    assert not missing, "\n".join(f"{place}: {message!r}" for message, place in missing)


def test_translations_keep_the_places_of_their_sentences() -> None:
    catalogue = {key: value for key, value in translations_of("en")._catalog.items() if key and isinstance(key, str)}
    wrong = [
        message
        for message, translated in catalogue.items()
        if isinstance(translated, str) and places_of(message) != places_of(translated)
    ]
    assert not wrong


def places_of(text: str) -> set[str]:
    return {one or other for one, other in PLACES.findall(text)}


def test_no_two_catalogues_translate_one_sentence_differently() -> None:
    said: dict[str, dict[str, str]] = {}
    for path, message in messages_of("en"):
        said.setdefault(str(message.id), {})[str(path.relative_to(PROJECT_ROOT))] = str(message.string)
    assert said
    assert not {message: by_file for message, by_file in said.items() if len(set(by_file.values())) > 1}
