"""How far a long command is: a line on standard error every second, whatever standard output carries."""

import sys
import time
from collections.abc import Callable
from typing import TextIO

SECONDS = 1.0


class ProgressLine:
    """Says ``label`` with its figures at most once a second; on a terminal the line is written over itself.

    Args:
        label: makes the line of a count.
        is_quiet: says nothing at all.
    """

    def __init__(self, label: Callable[[int], str], *, is_quiet: bool = False, stream: TextIO | None = None) -> None:
        self.label = label
        self.is_quiet = is_quiet
        self.stream = stream or sys.stderr
        self.said_at = time.monotonic()
        self.has_said = False

    def look(self, count: int) -> None:
        """The work has come to ``count``."""
        if not self.is_quiet and time.monotonic() - self.said_at >= SECONDS:
            self._say(self.label(count))
            self.said_at = time.monotonic()

    def end(self) -> None:
        """Leave the line, so that what is said next stands on its own."""
        if self.has_said and self.stream.isatty():
            self.stream.write("\n")

    def _say(self, text: str) -> None:
        self.stream.write(f"\r\x1b[K{text}" if self.stream.isatty() else f"{text}\n")
        self.stream.flush()
        self.has_said = True
