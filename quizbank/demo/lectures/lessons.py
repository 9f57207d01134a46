"""The lessons that this project wrote: read from ``lessons/<subject>.txt``.

A lesson is ``== title``, one line of ``name: value`` pairs, sentences (one a line), lines of typeset
mathematics (``$ ...``) and questions (``? stem | *right | wrong``).
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).with_name("lessons")
SENTENCES_ON_A_PAGE = 2


@dataclass(frozen=True)
class Check:
    """A question inside a lesson; ``right`` is the index of the right option."""

    stem: str
    options: tuple[str, ...]
    right: int


@dataclass(frozen=True)
class Lesson:
    """What a lesson says, whatever file it becomes.

    Attributes:
        asset: the figure, simulation, clip, tune, drawing, map or address that goes with it.
        formulas: lines in Typst's mathematical notation.
    """

    title: str
    subject: str
    topic: str
    kind: str
    minutes: int
    sentences: tuple[str, ...]
    asset: str = ""
    formulas: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    language: str = "vi"

    @property
    def abstract(self) -> str:
        return " ".join(self.sentences[:2])

    @property
    def pages(self) -> tuple[tuple[str, ...], ...]:
        """The sentences, a few on each page."""
        starts = range(0, len(self.sentences), SENTENCES_ON_A_PAGE)
        return tuple(self.sentences[start : start + SENTENCES_ON_A_PAGE] for start in starts)


@lru_cache(maxsize=1)
def written_lessons() -> tuple[Lesson, ...]:
    """Every lesson of every subject, the first of each kind before the second of any."""
    seen: dict[str, int] = {}
    ranked = []
    for path in sorted(FOLDER.glob("*.txt")):
        for block in path.read_text(encoding="utf-8").split("\n== "):
            lesson = lesson_from(block.removeprefix("== "), path.stem)
            ranked.append((seen.setdefault(lesson.kind, 0), lesson))
            seen[lesson.kind] += 1
    return tuple(lesson for _, lesson in sorted(ranked, key=lambda pair: pair[0]))


def lesson_from(block: str, subject: str) -> Lesson:
    title, head, *rest = (line.strip() for line in block.strip().splitlines())
    facts = dict(pair.split(": ", 1) for pair in head.split(" | "))
    return Lesson(
        title=title,
        subject=subject,
        topic=f"{subject}.{facts['topic']}",
        kind=facts["kind"],
        minutes=int(facts["minutes"]),
        sentences=tuple(line for line in rest if line and line[0] not in "$?"),
        asset=facts.get("with", ""),
        formulas=tuple(line[2:] for line in rest if line.startswith("$ ")),
        checks=tuple(check_from(line[2:], number) for number, line in enumerate(rest) if line.startswith("? ")),
        language="en" if subject == "tieng-anh" else "vi",
    )


def check_from(line: str, turn: int) -> Check:
    """The right option is written first and marked ``*``; it is shown at a place that varies."""
    stem, *options = line.split(" | ")
    right = turn % len(options)
    shown = [option.removeprefix("*") for option in options]
    shown.insert(right, shown.pop(0))
    return Check(stem, tuple(shown), right)
