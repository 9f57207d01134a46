"""H5P content as its editor writes it."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from quizbank.questions.formats.h5p import read_h5p
from quizbank.questions.formats.paper import ParsedQuestion, SourceFile
from quizbank.questions.rules import AnswerKind, QuestionContent, QuestionType
from repository.errors import Invalid

PNG = b"\x89PNG\r\n\x1a\n"


def read(tmp_path: Path, library: str, content: Any, licence: str = "U", **files: bytes) -> list[ParsedQuestion]:
    path = tmp_path / "a.h5p"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("h5p.json", json.dumps({"title": "Bài", "mainLibrary": library, "license": licence}))
        package.writestr("content/content.json", content if isinstance(content, str) else json.dumps(content))
        for name, data in files.items():
            package.writestr(f"content/images/{name}.png", data)
    return list(read_h5p(SourceFile(path, path.name)))


def an_answer(text: str, *, correct: bool = False, **said: str) -> dict[str, Any]:
    return {"text": f"<div>{text}</div>\n", "correct": correct, "tipsAndFeedback": said}


def a_choice(*answers: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"question": "<p>Thủ <b>đô</b>?</p>\n", "answers": list(answers), **more}


CHOICE = a_choice(an_answer("Huế"), an_answer("Hà Nội", correct=True))


def codes(question: ParsedQuestion) -> list[str]:
    return [problem.code for problem in question.problems]


def test_a_choice_has_its_stem_options_and_key(tmp_path: Path) -> None:
    (question,) = read(tmp_path, "H5P.MultiChoice", CHOICE, licence="CC BY")
    assert question.draft is not None
    assert (question.draft.type, question.draft.stem) == (QuestionType.SINGLE_CHOICE, "Thủ <b>đô</b>?")
    assert ([part.text for part in question.draft.parts], question.draft.key) == (["Huế", "Hà Nội"], "B")
    assert (question.label, question.at, question.said.licence) == ("Bài", "H5P.MultiChoice 1", "cc-by-4.0")
    assert question.problems == ()


@pytest.mark.parametrize(
    ("behaviour", "kind", "keeps"),
    [
        ({"type": "auto", "randomAnswers": True}, QuestionType.SINGLE_CHOICE, False),
        ({"type": "multi", "randomAnswers": False}, QuestionType.MULTIPLE_RESPONSE, True),
        ({"singleAnswer": True}, QuestionType.SINGLE_CHOICE, False),
    ],
)
def test_behaviour_says_how_many_and_in_which_order(
    behaviour: dict[str, Any], kind: QuestionType, keeps: bool, tmp_path: Path
) -> None:
    (question,) = read(tmp_path, "H5P.MultiChoice", {**CHOICE, "behaviour": behaviour})
    assert question.draft is not None
    assert (question.draft.type, question.draft.keeps_order) == (kind, keeps)


def test_feedback_is_explained_and_tips_are_dropped_with_a_word(tmp_path: Path) -> None:
    content = a_choice(
        an_answer("Huế", chosenFeedback="<div>Cố đô</div>", tip="Miền Bắc"),
        an_answer("Hà Nội", correct=True),
        overallFeedback=[{"from": 0, "to": 100, "feedback": "Xong"}],
    )
    (question,) = read(tmp_path, "H5P.MultiChoice", content)
    assert question.draft is not None
    assert question.draft.explanation == "A: Cố đô\n\nXong"
    assert codes(question) == ["changed", "dropped", "changed"]


def test_a_picture_above_the_question_comes_along(tmp_path: Path) -> None:
    image = {"library": "H5P.Image 1.1", "params": {"alt": "Bản đồ", "file": {"path": "images/map.png"}}}
    (question,) = read(tmp_path, "H5P.MultiChoice", {**CHOICE, "media": {"type": image}}, map=PNG)
    assert question.draft is not None
    assert question.draft.stem.startswith("![Bản đồ](content/images/map.png)")
    assert dict(question.pictures) == {"content/images/map.png": PNG}


def test_true_or_false_becomes_two_options_in_their_order(tmp_path: Path) -> None:
    (question,) = read(tmp_path, "H5P.TrueFalse", {"question": "<p>2 &gt; 3</p>", "correct": "false"})
    assert question.draft is not None
    assert [(part.text, part.is_true, part.is_locked) for part in question.draft.parts] == [
        ("Đúng", False, True),
        ("Sai", True, True),
    ]
    assert (question.draft.stem, codes(question)) == ("2 > 3", ["changed"])


def test_of_sets_and_summaries_the_first_is_right(tmp_path: Path) -> None:
    sets = {"choices": [{"question": "<p>Một?</p>", "answers": ["<p>đúng</p>", "<p>sai</p>"]}] * 2}
    summary = {"intro": "<p>Chọn</p>", "summaries": [{"summary": ["<p>đúng</p>", "<p>sai</p>"]}]}
    for library, content, count in (("H5P.SingleChoiceSet", sets, 2), ("H5P.Summary", summary, 1)):
        questions = read(tmp_path, library, content)
        assert [question.draft.key for question in questions if question.draft] == ["A"] * count
        assert [question.number for question in questions] == list(range(1, count + 1))


def test_one_blank_is_a_short_answer_and_several_are_not(tmp_path: Path) -> None:
    content = {"text": "<p>Điền</p>", "questions": ["<p>2 + 3 = *5/năm:cộng*</p>", "<p>*a* và *b*</p>"]}
    one, several = read(tmp_path, "H5P.Blanks", content)
    assert one.draft is not None
    assert (one.draft.stem, [part.text for part in one.draft.parts]) == ("Điền\n\n2 + 3 = ______", ["5", "năm"])
    assert (one.draft.answer_kind, codes(one)) == (AnswerKind.TEXT, ["dropped"])
    assert [problem.facts for problem in several.problems] == [{"kind": "nhiều chỗ trống"}]


def test_questions_are_found_however_deep_in_their_containers(tmp_path: Path) -> None:
    inner = {"library": "H5P.MultiChoice 1.16", "params": CHOICE, "metadata": {"title": "Câu trong phim"}}
    essay = {"library": "H5P.DragQuestion 1.5", "params": {"taskDescription": "Viết"}}
    content = {"interactiveVideo": {"assets": {"interactions": [{"action": inner}, {"action": essay}]}}}
    first, second = read(tmp_path, "H5P.InteractiveVideo", content)
    assert (first.label, first.problems) == ("Câu trong phim", ())
    assert [problem.facts for problem in second.problems] == [{"kind": "kéo thả"}]
    assert "Viết" in second.source


def test_an_essay_has_its_sample_as_marking_guide(tmp_path: Path) -> None:
    solution = {"introduction": "<p>Các ý chính:</p>", "sample": "<p>Yêu quê hương.</p>"}
    content = {"taskDescription": "<p>Viết đoạn văn.</p>", "solution": solution, "keywords": [{"keyword": "quê"}]}
    (question,) = read(tmp_path, "H5P.Essay", content)
    assert question.draft == QuestionContent(QuestionType.ESSAY, "Viết đoạn văn.", (), "Các ý chính:\n\nYêu quê hương.")
    assert codes(question) == ["dropped"]


def test_the_source_is_the_question_as_it_stands_in_the_file(tmp_path: Path) -> None:
    (question,) = read(tmp_path, "H5P.MultiChoice", CHOICE)
    assert json.loads(question.source) == CHOICE


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("{\n\n", "content/content.json, line 3"),
        ("[]", "content/content.json, line 1"),
        ('{"a": ' * 40_000, "content/content.json, line 1"),
        ("{}", "content/content.json"),
    ],
)
def test_content_that_is_none_is_refused_with_its_place(content: str, place: str, tmp_path: Path) -> None:
    with pytest.raises(Invalid) as caught:
        read(tmp_path, "H5P.Column", content)
    assert caught.value.facts["place"] == place


def test_containers_without_end_are_refused(tmp_path: Path) -> None:
    content: dict[str, Any] = {}
    for _ in range(100):
        content = {"library": "H5P.Column 1.1", "params": {"content": content}}
    with pytest.raises(Invalid):
        read(tmp_path, "H5P.Column", content)


def in_a_column(*contents: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    return {"content": [{"content": {"library": f"{name} 1.0", "params": params}} for name, params in contents]}


@pytest.mark.parametrize(
    ("library", "kind"), [("H5P.Crossword", "ô chữ"), ("H5P.Dictation", "nghe và viết"), ("H5P.NewKind", "H5P.NewKind")]
)
def test_no_kind_of_question_vanishes_among_others(library: str, kind: str, tmp_path: Path) -> None:
    column = in_a_column(("H5P.MultiChoice", CHOICE), (library, {"a": 1}), ("H5P.Image", {"file": {"path": "a.png"}}))
    first, second = read(tmp_path, "H5P.Column", column)
    assert first.problems == ()
    assert [problem.facts["kind"] for problem in second.problems] == [kind]


def test_a_text_before_a_question_is_told(tmp_path: Path) -> None:
    column = in_a_column(
        ("H5P.AdvancedText", {"text": "<p>Đọc <b>đoạn</b> sau</p>"}),
        ("H5P.MultiChoice", CHOICE),
        ("H5P.MultiChoice", CHOICE),
    )
    first, second = read(tmp_path, "H5P.Column", column)
    assert [problem.facts["what"] for problem in first.problems] == ["đoạn văn đứng trước câu hỏi: “Đọc đoạn sau”"]
    assert second.problems == ()


def test_a_guess_is_a_short_answer(tmp_path: Path) -> None:
    content = {
        "taskDescription": "<p>Con gì?</p>",
        "solutionText": "Con mèo",
        "media": {"library": "H5P.Image 1.1", "params": {"file": {"path": "images/cat.png"}}},
    }
    (question,) = read(tmp_path, "H5P.GuessTheAnswer", content, cat=PNG)
    assert question.draft is not None
    assert question.draft.stem == "![](content/images/cat.png)\n\nCon gì?"
    assert [part.text for part in question.draft.parts] == ["Con mèo"]
    assert codes(question) == ["changed"]


@pytest.mark.parametrize("library", ["H5P.OpenEndedQuestion", "H5P.FreeTextQuestion"])
def test_an_open_question_is_an_essay(library: str, tmp_path: Path) -> None:
    (question,) = read(tmp_path, library, {"question": "<p>Em nghĩ gì?</p>"})
    assert question.draft == QuestionContent(QuestionType.ESSAY, "Em nghĩ gì?", ())


def test_the_tip_of_a_summary_is_told(tmp_path: Path) -> None:
    content = {"intro": "Chọn", "summaries": [{"summary": ["đúng", "sai"], "tip": "Nhớ lại"}]}
    (question,) = read(tmp_path, "H5P.Summary", content)
    assert [problem.facts["what"] for problem in question.problems] == ["gợi ý “Nhớ lại”"]
