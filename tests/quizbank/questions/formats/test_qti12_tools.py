"""QTI 1.2 as Brightspace, Blackboard and Perception write it, each in its own way."""

import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from quizbank.questions.formats.catalogue import get_format
from quizbank.questions.formats.paper import SourceFile
from quizbank.questions.formats.qti import read_qti
from quizbank.questions.formats.recognising import head_of
from quizbank.questions.rules import QuestionType
from tests.quizbank.questions.formats.test_qti12 import choice, file_of, item, one, read, text


def of_brightspace(inner: str, processing: str, kind: str) -> str:
    field = f"<qti_metadatafield><fieldlabel>qmd_questiontype</fieldlabel><fieldentry>{kind}</fieldentry>"
    return (
        '<questestinterop xmlns:d2l_2p0="http://desire2learn.com/xsd/d2lcp_v2p0"><assessment><section><item ident="i">'
        f"<itemmetadata><qtimetadata>{field}</qti_metadatafield></qtimetadata></itemmetadata>"
        f"<presentation><flow>{inner}</flow></presentation><resprocessing>{processing}</resprocessing></item></section>"
        "</assessment></questestinterop>"
    )


def blank_of_brightspace(boxes: str = "") -> str:
    return (
        f'<response_str ident="S" rcardinality="Single"><render_fib {boxes}><response_label ident="B"/>'
        "</render_fib></response_str>"
    )


GILLS = '<respcondition><conditionvar><varequal respident="B" case="no">gills</varequal></conditionvar>'
GILLS += '<setvar action="Set">100.0</setvar></respcondition>'


def test_brightspace_names_the_blank_and_not_the_response(tmp_path: Path) -> None:
    inner = f"{material('Nó thở bằng')}{blank_of_brightspace()}{material('.')}"
    (question,) = read(of_brightspace(inner, GILLS, "Fill in the Blanks"), tmp_path)
    assert question.draft is not None
    assert (question.draft.type, question.draft.stem) == (QuestionType.SHORT_ANSWER, "Nó thở bằng ______ .")
    assert [part.text for part in question.draft.parts] == ["gills"]


def test_several_boxes_for_one_response_are_several_blanks(tmp_path: Path) -> None:
    inner = material("Kể hai loài") + blank_of_brightspace('d2l_2p0:input_boxes="2"')
    (question,) = read(of_brightspace(inner, GILLS, "Multi-Short Answer"), tmp_path)
    assert [found.facts["kind"] for found in question.problems] == ["nhiều chỗ trống"]


@pytest.mark.parametrize(("kind", "said"), [("Arithmetic", "câu có tham số"), ("Matching", "ghép cặp")])
def test_what_brightspace_calls_otherwise_is_called_by_its_name(kind: str, said: str, tmp_path: Path) -> None:
    (question,) = read(of_brightspace(material("?") + blank_of_brightspace(), GILLS, kind), tmp_path)
    assert [found.facts["kind"] for found in question.problems] == [said]


def material(words: str) -> str:
    return f'<material><mattext texttype="text/html">{words}</mattext></material>'


def of_blackboard(kind: str, response: str, processing: str, stem: str = "Thủ đô?") -> str:
    wrong = '<respcondition title="incorrect"><conditionvar><other/></conditionvar>'
    wrong += '<setvar variablename="SCORE" action="Set">0</setvar></respcondition>'
    return (
        "<questestinterop><assessment><section><item title='x'>"
        f"<itemmetadata><bbmd_questiontype>{kind}</bbmd_questiontype></itemmetadata><presentation><flow>{material(stem)}"
        f"{response}</flow></presentation><resprocessing>{processing}{wrong}</resprocessing></item></section>"
        "</assessment></questestinterop>"
    )


def test_blackboard_names_accepted_answers_without_a_score(tmp_path: Path) -> None:
    accepted = "".join(
        f'<respcondition title="{n}"><conditionvar><varequal respident="r" case="No">{word}</varequal></conditionvar>'
        '<displayfeedback linkrefid="correct" feedbacktype="Response"/></respcondition>'
        for n, word in enumerate(("Hà Nội", "Ha Noi"))
    )
    (question,) = read(of_blackboard("Fill in the Blank", text(), accepted), tmp_path)
    assert question.draft is not None
    assert [part.text for part in question.draft.parts] == ["Hà Nội", "Ha Noi"]
    assert question.problems == ()


def test_blackboard_writes_a_number_between_its_limits(tmp_path: Path) -> None:
    limits = '<vargte respident="r">3.5</vargte><varlte respident="r">4.5</varlte><varequal respident="r">4</varequal>'
    processing = f"<respcondition><conditionvar>{limits}</conditionvar></respcondition>"
    (question,) = read(of_blackboard("Numeric", text("Decimal"), processing), tmp_path)
    assert question.draft is not None
    assert ([part.text for part in question.draft.parts], question.draft.tolerance) == (["4"], Decimal("0.5"))
    assert not question.problems


def test_blackboards_names_for_yes_and_no_are_words(tmp_path: Path) -> None:
    labels = "".join(
        f'<response_label ident="{name}"><material><mattext>{name}</mattext></material></response_label>'
        for name in ("yes_no.true", "yes_no.false")
    )
    response = f'<response_lid ident="r" rcardinality="Single"><render_choice>{labels}</render_choice></response_lid>'
    key = '<respcondition><conditionvar><varequal respident="r">yes_no.false</varequal></conditionvar>'
    key += '<setvar variablename="SCORE" action="Set">SCORE.max</setvar></respcondition>'
    (question,) = read(of_blackboard("Either/Or", response, key), tmp_path)
    assert question.draft is not None
    assert [(part.text, part.is_true) for part in question.draft.parts] == [("Có", False), ("Không", True)]
    assert {found.code for found in question.problems} == {"changed"}


@pytest.mark.parametrize("path", ["res1/a.png", "res1/embedded/a.png", "csfiles/home_dir/a__xid-7_1.png"])
def test_pictures_of_blackboard_are_found(path: str, tmp_path: Path) -> None:
    address = "requestUrlStub@X@bbcswebdav/xid-7_1" if "xid" in path else "location@X@a.png"
    stem = f'&lt;img src="@X@EmbeddedFile.{address}"/&gt; Hình gì?'
    package = tmp_path / "pool.zip"
    with zipfile.ZipFile(package, "w") as files:
        files.writestr("imsmanifest.xml", "<manifest><resources/></manifest>")
        files.writestr("res1.dat", of_blackboard("Essay", text(), "", stem))
        files.writestr(path, b"\x89PNG")
    (question,) = read_qti(SourceFile(package, package.name))
    assert (question.images, list(question.pictures)) == ((path,), [path])


def test_an_essay_without_a_place_to_answer_is_an_essay(tmp_path: Path) -> None:
    (question,) = read(of_blackboard("Essay", "", ""), tmp_path)
    assert question.draft is not None
    assert question.draft.type is QuestionType.ESSAY


@pytest.mark.parametrize("kind", ["short_answer_question", ""])
def test_a_blank_whose_key_cannot_be_told_is_no_essay(kind: str, tmp_path: Path) -> None:
    processing = (
        ""
        if kind
        else '<respcondition><conditionvar><varequal respident="r">x</varequal></conditionvar></respcondition>'
    )
    question = one(text(), processing, tmp_path, kind)
    assert [found.code for found in question.problems] == ["no-key"]


def test_a_multiple_response_may_leave_its_cardinality_to_its_name(tmp_path: Path) -> None:
    scores = "".join(
        f'<respcondition><conditionvar><varequal respident="r">{name}</varequal></conditionvar>'
        '<setvar action="Add">1</setvar></respcondition>'
        for name in "ac"
    )
    xml = file_of(item(choice().replace('rcardinality="Single"', ""), scores)).replace(
        "<presentation>",
        "<itemmetadata><qmd_itemtype>Multiple Response Static</qmd_itemtype></itemmetadata><presentation>",
    )
    (question,) = read(xml, tmp_path)
    assert question.draft is not None
    assert question.draft.type is QuestionType.MULTIPLE_RESPONSE
    assert [part.is_true for part in question.draft.parts] == [True, False, True]


def of_canvas(kind: str, stem: str, inner: str, processing: str) -> str:
    field = (
        f"<qtimetadatafield><fieldlabel>question_type</fieldlabel><fieldentry>{kind}</fieldentry></qtimetadatafield>"
    )
    return file_of(
        f'<item ident="i"><itemmetadata><qtimetadata>{field}</qtimetadata></itemmetadata><presentation>{material(stem)}'
        f"{inner}</presentation><resprocessing>{processing}</resprocessing></item>"
    )


def scored(*tests: str, score: str = "100") -> str:
    inner = "".join(tests)
    return f'<respcondition><conditionvar>{inner}</conditionvar><setvar action="Set">{score}</setvar></respcondition>'


def labels_of(name: str, *texts: str) -> str:
    labels = "".join(
        f'<response_label ident="{n}">{material(words)}</response_label>' for n, words in enumerate(texts, start=1)
    )
    return (
        f'<response_lid ident="response_{name}">{material(name)}<render_choice>{labels}</render_choice></response_lid>'
    )


def equal(respident: str, value: str) -> str:
    return f'<varequal respident="{respident}">{value}</varequal>'


@pytest.mark.parametrize(
    ("kind", "parts"),
    [
        ("fill_in_multiple_blanks_question", [("nóng", True)]),
        ("multiple_dropdowns_question", [("nóng", True), ("lạnh", False)]),
    ],
)
def test_the_one_blank_of_canvas_stands_where_its_name_stood(
    kind: str, parts: list[tuple[str, bool]], tmp_path: Path
) -> None:
    xml = of_canvas(kind, "Trời [w1] lắm", labels_of("w1", "nóng", "lạnh"), scored(equal("response_w1", "1")))
    (question,) = read(xml, tmp_path)
    assert question.draft is not None
    assert question.draft.stem == "Trời ______ lắm"
    assert [(part.text, part.is_true) for part in question.draft.parts] == parts
    assert [found.code for found in question.problems] == ["changed"]


def test_a_blank_to_type_in_has_the_tested_values_and_not_its_label(tmp_path: Path) -> None:
    inner = f'<response_str ident="r"><render_fib><response_label ident="a">{material("Điền")}</response_label>'
    xml = of_canvas(
        "fill_in_multiple_blanks_question",
        "Điền [blank]",
        f"{inner}</render_fib></response_str>",
        scored(equal("r", "một"), equal("r", "hai")),
    )
    (question,) = read(xml, tmp_path)
    assert question.draft is not None
    assert [part.text for part in question.draft.parts] == ["một", "hai"]


def test_tests_side_by_side_for_several_answers_must_all_hold(tmp_path: Path) -> None:
    processing = scored(equal("r", "a"), equal("r", "c"), f"<not>{equal('r', 'b')}</not>")
    (question,) = read(of_canvas("multiple_answers_question", "Hai?", choice("Multiple"), processing), tmp_path)
    assert question.draft is not None
    assert [part.is_true for part in question.draft.parts] == [True, False, True]
    assert question.problems == ()


def test_a_matching_with_true_and_false_alone_is_a_cluster(tmp_path: Path) -> None:
    inner = "".join(labels_of(name, "Đúng", "Sai") for name in "abcd")
    processing = "".join(
        scored(equal(f"response_{name}", value), score="25").replace('"Set"', '"Add"')
        for name, value in zip("abcd", "1212", strict=True)
    )
    (question,) = read(of_canvas("matching_question", "Xét:", inner, processing), tmp_path)
    assert question.draft is not None
    assert question.draft.type is QuestionType.TRUE_FALSE
    assert [(part.text, part.is_true) for part in question.draft.parts] == list(
        zip("abcd", (True, False, True, False), strict=True)
    )


@pytest.mark.parametrize("around", ["{}", "<objectbank ident='b'>{}</objectbank>"])
def test_an_item_or_a_bank_by_itself_is_read(around: str, tmp_path: Path) -> None:
    path = tmp_path / "bank.xml"
    path.write_text(around.format(item(text(), scored(equal("r", "một")))), encoding="utf-8")
    (question,) = read_qti(SourceFile(path, path.name))
    assert question.draft is not None
    assert [part.text for part in question.draft.parts] == ["một"]
    assert get_format("qti").recognises(head_of(path, path.name))


def test_two_equal_limits_are_one_number(tmp_path: Path) -> None:
    limits = '<and><vargte respident="r">4.5</vargte><varlte respident="r">4.5</varlte></and>'
    (question,) = read(of_canvas("numerical_question", "Mấy?", text("Decimal"), scored(limits)), tmp_path)
    assert question.draft is not None
    assert ([part.text for part in question.draft.parts], question.draft.tolerance) == (["4.5"], None)


def test_an_essay_of_ilias_is_no_ordering(tmp_path: Path) -> None:
    (question,) = read(file_of(item(text().replace('"Single"', '"Ordered"'))), tmp_path)
    assert question.draft is not None
    assert question.draft.type is QuestionType.ESSAY
