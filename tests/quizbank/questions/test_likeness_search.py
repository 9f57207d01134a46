"""Near-duplicates over the bank: found, kept up to date, never decided by the machine."""

import time
from dataclasses import replace
from random import Random
from typing import Any

import numpy as np
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizbank.questions import likeness_index, likeness_notes, likeness_search
from quizbank.questions.actions import revise_question, withdraw_question
from quizbank.questions.likeness import BANDS, band_keys, signatures_of
from quizbank.questions.likeness_actions import decide_pair
from quizbank.questions.likeness_folding import fold_contents
from quizbank.questions.likeness_index import (
    CROWD,
    MOST,
    InTables,
    all_in_memory,
    find_alike,
    keep_bands,
    read_uncompared,
)
from quizbank.questions.likeness_keys import says_the_same
from quizbank.questions.likeness_models import QuestionBand, QuestionLikeness, QuestionSignature, Verdict
from quizbank.questions.likeness_notes import Neighbours
from quizbank.questions.likeness_queries import families_in_bank, list_groups, list_pairs, place_from
from quizbank.questions.likeness_search import COMPARE, compare_all, compare_bank, sign_all
from quizbank.questions.likeness_texts import Texts, read_compared
from quizbank.questions.models import Question
from quizbank.questions.rules import QuestionContent
from quizbank.questions.storing import known_questions
from repository.audit import AuditEntry
from repository.db import writing
from repository.errors import Forbidden, NotFound
from repository.jobs import Job, Worker
from repository.permissions import SYSTEM, Role
from repository.services import Services
from tests.builders import FAR_AWAY, MOMENT, an_actor
from tests.quizbank.questions.builders import a_choice, a_new_question, a_question

STEM = "Trong các thành phố sau đây của nước ta, thành phố nào có ruộng bậc thang và mát mẻ quanh năm?"
OTHER = "Giải phương trình bậc hai rồi tính tổng bình phương các nghiệm thực của nó."
OPTIONS = ("Sa Pa", "Nha Trang", "Cần Thơ", "Huế")


def asked(stem: str = STEM, key: str = "A", options: tuple[str, ...] = OPTIONS) -> QuestionContent:
    return a_choice(stem, key, options)


def compare(session: Session) -> int:
    session.commit()
    done = compare_bank(session, lambda done, total: None)
    writing(session)
    return done


def pairs_of(session: Session) -> dict[tuple[int, int], QuestionLikeness]:
    return {(one.left_id, one.right_id): one for one in session.scalars(select(QuestionLikeness))}


def two_alike(session: Session, key: str = "A") -> tuple[int, int]:
    left = a_question(session, asked())
    right = a_question(session, asked(STEM.replace("mát mẻ", "rất mát mẻ"), key))
    a_question(session, asked(OTHER))
    return left.id, right.id


def test_questions_that_are_alike_are_found(session: Session) -> None:
    pair = two_alike(session)
    assert compare(session) == 3
    [found] = pairs_of(session).items()
    assert found[0] == pair
    assert 0.8 <= found[1].similarity < 1
    assert (found[1].verdict, found[1].is_conflict) == (Verdict.OPEN, False)


def test_shuffled_options_with_another_key_are_a_conflict(session: Session) -> None:
    left = a_question(session, asked())
    right = a_question(session, asked(options=OPTIONS[::-1], key="A"))
    compare(session)
    pair = pairs_of(session)[left.id, right.id]
    assert (pair.similarity, pair.is_conflict) == (1.0, True)


def test_genotypes_are_not_the_same(session: Session) -> None:
    left = a_question(session, asked("Cơ thể có kiểu gen AaBb giảm phân cho bao nhiêu loại giao tử khác nhau?"))
    right = a_question(session, asked("Cơ thể có kiểu gen AABb giảm phân cho bao nhiêu loại giao tử khác nhau?"))
    compare(session)
    pair = pairs_of(session).get((left.id, right.id))
    assert pair is None or pair.similarity < 1


def test_what_was_compared_is_not_compared_again(session: Session) -> None:
    two_alike(session)
    assert compare(session) == 3
    assert compare(session) == 0
    late = a_question(session, asked())
    assert compare(session) == 1
    assert {late.id in pair for pair in pairs_of(session)} == {True, False}


def test_a_comparison_goes_on_where_it_was_stopped(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [a_question(session, asked(f"{STEM} {number}")).id for number in range(7)]
    session.commit()
    monkeypatch.setattr(likeness_search, "BATCH", 2)

    def stop(done: int, total: int) -> None:
        if done >= 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        compare_bank(session, stop)
    session.rollback()
    assert 0 < compare(session) < 7
    paired = {id_ for pair in pairs_of(session) for id_ in pair}
    assert paired == set(ids)


@pytest.mark.parametrize("few", [0, 1_000])
def test_a_comparison_stopped_before_anything_is_looked_up_goes_on(
    session: Session, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    """Some bands are written, others aren't: nobody is taken for compared, and all are found in the end."""
    monkeypatch.setattr(likeness_search, "FEW", few)
    monkeypatch.setattr(likeness_search, "BANDS_AT_ONCE", 30)
    ids = [a_question(session, asked(f"{STEM} {number}")).id for number in range(7)]
    session.commit()
    calls = iter(range(3))

    def stop(*given: Any) -> None:
        if next(calls, None) is None:
            raise KeyboardInterrupt
        keep_bands(*given)

    with monkeypatch.context() as patch:
        patch.setattr(likeness_search, "keep_bands", stop)
        with pytest.raises(KeyboardInterrupt):
            compare_bank(session, lambda done, total: None)
    session.rollback()
    assert session.scalar(select(func.count()).select_from(QuestionBand)) == 90
    assert session.scalars(select(QuestionSignature.is_compared)).all() == [False] * 7
    assert compare(session) == 7
    assert session.scalar(select(func.count()).select_from(QuestionBand)) == 7 * BANDS
    [found] = find_alike(session, [asked(f"{STEM} 3")])
    assert {one.question_id for one in found} <= set(ids) and len(found) == MOST
    assert {id_ for pair in pairs_of(session) for id_ in pair} == set(ids)


def test_what_is_signed_anew_meanwhile_is_compared_as_it_is(session: Session) -> None:
    left, right = two_alike(session)
    session.commit()
    compare_bank(session, lambda done, total: None)
    revise_question(session, SYSTEM, right, a_new_question(asked(OTHER + " Khác.")), now=MOMENT)
    session.commit()
    texts = Texts()
    sign_all(session, texts, lambda signed: None)
    ids, signatures = read_uncompared(session)
    assert list(compare_all(session, texts, ids, signatures + np.uint32(1))) == [0]
    assert read_uncompared(session)[0].tolist() == [right]
    assert compare(session) == 1 and (left, right) not in pairs_of(session)


def test_many_are_compared_in_memory_with_the_same_outcome(
    session: Session, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = Random(5)
    words = (STEM + OTHER).split()
    for _ in range(30):
        stem = " ".join(rng.choices(words, k=25))
        a_question(session, asked(stem))
        a_question(session, asked(stem.replace("và", "hoặc")))
    compare(session)
    in_tables = {pair: row.similarity for pair, row in pairs_of(session).items()}
    assert len(in_tables) >= 25
    for table in (QuestionBand, QuestionSignature, QuestionLikeness):
        session.query(table).delete()
    monkeypatch.setattr(likeness_search, "FEW", 0)
    assert compare(session) == 60
    assert {pair: row.similarity for pair, row in pairs_of(session).items()} == in_tables


def test_a_revised_question_is_compared_anew(session: Session) -> None:
    left, right = two_alike(session)
    compare(session)
    revise_question(session, SYSTEM, right, a_new_question(asked(OTHER + " Khác.")), now=MOMENT)
    assert compare(session) == 1
    assert (left, right) not in pairs_of(session)
    bands = session.scalar(select(func.count()).select_from(QuestionBand))
    assert bands == 3 * likeness_bands(session)


def likeness_bands(session: Session) -> int:
    first = session.scalar(select(func.min(QuestionBand.question_id)))
    return session.scalar(select(func.count()).where(QuestionBand.question_id == first)) or 0


def test_a_verdict_outlives_a_revision(session: Session) -> None:
    left, right = two_alike(session)
    compare(session)
    decide_pair(session, SYSTEM, left, right, Verdict.VARIANT, now=MOMENT)
    revise_question(session, SYSTEM, right, a_new_question(asked(key="B")), now=MOMENT)
    compare(session)
    pair = pairs_of(session)[left, right]
    assert (pair.verdict, pair.is_conflict, pair.similarity) == (Verdict.VARIANT, True, 1.0)


def test_withdrawn_questions_are_forgotten(session: Session) -> None:
    left, right = two_alike(session)
    compare(session)
    withdraw_question(session, SYSTEM, right, now=MOMENT)
    assert list_pairs(session, Verdict.OPEN) == ([], None)
    compare(session)
    assert pairs_of(session) == {} and session.get(QuestionSignature, right) is None
    [found] = find_alike(session, [asked()])
    assert [one.question_id for one in found] == [left]


def test_one_question_is_held_against_the_bank(session: Session) -> None:
    left, _right = two_alike(session)
    compare(session)
    found, nothing = find_alike(session, [asked(key="C"), asked("Một câu hoàn toàn khác hẳn về tin học.")])
    assert (found[0].question_id, found[0].similarity, found[0].is_conflict) == (left, 1.0, True)
    assert len(found) == 2 and nothing == []


def test_storing_many_plans_one_comparison(session: Session, services: Services) -> None:
    two_alike(session)
    session.commit()
    jobs = session.scalars(select(Job).where(Job.kind == COMPARE)).all()
    assert len(jobs) == 1
    Worker(services.sessions, services.job_handlers, services, lambda: FAR_AWAY).run_due((COMPARE,))
    with services.sessions() as fresh:
        assert len(pairs_of(fresh)) == 1


def test_conflicts_come_first_and_pages_follow_each_other(session: Session) -> None:
    for number in range(5):
        stem = f"{OTHER} {STEM}".replace("nào", f"số {number * 7919} nào").replace("bậc", f"{number * 104729} bậc")
        a_question(session, asked(stem, "A"))
        a_question(session, asked(stem.replace("mát mẻ", "rất mát mẻ"), "B" if number == 3 else "A"))
    compare(session)
    everything, _ = list_pairs(session, Verdict.OPEN, limit=1000)
    assert everything[0].is_conflict and not everything[-1].is_conflict
    one_by_one, after = [], None
    for _ in range(len(everything)):
        page, after = list_pairs(session, Verdict.OPEN, after=after, limit=1)
        one_by_one += page
        after = place_from(str(after)) if after else None
    assert one_by_one == everything and after is None


def test_nonsense_is_no_place() -> None:
    assert place_from("x") is None and place_from("1_2_3") is None


def test_groups_are_chains_of_open_pairs(session: Session) -> None:
    left, right = two_alike(session)
    third = a_question(session, replace(asked(), stem=STEM + " "))
    compare(session)
    [group] = list_groups(session)
    assert group.ids == [left, right, third.id]


def test_families_are_what_people_called_same_or_variant(session: Session) -> None:
    left, right = two_alike(session)
    compare(session)
    assert families_in_bank(session) == {}
    decide_pair(session, SYSTEM, left, right, Verdict.SAME, now=MOMENT)
    assert families_in_bank(session) == {left: left, right: left}
    decide_pair(session, SYSTEM, left, right, Verdict.DIFFERENT, now=MOMENT)
    assert families_in_bank(session) == {}


def test_a_verdict_is_kept_with_who_and_when_and_taken_back(session: Session) -> None:
    left, right = two_alike(session)
    compare(session)
    editor = an_actor(session, Role.EDITOR)
    pair = decide_pair(session, editor, left, right, Verdict.SAME, now=MOMENT)
    assert (pair.verdict, pair.decided_by_id, pair.decided_at) == (Verdict.SAME, editor.person_id, MOMENT)
    pair = decide_pair(session, editor, left, right, Verdict.OPEN, now=MOMENT)
    assert (pair.verdict, pair.decided_by_id, pair.decided_at) == (Verdict.OPEN, None, None)
    trail = session.scalars(select(AuditEntry).where(AuditEntry.action == "compare questions")).all()
    assert [(one.thing_id, one.details["verdict"]) for one in trail] == [(left, "same"), (left, "open")]


def test_a_teacher_may_not_decide(session: Session) -> None:
    left, right = two_alike(session)
    compare(session)
    with pytest.raises(Forbidden):
        decide_pair(session, an_actor(session, Role.TEACHER), left, right, Verdict.SAME, now=MOMENT)


def test_only_found_pairs_can_be_decided(session: Session) -> None:
    with pytest.raises(NotFound):
        decide_pair(session, SYSTEM, 1, 2, Verdict.SAME, now=MOMENT)
    assert session.scalar(select(func.count()).select_from(Question)) == 0


def test_an_import_finds_the_same_in_memory_and_forgets_what_it_read_first(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(likeness_notes, "MANY", 2)
    monkeypatch.setattr(likeness_notes, "TEXTS_KEPT", 3)
    ids = [a_question(session, asked(f"{STEM} {number}")).id for number in range(6)]
    compare(session)
    batches = [[asked(f"{STEM} {number}"), asked(OTHER)] for number in (3, 4, 5)]
    alone = [find_alike(session, batch) for batch in batches]
    neighbours = Neighbours()
    assert [neighbours.of(session, batch) for batch in batches] == alone
    assert {one.question_id for one, *_ in (found[0] for found in alone)} <= set(ids)
    assert len(neighbours._texts._kept) == 3


def test_a_bank_too_large_for_memory_is_asked_in_its_tables(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likeness_notes, "MANY", 1)
    monkeypatch.setattr(likeness_notes, "MOST_IN_MEMORY", 0)
    a_question(session, asked())
    compare(session)
    neighbours = Neighbours()
    assert neighbours.of(session, [asked()]) == find_alike(session, [asked()])
    assert neighbours._bank is None


def test_only_the_newest_of_a_crowd_are_looked_at(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [a_question(session, asked(f"{STEM} {number}")).id for number in range(30)]
    compare(session)
    keys = band_keys(signatures_of([fold_contents([asked(f"{STEM} 1")])[0].text]))
    for finder in (InTables(session), all_in_memory(session)):
        rows, found = finder.candidates(keys)
        newest = ids[-CROWD:]
        assert set(found.tolist()) <= set(ids) and set(rows.tolist()) == {0}
        assert max(np.bincount(found)) <= BANDS
        assert set(newest) <= set(found.tolist()) and len(found) <= CROWD * BANDS


def test_of_a_crowd_those_are_looked_at_that_share_most(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = np.array([0, 0, 0, 0, 0, 0, 1, 2, 2])
    ids = np.array([7, 5, 5, 9, 8, 7, 5, 6, 6])
    every = [(0, 5), (0, 7), (0, 8), (0, 9), (1, 5), (2, 6)]
    assert list(zip(*likeness_index._sharing_most(rows, ids), strict=True)) == every
    monkeypatch.setattr(likeness_index, "LOOKED_AT", 3)
    found = list(zip(*likeness_index._sharing_most(rows, ids), strict=True))
    assert found == [(0, 5), (0, 7), (0, 9), (1, 5), (2, 6)]
    nothing = np.empty(0, np.int64)
    assert [len(some) for some in likeness_index._sharing_most(nothing, nothing)] == [0, 0]


def test_long_stems_that_share_a_passage_are_compared_in_a_moment() -> None:
    rng = Random(3)
    passage = " ".join(f"chữ{rng.randrange(50)}x" for _ in range(2_000)).translate(
        str.maketrans("0123456789", "abcdefghij")
    )
    own = [" ".join(rng.choices(["một", "hai", "ba", "bốn", "năm", "sáu"], k=60)) for _ in range(2)]
    began = time.process_time()
    assert not says_the_same(f"{passage} {own[0]}", f"{passage} {own[1]}")
    assert says_the_same(f"{passage} nên chọn", f"{passage} vậy nên chọn")
    assert says_the_same(f"hãy chọn {passage} ở đây", f"chọn {passage} ở đây")
    assert not says_the_same(passage, " ".join(reversed(passage.split())))
    assert time.process_time() - began < 1


def test_what_is_looked_up_once_is_kept_by_no_cache_of_statements(session: Session) -> None:
    """An import of 40,000 questions would keep hundreds of statements, each as long as a page."""
    ids = [a_question(session, asked(f"{STEM} {number}")).id for number in range(3)]
    compare(session)
    cache: Any = session.get_bind()._compiled_cache  # type: ignore[union-attr]
    find_alike(session, [asked()])
    known_questions(session, [("toan", "0" * 48)])
    before = len(cache)
    for number, id_ in enumerate(ids):
        find_alike(session, [asked(f"{STEM} {number}")])
        read_compared(session, [id_])
        known_questions(session, [("toan", f"{number}" * 48)])
    assert len(cache) <= before + 1
