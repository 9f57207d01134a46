r"""Read papers written with the LaTeX package ``ex_test``: ``\begin{ex} … \choice{…}{\True …} \loigiai{…} \end{ex}``.

``\choice`` gives options, ``\choiceTF`` four statements, ``\shortans`` a short answer; ``\immini`` sets a figure beside
the text. The code behind ``%`` (ID6, ``2D1V3-4``) is kept raw as a tag and says grade and level. Drawings (TikZ) stay
in the source and are reported. An exercise (``ex``, ``bt``) without any of these is an essay, ``\loigiai`` its marking
guide; a worked example (``vd``) is no question of the bank.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from quizbank.questions.formats.paper import ParsedQuestion, Said, SourceFile
from quizbank.questions.formats.tex_arguments import (
    TexError,
    environment_at,
    group_at,
    groups_at,
    option_at,
    without_comments,
)
from quizbank.questions.formats.tex_markup import Reading, markup_of, tidy
from quizbank.questions.problems import Problem, problem
from quizbank.questions.rules import NUMBER, AnswerKind, Part, QuestionContent, QuestionType, check_content
from repository.errors import Invalid

MAX_BYTES = 64 << 20
MAX_EXERCISE = 200_000
EXERCISES = ("ex", "bt", "vd")
ESSAYS = ("ex", "bt")
_BEGIN = re.compile(r"\\begin\{(ex|bt|vd)\}")
_CODE = re.compile(r"%\s*\[(?P<code>[0-9][A-Z][0-9][A-Z][0-9A-Z](?:-[0-9A-Z])?)\]")
_NOTE = re.compile(r"%\s*\[(?P<note>[^\]\n]+)\]")
_ANSWERS = re.compile(r"\\(choiceTF|choice|shortans)t?\*?(?![a-zA-Z])")
_SOLUTION = re.compile(r"\\(?:loigiai|huongdan|dapso)\*?(?![a-zA-Z])")
_BESIDE = re.compile(r"\\immini\*?(?![a-zA-Z])")
_TRUE = re.compile(r"\\True(?![a-zA-Z])\s*")
_HEADING = re.compile(r"\\(?:section|subsection|chapter)\*?\{")
GRADES = {"0": 10, "1": 11, "2": 12, "6": 6, "7": 7, "8": 8, "9": 9}
LEVELS = {"N": "NB", "Y": "NB", "H": "TH", "B": "TH", "V": "VD", "K": "VD", "C": "VDC", "G": "VDC"}
"""Letters of ID6 since 2025 (N, H, V, C) and before (Y, B, K, G)."""


@dataclass
class _Exercise:
    """One ``ex`` while it is read."""

    body: str
    reading: Reading = field(default_factory=Reading)
    solution: str = ""
    kind: str = ""
    groups: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_extest(source: SourceFile) -> Iterator[ParsedQuestion]:
    """The exercises of a file in order; see ``formats.paper.Reader``.

    Raises:
        Invalid: too large, or not Unicode.
    """
    text = _text_of(source)
    at = number = 0
    while (found := _BEGIN.search(text, at)) is not None:
        line = text.count("\n", 0, found.start()) + 1
        number += 1
        try:
            body, at = environment_at(text, found.end(), found[1])
        except TexError:
            yield _broken(number, line, text[found.start() : found.start() + 2_000], rf"\end{{{found[1]}}}")
            return
        last = text.count("\n", 0, at) + 1
        raw = text[found.start() : at]
        if _is_commented(text, found.start()):
            number -= 1
            continue
        yield _question(raw, body, found[1], number, (line, last))


def _text_of(source: SourceFile) -> str:
    if source.path.stat().st_size > MAX_BYTES:
        raise Invalid("Tệp {name} quá lớn: tối đa 64 MB.", name=source.name)
    data = source.path.read_bytes()
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\x00", "")
    except UnicodeDecodeError:
        message = "Tệp {name} không phải văn bản Unicode: hãy lưu lại với mã UTF-8."
        raise Invalid(message, name=source.name) from None


def _is_commented(text: str, at: int) -> bool:
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return re.search(r"(?<!\\)%", line) is not None


def _broken(number: int, line: int, source: str, what: str) -> ParsedQuestion:
    found = (problem("unclosed-tex", what=what),)
    return ParsedQuestion(f"Câu {number}", "", number, (line, line), source, None, found)


def _question(raw: str, body: str, environment: str, number: int, lines: tuple[int, int]) -> ParsedQuestion:
    if len(raw) > MAX_EXERCISE:
        found = (problem("too-long", limit=MAX_EXERCISE),)
        return ParsedQuestion(f"Câu {number}", "", number, lines, raw[:2_000], None, found)
    exercise = _Exercise(without_comments(body))
    said = _with_note(_said(raw[: raw.find("\n") + 1] or raw), option_at(exercise.body, 0)[0])
    try:
        content = _content(exercise, environment)
    except TexError as error:
        return _broken(number, lines[0], raw, str(error))
    problems = [*exercise.problems, *exercise.reading.problems]
    if content is None:
        problems.append(problem("unsupported-type", kind=environment))
    else:
        problems += [found for found in check_content(content) if found.code not in {p.code for p in problems}]
    return ParsedQuestion(
        label=f"Câu {number}",
        part="",
        number=number,
        lines=lines,
        source=raw,
        draft=content,
        problems=tuple(problems),
        images=tuple(dict.fromkeys(target.replace(" ", "%20") for target in exercise.reading.images)),
        level_code=said.level_code,
        said=said,
    )


def _said(first_line: str) -> Said:
    """What the codes behind ``%`` on the first line, and the note in brackets, say."""
    code = _CODE.search(first_line)
    notes = [found["note"] for found in _NOTE.finditer(first_line) if not code or found["note"] != code["code"]]
    option, _ = option_at(first_line, first_line.find("}") + 1)
    source = option or "; ".join(notes)
    if code is None:
        return Said(source=without_comments(source).strip())
    raw = code["code"]
    return Said(
        grade=GRADES.get(raw[0]), level_code=LEVELS.get(raw[3], ""), tags=(f"ID6:{raw}",), source=source.strip()
    )


def _with_note(said: Said, note: str) -> Said:
    """A note in brackets below the first line: a number such as ``TL.100024`` is a tag, words are the source."""
    note = note.strip()
    if not note or note in said.source:
        return said
    if not re.search(r"\s", note):
        return replace(said, tags=(*said.tags, note))
    return replace(said, source="; ".join(filter(None, (said.source, note))))


def _content(exercise: _Exercise, environment: str) -> QuestionContent | None:
    """Stem, answers and solution of an exercise; None where nothing is asked.

    Raises:
        TexError: braces don't close.
    """
    _, start = option_at(exercise.body, 0)
    body = _take_solutions(exercise, exercise.body[start:])
    body = _take_beside(body)
    body = _take_answers(exercise, body)
    stem = markup_of(body, exercise.reading)
    explanation = markup_of(exercise.solution, exercise.reading)
    match exercise.kind:
        case "choice" | "choiceTF":
            kind = QuestionType.SINGLE_CHOICE if exercise.kind == "choice" else QuestionType.TRUE_FALSE
            parts = tuple(_part(group, exercise.reading) for group in exercise.groups)
            return QuestionContent(kind, stem, parts, explanation)
        case "shortans":
            values = [_value(group, exercise.reading) for group in exercise.groups[:1]]
            is_number = all(NUMBER.fullmatch(value) for value in values)
            answer_kind = AnswerKind.NUMERIC if is_number else AnswerKind.TEXT
            parts = tuple(Part(value, is_true=True) for value in values if value)
            return QuestionContent(QuestionType.SHORT_ANSWER, stem, parts, explanation, answer_kind)
        case _ if environment in ESSAYS:
            return QuestionContent(QuestionType.ESSAY, stem, (), explanation)
        case _:
            return None


def _take_solutions(exercise: _Exercise, body: str) -> str:
    solutions: list[str] = []
    while (found := _SOLUTION.search(body)) is not None:
        _, at = option_at(body, found.end())
        group = group_at(body, at)
        if group is None:
            body = body[: found.start()] + body[found.end() :]
            continue
        solutions.append(_take_beside(group[0]))
        body = body[: found.start()] + body[group[1] :]
    exercise.solution = "\n\n".join(solutions)
    return body


def _take_beside(body: str) -> str:
    r"""The text with every ``\immini{text}{figure}`` as the text and, below it, the figure."""
    while (found := _BESIDE.search(body)) is not None:
        _, at = option_at(body, found.end())
        groups, at = _some_groups(body, at, 2)
        inside = "\n\n".join(groups)
        body = f"{body[: found.start()]}{inside}\n{body[at:]}"
    return body


def _some_groups(text: str, at: int, most: int) -> tuple[list[str], int]:
    found: list[str] = []
    while len(found) < most and (group := group_at(text, at)) is not None:
        found.append(group[0])
        at = group[1]
    return found, at


def _take_answers(exercise: _Exercise, body: str) -> str:
    r"""The stem: what stands before ``\choice`` and, as of a figure below the options, behind it."""
    found = _ANSWERS.search(body)
    if found is None:
        return body
    exercise.kind = found[1]
    _, at = option_at(body, found.end())
    exercise.groups, at = groups_at(body, at)
    if _ANSWERS.search(body, at):
        exercise.problems.append(problem("two-answers"))
    after = body[at:].strip()
    if after and not re.match(r"\\(?:begin\{(?:center|tikzpicture|figure)|includegraphics)", after):
        exercise.problems.append(problem("runaway-option", letters="cuối", text=tidy(after)[:80]))
    elif after:
        exercise.problems.append(problem("image-after-options"))
    return f"{body[: found.start()]}\n{after}" if after else body[: found.start()]


def _part(group: str, reading: Reading) -> Part:
    return Part(markup_of(_TRUE.sub("", group), reading), is_true=_TRUE.search(group) is not None)


def _value(group: str, reading: Reading) -> str:
    r"""The accepted value of ``\shortans{$2{,}5$}``: a number is bare."""
    text = re.sub(r"\{([.,])\}", r"\1", group).strip()
    bare = text.strip("$ ").replace(r"\,", "").replace("−", "-")
    return bare if NUMBER.fullmatch(bare) else markup_of(text, reading)
