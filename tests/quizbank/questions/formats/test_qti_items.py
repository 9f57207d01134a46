"""Items of QTI 2.x and 3.0, each way of asking and scoring that the bank can hold."""

from decimal import Decimal
from pathlib import Path

import pytest

from quizbank.questions.formats.paper import ParsedQuestion, SourceFile
from quizbank.questions.formats.qti import read_qti
from quizbank.questions.problems import Verdict
from quizbank.questions.rules import AnswerKind, QuestionContent, QuestionType
from repository.errors import Invalid

QTI2 = 'xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1"'
QTI3 = 'xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0"'
MATCH = '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"/>'
MAP = '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/map_response"/>'


def read(xml: str, tmp_path: Path) -> ParsedQuestion:
    path = tmp_path / "item.xml"
    path.write_text(xml, encoding="utf-8")
    (question,) = read_qti(SourceFile(path, path.name))
    return question


def item(declaration: str, body: str, processing: str = MATCH, attributes: str = "", after: str = "") -> str:
    return (
        f'<assessmentItem {QTI2} identifier="i1" title="Tên" {attributes}>{declaration}'
        f'<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>'
        f"<itemBody>{body}</itemBody>{processing}{after}</assessmentItem>"
    )


def response(*values: str, cardinality: str = "single", base_type: str = "identifier", mapping: str = "") -> str:
    correct = "".join(f"<value>{value}</value>" for value in values)
    correct = f"<correctResponse>{correct}</correctResponse>" if correct else ""
    mapping = f'<mapping defaultValue="0">{mapping}</mapping>' if mapping else ""
    return (
        f'<responseDeclaration identifier="RESPONSE" cardinality="{cardinality}" baseType="{base_type}">'
        f"{correct}{mapping}</responseDeclaration>"
    )


def entry(key: str, value: str) -> str:
    return f'<mapEntry mapKey="{key}" mappedValue="{value}"/>'


def choices(*texts: str, attributes: str = 'maxChoices="1"') -> str:
    options = "".join(
        f'<simpleChoice identifier="c{place}">{text}</simpleChoice>' for place, text in enumerate(texts, start=1)
    )
    return (
        f'<choiceInteraction responseIdentifier="RESPONSE" {attributes}><prompt>Hỏi gì?</prompt>{options}'
        "</choiceInteraction>"
    )


def scoring(test: str) -> str:
    return (
        f"<responseProcessing><responseCondition><responseIf>{test}"
        '<setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue></setOutcomeValue>'
        "</responseIf></responseCondition></responseProcessing>"
    )


def codes(question: ParsedQuestion) -> list[str]:
    return [problem.code for problem in question.problems]


def key(question: ParsedQuestion) -> str:
    assert question.draft is not None
    return question.draft.key


def test_a_choice_has_its_stem_options_key_and_place(tmp_path: Path) -> None:
    question = read(item(response("c2"), "<p>Cho <b>x</b>.</p>" + choices("một", "hai")), tmp_path)
    assert question.draft is not None
    assert (question.draft.type, question.draft.stem) == (QuestionType.SINGLE_CHOICE, "Cho <b>x</b>.\n\nHỏi gì?")
    assert ([part.text for part in question.draft.parts], key(question)) == (["một", "hai"], "B")
    assert (question.label, question.at, question.lines, question.problems) == ("Tên", "item i1", (1, 1), ())


def test_qti_3_is_read_as_qti_2(tmp_path: Path) -> None:
    xml = (
        f'<qti-assessment-item {QTI3} identifier="i1" title="Tên">'
        '<qti-response-declaration identifier="R" cardinality="single" base-type="identifier"><qti-correct-response>'
        "<qti-value>a</qti-value></qti-correct-response></qti-response-declaration><qti-item-body>"
        '<qti-choice-interaction response-identifier="R" max-choices="1" shuffle="true"><qti-prompt>Hỏi?</qti-prompt>'
        '<qti-simple-choice identifier="a">Đúng vậy</qti-simple-choice>'
        '<qti-simple-choice identifier="b" fixed="true">Không phải</qti-simple-choice>'
        "</qti-choice-interaction></qti-item-body></qti-assessment-item>"
    )
    question = read(xml, tmp_path)
    assert question.draft is not None
    assert (question.draft.stem, key(question), [part.is_locked for part in question.draft.parts]) == (
        "Hỏi?",
        "A",
        [False, True],
    )


@pytest.mark.parametrize(("shuffle", "keeps"), [('shuffle="false"', True), ('shuffle="true"', False), ("", False)])
def test_the_order_is_kept_where_the_author_says_so(shuffle: str, keeps: bool, tmp_path: Path) -> None:
    question = read(item(response("c1"), choices("một", "hai", attributes=f'maxChoices="1" {shuffle}')), tmp_path)
    assert question.draft is not None
    assert question.draft.keeps_order is keeps


def test_several_right_options_are_a_multiple_response(tmp_path: Path) -> None:
    declaration = response("c1", "c3", cardinality="multiple")
    question = read(item(declaration, choices("H", "He", "O", attributes='maxChoices="0"')), tmp_path)
    assert question.draft is not None
    assert (question.draft.type, key(question), codes(question)) == (QuestionType.MULTIPLE_RESPONSE, "AC", [])


def test_equal_shares_are_held_and_unequal_ones_named(tmp_path: Path) -> None:
    body = choices("H", "He", "O", attributes='maxChoices="0"')
    equal = response(cardinality="multiple", mapping=entry("c1", "1") + entry("c3", "1") + entry("c2", "-2"))
    unequal = response(cardinality="multiple", mapping=entry("c1", "2") + entry("c3", "1"))
    assert (key(read(item(equal, body, MAP), tmp_path)), codes(read(item(equal, body, MAP), tmp_path))) == (
        "AC",
        ["scored-otherwise"],
    )
    question = read(item(unequal, body, MAP), tmp_path)
    assert (key(question), [str(problem) for problem in question.problems]) == (
        "AC",
        ["Câu gốc chấm khác kho: A: 2/3 thay vì 0; C: 1/3 thay vì 0; A, B, C: 1 thay vì 0."],
    )


def test_a_second_best_option_is_named(tmp_path: Path) -> None:
    declaration = response(mapping=entry("c1", "1") + entry("c2", "0.5"))
    question = read(item(declaration, choices("một", "hai"), MAP), tmp_path)
    assert (key(question), codes(question)) == ("A", ["scored-otherwise"])


def test_a_key_that_the_scoring_contradicts_is_left_out(tmp_path: Path) -> None:
    test = '<match><variable identifier="RESPONSE"/><baseValue baseType="identifier">c2</baseValue></match>'
    question = read(item(response("c1"), choices("một", "hai"), scoring(test)), tmp_path)
    assert (question.verdict, [str(problem) for problem in question.problems]) == (
        Verdict.LEAVE_OUT,
        ["Hai chỗ nêu đáp án khác nhau: A; B."],
    )


def test_scoring_without_end_is_not_evaluated_and_the_declared_key_counts(tmp_path: Path) -> None:
    test = '<match><variable identifier="RESPONSE"/><baseValue baseType="identifier">c2</baseValue></match>'
    endless = f"<and>{test * 3_000}</and>"
    question = read(item(response("c1"), choices("một", "hai"), scoring(endless)), tmp_path)
    assert (key(question), question.problems) == ("A", ())


def test_a_choice_without_key_or_with_a_key_that_is_no_option_is_left_out(tmp_path: Path) -> None:
    assert codes(read(item(response(), choices("một", "hai"), ""), tmp_path)) == ["no-key"]
    question = read(item(response("c9"), choices("một", "hai")), tmp_path)
    assert codes(question) == ["key-not-an-option"]


def test_a_list_within_the_text_becomes_options_and_a_blank(tmp_path: Path) -> None:
    body = (
        '<p>Mùa đông của <inlineChoiceInteraction responseIdentifier="RESPONSE">'
        '<inlineChoice identifier="a">York</inlineChoice><inlineChoice identifier="b">Kent</inlineChoice>'
        "</inlineChoiceInteraction> đã qua.</p>"
    )
    question = read(item(response("a"), body), tmp_path)
    assert question.draft is not None
    assert (question.draft.stem, key(question), codes(question)) == ("Mùa đông của ______ đã qua.", "A", ["changed"])


ENTRY = '<p>Thủ đô là <textEntryInteraction responseIdentifier="RESPONSE"/>.</p>'


def test_a_text_is_accepted_with_its_other_spellings(tmp_path: Path) -> None:
    declaration = response("Hà Nội", base_type="string", mapping=entry("Hà Nội", "1") + entry("Ha Noi", "1"))
    question = read(item(declaration, ENTRY, MAP), tmp_path)
    assert question.draft is not None
    assert (question.draft.stem, question.draft.answer_kind) == ("Thủ đô là ______.", AnswerKind.TEXT)
    assert ([part.text for part in question.draft.parts], codes(question)) == (
        ["Hà Nội", "Ha Noi"],
        ["scored-otherwise"],
    )
    assert question.problems[0].facts == {"cases": "“HÀ NỘI”: 0 thay vì 1"}


def test_a_blank_in_a_paragraph_of_its_own_leaves_no_trace(tmp_path: Path) -> None:
    body = '<p>Bao nhiêu?</p><p><textEntryInteraction responseIdentifier="RESPONSE"/></p>'
    question = read(item(response("42", base_type="integer"), body), tmp_path)
    assert question.draft is not None
    assert (question.draft.stem, key(question), question.draft.answer_kind) == ("Bao nhiêu?", "42", AnswerKind.NUMERIC)


@pytest.mark.parametrize(
    ("test", "tolerance", "value"),
    [
        ('<equal toleranceMode="exact">{v}{right}</equal>', None, "20"),
        ('<equal toleranceMode="absolute" tolerance="0.5 0.5">{v}{right}</equal>', "0.5", "20"),
        ('<equal toleranceMode="relative" tolerance="5 5">{v}{right}</equal>', "1", "20"),
        ('<and><gte>{v}{b10}</gte><lte>{v}{b14}</lte></and>', "2", "12"),
    ],
)  # fmt: skip
def test_a_number_is_accepted_within_its_tolerance(
    test: str, tolerance: str | None, value: str, tmp_path: Path
) -> None:
    filled = test.replace("{v}", '<variable identifier="RESPONSE"/>')
    filled = filled.replace("{right}", '<correct identifier="RESPONSE"/>')
    for number in ("10", "14"):
        filled = filled.replace(f"{{b{number}}}", f'<baseValue baseType="float">{number}</baseValue>')
    declaration = response("20", base_type="float") if value == "20" else response(base_type="float")
    question = read(item(declaration, ENTRY, scoring(filled)), tmp_path)
    assert question.draft is not None
    assert (key(question), question.draft.tolerance) == (value, Decimal(tolerance) if tolerance else None)


def test_capitals_that_count_are_named(tmp_path: Path) -> None:
    test = (
        '<stringMatch caseSensitive="true"><variable identifier="RESPONSE"/><baseValue>York</baseValue></stringMatch>'
    )
    question = read(
        item(
            response("York", base_type="string"),
            ENTRY,
            scoring(test.replace("baseValue>", 'baseValue baseType="string">', 1)),
        ),
        tmp_path,
    )
    assert [str(problem) for problem in question.problems] == ["Câu gốc chấm khác kho: “YORK”: 0 thay vì 1."]


def test_an_essay_has_what_its_scorers_are_told_as_marking_guide(tmp_path: Path) -> None:
    rubric = '<rubricBlock view="scorer" use="scoring"><p>Nêu hai ý.</p></rubricBlock>'
    body = f'<p>Trình bày.</p><extendedTextInteraction responseIdentifier="RESPONSE"/>{rubric}'
    question = read(item(response(base_type="string"), body, ""), tmp_path)
    assert question.draft == QuestionContent(QuestionType.ESSAY, "Trình bày.", (), "Nêu hai ý.")
    assert question.problems == ()


def test_a_blank_without_a_key_is_kept_whole_and_left_out(tmp_path: Path) -> None:
    body = '<p>Điền: <textEntryInteraction responseIdentifier="RESPONSE"/></p>'
    question = read(item(response(base_type="string"), body, ""), tmp_path)
    found = [problem.facts for problem in question.problems]
    assert (question.draft, found) == (None, [{"kind": "chỗ trống không có đáp án"}])
    assert question.source.startswith("<assessmentItem")
    assert question.source.endswith("</assessmentItem>")


TRUTHS = (
    '<simpleMatchSet><simpleAssociableChoice identifier="t">True</simpleAssociableChoice>'
    '<simpleAssociableChoice identifier="f">False</simpleAssociableChoice></simpleMatchSet>'
)


def match(*statements: str) -> str:
    rows = "".join(
        f'<simpleAssociableChoice identifier="s{place}">{text}</simpleAssociableChoice>'
        for place, text in enumerate(statements, start=1)
    )
    return (
        '<p>Xét:</p><matchInteraction responseIdentifier="RESPONSE" maxAssociations="4">'
        f"<simpleMatchSet>{rows}</simpleMatchSet>{TRUTHS}</matchInteraction>"
    )


def test_statements_matched_with_true_and_false_are_a_cluster(tmp_path: Path) -> None:
    declaration = response("s1 t", "s2 f", "s3 f", "s4 t", cardinality="multiple", base_type="directedPair")
    question = read(item(declaration, match("a", "b", "c", "d")), tmp_path)
    assert question.draft is not None
    assert (question.draft.type, question.draft.stem, key(question)) == (QuestionType.TRUE_FALSE, "Xét:", "TFFT")
    assert [str(problem) for problem in question.problems] == [
        "Câu gốc chấm khác kho: 3 ý đúng, 1 ý sai: 0 thay vì 0,5; 2 ý đúng, 2 ý sai: 0 thay vì 0,25; "
        "1 ý đúng, 3 ý sai: 0 thay vì 0,1; 3 ý đúng, 1 ý bỏ trống: 0 thay vì 0,5."
    ]


@pytest.mark.parametrize(
    ("right", "wrong", "more"),
    [
        ("+", "-", ""),
        (
            "Richtig",
            "Falsch",
            '<simpleAssociableChoice identifier="unanswered" matchMax="4">?</simpleAssociableChoice>',
        ),
    ],
)
def test_openolat_judges_statements_by_signs_too(right: str, wrong: str, more: str, tmp_path: Path) -> None:
    declaration = response("s1 t", "s2 f", "s3 f", "s4 t", cardinality="multiple", base_type="directedPair")
    body = match(*"abcd").replace(">True<", f">{right}<").replace(">False<", f">{wrong}<")
    body = body.replace("</simpleMatchSet></matchInteraction>", f"{more}</simpleMatchSet></matchInteraction>")
    assert key(read(item(declaration, body), tmp_path)) == "TFFT"


def test_a_statement_that_is_not_judged_leaves_the_cluster_out(tmp_path: Path) -> None:
    declaration = response("s1 t", "s2 f", "s3 f", cardinality="multiple", base_type="directedPair")
    assert codes(read(item(declaration, match("a", "b", "c", "d")), tmp_path)) == ["no-key"]
    three = response("s1 t", "s2 f", "s3 f", cardinality="multiple", base_type="directedPair")
    assert "wrong-statement-count" in codes(read(item(three, match("a", "b", "c")), tmp_path))


def test_four_lists_of_true_and_false_are_a_cluster(tmp_path: Path) -> None:
    body, declarations = "<p>Xét:</p>", ""
    for place, (text, truth) in enumerate(zip("abcd", "DSSD", strict=True)):
        declarations += response(truth).replace("RESPONSE", f"R{place}")
        body += (
            f'<p>{text} <inlineChoiceInteraction responseIdentifier="R{place}"><inlineChoice identifier="D">Đúng'
            '</inlineChoice><inlineChoice identifier="S">Sai</inlineChoice></inlineChoiceInteraction></p>'
        )
    question = read(item(declarations, body, ""), tmp_path)
    assert question.draft is not None
    assert ([part.text for part in question.draft.parts], key(question)) == (["a", "b", "c", "d"], "TFFT")
    assert question.draft.stem == "Xét:"


@pytest.mark.parametrize(
    ("xml", "kind"),
    [
        (item(response("c1"), choices("a", "b"), attributes='adaptive="true"'), "câu thích ứng (adaptive)"),
        (item("<templateDeclaration/>" + response("c1"), choices("a", "b")), "câu có tham số (template)"),
        (item(response(), '<orderInteraction responseIdentifier="RESPONSE"/>'), "sắp thứ tự"),
        (item(response(), "<p>Đọc.</p>"), "không có phần trả lời"),
        (item(response("c1"), choices("a", "b") + choices("c", "d")), "nhiều phần trả lời: choiceInteraction"),
        (item(response(), match("a")[:-50].replace("True", "Mèo") + match("")[-50:]), "ghép cặp"),
        (item(response(), '<portableCustomInteraction responseIdentifier="RESPONSE"/>'), "tương tác riêng (PCI)"),
    ],
)
def test_what_the_bank_has_no_type_for_is_named_and_kept_whole(xml: str, kind: str, tmp_path: Path) -> None:
    question = read(xml, tmp_path)
    assert [problem.facts.get("kind") for problem in question.problems] == [kind]
    assert (question.verdict, question.source.count("<assessmentItem")) == (Verdict.LEAVE_OUT, 1)


def test_feedback_goes_into_the_explanation(tmp_path: Path) -> None:
    inside = '<feedbackInline outcomeIdentifier="F" identifier="c2" showHide="show">Chưa phải</feedbackInline>'
    modal = (
        '<modalFeedback outcomeIdentifier="F" identifier="c1" showHide="show">Giỏi</modalFeedback>'
        '<modalFeedback outcomeIdentifier="F" identifier="all" showHide="show">Vì <i>thế</i></modalFeedback>'
    )
    rubric = '<rubricBlock view="scorer"><p>Chấm thế này</p></rubricBlock>'
    question = read(item(response("c1"), rubric + choices("một", "hai " + inside), after=modal), tmp_path)
    assert question.draft is not None
    assert question.draft.explanation.split("\n\n") == ["B: Chưa phải", "A: Giỏi", "Vì <i>thế</i>", "Chấm thế này"]
    assert [part.text for part in question.draft.parts] == ["một", "hai"]
    assert set(codes(question)) == {"changed"}


def test_the_reading_of_a_word_stands_in_brackets(tmp_path: Path) -> None:
    body = f"<p><ruby><rb>真</rb><rp>[</rp><rt>まこと</rt><rp>]</rp></ruby>の</p>{choices('a', 'b')}"
    question = read(item(response("A"), body), tmp_path)
    assert question.draft is not None
    assert question.draft.stem.startswith("真(まこと)の")


def test_formulas_and_pictures_are_kept(tmp_path: Path) -> None:
    math = '<m:math xmlns:m="http://www.w3.org/1998/Math/MathML"><m:msup><m:mi>x</m:mi><m:mn>2</m:mn></m:msup></m:math>'
    body = f'<p>{math}</p><p><object type="image/png" data="images/a.png">Hình</object></p>' + choices("a", "b")
    question = read(item(response("c1"), body), tmp_path)
    assert question.draft is not None
    assert question.draft.stem == "$x^{2}$\n\n![Hình](images/a.png)\n\nHỏi gì?"
    assert question.images == ("images/a.png",)


@pytest.mark.parametrize(
    ("xml", "place"),
    [
        (f"\n<assessmentTest {QTI2}/>", "line 2"),
        ("<manifest/>", "line 1"),
        ("<assessmentItem>\n", "line 2"),
    ],
)
def test_a_file_without_questions_is_refused_with_its_place(xml: str, place: str, tmp_path: Path) -> None:
    with pytest.raises(Invalid) as caught:
        read(xml, tmp_path)
    assert caught.value.facts["place"] == place
