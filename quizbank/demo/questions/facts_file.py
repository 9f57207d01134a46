"""Reads the fact tables of ``facts/<subject>.toml``: kept out of the code so that teachers can check them."""

import tomllib
from importlib import resources
from typing import Any

from quizbank.demo.questions.claims import matching, theory, years
from quizbank.demo.questions.templates import Shelf


def shelf_of_facts(subject: str) -> Shelf:
    """The templates of a subject's fact tables, in the order of the file."""
    text = resources.files("quizbank.demo.questions").joinpath(f"facts/{subject}.toml").read_text("utf-8")
    tables = tomllib.loads(text)
    shelf = Shelf()
    for place, table in enumerate(tables.get("theory", [])):
        _put_theory(shelf, f"theory_{place}", table)
    for place, table in enumerate(tables.get("matching", [])):
        _put_matching(shelf, f"matching_{place}", table)
    for place, table in enumerate(tables.get("years", [])):
        rows = [(event, year) for event, year in table["rows"]]
        years(shelf, f"years_{place}", table["topic"], table["level"], rows, table["about"])
    return shelf


def _put_theory(shelf: Shelf, name: str, table: dict[str, Any]) -> None:
    claims = [(right, wrong, slip) for right, wrong, slip in table["claims"]]
    theory(shelf, name, table["topic"], table["level"], table["about"], claims)


def _put_matching(shelf: Shelf, name: str, table: dict[str, Any]) -> None:
    direct, multiple = table["levels"]
    matching(
        shelf,
        name,
        table["topic"],
        (direct, multiple),
        [(left, right) for left, right in table["rows"]],
        about=table["about"],
        asks_right=table["asks_right"],
        asks_left=table["asks_left"],
        says=table["says"],
        capital=table.get("capital", True),
    )
