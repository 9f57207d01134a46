"""What the lines above an official table say of the paper: subject, grade, programme, minutes, title."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from quizbank.matrices.exchange.columns import folded
from quizbank.matrices.rules import LONGEST_MINUTES
from repository.curriculum.rules import Curriculum

KIND = re.compile(r"^(?:khung )?(?:ma tran|ban dac ta|bang dac ta|dac ta)\b")
GRADE = re.compile(r"\blop:? ?(\d{1,2})\b|\bkhoi:? ?(\d{1,2})\b")
MINUTES = re.compile(r"(\d{1,3}) ?(?:phut|')")
SUBJECT = re.compile(
    r"\bm[ôo]n(?:\s+h[ọo]c)?\s*:?\s*([^;,–:()\n]+?)(?=\s*(?:[;,–:()]|-|\bl[ớo]p\b|\bkh[ốo]i\b|$))", re.IGNORECASE
)


@dataclass(frozen=True)
class Found:
    """What was found; None or "" where nothing was said."""

    title: str = ""
    subject: str = ""
    grade: int | None = None
    programme: str = ""
    duration_minutes: int | None = None


def heading_in(lines: Iterable[str], curriculum: Curriculum) -> Found:
    """Read the lines above a table, those of ``sheets.heading_lines`` and those that schools write."""
    texts = [" ".join(line.split()) for line in lines if line.strip()]
    plain = [folded(text) for text in texts]
    grade = _first_number(GRADE, plain)
    minutes = _first_number(MINUTES, plain)
    return Found(
        title=_title_of(texts, plain),
        subject=_subject_in(texts, curriculum),
        grade=grade if grade is not None and grade <= 12 else None,
        programme=_programme_in(texts, curriculum),
        duration_minutes=minutes if minutes is not None and 0 < minutes <= LONGEST_MINUTES else None,
    )


def _title_of(texts: list[str], plain: list[str]) -> str:
    """The line below the name of the table, or that name with what follows it on its line."""
    for place, text in enumerate(plain):
        if KIND.match(text):
            following = texts[place + 1] if place + 1 < len(texts) else ""
            if following and not _is_of_facts(folded(following)):
                return following[:200]
            return texts[place][:200]
    return ""


def _is_of_facts(text: str) -> bool:
    return text.startswith(("mon", "lop", "thoi gian", "nam hoc"))


def _first_number(pattern: re.Pattern[str], plain: Iterable[str]) -> int | None:
    for text in plain:
        if found := pattern.search(text):
            return int(next(group for group in found.groups() if group))
    return None


def _subject_in(texts: Iterable[str], curriculum: Curriculum) -> str:
    for text in texts:
        for found in SUBJECT.finditer(text):
            subject = curriculum.find_subject_named(found[1])
            if subject is not None:
                return subject.id
    return ""


def _programme_in(texts: Iterable[str], curriculum: Curriculum) -> str:
    said = " | ".join(map(folded, texts))
    return next((one.id for one in curriculum.programmes if folded(curriculum.name_of(one.id)) in said), "")
