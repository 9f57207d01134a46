"""What papers are drawn from follows the bank: what is committed, and what the session itself has changed."""

import datetime as dt

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from quizbank.questions.actions import approve_question, submit_question, withdraw_question
from quizbank.questions.descriptions import KIND
from quizbank.questions.likeness_models import QuestionLikeness
from quizbank.questions.likeness_models import Verdict as Likeness
from quizbank.questions.models import Question, QuestionStatistics
from quizbank.questions.states import QuestionState
from quizbank.quizzes.estimates import estimates_of
from quizbank.quizzes.pool import Source, family_keys, in_use, keys_beside, pool_for
from quizbank.quizzes.stock import SHARE_UNIT, Stock, ranks_of
from quizbank.quizzes.stock_reading import StockKeeper, stock_for
from repository.permissions import SYSTEM, Role
from repository.search.actions import schedule_update
from repository.services import Services
from tests.builders import MOMENT, an_actor
from tests.counting import count_queries
from tests.quizbank.matrices.builders import a_cell
from tests.quizbank.questions.builders import a_choice, a_cluster, a_question, some_questions

SOURCE = Source("toan", 12, "gdpt-2018")


def same(one: Stock, other: Stock) -> bool:
    columns = ("questions", "versions", "owners", "passages", "families", "uses", "answers", "shares", "is_published")
    places = [[stock.names.names[code] for code in stock.places] for stock in (one, other)]
    return places[0] == places[1] and all(
        getattr(one, name).tolist() == getattr(other, name).tolist() for name in columns
    )


def test_every_step_of_a_question_is_followed(session: Session, services: Services) -> None:
    maker = an_actor(session, Role.TEACHER)
    keeper = StockKeeper(services.engine, "toan")
    id = a_question(session, state=QuestionState.DRAFT, by=maker).id
    seen = []
    for step in (
        lambda: None,
        lambda: submit_question(session, maker, id, now=MOMENT),
        lambda: approve_question(session, SYSTEM, id, now=MOMENT),
        lambda: withdraw_question(session, SYSTEM, id, now=MOMENT, comment="Sai."),
    ):
        step()
        session.commit()
        stock = keeper.current(session)
        assert same(stock, StockKeeper(services.engine, "toan").current(session))
        seen.append((len(stock), stock.is_published.tolist()))
    assert seen == [(1, [False]), (1, [False]), (1, [True]), (0, [])]


def test_what_a_session_has_not_committed_is_in_its_own_stock_only(session: Session, services: Services) -> None:
    session.commit()
    assert len(stock_for(session, "toan")) == 0
    some_questions(session, 3)
    assert len(stock_for(session, "toan")) == 3
    with services.sessions() as other:
        assert len(stock_for(other, "toan")) == 0
    session.commit()
    with services.sessions() as other:
        assert len(stock_for(other, "toan")) == 3


def test_each_subject_has_a_stock_of_its_own(session: Session) -> None:
    some_questions(session, 2)
    a_question(session, subject="vat-li")
    assert [len(stock_for(session, subject)) for subject in ("toan", "vat-li", "hoa-hoc")] == [2, 1, 0]


def test_counts_of_answers_are_followed_and_give_the_estimates(session: Session) -> None:
    ids = [one.id for one in some_questions(session, 2)] + [a_question(session, a_cluster(), level="van-dung").id]
    session.commit()
    stock_for(session, "toan")
    session.add(QuestionStatistics(question_id=ids[0], uses=40, answers=30, wrong_fraction=0.9))
    schedule_update(session, KIND, [ids[0]], now=MOMENT)
    session.commit()
    stock = stock_for(session, "toan")
    estimates = estimates_of(session, ids)
    assert stock.uses.tolist() == [40, 0, 0]
    assert stock.shares.tolist() == [round(estimates[id].right_fraction * SHARE_UNIT) for id in ids]


def test_a_warm_stock_costs_four_small_queries(session: Session, services: Services) -> None:
    some_questions(session, 5)
    session.commit()
    stock_for(session, "toan")
    with count_queries(services.engine) as queries:
        stock_for(session, "toan")
    snapshot = 1 if services.engine.dialect.name == "postgresql" else 0
    assert len([query for query in queries if query.startswith("SELECT")]) == 4 + snapshot


def test_a_stock_is_read_anew_after_a_day(session: Session, services: Services) -> None:
    now = [0.0]
    keeper = StockKeeper(services.engine, "toan", clock=lambda: now[0])
    id = a_question(session).id
    session.commit()
    keeper.current(session)
    session.execute(update(Question).where(Question.id == id).values(family_id=7))
    session.commit()
    assert keeper.current(session).families.tolist() == [0]
    now[0] = 90_000.0
    assert keeper.current(session).families.tolist() == [7]


def test_own_drafts_are_in_use_for_their_owner_only(session: Session) -> None:
    maker, other = an_actor(session, Role.TEACHER), an_actor(session, Role.TEACHER)
    a_question(session, state=QuestionState.DRAFT, by=maker)
    stock = stock_for(session, "toan")
    assert [in_use(stock, one).tolist() for one in (None, maker.person_id, other.person_id)] == [
        [False],
        [True],
        [False],
    ]


def test_families_of_birth_and_of_decision_are_joined(session: Session) -> None:
    born, twin, third, alone = (one.id for one in some_questions(session, 4))
    session.execute(update(Question).where(Question.id.in_((born, twin))).values(family_id=9))
    pair = {"similarity": 0.9, "is_conflict": False, "verdict": Likeness.SAME}
    session.add(QuestionLikeness(left_id=twin, right_id=third, **pair))
    session.flush()
    keys = family_keys(session, stock_for(session, "toan")).tolist()
    assert keys[0] == keys[1] == keys[2] != keys[3] == alone


def test_relatives_of_what_is_no_longer_in_stock_are_known(session: Session) -> None:
    gone, twin, cousin, alone = (one.id for one in some_questions(session, 4))
    session.execute(update(Question).where(Question.id.in_((gone, twin))).values(family_id=9))
    pair = {"similarity": 0.9, "is_conflict": False, "verdict": Likeness.VARIANT}
    session.add(QuestionLikeness(left_id=alone, right_id=cousin, **pair))
    for id in (gone, alone):
        withdraw_question(session, SYSTEM, id, now=MOMENT, comment="Sai.")
    session.flush()
    stock = stock_for(session, "toan")
    keys = family_keys(session, stock)
    assert stock.questions.tolist() == [twin, cousin]
    assert keys_beside(session, stock, keys, [gone, alone]) == {gone: keys[0], alone: keys[1]}


def test_the_pool_tells_how_statements_lie(session: Session, now: dt.datetime) -> None:
    cluster, choice = a_question(session, a_cluster(), level="hieu"), a_question(session, a_choice(), level="hieu")
    cells = [a_cell(type=one.type, count=1) for one in (a_cluster(), a_choice())]
    pool = pool_for(session, SOURCE, cells)
    assert pool.ids == {0: [cluster.id], 1: [choice.id]}
    assert pool.statements == {cluster.id: "hieu:4"}


@pytest.mark.parametrize("seed", [0, -(2**70), 2**70])
def test_ranks_do_not_depend_on_what_else_is_in_stock(session: Session, seed: int) -> None:
    some_questions(session, 5)
    stock = stock_for(session, "toan")
    few = ranks_of(stock.questions[::2], stock.passages[::2], seed)
    assert few.tolist() == ranks_of(stock.questions, stock.passages, seed)[::2].tolist()
