"""WebVTT subtitles: what is said, and when."""

import html
import re
from collections.abc import Iterator

from repository.files.packages.tidying import tidy

STRETCH_SECONDS = 20
TIMING = re.compile(r"^\s*(?:(\d+):)?(\d{1,2}):(\d{1,2})[.,]\d+\s+-->")
TAG = re.compile(r"<[^>]*>")


def stretches_of(content: str) -> Iterator[tuple[int, str]]:
    """Second and text, cues joined until ``STRETCH_SECONDS`` have passed. The first second is 1."""
    start, lines = 0, list[str]()
    for second, line in cues_of(content):
        if lines and second - start >= STRETCH_SECONDS:
            yield max(start, 1), " ".join(lines)
            lines = []
        start = start if lines else second
        lines.append(line)
    if lines:
        yield max(start, 1), " ".join(lines)


def cues_of(content: str) -> Iterator[tuple[int, str]]:
    """The second and the words of every line that is shown; notes, styles and cue names are left out."""
    for block in re.split(r"\r?\n[ \t]*\r?\n", content):
        second = None
        for line in block.splitlines():
            if timing := TIMING.match(line):
                hours, minutes, seconds = (int(part or 0) for part in timing.groups())
                second = hours * 3600 + minutes * 60 + seconds
            elif second is not None and (words := tidy(html.unescape(TAG.sub("", line)))):
                yield second, words
