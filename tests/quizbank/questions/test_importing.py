"""Importing papers: what comes in, what does not, twice, and undone."""

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizbank.questions.formats.text import parse_paper
from quizbank.questions.formats.text_reader import decode_paper
from quizbank.questions.images import is_sound_image, resolve_images
from quizbank.questions.models import Question, QuestionDoubt, QuestionVersion
from quizbank.questions.papers import Outcome, Plan, against, prepare, programme_of
from quizbank.questions.problems import Problem, problem
from quizbank.questions.states import QuestionState
from quizbank.questions.undoing import undo_import
from repository.errors import Conflict, Forbidden, Invalid, NotFound, NotSignedIn
from repository.files.store import LocalFileStore
from repository.permissions import STRANGER, SYSTEM, Actor, Role
from tests.builders import MOMENT, an_actor
from tests.quizbank.questions.papers import a_paper, import_text, preview_text

OPTIONS = "A. một\nB. hai\nC. ba\nD. bốn"
PAPER = f"""Câu 1. Một?
{OPTIONS}
Đáp án: A

Câu 2. Cho biểu đồ: đúng là
{OPTIONS}
Đáp án: B

Câu 3. Ba?
{OPTIONS}

Câu 4. Một?
{OPTIONS}
Đáp án: A

Câu 5. Một?
{OPTIONS}
Đáp án: B

Câu 6. Theo hình vẽ
![](de/a.png)
{OPTIONS}
Đáp án: C
"""


@pytest.fixture
def store(tmp_path: Path) -> LocalFileStore:
    return LocalFileStore(tmp_path / "files")


def a_picture() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (3, 2), "blue").save(data, "PNG")
    return data.getvalue()


def picture_for_all(_target: str) -> bytes:
    return a_picture()


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Question)) or 0


def test_each_question_has_one_outcome(session: Session) -> None:
    plan = preview_text(session, PAPER, picture_for_all)
    assert [entry.outcome for entry in plan.entries] == [
        Outcome.IMPORTED,
        Outcome.HELD,
        Outcome.LEFT_OUT,
        Outcome.DUPLICATE,
        Outcome.LEFT_OUT,
        Outcome.IMPORTED,
    ]
    assert (plan.found, plan.imported, plan.duplicates) == (6, 3, 1)


def test_every_question_that_stays_out_is_named_with_its_place(session: Session) -> None:
    plan = preview_text(session, PAPER, picture_for_all)
    lines = [(line["place"], line["question"], line["code"]) for line in plan.problem_lines()]
    assert ("line 15", "Câu 3", "no-key") in lines
    assert ("line 21", "Câu 4", "duplicate") in lines
    assert ("line 28", "Câu 5", "contradicts-another") in lines


def test_a_preview_stores_nothing(session: Session) -> None:
    preview_text(session, PAPER, picture_for_all)
    assert count(session) == 0


def test_what_was_read_is_stored_with_its_source(session: Session, store: LocalFileStore) -> None:
    _, made = import_text(session, SYSTEM, PAPER, picture_for_all, store=store)
    versions = session.scalars(select(QuestionVersion).order_by(QuestionVersion.id)).all()
    assert [version.stem.split("\n")[0] for version in versions] == ["Một?", "Cho biểu đồ: đúng là", "Theo hình vẽ"]
    assert (versions[0].source_file, versions[0].source_place) == ("toan/de.txt", "line 1 (Câu 1)")
    assert session.scalars(select(QuestionDoubt.code)).all() == ["missing-figure"]
    assert (made.found_count, made.imported_count, made.duplicate_count) == (6, 3, 1)


def test_pictures_are_kept_and_shown(session: Session, store: LocalFileStore) -> None:
    import_text(session, SYSTEM, PAPER, picture_for_all, store=store)
    version = session.scalars(select(QuestionVersion).order_by(QuestionVersion.id.desc())).first()
    assert version is not None and "(media:" in version.stem and 'src="/media/' in version.stem_html


def test_a_question_without_its_picture_stays_out(session: Session) -> None:
    plan = preview_text(session, PAPER, lambda target: None)
    assert [problem.code for problem in plan.entries[5].problems] == ["missing-image"]
    plan = preview_text(session, PAPER, lambda target: b"<svg/>")
    assert [problem.code for problem in plan.entries[5].problems] == ["bad-image"]


def test_importing_twice_adds_nothing(session: Session, store: LocalFileStore) -> None:
    import_text(session, SYSTEM, PAPER, picture_for_all, store=store)
    again, _ = import_text(session, SYSTEM, PAPER, picture_for_all, store=store)
    assert (again.found, again.imported, again.duplicates) == (6, 0, 4)
    assert count(session) == 3


def test_an_undone_import_may_be_done_again(session: Session, store: LocalFileStore) -> None:
    _, made = import_text(session, SYSTEM, PAPER, picture_for_all, store=store)
    undo_import(session, SYSTEM, made.id, now=MOMENT)
    assert set(session.scalars(select(Question.state))) == {QuestionState.WITHDRAWN}
    again, _ = import_text(session, SYSTEM, PAPER, picture_for_all, store=store)
    assert again.imported == 3
    with pytest.raises(Conflict):
        undo_import(session, SYSTEM, made.id, now=MOMENT)


def test_publishing_at_once_leaves_doubtful_questions_as_drafts(session: Session, store: LocalFileStore) -> None:
    import_text(session, SYSTEM, PAPER, picture_for_all, store=store, publish=True)
    states = session.scalars(select(Question.state).order_by(Question.id)).all()
    assert states == [QuestionState.PUBLISHED, QuestionState.DRAFT, QuestionState.PUBLISHED]


def test_strangers_and_students_import_nothing(session: Session, store: LocalFileStore) -> None:
    with pytest.raises(NotSignedIn):
        import_text(session, STRANGER, PAPER, picture_for_all, store=store)
    with pytest.raises(Forbidden):
        import_text(session, an_actor(session, Role.STUDENT), PAPER, picture_for_all, store=store, now=MOMENT)


def test_a_teacher_may_not_publish_at_once(session: Session, store: LocalFileStore) -> None:
    with pytest.raises(Forbidden):
        import_text(session, an_actor(session, Role.TEACHER), PAPER, picture_for_all, store=store, publish=True)


def imported_by(session: Session, store: LocalFileStore, actor: Actor) -> int:
    return import_text(session, actor, PAPER, picture_for_all, store=store)[1].id


def test_an_import_belongs_to_its_maker(session: Session, store: LocalFileStore) -> None:
    teacher = an_actor(session, Role.TEACHER)
    import_id = imported_by(session, store, teacher)
    with pytest.raises(NotFound):
        undo_import(session, an_actor(session, Role.TEACHER), import_id, now=MOMENT)
    undo_import(session, teacher, import_id, now=MOMENT)


def test_a_teacher_does_not_withdraw_what_was_published_since(session: Session, store: LocalFileStore) -> None:
    teacher = an_actor(session, Role.TEACHER)
    import_id = imported_by(session, store, teacher)
    question = session.scalars(select(Question)).first()
    assert question is not None
    question.published_version_id, question.state = question.current_version_id, QuestionState.PUBLISHED
    session.flush()
    with pytest.raises(Forbidden):
        undo_import(session, teacher, import_id, now=MOMENT)


def test_the_year_in_the_name_tells_the_programme() -> None:
    assert programme_of("MET_Math_IE_2019.txt") == "ct-2006"
    assert programme_of("de-2025.txt") == programme_of("Geo_1.txt") == programme_of("12019.txt") == "gdpt-2018"


def test_papers_are_decoded_or_refused() -> None:
    assert decode_paper("\ufeffCâu 1".encode(), "a.txt") == "Câu 1"
    assert decode_paper("Câu 1".encode("utf-16"), "a.txt") == "Câu 1"
    for data in (
        "Câu 1".encode("cp1258", "replace") + b"\xff",
        b"\x00\x01",
        "C©u 1: Cho".encode(),
        b"x" * (4 << 20) + b"yy",
    ):
        with pytest.raises(Invalid):
            decode_paper(data, "a.txt")


def test_hostile_pictures_are_not_sound() -> None:
    for data in (b"", b"GIF89a", b"<svg xmlns='http://www.w3.org/2000/svg'/>", a_picture()[:40]):
        assert not is_sound_image(data)
    assert is_sound_image(a_picture())


def test_a_huge_picture_is_refused_before_it_is_unpacked() -> None:
    data = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(data, "PNG")
    assert not is_sound_image(data.getvalue())


def test_media_that_is_named_already_is_left_alone() -> None:
    target = "media:" + "a" * 64
    assert resolve_images([target], lambda name: None, lambda name, data: "") == {}


PIECES = (
    "Câu 1. Một?",
    "Câu 2: Hai?",
    "A. một",
    "B. hai",
    "C. ba",
    "D. bốn",
    "Đáp án: A",
    "Đáp án: B",
    "Lời giải: x",
    "",
    "![](a.png)",
)


@given(st.lists(st.sampled_from(PIECES), max_size=40), st.booleans())
@settings(max_examples=200, deadline=None)
def test_every_question_found_is_imported_known_or_named(lines: list[str], has_picture: bool) -> None:
    images: dict[str, str | Problem] = {"a.png": "0" * 64 if has_picture else problem("missing-image", image="a.png")}
    entries = [
        prepare(a_paper(), question, {target: images[target] for target in question.images})
        for question in parse_paper("\n".join(lines)).questions
    ]
    plan = Plan(a_paper(), tuple(against(entries, {})))
    left_out = [entry for entry in plan.entries if entry.outcome is Outcome.LEFT_OUT]
    assert plan.found == plan.imported + plan.duplicates + len(left_out)
    assert all(entry.problems for entry in (*left_out, *(one for one in plan.entries if one.new is None)))
    assert all(bool(entry.to_store) == (entry.outcome in (Outcome.IMPORTED, Outcome.HELD)) for entry in plan.entries)
