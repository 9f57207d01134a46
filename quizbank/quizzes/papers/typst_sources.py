"""Papers as sources of Typst: one file of texts that all codes share, one of its own for each paper."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from quizbank.questions.formats.mathematics.mathml_to_typst import PRELUDE
from quizbank.questions.formats.mathematics.typst_signs import literal
from quizbank.questions.rules import QuestionType
from quizbank.quizzes.papers import wording
from quizbank.quizzes.papers.paper import Block, Paper, PaperPart, PaperQuestion
from quizbank.quizzes.papers.typst_markup import (
    OPTION_LIMITS,
    STEM_LIMITS,
    FindPicture,
    PictureLimits,
    TypstText,
    typst_text,
)

LAYOUT = Path(__file__).with_name("layout.typ")
IMPORTS = '#import "/layout.typ": *\n#import "/texts.typ": *\n'
SURELY_SHORT_PT = 120
"""Lines times size of a question that can't be so high that it has to part; higher ones are measured."""


@dataclass
class Texts:
    """The texts of some papers, each set once: ``name`` gives the variable that holds it.

    ``losses``: what of them can't be set as it was meant.
    """

    find_picture: FindPicture
    names: dict[tuple[str, bool], str] = field(default_factory=dict)
    texts: dict[str, TypstText] = field(default_factory=dict)

    def name(self, source: str, *, is_option: bool = False) -> str:
        known = self.names.get((source, is_option))
        if known is None:
            known = self.names[source, is_option] = f"t{len(self.names)}"
            limits: PictureLimits = OPTION_LIMITS if is_option else STEM_LIMITS
            self.texts[known] = typst_text(source, self.find_picture, limits, keeps_pictures_in_line=is_option)
        return known

    def may_share(self, names: Iterable[str]) -> bool:
        return all(self.texts[name].may_share for name in names)

    def lines(self, name: str) -> int:
        """About how many lines a text takes, rather too many than too few."""
        return self.texts[name].lines

    def alone(self, name: str) -> str:
        """A document of nothing but one text."""
        return f'#import "/layout.typ": *\n#show: sheet.with(title: "")\n#flow("", {self.texts[name].code})\n'

    def make_plain(self, name: str) -> None:
        """Put a text down without formulas, pictures and tables, as the letters of its source."""
        source = next(source for (source, _), known in self.names.items() if known == name)
        lines = source.split("\n")
        code = "; linebreak(); ".join(literal(line) for line in lines)
        self.texts[name] = TypstText((("lines", f"{{{code}}}"),), (*self.texts[name].losses, source), len(source))

    @property
    def losses(self) -> list[str]:
        return [lost for text in self.texts.values() for lost in text.losses]

    @property
    def source(self) -> str:
        lines = (f"#let {name} = {text.code}\n" for name, text in self.texts.items())
        return '#import "/layout.typ": *\n' + "".join(lines)


def layout_source() -> str:
    """The functions that every source imports."""
    return PRELUDE.replace(
        "#let s(c)", f"#let text-font = {literal('Libertinus Serif')}\n#let s(c)", 1
    ) + LAYOUT.read_text(encoding="utf-8")


def paper_source(paper: Paper, texts: Texts) -> str:
    """The source of one code as candidates get it."""
    body = [heading_source(paper), candidate_source(paper)]
    body += in_language(paper, [part_source(part, texts, paper) for part in paper.parts])
    body.append(f"#ending({literal(wording.END)}, {strings(paper.heading.notes)})\n")
    return sheet_source(paper, wording.footer_code(paper.code), body)


def in_language(paper: Paper, parts: list[str]) -> list[str]:
    """The parts of an English paper are read aloud as English, the lines around them as Vietnamese."""
    is_english = any(one.label.startswith("Question") for one in paper.questions[:1])
    return ['#set text(lang: "en")\n', *parts, '#set text(lang: "vi")\n'] if is_english else parts


def sheet_source(paper: Paper, footer: str, body: Sequence[str], title: str = "") -> str:
    head = (
        f"title: {literal(title or paper.title)}, size: {paper.options.font_size_pt}pt, footer-text: {literal(footer)}"
    )
    return f"{IMPORTS}#show: sheet.with({head})\n{''.join(body)}"


def heading_source(paper: Paper, *, counts_pages: bool = True) -> str:
    heading = paper.heading
    before, _, after = wording.pages_line("\n").partition("\n")
    pages = f"pages-line({literal(before)}, {literal(after)})" if counts_pages else "none"
    lines = (heading.authority, heading.school, heading.exam, heading.year, heading.subject, heading.duration)
    tied = (literal(wording.TIED.sub("\\1\u00a0\\2", line)) for line in lines)
    return f"#paper-heading({', '.join(tied)}, {pages})\n"


def candidate_source(paper: Paper) -> str:
    code = literal(wording.code_line(paper.code) if paper.code else "")
    return f"#candidate({literal(wording.CANDIDATE)}, {literal(wording.CANDIDATE_NUMBER)}, {code})\n"


def part_source(part: PaperPart, texts: Texts, paper: Paper) -> str:
    is_last = part is paper.parts[-1]
    blocks = [block_source(block, texts, paper, is_last=is_last and block is part.blocks[-1]) for block in part.blocks]
    return f"#part({literal(part.title)}, {literal(part.instruction)})\n{''.join(blocks)}"


def passage_source(block: Block, texts: Texts) -> str:
    if not block.passage:
        return ""
    has_source = boolean(block.names_its_source)
    words = f"{literal(block.intro)}, {texts.name(block.passage)}, {literal(block.outro)}"
    return f"#passage({words}, has-source: {has_source})\n"


def block_source(block: Block, texts: Texts, paper: Paper, *, is_last: bool) -> str:
    lines = [passage_source(block, texts)]
    for one in block.questions:
        lines.append(question_source(one, texts, paper, is_sticky=is_last and one is block.questions[-1]))
    return "".join(lines)


def question_source(
    one: PaperQuestion,
    texts: Texts,
    paper: Paper,
    *,
    is_sticky: bool = False,
    letter_of: Callable[[str, bool | None], str] | None = None,
    after: str = "",
) -> str:
    """One question. ``letter_of`` gives the code of a letter, ``after`` what stands below the choices."""
    names = [texts.name(choice.text, is_option=one.type is not QuestionType.TRUE_FALSE) for choice in one.choices]
    letter_of = letter_of or plain_letter(one.type)
    choices = "".join(
        f"({letter_of(choice.letter, choice.is_true)}, {name}), "
        for choice, name in zip(one.choices, names, strict=True)
    )
    kind = "statements" if one.type is QuestionType.TRUE_FALSE else "options"
    more = f", sticky: {boolean(is_sticky)}, is-large: {boolean(paper.options.is_large)}"
    more += f", may-share: {boolean(texts.may_share(names))}"
    more += f", after: {after}" if after else ""
    stem = texts.name(one.stem)
    lines = texts.lines(stem) + sum(max(1, texts.lines(name)) for name in names)
    is_short = texts.lines(stem) * paper.options.font_size_pt <= SURELY_SHORT_PT
    more += f", stem-sticks: {boolean(is_short)}"
    more += f", may-part: {'auto' if after else boolean(lines * paper.options.font_size_pt > SURELY_SHORT_PT)}"
    return f"#question({literal(one.label + '.')}, {stem}, ({choices}), {literal(kind)}{more})\n"


def plain_letter(kind: QuestionType) -> Callable[[str, bool | None], str]:
    """Letters as papers have them: bold with a point for options, with a bracket for statements."""
    if kind is QuestionType.TRUE_FALSE:
        return lambda letter, _: literal(f"{letter})")
    return lambda letter, _: f"strong({literal(f'{letter}.')})"


def strings(values: Iterable[str]) -> str:
    return f"({''.join(f'{literal(value)}, ' for value in values)})"


def boolean(value: bool) -> str:
    return "true" if value else "false"
