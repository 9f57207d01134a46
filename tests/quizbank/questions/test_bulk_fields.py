"""Any field of many questions: written is what an editor would have stored, and undoing gives all of it back."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizbank.questions.actions import revise_question
from quizbank.questions.bulk import BulkChange, BulkOutcome, change_from_json, change_to_json
from quizbank.questions.bulk_editing import begin_applying, begin_undoing, plan_bulk_edit, start_bulk_edit
from quizbank.questions.bulk_form import change_from, form_of
from quizbank.questions.bulk_jobs import work_now_or_later
from quizbank.questions.bulk_models import BulkEdit, BulkEditItem
from quizbank.questions.bulk_texts import REPLACED, Replacement
from quizbank.questions.likeness_search import COMPARE
from quizbank.questions.models import Question, QuestionDoubt, QuestionPart, QuestionVersion
from quizbank.questions.queries import doubts_of, get_version, last_number, new_question_of
from quizbank.questions.rules import Part, QuestionContent, QuestionType
from quizbank.questions.states import QuestionState
from quizbank.questions.storing import ToStore, store_questions, version_row
from repository.accounts.actions import add_organisation
from repository.accounts.models import OrganisationKind
from repository.errors import Conflict, Invalid
from repository.jobs import Job
from repository.markup import plain, render
from repository.permissions import SYSTEM, Actor, Role
from tests.builders import MOMENT, an_actor
from tests.conftest import NOW
from tests.quizbank.questions.builders import (
    a_choice,
    a_cluster,
    a_new_question,
    a_question,
    a_short_answer,
    an_essay,
)

DRAFT = QuestionState.DRAFT
WORDS = "Môn Vật lý có $v = \\frac{s}{t}$ và vật lý"


@pytest.fixture
def editor(session: Session) -> Actor:
    return an_actor(session, Role.EDITOR)


def applied(session: Session, actor: Actor, ids: list[int], change: BulkChange) -> BulkEdit:
    edit = start_bulk_edit(session, actor, {"ids": ids}, now=MOMENT)
    plan_bulk_edit(session, actor, edit.id, change)
    begin_applying(session, actor, edit.id, edit.plan_number, now=NOW)
    work_now_or_later(session, actor, edit, now=NOW)
    return edit


def undo(session: Session, actor: Actor, edit: BulkEdit) -> None:
    begin_undoing(session, actor, edit.id, now=NOW)
    work_now_or_later(session, actor, edit, now=NOW)


def fates(session: Session, edit: BulkEdit) -> dict[int, str]:
    query = select(BulkEditItem.question_id, BulkEditItem.outcome).where(BulkEditItem.bulk_edit_id == edit.id)
    return {
        question_id: str(outcome) for question_id, outcome in session.execute(query.order_by(BulkEditItem.question_id))
    }


def current(session: Session, question_id: int) -> QuestionVersion:
    return get_version(session, session.get_one(Question, question_id).current_version_id)


PASSING = ("id", "number", "created_by_id", "created_at")


def state_of(session: Session, question_id: int) -> dict[str, Any]:
    """Everything that is stored of a question and its newest version, but who wrote that when."""
    session.expire_all()
    question, version = session.get_one(Question, question_id), current(session, question_id)
    columns = {one.name: getattr(version, one.name) for one in QuestionVersion.__table__.columns}
    parts = [
        {one.name: getattr(part, one.name) for one in QuestionPart.__table__.columns if one.name != "version_id"}
        for part in version.parts
    ]
    doubts = [(one.position, one.code, one.facts) for one in doubts_of(session, version.id)]
    own = (question.state, question.published_version_id, question.organisation_id, question.published_at)
    kept = {name: value for name, value in columns.items() if name not in PASSING}
    return kept | {"parts": parts, "tags": [one.tag for one in version.tags], "doubts": doubts, "own": own}


def keys_of(stored: dict[str, Any]) -> list[Any]:
    is_short = stored["type"] == QuestionType.SHORT_ANSWER
    return [(part["is_true"], part["text"] if is_short else "") for part in stored["parts"]]


def as_if_stored(version: QuestionVersion) -> dict[str, Any]:
    """The columns that storing this question by hand would write."""
    new = new_question_of(version)
    parts = [{"plain": plain(part.text)} for part in new.content.parts]
    return version_row(new, parts)


def every_kind(session: Session) -> list[int]:
    """Questions of every type and state, with words, formulas, tags, passages, levels, doubts and locks."""
    locked = (Part("Vật lý", is_true=True, is_locked=True), Part("Hoá"), Part("Sinh"), Part("Tất cả"))
    levelled = replace(
        a_cluster(WORDS), parts=tuple(Part(f"vật lý {n}", n > 2, level=("biet", None)[n % 2]) for n in range(4))
    )
    contents = [
        a_choice(WORDS, options=("vật lý", "hai $x$", "bốn", "ba"), explanation=""),
        replace(a_choice("Có khoá?"), parts=locked, keeps_order=True, explanation="Vì vật lý."),
        a_choice("Nhiều?", key="BC"),
        levelled,
        a_short_answer("Số?", "2,5", tolerance=Decimal("0.1")),
        a_short_answer("Chữ?", "vật lý", "lý", *(f"lý {n}" for n in range(9)), answer_kind="text"),
        an_essay(WORDS),
    ]
    ids = []
    for place, content in enumerate(contents):
        more: dict[str, Any] = {"tags": ("cũ", "giữ"), "source": "Sách vật lý"} if place % 2 else {"licence": ""}
        state = (QuestionState.PUBLISHED, DRAFT)[place % 3 == 1]
        passage = "Đoạn về vật lý." if place in (0, 3) else ""
        ids.append(a_question(session, content, state=state, passage=passage, **more).id)
    waiting = a_question(session, a_choice(WORDS), state=QuestionState.IN_REVIEW)
    session.add(QuestionDoubt(version_id=current(session, ids[1]).id, position=0, code="no-key", facts={}))
    session.flush()
    return [*ids, waiting.id]


VALUES: dict[str, Any] = {
    "subject": st.sampled_from(["toan", "vat-li"]),
    "programme": st.sampled_from(["gdpt-2018", "ct-2006"]),
    "grade": st.sampled_from([None, 10, 12]),
    "topic": st.none(),
    "level": st.sampled_from([None, "biet", "van-dung"]),
    "licence": st.sampled_from(["", "cc0-1.0"]),
    "source": st.sampled_from(["", "Đề 2026"]),
    "passage": st.sampled_from(["", "Đoạn mới với $x$.", "Đoạn về vật lý."]),
    "explanation": st.sampled_from(["", "Vì $1+1=2$."]),
    "keeps_order": st.booleans(),
    "locked": st.sampled_from(["last", "none"]),
    "answer_kind": st.sampled_from(["numeric", "text"]),
    "tolerance": st.sampled_from([None, Decimal("0.5"), Decimal(0)]),
    "statements": st.dictionaries(st.sampled_from("abcd"), st.sampled_from([None, "hieu", "biet"]), min_size=1),
}
WISHES = st.builds(
    Replacement,
    st.sampled_from(["Vật lý", "vật lý", "lý", "2,5", "a", "một", "vật lý 1"]),
    st.sampled_from(["Vật lí", "", "$y$", "hai", "vật lý 2"]),
    st.lists(st.sampled_from(REPLACED), min_size=1, unique=True).map(tuple),
    *[st.booleans()] * 3,
)


def some_values(draw: st.DrawFn) -> dict[str, Any]:
    names = draw(st.lists(st.sampled_from(sorted(VALUES)), max_size=4, unique=True))
    return {name: draw(VALUES[name]) for name in names}


@st.composite
def changes(draw: st.DrawFn) -> BulkChange:
    made = BulkChange(
        some_values(draw),
        tuple(draw(st.lists(st.sampled_from(["mới", "giữ"]), unique=True))),
        tuple(draw(st.lists(st.sampled_from(["cũ", "không có"]), unique=True))),
        replacement=draw(st.none() | WISHES),
        fills_only=draw(st.booleans()),
    )
    return made if made.edits else replace(made, values={"level": "hieu"})


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(change=changes())
def test_undoing_gives_back_everything(session: Session, change: BulkChange) -> None:
    session.rollback()
    editor, ids = an_actor(session, Role.EDITOR), every_kind(session)
    before = {id_: state_of(session, id_) for id_ in ids}
    edit = applied(session, editor, ids, change)
    for id_, fate in fates(session, edit).items():
        after, version = state_of(session, id_), current(session, id_)
        if fate != BulkOutcome.CHANGED:
            assert after == before[id_]
            continue
        assert after != before[id_] and after["own"][0] == DRAFT and after["own"][1:] == before[id_]["own"][1:]
        assert {name: after[name] for name in as_if_stored(version)} == as_if_stored(version)
        assert [part.html for part in version.parts] == [render(part.text).html for part in version.parts]
        assert keys_of(after) == keys_of(before[id_])
        assert after["doubts"] == before[id_]["doubts"]
    undo(session, editor, edit)
    assert {id_: state_of(session, id_) for id_ in ids} == before


@given(change=changes())
def test_a_change_survives_its_stored_form_and_the_form_on_the_page(change: BulkChange) -> None:
    assert change_from_json(change_to_json(change)) == change
    assert set(change_from(form_of(change)).values) == set(change.values)
    sent, wish = change_from(form_of(change)).replacement, change.replacement
    assert (sent is None) == (wish is None) and (not sent or not wish or set(sent.fields) == set(wish.fields))


def test_words_are_replaced_and_the_bank_is_compared_again(session: Session, editor: Actor) -> None:
    found = a_question(session, a_choice(WORDS, options=("Vật lý", "b", "c", "d")), state=DRAFT)
    other = a_question(session, a_choice("Môn Hoá?"), state=DRAFT)
    for job in session.scalars(select(Job).filter_by(kind=COMPARE)):
        session.delete(job)
    change = BulkChange({}, replacement=Replacement("Vật lý", "Vật lí"))
    edit = applied(session, editor, [found.id, other.id], change)
    assert fates(session, edit) == {found.id: "changed", other.id: "not-found"}
    assert edit.summary == [
        {"field": field, "old": "Vật lý", "new": "Vật lí", "count": 1} for field in ("part", "stem")
    ]
    version = current(session, found.id)
    assert version.stem.startswith("Môn Vật lí có $v") and version.parts[0].text == "Vật lí"
    assert session.scalars(select(Job).filter_by(kind=COMPARE)).one_or_none() is not None


@pytest.mark.parametrize(
    ("content", "change"),
    [
        (a_choice("Xoá?"), BulkChange({}, replacement=Replacement("Xoá?", ""))),
        (a_choice("Hai?", options=("1 m", "1 cm", "3", "4")), BulkChange({}, replacement=Replacement("cm", "m"))),
        (a_short_answer("Chữ?", "lý", answer_kind="text"), BulkChange({"answer_kind": "numeric"})),
        (a_choice("ab" * 9_000), BulkChange({}, replacement=Replacement("a", "dài"))),
    ],
)
def test_a_question_that_would_break_is_left_alone(
    session: Session, editor: Actor, content: QuestionContent, change: BulkChange
) -> None:
    question = a_question(session, content, state=DRAFT)
    edit = applied(session, editor, [question.id], change)
    assert fates(session, edit) == {question.id: "bad-content"} and last_number(session, question.id) == 1


def test_what_was_unsound_before_does_not_hinder(session: Session, editor: Actor) -> None:
    question = a_question(session, a_choice("Vật lý?", options=("một", "một", "ba", "bốn")), state=DRAFT)
    edit = applied(session, editor, [question.id], BulkChange({}, replacement=Replacement("lý", "lí")))
    assert fates(session, edit) == {question.id: "changed"}


def test_accepted_values_are_keys_and_stay(session: Session, editor: Actor) -> None:
    question = a_question(session, a_short_answer("Số 2.5?", "2.5"), state=DRAFT)
    applied(session, editor, [question.id], BulkChange({}, replacement=Replacement("2.5", "2,5")))
    version = current(session, question.id)
    assert (version.stem, version.parts[0].text) == ("Số 2,5?", "2.5")


def test_only_what_is_empty_is_filled(session: Session, editor: Actor) -> None:
    empty, full = a_question(session, source=""), a_question(session, source="SGK")
    edit = applied(session, editor, [empty.id, full.id], BulkChange({"source": "Đề 2026"}, fills_only=True))
    assert fates(session, edit) == {empty.id: "changed", full.id: "filled"}
    assert [current(session, one.id).source for one in (empty, full)] == ["Đề 2026", "SGK"]


@pytest.mark.parametrize(
    ("values", "reasons"),
    [
        ({"locked": "last"}, ["changed", "changed", "bad-order", "bad-order"]),
        (
            {"statements": {"a": "biet", "d": "van-dung"}},
            ["bad-statements", "changed", "bad-statements", "bad-statements"],
        ),
        ({"answer_kind": "text"}, ["bad-answer-kind", "bad-answer-kind", "changed", "bad-answer-kind"]),
        ({"statements": {"a": "nhan-biet"}}, ["bad-statements", "bad-level", "bad-statements", "bad-statements"]),
        ({"passage": "Đoạn chung."}, ["changed"] * 4),
    ],
)
def test_a_value_goes_where_it_belongs(
    session: Session, editor: Actor, values: dict[str, Any], reasons: list[str]
) -> None:
    tolerance = {"tolerance": Decimal("0.1")}
    contents = [a_choice(), a_cluster(), a_short_answer("Số?", "1", **tolerance), an_essay()]
    ids = [a_question(session, content, state=DRAFT).id for content in contents]
    edit = applied(session, editor, ids, BulkChange(values))
    assert list(fates(session, edit).values()) == reasons
    changed = [current(session, id_) for id_, fate in fates(session, edit).items() if fate == "changed"]
    if "locked" in values:
        assert [[part.is_locked for part in one.parts] for one in changed] == [[False] * 3 + [True]] * 2
    if "passage" in values:
        assert len({one.passage_version_id for one in changed}) == 1 and changed[0].passage_html == "Đoạn chung."
    if changed and "statements" in values:
        assert changed[0].statement_levels == "biet:1 hieu:2 van-dung:1"
    if "answer_kind" in values:
        assert (changed[0].answer_kind, changed[0].tolerance) == ("text", None)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (BulkChange({"locked": "first"}), "locked"),
        (BulkChange({"answer_kind": "magic"}), "answer_kind"),
        (BulkChange({"statements": {"e": "biet"}}), "statements"),
        (BulkChange({"statements": {"a": "thiên tài"}}), "statements"),
        (BulkChange({"passage": "x" * 20_001}), "passage"),
        (BulkChange({}, replacement=Replacement("", "x")), "find"),
        (BulkChange({"level": "biet"}, organisation="so"), "organisation"),
        (BulkChange({}, organisation="không có"), "organisation"),
        (BulkChange({}, submits=True, organisation=""), "subject"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused(
    session: Session, editor: Actor, change: BulkChange, field: str
) -> None:
    add_organisation(session, SYSTEM, kind=OrganisationKind.DEPARTMENT, name="Sở", code="so", now=MOMENT)
    edit = start_bulk_edit(session, editor, {"ids": [a_question(session).id]}, now=MOMENT)
    with pytest.raises(Invalid) as refused:
        plan_bulk_edit(session, editor, edit.id, change)
    assert list(refused.value.facts["fields"]) == [field]


def test_undoing_asks_for_no_second_review_of_what_was_approved(session: Session, editor: Actor) -> None:
    published, draft = a_question(session), a_question(session, state=DRAFT)
    version_id = published.published_version_id
    edit = applied(session, editor, [published.id, draft.id], BulkChange({"level": "biet"}))
    undo(session, editor, edit)
    question = session.get_one(Question, published.id)
    assert (question.state, question.current_version_id) == (QuestionState.PUBLISHED, version_id)
    assert [last_number(session, one.id) for one in (published, draft)] == [2, 3]
    with pytest.raises(Conflict):
        revise_question(session, editor, published.id, a_new_question(), now=NOW, based_on=2)
    revise_question(session, editor, published.id, a_new_question(), now=NOW, based_on=1)
    assert current(session, published.id).number == 3


def test_many_questions_keep_one_passage(session: Session, editor: Actor) -> None:
    new = [ToStore(a_new_question(a_choice(f"Câu {n}?"), passage="Về vật lý.")) for n in range(5)]
    ids = store_questions(session, editor, new, now=MOMENT)
    applied(session, editor, ids, BulkChange({}, replacement=Replacement("vật lý", "vật lí", ("passage",))))
    versions = [current(session, id_) for id_ in ids]
    assert len({one.passage_version_id for one in versions}) == 1 and versions[0].passage_html == "Về vật lí."
