"""Hostile names on the way from a matrix to marks: titles, topics, seats, candidates, files."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from quizbank.matrices.actions import create_matrix
from quizbank.matrices.exchange.excel import write_excel
from quizbank.matrices.exchange.word import write_word
from quizbank.matrices.rules import Matrix, Specification
from quizbank.quizzes.actions import add_variants, build_quiz
from quizbank.quizzes.models import Quiz
from quizbank.quizzes.papers.builds import ask_for_papers
from quizbank.quizzes.papers.wishes import Form, Wish
from quizbank.scanning.models import ScanBatch, ScanFile
from repository.curriculum.queries import curriculum
from repository.jobs import utc_now
from repository.permissions import Actor
from repository.services import Services
from tests.quizbank.matrices.builders import a_cell, a_matrix
from tests.quizbank.scanning.builders import a_sheet_in_doubt

MOST_SHORT = 199


def hostile_matrix(title: str, unit: str) -> Matrix:
    """A matrix that no bank can fill: its short cells are named on the page that builds quizzes."""
    cells = (replace(a_cell(count=1), unit=unit), replace(a_cell(count=MOST_SHORT, level="van-dung"), unit=unit))
    rows = (Specification(None, unit, unit),)
    return replace(a_matrix(*cells, title=title[:200]), specification=rows)


def hostile_paths(
    session: Session, services: Services, teacher: Actor, class_id: int, vectors: Sequence[str]
) -> tuple[str, ...]:
    """Make a matrix, a quiz, papers and a scan for every vector; returns the pages that show them to the teacher."""
    now = utc_now()
    found = ["/matrices", "/quizzes"]
    for number, vector in enumerate(vectors):
        kept = create_matrix(session, teacher, hostile_matrix(vector, vectors[number - 1]), now=now)
        found += [f"/quizzes/build?matrix_id={kept.id}", f"/matrices/{kept.id}"]
        small = replace(kept.matrix, cells=kept.matrix.cells[:1])
        quiz = build_quiz(session, teacher, small, title=vector[:200], seed=number, now=now)
        found += [f"/quizzes/{quiz.id}", f"/quizzes/{quiz.id}/scans?class={class_id}"]
    other = build_quiz(session, teacher, small, title=vectors[0][:200], seed=99, now=now)
    other.form_of_id, other.form = quiz.id, 2
    for form, codes in ((quiz, ("101",)), (other, ("102",))):
        add_variants(session, teacher, form.id, codes, now=now)
    hall = f"class={class_id}&rows=4&columns=4"
    tails = ("codes", "keys", "papers", "papers/new", "papers/builds", "export", f"handout?{hall}", "add", "keys")
    found += [f"/quizzes/{quiz.id}/{tail}" for tail in (*tails, "items/1/alternatives")]
    line = vectors[0][:100]
    wish = Wish((), (Form.HTML,), authority=line, school=line, exam=line, year=line, note=line)
    papers = ask_for_papers(session, teacher, quiz.id, wish, now=now)
    found.append(f"/quizzes/papers/{papers.id}")
    return (*found, *hostile_scans(session, services, teacher, other, vectors))


def hostile_scans(
    session: Session, services: Services, teacher: Actor, quiz: Quiz, vectors: Sequence[str]
) -> list[str]:
    """Sheets in doubt whose candidates and files have such names."""
    found = [f"/quizzes/{quiz.id}/scans"]
    for number, vector in enumerate(vectors):
        sheet = a_sheet_in_doubt(session, services, teacher, quiz)
        session.get_one(ScanBatch, sheet.batch_id).candidates = {"000123": vector[:100]}
        session.get_one(ScanFile, (sheet.batch_id, 0)).name = vectors[number - 1][:200]
        found += [f"/scans/{sheet.batch_id}", f"/scans/{sheet.batch_id}/review", f"/scans/sheets/{sheet.id}"]
    return found


def hostile_files(vectors: Sequence[str]) -> list[tuple[str, bytes]]:
    """Matrix files to import, named after a vector."""
    files = []
    for number, vector in enumerate(vectors):
        matrix = hostile_matrix(vector, vectors[number - 1])
        safe = "".join(sign for sign in vector if sign not in "/\\\0\u2028")[:60]
        files += [
            (f"{safe}.xlsx", write_excel(matrix, curriculum())),
            (f"{safe}.docx", write_word(matrix, curriculum())),
        ]
    return files
