"""What a bundle holds, file by file."""

import io
from collections.abc import Iterable
from dataclasses import replace
from zipfile import ZipFile

import pytest

from quizbank.questions.rules import QuestionType
from quizbank.quizzes.key_files.files import KEY_FILES
from quizbank.quizzes.papers.bundle import Bundle, BundleFile, Materials, count_files, files_of
from quizbank.quizzes.papers.paper import Block, Paper
from quizbank.quizzes.papers.wishes import Form, Wish, check_wish, forms_from, wish_from
from repository.errors import Invalid, NotFound
from tests.quizbank.quizzes.papers.builders import a_paper, a_paper_part, a_paper_question
from tests.quizbank.quizzes.papers.bundles import a_wish

EVERYTHING = tuple(Form)
KEYS = tuple((name, name.encode()) for name in KEY_FILES)
SECRET = "Bí mật của lời giải"


def no_media(sha256: str) -> bytes:
    raise NotFound("Không có tệp này.")


def a_keyed_paper(code: str = "101") -> Paper:
    one = a_paper_question(key="B", explanation=SECRET)
    choices = tuple(replace(choice, is_true=choice.letter == "B") for choice in one.choices)
    part = a_paper_part(1, Block((replace(one, choices=choices),)))
    return a_paper(part, code=code, with_keys=True)


def names_and_data(wish: Wish) -> dict[str, bytes]:
    materials = Materials(7, [a_keyed_paper(code) for code in wish.codes], no_media, KEYS)
    return {one.name: one.data for one in files_of(materials, wish)}


def test_everything_that_can_be_wanted_is_there() -> None:
    wish = a_wish(*EVERYTHING, codes=("101", "102"), with_solutions=True, with_large=True)
    found = names_and_data(wish)
    papers = {
        f"{stem}-{code}.{kind}"
        for stem in ("De", "Chu-lon/De", "Loi-giai/Loi-giai")
        for code in ("101", "102")
        for kind in ("pdf", "docx", "html")
    }
    keys = {"Dap-an/Dap-an.pdf", "Dap-an/Dap-an.docx", *(f"Dap-an/{name}" for name in KEY_FILES)}
    assert set(found) == papers | keys | {"Phieu-tra-loi.pdf", "Phieu-tra-loi-theo-ma.pdf"}
    assert len(found) == count_files(wish)


@pytest.mark.parametrize("forms", [(form,) for form in Form])
def test_the_number_of_files_is_known_before(forms: tuple[Form, ...]) -> None:
    wish = a_wish(*forms, codes=("101", "102", "103"))
    assert len(names_and_data(wish)) == count_files(wish)


def text_of(name: str, data: bytes) -> str:
    if name.endswith(".docx"):
        with ZipFile(io.BytesIO(data)) as file:
            return file.read("word/document.xml").decode()
    return data.decode("utf-8", "ignore")


def test_only_booklets_of_solutions_hold_solutions() -> None:
    wish = a_wish(Form.WORD, Form.HTML, with_solutions=True, with_large=True)
    told = {name for name, data in names_and_data(wish).items() if SECRET in text_of(name, data)}
    assert told == {"Loi-giai/Loi-giai-101.docx", "Loi-giai/Loi-giai-101.html"}


def test_a_paper_does_not_mark_what_is_right() -> None:
    found = names_and_data(a_wish(Form.WORD, with_solutions=True))
    assert "<w:u " not in text_of("De-101.docx", found["De-101.docx"])
    assert "<w:u " in text_of("x.docx", found["Loi-giai/Loi-giai-101.docx"])


def test_the_same_papers_give_the_same_bytes() -> None:
    wish = a_wish(*EVERYTHING, with_solutions=True, with_large=True)
    assert names_and_data(wish) == names_and_data(wish)


def zipped(files: Iterable[BundleFile], losses: list[str]) -> ZipFile:
    output = io.BytesIO()
    bundle = Bundle(output, "Kiểm tra")
    for file in files:
        bundle.add(file)
    bundle.end(losses)
    return ZipFile(output)


def test_a_bundle_says_what_is_in_it_and_what_could_not_be_printed() -> None:
    file = zipped([BundleFile("De-101.pdf", b"1"), BundleFile("Dap-an/Dap-an.pdf", b"2")], ["x^"])
    said = file.read("DOC-TRUOC.txt").decode()
    assert "De-...:" in said and "Dap-an:" in said and "Loi-giai:" not in said and "- x^" in said
    assert {info.date_time for info in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_quiz_without_codes_has_one_paper() -> None:
    materials = Materials(7, [a_paper(code="")], no_media)
    assert [one.name for one in files_of(materials, a_wish(Form.HTML, codes=()))] == ["De.html"]


def test_a_wish_comes_back_from_what_is_stored() -> None:
    wish = a_wish(Form.PDF, Form.KEYS, codes=("0101",), with_large=True, school="Trường", note="")
    assert wish_from(wish.as_data()) == wish


@pytest.mark.parametrize(
    ("wish", "types", "words"),
    [
        (a_wish(Form.KEYS, with_solutions=True), [QuestionType.SINGLE_CHOICE], "Lời giải cần"),
        (a_wish(Form.PDF, school="x" * 201), [QuestionType.SINGLE_CHOICE], "Dòng tiêu đề"),
        (a_wish(Form.KEYS), [QuestionType.ESSAY], "tự luận"),
        (a_wish(Form.SHEET), [QuestionType.ESSAY], "phiếu"),
        (a_wish(Form.SHEET), [QuestionType.SINGLE_CHOICE] * 41, "40"),
        (a_wish(Form.SHEET, codes=("0101",)), [QuestionType.SINGLE_CHOICE], "0101"),
    ],
)
def test_what_can_not_be_printed_is_refused_at_once(wish: Wish, types: list[QuestionType], words: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_wish(wish, types)
    assert words in str(refused.value)


def test_forms_are_named_once_in_their_order() -> None:
    assert forms_from(["keys", " PDF ", "pdf", ""]) == (Form.PDF, Form.KEYS)


@pytest.mark.parametrize("names", [[], ["exe"]])
def test_unknown_forms_are_refused(names: list[str]) -> None:
    with pytest.raises(Invalid):
        forms_from(names)


def test_a_choice_without_its_key_says_nothing() -> None:
    found = text_of("De-101.html", names_and_data(a_wish(Form.HTML))["De-101.html"])
    assert SECRET not in found and a_keyed_paper().questions[0].choices[1].is_true
