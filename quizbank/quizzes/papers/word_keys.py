"""The keys of all codes as tables in Word: a line for each question, a column for each code, a dozen codes a table."""

from collections.abc import Sequence

from quizbank.questions.rules import QuestionType
from quizbank.quizzes.papers import wording
from quizbank.quizzes.papers.paper import Paper
from quizbank.quizzes.papers.typst_solutions import key_rows
from quizbank.quizzes.papers.word_document import TEXT_PT, Setting, word_document
from quizbank.quizzes.papers.word_paper import heading_with
from quizbank.quizzes.papers.word_runs import BOLD, ITALIC, Format, paragraph, run
from quizbank.quizzes.papers.word_tables import Frame, frames

CODES_A_TABLE = 10
NUMBER_PT, KEY_PT, LONG_KEY_PT = 34.0, 38.0, 46.0


def word_keys(papers: Sequence[Paper]) -> bytes:
    """The printed table of keys; the papers hold theirs."""
    first = papers[0]
    tables = [
        table
        for start in range(0, len(papers), CODES_A_TABLE)
        for table in tables_of(papers[start : start + CODES_A_TABLE])
    ]
    size = first.options.font_size_pt
    words = wording.JUDGEMENTS if any(one.type is QuestionType.TRUE_FALSE for one in first.questions) else ""
    remark = paragraph(run(words, ITALIC), Format(before_pt=size * 0.5)) if words else ""
    body = heading_with(first, wording.KEY_TABLE) + "".join(tables) + remark
    return word_document(body, (), Setting(f"{wording.KEY_TABLE}: {first.heading.exam}", size))


def tables_of(papers: Sequence[Paper]) -> list[str]:
    """The tables of some codes, one for each part."""
    tables = []
    for title, lines in key_rows(papers):
        longest = max((len(key) for _, keys in lines for key in keys), default=0)
        width = min(LONG_KEY_PT if longest > 3 else KEY_PT, (TEXT_PT - NUMBER_PT) / len(papers))
        head = [cell(wording.QUESTION, is_bold=True), *(cell(one.code or wording.KEY, is_bold=True) for one in papers)]
        rows = [[cell(str(number), is_bold=True), *map(cell, keys)] for number, keys in lines]
        heading = paragraph(run(title, BOLD), Format("Phan", keep_next=True))
        tables.append(heading + frames([head, *rows], [NUMBER_PT, *[width] * len(papers)], lined=True))
    return tables


def cell(text: str, *, is_bold: bool = False) -> Frame:
    return Frame(paragraph(run(text, BOLD) if is_bold else run(text), Format("TieuDe")), align="center")
