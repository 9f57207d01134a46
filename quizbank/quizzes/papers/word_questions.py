"""Questions in Word: stem, options in columns at tab stops, statements, and what is kept together on a page.

All paragraphs of a question but the last are kept with the next one, so that no option and no picture stands alone on
the next page; what is longer than a good part of a page may be broken between its paragraphs.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

from quizbank.questions.rules import CHOICE_TYPES, QuestionType
from quizbank.quizzes.papers import wording
from quizbank.quizzes.papers.paper import Block, Choice, PaperQuestion
from quizbank.quizzes.papers.word_document import LINE_HEIGHT, PT_PER_CM, TEXT_HEIGHT_PT, TEXT_PT
from quizbank.quizzes.papers.word_pictures import Picture
from quizbank.quizzes.papers.word_runs import BOLD, TAB, Format, Look, Tab, paragraph, run
from quizbank.quizzes.papers.word_tables import grid_table
from quizbank.quizzes.papers.word_text import Grid, Line, Piece, Room, Texts

INDENT_EM = 1.2
LABEL_EM = {".": 1.22, ")": 1.06}
GAP_EM = 0.6
MOST_KEPT, MOST_KEPT_LARGE = 0.5, 0.3
"""Shares of a page."""
STEM_ROOM = Room(14 * PT_PER_CM, 6.5 * PT_PER_CM)
OPTION_ROOM = Room(6.5 * PT_PER_CM, 4 * PT_PER_CM)
KEY = Look(bold=True, underline=True)
INTRO = Look(bold=True, italic=True)
FIRST_LINE_EM = 1.5
STANZA_EM = 0.5


@dataclass(frozen=True)
class Placed:
    """A line or a table on its way into the document, with what stands before it in its paragraph."""

    piece: Piece
    form: Format
    before: str = ""
    room_pt: float = TEXT_PT

    def height_pt(self, size_pt: float) -> float:
        if isinstance(self.piece, Grid):
            return self.piece.rows * size_pt * LINE_HEIGHT * 1.3
        lines = ceil(self.piece.width_at(size_pt) / self.room_pt) or 1
        pictures = max((one.size_pt(STEM_ROOM.pair)[1] for one in self.piece.pictures), default=0.0)
        return lines * size_pt * LINE_HEIGHT + pictures


class Questions:
    """Writes questions in one size of letters.

    Args:
        texts: shared by all papers of a quiz.
        size_pt: of the letters.
        with_keys: mark what is right, and write explanations.
        is_large: for weak eyes: no columns.
    """

    def __init__(self, texts: Texts, size_pt: int, *, with_keys: bool, is_large: bool) -> None:
        self.texts, self.size_pt, self.with_keys, self.is_large = texts, size_pt, with_keys, is_large
        self.indent_pt = INDENT_EM * size_pt
        self.most_kept_pt = TEXT_HEIGHT_PT * (MOST_KEPT_LARGE if is_large else MOST_KEPT)
        self.used: list[Picture] = []

    def block(self, block: Block, *, is_followed: bool = False) -> str:
        """A passage and its questions. ``is_followed``: the last line is kept with what comes next."""
        questions = [
            self.question(one, is_followed=is_followed and one is block.questions[-1]) for one in block.questions
        ]
        return self.written(self.passage(block), 1, is_followed=True) + "".join(questions)

    def passage(self, block: Block) -> list[Placed]:
        form = Format("NguLieu")
        intro = [Placed(Line(run(block.intro, INTRO)), form)] if block.intro else []
        pieces = self.texts.pieces_of(block.passage, STEM_ROOM)
        begins = [*beginnings(block.passage, len(pieces)), True]
        body = [
            self.placed(piece, self.form_within(piece, form, begins[place], begins[place + 1]))
            for place, piece in enumerate(pieces)
        ]
        if block.names_its_source and isinstance(pieces[-1], Line):
            body[-1] = self.placed(pieces[-1], replace(form, align="right"))
        outro = [Placed(Line(run(block.outro, BOLD)), form)] if block.outro else []
        return [*intro, *body, *outro]

    def form_within(self, piece: Piece, form: Format, is_first: bool, is_last: bool) -> Format:
        """Of a line of a passage: prose begins a little to the right, verse stands there, with air between stanzas."""
        if isinstance(piece, Grid) or piece.stands_alone or piece.is_item:
            return form
        aside_pt = FIRST_LINE_EM * self.size_pt
        if is_first and is_last:
            return replace(form, first_line_pt=aside_pt)
        return replace(form, align="left", indent_pt=aside_pt, before_pt=STANZA_EM * self.size_pt if is_first else 0.0)

    def question(self, question: PaperQuestion, *, is_followed: bool) -> str:
        stem = self.stem(question)
        asked = [*stem, *self.choices(question)]
        if self.with_keys:
            return self.written(asked, len(stem), is_followed=True) + self.solution(question)
        return self.written(asked, len(stem), is_followed=is_followed)

    def stem(self, question: PaperQuestion) -> list[Placed]:
        return self.labelled(question.stem, run(f"{question.label}. ", BOLD), Format("Cau"), STEM_ROOM)

    def labelled(self, source: str, label: str, form: Format, room: Room) -> list[Placed]:
        """A text with a label before its first line; before a table or a picture the label has its own line."""
        pieces = self.texts.pieces_of(source, room)
        if not pieces or isinstance(pieces[0], Grid) or pieces[0].stands_alone:
            return [Placed(Line(""), form, label), *(self.placed(piece, form) for piece in pieces)]
        rest = replace(form, hanging_pt=0, before_pt=0.0)
        return [self.placed(pieces[0], form, label), *(self.placed(piece, rest) for piece in pieces[1:])]

    def placed(self, piece: Piece, form: Format, before: str = "") -> Placed:
        if isinstance(piece, Line):
            self.used.extend(piece.pictures)
            if piece.stands_alone:
                form = replace(form, align="center", indent_pt=0, hanging_pt=0)
            elif piece.is_item:
                form = replace(form, indent_pt=form.indent_pt + self.size_pt, hanging_pt=self.size_pt * 0.8)
        else:
            self.used.extend(picture for cell in piece.cells for line in cell.lines for picture in line.pictures)
        return Placed(piece, form, before, TEXT_PT - form.indent_pt)

    def choices(self, question: PaperQuestion) -> list[Placed]:
        if question.type is QuestionType.TRUE_FALSE:
            return [one for choice in question.choices for one in self.choice(choice, ")")]
        if question.type not in CHOICE_TYPES:
            return []
        options = [self.choice(choice, ".") for choice in question.choices]
        columns = self.columns_of(options)
        if columns == 1:
            return [one for lines in options for one in lines]
        return [
            self.row([one[0] for one in options[at : at + columns]], columns) for at in range(0, len(options), columns)
        ]

    def choice(self, choice: Choice, sign: str) -> list[Placed]:
        label_pt = LABEL_EM[sign] * self.size_pt
        form = Format("PhuongAn", indent_pt=self.indent_pt + label_pt, hanging_pt=label_pt)
        is_key = self.with_keys and choice.is_true
        label = run(choice.letter, KEY if is_key else BOLD) + run(f"{sign} ", BOLD)
        pieces = self.texts.pieces_of(choice.text, OPTION_ROOM)
        if len(pieces) == 1 and isinstance(pieces[0], Line):
            return [self.placed(replace(pieces[0], stands_alone=False, xml=inline(pieces[0])), form, label)]
        return self.labelled(choice.text, label, form, OPTION_ROOM)

    def columns_of(self, options: Sequence[Sequence[Placed]]) -> int:
        """4, 2 or 1: as many as leave every option on one line."""
        if self.is_large or any(len(lines) != 1 for lines in options):
            return 1
        widest = max(one.piece.width_at(self.size_pt) for (one,) in options if isinstance(one.piece, Line))
        room_pt = TEXT_PT - self.indent_pt
        taken = widest + (LABEL_EM["."] + GAP_EM) * self.size_pt
        return next((columns for columns in (4, 2) if taken <= room_pt / columns and len(options) <= columns * 2), 1)

    def row(self, options: Sequence[Placed], columns: int) -> Placed:
        """Options side by side, each at its tab stop."""
        step_pt = (TEXT_PT - self.indent_pt) / columns
        tabs = tuple(Tab(self.indent_pt + step_pt * place) for place in range(1, columns))
        lines = [one.piece for one in options if isinstance(one.piece, Line)]
        inside = TAB.join(one.before + line.xml for one, line in zip(options, lines, strict=True))
        pictures = tuple(picture for line in lines for picture in line.pictures)
        return Placed(Line(inside, pictures=pictures), Format("PhuongAn", indent_pt=self.indent_pt, tabs=tabs))

    def solution(self, question: PaperQuestion) -> str:
        """The key where no letter shows it, and the explanation."""
        form, placed = Format("LoiGiai"), []
        if question.key and (question.type not in CHOICE_TYPES or not question.key.isalpha()):
            placed.append(Placed(Line(run(question.key)), form, run(f"{wording.KEY}: ", BOLD)))
        if question.explanation:
            name = wording.MARKING_GUIDE if question.type is QuestionType.ESSAY else wording.SOLUTION
            placed += self.labelled(question.explanation, run(f"{name}: ", BOLD), form, STEM_ROOM)
        return "".join(self.xml_of(one, keep_next=False) for one in placed)

    def written(self, placed: Sequence[Placed], head: int, *, is_followed: bool = False) -> str:
        """Pieces that belong together, kept on one page where they are not too long.

        Those that are too long may be broken, but not among the first ``head`` and what follows them, and not before
        the last.
        """
        is_kept = sum(one.height_pt(self.size_pt) for one in placed) <= self.most_kept_pt
        last = len(placed) - 1
        return "".join(
            self.xml_of(one, keep_next=is_followed if place == last else is_kept or place < head or place == last - 1)
            for place, one in enumerate(placed)
        )

    def xml_of(self, placed: Placed, *, keep_next: bool) -> str:
        if isinstance(placed.piece, Grid):
            return grid_table(placed.piece, self.size_pt, TEXT_PT, keep_next=keep_next)
        is_short = placed.piece.stands_alone or placed.height_pt(self.size_pt) <= self.most_kept_pt / 2
        form = replace(placed.form, keep_next=keep_next, keep_lines=is_short)
        return paragraph(placed.before + placed.piece.xml, form)


def beginnings(passage: str, count: int) -> list[bool]:
    """Which of the lines of a passage begin a paragraph or a stanza: all, where they are not those of the source."""
    lines = passage.strip().split("\n")
    begins = [not before.strip() for before, line in zip(["", *lines], lines, strict=False) if line.strip()]
    return begins if len(begins) == count else [True] * count


def inline(line: Line) -> str:
    """The line as it stands after a label: a formula of its own becomes one among words."""
    return line.xml.removeprefix("<m:oMathPara>").removesuffix("</m:oMathPara>")
