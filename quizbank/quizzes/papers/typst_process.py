"""Typst in processes of their own, bounded in memory and time: papers hold what strangers wrote.

A process sees one folder, which holds nothing but the sources and pictures of these papers, and only the fonts inside
Typst: the same sources give the same bytes on every machine.
"""

import contextlib
import json
import os
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO, cast

import structlog

from repository import confinement
from repository.errors import HocLieuError
from repository.settings import available_cores

CHILD = "quizbank.quizzes.papers.typst_child"
CHUNK_BYTES = 1 << 16
FEWEST_EACH = 6
"""Sources that a process should have at least, for what it laid out once it lays out no more."""

log = structlog.get_logger("papers")
Progress = Callable[[int], None]


@dataclass(frozen=True)
class TypesettingLimits:
    """How long setting may take: ``seconds``, and more for every source of a process."""

    seconds: float = 60.0
    seconds_per_source: float = 20.0


LIMITS = TypesettingLimits()


class TypesettingFailed(HocLieuError):
    """Typst could not set a source: ``place`` says which, ``cause`` why (``compile``, ``too-slow``, ``crashed``)."""

    def __init__(self, place: int, cause: str, detail: str = "") -> None:
        super().__init__("Không dàn được trang đề in. Hãy báo cho người quản trị.")
        self.place, self.cause, self.detail = place, cause, detail


def set_pages(
    shared: Mapping[str, bytes],
    sources: Sequence[str],
    *,
    limits: TypesettingLimits = LIMITS,
    progress: Progress | None = None,
    processes: int | None = None,
) -> list[bytes]:
    """Every source as PDF, in their order.

    Args:
        shared: name -> bytes of what the sources import and show.
        sources: Typst, each of one document.
        progress: told how many are done, after each.
        processes: how many work at once; by default as many as cores, if there is enough for each to do.

    Raises:
        TypesettingFailed: for one of them.
    """
    if not sources:
        return []
    count = processes or max(1, min(available_cores(), len(sources) // FEWEST_EACH))
    with tempfile.TemporaryDirectory(prefix="hoclieu-papers-", ignore_cleanup_errors=True) as folder:
        root, made = Path(folder, "root"), Path(folder, "made")
        root.mkdir()
        made.mkdir()
        for name, data in shared.items():
            (root / name).write_bytes(data)
        for place, source in enumerate(sources):
            (root / f"main{place}.typ").write_text(source, encoding="utf-8")
        # Neighbours are likest each other, so that each process gets neighbours.
        edges = [len(sources) * number // count for number in range(count + 1)]
        shares = [range(first, last) for first, last in pairwise(edges) if first < last]
        with contextlib.ExitStack() as stack:
            running = [stack.enter_context(_Setting(Path(folder), share, limits, count)) for share in shares]
            done = 0
            for one in running:
                for _place in one.places():
                    done += 1
                    if progress is not None:
                        progress(done)
        return [(made / f"{place}.pdf").read_bytes() for place in range(len(sources))]


class _Setting:
    """A process that sets some of the sources."""

    def __init__(self, folder: Path, share: range, limits: TypesettingLimits, count: int) -> None:
        self.share = share
        self.until = time.monotonic() + limits.seconds + limits.seconds_per_source * len(share)
        threads = str(max(1, available_cores() // count))
        self.process = confinement.start(CHILD, folder, RAYON_NUM_THREADS=threads)
        stdin = cast(BinaryIO, self.process.stdin)
        seconds = limits.seconds + limits.seconds_per_source * len(share)
        with contextlib.suppress(OSError):
            stdin.write(json.dumps({"folder": str(folder), "places": list(share), "seconds": seconds}).encode() + b"\n")
            stdin.close()

    def __enter__(self) -> "_Setting":
        return self

    def __exit__(self, *_more: object) -> None:
        confinement.end(self.process)

    def places(self) -> Sequence[int]:
        """The places of its share, when they are done.

        Raises:
            TypesettingFailed: at the first that can't be set.
        """
        unread = bytearray()
        done: list[int] = []
        while len(done) < len(self.share):
            line, mark, rest = bytes(unread).partition(b"\n")
            if not mark:
                unread += self.more(len(done))
                continue
            unread = bytearray(rest)
            answer = json.loads(line)
            if "error" in answer:
                log.warning("a paper could not be set", error=answer["error"])
                raise TypesettingFailed(answer["place"], "compile", answer["error"])
            done.append(answer["place"])
        return done

    def more(self, done: int) -> bytes:
        stdout = cast(BinaryIO, self.process.stdout).fileno()
        try:
            confinement.wait_for(stdout, self.until)
        except TimeoutError:
            raise TypesettingFailed(self.share[done], "too-slow") from None
        chunk = os.read(stdout, CHUNK_BYTES)
        if not chunk:
            raise TypesettingFailed(self.share[done], "crashed")
        return chunk
