"""Typst in processes of their own."""

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from quizbank.quizzes.papers import typst_process
from quizbank.quizzes.papers.paper import Block
from quizbank.quizzes.papers.pdf import pdf_files
from quizbank.quizzes.papers.typst_process import TypesettingFailed, TypesettingLimits, set_pages
from quizbank.quizzes.papers.typst_sources import Texts
from tests.quizbank.quizzes.papers.builders import a_paper, a_paper_part, a_paper_question, no_media


def test_a_source_that_can_not_be_set_is_named() -> None:
    with pytest.raises(TypesettingFailed) as failed:
        set_pages({}, ["fine", "#panic()"], processes=1)
    assert (failed.value.place, failed.value.cause) == (1, "compile")


def test_setting_that_takes_too_long_is_stopped() -> None:
    loop = "for _ in range(9000)"
    endless = f"#let n = 0\n#{{ {loop} {{ {loop} {{ {loop} {{ n += 1 }} }} }} }}"
    with pytest.raises(TypesettingFailed) as failed:
        set_pages({}, [endless], limits=TypesettingLimits(0.5, 0.5))
    assert failed.value.cause == "too-slow"


def test_setting_that_eats_memory_ends_its_process_only() -> None:
    greedy = "#let x = (1,) * 300000000"
    with pytest.raises(TypesettingFailed) as failed:
        set_pages({}, [greedy])
    assert failed.value.cause == "crashed"


def test_the_printer_sees_nothing_outside_its_folder() -> None:
    for path in ("/etc/passwd", "../made/0.pdf", "../../secret-key"):
        with pytest.raises(TypesettingFailed) as failed:
            set_pages({}, [f'#read("{path}")'])
        assert failed.value.cause == "compile"


def test_a_text_that_typst_stumbles_over_is_printed_as_its_source(monkeypatch: pytest.MonkeyPatch) -> None:
    sound = Texts.name

    def broken(self: Texts, source: str, *, is_option: bool = False) -> str:
        name = sound(self, source, is_option=is_option)
        if "hỏng" in source and "panic" not in self.texts[name].code:
            self.texts[name] = replace(self.texts[name], blocks=(("p", "panic()"),))
        return name

    monkeypatch.setattr(Texts, "name", broken)
    made = pdf_files([a_paper(a_paper_part(1, Block((a_paper_question(1, "Công thức hỏng $x$"),))))], no_media)
    assert made.losses == ("Công thức hỏng $x$",)
    assert "Công thức hỏng $x$" in PdfReader(io.BytesIO(made.files[0].data)).pages[0].extract_text()


def test_no_sources_need_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typst_process, "CHILD", "no.such.module")
    assert set_pages({}, []) == []
