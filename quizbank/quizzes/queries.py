"""Questions asked about quizzes."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from quizbank.permissions import EDIT_QUIZ, MAKE_QUIZ, SEE_QUIZ
from quizbank.questions.key_repairs import rulings_for
from quizbank.questions.models import QuestionVersion
from quizbank.questions.rulings import NO_RULINGS, Repairable, Ruling, Rulings, keyed
from quizbank.quizzes.models import Quiz, QuizItem, QuizVariant, QuizVariantItem
from quizbank.quizzes.shuffling import Item
from quizbank.quizzes.variants import VariantItem, plain_variant
from repository.accounts.models import Organisation
from repository.errors import Conflict, NotFound
from repository.permissions import Actor

PAGE_SIZE = 50


@dataclass(frozen=True)
class QuizRow:
    """A line of the list of quizzes."""

    quiz: Quiz
    count: int
    marks: Decimal


@dataclass(frozen=True)
class PaperItem:
    """A question as one paper asks it. ``number`` counts from 1 within its part, as on printed papers.

    ``ruling``: a repair of its key that stands in this quiz.
    """

    number: int
    item: QuizItem
    version: QuestionVersion
    option_order: str
    ruling: Ruling | None = None

    @property
    def keyed(self) -> Repairable:
        """The question with the key that counts now."""
        return keyed(self.version, self.ruling)


def get_quiz(session: Session, actor: Actor, quiz_id: int, *options: ORMOption) -> Quiz:
    """The quiz, if there is one and the actor may see it. ``options``: how it is loaded."""
    MAKE_QUIZ.require(actor)
    quiz = session.get(Quiz, quiz_id, options=options)
    if quiz is None or quiz.deleted_at is not None:
        raise NotFound("Không có đề này.")
    SEE_QUIZ.require(actor, quiz)
    return quiz


def editable_quiz(session: Session, actor: Actor, quiz_id: int) -> Quiz:
    """The quiz, if the actor may change it and no class has got it.

    Raises:
        Conflict: the quiz was assigned.
    """
    quiz = get_quiz(session, actor, quiz_id)
    EDIT_QUIZ.require(actor, quiz)
    if quiz.assigned_at is not None:
        raise Conflict("Đề đã giao cho lớp thì không sửa được nữa. Hãy tạo đề khác từ cùng ma trận.")
    return quiz


def list_quizzes(session: Session, actor: Actor, after: int | None = None) -> tuple[list[QuizRow], int | None]:
    """The actor's own quizzes, the newest first, and the key of the next page."""
    MAKE_QUIZ.require(actor)
    query = select(Quiz).where(Quiz.created_by_id == actor.person_id, Quiz.deleted_at.is_(None))
    if after is not None:
        query = query.where(Quiz.id < after)
    found = session.scalars(query.order_by(Quiz.id.desc()).limit(PAGE_SIZE + 1)).all()
    page = found[:PAGE_SIZE]
    sums = {
        quiz_id: (count, marks)
        for quiz_id, count, marks in session.execute(
            select(QuizItem.quiz_id, func.count(), func.sum(QuizItem.marks))
            .where(QuizItem.quiz_id.in_([quiz.id for quiz in page]))
            .group_by(QuizItem.quiz_id)
        )
    }
    rows = [QuizRow(quiz, *sums.get(quiz.id, (0, Decimal(0)))) for quiz in page]
    return rows, page[-1].id if len(found) > PAGE_SIZE else None


def organisation_of(session: Session, quiz: Quiz) -> Organisation | None:
    """Whose paper it is: the organisation of the teacher who made it."""
    return session.get(Organisation, quiz.organisation_id) if quiz.organisation_id else None


def versions_of(session: Session, quiz: Quiz, *options: ORMOption) -> dict[int, QuestionVersion]:
    """The question versions of a quiz by their ids. ``options``: how they are loaded."""
    ids = [item.question_version_id for item in quiz.items]
    found = session.scalars(select(QuestionVersion).where(QuestionVersion.id.in_(ids)).options(*options))
    return {version.id: version for version in found}


def shuffling_items(quiz: Quiz, versions: dict[int, QuestionVersion]) -> list[Item]:
    """The items of a quiz as shuffling sees them."""
    return [
        Item(
            *(item.position, item.part, version.content, version.passage_version_id, item.cell),
            passage_text=version.passage.text if version.passage else "",
        )
        for item in quiz.items
        for version in [versions[item.question_version_id]]
    ]


def find_variant(session: Session, quiz_id: int, code: str) -> QuizVariant:
    """The variant of a quiz by its code.

    Raises:
        NotFound: the quiz has no such code.
    """
    query = select(QuizVariant).where(QuizVariant.quiz_id == quiz_id, QuizVariant.code == code)
    variant = session.scalars(query.options(selectinload(QuizVariant.items))).one_or_none()
    if variant is None:
        raise NotFound("Đề này không có mã đề {code}.", code=code)
    return variant


def variants_with_items(session: Session, quiz_id: int) -> Sequence[QuizVariant]:
    """All variants of a quiz in the order of their codes, with their items."""
    query = select(QuizVariant).where(QuizVariant.quiz_id == quiz_id).order_by(QuizVariant.code)
    return session.scalars(query.options(selectinload(QuizVariant.items))).all()


def rulings_of(session: Session, quiz: Quiz) -> Rulings:
    """The repairs of keys that may stand for the questions of a quiz."""
    return rulings_for(session, [item.question_version_id for item in quiz.items])


def paper_of(
    quiz: Quiz,
    versions: dict[int, QuestionVersion],
    variant: QuizVariant | None = None,
    rulings: Rulings = NO_RULINGS,
) -> list[PaperItem]:
    """The questions in the order in which a paper asks them; without a variant as the maker arranged them."""
    items = {item.position: item for item in quiz.items}
    order: Sequence[QuizVariantItem | VariantItem]
    order = variant.items if variant else plain_variant(shuffling_items(quiz, versions))
    paper: list[PaperItem] = []
    for one in order:
        item = items[one.item_position]
        number = paper[-1].number + 1 if paper and paper[-1].item.part == item.part else 1
        version = versions[item.question_version_id]
        paper.append(PaperItem(number, item, version, one.option_order, rulings.of(version.id, quiz.id)))
    return paper
