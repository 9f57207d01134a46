"""How hard questions are, and what a paper of them brings: nightly counts of answers, shrunk to what is expected."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import sqrt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizbank.questions.models import Question, QuestionStatistics, QuestionVersion
from quizbank.quizzes.priors import Prior, prior_of

AT_ONCE = 500
COMMON = 0.12
"""How much two questions of a paper have in common: the correlation of the shares that students earn."""
GROUP_SPREAD = 0.07
"""Standard deviation of the mean share between classes: those who will sit a paper are not those who answered."""
EIGHT_OF_TEN = 1.2816
NO_SPREAD = 0.45


@dataclass(frozen=True)
class Estimate:
    """What is known of how hard a question is.

    Attributes:
        right_fraction: the expected share of its marks, 0 to 1.
        error: the standard error of that share.
        answers: how many graded answers stand behind it.
        minutes: what it takes a student.
        spread: the standard deviation of one student's share.
    """

    right_fraction: float
    error: float
    answers: int
    minutes: float
    spread: float = NO_SPREAD


@dataclass(frozen=True)
class Prediction:
    """What a class will make of a paper.

    Attributes:
        mean: the expected mean of their marks; in eight classes of ten it lies between ``low`` and ``high``.
        spread: the standard deviation of the marks of students.
        minutes: what a student needs.
        max_marks: the marks of the whole paper.
    """

    mean: float
    low: float
    high: float
    spread: float
    minutes: float
    max_marks: float


def estimate_of(prior: Prior, answers: int, wrong_fraction: float) -> Estimate:
    """The expectation and the answers, each with its weight. Shares vary at most as yes and no do."""
    weight = prior.answers + answers
    mean = (prior.answers * prior.right_fraction + answers * (1 - wrong_fraction)) / weight
    widest = sqrt(prior.right_fraction * (1 - prior.right_fraction))
    spread = sqrt(mean * (1 - mean)) * prior.spread / widest
    return Estimate(mean, sqrt(mean * (1 - mean) / (weight + 1)), answers, prior.minutes, spread)


def estimates_of(session: Session, question_ids: Sequence[int]) -> dict[int, Estimate]:
    """The estimate of each question that there is: one query for each five hundred."""
    return {
        id: estimate_of(prior, answers, wrong)
        for start in range(0, len(question_ids), AT_ONCE)
        for id, prior, answers, wrong in _known(session, question_ids[start : start + AT_ONCE])
    }


def _known(session: Session, question_ids: Sequence[int]) -> Iterator[tuple[int, Prior, int, float]]:
    version, counted = QuestionVersion, QuestionStatistics
    used = func.coalesce(Question.published_version_id, Question.current_version_id)
    query = (
        select(Question.id, version.type, version.level, version.statement_levels, version.subject)
        .add_columns(version.passage_version_id, counted.answers, counted.wrong_fraction)
        .join(version, version.id == used)
        .outerjoin(counted, counted.question_id == Question.id)
        .where(Question.id.in_(question_ids))
    )
    for id, type, level, statements, subject, passage, answers, wrong in session.execute(query):
        prior = prior_of(str(type), level, statement_counts(statements), subject, passage is not None)
        yield id, prior, answers or 0, wrong or 0.0


def statement_counts(text: str) -> tuple[tuple[str, int], ...]:
    """``biet:2 hieu:2`` as pairs; whatever is not written so tells nothing."""
    pairs = [item.rpartition(":") for item in text.split()]
    return tuple((level, int(count)) for level, _, count in pairs if level and count.isdecimal())


def predict(items: Sequence[tuple[Estimate, Decimal]]) -> Prediction:
    """What a paper of these questions, each with its marks, will bring.

    The interval adds up what is unknown of each question, and that classes differ. The spread takes two questions to
    have ``COMMON`` in common, as the questions of one subject have.
    """
    marks = [float(one) for _, one in items]
    estimates = [one for one, _ in items]
    most = sum(marks)
    mean = sum(one.right_fraction * worth for one, worth in zip(estimates, marks, strict=True))
    errors = sum((one.error * worth) ** 2 for one, worth in zip(estimates, marks, strict=True))
    margin = EIGHT_OF_TEN * sqrt(errors + (GROUP_SPREAD * most) ** 2)
    own = [one.spread * worth for one, worth in zip(estimates, marks, strict=True)]
    squares = sum(one**2 for one in own)
    return Prediction(
        mean=mean,
        low=max(mean - margin, 0.0),
        high=min(mean + margin, most),
        spread=sqrt(squares + COMMON * (sum(own) ** 2 - squares)),
        minutes=sum(one.minutes for one in estimates),
        max_marks=most,
    )
