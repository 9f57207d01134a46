"""Booklets of solutions and printed tables of keys as sources of Typst."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from quizbank.questions.formats.mathematics.typst_signs import literal
from quizbank.questions.rules import QuestionType
from quizbank.quizzes.papers import wording
from quizbank.quizzes.papers.paper import Paper, PaperPart, PaperQuestion
from quizbank.quizzes.papers.typst_sources import (
    Texts,
    boolean,
    heading_source,
    passage_source,
    question_source,
    sheet_source,
    strings,
)

CODES_A_TABLE = 12


def solutions_source(paper: Paper, texts: Texts) -> str:
    """The booklet of one code: its key at a glance, then every question with its key and why."""
    code = wording.code_line(paper.code) if paper.code else ""
    body = [
        heading_source(paper, counts_pages=False),
        f"#booklet-title({literal(wording.SOLUTIONS)}, {literal(code)})\n",
    ]
    body.append(glance_source(paper))
    for part in paper.parts:
        body.append(f"#part({literal(part.title)}, {literal('')})\n")
        for block in part.blocks:
            body.append(passage_source(block, texts))
            body += [solved_source(one, texts, paper) for one in block.questions]
    title = f"{wording.SOLUTIONS.capitalize()}: {paper.title}"
    return sheet_source(paper, wording.footer_code(paper.code), body, title)


def glance_source(paper: Paper) -> str:
    """The keys of a code, part by part, in lines of ten."""
    rows = []
    for part in paper.parts:
        keyed = [one for one in part.questions if one.key]
        if keyed:
            cells = "".join(f"({literal(str(one.number))}, {literal(one.key)}), " for one in keyed)
            rows.append(f"({literal(short_title(part))}, ({cells})), ")
    return f"#glance(({''.join(rows)}))\n" if rows else ""


def short_title(part: PaperPart) -> str:
    """``PHẦN I`` of a part's title; nothing where it has none."""
    return part.title.partition(".")[0]


def solved_source(one: PaperQuestion, texts: Texts, paper: Paper) -> str:
    """A question with what is right marked, its key and its explanation."""
    is_cluster = one.type is QuestionType.TRUE_FALSE

    def letter(shown: str, is_true: bool | None) -> str:
        if is_cluster:
            return f"judged({literal(f'{shown})')}, {boolean(bool(is_true))})"
        return f"{'right' if is_true else 'strong'}({literal(f'{shown}.')})"

    explanation = texts.name(one.explanation) if one.explanation.strip() else "()"
    is_essay = one.type is QuestionType.ESSAY
    lead = literal(wording.MARKING_GUIDE if is_essay else wording.SOLUTION)
    after = f"solution({literal(wording.KEY)}, {literal(one.key)}, {lead}, {explanation})"
    return question_source(one, texts, paper, letter_of=letter, after=after)


def keys_source(papers: Sequence[Paper]) -> str:
    """The keys of all codes in tables: a line for each question, a column for each code."""
    first = papers[0]
    body = [heading_source(first, counts_pages=False), f"#booklet-title({literal(wording.KEY_TABLE)}, {literal('')})\n"]
    for start in range(0, len(papers), CODES_A_TABLE):
        body.append(key_table_source(papers[start : start + CODES_A_TABLE]))
    if any(one.type is QuestionType.ESSAY for one in first.questions):
        body.append(f"#remark({literal(wording.ESSAY_KEYS)})\n")
    if any(one.type is QuestionType.TRUE_FALSE for one in first.questions):
        body.append(f"#remark({literal(wording.JUDGEMENTS)})\n")
    title = f"{wording.KEY_TABLE.capitalize()}: {first.title.removesuffix(wording.code_line(first.code)).strip(' –')}"
    return sheet_source(first, "", body, title)


def key_table_source(papers: Sequence[Paper]) -> str:
    codes = strings([paper.code or wording.KEY for paper in papers])
    parts = list(key_rows(papers))
    if not parts:
        return ""
    rows = "".join(
        f"({literal(title)}, ({''.join(f'({literal(str(number))}, {strings(keys)}), ' for number, keys in lines)})), "
        for title, lines in parts
    )
    return f"#key-table({literal(wording.QUESTION)}, {codes}, ({rows}))\n"


def key_rows(papers: Sequence[Paper]) -> Iterator[tuple[str, list[tuple[int, list[str]]]]]:
    """Part by part its short title, and for each question its number and the key under each code."""
    places = zip(*(located(paper) for paper in papers), strict=True)
    for title, members in groupby(places, key=lambda place: place[0][0]):
        lines = [(codes[0][1].number, [one.key for _, one in codes]) for codes in members]
        keyed = [(number, keys) for number, keys in lines if any(keys)]
        if keyed:
            yield title, keyed


def located(paper: Paper) -> list[tuple[str, PaperQuestion]]:
    return [(short_title(part), one) for part in paper.parts for one in part.questions]
