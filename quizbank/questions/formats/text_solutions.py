"""The solutions that follow a whole paper: ``HƯỚNG DẪN GIẢI``, then ``Câu 1: Chọn B. …`` again for each question."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from quizbank.questions.formats.text_blocks import Block
from quizbank.questions.formats.text_key_tables import HEADING
from quizbank.questions.formats.text_keys import read_answer
from quizbank.questions.formats.text_lines import HEADER, Line, part_number_of
from quizbank.questions.formats.text_options import read_options, read_statements

_LEADING_KEY = re.compile(r"\s*(?:(?:chọn|đáp án)\s*:?\s*)?(?P<key>[A-H])\s*(?:\.\s+|\.?\s*$)(?=\S|$)", re.IGNORECASE)

_SECTION = re.compile(
    r"\W*(?-i:[^a-zà-ỹ:]{6,120}$)|\W*(?:bảng|đáp án|hướng dẫn|lời giải|giải).*chi tiết[^:]*$", re.IGNORECASE
)


@dataclass(frozen=True)
class Solution:
    """What stands below a question's number in the solutions."""

    keys: tuple[str, ...]
    explanation: tuple[str, ...]


def split_solutions(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Split where a heading stands above a number that was there before: what follows speaks of the same questions."""
    seen: set[tuple[str, int]] = set()
    part, start = "", None
    for row, line in enumerate(lines):
        if named := part_number_of(line.text):
            part = named
        elif _SECTION.match(line.text) and HEADING.fullmatch(line.text):
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


def solution_of(block: Block) -> Solution | None:
    """The solution in a block, or None when the block asks a question of its own."""
    if not block.label or any(line.is_cut for line in block.lines):
        return None
    first = block.lines[0]
    lines = [replace(first, text=""), *block.lines]
    answer = read_answer(lines)
    if read_options(answer.body).texts or read_statements(answer.body).texts:
        return None
    keys, body = list(answer.keys), [line.text for line in answer.body[1:]]
    leading = _LEADING_KEY.match(body[0]) if body else None
    if leading and leading["key"].isupper():
        keys.append(leading["key"])
        body[0] = body[0][leading.end() :]
    return Solution(tuple(keys), (*body, *answer.explanation))


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
        solution = solution_of(block) if len(named) == 1 else None
        if solution is None:
            others.append(block)
        else:
            found[named[0]] = (*found.get(named[0], ()), solution)
    return found, others
