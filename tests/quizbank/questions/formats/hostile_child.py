"""A reading process whose readers do what hostile files would make them do."""

import contextlib
import os
import socket
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from quizbank.questions.formats.catalogue import Format
from quizbank.questions.formats.paper import ParsedQuestion, SourceFile
from quizbank.questions.formats.sandbox_child import serve
from quizbank.questions.rules import QuestionContent, QuestionType


def a_parsed(label: str, source: str = "", pictures: dict[str, bytes] | None = None) -> ParsedQuestion:
    return ParsedQuestion(label, "", 1, (0, 0), source, None, pictures=pictures or {}, at="item 1")


def loop(_source: SourceFile) -> Iterator[ParsedQuestion]:
    yield a_parsed("before")
    while True:
        pass


def allocate(_source: SourceFile) -> Iterator[ParsedQuestion]:
    yield a_parsed("before")
    kept = [bytearray(16 << 20) for _ in range(64)]
    yield a_parsed(f"{len(kept)}")


def die(_source: SourceFile) -> Iterator[ParsedQuestion]:
    yield a_parsed("before")
    os.abort()


def prints(_source: SourceFile) -> Iterator[ParsedQuestion]:
    print("garbage")
    os.write(1, b"more garbage\n")
    print("and there", file=sys.stderr)
    yield a_parsed("whole")


def fail(_source: SourceFile) -> Iterator[ParsedQuestion]:
    raise KeyError("an error of ours")
    yield


def recurse(_source: SourceFile) -> Iterator[ParsedQuestion]:
    def deeper(level: int) -> int:
        return deeper(level + 1) + 1

    deeper(0)
    yield a_parsed("never")


def go_on(_source: SourceFile) -> Iterator[ParsedQuestion]:
    number = 0
    while True:
        number += 1
        yield a_parsed(str(number))


def one_in_a_thousand(_source: SourceFile) -> Iterator[ParsedQuestion]:
    yield replace(a_parsed("sound"), draft=QuestionContent(QuestionType.ESSAY, "Một?", ()))
    for number in range(2_999):
        yield a_parsed(str(number))


def sleepy(source: SourceFile) -> Iterator[ParsedQuestion]:
    time.sleep(1.6)
    yield replace(a_parsed(source.name), draft=QuestionContent(QuestionType.ESSAY, "Một?", ()))


def break_out(source: SourceFile) -> Iterator[ParsedQuestion]:
    attempts: dict[str, Callable[[], object]] = {
        "own folder": lambda: Path("mine").write_text("x"),
        "other file": lambda: source.path.write_text("x"),
        "network": lambda: socket.socket(socket.AF_INET).close(),
        "parent": lambda: os.kill(os.getppid(), 0),
    }
    for label, attempt in attempts.items():
        with contextlib.suppress(OSError):
            attempt()
            yield a_parsed(label)


def huge(_source: SourceFile) -> Iterator[ParsedQuestion]:
    yield a_parsed("huge", "x" * (20 << 20))
    yield a_parsed("nul \x00 and half a pair \ud83d", r"a backslash: \u0000")


def draw(_source: SourceFile) -> Iterator[ParsedQuestion]:
    yield a_parsed("drawn", pictures={"a.png": b"abc", "b.png": b"abc"})


def spy(source: SourceFile) -> Iterator[ParsedQuestion]:
    yield a_parsed(" ".join(sorted(name for name in os.environ if name.startswith("HOCLIEU"))))
    yield a_parsed(str(Path.cwd() != source.path.parent))


READERS = (loop, allocate, die, prints, fail, recurse, go_on, one_in_a_thousand, sleepy, break_out, huge, draw, spy)

if __name__ == "__main__":
    serve(tuple(Format(read.__name__, "", (f".{read.__name__}",), "", read, lambda head: False) for read in READERS))
