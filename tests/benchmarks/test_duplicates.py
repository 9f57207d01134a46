"""Near-duplicates in a bank of 40,000 generated questions: ``pytest tests/benchmarks --benchmark-enable``."""

import time
from dataclasses import replace
from itertools import islice
from random import Random
from statistics import median

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizbank.demo.questions.library import generate_questions
from quizbank.questions.likeness_index import find_alike
from quizbank.questions.likeness_models import QuestionLikeness
from quizbank.questions.likeness_search import compare_bank
from quizbank.questions.storing import ToStore, store_questions
from repository.permissions import SYSTEM
from tests.builders import MOMENT

LIMIT_SECONDS = 20
LIMIT_SECONDS_OF_ONE = 0.050
PLANTED = 300
ALL = 40_000
MIN_STEM = 60


@pytest.fixture
def how_many(request: pytest.FixtureRequest) -> int:
    """All of them when times are taken, else enough to see that it works."""
    return ALL if request.config.getoption("--benchmark-enable") else 1_500


def a_slip(text: str, rng: Random) -> str:
    """Two neighbouring letters change places."""
    place = rng.randrange(len(text) - 1)
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def fill(session: Session, how_many: int, rng: Random) -> list[tuple[int, int]]:
    """A bank with copies of long questions, each with a slip in its stem; returns the pairs."""
    items = list(generate_questions(how_many, 2025))
    ids = store_questions(session, SYSTEM, [ToStore(one) for one in items], now=MOMENT)
    long = [place for place, one in enumerate(items) if len(one.content.stem) > MIN_STEM]
    chosen = rng.sample(long, PLANTED)
    copies = [items[place] for place in chosen]
    slips = [replace(one, content=replace(one.content, stem=a_slip(one.content.stem, rng))) for one in copies]
    planted = store_questions(session, SYSTEM, [ToStore(one) for one in slips], now=MOMENT)
    session.commit()
    return [(ids[place], copy) for place, copy in zip(chosen, planted, strict=True)]


def test_a_bank_of_forty_thousand_is_compared(session: Session, how_many: int) -> None:
    is_timed = how_many == ALL
    pairs = fill(session, how_many, Random(1))
    began, spent = time.perf_counter(), time.process_time()
    compared = compare_bank(session, lambda done, total: None)
    seconds, processor = time.perf_counter() - began, time.process_time() - spent
    assert compared == how_many + PLANTED
    rows = session.execute(select(QuestionLikeness.left_id, QuestionLikeness.right_id))
    found = {(left, right) for left, right in rows}
    recall = sum(pair in found for pair in pairs) / PLANTED
    times = []
    for one in islice(generate_questions(200, 7), 0, 200, 10):
        began = time.perf_counter()
        find_alike(session, [one.content])
        times.append(time.perf_counter() - began)
    print(f"{compared} questions: {seconds:.1f} s, {processor:.1f} s of processor time, {len(found)} pairs;")
    print(f"recall of slips {recall:.4f}; one question {median(times) * 1000:.1f} ms")
    assert recall >= 0.99
    assert not is_timed or processor <= LIMIT_SECONDS
    assert not is_timed or median(times) <= LIMIT_SECONDS_OF_ONE
