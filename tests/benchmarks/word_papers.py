"""How fast papers are written for Word and screen readers: ``python -m tests.benchmarks.word_papers --data DIR``.

``DIR`` holds a full demo library, which is copied, never written to. For every exam format of 2025 a quiz with 24
codes is built; its papers and the table of keys are made from the database to the last byte. Medians of several
rounds, by the wall and of the processor; everything runs in one process.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

from sqlalchemy.orm import Session

from quizbank.demo.people import read_cast
from quizbank.matrices.formats import exam_formats
from quizbank.questions.exporting import media_of
from quizbank.quizzes.key_files.files import key_files_of
from quizbank.quizzes.papers.bundle import without_keys
from quizbank.quizzes.papers.html_paper import html_papers
from quizbank.quizzes.papers.word_keys import word_keys
from quizbank.quizzes.papers.word_paper import word_papers
from repository.permissions import Actor
from repository.services import Services
from tests.benchmarks.__main__ import Measure
from tests.benchmarks.papers import CODES, LIMIT_SECONDS, a_printable_quiz, keyed, processor_seconds, run

T = TypeVar("T")
Media = Callable[[str], bytes]


def main() -> None:
    run("word_papers", __doc__, "24 codes of a paper as Word", measure_word)


def measure_word(services: Services, rounds: int) -> Iterator[Measure]:
    media = media_of(services.store)
    for form in (one for one in exam_formats() if one.exam == "tot-nghiep-2025"):
        with services.sessions() as session:
            actor = read_cast(session).teachers[0]
            quiz = a_printable_quiz(session, actor, form)
            if quiz is None:
                yield Measure(f"{form.id}: the bank can't fill it", "–")
                continue
            wall, processor, made = median_time(partial(with_keys, session, actor, quiz.id, media), rounds)
            what = f"{form.id}: {len(quiz.items)} questions, {len(CODES)} codes, keys in all files, {made / 1e6:.1f} MB"
            yield Measure(what, said(wall, processor), f"{LIMIT_SECONDS:.0f} s", wall <= LIMIT_SECONDS)
            papers = [without_keys(paper) for paper in keyed(session, actor, quiz.id)]
            wall, processor, _ = median_time(partial(html_papers, papers, media), rounds)
            yield Measure(f"{form.id}: {len(CODES)} files for screen readers", said(wall, processor))
            session.rollback()


def median_time(make: Callable[[], T], rounds: int) -> tuple[float, float, T]:
    """Seconds by the wall and of the processor, and what was made."""
    walls, processors = [], []
    made = make()
    for _ in range(rounds):
        wall, processor = time.perf_counter(), processor_seconds()
        made = make()
        walls.append(time.perf_counter() - wall)
        processors.append(processor_seconds() - processor)
    return statistics.median(walls), statistics.median(processors), made


def said(wall: float, processor: float) -> str:
    return f"{wall:.2f} s ({processor:.2f} s of processor)"


def with_keys(session: Session, actor: Actor, quiz_id: int, media: Media) -> int:
    """Papers, the printed table of keys and the key files; returns how many bytes they are."""
    session.expire_all()
    papers = keyed(session, actor, quiz_id)
    files = [*word_papers([without_keys(paper) for paper in papers], media), word_keys(papers)]
    if any(one.key for one in papers[0].questions):
        files += key_files_of(session, actor, quiz_id, CODES).values()
    return sum(map(len, files))


if __name__ == "__main__":
    main()
