"""The list of the bank: what it shows, counts and leaves out, held to a plain count over random banks and viewers."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizbank.permissions import COMMENT_QUESTION, SEE_QUESTION
from quizbank.questions import shelf_reading
from quizbank.questions.actions import approve_question, revise_question, submit_question, withdraw_question
from quizbank.questions.bulk_queries import count_selected, selected_questions
from quizbank.questions.filtering import EVERYTHING, FACETS, FALLS_WITH, NO, NONE, YES, QuestionFilter
from quizbank.questions.listing import BankPage, list_bank, names_of
from quizbank.questions.models import Question, QuestionDoubt, QuestionImport, QuestionStatistics, QuestionVersion
from quizbank.questions.queries import every_question, shown_version
from quizbank.questions.shelf import SORTS, key_from
from quizbank.questions.states import ImportState, QuestionState
from repository.errors import Forbidden, NotSignedIn
from repository.permissions import STRANGER, SYSTEM, Actor, Role
from tests.builders import MOMENT, an_actor
from tests.quizbank.questions.builders import a_choice, a_new_question, a_question

TOPICS = (
    *(None, "toan.l12.dai-so-giai-tich.nguyen-ham"),
    *("toan.l12.dai-so-giai-tich.tich-phan", "toan.l11.dai-so-giai-tich.ham-so-luong-giac-va-do-thi"),
)
PLACES = {
    "subject": ("toan", "vat-li"),
    "grade": (None, 11, 12),
    "topic": (*TOPICS, "toan.l12", "toan.l12.dai-so"),
    "level": (None, "biet", "hieu"),
    "licence": ("", "cc-by-4.0", "cc0-1.0"),
}


@dataclass(frozen=True)
class Bank:
    viewers: tuple[Actor, ...]
    imports: tuple[int, ...]


def a_random_bank(session: Session, seed: int, size: int = 60) -> Bank:
    """Questions in every state by several people: drafts, published ones, newer drafts of those, withdrawn ones."""
    chance = random.Random(seed)
    makers = (an_actor(session, Role.TEACHER), an_actor(session, Role.TEACHER), an_actor(session, Role.EDITOR))
    imports = tuple(an_import(session, maker) for maker in makers)
    for number in range(size):
        maker = chance.choice((*makers, SYSTEM))
        question = a_question(session, a_choice(f"Câu số {number}?"), by=maker, **a_place(chance))
        if maker in makers and chance.random() < 0.4:
            question.import_id = imports[makers.index(maker)]
        move_on(session, chance, question)
        for version in session.scalars(select(QuestionVersion).filter_by(question_id=question.id)):
            if chance.random() < 0.3:
                session.add(QuestionDoubt(version_id=version.id, position=0, code="no-key", facts={}))
        if chance.random() < 0.5:
            session.add(a_statistic(chance, question))
    session.commit()
    return Bank((*makers, an_actor(session, Role.TEACHER), an_actor(session, Role.REVIEWER), SYSTEM), imports)


def a_place(chance: random.Random) -> dict[str, Any]:
    topic = chance.choice(TOPICS)
    grade = int(topic.split(".")[1][1:]) if topic else chance.choice((None, 11, 12))
    return {
        "subject": "toan" if topic else chance.choice(PLACES["subject"]),
        "grade": grade,
        "topic": topic,
        "level": chance.choice(PLACES["level"]),
        "licence": chance.choice(PLACES["licence"]),
    }


def move_on(session: Session, chance: random.Random, question: Question) -> None:
    fate = chance.choice(("published", "draft", "in-review", "withdrawn", "newer draft", "newer in review", "again"))
    if fate in ("draft", "in-review"):
        question.state, question.published_version_id = QuestionState(fate), None
    elif fate == "withdrawn":
        withdraw_question(session, SYSTEM, question.id, now=MOMENT)
    elif fate != "published":
        explained = a_choice(explanation=chance.choice(("", "Vì thế.")))
        revise_question(session, SYSTEM, question.id, a_new_question(explained, **a_place(chance)), now=MOMENT)
        if fate != "newer draft":
            submit_question(session, SYSTEM, question.id, now=MOMENT)
        if fate == "again":
            approve_question(session, SYSTEM, question.id, now=MOMENT)
    session.flush()


def a_statistic(chance: random.Random, question: Question) -> QuestionStatistics:
    figures = {"uses": chance.randint(0, 3), "answers": chance.choice((0, 50)), "wrong_fraction": chance.random()}
    return QuestionStatistics(question_id=question.id, **figures)


def an_import(session: Session, maker: Actor) -> int:
    made = QuestionImport(
        file_names=[f"đề của {maker.name}.docx"], found_count=0, imported_count=0, duplicate_count=0, problems=[],
        created_by_id=maker.person_id, created_at=MOMENT, state=ImportState.DONE,
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made.id


@dataclass(frozen=True)
class Seen:
    """A question as one viewer meets it: the value of every facet, None where the viewer is not told."""

    id: int
    is_own: bool
    facets: dict[str, str | None]


def seen_by(session: Session, actor: Actor) -> Iterator[Seen]:
    """Nothing but loops: what the lists are held to."""
    for question in session.scalars(select(Question).order_by(Question.id)):
        if not SEE_QUESTION.allows(actor, question):
            continue
        version = session.get_one(QuestionVersion, shown_version(question, actor))
        works_on_it = COMMENT_QUESTION.allows(actor, question)
        doubted = session.scalars(select(QuestionDoubt).filter_by(version_id=version.id)).first()
        figures = session.get(QuestionStatistics, question.id)
        facets = {
            "subject": version.subject,
            "grade": str(version.grade or NONE),
            "topic": version.topic or NONE,
            "level": version.level or NONE,
            "type": str(version.type),
            "state": str(question.state) if version.id == question.current_version_id else "published",
            "doubts": (YES if doubted else NO) if works_on_it else None,
            "explained": YES if version.explanation else NO,
            "used": YES if figures and figures.uses else NO,
            "licence": version.licence or NONE,
            "import": str(question.import_id or NONE) if works_on_it else None,
            "organisation": str(question.organisation_id or NONE),
        }
        is_own = actor.person_id is not None and question.created_by_id == actor.person_id
        yield Seen(question.id, is_own, facets)


def fits(one: Seen, wanted: QuestionFilter, *, aside_from: str = "") -> bool:
    for name, rule in FACETS.items():
        value, has = rule.value_of(wanted), one.facets[name]
        if not value or name == aside_from or name in FALLS_WITH.get(aside_from, ()):
            continue
        is_below = name == "topic" and has is not None and has.startswith(value + ".")
        if has != value and not is_below:
            return False
    return one.is_own or not wanted.is_own or aside_from == "own"


def a_filter(chance: random.Random, bank: Bank) -> QuestionFilter:
    choices: dict[str, tuple[Any, ...]] = {
        "subject": PLACES["subject"],
        "grade": (0, 11, 12),
        "topic": (NONE, *PLACES["topic"][1:]),
        "level": (NONE, "biet", "hieu"),
        "type": ("single-choice", "short-answer"),
        "state": tuple(map(str, QuestionState)),
        "licence": (NONE, "cc-by-4.0"),
        "doubts": (YES, NO),
        "explained": (YES, NO),
        "used": (YES, NO),
        "import_id": (*bank.imports, 0),
        "is_own": (True,),
    }
    names = chance.sample(sorted(choices), chance.choice((0, 1, 1, 2, 2, 3)))
    return replace(EVERYTHING, **{name: chance.choice(choices[name]) for name in names})


def every_page(session: Session, actor: Actor, wanted: QuestionFilter, sort: str) -> Iterator[BankPage]:
    after = None
    for _ in range(40):
        page = list_bank(session, actor, wanted, sort=sort, after=after, limit=7)
        yield page
        after = page.after
        if after is None:
            return
    raise AssertionError("the list has no end")


@pytest.mark.parametrize("seed", range(3))
def test_lists_counts_and_facets_are_those_of_a_plain_count(session: Session, seed: int) -> None:
    bank, chance = a_random_bank(session, seed), random.Random(seed)
    for viewer in bank.viewers:
        known = list(seen_by(session, viewer))
        for _ in range(12):
            wanted = a_filter(chance, bank)
            right = [one for one in known if fits(one, wanted)]
            pages = list(every_page(session, viewer, wanted, chance.choice(list(SORTS))))
            listed = [row.question.id for page in pages for row in page.rows]
            assert sorted(listed) == [one.id for one in right], (viewer.roles, wanted)
            assert {page.total for page in pages} == {len(right)}
            for name in FACETS:
                left = [one.facets[name] for one in known if fits(one, wanted, aside_from=name)]
                told = Counter(value for value in left if value is not None)
                assert dict(pages[0].facets[name]) == dict(told), (viewer.roles, wanted, name)
            assert pages[0].own == sum(one.is_own and fits(one, wanted, aside_from="own") for one in known)


@pytest.mark.parametrize("seed", range(3, 6))
def test_what_is_exported_and_edited_is_what_is_listed(session: Session, seed: int) -> None:
    bank, chance = a_random_bank(session, seed, size=40), random.Random(seed)
    for viewer in bank.viewers:
        known = {one.id: one for one in seen_by(session, viewer)}
        for _ in range(8):
            wanted = a_filter(chance, bank)
            right = [id for id, one in known.items() if fits(one, wanted)]
            exported = list(every_question(session, wanted, viewer))
            assert [row.question.id for row in exported] == right, (viewer.roles, wanted)
            assert all(row.version.id == shown_version(row.question, viewer) for row in exported)
            selection = {"filter": vars(wanted)}
            assert count_selected(session, viewer, selection) == len(right)
            chosen = [one.question_id for some in selected_questions(session, viewer, selection) for one in some]
            assert chosen == right


@pytest.mark.parametrize("sort", SORTS)
def test_every_order_is_kept_from_page_to_page(session: Session, sort: str) -> None:
    a_random_bank(session, 9)
    rows = [row for page in every_page(session, SYSTEM, EVERYTHING, sort) for row in page.rows]
    figures = {one.question_id: one for one in session.scalars(select(QuestionStatistics))}

    def wrong(question: Question) -> float:
        known = figures.get(question.id)
        return round(known.wrong_fraction * 1000) if known and known.answers else -1

    def key(question: Question) -> tuple[float, float]:
        unknown_last = 1_000_000.0
        uses = figures[question.id].uses if question.id in figures else 0
        easy = wrong(question) if wrong(question) >= 0 else unknown_last
        first = {
            "changed": -question.updated_at.timestamp(),
            "used": -uses,
            "hardest": -wrong(question),
            "easiest": easy,
        }
        return (first.get(sort, 0), question.id if sort == "oldest" else -question.id)

    assert [key(row.question) for row in rows] == sorted(key(row.question) for row in rows)
    assert len({row.question.id for row in rows}) == len(rows) == 60


@pytest.mark.parametrize("sort", SORTS)
def test_a_page_goes_on_where_the_last_one_ended_when_the_bank_was_read_anew(session: Session, sort: str) -> None:
    """By another process, or after a day of silence: a key names a question and a figure, not a place in memory."""
    a_random_bank(session, 9)
    listed, after = [], None
    for _ in range(60):
        page = list_bank(session, SYSTEM, sort=sort, after=after, limit=7)
        listed += [row.question.id for row in page.rows]
        shelf_reading._keepers.clear()
        after = key_from(str(page.after))
        if page.after is None:
            break
    assert len(listed) == 60 and sorted(listed) == list(session.scalars(select(Question.id).order_by(Question.id)))


@pytest.mark.parametrize("role", [Role.TEACHER, Role.EDITOR])
def test_a_question_that_changes_while_a_page_is_made_is_not_skipped(
    session: Session, role: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = an_actor(session, role)
    questions = [a_question(session, a_choice(f"Câu {number}?"), by=reader) for number in range(3)]
    session.commit()
    stale = shelf_reading.shelf_of_bank(session.get_bind().engine)
    revise_question(session, reader, questions[1].id, a_new_question(a_choice("Câu mới?")), now=MOMENT)
    session.commit()
    monkeypatch.setattr("quizbank.questions.listing.shelf_of_bank", lambda _: stale)
    assert [row.version.stem for row in list_bank(session, reader).rows] == ["Câu 2?", "Câu mới?", "Câu 0?"]


def test_what_was_taken_away_while_a_page_is_made_is_not_shown(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    maker, reader = an_actor(session, Role.TEACHER), an_actor(session, Role.TEACHER)
    question = a_question(session, a_choice("Câu đã rút?"), by=maker)
    session.commit()
    stale = shelf_reading.shelf_of_bank(session.get_bind().engine)
    withdraw_question(session, SYSTEM, question.id, now=MOMENT)
    session.commit()
    monkeypatch.setattr("quizbank.questions.listing.shelf_of_bank", lambda _: stale)
    assert list_bank(session, reader).rows == ()


def test_the_bank_is_listed_to_those_who_teach(session: Session) -> None:
    for actor, refusal in ((STRANGER, NotSignedIn), (an_actor(session, Role.STUDENT), Forbidden)):
        with pytest.raises(refusal):
            list_bank(session, actor)


def test_a_newer_draft_is_shown_to_its_maker_and_to_staff_only(session: Session) -> None:
    maker, other = an_actor(session, Role.TEACHER), an_actor(session, Role.TEACHER)
    question = a_question(session, a_choice("Bản đã duyệt?"), by=maker, level="biet")
    revise_question(session, maker, question.id, a_new_question(a_choice("Bản mật?"), level="hieu"), now=MOMENT)
    session.commit()
    for reader, stem, level, state in (
        *((one, "Bản mật?", "hieu", "draft") for one in (maker, SYSTEM, an_actor(session, Role.REVIEWER))),
        (other, "Bản đã duyệt?", "biet", "published"),
    ):
        page = list_bank(session, reader)
        assert [row.version.stem for row in page.rows] == [stem]
        assert (page.facets["level"], page.facets["state"]) == ({level: 1}, {state: 1})
    found = list_bank(session, other, QuestionFilter(text="mật"))
    assert (found.total, found.rows, sum(map(len, found.facets.values()))) == (0, (), 0)


def test_imports_of_others_are_no_facet_and_no_filter_to_a_teacher(session: Session) -> None:
    maker, other = an_actor(session, Role.TEACHER), an_actor(session, Role.TEACHER)
    made = an_import(session, maker)
    a_question(session, by=maker).import_id = made
    session.commit()
    assert list_bank(session, maker).facets["import"] == {str(made): 1}
    assert list_bank(session, other).facets["import"] == {}
    assert list_bank(session, other, QuestionFilter(import_id=made)).total == 0
    assert names_of(session, other, [made], [])["import"] == {}
    assert "docx" in names_of(session, maker, [made], [])["import"][str(made)]


def test_drafts_are_found_by_their_words(session: Session) -> None:
    maker, other = an_actor(session, Role.TEACHER), an_actor(session, Role.TEACHER)
    draft = a_question(session, a_choice("Đạo hàm của hàm số là gì?"), by=maker, state=QuestionState.DRAFT)
    session.commit()
    for text in ("đạo hàm", "DAO HAM", "hàm đạo", '"hàm số"', " Đạo  hàm "):
        assert [row.question.id for row in list_bank(session, maker, QuestionFilter(text=text)).rows] == [draft.id], (
            text
        )
        assert list_bank(session, other, QuestionFilter(text=text)).total == 0
    for text in ('"số hàm"', "tích phân", "đạo hà", "!?"):
        assert list_bank(session, maker, QuestionFilter(text=text)).total == 0, text


def test_too_many_finds_are_cut_and_said_to_be(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [a_question(session, a_choice(f"Lực số {number}?")).id for number in range(5)]
    session.commit()
    assert not list_bank(session, SYSTEM, QuestionFilter(text="lực")).is_cut
    monkeypatch.setattr("quizbank.questions.listing.MOST_FOUND", 3)
    page = list_bank(session, SYSTEM, QuestionFilter(text="lực"))
    assert page.is_cut and len(page.rows) == 3 and {row.question.id for row in page.rows} <= set(ids)


def test_a_tag_that_half_the_bank_has_is_cut_and_said(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        a_question(session, a_choice(f"Câu {number}?"), tags=("đề 2026",))
    session.commit()
    assert list_bank(session, SYSTEM, QuestionFilter(tag="đề 2026")).total == 5
    monkeypatch.setattr("quizbank.questions.listing.MOST_TAGGED", 3)
    page = list_bank(session, SYSTEM, QuestionFilter(tag="đề 2026"))
    assert (page.is_cut, page.cut_at, page.total) == (True, 3, 3)
