"""Reading files from strangers in a process of their own: bounded in memory and time, whatever a file does to it.

One process reads many files, for starting it costs more than a small paper; it is started anew when it died.
"""

import contextlib
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Generator, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self, cast

import structlog

from quizbank.questions.formats.paper import ParsedQuestion, SourceFile
from quizbank.questions.formats.paper_json import question_from
from quizbank.questions.formats.word_office import forget_dead_pipes
from repository import confinement
from repository.errors import Invalid

CHUNK_BYTES = 1 << 16
TOO_LONG = (
    "Tệp {name} đọc quá lâu nên đã dừng (đọc được {count} câu): hãy chia nhỏ tệp, hoặc mở ra và lưu lại rồi gửi lại."
)
DIED = (
    "Tệp {name} làm trình đọc dừng đột ngột (đọc được {count} câu): tệp có thể đã hỏng,"
    " hãy mở ra và lưu lại rồi gửi lại."
)
TOO_LARGE = (
    "Tệp {name} cần quá nhiều bộ nhớ nên đã dừng (đọc được {count} câu): hãy chia nhỏ tệp, hoặc bỏ bớt hình lớn."
)
TOO_DEEP = "Tệp {name} lồng quá nhiều cấp nên đã dừng (đọc được {count} câu): hãy mở ra và lưu lại rồi gửi lại."
NONSENSE = (
    "Cả {count} chỗ đầu của tệp {name} đều không đọc được thành câu hỏi nên đã dừng:"
    " hãy kiểm tra tệp, hoặc chọn định dạng khác."
)
CHILD = "quizbank.questions.formats.sandbox_child"

log = structlog.get_logger("reading")


@dataclass(frozen=True)
class ReadingLimits:
    """How long a file may take: ``seconds``, and a little more for every question that it has given.

    ``seconds_per_paper``: what a zip gains with every paper in it that had a question: old Word papers take their time.
    ``unreadable``: after so many places of which none was a question, nobody waits for the first one.
    """

    seconds: float = 25
    seconds_per_question: float = 0.02
    seconds_per_paper: float = 10
    questions: int = 200_000
    unreadable: int = 5_000
    line_bytes: int = 9 << 20


LIMITS = ReadingLimits()


@dataclass(frozen=True)
class ReadQuestion:
    """A question with the file it stands in, which in a zip of papers is one of many, and that file's format."""

    question: ParsedQuestion
    file: str
    format: str


@dataclass(frozen=True)
class RefusedFile:
    """A file in a zip of papers that can't be read: ``message`` is a msgid with places for ``facts``."""

    file: str
    message: str
    facts: Mapping[str, str]

    @property
    def error(self) -> Invalid:
        return Invalid(self.message, **self.facts)


@dataclass(frozen=True)
class SheetHead:
    """The first rows of a sheet and what its columns seem to mean: column (from 0) -> meaning, below ``header_row``."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    columns: Mapping[int, str]
    header_row: int | None


class PictureFiles(Mapping[str, bytes]):
    """Pictures by target, in a folder until somebody asks."""

    def __init__(self, folder: Path, names: Mapping[str, str]) -> None:
        self.folder = folder
        self.names = names

    def __getitem__(self, target: str) -> bytes:
        return (self.folder / self.names[target]).read_bytes()

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


class ReadingTooLong(Invalid):
    """The file takes more time than the limits allow."""


class _Gone(Exception):
    """The process ended in the middle of a file."""


class ReadingProcess:
    """A process that reads files, from the first file until the block ends."""

    def __init__(self, limits: ReadingLimits = LIMITS, child: str = CHILD) -> None:
        self.limits = limits
        self.child = child
        self.process: subprocess.Popen[bytes] | None = None
        self.folder = Path()
        self.pictures = self.pictures_ahead = Path()
        self._unread = bytearray()
        self._count = 0
        self._kept = ExitStack()
        self._ahead: tuple[SourceFile, str] | None = None

    def __enter__(self) -> Self:
        self.folder = self._kept.enter_context(confinement.folder_of_its_own("hoclieu-reading-"))
        forget_dead_pipes()
        self.pictures = self.pictures_ahead = self.folder / "pictures"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        self._kept.close()

    def read(self, source: SourceFile, format_id: str = "") -> Generator[ReadQuestion | RefusedFile]:
        """The questions of a file, or of the files in a zip of papers, one after the other.

        Pictures can be asked for until the next file is read.

        Args:
            source: what to read.
            format_id: the format, where it is not to be recognised.

        Raises:
            Invalid: the file can't be read, or not to its end; the message says why.
        """
        shutil.rmtree(self.pictures, ignore_errors=True)
        try:
            if self._ahead != (source, format_id):
                if self._ahead is not None:
                    self.stop()
                self._ask(source, format_id)
            self._ahead, self.pictures = None, self.pictures_ahead
            yield from self._answers(source, format_id, self.pictures)
        except _Gone:
            log.warning("the reading process died", file=source.name, status=self.stop())
            raise Invalid(DIED, name=source.name, count=self._count) from None
        except TimeoutError:
            self.stop()
            raise ReadingTooLong(TOO_LONG, name=source.name, count=self._count) from None
        except GeneratorExit:
            self.stop()
            raise

    def look_at_sheets(self, source: SourceFile) -> list[SheetHead]:
        """The sheets of a table, for somebody who is to say what their columns mean.

        Raises:
            ReadingTooLong: the limits leave no time for it.
            Invalid: the file can't be read.
        """
        self._count = 0
        try:
            self._ask(source, "", sheets=True)
            until, heads = time.monotonic() + self.limits.seconds, []
            while "end" not in (answer := parsed(self._line(until))):
                rows = tuple(tuple(row) for row in answer["rows"])
                columns = {int(place): meaning for place, meaning in answer["columns"].items()}
                heads.append(SheetHead(answer["sheet"], rows, columns, answer["header_row"]))
        except _Gone:
            self.stop()
            raise Invalid(DIED, name=source.name, count=0) from None
        except TimeoutError:
            self.stop()
            raise ReadingTooLong(TOO_LONG, name=source.name, count=0) from None
        self._check_end(answer, source.name)
        return heads

    def ask_ahead(self, source: SourceFile, format_id: str = "") -> None:
        """Let the process begin with the file that will be read next, once the present one has been read to its end."""
        with contextlib.suppress(_Gone):
            self._ask(source, format_id)
            self._ahead = source, format_id

    def _answers(self, source: SourceFile, format_id: str, pictures: Path) -> Iterator[ReadQuestion | RefusedFile]:
        file, format = source.name, format_id
        started, readable = time.monotonic(), 0
        papers: set[str] = set()
        self._count = 0
        while True:
            answer = parsed(self._line(started + self._allowed_seconds(len(papers))))
            if "end" in answer:
                self._check_end(answer, source.name)
                return
            file, format = answer.get("file", file), answer.get("format", format)
            if "refused" in answer:
                yield RefusedFile(file, **answer["refused"])
            if "question" not in answer:
                continue
            given = answer["question"]
            self._count += 1
            if given["draft"] is not None:
                readable += 1
                papers |= {file} - {source.name}
            self._check_count(source.name, readable)
            yield ReadQuestion(question_from(given, PictureFiles(pictures, given["pictures"])), file, format)

    def _ask(self, source: SourceFile, format_id: str, *, sheets: bool = False) -> None:
        process = self._running()
        self.pictures_ahead = Path(tempfile.mkdtemp(dir=self.folder))
        request: dict[str, Any] = {
            "path": str(source.path.absolute()),
            "name": source.name,
            "options": dict(source.options),
        }
        request |= {"format": format_id, "pictures": str(self.pictures_ahead), "sheets": sheets}
        try:
            stdin = cast(BinaryIO, process.stdin)
            stdin.write(json.dumps(request).encode() + b"\n")
            stdin.flush()
        except OSError:
            raise _Gone from None

    def _running(self) -> subprocess.Popen[bytes]:
        if self.process is None or self.process.poll() is not None:
            self.stop()
            self.process = confinement.start(self.child, self.folder)
        return self.process

    def _line(self, until: float) -> bytes:
        """The next line of the answer.

        Raises:
            TimeoutError: it did not come in time.
            _Gone: the process died, or sends what is no line.
        """
        stdout = cast(BinaryIO, cast(subprocess.Popen[bytes], self.process).stdout).fileno()
        at = 0
        while (end := self._unread.find(b"\n", at)) < 0:
            at = len(self._unread)
            if at > self.limits.line_bytes:
                raise _Gone
            confinement.wait_for(stdout, until)
            chunk = os.read(stdout, CHUNK_BYTES)
            if not chunk:
                raise _Gone
            self._unread += chunk
        line = bytes(self._unread[:end])
        del self._unread[: end + 1]
        return line

    def _allowed_seconds(self, papers: int) -> float:
        limits = self.limits
        return limits.seconds + self._count * limits.seconds_per_question + papers * limits.seconds_per_paper

    def _check_count(self, name: str, readable: int) -> None:
        if self._count > self.limits.questions:
            self.stop()
            raise Invalid("Tệp {name} có quá {limit} câu: hãy chia nhỏ.", name=name, limit=self.limits.questions)
        if self._count > self.limits.unreadable and not readable:
            self.stop()
            raise Invalid(NONSENSE, name=name, count=self.limits.unreadable)

    def _check_end(self, answer: dict[str, Any], name: str) -> None:
        if answer["end"] == "done":
            return
        if answer["end"] == "refused":
            raise Invalid(answer["message"], **answer["facts"])
        log.warning("a reader failed", file=name, end=answer["end"], error=answer.get("error", ""))
        if answer["end"] == "memory":
            self.stop()
            raise Invalid(TOO_LARGE, name=name, count=self._count)
        if answer["end"] == "depth":
            raise Invalid(TOO_DEEP, name=name, count=self._count)
        raise Invalid("Trình đọc gặp lỗi với tệp {name}; hãy báo cho người quản trị.", name=name)

    def stop(self) -> int | None:
        """End the process; the next file starts another. Returns what it ended with."""
        self._unread.clear()
        self._ahead = None
        process, self.process = self.process, None
        return confinement.end(process) if process is not None else None


def parsed(line: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(line)
    except ValueError:
        raise _Gone from None
    if not isinstance(answer, dict):
        raise _Gone
    return answer
