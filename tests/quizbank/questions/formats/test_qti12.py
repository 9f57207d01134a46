"""QTI 1.2 as the tools of the field write it."""

import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from quizbank.questions.formats.catalogue import format_of
from quizbank.questions.formats.paper import ParsedQuestion, SourceFile
from quizbank.questions.formats.qti import read_cartridge, read_qti
from quizbank.questions.formats.recognising import Head
from quizbank.questions.problems import Verdict
from quizbank.questions.rules import AnswerKind, QuestionType

LABELS = "".join(
    f'<response_label ident="{name}"><material><mattext>{text}</mattext></material></response_label>'
    for name, text in (("a", "một"), ("b", "hai"), ("c", "ba"))
)


def read(xml: str, tmp_path: Path) -> list[ParsedQuestion]:
    path = tmp_path / "quiz.xml"
    path.write_text(xml, encoding="utf-8")
    return list(read_qti(SourceFile(path, path.name)))


def item(inner: str, processing: str = "", kind: str = "", ident: str = "i1") -> str:
    field = (
        f"<qtimetadatafield><fieldlabel>question_type</fieldlabel><fieldentry>{kind}</fieldentry></qtimetadatafield>"
    )
    metadata = f"<itemmetadata><qtimetadata>{field}</qtimetadata></itemmetadata>" if kind else ""
    return (
        f'<item ident="{ident}" title="Câu 1">{metadata}<presentation><material><mattext texttype="text/html">'
        f"&lt;p&gt;Chọn &lt;b&gt;đúng&lt;/b&gt;&lt;/p&gt;</mattext></material>{inner}</presentation>"
        f"<resprocessing><outcomes><decvar varname='SCORE'/></outcomes>{processing}</resprocessing></item>"
    )


def file_of(*items: str) -> str:
    return f'<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2">{"".join(items)}</questestinterop>'


def one(inner: str, processing: str, tmp_path: Path, kind: str = "") -> ParsedQuestion:
    (question,) = read(file_of(item(inner, processing, kind)), tmp_path)
    return question


def choice(cardinality: str = "Single", shuffle: str = "") -> str:
    return (
        f'<response_lid ident="r" rcardinality="{cardinality}"><render_choice {shuffle}>{LABELS}</render_choice>'
        "</response_lid>"
    )


def text(fibtype: str = "String") -> str:
    return (
        f'<response_str ident="r" rcardinality="Single"><render_fib fibtype="{fibtype}">'
        '<response_label ident="x"/></render_fib></response_str>'
    )


def earns(tests: str, score: str = "100", action: str = "Set") -> str:
    return (
        f"<respcondition><conditionvar>{tests}</conditionvar>"
        f'<setvar varname="SCORE" action="{action}">{score}</setvar></respcondition>'
    )


def equal(value: str) -> str:
    return f'<varequal respident="r">{value}</varequal>'


def key(question: ParsedQuestion) -> str:
    assert question.draft is not None
    return question.draft.key


def whats(question: ParsedQuestion) -> list[str]:
    return [problem.facts.get("what", problem.code) for problem in question.problems]


def told(question: ParsedQuestion) -> list[str]:
    return [problem.facts.get("cases", problem.code) for problem in question.problems]


def test_a_choice_has_its_stem_options_key_and_place(tmp_path: Path) -> None:
    question = one(choice(), earns(equal("b")), tmp_path)
    assert question.draft is not None
    assert (question.draft.type, question.draft.stem) == (QuestionType.SINGLE_CHOICE, "Chọn <b>đúng</b>")
    assert ([part.text for part in question.draft.parts], key(question)) == (["một", "hai", "ba"], "B")
    assert (question.label, question.at, question.problems) == ("Câu 1", "item i1", ())


def test_a_set_of_options_is_read_from_and_and_not(tmp_path: Path) -> None:
    tests = f"<and>{equal('a')}<not>{equal('b')}</not>{equal('c')}</and>"
    assert key(one(choice("Multiple"), earns(tests), tmp_path)) == "AC"


def test_shares_that_add_up_are_a_set_of_options(tmp_path: Path) -> None:
    shares = earns(equal("a"), "50", "Add") + earns(equal("c"), "50", "Add") + earns(equal("b"), "-20", "Add")
    question = one(choice("Multiple"), shares, tmp_path)
    assert (key(question), told(question)) == (
        "AC",
        ["A: 0,5 thay vì 0; B: -0,2 thay vì 0; C: 0,5 thay vì 0; A, B, C: 0,8 thay vì 0"],
    )
    unequal = earns(equal("a"), "70", "Add") + earns(equal("c"), "30", "Add")
    assert told(one(choice("Multiple"), unequal, tmp_path)) == [
        "A: 0,7 thay vì 0; C: 0,3 thay vì 0; A, B, C: 1 thay vì 0"
    ]


def test_two_options_that_earn_all_are_two_keys(tmp_path: Path) -> None:
    question = one(choice(), earns(equal("a")) + earns(equal("b")), tmp_path)
    assert (question.verdict, [str(problem) for problem in question.problems]) == (
        Verdict.LEAVE_OUT,
        ["Hai chỗ nêu đáp án khác nhau: A; B."],
    )


def test_an_order_that_must_stay_is_kept(tmp_path: Path) -> None:
    for shuffle, keeps in (('shuffle="No"', True), ('shuffle="Yes"', False), ("", False)):
        question = one(choice(shuffle=shuffle), earns(equal("a")), tmp_path)
        assert question.draft is not None
        assert question.draft.keeps_order is keeps


def test_several_texts_in_one_condition_are_alternatives(tmp_path: Path) -> None:
    question = one(text(), earns(equal("Hà Nội") + equal("Ha Noi")), tmp_path)
    assert question.draft is not None
    assert ([part.text for part in question.draft.parts], question.draft.answer_kind) == (
        ["Hà Nội", "Ha Noi"],
        AnswerKind.TEXT,
    )


@pytest.mark.parametrize(
    ("tests", "value", "tolerance", "notes"),
    [
        (equal("42"), "42", None, []),
        ("<or>" + equal("77") + "<and>{ge}70</vargte>{le}84</varlte></and></or>", "77", "7", []),
        ("{ge}1</vargte>{le}22</varlte>", "11.5", "10.5", ["Khoảng 1 – 22"]),
    ],
)
def test_a_number_is_accepted_within_its_range(
    tests: str, value: str, tolerance: str | None, notes: list[str], tmp_path: Path
) -> None:
    filled = tests.replace("{ge}", '<vargte respident="r">').replace("{le}", '<varlte respident="r">')
    question = one(text("Decimal"), earns(filled), tmp_path)
    assert question.draft is not None
    assert (key(question), question.draft.tolerance) == (value, Decimal(tolerance) if tolerance else None)
    assert whats(question) == notes


def test_feedback_of_options_and_in_general_is_explained(tmp_path: Path) -> None:
    shows = '<displayfeedback linkrefid="{}"/>'
    conditions = earns(equal("a")).replace("</respcondition>", shows.format("right") + "</respcondition>")
    feedback = "".join(
        f'<itemfeedback ident="{name}"><material><mattext>{said}</mattext></material></itemfeedback>'
        for name, said in (("right", "Giỏi"), ("general_fb", "Vì thế"))
    )
    (question,) = read(file_of(item(choice(), conditions).replace("</item>", f"{feedback}</item>")), tmp_path)
    assert question.draft is not None
    assert question.draft.explanation == "A: Giỏi\n\nVì thế"


def test_pictures_of_every_kind_are_kept(tmp_path: Path) -> None:
    image = '<material><matimage imagtype="image/png" embedded="base64">iVBORw0KGgo=</matimage></material>'
    question = one(image + choice(), earns(equal("a")), tmp_path)
    assert [data[:4] for data in question.pictures.values()] == [b"\x89PNG"]
    assert list(question.pictures) == list(question.images)


def test_a_text_for_several_items_is_their_passage(tmp_path: Path) -> None:
    parent = item("", kind="text_only_question", ident="text").replace("Chọn", "Đọc")
    field = (
        "<qtimetadatafield><fieldlabel>parent_stimulus_item_ident</fieldlabel><fieldentry>text</fieldentry>"
        "</qtimetadatafield></qtimetadata>"
    )
    child = item(choice(), earns(equal("a")), "multiple_choice_question").replace("</qtimetadata>", field)
    (question,) = read(file_of(parent, child), tmp_path)
    assert question.passage == "Đọc <b>đúng</b>"


@pytest.mark.parametrize(
    ("inner", "kind", "named"),
    [
        ("", "text_only_question", "không có phần trả lời"),
        (choice("Ordered"), "", "sắp thứ tự"),
        ('<response_xy ident="r"><render_hotspot/></response_xy>', "hot_spot_question", "chọn trên hình"),
        (choice() + choice().replace('"r"', '"s"'), "matching_question", "ghép cặp"),
        (text(), "calculated_question", "câu có tham số"),
    ],
)
def test_what_the_bank_has_no_type_for_is_named(inner: str, kind: str, named: str, tmp_path: Path) -> None:
    question = one(inner, "", tmp_path, kind)
    assert [problem.facts.get("kind") for problem in question.problems] == [named]
    assert question.source.startswith("<item")


def test_an_essay_asks_and_has_no_key(tmp_path: Path) -> None:
    question = one(text(), "", tmp_path, "essay_question")
    assert question.draft is not None and question.draft.type is QuestionType.ESSAY
    assert (question.draft.parts, question.problems) == ((), ())


def cartridge(path: Path, files: dict[str, str], resources: str) -> SourceFile:
    namespace = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
    manifest = f'<manifest xmlns="{namespace}"><resources>{resources}</resources></manifest>'
    with zipfile.ZipFile(path, "w") as package:
        for name, content in {"imsmanifest.xml": manifest, **files}.items():
            package.writestr(name, content)
    return SourceFile(path, path.name)


def test_of_two_files_of_canvas_that_say_the_same_the_fuller_is_read(tmp_path: Path) -> None:
    resources = (
        '<resource identifier="q1" type="imsqti_xmlv1p2/imscc_xmlv1p1/assessment"><file href="q1/assessment_qti.xml"/>'
        '</resource><resource identifier="m1" type="associatedcontent/imscc_xmlv1p1/learning-application-resource" '
        'href="q1/assessment_meta.xml"><file href="q1/assessment_meta.xml"/>'
        '<file href="non_cc_assessments/q1.xml.qti"/></resource>'
    )
    brief = file_of(item(choice(), earns(equal("a")), ident="brief"))
    full = file_of(item(choice(), earns(equal("a")), ident="full"), item("", kind="essay_question", ident="essay"))
    files = {"q1/assessment_qti.xml": brief, "non_cc_assessments/q1.xml.qti": full, "q1/assessment_meta.xml": "<quiz/>"}
    questions = list(read_cartridge(cartridge(tmp_path / "a.imscc", files, resources)))
    assert [question.at for question in questions] == [
        "item full in non_cc_assessments/q1.xml.qti",
        "item essay in non_cc_assessments/q1.xml.qti",
    ]
    assert [question.number for question in questions] == [1, 2]


def test_a_broken_file_of_a_package_leaves_the_others(tmp_path: Path) -> None:
    resources = "".join(
        f'<resource identifier="{name}" type="imsqti_xmlv1p2"><file href="{name}.xml"/></resource>' for name in "ab"
    )
    good = file_of(item(choice(), earns(equal("a"))))
    broken, found = list(read_qti(cartridge(tmp_path / "a.zip", {"a.xml": "<item>\n", "b.xml": good}, resources)))
    assert [problem.code for problem in broken.problems] == ["broken-file"]
    assert "Dòng 2" in str(broken.problems[0])
    assert found.content is not None


@pytest.mark.parametrize(
    ("start", "format_id"),
    [
        ('<quiz xmlns="http://canvas.instructure.com/xsd/cccv1p0"/>', "qti"),
        ('<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"/>', "qti"),
        ("<quiz><question/></quiz>", "moodle"),
        (file_of(), "qti"),
    ],
)
def test_what_stands_beside_questions_in_packages_is_told_from_other_formats(start: str, format_id: str) -> None:
    found = format_of(Head(start.encode(), "a.xml"))
    assert found is not None
    assert found.id == format_id


def blackboard(words: str) -> str:
    inner = f'<mat_formattedtext type="HTML">{words}</mat_formattedtext>'
    return f"<material><mat_extension>{inner}</mat_extension></material>"


def test_a_pool_of_blackboard_is_read(tmp_path: Path) -> None:
    label = '<flow_label class="Block"><response_label ident="{}"><flow_mat>{}</flow_mat></response_label></flow_label>'
    options = label.format("a1", blackboard("Huế")) + label.format("a2", blackboard("Hà Nội"))
    right = '<varequal respident="response" case="No">a2</varequal>'
    score = '<setvar variablename="SCORE" action="Set">{}</setvar>'
    pool = file_of(
        f'<item title="Câu 1"><presentation><flow><flow class="QUESTION_BLOCK">{blackboard("Thủ đô?")}</flow>'
        f'<response_lid ident="response" rcardinality="Single"><render_choice shuffle="No">{options}</render_choice>'
        '</response_lid></flow></presentation><resprocessing scoremodel="SumOfScores"><respcondition title="correct">'
        f"<conditionvar>{right}</conditionvar>{score.format('SCORE.max')}</respcondition>"
        f'<respcondition title="incorrect"><conditionvar><other/></conditionvar>{score.format("0.0")}</respcondition>'
        "</resprocessing></item>"
    )
    resource = (
        '<resource xmlns:bb="http://www.blackboard.com/content-packaging/" bb:file="res00001.dat" '
        'identifier="res00001" type="assessment/x-bb-qti-pool" xml:base="res00001"/>'
    )
    (question,) = read_qti(cartridge(tmp_path / "pool.zip", {"res00001.dat": pool}, resource))
    assert question.draft is not None
    assert (question.draft.stem, [part.text for part in question.draft.parts]) == ("Thủ đô?", ["Huế", "Hà Nội"])
    assert (key(question), question.draft.keeps_order, question.problems) == ("B", True, ())


def test_questions_are_found_whatever_the_manifest_calls_them(tmp_path: Path) -> None:
    resource = '<resource identifier="x" type="webcontent" href="a.xml"><file href="a.xml"/></resource>'
    good = file_of(item(choice(), earns(equal("a"))))
    (question,) = read_qti(cartridge(tmp_path / "a.zip", {"a.xml": good, "b.html": "<p/>"}, resource))
    assert key(question) == "A"
