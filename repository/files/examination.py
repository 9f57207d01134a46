"""Asking a process of its own about a stranger's file: it may crash, hang or swell, and only it ends."""

import base64
import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from repository.settings import PROJECT_ROOT

TIMEOUT_SECONDS = 90
ANSWER_MAX_BYTES = 40 << 20
ALL = ("facts", "text", "thumbnail")


class ExaminationFailed(Exception):
    """The examining process died, hung or answered nonsense; the text says which."""


@dataclass(frozen=True)
class TextPlace:
    """Text and where it stands: ``3`` for a slide or page, a path for a file in a package.

    ``kind`` and ``number`` say it as search does (``page``, ``slide``, ``chapter``, ``second``; from 1), and are empty
    where a player can't be opened at this place.
    """

    place: str
    text: str
    kind: str = ""
    number: int = 0


@dataclass(frozen=True)
class Examination:
    facts: dict[str, Any] = field(default_factory=dict)
    texts: tuple[TextPlace, ...] = ()
    thumbnail: bytes | None = None


def examine(
    path: Path, kind: str, *, wants: tuple[str, ...] = ALL, timeout_seconds: float = TIMEOUT_SECONDS
) -> Examination:
    """Facts, text and a thumbnail of a file, read by ``repository.files.extract`` under resource limits.

    Args:
        path: the file.
        kind: a ``PackageKind`` value.
        wants: which of ``facts``, ``text`` and ``thumbnail``.
        timeout_seconds: after this the process is ended.

    Raises:
        ExaminationFailed: nothing could be learnt.
    """
    command = [sys.executable, "-m", "repository.files.extract", kind, str(path.absolute()), *wants]
    environment = {name: os.environ[name] for name in ("PATH", "LANG", "LD_LIBRARY_PATH") if name in os.environ}
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            timeout=timeout_seconds,
            cwd=PROJECT_ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ExaminationFailed("timeout") from error
    if done.returncode or len(done.stdout) > ANSWER_MAX_BYTES:
        raise ExaminationFailed(last_line(done.stderr) or f"exit {done.returncode}")
    return read_answer(done.stdout)


def read_answer(output: bytes) -> Examination:
    try:
        answer = json.loads(output)
    except ValueError as error:
        raise ExaminationFailed("answer") from error
    thumbnail = answer.get("thumbnail")
    return Examination(
        facts=answer.get("facts", {}),
        texts=tuple(TextPlace(*found) for found in answer.get("texts", [])),
        thumbnail=base64.b64decode(thumbnail) if thumbnail else None,
    )


def last_line(output: bytes) -> str:
    return output.decode("utf-8", "replace").strip().rpartition("\n")[2][:300]
