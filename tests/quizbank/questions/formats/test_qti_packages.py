"""Packages of QTI 2.x and 3.0: order, shared texts, pictures, metadata, and what is missing or hostile."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from quizbank.questions.formats.catalogue import get_format
from quizbank.questions.formats.paper import ParsedQuestion, SourceFile
from quizbank.questions.formats.qti import read_qti
from quizbank.questions.formats.recognising import head_of
from repository.errors import Invalid

QTI = 'xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2"'
PNG = b"\x89PNG\r\n\x1a\n"


def an_item(name: str, before: str = "", body: str = "") -> str:
    return (
        f'<assessmentItem {QTI} identifier="{name}" title="{name}"><responseDeclaration identifier="RESPONSE" '
        'cardinality="single" baseType="identifier"><correctResponse><value>a</value></correctResponse>'
        f"</responseDeclaration>{before}<itemBody>{body}"
        '<choiceInteraction responseIdentifier="RESPONSE" maxChoices="1">'
        '<prompt>Hỏi?</prompt><simpleChoice identifier="a">một</simpleChoice><simpleChoice identifier="b">hai'
        "</simpleChoice></choiceInteraction></itemBody></assessmentItem>"
    )


def resource(path: str, kind: str = "item", inner: str = "") -> str:
    return (
        f'<resource identifier="{path.partition(".")[0]}" type="imsqti_{kind}_xmlv2p2" href="{path}">{inner}'
        f'<file href="{path}"/></resource>'
    )


def read(tmp_path: Path, resources: str, files: Mapping[str, str | bytes]) -> list[ParsedQuestion]:
    path = tmp_path / "package.zip"
    namespace = 'xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"'
    manifest = f"<manifest {namespace}><organizations/><resources>{resources}</resources></manifest>"
    with zipfile.ZipFile(path, "w") as package:
        for name, content in {"imsmanifest.xml": manifest, **files}.items():
            package.writestr(name, content)
    return list(read_qti(SourceFile(path, path.name)))


def a_test(*sections: str) -> str:
    inner = "".join(sections)
    return f'<assessmentTest {QTI} identifier="t"><testPart identifier="p">{inner}</testPart></assessmentTest>'


def a_section(*paths: str, rubric: str = "") -> str:
    references = "".join(f'<assessmentItemRef identifier="r-{path}" href="{path}"/>' for path in paths)
    return f'<assessmentSection identifier="s">{rubric}{references}</assessmentSection>'


def test_the_test_gives_the_order_and_what_it_does_not_name_comes_after(tmp_path: Path) -> None:
    files = {f"{name}.xml": an_item(name) for name in "abc"} | {"t.xml": a_test(a_section("c.xml", "a.xml"))}
    resources = "".join(resource(f"{name}.xml") for name in "abc") + resource("t.xml", "test")
    questions = read(tmp_path, resources, files)
    assert [(question.number, question.label) for question in questions] == [(1, "c"), (2, "a"), (3, "b")]
    assert questions[0].at == "item c in c.xml"


def test_a_section_in_a_file_of_its_own_is_followed(tmp_path: Path) -> None:
    section = a_section("../b.xml").replace("<assessmentSection", f"<assessmentSection {QTI}", 1)
    files = {
        "a.xml": an_item("a"),
        "b.xml": an_item("b"),
        "parts/s.xml": section,
        "t.xml": a_test('<assessmentSectionRef identifier="x" href="parts/s.xml"/>', a_section("a.xml")),
    }
    questions = read(tmp_path, resource("a.xml") + resource("b.xml") + resource("t.xml", "test"), files)
    assert [question.label for question in questions] == ["b", "a"]


def test_sections_that_call_each_other_for_ever_are_refused_as_a_file(tmp_path: Path) -> None:
    reference = '<assessmentSectionRef identifier="x" href="s.xml"/>'
    section = f'<assessmentSection {QTI} identifier="s">{reference}</assessmentSection>'
    files = {"s.xml": section, "t.xml": a_test(reference)}
    (question,) = read(tmp_path, resource("t.xml", "test"), files)
    assert [problem.code for problem in question.problems] == ["broken-file"]


def test_a_text_that_a_section_shares_is_the_passage_of_its_items(tmp_path: Path) -> None:
    rubric = '<rubricBlock view="candidate" use="sharedstimulus"><p>Đọc <b>đoạn</b> này.</p></rubricBlock>'
    files = {"a.xml": an_item("a"), "b.xml": an_item("b"), "t.xml": a_test(a_section("a.xml", rubric=rubric))}
    questions = read(tmp_path, resource("a.xml") + resource("b.xml") + resource("t.xml", "test"), files)
    assert [question.passage for question in questions] == ["Đọc <b>đoạn</b> này.", ""]


@pytest.mark.parametrize("more", ["Một câu. " * 30, '<img src="a.png" alt=""/>'])
def test_a_long_rubric_of_a_section_is_a_text_for_its_items(more: str, tmp_path: Path) -> None:
    rubric = f'<rubricBlock view="candidate"><p>Đọc. {more}</p></rubricBlock>'
    files = {"a.xml": an_item("a"), "t.xml": a_test(a_section("a.xml", rubric=rubric))}
    (question,) = read(tmp_path, resource("a.xml") + resource("t.xml", "test"), files)
    assert question.passage.startswith("Đọc. ")
    assert "dropped" not in [problem.code for problem in question.problems]


def test_a_short_rubric_of_a_section_is_told_at_its_first_item(tmp_path: Path) -> None:
    rubric = '<rubricBlock view="candidate"><p>Chọn một đáp án.</p></rubricBlock>'
    files = {name: an_item(name[0]) for name in ("a.xml", "b.xml")}
    files["t.xml"] = a_test(a_section("a.xml", "b.xml", rubric=rubric))
    resources = resource("a.xml") + resource("b.xml") + resource("t.xml", "test")
    first, second = read(tmp_path, resources, files)
    assert [problem.facts["what"] for problem in first.problems] == ["hướng dẫn của phần: “Chọn một đáp án.”"]
    assert (first.passage, second.passage, second.problems) == ("", "", ())


def test_a_section_whose_file_is_missing_is_told(tmp_path: Path) -> None:
    test = a_test('<assessmentSectionRef identifier="x" href="parts/s.xml"/>', a_section("a.xml"))
    missing, _ = read(tmp_path, resource("a.xml") + resource("t.xml", "test"), {"a.xml": an_item("a"), "t.xml": test})
    assert [(problem.code, problem.facts["path"]) for problem in missing.problems] == [("missing-file", "parts/s.xml")]


def test_several_items_in_one_file_are_all_read(tmp_path: Path) -> None:
    path = tmp_path / "items.xml"
    path.write_text(f"<assessmentItems>{an_item('a')}{an_item('b')}</assessmentItems>", encoding="utf-8")
    assert [question.label for question in read_qti(SourceFile(path, path.name))] == ["a", "b"]
    assert get_format("qti").recognises(head_of(path, path.name))


def test_a_text_and_a_page_in_files_of_their_own_are_passages(tmp_path: Path) -> None:
    reference = '<assessmentStimulusRef identifier="s" href="texts/s.xml"/>'
    stimulus = f'<assessmentStimulus {QTI} identifier="s" title="x">{{}}</assessmentStimulus>'
    stimulus = stimulus.format("<stimulusBody><p>Văn bản</p></stimulusBody>")
    page = "<html><head><title>x</title></head><body><p>Trang<br>hai dòng</body></html>"
    files: dict[str, str | bytes] = {
        "a.xml": an_item("a", reference),
        "b.xml": an_item("b", body='<div><object type="text/html" data="texts/p.html"/></div>'),
        "texts/s.xml": stimulus,
        "texts/p.html": page,
    }
    questions = read(tmp_path, resource("a.xml") + resource("b.xml"), files)
    assert [question.passage for question in questions] == ["Văn bản", "Trang\nhai dòng"]


def test_what_the_package_lacks_is_named(tmp_path: Path) -> None:
    files = {
        "a.xml": an_item("a", '<assessmentStimulusRef identifier="s" href="gone.xml"/>'),
        "t.xml": a_test(a_section("b.xml")),
    }
    gone, found = read(tmp_path, resource("a.xml") + resource("t.xml", "test"), files)
    assert [problem.facts["path"] for problem in (*gone.problems, *found.problems)] == ["b.xml", "gone.xml"]
    assert [problem.code for problem in (*gone.problems, *found.problems)] == ["missing-file", "missing-file"]


@pytest.mark.parametrize("address", ["pics/a%20b.png", "./pics/a b.png", "PICS/A b.png"])
def test_pictures_are_found_by_their_addresses(address: str, tmp_path: Path) -> None:
    item = an_item("a", body=f'<p><img src="{address}" alt="Hình"/></p>')
    (question,) = read(tmp_path, resource("a.xml"), {"a.xml": item, "pics/a b.png": PNG})
    assert question.draft is not None
    assert question.draft.stem.startswith("![Hình](pics/a%20b.png)")
    assert dict(question.pictures) == {"pics/a%20b.png": PNG}


def test_keywords_and_our_own_classifications_are_taken_from_the_manifest(tmp_path: Path) -> None:
    def taxon(source: str, value: str) -> str:
        return f"<taxonPath><source><string>{source}</string></source><taxon><id>{value}</id></taxon></taxonPath>"

    lom = (
        '<metadata><lom xmlns="http://ltsc.ieee.org/xsd/LOM"><general><keyword><string language="vi">ôn tập</string>'
        f"</keyword></general><classification>{taxon('hoclieu/subject', 'toan')}{taxon('hoclieu/grade', '12')}"
        f"{taxon('UDC', '514')}</classification></lom></metadata>"
    )
    (question,) = read(tmp_path, resource("a.xml", inner=lom), {"a.xml": an_item("a")})
    assert (question.said.subject, question.said.grade, question.said.tags) == ("toan", 12, ("ôn tập", "514"))


def test_a_package_without_questions_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Invalid) as caught:
        read(tmp_path, '<resource identifier="w" type="webcontent" href="w.html"/>', {"w.html": "<p>x</p>"})
    assert caught.value.facts["place"] == "imsmanifest.xml"


HOSTILE = {
    "entities": '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><assessmentItem>&b;</assessmentItem>',
    "outside": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><assessmentItem>&x;</assessmentItem>',
    "nul": "<assessmentItem>\0</assessmentItem>",
    "deep": "<assessmentItem>" * 5_000,
    "cut": an_item("a")[:200],
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_in_a_package_is_named_and_the_others_are_read(name: str, tmp_path: Path) -> None:
    files = {"a.xml": HOSTILE[name], "b.xml": an_item("b")}
    bad, good = read(tmp_path, resource("a.xml") + resource("b.xml"), files)
    assert [problem.facts["path"] for problem in bad.problems] == ["a.xml"]
    assert (good.label, good.problems) == ("b", ())


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("imsmanifest.xml", "<manifest/>")
        package.writestr("a.xml", b" " * (300 << 20))
    with pytest.raises(Invalid):
        list(read_qti(SourceFile(path, path.name)))
