"""Parse plain-text papers as teachers paste them: ``Câu 1. …``, ``A.`` to ``D.``, ``Đáp án: B``, ``Lời giải: …``.

Nothing is guessed. What can't be read safely becomes a problem with its line; ``rules.PROBLEMS`` decides which
problems leave a question out.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from quizbank.questions.formats.paper import ParsedPaper, ParsedQuestion
from quizbank.questions.formats.text_blocks import Block, Preamble, cut_paper
from quizbank.questions.formats.text_blocks import Part as BlockPart
from quizbank.questions.formats.text_content import FEWEST_OPTIONS, content_of
from quizbank.questions.formats.text_key_tables import assign_keys, split_key_tables
from quizbank.questions.formats.text_keys import Answer, KeyMarks, MarkedBody, read_answer, with_marks
from quizbank.questions.formats.text_lines import IMAGE, MAX_LINE, SAID, Line, PartKind, lines_of
from quizbank.questions.formats.text_marks import (
    NO_TAGS,
    Tags,
    take_levels,
    take_stars,
    take_tags,
    with_tags_behind,
    without_bold_labels,
)
from quizbank.questions.formats.text_neighbours import compare_neighbours
from quizbank.questions.formats.text_noise import split_noise
from quizbank.questions.formats.text_options import read_options
from quizbank.questions.formats.text_solutions import Solution, match_solutions, split_solutions
from quizbank.questions.problems import Problem, problem
from quizbank.questions.rules import MAX_TEXT

__all__ = ["ParsedPaper", "ParsedQuestion", "parse_paper"]

MAX_QUESTION = 5 * MAX_TEXT
"""Characters of one question that are read; what is longer has lost the headers below it."""


@dataclass(frozen=True)
class _Raw:
    """A block with its answer split off; what the paper as a whole must know before questions are built."""

    block: Block
    answer: Answer
    tags: Tags = NO_TAGS
    doubts: tuple[Problem, ...] = ()
    is_too_long: bool = False


def parse_paper(text: str) -> ParsedPaper:
    """Read every question of a paper; each header is a question or a problem."""
    return parse_lines(lines_of(text))


def parse_lines(found: Sequence[Line], marks: KeyMarks | None = None) -> ParsedPaper:
    """Read the questions of a paper that is in lines already.

    Args:
        found: its lines; their numbers grow.
        marks: which options the looks of their letters mark, where the lines come from a document that has looks.
    """
    lines, tables = split_key_tables([with_tags_behind(without_bold_labels(line)) for line in found])
    lines, dropped = split_noise(lines)
    lines, below = split_solutions(lines, {table.lines[0].number for table in tables})
    blocks = cut_paper(lines)
    solutions, others = match_solutions(cut_paper(below), blocks)
    assigned = assign_keys(tables, blocks)
    raws = [_read_block(block) for block in (*blocks, *others)]
    raws = _with_marks(raws, marks) if marks else raws
    has_key_lines = bool(tables) or any(raw.answer.key for raw in raws)
    raws = [
        _with_keys(
            raw, assigned.keys.get(place, ()), solutions.get(place, ()), place in assigned.unclear, has_key_lines
        )
        for place, raw in enumerate(raws)
    ]
    questions = list(compare_neighbours(_parse_questions(_with_notes(raws, dropped))))
    questions += [_stray(table.lines, doubts) for table, doubts in assigned.problems]
    questions += [_stray(found, (problem("no-questions"),))] if not questions and found else []
    return ParsedPaper(tuple(questions))


def _read_block(block: Block) -> _Raw:
    if any(line.is_cut for line in block.lines) or sum(len(line.text) for line in block.lines) > MAX_QUESTION:
        return _Raw(replace(block, preamble=None), read_answer([]), is_too_long=True)
    first, tags = take_tags(block.lines[0]) if block.label else (block.lines[0], NO_TAGS)
    own, tags = take_levels((first, *block.lines[1:]), tags)
    doubts = (problem("tag-before-stem", text=", ".join(tags.found)),) if tags.found else ()
    block = replace(block, lines=own)
    answer = read_answer(block.lines)
    body, stars = take_stars(answer.body)
    keys = (*answer.keys, stars) if stars else answer.keys
    return _Raw(block, replace(answer, body=body, keys=keys, key=keys[0] if keys else None), tags, doubts)


def _with_marks(raws: Sequence[_Raw], marks: KeyMarks) -> list[_Raw]:
    """Add the keys that looks give, for the paper as a whole shows which looks are marks and which are style."""
    usual = _usual_count(raws)
    bodies = [MarkedBody(raw.block.part.kind, raw.answer.body, raw.answer.key, usual) for raw in raws]
    return [
        raw if _is_essay(raw) else replace(raw, answer=with_marks(raw.answer, marked))
        for raw, marked in zip(raws, marks(bodies), strict=True)
    ]


def _is_essay(raw: _Raw) -> bool:
    return raw.block.part.kind is PartKind.ESSAY and len(read_options(raw.answer.body).texts) < FEWEST_OPTIONS


def _with_keys(
    raw: _Raw, from_tables: tuple[str, ...], solutions: tuple[Solution, ...], is_unclear: bool, has_key_lines: bool
) -> _Raw:
    """Add the keys of tables and solutions; take “Chọn B” as key only where the whole paper has no others."""
    answer = raw.answer
    keys = (*answer.keys, *from_tables, *(key for solution in solutions for key in solution.keys))
    texts = tuple(line for solution in solutions for line in solution.explanation)
    said = (*answer.said, *(found["value"] for line in texts for found in SAID.finditer(line)))
    chosen = (*answer.chosen, *(key for solution in solutions for key in solution.chosen))
    is_said = not keys and not has_key_lines and len(set(chosen)) == 1
    keys = chosen[:1] if is_said else keys
    doubts = (*raw.doubts, problem("unclear-table-key")) if is_unclear and not keys else raw.doubts
    answer = replace(
        answer,
        key=keys[0] if keys else None,
        keys=keys,
        said=said,
        explanation=(*answer.explanation, *texts),
        is_key_from_explanation=is_said,
    )
    return replace(raw, answer=answer, doubts=doubts)


def _with_notes(raws: Sequence[_Raw], dropped: Sequence[Line]) -> list[_Raw]:
    """Tell of the page lines that stood inside a question."""
    starts = [raw.block.lines[0].number for raw in raws]
    noted: dict[int, list[str]] = {}
    place = -1
    for line in dropped:
        while place + 1 < len(starts) and starts[place + 1] <= line.number:
            place += 1
        if place >= 0:
            noted.setdefault(place, []).append(line.text.strip())
    return [
        replace(raw, doubts=(*raw.doubts, problem("page-line", text=" / ".join(noted[place])[:120])))
        if place in noted
        else raw
        for place, raw in enumerate(raws)
    ]


def _parse_questions(raws: Sequence[_Raw]) -> list[ParsedQuestion]:
    usual = _usual_count(raws)
    questions: list[ParsedQuestion] = []
    preamble: Preamble | None = None
    part: BlockPart | None = None
    for raw in raws:
        preamble = _preamble_for(raw.block, preamble if part == raw.block.part else None)
        part = raw.block.part
        questions.append(_parse_question(raw, preamble, usual))
    return questions


def _usual_count(raws: Iterable[_Raw]) -> int:
    counts = Counter(len(read_options(raw.answer.body).texts) for raw in raws)
    counts.pop(0, None)
    return counts.most_common(1)[0][0] if counts else 0


def _preamble_for(block: Block, last: Preamble | None) -> Preamble | None:
    if block.preamble is not None:
        same = last if last and last.passage and not block.preamble.passage and last.covers(block.number) else None
        return same or block.preamble
    return last if last and last.covers(block.number) and not (last.passage and last.last is None) else None


def _parse_question(raw: _Raw, preamble: Preamble | None, usual: int) -> ParsedQuestion:
    block = raw.block
    if raw.is_too_long:
        return _stray(block.lines, (problem("too-long", limit=MAX_LINE),), block)
    content, problems = content_of(block, raw.answer, preamble, usual)
    last = max((line.number for line in block.lines if not line.is_blank), default=block.lines[0].number)
    passage = preamble.passage if preamble and block.label else ""
    texts = [passage, *([content.stem, content.explanation, *(part.text for part in content.parts)] if content else [])]
    images = tuple(dict.fromkeys(found["target"] for text in texts for found in IMAGE.finditer(text)))
    if block.is_glued:
        problems.append(problem("glued-question"))
    if block.stray_text:
        problems.append(problem("text-before-question", text=block.stray_text))
    if any(doubt.code == "unclear-table-key" for doubt in raw.doubts):
        problems = [doubt for doubt in problems if doubt.code not in ("no-key", "not-a-question")]
    return ParsedQuestion(
        label=block.label,
        part=block.part.number,
        number=block.number,
        lines=(block.lines[0].number, last),
        source=_source_of(block),
        draft=content,
        problems=(*problems, *raw.doubts),
        passage=passage,
        is_passage_shared=bool(passage),
        images=images,
        level_code=raw.tags.level_code,
        tags=raw.tags.kept,
    )


def _source_of(block: Block) -> str:
    source = "\n".join(line.text for line in block.lines).strip()
    return f"{block.label}. {source}" if block.label else source


def _stray(lines: Sequence[Line], problems: tuple[Problem, ...], block: Block | None = None) -> ParsedQuestion:
    """A piece of the paper that is no question, so that somebody sees it."""
    return ParsedQuestion(
        label=block.label if block else "",
        part=block.part.number if block else "",
        number=block.number if block else 0,
        lines=(lines[0].number, lines[-1].number),
        source="\n".join(line.text for line in lines[:200])[:2_000].strip(),
        draft=None,
        problems=problems,
    )
