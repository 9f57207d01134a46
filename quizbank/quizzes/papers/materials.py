"""What a bundle of papers is made of, read from the database as of one moment: codes of all forms of a quiz."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from quizbank.questions.exporting import media_of
from quizbank.quizzes.key_files.files import key_files_of
from quizbank.quizzes.models import Quiz
from quizbank.quizzes.papers.builds import places_of
from quizbank.quizzes.papers.bundle import Materials
from quizbank.quizzes.papers.paper import Paper, PaperOptions
from quizbank.quizzes.papers.queries import papers_of
from quizbank.quizzes.papers.wishes import Form, Wish
from repository.files.store import FileStore
from repository.permissions import Actor


def materials_of(session: Session, actor: Actor, quiz: Quiz, wish: Wish, *, store: FileStore) -> Materials:
    """All that a bundle needs of the database.

    Raises:
        Forbidden: the keys are asked for by someone who may not see them.
    """
    options = wish.options(with_keys=wish.needs_keys)
    options = replace(options, exam=quiz.title if options.exam is None else options.exam)
    papers = papers_in_order(session, actor, quiz, wish.codes, options)
    keys = key_files_of(session, actor, quiz.id, wish.codes) if Form.KEYS in wish.forms else {}
    return Materials(quiz.id, papers, media_of(store), tuple(keys.items()))


def papers_in_order(
    session: Session, actor: Actor, quiz: Quiz, codes: Sequence[str], options: PaperOptions
) -> list[Paper]:
    """The papers of these codes, whichever form has them; a quiz without codes has one paper."""
    if not codes:
        return papers_of(session, actor, quiz.id, (), options)
    places = places_of(session, quiz)
    found: dict[str, Paper] = {}
    for form_id in dict.fromkeys(places[code] for code in codes):
        own = [code for code in codes if places[code] == form_id]
        found |= {paper.code: paper for paper in papers_of(session, actor, form_id, own, options)}
    return [found[code] for code in codes]
