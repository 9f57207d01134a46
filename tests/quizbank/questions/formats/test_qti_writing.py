import io
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizbank.questions.formats.paper import ParsedQuestion, SourceFile
from quizbank.questions.formats.qti import read_qti
from quizbank.questions.formats.qti_writing import write_qti22, write_qti30
from quizbank.questions.formats.writing import Export, Writer
from quizbank.questions.rules import AnswerKind, NewQuestion, Part, Placement, QuestionContent, QuestionType
from tests.quizbank.questions.formats.generated import (
    SHA256,
    content_back,
    media,
    new_questions,
    there_and_back,
    with_media,
)
from tests.quizbank.questions.formats.qti_schemas import faults_of, official_schema
from tests.shared_data import needs_shared_data

WRITERS = [pytest.param(write_qti30, "30", id="3.0"), pytest.param(write_qti22, "22", id="2.2")]
BOTH = pytest.mark.parametrize(("write", "version"), WRITERS)
NOWHERE = Placement("", "")


def package_of(write: Writer, *news: NewQuestion) -> bytes:
    output = io.BytesIO()
    write(Export("Đề số 1", ((f"q-{n}", new) for n, new in enumerate(news, start=1)), media), output)
    return output.getvalue()


def a_question(content: QuestionContent, passage: str = "") -> NewQuestion:
    return NewQuestion(content, NOWHERE, passage=passage)


def a_choice(stem: str = "Thủ đô?", explanation: str = "") -> QuestionContent:
    parts = (Part("Hà Nội", is_true=True), Part("Huế"), Part("Tất cả đều sai", is_locked=True))
    return QuestionContent(QuestionType.SINGLE_CHOICE, stem, parts, explanation)


def a_short_answer(*values: str, tolerance: Decimal | None = None) -> QuestionContent:
    parts = tuple(Part(value, is_true=True) for value in values)
    return QuestionContent(QuestionType.SHORT_ANSWER, "Bao nhiêu?", parts, "", AnswerKind.NUMERIC, tolerance)


def placement_of(question: ParsedQuestion) -> Placement:
    said = question.said
    return Placement(said.subject, said.programme, said.grade, said.topic or None, said.level or None, said.tags)


@BOTH
@given(news=st.lists(new_questions(), min_size=1, max_size=4))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_written_comes_back(write: Writer, version: str, news: list[NewQuestion], tmp_path: Path) -> None:
    questions, _ = there_and_back(news, write, read_qti, tmp_path / "package.zip")
    assert [content_back(question) for question in questions] == [new.content for new in news]
    assert [with_media(question, question.passage) for question in questions] == [new.passage for new in news]
    assert [placement_of(question) for question in questions] == [new.placement for new in news]
    assert [(question.said.licence, question.said.source) for question in questions] == [
        (new.licence, new.source) for new in news
    ]
    assert not [question.problems for question in questions if question.problems]


@needs_shared_data
@BOTH
@given(news=st.lists(new_questions(), min_size=1, max_size=4))
@settings(max_examples=150, deadline=None)
def test_every_file_of_a_package_is_valid(write: Writer, version: str, news: list[NewQuestion]) -> None:
    assert faults_of(package_of(write, *news), version) == []


@needs_shared_data
@pytest.mark.skipif(official_schema() is None, reason="QTI30_XSD names no folder with the XSDs of QTI 3.0")
@given(news=st.lists(new_questions(), min_size=1, max_size=4))
@settings(max_examples=150, deadline=None)
def test_every_item_is_valid_by_the_main_schema(news: list[NewQuestion]) -> None:
    assert faults_of(package_of(write_qti30, *news), "30", official_schema()) == []


FAULTS = [
    pytest.param(rb'identifier="q-1"', b'identifier="1 q"', "1 q", id="name"),
    pytest.param(rb'"RESPONSE" cardinality', b'"RESPONSE" data-own="x" cardinality', "data-own", id="attribute"),
    pytest.param(rb'max(-c|C)hoices="1"', rb'max\1hoices="1" min\1hoices="2"', "RULE", id="rule"),
]


@needs_shared_data
@BOTH
@pytest.mark.parametrize(("given", "broken", "fault"), FAULTS)
def test_a_package_with_a_fault_is_not_valid(
    write: Writer, version: str, given: bytes, broken: bytes, fault: str
) -> None:
    package = package_of(write, a_question(a_choice()))
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as files, zipfile.ZipFile(output, "w") as written:
        for path in files.namelist():
            written.writestr(path, re.sub(given, broken, files.read(path)))
    assert faults_of(package, version) == []
    assert any(fault in found for found in faults_of(output.getvalue(), version))


@needs_shared_data
@BOTH
def test_a_text_of_every_kind_is_valid(write: Writer, version: str) -> None:
    """With the source in an attribute of ours, which the XSDs allow where it stands."""
    stem = f"""Đoạn <b>đậm</b> <i>nghiêng</i> <u>gạch</u> <s>xoá</s> x<sup>2</sup> H<sub>2</sub>O

\\textbf{{x}} $\\frac{{1}}{{2}}$ ![hình](media:{SHA256})

<ul><li>một</li></ul><ol><li>hai</li></ol><blockquote>trích <a href="https://vi.wikipedia.org">nguồn</a></blockquote>

<table><caption>bảng</caption><thead><tr><th scope="col">a</th></tr></thead><tr><td rowspan="2">b</td></tr></table>

$$\\begin{{cases}} x=1\\\\ y=2\\end{{cases}}$$ <pre>x  y</pre> <code>z</code>"""
    four = tuple(Part(f"{n} {stem}", n < 2) for n in range(4))
    news = [
        QuestionContent(QuestionType.SINGLE_CHOICE, stem, four[1:], stem),
        QuestionContent(QuestionType.MULTIPLE_RESPONSE, stem, four, stem, keeps_order=True),
        QuestionContent(QuestionType.TRUE_FALSE, stem, four, stem),
        replace(a_short_answer("2,5", "1/3", tolerance=Decimal("0.01")), stem=stem, explanation=stem),
        QuestionContent(QuestionType.ESSAY, stem, (), stem),
    ]
    package = package_of(write, *(a_question(content, stem) for content in news))
    assert b"data-hoclieu-text" in item_in(package)
    assert faults_of(package, version) == []


@BOTH
def test_neighbours_share_one_text_and_one_picture(write: Writer, version: str, tmp_path: Path) -> None:
    passage = f"Ngữ liệu ![hình](media:{SHA256})"
    news = [a_question(a_choice(f"Câu {n} ![hình](media:{SHA256})"), passage) for n in range(3)]
    questions, losses = there_and_back(news, write, read_qti, tmp_path / "package.zip")
    names = [name for name in zip_names(tmp_path / "package.zip") if not name.startswith(("items", "tests", "ims"))]
    assert [name.partition("/")[0] for name in names] == ["media", "stimuli"]
    assert [with_media(question, question.passage) for question in questions] == [passage] * 3
    assert losses == []


def zip_names(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as files:
        return sorted(files.namelist())


@BOTH
def test_a_lost_picture_is_named(write: Writer, version: str, tmp_path: Path) -> None:
    lost = "0" * 64
    questions, losses = there_and_back(
        [a_question(a_choice(f"![hình](media:{lost})"))], write, read_qti, tmp_path / "package.zip"
    )
    assert [str(loss.problem) for loss in losses] == ["Định dạng này không giữ được hình 000000000000."]
    assert questions[0].images == (f"../media/{lost}",)


@BOTH
def test_a_number_with_a_tolerance_says_what_it_loses(write: Writer, version: str, tmp_path: Path) -> None:
    content = a_short_answer("2,5", "1/3", tolerance=Decimal("0.01"))
    questions, losses = there_and_back([a_question(content)], write, read_qti, tmp_path / "package.zip")
    assert questions[0].draft == content
    assert [loss.problem.facts["what"] for loss in losses] == [
        "dấu phẩy thập phân khi có sai số",
        "phân số 1/3 khi có sai số",
    ]


@BOTH
def test_an_explanation_changed_on_the_other_side_is_what_counts(write: Writer, version: str, tmp_path: Path) -> None:
    content = a_choice(explanation=r"Vì \textbf{vậy}")
    assert b"data-hoclieu-text" in item_in(package_of(write, a_question(content)))
    changed = item_in(package_of(write, a_question(content))).replace("<b>vậy</b>".encode(), "<b>thế</b>".encode())
    path = tmp_path / "item.xml"
    path.write_bytes(changed)
    (question,) = read_qti(SourceFile(path, path.name))
    assert question.draft == replace(content, explanation="Vì <b>thế</b>")


def item_in(package: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(package)) as files:
        return files.read("items/q-1.xml")


def test_an_item_says_where_its_shared_text_stands() -> None:
    item = item_in(package_of(write_qti30, a_question(a_choice(), "Ngữ liệu"))).decode()
    name = re.search(r'<qti-assessment-stimulus-ref identifier="([^"]+)"', item)
    assert name is not None
    assert f'<qti-item-body><div class="qti-shared-stimulus" data-stimulus-idref="{name[1]}"/>' in item


@pytest.mark.parametrize(
    ("write", "said"), [(write_qti30, b'external-scored="human"'), (write_qti22, b'externalScored="human"')]
)
def test_an_essay_alone_is_marked_by_a_person(write: Writer, said: bytes) -> None:
    essay = QuestionContent(QuestionType.ESSAY, "Trình bày.", (), "Hướng dẫn")
    assert said in item_in(package_of(write, a_question(essay)))
    assert said not in item_in(package_of(write, a_question(a_choice())))
