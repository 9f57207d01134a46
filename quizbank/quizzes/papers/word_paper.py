"""A paper as a Word document, in the layout of schools: two columns of heading, a box for the code, three parts."""

from collections.abc import Callable

from quizbank.quizzes.papers import wording
from quizbank.quizzes.papers.paper import Paper, PaperPart
from quizbank.quizzes.papers.word_document import TEXT_PT, Setting, word_document
from quizbank.quizzes.papers.word_questions import Questions
from quizbank.quizzes.papers.word_runs import BOLD, ITALIC, TAB, Format, Tab, paragraph, run, twips
from quizbank.quizzes.papers.word_tables import CELL_PADDING_PT, Frame, frames
from quizbank.quizzes.papers.word_text import Texts
from quizbank.quizzes.papers.word_widths import text_width_em
from quizbank.quizzes.papers.wording import TIED

LEFT_SHARE = 0.42
CODE_BOX_EM = 8.5
SURELY = 0.94
"""Of the room: widths are estimates, and bold letters are a little wider."""
CENTRED = Format("TieuDe", keep_next=True)


def word_papers(papers: list[Paper], media: Callable[[str], bytes]) -> list[bytes]:
    """The papers of one quiz as ``.docx`` files, in their order; what they share is made once."""
    texts = Texts(media)
    return [word_paper(paper, texts) for paper in papers]


def word_paper(paper: Paper, texts: Texts) -> bytes:
    """One code as a ``.docx``; with keys, if the paper holds them, it is the booklet of solutions."""
    options = paper.options
    questions = Questions(texts, options.font_size_pt, with_keys=options.with_keys, is_large=options.is_large)
    body = "".join(
        (
            heading(paper),
            "" if options.with_keys else candidate(paper),
            *(part_of(part, questions, is_last=part is paper.parts[-1]) for part in paper.parts),
            "" if options.with_keys else ending(paper),
        )
    )
    footer = f" - {wording.footer_code(paper.code)}" if paper.code else ""
    return word_document(body, questions.used, Setting(paper.title, options.font_size_pt, footer))


def heading(paper: Paper) -> str:
    return heading_with(paper, wording.SOLUTIONS if paper.options.with_keys else "")


def heading_with(paper: Paper, title: str) -> str:
    """Whose paper it is at the left, what it is at the right, with a title of its own where it is not a paper."""
    lines, size = paper.heading, paper.options.font_size_pt
    room_em = (TEXT_PT * LEFT_SHARE - 2 * CELL_PADDING_PT) / size
    left = [paragraph(run(line), CENTRED) for line in parted(lines.authority, room_em)]
    left += [paragraph(run(line, BOLD), CENTRED) for line in parted(lines.school, room_em)]
    left.append(rule(TEXT_PT * LEFT_SHARE, size))
    wanted = [(title, BOLD), (lines.exam, BOLD), (lines.year, BOLD), (lines.subject, BOLD), (lines.duration, ITALIC)]
    right = [paragraph(run(text, look), CENTRED) for text, look in wanted if text]
    widths = (TEXT_PT * LEFT_SHARE, TEXT_PT * (1 - LEFT_SHARE))
    return frames([[Frame("".join(left)), Frame("".join(right))]], widths) + gap(size)


def parted(text: str, room_em: float) -> list[str]:
    """A text of the heading: whole where it fits, in two lines of about the same length where it fits into two."""
    if not text or text_width_em(text) <= room_em * SURELY:
        return [text] if text else []
    words = TIED.sub("\\1\u00a0\\2", text).split(" ")
    halves = [(" ".join(words[:place]), " ".join(words[place:])) for place in range(1, len(words))]
    best = min(halves, key=lambda pair: max(map(text_width_em, pair)), default=(text,))
    return list(best) if max(map(text_width_em, best)) <= room_em * SURELY else [text]


def rule(width_pt: float, size_pt: int) -> str:
    """A short line below the school."""
    side = twips(width_pt * 0.34)
    return (
        '<w:p><w:pPr><w:pStyle w:val="TieuDe"/><w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/>'
        f'</w:pBdr><w:spacing w:line="{twips(size_pt * 0.3)}" w:lineRule="exact"/>'
        f'<w:ind w:left="{side}" w:right="{side}"/></w:pPr></w:p>'
    )


def gap(size_pt: int) -> str:
    """A little air between two tables, which Word would otherwise join."""
    return f'<w:p><w:pPr><w:keepNext/><w:spacing w:line="{twips(size_pt * 0.5)}" w:lineRule="exact"/></w:pPr></w:p>'


def candidate(paper: Paper) -> str:
    """Where the candidate writes name and number, beside the box with the code."""
    size = paper.options.font_size_pt
    box_pt = CODE_BOX_EM * size + len(paper.code) * size * 0.5 - 1.5 * size if paper.code else 0.0
    left_pt = TEXT_PT - box_pt - (size if paper.code else 0)
    edge = Tab(left_pt - 2 * CELL_PADDING_PT - size, "right", leader=True)
    form = Format(tabs=(edge,), before_pt=size * 0.2, after_pt=size * 0.15)
    lines = "".join(paragraph(run(f"{name} ") + TAB, form) for name in (wording.CANDIDATE, wording.CANDIDATE_NUMBER))
    if not paper.code:
        return frames([[Frame(lines)]], [left_pt]) + gap(size)
    code = paragraph(run(wording.code_line(paper.code), BOLD), Format("TieuDe"))
    row = [Frame(lines), Frame(paragraph("")), Frame(code, is_boxed=True, align="center")]
    return frames([row], [left_pt, size, box_pt]) + gap(size)


def part_of(part: PaperPart, questions: Questions, *, is_last: bool) -> str:
    words = [run(part.title, BOLD)] if part.title else []
    words += [run(f" {part.instruction}" if part.title else part.instruction)] if part.instruction else []
    opening = paragraph("".join(words), Format("Phan", keep_next=True, keep_lines=True)) if words else ""
    blocks = [questions.block(block, is_followed=is_last and block is part.blocks[-1]) for block in part.blocks]
    return opening + "".join(blocks)


def ending(paper: Paper) -> str:
    size = paper.options.font_size_pt
    notes = paper.heading.notes
    end = paragraph(
        run(f"---------- {wording.END} ----------", BOLD),
        Format("TieuDe", keep_next=bool(notes), before_pt=size * 0.8, after_pt=size * 0.3),
    )
    last = len(notes) - 1
    return end + "".join(
        paragraph(run(f"- {note}", ITALIC), Format(keep_next=place < last)) for place, note in enumerate(notes)
    )
