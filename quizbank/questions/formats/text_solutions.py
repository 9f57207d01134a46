"""The solutions that follow a whole paper: ``HƯỚNG DẪN GIẢI``, then ``Câu 1: Chọn B. …`` again for each question."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from quizbank.questions.formats.text_blocks import Block
from quizbank.questions.formats.text_key_tables import HEADING
from quizbank.questions.formats.text_keys import read_answer
from quizbank.questions.formats.text_lines import HEADER, Line, part_number_of
from quizbank.questions.formats.text_options import read_options, read_statements

_LEADING_KEY = re.compile(r"\s*(?:(?:chọn|đáp án)\s*:?\s*)?(?P<key>[A-H])\s*(?:\.\s+|\.?\s*$)(?=\S|$)", re.IGNORECASE)

_DETAILED = re.compile(r"\W*(?:bảng|đáp án|hướng dẫn|lời giải|giải).{0,100}chi tiết[^:]*", re.IGNORECASE)


@dataclass(frozen=True)
class Solution:
    """What stands below a question's number in the solutions."""

    keys: tuple[str, ...]
    explanation: tuple[str, ...]
    chosen: tuple[str, ...] = ()


def split_solutions(lines: Sequence[Line], tables: Set[int] = frozenset()) -> tuple[list[Line], list[Line]]:
    """Split where a heading stands above a number that was there before: what follows speaks of the same questions.

    Args:
        lines: the paper without its key tables.
        tables: the numbers of the lines where those stood, for their heading may be that of the solutions too.
    """
    seen: set[tuple[str, int]] = set()
    part, start = "", None
    for row, line in enumerate(lines):
        if named := part_number_of(line.text):
            part = named
        elif _is_section(line.text) or line.number in tables:
            start = row
        elif (header := HEADER.match(line.text)) and not header["word"].lower().startswith("bài"):
            number = int(header["number"].split(".")[0])
            if start is not None and (part, number) in seen:
                return list(lines[:start]), list(lines[start + 1 :])
            seen.add((part, number))
            start = None
        elif not line.is_blank:
            start = None
    return list(lines), []


def _is_section(text: str) -> bool:
    """Whether a line is a heading for the whole paper, and not the ``Lời giải:`` of one question."""
    is_loud = text.isupper() and ":" not in text
    return (is_loud or _DETAILED.fullmatch(text) is not None) and HEADING.fullmatch(text) is not None


def solution_of(block: Block, question: Block) -> Solution | None:
    """The solution in a block, or None when the block asks something else than the question of its number."""
    if any(line.is_cut for line in (*block.lines, *question.lines)):
        return None
    answer = read_answer([replace(block.lines[0], text=""), *block.lines])
    body = [line.text for line in answer.body[1:]]
    leading = _LEADING_KEY.match(body[0]) if body else None
    options = read_options(answer.body)
    if len(options.texts) < 2 and not read_statements(answer.body).texts:
        keys = list(answer.keys)
        if leading and leading["key"].isupper():
            keys.append(leading["key"])
            body[0] = body[0][leading.end() :]
        return Solution(tuple(keys), (*body, *answer.explanation), answer.chosen)
    is_repeated = _bare(answer.body) == _bare(read_answer(question.lines).body)
    return Solution(answer.keys, answer.explanation, answer.chosen) if is_repeated else None


def _bare(lines: Sequence[Line]) -> str:
    return "".join("".join(line.text for line in lines).split())


def match_solutions(
    solutions: Sequence[Block], blocks: Sequence[Block]
) -> tuple[dict[int, tuple[Solution, ...]], list[Block]]:
    """Give every solution to the one question of its part and number.

    Returns:
        position of a block -> its solutions, and the blocks that are none or have no such question.
    """
    places: dict[tuple[str, int], list[int]] = {}
    for position, block in enumerate(blocks):
        if block.label:
            places.setdefault((block.part.number, block.number), []).append(position)
    found: dict[int, tuple[Solution, ...]] = {}
    others: list[Block] = []
    for block in solutions:
        named = places.get((block.part.number, block.number), [])
        solution = solution_of(block, blocks[named[0]]) if len(named) == 1 else None
        if solution is None:
            others.append(block)
        else:
            found[named[0]] = (*found.get(named[0], ()), solution)
    return found, others
