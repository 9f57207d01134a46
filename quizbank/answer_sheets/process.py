"""Reading pictures of sheets in a process of its own: bounded in memory and time, whatever a file does to it.

One process reads many pictures; it is started anew when it died. What can't be read is a reading with a ``reason``:
it never stops the others.
"""

import json
import os
import subprocess
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self, cast

import structlog

from quizbank.answer_sheets.judging import WAITING, FieldReading, State
from quizbank.answer_sheets.labels import SheetLabel, label_from
from quizbank.answer_sheets.layout import SheetLayout
from quizbank.answer_sheets.reading import Box
from repository import confinement

CHILD = "quizbank.answer_sheets.reading_child"
SECONDS = 30.0
LINE_BYTES = 1 << 20
CHUNK_BYTES = 1 << 16

log = structlog.get_logger("answer sheets")


@dataclass(frozen=True)
class ReadPage:
    """A page of a file: what was read on it, or the ``reason`` why nothing was.

    Reasons: ``no-markers``, ``not-flat``, ``broken``, ``too-large``, ``too-small``, ``unknown-format``,
    ``too-many-pages``, ``too-slow``, ``crashed``.
    """

    reason: str = ""
    layout: SheetLayout = field(default_factory=SheetLayout)
    label: SheetLabel | None = None
    fields: tuple[FieldReading, ...] = ()
    boxes: tuple[Box, ...] = ()
    picture: bytes = b""

    def digits(self, kind: str) -> str:
        """``number`` or ``code`` as it was filled in, a question mark for every digit in doubt."""
        mine = [one for one in self.fields if one.name.startswith(f"{kind}.")]
        return "".join("?" if one.state in WAITING else one.value for one in mine)


class SheetReader:
    """Reads sheets until the block ends."""

    def __init__(self, seconds: float = SECONDS, child: str = CHILD) -> None:
        self.seconds, self.child = seconds, child
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self._holder = tempfile.TemporaryDirectory(prefix="hoclieu-sheets-", ignore_cleanup_errors=True)
        self.folder = Path(self._holder.name)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        self._holder.cleanup()

    def count_pages(self, path: Path) -> int | ReadPage:
        """How many pages a file has, or why it can't be opened."""
        answer = self._ask({"path": str(path.absolute())})
        return int(answer["pages"]) if "pages" in answer else ReadPage(answer["reason"])

    def read(self, path: Path, page: int = 0, counts: tuple[int, int, int] | None = None) -> ReadPage:
        """The sheet on a page (from 0). ``counts``: the used slots of each part, where they are known."""
        kept = self.folder / "flat.jpg"
        kept.unlink(missing_ok=True)
        answer = self._ask({"path": str(path.absolute()), "page": page, "counts": counts, "keep": str(kept)})
        if "read" not in answer:
            return ReadPage(answer["reason"])
        return page_from(answer["read"], kept.read_bytes())

    def _ask(self, request: Mapping[str, Any]) -> dict[str, Any]:
        try:
            process = self._running()
            stdin = cast(BinaryIO, process.stdin)
            stdin.write(json.dumps(request).encode() + b"\n")
            stdin.flush()
            answer: dict[str, Any] = json.loads(self._line(process))
        except TimeoutError:
            self.stop()
            return {"reason": "too-slow"}
        except (OSError, ValueError):
            log.warning("the process that reads sheets died", file=request["path"], status=self.stop())
            return {"reason": "crashed"}
        if "error" in answer:
            log.warning("a sheet could not be read", file=request["path"], error=answer["error"])
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self.process is None or self.process.poll() is not None:
            self.stop()
            self.process = confinement.start(self.child, self.folder, OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1")
        return self.process

    def _line(self, process: subprocess.Popen[bytes]) -> bytes:
        """The answer; one request is under way at a time, so that nothing comes after it."""
        stdout, until = cast(BinaryIO, process.stdout).fileno(), time.monotonic() + self.seconds
        line = bytearray()
        while not line.endswith(b"\n"):
            confinement.wait_for(stdout, until)
            chunk = os.read(stdout, CHUNK_BYTES)
            if not chunk or len(line) > LINE_BYTES:
                raise ValueError
            line += chunk
        return bytes(line)

    def stop(self) -> int | None:
        """End the process; the next picture starts another. Returns what it ended with."""
        process, self.process = self.process, None
        return confinement.end(process) if process is not None else None


def page_from(read: Mapping[str, Any], picture: bytes) -> ReadPage:
    counts = read["counts"]
    rows = read["fields"]
    return ReadPage(
        layout=SheetLayout(read["number_digits"], read["code_digits"], (counts[0], counts[1], counts[2])),
        label=label_from(read["label"]),
        fields=tuple(FieldReading(name, value, State(state), sure) for name, value, state, sure, _ in rows),
        boxes=tuple(Box(*box) for *_, box in rows),
        picture=picture,
    )
