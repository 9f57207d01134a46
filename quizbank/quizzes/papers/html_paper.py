"""A paper as one HTML file for screen readers: headings, lists, formulas in MathML, pictures with their words.

The file needs nothing beside it and runs nothing. Letters grow with the browser's; large print begins larger.
"""

import base64
import re
from collections.abc import Callable
from html import escape

from quizbank.questions.formats.word_body import PICTURE
from quizbank.questions.rules import QuestionType
from quizbank.quizzes.papers import wording
from quizbank.quizzes.papers.paper import Block, Paper, PaperPart, PaperQuestion
from quizbank.quizzes.papers.word_pictures import Pictures
from repository.markup import render

_IMAGE = re.compile(r'<img src="([^"]*)" alt="([^"]*)"[^>]*>')
_BLOCK = re.compile(r"<(?:p|div|table|ul|ol|blockquote|h[1-6]|pre|figure)[ >]")
STYLE = """
:root { color-scheme: light dark; font-size: SIZE; }
body { max-width: 44rem; margin: 0 auto; padding: 1rem; font: 1rem/1.6 Arial, "Noto Sans", sans-serif; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.2rem; margin-top: 2rem; } h3 { font-size: 1rem; margin-bottom: 0.3rem; }
p { margin: 0.4rem 0; }
ol { padding-left: 2.2rem; margin: 0.4rem 0; } ol.options { list-style: upper-alpha; }
ol.statements { list-style: lower-alpha; } li { padding-left: 0.2rem; margin: 0.25rem 0; }
img { max-width: 100%; height: auto; background: #ffffff; }
table { border-collapse: collapse; } th, td { border: 1px solid; padding: 0.2rem 0.5rem; text-align: left; }
math { font-family: "STIX Two Math", "Cambria Math", math; font-size: 1.05em; }
.wide { overflow-x: auto; } .passage { border-left: 0.25rem solid; padding-left: 0.8rem; }
.m-left { text-align: left; } .m-right { text-align: right; }
.m-line-left { border-left: 0.05em solid; } .m-line-right { border-right: 0.05em solid; }
.m-line-top { border-top: 0.05em solid; } .m-line-bottom { border-bottom: 0.05em solid; }
.solution { border: 1px solid; padding: 0.2rem 0.8rem; }
@media print { body { max-width: none; padding: 0; } .question { break-inside: avoid; } }
"""
PLAIN_SIZE, LARGE_SIZE = "100%", "150%"
NAMELESS = "Hình không có lời mô tả"


def html_papers(papers: list[Paper], media: Callable[[str], bytes]) -> list[bytes]:
    """The papers of one quiz, each a file of its own."""
    pictures = Pictures(media)
    return [html_paper(paper, pictures) for paper in papers]


def html_paper(paper: Paper, pictures: Pictures) -> bytes:
    """One code; with keys, if the paper holds them, each question is followed by its solution."""
    return _Writer(paper, pictures).page().encode()


class _Writer:
    """One paper on its way into HTML. ``level``: of the headings of its questions."""

    def __init__(self, paper: Paper, pictures: Pictures) -> None:
        self.paper, self.pictures = paper, pictures
        self.with_keys = paper.options.with_keys
        is_english = any(one.label.startswith("Question") for one in paper.questions)
        self.language = ' lang="en"' if is_english else ""

    def page(self) -> str:
        paper, lines = self.paper, self.paper.heading
        title = f"{wording.SOLUTIONS}: {paper.title}" if self.with_keys else paper.title
        style = STYLE.replace("SIZE", LARGE_SIZE if paper.options.is_large else PLAIN_SIZE)
        above = [lines.authority, lines.school]
        below = [lines.year, lines.subject, lines.duration, wording.code_line(paper.code) if paper.code else ""]
        parts = "".join(self.part(number, part) for number, part in enumerate(paper.parts, 1))
        notes = "".join(f"<p>{escape(note)}</p>" for note in lines.notes)
        return (
            f'<!doctype html>\n<html lang="vi"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>{escape(title)}</title><style>{style}</style></head><body>"
            f"<header>{paragraphs(above)}<h1>{escape(lines.exam or title)}</h1>"
            f"{paragraphs([wording.SOLUTIONS] if self.with_keys else [])}{paragraphs(below)}</header>"
            f"<main>{parts}</main>"
            f"<footer><p>{wording.END}</p>{'' if self.with_keys else notes}</footer></body></html>\n"
        )

    def part(self, number: int, part: PaperPart) -> str:
        """A part under its heading; the only part of a paper has none, and its questions are one level higher."""
        level = 3 if part.title else 2
        name = f"phan-{number}"
        heading = f'<h2 id="{name}">{escape(part.title)}</h2>' if part.title else ""
        label = f' aria-labelledby="{name}"' if part.title else ""
        order = f"<p{self.language}>{escape(part.instruction)}</p>" if part.instruction else ""
        return f"<section{label}>{heading}{order}{''.join(self.block(one, level) for one in part.blocks)}</section>"

    def block(self, block: Block, level: int) -> str:
        questions = "".join(self.question(one, level) for one in block.questions)
        if not block.passage:
            return questions
        words = [f"<p{self.language}>{escape(text)}</p>" if text else "" for text in (block.intro, block.outro)]
        passage = f'<div class="passage"{self.language}>{self.text(block.passage, "")}</div>'
        return f"{words[0]}{passage}{words[1]}{questions}"

    def question(self, question: PaperQuestion, level: int) -> str:
        label = escape(question.label)
        kind = "statements" if question.type is QuestionType.TRUE_FALSE else "options"
        choices = "".join(f"<li>{self.text(one.text, question.label)}</li>" for one in question.choices)
        listed = f'<ol class="{kind}" type="{"a" if kind == "statements" else "A"}">{choices}</ol>' if choices else ""
        stem = f"<div{self.language}>{self.text(question.stem, question.label)}{listed}</div>"
        solution = self.solution(question) if self.with_keys else ""
        return f'<article class="question"><h{level}>{label}</h{level}>{stem}{solution}</article>'

    def solution(self, question: PaperQuestion) -> str:
        key = f"<p>{wording.KEY}: {escape(question.key)}</p>" if question.key else ""
        why = self.text(question.explanation, question.label) if question.explanation else ""
        return f'<div class="solution">{key}{why}</div>' if key or why else ""

    def text(self, source: str, label: str) -> str:
        """The HTML of a source, its pictures inside it."""
        written = _IMAGE.sub(lambda found: self.picture(found[1], found[2], label), render(source).html)
        written = written.replace("<table>", '<div class="wide" role="group"><table>').replace(
            "</table>", "</table></div>"
        )
        return written if _BLOCK.search(written) else f"<p>{written}</p>"

    def picture(self, address: str, alt: str, label: str) -> str:
        found = PICTURE.fullmatch(address)
        kept = self.pictures.find(found[1]) if found else None
        if kept is None:
            return alt
        data = base64.b64encode(kept.data).decode()
        words = alt or escape(f"{NAMELESS} ({label})" if label else NAMELESS)
        return f'<img src="data:image/{kept.ending};base64,{data}" alt="{words}">'


def paragraphs(lines: list[str]) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in lines if line)
