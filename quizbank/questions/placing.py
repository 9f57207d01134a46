"""Where a read question belongs: what its file says of it, held against the curriculum, before what all share."""

from dataclasses import dataclass, replace

from quizbank.questions.formats.paper import ParsedQuestion
from quizbank.questions.problems import Problem, problem
from quizbank.questions.rules import Placement, QuestionContent
from repository.curriculum.queries import curriculum

LICENCES = ("cc-by-4.0", "cc-by-sa-4.0", "cc-by-nc-4.0", "cc0-1.0", "all-rights")
MAX_TAGS = 20
MAX_TAG = 80


@dataclass(frozen=True)
class Placed:
    """The place of a question, its licence, and what could not be taken as it was said."""

    placement: Placement
    licence: str
    problems: tuple[Problem, ...] = ()


def place(question: ParsedQuestion, chosen: Placement, licence: str = "") -> Placed:
    """Place a question. What the curriculum doesn't know becomes a tag, and is told.

    Args:
        question: as read.
        chosen: the place of all questions of the file; the subject may be empty where each question says its own.
        licence: of all questions that don't say their own.
    """
    said, names = question.said, curriculum()
    unknown: list[str] = []
    programme = _known(said.programme, names.find_programme(said.programme) is not None, unknown) or chosen.programme
    subject = _known(said.subject, names.find_subject(said.subject) is not None, unknown) or chosen.subject
    is_grade = said.grade is not None and 1 <= said.grade <= 12
    grade = said.grade if is_grade else chosen.grade
    unknown += [str(said.grade)] if said.grade is not None and not is_grade else []
    topic = _known(said.topic, is_topic_of(said.topic, subject, grade), unknown)
    own_levels = {level.id for level in names.levels_of(programme)}
    level = _known(said.level, said.level in own_levels, unknown)
    code = said.level_code or question.level_code
    level = level or (_level_of(programme, code) if code else "")
    own_licence = _known(said.licence, said.licence in LICENCES, unknown)
    spare = [code] if code and not level else []
    tags, dropped = _tags_of((*chosen.tags, *question.tags, *said.tags, *spare, *unknown))
    problems = [problem("not-in-curriculum", text=text) for text in unknown]
    problems += [problem("dropped", what=f"nhãn {tag}") for tag in dropped]
    problems += [] if subject else [problem("no-subject")]
    chosen_topic = chosen.topic if is_topic_of(chosen.topic or "", subject, grade) else None
    chosen_level = chosen.level if chosen.level in own_levels else None
    placement = Placement(subject, programme, grade, topic or chosen_topic, level or chosen_level, tags)
    return Placed(placement, own_licence or licence, tuple(problems))


def with_placed_levels(content: QuestionContent, programme: str) -> tuple[QuestionContent, tuple[Problem, ...]]:
    """The content with the levels of its statements as the programme calls them; what it doesn't know is told."""
    own_levels = {level.id for level in curriculum().levels_of(programme)}
    placed = {level: level if level in own_levels else _level_of(programme, level) for level in _levels_in(content)}
    unknown = tuple(problem("not-in-curriculum", text=level) for level, found in placed.items() if not found)
    if all(level == found for level, found in placed.items()):
        return content, ()
    parts = tuple(replace(part, level=placed.get(part.level or "") or None) for part in content.parts)
    return replace(content, parts=parts), unknown


def _levels_in(content: QuestionContent) -> list[str]:
    return list(dict.fromkeys(part.level for part in content.parts if part.level))


def _known(text: str, is_known: bool, unknown: list[str]) -> str:
    if text and not is_known:
        unknown.append(text)
    return text if is_known else ""


def is_topic_of(topic: str, subject: str, grade: int | None) -> bool:
    found = curriculum().find_topic(topic)
    return found is not None and found.subject == subject and grade in (None, found.grade)


def _level_of(programme: str, code: str) -> str:
    """The level with this code (NB, TH, VD, VDC), or the programme's level that stands for it."""
    levels = [level for row in curriculum().programmes for level in row.levels if level.code == code]
    own = {level.id for level in curriculum().levels_of(programme)}
    ids = [level.id for level in levels if level.programme == programme]
    return next(iter([*ids, *(level.maps_to for level in levels if level.maps_to in own)]), "") or ""


def _tags_of(texts: tuple[str, ...]) -> tuple[tuple[str, ...], list[str]]:
    """The tags that can be kept, each once, and those that can't: too long, or one too many."""
    tags = list(dict.fromkeys(" ".join(text.split()) for text in texts if text.strip()))
    kept = [tag for tag in tags if len(tag) <= MAX_TAG][:MAX_TAGS]
    return tuple(kept), [tag[:MAX_TAG] for tag in tags if tag not in kept]
