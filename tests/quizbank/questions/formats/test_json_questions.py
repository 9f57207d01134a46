"""Questions as JSON, written and read."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.questions.formats.json_questions import read_json, write_json
from quizbank.questions.formats.paper import ParsedQuestion, SourceFile
from quizbank.questions.formats.writing import Export
from quizbank.questions.rules import NewQuestion
from repository.errors import Invalid
from tests.quizbank.questions.formats.new_questions import new_questions

CHOICE: dict[str, Any] = {"type": "single-choice", "stem": "Hỏi?", "options": ["một", "hai"], "key": "B"}


def read(tmp_path: Path, text: str) -> list[ParsedQuestion]:
    path = tmp_path / "cau.json"
    path.write_text(text, encoding="utf-8")
    return list(read_json(SourceFile(path, "cau.json")))


def codes(question: ParsedQuestion) -> list[str]:
    return [found.code for found in question.problems]


@given(st.lists(new_questions(), max_size=4))
def test_what_is_written_comes_back(tmp_path_factory: pytest.TempPathFactory, questions: list[NewQuestion]) -> None:
    output = io.BytesIO()
    write_json(Export("Đề", ((f"q-{n}", new) for n, new in enumerate(questions)), lambda _: b""), output)
    json.loads(output.getvalue())
    found = read(tmp_path_factory.mktemp("json"), output.getvalue().decode())
    assert [question.draft for question in found] == [new.content for new in questions]
    assert [question.said.tags for question in found] == [new.placement.tags for new in questions]
    assert [question.passage for question in found] == [new.passage for new in questions]


def test_an_object_a_line_is_read(tmp_path: Path) -> None:
    text = "\n".join(json.dumps(CHOICE | {"id": number}) for number in (7, 8))
    assert [(question.label, question.place) for question in read(tmp_path, text)] == [
        ("#7", "line 1"),
        ("#8", "line 2"),
    ]


def test_an_object_may_reach_over_many_lines(tmp_path: Path) -> None:
    [one, two] = read(tmp_path, json.dumps([CHOICE, CHOICE], indent=2, ensure_ascii=False))
    assert one.draft == two.draft and one.lines[0] < two.lines[0]


def test_a_type_that_the_bank_lacks_is_reported(tmp_path: Path) -> None:
    [question] = read(tmp_path, json.dumps(CHOICE | {"type": "poem"}))
    assert question.draft is None and codes(question) == ["unsupported-type"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"key": "C"}, "key-not-an-option"),
        ({"key": None}, "no-key"),
        ({"stem": 5}, "empty-stem"),
        ({"type": "true-false", "options": list("abcd"), "key": "TF"}, "key-does-not-fit"),
        ({"type": "short-answer", "key": []}, "no-key"),
        ({"type": "short-answer", "key": ["2"], "tolerance": "x"}, "not-a-number"),
    ],
)
def test_what_does_not_fit_is_a_problem(tmp_path: Path, change: dict[str, Any], code: str) -> None:
    [question] = read(tmp_path, json.dumps(CHOICE | change))
    assert code in codes(question)


@pytest.mark.parametrize("text", ['[{"type": ', "[1, 2]", "nothing", '{"a": 1} x', "[" * 5_000 + "{"])
def test_broken_json_is_refused_with_its_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(Invalid, match="dòng 1"):
        read(tmp_path, text)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    try:
        read(tmp_path_factory.mktemp("any"), text.encode("utf-8", "replace").decode())
    except Invalid:
        return
