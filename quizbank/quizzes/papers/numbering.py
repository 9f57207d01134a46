"""Passages that speak of their questions by number, in the numbers of a code.

A cloze text has blanks ``(26) ……`` and its instruction says "the numbered blanks from 26 to 30"; in a shuffled paper
the same questions are, say, 7 to 11. Only numbers that surely mean these questions are changed: a run as long as the
questions of the passage are, and in the instruction a span just as long.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from quizbank.quizzes.papers.paper import Block, PaperQuestion

LONGEST_INTRO = 400
_BLANK = re.compile(r"\((?P<number>\d{1,3})\)(?=\s*(?:_{2,}|\.{3,}|…|[-–—]{3,}|\\_))")
_SPAN = re.compile(
    r"(?P<lead>(?:\bfrom|\bquestions?|\btừ\s+câu|\bcác\s+câu|\bcâu(?:\s+hỏi)?|\btừ)\s+(?:từ\s+|from\s+)?)(?P<first>\d{1,3})"
    r"(?P<joint>\s*(?:to|and|đến|tới|và|[-–])\s*(?:câu\s+)?)(?P<last>\d{1,3})\b",
    re.IGNORECASE,
)
_ONLY_NUMBER = re.compile(r"\s*(?:\((\d{1,3})\)|(?:Question|Câu)\s+(\d{1,3}))\s*[.:]?\s*", re.IGNORECASE)
_MARKUP = re.compile(r"[$<\\]|!\[")
_INSTRUCTS = re.compile(r"\s*(?:đọc|read|sử dụng|dựa vào|dùng|use|cho|căn cứ)\b", re.IGNORECASE)


def numbered_anew(block: Block) -> Block:
    """The block with the numbers in its passage, and in stems that are nothing but a number, as this code has them."""
    numbers = [one.number for one in block.questions]
    passage, offset = with_blanks(block.passage, numbers)
    passage = with_span(passage, numbers)
    questions = tuple(with_stem(one, offset) for one in block.questions) if offset else block.questions
    return replace(block, passage=passage, questions=questions)


def with_blanks(passage: str, numbers: Sequence[int]) -> tuple[str, int]:
    """The passage with its blanks numbered as the questions are, and by how much they moved."""
    found = [int(blank["number"]) for blank in _BLANK.finditer(passage)]
    if len(found) < 2 or found != list(range(found[0], found[0] + len(found))) or len(found) != len(numbers):
        return passage, 0
    offset = numbers[0] - found[0]
    return _BLANK.sub(lambda blank: f"({int(blank['number']) + offset})", passage), offset


def with_span(passage: str, numbers: Sequence[int]) -> str:
    """The instruction at the head of a passage with the span of its questions in this code."""
    head, mark, rest = passage.partition("\n")

    def moved(span: re.Match[str]) -> str:
        if int(span["last"]) - int(span["first"]) != len(numbers) - 1:
            return span[0]
        return f"{span['lead']}{numbers[0]}{span['joint']}{numbers[-1]}"

    return _SPAN.sub(moved, head, count=1) + mark + rest if _INSTRUCTS.match(head) else passage


def with_stem(one: PaperQuestion, offset: int) -> PaperQuestion:
    """A question whose stem is only the number of its blank."""
    found = _ONLY_NUMBER.fullmatch(one.stem)
    if found is None:
        return one
    number = found[1] or found[2]
    return replace(one, stem=one.stem.replace(number, str(int(number) + offset), 1))


def own_intro(passage: str) -> tuple[str, str]:
    """The instruction that a passage begins with, and the rest of it; nothing where it has none of its own line."""
    head, _, rest = passage.partition("\n")
    is_plain = len(head) <= LONGEST_INTRO and not _MARKUP.search(head)
    return (head.strip(), rest.lstrip("\n")) if is_plain and rest.strip() and _INSTRUCTS.match(head) else ("", passage)
