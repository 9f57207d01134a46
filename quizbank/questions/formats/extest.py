r"""Read papers written with the LaTeX package ``ex_test``: ``\begin{ex} … \choice{…}{\True …} \loigiai{…} \end{ex}``.

``\choice`` gives options, ``\choiceTF`` four statements, ``\shortans`` a short answer; ``\immini`` sets a figure beside
the text. The code behind ``%`` (ID6, ``2D1V3-4``) is kept raw as a tag and says grade and level. Drawings (TikZ) stay
in the source and are reported. An exercise (``ex``, ``bt``) without any of these is an essay, ``\loigiai`` its marking
guide; a worked example (``vd``) is no question of the bank.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from quizbank.questions.formats.extest_answers import Answers, answers_in, value_of
from quizbank.questions.formats.extest_notes import said_in
from quizbank.questions.formats.extest_strays import passage_in, stray_in
from quizbank.questions.formats.paper import ParsedQuestion, SourceFile
from quizbank.questions.formats.tex_arguments import TexError, group_at, option_at, without_comments
from quizbank.questions.formats.tex_exercises import Exercise, exercises_in, without_skipped
from quizbank.questions.formats.tex_lists import Marks, default_marks
from quizbank.questions.formats.tex_macros import Macro, expanded, macros_of
from quizbank.questions.formats.tex_markup import Reading, markup_of, tidy
from quizbank.questions.problems import Problem, problem
from quizbank.questions.rules import NUMBER, AnswerKind, Part, QuestionContent, QuestionType, check_content
from repository.errors import Invalid

MAX_BYTES = 64 << 20
MAX_EXERCISE = 200_000
MAX_STRAY = 20_000
ESSAYS = ("ex", "bt", "exrd")
_SOLUTION = re.compile(r"\\(?:loigiai|huongdan|dapso)\*?(?![a-zA-Z])")
_SOLUTION_FRAME = re.compile(r"\\begin\s*\{(loigiai|giai|huongdan|solution)\}(.*?)\\end\s*\{\1\}", re.DOTALL)
_BESIDE = re.compile(r"\\(?:imm?ini[A-Z]?|impicinpar|sidefig)\*?(?![a-zA-Z])")
_TRUE = re.compile(r"\\True(?![a-zA-Z])\s*")
_FIGURE = re.compile(r"\\(?:begin\{(?:center|tikzpicture|figure|flushright)|includegraphics|centerline)")


@dataclass
class _Paper:
    """What holds for every exercise of a paper; ``passage`` for the next ``left`` of them."""

    text: str
    macros: Mapping[str, Macro]
    marks: Marks | None
    passage: str = ""
    left: int = 0
    number: int = 0
    line: int = 1
    counted: int = 0

    def line_at(self, place: int) -> int:
        """The line of a place; places come in order."""
        self.line += self.text.count("\n", self.counted, place)
        self.counted = place
        return self.line


@dataclass
class _Exercise:
    """One ``ex`` while it is read."""

    body: str
    reading: Reading = field(default_factory=Reading)
    solution: str = ""
    problems: list[Problem] = field(default_factory=list)


def read_extest(source: SourceFile) -> Iterator[ParsedQuestion]:
    """The exercises of a file in order; see ``formats.paper.Reader``.

    Raises:
        Invalid: too large, or not Unicode.
    """
    text = _text_of(source)
    paper = _Paper(text, macros_of(text), default_marks(text))
    for found in exercises_in(text):
        stray = _stray(paper, found)
        if stray is not None:
            yield stray
        if found.environment:
            yield _question(paper, found)


def _text_of(source: SourceFile) -> str:
    if source.path.stat().st_size > MAX_BYTES:
        raise Invalid("Tệp {name} quá lớn: tối đa 64 MB.", name=source.name)
    data = source.path.read_bytes()
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    except UnicodeDecodeError:
        message = "Tệp {name} không phải văn bản Unicode: hãy lưu lại với mã UTF-8."
        raise Invalid(message, name=source.name) from None


def _stray(paper: _Paper, found: Exercise) -> ParsedQuestion | None:
    """A question without its frame above this exercise; a passage there is kept for the exercises below."""
    between = paper.text[found.since : found.start]
    passage = passage_in(between) if found.environment else None
    if passage is not None:
        paper.passage, paper.left = passage.text, passage.count or -1
    if not stray_in(between):
        return None
    source = between.strip()
    first = paper.line_at(found.since + len(between) - len(between.lstrip()))
    last = first + source.count("\n")
    return ParsedQuestion("", "", 0, (first, last), source[:MAX_STRAY], None, (problem("not-a-question"),))


def _broken(parsed: ParsedQuestion, code: str, **facts: object) -> ParsedQuestion:
    return replace(parsed, source=parsed.source[:2_000], problems=(problem(code, **facts),))


def _question(paper: _Paper, found: Exercise) -> ParsedQuestion:
    raw = paper.text[found.start : found.end].rstrip()
    paper.number += 1
    first = paper.line_at(found.start)
    lines = (first, first + raw.count("\n"))
    passage, left = paper.passage, paper.left
    paper.left = max(0, left - 1) if left > 0 else 0
    paper.passage = paper.passage if paper.left else ""
    parsed = ParsedQuestion(f"Câu {paper.number}", "", paper.number, lines, raw, None)
    if not found.is_closed:
        return _broken(parsed, "unclosed-tex", what=rf"\end{{{found.environment}}}")
    if len(raw) > MAX_EXERCISE:
        return _broken(parsed, "too-long", limit=MAX_EXERCISE)
    try:
        body = expanded(without_comments(without_skipped(paper.text[found.body : found.body_end])), paper.macros)
        exercise = _Exercise(body, Reading(marks=paper.marks))
        note, start = option_at(body, 0)
        said = said_in(raw, note)
        content = _content(exercise, found.environment, body[start:])
        shared = markup_of(expanded(passage, paper.macros), exercise.reading)
    except TexError as error:
        return _broken(parsed, "unclosed-tex", what=str(error))
    if left < 0 and shared:
        exercise.problems.append(problem("text-before-question", text=tidy(shared)[:200]))
    return _finished(
        replace(parsed, passage=shared if left > 0 else "", said=said), exercise, content, found.environment
    )


def _finished(
    parsed: ParsedQuestion, exercise: _Exercise, content: QuestionContent | None, name: str
) -> ParsedQuestion:
    problems = [*exercise.problems, *exercise.reading.problems]
    if content is None:
        problems.append(problem("unsupported-type", kind=name))
    else:
        problems += [found for found in check_content(content) if found.code not in {p.code for p in problems}]
    return replace(
        parsed,
        draft=content,
        problems=tuple(problems),
        is_passage_shared=bool(parsed.passage),
        images=tuple(dict.fromkeys(target.replace(" ", "%20") for target in exercise.reading.images)),
        level_code=parsed.said.level_code,
    )


def _content(exercise: _Exercise, environment: str, body: str) -> QuestionContent | None:
    """Stem, answers and solution of an exercise; None where nothing is asked.

    Raises:
        TexError: braces don't close.
    """
    body = _take_beside(_take_solutions(exercise, body))
    answers = answers_in(body)
    if answers.has_more:
        exercise.problems.append(problem("two-answers"))
    stem = _stem(exercise, answers)
    explanation = markup_of(exercise.solution, exercise.reading)
    match answers.kind:
        case "choice" | "choiceTF":
            kind = QuestionType.SINGLE_CHOICE if answers.kind == "choice" else QuestionType.TRUE_FALSE
            parts = tuple(_part(group, exercise.reading) for group in answers.groups)
            return QuestionContent(kind, stem, parts, explanation)
        case "shortans":
            values = [_value(group, exercise) for group in answers.groups]
            is_number = all(NUMBER.fullmatch(value) for value in values)
            answer_kind = AnswerKind.NUMERIC if is_number else AnswerKind.TEXT
            parts = tuple(Part(value, is_true=True) for value in values if value)
            return QuestionContent(QuestionType.SHORT_ANSWER, stem, parts, explanation, answer_kind)
        case _ if environment in ESSAYS:
            return QuestionContent(QuestionType.ESSAY, stem, (), explanation)
        case _:
            return None


def _take_solutions(exercise: _Exercise, body: str) -> str:
    body = _SOLUTION_FRAME.sub(lambda found: rf"\loigiai{{{found[2]}}}", body)
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


def _stem(exercise: _Exercise, answers: Answers) -> str:
    r"""The stem: what stands before ``\choice`` and, as of a figure below the options, behind it."""
    reading = exercise.reading
    after = markup_of(answers.after, reading)
    if not after:
        return markup_of(answers.before, reading)
    if answers.kind == "shortans" and not _FIGURE.match(answers.after):
        exercise.problems.append(problem("changed", what=r"\shortans giữa câu", meant="chỗ trống"))
        return markup_of(f"{answers.before.rstrip()} \\rule{{1cm}}{{1pt}} {answers.after}", Reading())
    if _FIGURE.match(answers.after):
        exercise.problems.append(problem("image-after-options"))
    elif answers.kind:
        exercise.problems.append(problem("runaway-option", letters="cuối", text=tidy(after)[:80]))
    stem = markup_of(answers.before, reading)
    return f"{stem}\n{after}" if stem else after


def _part(group: str, reading: Reading) -> Part:
    return Part(markup_of(_TRUE.sub("", group), reading), is_true=_TRUE.search(group) is not None)


def _value(group: str, exercise: _Exercise) -> str:
    r"""The accepted value of ``\shortans{$2{,}5$}``: a number is bare."""
    value, unit = value_of(group)
    if unit:
        exercise.problems.append(problem("dropped", what=f"đơn vị của đáp số: {unit}"))
    return value or markup_of(group.strip().strip("'"), exercise.reading)
