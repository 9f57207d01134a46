from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from quizbank.questions.models import QuestionStatistics
from quizbank.quizzes.estimates import (
    GROUP_SPREAD,
    Estimate,
    Prediction,
    estimate_of,
    estimates_of,
    predict,
    statement_counts,
)
from quizbank.quizzes.priors import GUESSES, LEVELS, prior_of
from tests.counting import count_queries
from tests.quizbank.questions.builders import a_choice, a_cluster, a_question, a_short_answer

TYPES = tuple(GUESSES)
SHARES = st.floats(0, 1)
ESTIMATES = st.builds(
    Estimate, SHARES, st.floats(0, 0.3), st.integers(0, 1000), st.floats(0.5, 60), st.floats(0.01, 0.5)
)
MARKS = st.integers(1, 400).map(lambda cents: Decimal(cents) / 100)
PAPER = {"single-choice": (18, "0.25"), "true-false": (4, "1"), "short-answer": (6, "0.25")}
LEVEL_SHARES = {"biet": Decimal("0.4"), "hieu": Decimal("0.3"), "van-dung": Decimal("0.3")}


@pytest.mark.parametrize("type", TYPES)
def test_a_higher_level_is_harder_and_takes_longer(type: str) -> None:
    priors = [prior_of(type, level) for level in LEVELS]
    shares, minutes = [one.right_fraction for one in priors], [one.minutes for one in priors]
    assert shares == sorted(shares, reverse=True)
    assert minutes == sorted(minutes)
    assert all(0.05 < share < 0.95 for share in shares)
    assert all(one.answers > 1 for one in priors)


def test_levels_of_the_old_programme_are_read_as_their_equals() -> None:
    assert prior_of("single-choice", "nhan-biet") == prior_of("single-choice", "biet")
    assert prior_of("single-choice", None) == prior_of("single-choice", "hieu")


def test_statements_of_several_levels_lie_between() -> None:
    easy, hard = prior_of("true-false", "biet"), prior_of("true-false", "van-dung")
    mixed = prior_of("true-false", None, (("biet", 2), ("van-dung", 2)))
    assert hard.right_fraction < mixed.right_fraction < easy.right_fraction
    assert prior_of("true-false", "biet", (("biet", 4),)) == easy


def test_a_blind_guess_at_four_statements_brings_what_chance_brings() -> None:
    """Nobody knows anything of statements that are out of reach: (4 * 0.1 + 6 * 0.25 + 4 * 0.5 + 1) / 16."""
    prior = prior_of("true-false", "van-dung-cao")
    assert 0.30625 < prior.right_fraction < 0.55


def test_papers_of_2025_come_out_as_they_did_and_fill_their_time() -> None:
    items = [
        (estimate_of(prior_of(type, level, subject="vat-li"), 0, 0), Decimal(marks) * count * share)
        for type, (count, marks) in PAPER.items()
        for level, share in LEVEL_SHARES.items()
    ]
    minutes = sum(
        count * float(share) * prior_of(type, level, subject="vat-li").minutes
        for type, (count, _) in PAPER.items()
        for level, share in LEVEL_SHARES.items()
    )
    assert 5 < predict(items).mean < 7
    assert 45 < minutes < 55


def test_answers_move_the_estimate_away_from_the_prior() -> None:
    prior = prior_of("single-choice", "biet")
    few, many = estimate_of(prior, 10, 0.9), estimate_of(prior, 1000, 0.9)
    assert prior.right_fraction > few.right_fraction > many.right_fraction > 0.1
    assert abs(many.right_fraction - 0.1) < 0.02
    assert few.error > many.error
    assert (few.answers, many.answers) == (10, 1000)


@given(st.sampled_from(TYPES), st.sampled_from(LEVELS), st.integers(0, 10_000), SHARES)
def test_an_estimate_is_a_share_with_an_error(type: str, level: str, answers: int, wrong: float) -> None:
    estimate = estimate_of(prior_of(type, level), answers, wrong)
    assert 0 < estimate.right_fraction < 1
    assert 0 < estimate.error <= 0.2
    assert 0 <= estimate.spread <= 0.5


@given(st.lists(st.tuples(ESTIMATES, MARKS), max_size=60))
def test_a_prediction_lies_within_the_paper(items: list[tuple[Estimate, Decimal]]) -> None:
    prediction = predict(items)
    most = float(sum(marks for _, marks in items))
    assert prediction.max_marks == pytest.approx(most)
    assert 0 <= prediction.low <= prediction.mean + 1e-9
    assert prediction.mean <= prediction.high + 1e-9 <= most + 1e-6
    assert prediction.spread <= most / 2 + 1e-6


def test_a_paper_of_nothing_predicts_nothing() -> None:
    assert predict([]) == Prediction(0, 0, 0, 0, 0, 0)


def test_the_interval_is_never_narrower_than_classes_differ() -> None:
    exact = Estimate(0.6, 0.0, 10**6, 1.0, 0.4)
    prediction = predict([(exact, Decimal("0.25"))] * 40)
    assert prediction.mean == pytest.approx(6)
    assert prediction.high - prediction.low == pytest.approx(2 * 1.2816 * GROUP_SPREAD * 10)
    assert prediction.minutes == pytest.approx(40)


def test_estimates_are_read_from_the_bank_in_one_query(session: Session) -> None:
    choice = a_question(session, a_choice(), level="van-dung")
    cluster = a_question(session, a_cluster(), level="biet")
    short = a_question(session, a_short_answer(), level="hieu")
    session.add(QuestionStatistics(question_id=choice.id, uses=90, answers=80, wrong_fraction=0.1))
    session.flush()
    choice_id, cluster_id, short_id = choice.id, cluster.id, short.id
    with count_queries(session.get_bind().engine) as queries:
        found = estimates_of(session, [choice_id, cluster_id, short_id, 999_999])
    assert len(queries) == 1
    assert set(found) == {choice_id, cluster_id, short_id}
    assert found[choice_id] == estimate_of(prior_of("single-choice", "van-dung", (), "toan", False), 80, 0.1)
    assert found[short_id].right_fraction == pytest.approx(prior_of("short-answer", "hieu").right_fraction)


def test_levels_of_statements_are_read_as_they_are_written() -> None:
    assert statement_counts("biet:2 hieu:1 van-dung:1") == (("biet", 2), ("hieu", 1), ("van-dung", 1))
    assert statement_counts("") == statement_counts("biet hieu:x :3") == ()
