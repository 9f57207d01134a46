"""Templates that follow from data: ``theory`` from pairs of sentences, ``matching`` and ``years`` from tables,
``law`` from a formula with its quantities.

A family is itself a file of templates, ``item_templates/families/theory.toml``, whose tables are missing: every
field of an entry becomes one, in capital letters. Rooms of a family are counted for every row of the entry.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from quizbank.item_templates.rules import NewTemplate
from quizbank.item_templates.template_file import read_document

PLACE = {"family", "name", "topic", "level", "levels"}


def templates_of(family: str, entry: Mapping[str, Any]) -> list[NewTemplate]:
    """The templates of an entry, in the order of its family's file."""
    document = dict(_read(family))
    about = document.pop("family")
    told = about.get("defaults", {}) | entry
    levels = dict(zip(about["levels"], told.get("levels", [told.get("level")]), strict=True))
    tables = {name.upper(): data for name, data in told.items() if name not in PLACE}
    count = len(told[about["rows"]]) if "rows" in about else 1
    templates = [
        template
        | {
            "name": f"{entry['name']}_{template['name']}",
            "topic": entry["topic"],
            "level": levels.get(template.get("level", about["levels"][0]), template.get("level")),
        }
        | ({"room": template["room"] * count} if "room" in template else {})
        for template in document["template"]
    ]
    return read_document(document | {"tables": tables, "template": templates})


def stands_alone(family: str, entry: Mapping[str, Any], name: str) -> bool:
    """Whether nothing else follows from the template of an entry: to ask for a formula in another way is pointless."""
    return name.removeprefix(f"{entry['name']}_") in _read(family)["family"].get("alone", [])


@cache
def _read(family: str) -> Mapping[str, Any]:
    path = f"item_templates/families/{family}.toml"
    return tomllib.loads(resources.files("quizbank.demo.questions").joinpath(path).read_text("utf-8"))
