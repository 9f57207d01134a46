"""The same papers give the same bytes: on every machine, in every Python, next year."""

import base64
import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pytest

from quizbank.quizzes.papers.paper import Block, Paper
from quizbank.quizzes.papers.pdf import PdfKind, pdf_files, pdf_papers
from quizbank.quizzes.papers.typst_process import set_pages
from quizbank.quizzes.papers.typst_sources import Texts, layout_source, paper_source
from tests.quizbank.quizzes.papers.builders import a_paper, a_paper_part, a_paper_question, a_solved_paper, no_media

pytestmark = pytest.mark.recorded
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAwAAAAMCAAAAABzHgM7AAAAEUlEQVR4nGMMYEAAJoZBxQEAOFwAaF3cyd0AAAAASUVORK5CYII="
)
RECORDED = {"0.15.2": "b4b1656dc5c0ee0f8e93a4343304477f49d7de4bdae293d27070765837e72749"}
"""Version of Typst -> SHA-256 of ``a_rich_paper`` in all kinds. Whoever changes how papers look records the new one."""


def a_rich_paper() -> Paper:
    """Formulas, a table, a picture, a passage, chemistry and keys."""
    stem = f"Cho $\\frac{{x^2+1}}{{\\sqrt{{2}}}}$ và hình ![sông](media:{'a' * 64})\n\nnăm\t2020\t2024\nsố\t1,5\t-2"
    options = ("$\\int_0^1 x\\,dx$", "$\\ce{H2SO4 ->[t^o] SO3}$", "$\\begin{cases}x=1\\\\y=2\\end{cases}$", "Ậ, ẫ, ờ")
    question = a_paper_question(1, stem, options, key="A", explanation="Chọn **A** vì <b><i>đúng thế</i></b>.")
    block = Block((question,), "Đoạn văn.\n\n(Học Liệu)", intro="Đọc đoạn sau:")
    return replace(a_paper(a_paper_part(1, block)), parts=(a_paper_part(1, block), *a_solved_paper().parts[1:]))


def test_a_paper_has_the_recorded_bytes_in_every_python_and_on_every_machine() -> None:
    made = pdf_files([a_rich_paper()], lambda _: PICTURE, list(PdfKind))
    assert made.losses == ()
    known = version("typst")
    assert known in RECORDED, "another Typst may set other bytes: look at a paper, then record its hash"
    assert hash_of(b"".join(file.data for file in made.files)) == RECORDED[known]


def test_the_same_papers_have_the_same_bytes_alone_together_and_in_several_processes() -> None:
    papers = [replace(a_solved_paper(), code=str(code)) for code in range(101, 105)]
    alone = [pdf_papers([paper], no_media)[0] for paper in papers]
    together = pdf_papers(papers, no_media)
    assert [hash_of(one) for one in together] == [hash_of(one) for one in alone]
    several = set_pages(*sources_of(papers), processes=3)
    assert [hash_of(one) for one in several] == [hash_of(one) for one in alone]


def sources_of(papers: list[Paper]) -> tuple[dict[str, bytes], list[str]]:
    texts = Texts(lambda _: None)
    sources = [paper_source(paper, texts) for paper in papers]
    return {"layout.typ": layout_source().encode(), "texts.typ": texts.source.encode()}, sources


def hash_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


PRINT_HASH = """
import hashlib
from tests.quizbank.quizzes.papers.builders import a_solved_paper, no_media
from quizbank.quizzes.papers.pdf import PdfKind, pdf_files
made = pdf_files([a_solved_paper()], no_media, list(PdfKind))
print(hashlib.sha256(b"".join(file.data for file in made.files)).hexdigest())
"""


def test_another_process_with_another_hash_seed_prints_the_same_bytes() -> None:
    root = Path(__file__).parents[4]
    hashes = {
        subprocess.run(
            [sys.executable, "-c", PRINT_HASH],
            cwd=root,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "SOURCE_DATE_EPOCH": epoch},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone, epoch in (("1", "Asia/Ho_Chi_Minh", "1"), ("2", "UTC", "1700000000"))
    }
    assert len(hashes) == 1
