"""Aiken: a stem, its options as ``A.`` or ``A)``, and ``ANSWER: B``; plain text, one question after the other."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from quizbank.questions.formats.moodle_meaning import FULL, NOTHING, Answer, Meaning, without_repeats
from quizbank.questions.formats.moodle_texts import Texts
from quizbank.questions.formats.paper import ParsedQuestion, SourceFile
from quizbank.questions.formats.text_files import lines_of_file
from quizbank.questions.formats.text_lines import IMAGE
from quizbank.questions.formats.writing import NOT_WRITTEN, Export, Loss, Losses
from quizbank.questions.problems import Problem, problem
from quizbank.questions.rules import OPTION_LETTERS, QuestionType
from repository.markup import plain

_OPTION = re.compile(r"\s*([A-Z])[.)](?:[ \t]+|(?=\S))(.*)")
_SMALL_OPTION = re.compile(r"\s*([a-z])[.)](?:[ \t]+|(?=\S))(.*)")
_KEY = re.compile(r"\s*(?:ANSWER|(?:THE )?CORRECT ANSWER|ĐÁP ÁN)\s*:\s*(.*?)\s*\Z", re.IGNORECASE)
_LETTERS = re.compile(r"(?:[A-Za-z](?:\s*[,; ]\s*[A-Za-z])*|[A-Z]{2,8})\.?\Z")
_FEEDBACK = re.compile(r"\s*(?:FEEDBACK|EXPLANATION|GIẢI THÍCH|LỜI GIẢI)\s*:\s*(.*?)\s*\Z", re.IGNORECASE)
MAX_BLOCK = 200_000


@dataclass
class _Block:
    first: int
    lines: list[str] = field(default_factory=list)
    stem: list[str] = field(default_factory=list)
    options: list[tuple[str, list[str]]] = field(default_factory=list)
    key: str | None = None
    last: int = 0
    has_gap: bool = False
    continued: list[str] = field(default_factory=list)
    feedback: str = ""

    def add(self, number: int, line: str) -> None:
        if sum(map(len, self.lines[-1:])) + len(line) < MAX_BLOCK:
            self.lines.append(line)
        self.last = number


def read_aiken(source: SourceFile) -> Iterator[ParsedQuestion]:
    """The questions of an Aiken file, one after the other.

    Raises:
        Invalid: the file is not Unicode text.
    """
    for number, block in enumerate(_blocks(lines_of_file(source)), start=1):
        yield _question(block, number)


def _blocks(lines: Iterable[str]) -> Iterator[_Block]:
    block: _Block | None = None
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            if block is not None:
                block.has_gap = True
            continue
        if block is not None and block.key is not None:
            feedback = _FEEDBACK.match(line)
            if feedback:
                block.feedback = feedback[1]
                block.add(number, line)
            yield block
            block = None
            if feedback:
                continue
        option, key = _OPTION.match(line), _KEY.match(line)
        is_new = block is not None and not key and block.has_gap and bool(block.options) and not _goes_on(block, option)
        if block is not None and is_new:
            yield block
            block = None
        block = block or _Block(number)
        block.add(number, line)
        if key:
            block.key = key[1]
            continue
        if option:
            block.options.append((option[1], [option[2].strip()]))
        elif block.options:
            block.options[-1][1].append(line.strip())
            block.continued.append(block.options[-1][0])
        else:
            block.stem.append(line.strip())
        block.has_gap = False
    if block is not None:
        yield block


def _goes_on(block: _Block, option: re.Match[str] | None) -> bool:
    """Whether an option after a blank line belongs to the question above it."""
    return option is not None and option[1] > block.options[-1][0]


def _question(block: _Block, number: int) -> ParsedQuestion:
    texts = Texts()
    _take_small_options(block)
    meaning = Meaning(texts.source("\n".join(block.stem), "plain"), texts.source(block.feedback, "plain"))
    letters = [letter for letter, _ in block.options]
    keys = set(re.findall("[A-Z]", block.key.upper())) if block.key and _LETTERS.match(block.key) else set()
    doubts = _doubts(block, letters, keys)
    share = FULL / len(keys) if keys else FULL
    answers = [
        Answer(texts.source("\n".join(lines), "plain"), share if letter in keys else NOTHING)
        for letter, lines in block.options
    ]
    content = meaning.choices(answers, is_single=len(keys) < 2) if answers else None
    if content is None:
        doubts.append(problem("not-a-question"))
    told = [found for found in meaning.problems if not (found.code == "no-key" and doubts)]
    images = [found["target"] for text in (meaning.stem, *(a.text for a in answers)) for found in IMAGE.finditer(text)]
    return ParsedQuestion(
        label=f"Câu {number}",
        part="",
        number=number,
        lines=(block.first, block.last),
        source="\n".join(block.lines),
        draft=content,
        problems=without_repeats((*doubts, *told, *texts.problems)),
        images=tuple(dict.fromkeys(images)),
    )


def _take_small_options(block: _Block) -> None:
    """Where no line begins with ``A.``, those with ``a.`` to the end of the question are its options."""
    found = [_SMALL_OPTION.match(line) for line in block.stem]
    start = next((at for at, option in enumerate(found) if option and option[1] == "a"), None)
    if block.options or not start or len(found) - start < 2 or not all(found[start:]):
        return
    block.options = [(option[1].upper(), [option[2].strip()]) for option in found[start:] if option]
    block.stem = block.stem[:start]


def _doubts(block: _Block, letters: list[str], keys: set[str]) -> list[Problem]:
    doubts: list[Problem] = []
    if block.key is None:
        doubts.append(problem("no-key"))
    elif not keys or not keys <= set(letters):
        doubts.append(problem("key-not-an-option", key=block.key[:60]))
    repeated = sorted({letter for letter in letters if letters.count(letter) > 1})
    if repeated:
        doubts.append(problem("repeated-option", letters=", ".join(repeated)))
    elif letters != list(OPTION_LETTERS[: len(letters)]) and len(letters) <= len(OPTION_LETTERS):
        doubts.append(problem("option-order"))
    if block.continued:
        doubts.append(problem("continued-option", letters=", ".join(dict.fromkeys(block.continued))))
    return doubts


def write_aiken(export: Export, output: BinaryIO) -> Losses:
    """The questions with one key; Aiken knows no others, no explanations and nothing but plain lines."""
    for identifier, new in export.questions:
        content = new.content

        def lose(what: str, identifier: str = identifier) -> None:
            export.losses.append(Loss(identifier, problem("cannot-hold", what=what)))

        if content.type is not QuestionType.SINGLE_CHOICE:
            export.losses.append(Loss(identifier, problem(NOT_WRITTEN)))
            continue
        texts = [_line(text) for text in (content.stem, *(part.text for part in content.parts))]
        if any(changed for _, changed in texts) or _OPTION.match(texts[0][0]) or _KEY.match(texts[0][0]):
            lose("định dạng của văn bản")
        for what, is_there in (
            ("lời giải", content.explanation),
            ("ngữ liệu", new.passage),
            ("thứ tự cố định của các phương án", content.keeps_order or any(part.is_locked for part in content.parts)),
            ("hình", any("](media:" in text for text, _ in texts)),
        ):
            if is_there:
                lose(what)
        lines = [
            texts[0][0],
            *(f"{letter}. {text}" for letter, (text, _) in zip(OPTION_LETTERS, texts[1:], strict=False)),
        ]
        output.write("\n".join([*lines, f"ANSWER: {content.key}", "", ""]).encode())
    return export.losses


def _line(source: str) -> tuple[str, bool]:
    """A text on one line, and whether that changed it."""
    line = " ".join(source.split())
    if Texts().source(line, "plain") == source:
        return line, False
    line = " ".join(plain(source).split())
    return line, True
