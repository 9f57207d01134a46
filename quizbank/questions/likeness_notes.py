"""What an import tells of questions that are nearly in the bank already: a person decides, nothing is left out."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizbank.questions.likeness_index import find_alike
from quizbank.questions.likeness_models import QuestionSignature
from quizbank.questions.papers import Entry
from quizbank.questions.problems import problem


def with_near_duplicates(session: Session, entries: Sequence[Entry]) -> list[Entry]:
    """The entries, those that come in with a note of the question in the bank that is most like them."""
    coming = [(place, entry.new) for place, entry in enumerate(entries) if entry.comes_in and entry.new]
    decided = list(entries)
    if not coming or session.scalar(select(QuestionSignature.question_id).limit(1)) is None:
        return decided
    found = find_alike(session, [new.content for _, new in coming])
    for (place, _), alike in zip(coming, found, strict=True):
        if alike:
            note = problem("near-duplicate", other=alike[0], percent=round(alike[0].similarity * 100))
            decided[place] = replace(entries[place], problems=(*entries[place].problems, note))
    return decided
