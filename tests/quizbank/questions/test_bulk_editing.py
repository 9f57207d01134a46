"""Many questions edited at once: what changes, what is left alone and why, and everything put back."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizbank.questions.actions import revise_question
from quizbank.questions.bulk import BulkChange, BulkOutcome, BulkState, change_from_json, change_to_json
from quizbank.questions.bulk_editing import begin_applying, begin_undoing, plan_bulk_edit, start_bulk_edit
from quizbank.questions.bulk_form import change_from, form_of
from quizbank.questions.bulk_jobs import QUICK_QUESTIONS, WORK, work_now_or_later
from quizbank.questions.bulk_models import BulkEdit, BulkEditItem
from quizbank.questions.bulk_queries import count_outcomes, get_bulk_edit, list_bulk_edits, list_items
from quizbank.questions.models import Question, QuestionDoubt, QuestionVersion
from quizbank.questions.queries import get_version, last_number, list_history, new_question_of
from quizbank.questions.states import QuestionState
from quizbank.questions.storing import ToStore, store_questions
from repository.accounts.models import RoleGrant
from repository.audit import AuditEntry
from repository.curriculum.queries import curriculum
from repository.errors import Conflict, Forbidden, Invalid, NotFound
from repository.jobs import Job, Worker
from repository.permissions import STRANGER, Actor, Role
from repository.services import Services
from tests.builders import MOMENT, an_actor
from tests.conftest import NOW
from tests.counting import count_queries
from tests.quizbank.questions.builders import a_choice, a_cluster, a_new_question, a_question, a_short_answer


@pytest.fixture
def editor(session: Session) -> Actor:
    return an_actor(session, Role.EDITOR)


def planned(session: Session, actor: Actor, ids: Sequence[int], **change: Any) -> BulkEdit:
    edit = start_bulk_edit(session, actor, {"ids": list(ids)}, now=MOMENT)
    tags = {name: change.pop(name, ()) for name in ("added_tags", "removed_tags")}
    return plan_bulk_edit(session, actor, edit.id, BulkChange(change, **tags))


def applied(session: Session, actor: Actor, ids: Sequence[int], **change: Any) -> BulkEdit:
    edit = planned(session, actor, ids, **change)
    begin_applying(session, actor, edit.id, edit.plan_number, now=NOW)
    work_now_or_later(session, actor, edit, now=NOW)
    return edit


def undo(session: Session, actor: Actor, edit: BulkEdit) -> None:
    begin_undoing(session, actor, edit.id, now=NOW)
    work_now_or_later(session, actor, edit, now=NOW)


def levelled(session: Session, *levels: str | None) -> int:
    content = a_cluster()
    parts = tuple(replace(part, level=level) for part, level in zip(content.parts, levels, strict=True))
    return a_question(session, replace(content, parts=parts), state=QuestionState.DRAFT, level="biet").id


def current(session: Session, question_id: int) -> QuestionVersion:
    return get_version(session, session.get_one(Question, question_id).current_version_id)


def test_statements_follow_the_level_of_their_question(session: Session, editor: Actor) -> None:
    id_ = levelled(session, None, "hieu", None, "van-dung")
    edit = applied(session, editor, [id_], level="hieu")
    assert current(session, id_).statement_levels == "hieu:3 van-dung:1"
    undo(session, editor, edit)
    assert current(session, id_).statement_levels == "biet:2 hieu:1 van-dung:1"


def test_levels_of_statements_keep_a_question_in_its_programme(session: Session, editor: Actor) -> None:
    ids = [levelled(session, None, "hieu", None, None), levelled(session, None, "biet", None, None)]
    edit = applied(session, editor, ids, programme="ct-2006", level="nhan-biet")
    assert fates(session, edit) == {ids[0]: BulkOutcome.BAD_LEVEL, ids[1]: BulkOutcome.CHANGED}
    version = current(session, ids[1])
    assert (version.statement_levels, [part.level for part in version.parts]) == ("nhan-biet:4", [None] * 4)


def fates(session: Session, edit: BulkEdit, *, of_undo: bool = False) -> dict[int, str]:
    column = BulkEditItem.undo_outcome if of_undo else BulkEditItem.outcome
    query = select(BulkEditItem.question_id, column).where(BulkEditItem.bulk_edit_id == edit.id)
    return {question_id: str(outcome) for question_id, outcome in session.execute(query)}


def newest(session: Session, question: Question) -> QuestionVersion:
    return get_version(session, session.get_one(Question, question.id).current_version_id)


def a_topic(subject: str, grade: int) -> str:
    return next(iter(curriculum().topics_of(subject, grade))).id


def test_planning_touches_no_question(session: Session, editor: Actor) -> None:
    question = a_question(session)
    edit = planned(session, editor, [question.id], level="van-dung")
    assert edit.state == BulkState.READY and fates(session, edit) == {question.id: "change"}
    assert last_number(session, question.id) == 1
    assert edit.summary == [{"field": "level", "old": "hieu", "new": "van-dung", "count": 1}]


@pytest.mark.parametrize("content", [a_choice("Hỏi $x^2$?"), a_cluster(), a_short_answer("Số nào?", "2,5", "5/2")])
def test_a_new_version_differs_in_the_changed_fields_only(session: Session, editor: Actor, content: Any) -> None:
    question = a_question(
        session, content, tags=("cũ", "giữ"), passage="Đoạn văn.", source="Đề 2024", source_place="Câu 7"
    )
    before = newest(session, question)
    old, old_html = new_question_of(before), [part.html for part in before.parts]
    change = {"grade": 11, "source": "Đề 2025", "added_tags": ("mới",), "removed_tags": ("cũ",)}
    applied(session, editor, [question.id], **change)
    version = newest(session, question)
    placement = replace(old.placement, grade=11, tags=("giữ", "mới"))
    assert new_question_of(version) == replace(old, placement=placement, source="Đề 2025")
    assert (version.number, version.created_by_id, version.created_at) == (2, editor.person_id, NOW)
    assert (version.stem_html, version.text, version.fingerprint) == (before.stem_html, before.text, before.fingerprint)
    assert [part.html for part in version.parts] == old_html


def test_an_explanation_is_rendered_and_doubts_stay(session: Session, editor: Actor) -> None:
    question = a_question(session)
    session.add(QuestionDoubt(version_id=question.current_version_id, position=0, code="no-key", facts={}))
    session.flush()
    applied(session, editor, [question.id], explanation="Vì $x=1$.")
    version = newest(session, question)
    assert version.explanation == "Vì $x=1$." and "<math" in version.explanation_html
    assert session.get(QuestionDoubt, (version.id, 0)) is not None


def test_a_published_question_stays_published_with_a_draft_above_it(session: Session, editor: Actor) -> None:
    question = a_question(session)
    published = question.published_version_id
    edit = applied(session, editor, [question.id], level="biet")
    after = session.get_one(Question, question.id)
    assert (after.state, after.published_version_id) == (QuestionState.DRAFT, published)
    assert after.current_version_id != published and after.updated_at == NOW
    line = list_history(session, question.id)[0]
    assert (line.row.event, line.row.comment, line.number) == ("bulk-edited", f"#{edit.id}", 2)
    assert session.scalars(select(AuditEntry.action).where(AuditEntry.thing_kind == "bulk edit")).all() == [
        "bulk edit questions"
    ]


def test_what_can_not_be_changed_is_left_alone_with_its_reason(session: Session) -> None:
    teacher = an_actor(session, Role.TEACHER)
    topic = a_topic("toan", 12)
    own: dict[str, Any] = {"by": teacher, "topic": topic}
    questions = {
        "change": a_question(session, **own),
        "not-allowed": a_question(session),
        "in-review": a_question(session, state=QuestionState.IN_REVIEW, **own),
        "withdrawn": a_question(session, state=QuestionState.WITHDRAWN, **own),
        "bad-topic": a_question(session, grade=11, by=teacher),
        "bad-level": a_question(session, programme="ct-2006", level=None, by=teacher),
        "bad-tags": a_question(session, by=teacher, tags=tuple(f"t{n}" for n in range(20))),
        "same": a_question(session, by=teacher, topic=topic, level="van-dung", tags=("thêm",)),
    }
    ids = [question.id for question in questions.values()]
    change: dict[str, Any] = {"topic": topic, "level": "van-dung", "added_tags": ("thêm",)}
    edit = applied(session, teacher, ids, **change)
    expected = {question.id: reason for reason, question in questions.items()} | {questions["change"].id: "changed"}
    assert fates(session, edit) == expected
    assert {last_number(session, id_) for id_ in ids[1:]} == {1}


def test_other_peoples_drafts_are_not_even_listed(session: Session) -> None:
    teacher = an_actor(session, Role.TEACHER)
    strange, own = a_question(session, state=QuestionState.DRAFT), a_question(session, by=teacher)
    assert set(fates(session, planned(session, teacher, [strange.id, own.id], level="biet"))) == {own.id}


def test_everything_a_filter_finds_is_planned(session: Session, editor: Actor) -> None:
    wanted = [a_question(session, grade=10).id for _ in range(3)]
    a_question(session, grade=11)
    edit = start_bulk_edit(session, editor, {"filter": {"grade": 10}}, now=MOMENT)
    plan_bulk_edit(session, editor, edit.id, BulkChange({"level": "biet"}))
    assert sorted(fates(session, edit)) == sorted(wanted)


def test_a_second_plan_replaces_the_first_and_only_the_one_looked_at_is_applied(
    session: Session, editor: Actor
) -> None:
    question = a_question(session)
    edit = planned(session, editor, [question.id], level="biet")
    seen = edit.plan_number
    plan_bulk_edit(session, editor, edit.id, BulkChange({"level": "van-dung"}))
    with pytest.raises(Conflict):
        begin_applying(session, editor, edit.id, seen, now=NOW)
    assert count_outcomes(session, edit.id) == {BulkOutcome.CHANGE: 1}


def test_what_somebody_changed_after_the_preview_is_left_alone(session: Session, editor: Actor) -> None:
    question, other = a_question(session), a_question(session)
    edit = planned(session, editor, [question.id, other.id], level="biet")
    revise_question(session, editor, question.id, a_new_question(level="van-dung"), now=NOW)
    begin_applying(session, editor, edit.id, edit.plan_number, now=NOW)
    work_now_or_later(session, editor, edit, now=NOW)
    assert fates(session, edit) == {question.id: "newer", other.id: "changed"}
    assert newest(session, question).level == "van-dung"


def test_undo_restores_drafts_by_new_versions(session: Session, editor: Actor) -> None:
    questions = [a_question(session, state=QuestionState.DRAFT, tags=tags) for tags in ((), ("cũ",))]
    before = [new_question_of(newest(session, question)) for question in questions]
    edit = applied(session, editor, [one.id for one in questions], level="van-dung", removed_tags=("cũ",), source="X")
    undo(session, editor, edit)
    assert [new_question_of(newest(session, question)) for question in questions] == before
    assert [last_number(session, question.id) for question in questions] == [3, 3]
    assert edit.state == BulkState.UNDONE and set(fates(session, edit, of_undo=True).values()) == {"restored"}
    assert list_history(session, questions[0].id)[0].row.event == "bulk-undone"


def test_undo_leaves_alone_what_was_changed_or_sent_on_since(session: Session, editor: Actor) -> None:
    changed, waiting, plain = a_question(session), a_question(session), a_question(session)
    edit = applied(session, editor, [changed.id, waiting.id, plain.id], level="biet")
    revise_question(session, editor, changed.id, a_new_question(level="van-dung"), now=NOW)
    session.get_one(Question, waiting.id).state = QuestionState.IN_REVIEW
    session.flush()
    undo(session, editor, edit)
    expected = {changed.id: "newer", waiting.id: "in-review", plain.id: "restored"}
    assert fates(session, edit, of_undo=True) == expected
    assert newest(session, changed).level == "van-dung" and newest(session, waiting).level == "biet"


def test_each_step_is_taken_once(session: Session, editor: Actor) -> None:
    edit = applied(session, editor, [a_question(session).id], level="biet")
    with pytest.raises(Conflict):
        begin_applying(session, editor, edit.id, edit.plan_number, now=NOW)
    with pytest.raises(Conflict):
        plan_bulk_edit(session, editor, edit.id, BulkChange({"level": "hieu"}))
    undo(session, editor, edit)
    with pytest.raises(Conflict):
        begin_undoing(session, editor, edit.id, now=NOW)


def test_strangers_and_others_may_not(session: Session, editor: Actor) -> None:
    question = a_question(session)
    edit = planned(session, editor, [question.id], level="biet")
    for actor in (an_actor(session, Role.STUDENT), an_actor(session, Role.REVIEWER)):
        with pytest.raises(Forbidden):
            start_bulk_edit(session, actor, {"ids": [question.id]}, now=MOMENT)
    teacher, other = an_actor(session, Role.TEACHER), an_actor(session, Role.EDITOR)
    for actor in (STRANGER, teacher):
        with pytest.raises(NotFound):
            get_bulk_edit(session, actor, edit.id)
    with pytest.raises(Forbidden):
        plan_bulk_edit(session, other, edit.id, BulkChange({"level": "hieu"}))
    with pytest.raises(Forbidden):
        begin_applying(session, other, edit.id, edit.plan_number, now=NOW)
    begin_applying(session, editor, edit.id, edit.plan_number, now=NOW)
    work_now_or_later(session, editor, edit, now=NOW)
    with pytest.raises(NotFound):
        begin_undoing(session, teacher, edit.id, now=NOW)
    with pytest.raises(Forbidden):
        begin_undoing(session, an_actor(session, Role.REVIEWER), edit.id, now=NOW)
    assert list_bulk_edits(session, teacher)[0] == [] and list_bulk_edits(session, other)[0] == [edit]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({}, "subject"),
        ({"subject": "ma-thuat"}, "subject"),
        ({"programme": "gdpt-1900"}, "programme"),
        ({"grade": 13}, "grade"),
        ({"topic": "toan.l12.nothing.here"}, "topic"),
        ({"level": "thiên tài"}, "level"),
        ({"licence": "mit"}, "licence"),
        ({"source": "x" * 501}, "source"),
        ({"explanation": "x" * 20_001}, "explanation"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused(
    session: Session, editor: Actor, change: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        planned(session, editor, [a_question(session).id], **change)
    assert list(refused.value.facts["fields"]) == [field]


def test_a_selection_is_neither_empty_nor_endless(
    session: Session, editor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Invalid):
        start_bulk_edit(session, editor, {"ids": []}, now=MOMENT)
    a_question(session), a_question(session)
    monkeypatch.setattr("quizbank.questions.bulk_editing.MOST_QUESTIONS", 1)
    with pytest.raises(Invalid):
        start_bulk_edit(session, editor, {"filter": {}}, now=MOMENT)


def test_many_are_changed_and_restored_by_the_worker(
    session: Session, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quizbank.questions.bulk_jobs.BATCH", 200)
    editor = an_actor(session, Role.EDITOR)
    new = [ToStore(a_new_question(tags=("cũ",))) for _ in range(QUICK_QUESTIONS + 1)]
    ids = store_questions(session, editor, new, now=MOMENT)
    edit = start_bulk_edit(session, editor, {"filter": {"tag": "cũ"}}, now=MOMENT)
    plan_bulk_edit(session, editor, edit.id, BulkChange({"level": "biet"}))
    begin_applying(session, editor, edit.id, edit.plan_number, now=NOW)
    work_now_or_later(session, editor, edit, now=NOW)
    session.commit()
    assert edit.state == BulkState.APPLYING and edit.job_id
    worker = Worker(services.sessions, services.job_handlers, services)
    assert worker.run_due((WORK,)) == 1
    session.expire_all()
    assert (edit.state, session.get_one(Job, edit.job_id).total_count) == (BulkState.DONE, len(ids))
    assert count_outcomes(session, edit.id) == {BulkOutcome.CHANGED: len(ids)}
    begin_undoing(session, editor, edit.id, now=NOW)
    work_now_or_later(session, editor, edit, now=NOW)
    session.commit()
    assert worker.run_due((WORK,)) == 1
    assert count_outcomes(session, edit.id, of_undo=True) == {BulkOutcome.RESTORED: len(ids)}


def test_who_may_no_longer_edit_changes_nothing_more(
    session: Session, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quizbank.questions.bulk_jobs.QUICK_QUESTIONS", 0)
    editor, question = an_actor(session, Role.EDITOR), a_question(session)
    edit = planned(session, editor, [question.id], level="biet")
    begin_applying(session, editor, edit.id, edit.plan_number, now=NOW)
    work_now_or_later(session, editor, edit, now=NOW)
    for grant in session.scalars(select(RoleGrant).filter_by(person_id=editor.person_id)):
        session.delete(grant)
    session.commit()
    Worker(services.sessions, services.job_handlers, services).run_due((WORK,))
    session.expire_all()
    assert fates(session, edit) == {question.id: "not-allowed"} and edit.state == BulkState.DONE


def test_the_rows_come_by_key_in_a_constant_number_of_queries(
    session: Session, services: Services, editor: Actor
) -> None:
    ids = [a_question(session, tags=("a",)).id for _ in range(23)]
    edit = planned(session, editor, ids, level="biet")
    session.commit()
    with count_queries(services.engine) as queries:
        first, after = list_items(session, edit.id, [BulkOutcome.CHANGE])
    second, end = list_items(session, edit.id, [BulkOutcome.CHANGE], after=after)
    assert [row.item.question_id for row in (*first, *second)] == ids and end is None
    assert len(queries) <= 6


def test_a_form_means_a_change_and_back() -> None:
    form = {
        "subject": "toan",
        "grade": "11",
        "topic": "-",
        "level": "",
        "licence": "-",
        "source": " Đề \n",
        "tags": "x",
    }
    change = change_from({**form, "add_tags": " một,  hai ba ,một", "remove_tags": "", "clear-explanation": "yes"})
    values = {"subject": "toan", "grade": 11, "topic": None, "licence": "", "source": "Đề", "explanation": ""}
    assert change == BulkChange(values, ("một", "hai ba"))
    assert change_from(form_of(change)) == change
    assert change_from_json(change_to_json(change)) == change
    assert change_from({"grade": "mười"}).values == {"grade": 0}
