"""What an import tells of questions that are nearly in the bank already: a person decides, nothing is left out."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizbank.questions.likeness_index import Alike, InMemory, all_in_memory, count_signatures, find_alike
from quizbank.questions.likeness_models import QuestionSignature
from quizbank.questions.likeness_texts import Texts
from quizbank.questions.papers import Entry
from quizbank.questions.problems import problem
from quizbank.questions.rules import QuestionContent

MANY = 1_000
"""After so many questions of one import the whole bank is read into memory: that takes a second."""
MOST_IN_MEMORY = 100_000
TEXTS_KEPT = 20_000


class Neighbours:
    """What the bank holds near the questions of one import, batch after batch; what was read is kept within bounds.

    What others change in the bank while the import runs may not be seen.
    """

    def __init__(self) -> None:
        self._asked = 0
        self._bank: InMemory | None = None
        self._texts = Texts(TEXTS_KEPT, forgets=True)

    def of(self, session: Session, contents: Sequence[QuestionContent]) -> list[list[Alike]]:
        """As ``find_alike`` finds them."""
        is_many = self._asked < MANY <= self._asked + len(contents)
        self._asked += len(contents)
        if is_many and count_signatures(session) <= MOST_IN_MEMORY:
            self._bank = all_in_memory(session)
        return find_alike(session, contents, self._bank, self._texts)


def with_near_duplicates(session: Session, entries: Sequence[Entry], neighbours: Neighbours) -> list[Entry]:
    """The entries, those that come in with a note of the question in the bank that is most like them."""
    coming = [(place, entry.new) for place, entry in enumerate(entries) if entry.comes_in and entry.new]
    decided = list(entries)
    if not coming or session.scalar(select(QuestionSignature.question_id).limit(1)) is None:
        return decided
    found = neighbours.of(session, [new.content for _, new in coming])
    for (place, _), alike in zip(coming, found, strict=True):
        if alike:
            note = problem("near-duplicate", other=alike[0], percent=round(alike[0].similarity * 100))
            decided[place] = replace(entries[place], problems=(*entries[place].problems, note))
    return decided
