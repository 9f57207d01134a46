"""What a paper is to be like beside its matrix: how hard, how fresh, how much of it other forms may share."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any, NamedTuple

from quizbank.matrices.rules import PARTS
from repository.errors import Invalid

MOST_FORMS = 48
USUAL_TOLERANCE = 0.02
FORM_TOLERANCE = 0.1
"""How far apart the predicted marks of forms may be, on the scale of 10."""
PART_NUMBERS = frozenset(PARTS.values())


class Passages(StrEnum):
    """Which passages come whole, with all their questions, or not at all; the others' questions are neighbours."""

    ESSAYS = "essays"
    ALL = "all"
    NONE = "none"


class Information(NamedTuple):
    """How much a paper is to tell about students of one ability: Fisher's information, in the scale of ``priors``."""

    ability: float
    low: float
    high: float


@dataclass(frozen=True)
class Targets:
    """What to aim at; nothing of it unless told.

    Attributes:
        difficulty: the expected share of the marks, 0 to 1, within ``tolerance``.
        parts: part of the paper -> the expected share of its marks, within the same tolerance.
        information: bands of information at some abilities.
        unused_since: no question that stood in one's own quizzes, made or given to a class on that day or later.
        last_quizzes: no question of so many of one's own newest quizzes.
        most_uses: no question that stood in more papers and sittings than that.
        most_common: the share of questions that two forms may have in common, 0 to 1.
        is_spread: a cell of several topics takes from as many of them as it can.
        passages: which passages come whole.
        own_drafts: one's own unpublished questions may be drawn as well.
    """

    difficulty: float | None = None
    tolerance: float = USUAL_TOLERANCE
    parts: tuple[tuple[int, float], ...] = ()
    information: tuple[Information, ...] = ()
    unused_since: dt.date | None = None
    last_quizzes: int = 0
    most_uses: int | None = None
    most_common: float = 0.0
    is_spread: bool = True
    passages: Passages = Passages.ESSAYS
    own_drafts: bool = False

    @property
    def has_goals(self) -> bool:
        return self.difficulty is not None or bool(self.parts) or bool(self.information)

    def without_goals(self) -> "Targets":
        return replace(self, difficulty=None, parts=(), information=())

    def to_data(self) -> dict[str, Any]:
        """For JSON: only what was told."""
        told = {one.name: getattr(self, one.name) for one in fields(self) if getattr(self, one.name) != one.default}
        if "unused_since" in told:
            told["unused_since"] = told["unused_since"].isoformat()
        return {name: _plain(value) for name, value in told.items()}


def _plain(value: Any) -> Any:
    return [list(one) for one in value] if isinstance(value, tuple) else value


NO_TARGETS = Targets()


def targets_from(data: object) -> Targets:
    """Targets as ``to_data`` writes them.

    Raises:
        Invalid: ``facts["fields"]`` names what is wrong.
    """
    if not isinstance(data, Mapping):
        raise Invalid("Yêu cầu của đề phải là một đối tượng JSON.")
    unknown = sorted(set(map(str, data)) - {one.name for one in fields(Targets)})
    if unknown:
        raise Invalid("Yêu cầu của đề không có mục {name}.", name=unknown[0])
    read = {name: _read(name, value) for name, value in data.items() if value is not None}
    return checked(Targets(**read))


def _read(name: str, value: Any) -> Any:
    try:
        match name:
            case "unused_since":
                return dt.date.fromisoformat(value)
            case "parts":
                return tuple(sorted((int(part), float(share)) for part, share in value))
            case "information":
                return tuple(Information(*map(float, one)) for one in value)
            case "passages":
                return Passages(value)
            case "is_spread" | "own_drafts":
                return bool(value)
            case "last_quizzes" | "most_uses":
                return int(value)
            case _:
                return float(value)
    except (TypeError, ValueError) as error:
        raise _wrong(name) from error


def checked(targets: Targets) -> Targets:
    """The targets, if they can be aimed at.

    Raises:
        Invalid: ``facts["fields"]`` names what is wrong.
    """
    shares = [targets.most_common, *(share for _, share in targets.parts)]
    sound = {
        "difficulty": targets.difficulty is None or 0 < targets.difficulty < 1,
        "tolerance": 0.001 <= targets.tolerance <= 1,
        "parts": all(part in PART_NUMBERS for part, _ in targets.parts) and all(0 <= one <= 1 for one in shares[1:]),
        "information": all(0 <= low <= high and -4 <= at <= 4 for at, low, high in targets.information),
        "last_quizzes": 0 <= targets.last_quizzes <= 1000,
        "most_uses": targets.most_uses is None or targets.most_uses >= 0,
        "most_common": 0 <= targets.most_common <= 1,
    }
    for name, is_sound in sound.items():
        if not is_sound:
            raise _wrong(name)
    return targets


def _wrong(name: str) -> Invalid:
    return Invalid(
        "Yêu cầu của đề chưa đúng ở mục {name}.", name=name, fields={f"targets.{name}": ["giá trị không dùng được"]}
    )
