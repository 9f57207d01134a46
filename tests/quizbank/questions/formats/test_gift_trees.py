import json
from pathlib import Path

import pytest

from tests.quizbank.questions.formats.gift_trees import trees_of
from tests.shared_data import SHARED, needs_shared_data

FOLDER = SHARED / "formats/gift/fuhrmanator__GIFT-grammar-PEG.js/tests/questions"
CASES = sorted(FOLDER.glob("*.gift"))


@needs_shared_data
def test_all_published_trees_are_there() -> None:
    assert len(CASES) == len(list(FOLDER.glob("*.json"))) == 51


@needs_shared_data
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_tree_agrees_with_the_published_one(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert trees_of(path.read_text(encoding="utf-8")) == expected
