"""Plan the import of a paper: which questions come in, which are there already, which are left out and why. Pure."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from quizbank.questions.formats.text import ParsedPaper, ParsedQuestion, parse_paper
from quizbank.questions.images import with_media
from quizbank.questions.problems import Problem, Verdict, problem, verdict_of
from quizbank.questions.rules import NewQuestion, Part, Placement, QuestionContent, body_of, fingerprint_of
from quizbank.questions.storing import Known, ToStore
from repository.curriculum.queries import curriculum

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
FIRST_YEAR_OF_NEW_PROGRAMME = 2025


class Outcome(StrEnum):
    IMPORTED = "imported"
    HELD = "held"
    DUPLICATE = "duplicate"
    LEFT_OUT = "left-out"


@dataclass(frozen=True)
class Paper:
    """A paper on its way in.

    Attributes:
        name: what reports call it.
        text: as pasted.
        placement: where all of its questions belong.
        left_out: positions (from 0) of questions that the person leaves out.
    """

    name: str
    text: str
    placement: Placement
    licence: str = ""
    left_out: Collection[int] = ()


@dataclass(frozen=True)
class Entry:
    """One question of the plan. ``new`` is there when it comes in."""

    parsed: ParsedQuestion
    outcome: Outcome
    problems: tuple[Problem, ...]
    new: NewQuestion | None = None

    @property
    def to_store(self) -> ToStore | None:
        return ToStore(self.new, self.problems, self.outcome is Outcome.HELD) if self.new else None


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

    def known_after(self) -> dict[str, Known]:
        """What the bank would ask besides, by body of the fingerprint."""
        found: dict[str, Known] = {}
        for entry in self.entries:
            if entry.new:
                fingerprint = fingerprint_of(entry.new.content, entry.new.passage)
                found[body_of(fingerprint)] = Known(0, fingerprint, f"{self.paper.name}, {entry.parsed.place}")
        return found

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


def source_of(text: str, question: ParsedQuestion) -> str:
    """The lines of a question exactly as they stand in the paper."""
    first, last = question.lines
    return "\n".join(text.replace("\r\n", "\n").split("\n")[first - 1 : last])


def mend(text: str, edits: Mapping[int, str]) -> str:
    """The paper with the lines of some questions replaced.

    Args:
        text: the paper.
        edits: position of a question (from 0) -> its new lines; equal lines change nothing.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    questions = parse_paper(text).questions
    for position in sorted(edits, reverse=True):
        if position < len(questions):
            first, last = questions[position].lines
            lines[first - 1 : last] = edits[position].replace("\r\n", "\n").rstrip().split("\n")
    return "\n".join(lines)


def programme_of(file_name: str) -> str:
    """The programme a paper follows unless somebody says: the old one when its name carries a year before 2025."""
    years = [int(year) for year in _YEAR.findall(file_name)]
    return "ct-2006" if years and max(years) < FIRST_YEAR_OF_NEW_PROGRAMME else "gdpt-2018"


def placement_of(placement: Placement, question: ParsedQuestion) -> Placement:
    """The paper's placement with what the question's own tags say. A level the programme lacks becomes a tag."""
    code = question.level_code
    level = _level_id(placement.programme, code) if code else None
    tags = dict.fromkeys((*placement.tags, *question.tags, *([code] if code and not level else [])))
    return replace(placement, level=level or placement.level, tags=tuple(tags))


def _level_id(programme: str, code: str) -> str | None:
    """The level with this code (NB, TH, VD, VDC), or the programme's level that stands for it."""
    levels = [level for row in curriculum().programmes for level in row.levels if level.code == code]
    own = {level.id for level in curriculum().levels_of(programme)}
    ids = [level.id for level in levels if level.programme == programme]
    return next(iter([*ids, *(level.maps_to for level in levels if level.maps_to in own)]), None)


def plan_paper(
    paper: Paper,
    known: Mapping[str, Known],
    images: Mapping[str, str | Problem],
    parsed: ParsedPaper | None = None,
) -> Plan:
    """Decide for every question of a paper.

    Args:
        paper: the paper.
        known: what the bank asks already: body of a fingerprint -> question.
        images: target -> SHA-256 or problem, for every image of the paper.
        parsed: the paper as read, where the caller has read it.
    """
    seen = dict(known)
    entries = []
    for position, question in enumerate((parsed or parse_paper(paper.text)).questions):
        entry = _entry_of(paper, question, seen, images, position in paper.left_out)
        if entry.new:
            fingerprint = fingerprint_of(entry.new.content, entry.new.passage)
            seen[body_of(fingerprint)] = Known(0, fingerprint, f"{paper.name}, {question.place}")
        entries.append(entry)
    return Plan(paper, tuple(entries))


def _entry_of(
    paper: Paper,
    question: ParsedQuestion,
    seen: Mapping[str, Known],
    images: Mapping[str, str | Problem],
    is_left_out: bool,
) -> Entry:
    problems = [*question.problems, *_image_problems(question, images)]
    problems += [problem("left-out")] if is_left_out else []
    draft = question.draft
    if draft is None or verdict_of(problems) is Verdict.LEAVE_OUT:
        return Entry(question, Outcome.LEFT_OUT, tuple(problems))
    new = _new_question(paper, question, draft, images)
    fingerprint = fingerprint_of(new.content, new.passage)
    twin = seen.get(body_of(fingerprint))
    if twin is not None:
        is_same = twin.fingerprint == fingerprint
        found = problem("duplicate" if is_same else "contradicts-another", other=twin)
        return Entry(question, Outcome.DUPLICATE if is_same else Outcome.LEFT_OUT, (*problems, found))
    is_held = verdict_of(problems) is Verdict.HOLD
    return Entry(question, Outcome.HELD if is_held else Outcome.IMPORTED, tuple(problems), new)


def _image_problems(question: ParsedQuestion, images: Mapping[str, str | Problem]) -> list[Problem]:
    found = (images.get(target) for target in question.images)
    return [image for image in found if isinstance(image, Problem)]


def _new_question(
    paper: Paper, question: ParsedQuestion, draft: QuestionContent, images: Mapping[str, str | Problem]
) -> NewQuestion:
    content = replace(
        draft,
        stem=with_media(draft.stem, images),
        explanation=with_media(draft.explanation, images),
        parts=tuple(Part(with_media(part.text, images), part.is_true, part.is_locked) for part in draft.parts),
    )
    part = f"Phần {question.part}, " if question.part else ""
    return NewQuestion(
        content=content,
        placement=placement_of(paper.placement, question),
        passage=with_media(question.passage, images),
        source=paper.name.rsplit("/", 1)[-1].removesuffix(".txt"),
        source_file=paper.name,
        source_place=f"{question.place} ({part}{question.label})",
        licence=paper.licence,
    )
