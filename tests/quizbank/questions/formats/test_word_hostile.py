"""No bytes make the Word reader fail otherwise than with ``Invalid``, nor slow, nor silent."""

import io
import random
import time
import zipfile
from pathlib import Path

import pytest

from quizbank.questions.problems import Verdict
from repository.errors import Invalid
from tests.quizbank.questions.formats.word_documents import docx, lines, p, r, read_bytes, tbl, tc, zipped
from tests.quizbank.questions.formats.word_faults import FAULTS
from tests.quizbank.questions.formats.word_fixtures import GROUPS, KEY, PLAIN, STEM

ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
GOOD = docx(STEM + PLAIN + KEY)


def with_part(path: str, data: bytes, document: bytes = GOOD) -> bytes:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return zipped({**files, path: data})


def document_part(document: bytes = GOOD) -> bytes:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return archive.read("word/document.xml")


REFUSED = {
    "no zip": b"Xin chao",
    "nothing": b"",
    "half a zip": GOOD[: len(GOOD) // 2],
    "a zip without a document": zipped({"a.txt": b"x"}),
    "no XML": with_part("word/document.xml", b"\x00\x01\x02"),
    "cut XML": with_part("word/document.xml", document_part()[:200]),
    "entities": with_part("word/document.xml", ENTITIES.encode() + document_part()),
    "a file of the server": with_part("word/document.xml", OUTSIDE.encode() + document_part()),
    "NUL bytes": with_part("word/document.xml", document_part().replace(b"Hai", b"H\x00i")),
    "10 million letters in a run": with_part("word/document.xml", document_part().replace(b"Hai", b"a" * 11_000_000)),
    "a bomb": with_part("word/document.xml", b"<a>" + b" " * 200_000_000 + b"</a>"),
    "too deep": with_part("word/document.xml", b"<a>" * 5_000 + b"</a>" * 5_000),
    "broken relations": with_part("word/_rels/document.xml.rels", b"<x"),
    "encrypted": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
    "an old file of another program": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_sound_document_is_refused_soon(name: str, tmp_path: Path) -> None:
    started = time.monotonic()
    with pytest.raises(Invalid) as refused:
        read_bytes(tmp_path, REFUSED[name])
    assert str(refused.value) and time.monotonic() - started < 10


def test_an_encrypted_document_is_told_to_be_opened_first(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="mật khẩu"):
        read_bytes(tmp_path, REFUSED["encrypted"])


def test_a_paragraph_without_end_leaves_its_question_out_and_the_others_in(tmp_path: Path) -> None:
    body = STEM + PLAIN + KEY + p(r("Câu 2. " + "dài " * 50_000)) + PLAIN + KEY + p("Câu 3. Ba là?") + PLAIN + KEY
    questions = read_bytes(tmp_path, docx(body))
    assert [question.verdict is not Verdict.LEAVE_OUT for question in questions] == [True, False, True]
    assert {problem.code for problem in questions[1].problems} == {"too-long"}


def test_tables_in_tables_in_tables_end(tmp_path: Path) -> None:
    inside = p("Câu 1. Hai là?")
    for _ in range(40):
        inside = tbl([tc(inside, p("x"))])
    assert read_bytes(tmp_path, docx(inside + PLAIN + KEY))


def test_a_thousand_questions_are_read_in_bearable_time(tmp_path: Path) -> None:
    body = "".join(lines(f"Câu {n}. Số {n}?\nA. 1\tB. 2\tC. 3\tD. {n}\nĐáp án: D") for n in range(1, 1_001))
    started = time.process_time()
    assert len(read_bytes(tmp_path, docx(body))) == 1_000
    assert time.process_time() - started < 20


def test_any_change_of_any_document_ends_in_questions_or_a_refusal(tmp_path: Path) -> None:
    papers = [paper.document() for group in GROUPS.values() for paper in group.values()]
    papers += [fault.document for name, fault in FAULTS.items() if "metafile" not in name]
    for seed in range(400):
        chance = random.Random(seed)
        data = _changed(chance.choice(papers), chance)
        try:
            questions = read_bytes(tmp_path, data)
        except Invalid as error:
            assert str(error)
        else:
            assert all(
                question.at and isinstance(str(problem), str) for question in questions for problem in question.problems
            )


def _changed(data: bytes, chance: random.Random) -> bytes:
    if chance.random() < 0.2:
        return data[: chance.randrange(len(data))]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice([name for name, part in files.items() if part and name != "[Content_Types].xml"])
    part = bytearray(files[name])
    for _ in range(chance.choice((1, 2, 8))):
        place = chance.randrange(max(1, len(part)))
        part[place : place + chance.randrange(4)] = chance.choice(
            (
                b"",
                b"-1",
                b"99999999999",
                b"%9",
                b"<w:p>",
                b"</w:p>",
                b"&#1;",
                b"\xff",
                b"w:tbl",
                b"m:e",
                bytes([chance.randrange(256)]),
            )
        )
    return zipped({**files, name: bytes(part)})
