"""Reads the fact tables of ``facts/<subject>.toml``: kept out of the code so that teachers can check them."""

import tomllib
from importlib import resources

from quizbank.demo.questions.shelves import put_family
from quizbank.demo.questions.templates import Shelf

FAMILIES = ("theory", "matching", "years")


def shelf_of_facts(subject: str) -> Shelf:
    """The templates of a subject's fact tables, in the order of the file."""
    text = resources.files("quizbank.demo.questions").joinpath(f"facts/{subject}.toml").read_text("utf-8")
    tables = tomllib.loads(text)
    shelf = Shelf()
    for family in FAMILIES:
        for place, table in enumerate(tables.get(family, [])):
            put_family(shelf, family, table | {"name": f"{family}_{place}"})
    return shelf
