"""Read a text or a file as one format, and tell what came out in short words."""

import random
from collections.abc import Callable, Iterable
from pathlib import Path

from quizbank.questions.formats.paper import ParsedQuestion, Reader, SourceFile
from quizbank.questions.rules import QuestionContent
from repository.errors import HocLieuError

Read = Callable[[str | bytes], list[ParsedQuestion]]


def reader_of(read: Reader, path: Path) -> Read:
    """A function that reads a text, or bytes, as one format."""

    def read_text(text: str | bytes) -> list[ParsedQuestion]:
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return list(read(SourceFile(path, path.name)))

    return read_text


def draft_of(question: ParsedQuestion) -> QuestionContent:
    assert question.draft is not None
    return question.draft


def codes(question: ParsedQuestion) -> list[str]:
    return [found.code for found in question.problems]


def told(question: ParsedQuestion, code: str) -> list[str]:
    return [", ".join(found.facts.values()) for found in question.problems if found.code == code]


def options(question: ParsedQuestion) -> list[str]:
    """The parts, a true one with a star before it."""
    return [f"{'*' if part.is_true else ''}{part.text}" for part in draft_of(question).parts]


def damaged(data: bytes, count: int, seed: int) -> Iterable[bytes]:
    """Ways in which a file may be broken: cut off, bytes changed, pieces doubled or lost, other pieces put in."""
    chance = random.Random(seed)
    strange = [
        b"\x00",
        b"\xff\xfe",
        b"{",
        b"}",
        b"~",
        b"=",
        b"::",
        b"\\",
        b"<",
        b"&",
        b"]]>",
        b"$",
        b"%",
        b"\xc3",
        b"#",
    ]
    for _ in range(count):
        kind, place = chance.randrange(5), chance.randrange(len(data) + 1)
        other = chance.randrange(len(data) + 1)
        low, high = sorted((place, other))
        if kind == 0:
            yield data[:place]
        elif kind == 1:
            yield data[:place] + bytes([chance.randrange(256)]) + data[place + 1 :]
        elif kind == 2:
            yield data[:low] + data[high:]
        elif kind == 3:
            yield data[:place] + chance.choice(strange) * chance.choice([1, 1, 200]) + data[place:]
        else:
            yield data[:place] + data[low : min(high, low + 4000)] + data[place:]


def ends_well(read: Read, data: bytes) -> bool:
    """Whether reading ends in questions with their doubts, or in a refusal that a person understands."""
    try:
        for question in read(data):
            assert question.draft is not None or question.problems
            assert all(str(found) for found in question.problems)
    except HocLieuError as refusal:
        assert str(refusal)
    return True
