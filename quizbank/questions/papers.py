"""Plan the import of a paper: which questions come in, which are there already, which are left out and why. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from quizbank.questions.formats.paper import ParsedQuestion
from quizbank.questions.images import with_media
from quizbank.questions.placing import Placed, place, with_placed_levels
from quizbank.questions.problems import Problem, Verdict, problem, verdict_of
from quizbank.questions.rules import NewQuestion, Placement, QuestionContent, body_of, fingerprint_of
from quizbank.questions.storing import Asked, Known, ToStore

Images = Mapping[str, str | Problem]
_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,5}$")

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
FIRST_YEAR_OF_NEW_PROGRAMME = 2025


class Outcome(StrEnum):
    IMPORTED = "imported"
    HELD = "held"
    DUPLICATE = "duplicate"
    LEFT_OUT = "left-out"


@dataclass(frozen=True)
class Paper:
    """What the questions of one file have in common.

    Attributes:
        name: what reports and sources call it.
        placement: where its questions belong; the subject may be empty where each says its own.
        licence: of those that don't say their own.
    """

    name: str
    placement: Placement
    licence: str = ""


@dataclass(frozen=True)
class Entry:
    """One question of the plan.

    ``new`` is the question as it would be stored, even where it does not come in; None where nothing was read.
    """

    parsed: ParsedQuestion
    outcome: Outcome
    problems: tuple[Problem, ...]
    placed: Placed
    new: NewQuestion | None = None
    fingerprint: str = ""
    images: Images = field(default_factory=dict)

    @property
    def comes_in(self) -> bool:
        return self.outcome in (Outcome.IMPORTED, Outcome.HELD)

    @property
    def asked(self) -> Asked:
        """What the bank is searched by: subject and body of the fingerprint."""
        return self.placed.placement.subject, body_of(self.fingerprint)

    @property
    def to_store(self) -> ToStore | None:
        return ToStore(self.new, self.problems, self.outcome is Outcome.HELD) if self.new and self.comes_in else None


@dataclass(frozen=True)
class Plan:
    """What an import of a paper does. ``found`` = imported and held + duplicates + left out, always."""

    paper: Paper
    entries: tuple[Entry, ...]

    def count(self, *outcomes: Outcome) -> int:
        return sum(entry.outcome in outcomes for entry in self.entries)

    @property
    def found(self) -> int:
        return len(self.entries)

    @property
    def imported(self) -> int:
        return self.count(Outcome.IMPORTED, Outcome.HELD)

    @property
    def duplicates(self) -> int:
        return self.count(Outcome.DUPLICATE)

    def problem_lines(self) -> list[dict[str, Any]]:
        """The report's lines: every doubt, and at least one for every question that did not come in."""
        return [
            {
                "file": self.paper.name,
                "place": entry.parsed.place,
                "question": entry.parsed.label,
                "code": found.code,
                "message": str(found),
                "outcome": str(entry.outcome),
                "facts": found.facts,
            }
            for entry in self.entries
            for found in entry.problems
        ]


def programme_of(file_name: str) -> str:
    """The programme a paper follows unless somebody says: the old one when its name carries a year before 2025."""
    years = [int(year) for year in _YEAR.findall(file_name)]
    return "ct-2006" if years and max(years) < FIRST_YEAR_OF_NEW_PROGRAMME else "gdpt-2018"


def prepare(paper: Paper, question: ParsedQuestion, images: Images) -> Entry:
    """What becomes of a question as far as it decides that itself; the bank has its say in ``against``.

    Args:
        paper: its file.
        question: as read.
        images: target -> SHA-256 or problem, for every picture of the question.
    """
    placed = place(question, paper.placement, paper.licence)
    missing = [image for image in images.values() if isinstance(image, Problem)]
    problems = [*question.problems, *missing, *placed.problems]
    if question.draft is None:
        return Entry(question, Outcome.LEFT_OUT, tuple(problems), placed, images=images)
    draft, unplaced = with_placed_levels(question.draft, placed.placement.programme)
    problems += unplaced
    new = new_question(paper, question, with_pictures(draft, images), placed)
    new = replace(new, passage=with_media(question.passage, images))
    return Entry(
        question,
        OUTCOME_OF[verdict_of(problems)],
        tuple(problems),
        placed,
        new,
        fingerprint_of(new.content, new.passage),
        images,
    )


OUTCOME_OF = {
    Verdict.LEAVE_OUT: Outcome.LEFT_OUT,
    Verdict.HOLD: Outcome.HELD,
    Verdict.NOTE: Outcome.IMPORTED,
}


def against(entries: Iterable[Entry], known: Mapping[Asked, Known]) -> list[Entry]:
    """The entries held against the bank and against each other: what is there already does not come again.

    Args:
        entries: in the order of the file.
        known: what the bank asks already.
    """
    seen = dict(known)
    decided = []
    for entry in entries:
        twin = beside(entry.fingerprint, seen.get(entry.asked)) if entry.comes_in else None
        if entry.comes_in and twin is None:
            file = entry.new.source_file if entry.new else ""
            seen[entry.asked] = Known(0, entry.fingerprint, f"{file}, {entry.parsed.place}")
        decided.append(_with_twin(entry, twin) if twin else entry)
    return decided


def beside(fingerprint: str, twin: Known | None) -> Problem | None:
    """What is to be said of a question when the bank has this one, that asks the same."""
    if twin is None:
        return None
    return problem("duplicate" if fingerprint == twin.fingerprint else "contradicts-another", other=twin)


def _with_twin(entry: Entry, found: Problem) -> Entry:
    outcome = Outcome.DUPLICATE if found.code == "duplicate" else Outcome.LEFT_OUT
    return replace(entry, outcome=outcome, problems=(*entry.problems, found))


def with_pictures(content: QuestionContent, images: Images) -> QuestionContent:
    """The content with its pictures named by their hashes."""
    return replace(
        content,
        stem=with_media(content.stem, images),
        explanation=with_media(content.explanation, images),
        parts=tuple(replace(part, text=with_media(part.text, images)) for part in content.parts),
    )


def new_question(paper: Paper, question: ParsedQuestion, content: QuestionContent, placed: Placed) -> NewQuestion:
    part = f"Phần {question.part}, " if question.part else ""
    label = f"{part}{question.label}"
    return NewQuestion(
        content=content,
        placement=placed.placement,
        passage=question.passage,
        source=question.said.source or _ENDING.sub("", paper.name.rsplit("/", 1)[-1]),
        source_file=paper.name,
        source_place=f"{question.place} ({label})" if label else question.place,
        licence=placed.licence,
    )
