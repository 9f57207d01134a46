"""A file is what its content says, whatever its name."""

import time
import zipfile
from pathlib import Path

import pytest

from quizbank.questions.formats import recognising as by
from quizbank.questions.formats.catalogue import FORMATS, format_of, get_format
from quizbank.questions.formats.recognising import Head, Recognises, head_of
from repository.errors import Invalid

PAPER = "Câu 1. Giải $\\frac{x=1}{2}$ và {x=2}\nA. một\nB. hai\nĐáp án: A\n"
AIKEN = "What is it?\nA) one\nB) two\nANSWER: B\n"
GIFT = "// a comment\n::Q1:: 1+1 {=2 ~3}\n"

TEXTS: list[tuple[str, Recognises]] = [
    (PAPER, by.is_paper),
    (AIKEN, by.is_aiken),
    (GIFT, by.is_gift),
    ("$CATEGORY: a/b\n\nGrant is {T}", by.is_gift),
    ("Who?{~Grant ~no one =Grant's father}", by.is_gift),
    ("When was it? {#1822}", by.is_gift),
    ('<?xml version="1.0"?>\n<!-- hi -->\n<quiz><question/></quiz>', by.is_moodle_xml),
    ('<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="a"/>', by.is_qti_xml),
    ("<qti:questestinterop xmlns:qti='x'>", by.is_qti_xml),
    ('[{"stem": "1"}]', by.is_json),
    (
        "\\documentclass{article}\n\\newcommand{\\r}[1]{#1}\n{T}\n\\begin{ex}\nCho\n\\end{ex}",
        by.is_extest,
    ),
    ("\\begin{exrd}\nChọn {=1 ~2}\n\\choicefix{1}{\\True 2}\n\\end{exrd}", by.is_extest),
    ("\\begin{ex}%[0D1H1-2]\nCho\n\\choice{1}{\\True 2}{3}{4}\n\\end{ex}", by.is_extest),
]
TEXTS += [(text.replace("\n", "\r\n"), recognises) for text, recognises in TEXTS]
TEXTS += [
    ("Hỏi gì?\na) một\nb) hai\nANSWER:B\n", by.is_aiken),
    ("Hỏi gì?\nA. một\nB. hai\nAnswer: b\n", by.is_aiken),
    ("Hỏi gì?\nA. một\nB. hai\nANSWER: A, B\n", by.is_aiken),
]
RECOGNISERS = {
    by.is_paper,
    by.is_aiken,
    by.is_gift,
    by.is_moodle_xml,
    by.is_qti_xml,
    by.is_json,
    by.is_extest,
    by.is_docx,
    by.is_doc,
    by.is_xlsx,
    by.is_xls,
    by.is_h5p,
    by.is_package_with_manifest,
}


@pytest.mark.parametrize(("text", "recognises"), TEXTS)
def test_a_text_is_one_thing_only(text: str, recognises: Recognises) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        head = Head(text.encode(encoding), "file")
        assert {found for found in RECOGNISERS if found(head)} == {recognises}


@pytest.mark.parametrize(
    ("members", "recognises"),
    [
        (("[Content_Types].xml", "word/document.xml"), by.is_docx),
        (("[Content_Types].xml", "xl/workbook.xml"), by.is_xlsx),
        (("imsmanifest.xml", "item.xml"), by.is_package_with_manifest),
        (("h5p.json", "content/content.json"), by.is_h5p),
    ],
)
def test_a_package_is_known_by_what_is_in_it(tmp_path: Path, members: tuple[str, ...], recognises: Recognises) -> None:
    path = tmp_path / "file"
    with zipfile.ZipFile(path, "w") as archive:
        for member in members:
            archive.writestr(member, "x")
    assert {found for found in RECOGNISERS if found(head_of(path, "file"))} == {recognises}


@pytest.mark.parametrize(("stream", "recognises"), [("WordDocument", by.is_doc), ("Workbook", by.is_xls)])
def test_an_old_office_file_is_known_by_its_streams(tmp_path: Path, stream: str, recognises: Recognises) -> None:
    path = tmp_path / "file"
    path.write_bytes(by.OLE + bytes(100_000) + stream.encode("utf-16-le"))
    assert {found for found in RECOGNISERS if found(head_of(path, "file"))} == {recognises}


BAITS = (
    "\n",
    " ",
    "{",
    "{ ",
    "{\n",
    "$",
    "::",
    "Câu 1",
    "<?",
    "<!--",
    "<a ",
    "=1%",
    "{=1%%",
    "A.",
    "\\begin{ex}",
    "[",
    '"',
)


@pytest.mark.parametrize("bait", BAITS)
@pytest.mark.parametrize("begins", ["", "{", "::", "Câu 1. "])
def test_a_beginning_made_to_be_tried_again_and_again_is_soon_known(begins: str, bait: str) -> None:
    head = Head((begins + bait * by.HEAD_BYTES)[: by.HEAD_BYTES // 2].encode(), "file.bin")
    began = time.process_time()
    format_of(head)
    assert time.process_time() - began < 2


def test_the_ending_decides_where_the_content_does_not() -> None:
    found = format_of(Head(b"hello", "de.TXT"))
    assert found is not None and found.id == "text"
    assert format_of(Head(b"hello", "de.xyz")) is None


def test_ids_are_single_and_names_that_do_not_exist_are_refused() -> None:
    assert len({found.id for found in FORMATS}) == len(FORMATS)
    assert get_format("text").is_text
    with pytest.raises(Invalid):
        get_format("nothing")
