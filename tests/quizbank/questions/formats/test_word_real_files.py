"""Documents that others wrote: none fails, and no word or formula of theirs is lost on the way."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml.etree import _Element

from quizbank.questions.formats.paper import SourceFile
from quizbank.questions.formats.word import read_word
from quizbank.questions.formats.word_document import read_document
from quizbank.questions.formats.word_objects import Objects
from quizbank.questions.formats.word_office import find_office, run_office
from quizbank.questions.formats.word_package import open_word
from quizbank.questions.formats.word_xml import kind_of
from tests.quizbank.questions.formats.word_documents import PIXEL, docx, equation_object, p, read_bytes
from tests.quizbank.questions.formats.word_fixtures import KEY, PLAIN
from tests.shared_data import SHARED, needs_shared_data

pytestmark = needs_shared_data
DOCUMENTS = sorted((SHARED / "formats" / "word").rglob("*.docx"))
EQUATIONS = sorted((SHARED / "formats" / "mathtype").rglob("*.bin"))
NOT_READ = {"w:del", "w:moveFrom", "mc:Fallback"}
WITHOUT_LATEX = {"boxes.bin", "embellishments.bin", "embellishments_roots_long_divisions.bin"}


def texts_in(element: _Element) -> Iterator[str]:
    for item in element:
        kind = kind_of(item)
        if kind in ("w:t", "m:t"):
            yield item.text or ""
        elif kind not in NOT_READ:
            yield from texts_in(item)


def bare(text: str) -> str:
    return re.sub(r"</?[a-z]+[^<>]*>|[\s\u00ad\u200b\u200e\uf000-\uf0ff]", "", text)


def test_there_are_documents() -> None:
    assert len(DOCUMENTS) == 102 and len(EQUATIONS) == 32


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_no_word_of_a_document_is_lost(path: Path) -> None:
    with open_word(path) as package:
        objects = Objects()
        document, _ = read_document(package, objects)
        root = package.xml(package.main)
        assert root is not None
        read = bare("".join(objects.expand(line.text) for line in document.lines)).replace("&lt;", "<")
        assert [text for text in texts_in(root) if bare(text) not in read.replace("&amp;", "&")] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_that_is_no_paper_says_so(path: Path) -> None:
    questions = list(read_word(SourceFile(path, path.name)))
    assert questions and all(question.content is None and question.problems for question in questions)


@pytest.mark.parametrize("path", EQUATIONS, ids=lambda path: path.name)
def test_an_equation_object_becomes_latex_or_keeps_its_picture(path: Path, tmp_path: Path) -> None:
    body = p("Câu 1. Tính ", equation_object("e1", "m1"), "?") + PLAIN + KEY
    media = {"e1:embeddings/oleObject1.bin": path.read_bytes(), "m1:media/image1.png": PIXEL}
    (question,) = read_bytes(tmp_path, docx(body, media=media))
    assert question.content is not None
    is_read = path.name not in WITHOUT_LATEX
    assert question.content.stem.startswith("Tính $" if is_read else "Tính ![](image1.png)")
    assert [problem.code for problem in question.problems] == ([] if is_read else ["unreadable-part"])


def test_an_equation_object_whose_program_is_not_named_is_known_by_what_it_holds(tmp_path: Path) -> None:
    path = next(path for path in EQUATIONS if path.name not in WITHOUT_LATEX)
    body = p("Câu 1. Tính ", equation_object("e1", "m1", ""), "?") + PLAIN + KEY
    media = {"e1:embeddings/oleObject1.bin": path.read_bytes(), "m1:media/image1.png": PIXEL}
    (question,) = read_bytes(tmp_path, docx(body, media=media))
    assert question.content is not None and question.content.stem.startswith("Tính $") and not question.problems


@pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed")
def test_the_equations_of_an_old_document_are_those_of_the_new_one(tmp_path: Path) -> None:
    paths = [path for path in EQUATIONS if path.name not in WITHOUT_LATEX]
    body, media = "", {"m1:media/image1.png": PIXEL}
    for place, path in enumerate(paths, start=1):
        body += p(f"Câu {place}. Tính ", equation_object(f"e{place}", "m1"), "?") + PLAIN + KEY
        media[f"e{place}:embeddings/oleObject{place}.bin"] = path.read_bytes()
    new = tmp_path / "de.docx"
    new.write_bytes(docx(body, media=media))
    (old,) = run_office([new], tmp_path, "doc:MS Word 97")
    stems = [
        [question.content and question.content.stem for question in read_word(SourceFile(path, path.name))]
        for path in (new, old)
    ]
    assert len(stems[0]) == len(paths) and stems[0] == stems[1]
