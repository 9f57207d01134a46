"""The guide to matrix files is true."""

import re

from quizbank.matrices.matrix_file import CELL, COMPETENCE, HEADING, ROW, parse_matrix
from quizbank.matrices.rules import check_matrix
from quizbank.questions.rules import QuestionType
from repository.curriculum.queries import curriculum
from repository.settings import PROJECT_ROOT

GUIDE = (PROJECT_ROOT / "docs" / "matrix-file.md").read_text(encoding="utf-8")


def test_the_example_is_a_sound_matrix() -> None:
    [example] = re.findall(r"```json\n(\{\n \"title\".*?)```", GUIDE, re.DOTALL)
    check_matrix(parse_matrix(example), curriculum())


def test_every_entry_is_explained() -> None:
    explained = set(re.findall(r"^\| `([\w.\[\]]+)`", GUIDE, re.MULTILINE))
    places = {"": HEADING, "cells[].": CELL, "specification[].": ROW, "specification[].competences[].": COMPETENCE}
    known = {place + name for place, names in places.items() for name in names}
    assert explained == known - {"cells", "specification", "specification[].competences"}


def test_every_type_is_named() -> None:
    assert all(f"`{type}`" in GUIDE for type in QuestionType)
