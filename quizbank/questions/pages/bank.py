"""The list of questions and the page of one."""

from collections.abc import Sequence
from functools import partial

from flask import request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from quizbank.permissions import (
    COMMENT_QUESTION,
    COMPARE_QUESTIONS,
    CREATE_QUESTION,
    EDIT_QUESTION,
    REPAIR_BANK_KEY,
    REVIEW_QUESTION,
    SEE_KEY,
    SUBMIT_QUESTION,
    WITHDRAW_QUESTION,
)
from quizbank.questions import import_items, queries
from quizbank.questions.cards import QuestionCard, key_card, read_card
from quizbank.questions.comparing import Change, changes_between
from quizbank.questions.descriptions import KIND, shown_state, title_of
from quizbank.questions.filtering import EVERYTHING, NO, NONE, YES, QuestionFilter
from quizbank.questions.key_repairs import keyed_version
from quizbank.questions.lint import advice_on
from quizbank.questions.listing import DEFAULT_SORT, list_bank, names_of
from quizbank.questions.models import Question, QuestionVersion
from quizbank.questions.pages.bank_facets import BankView, ids_shown
from quizbank.questions.pages.blueprint import (
    event_labels,
    licence_labels,
    name_of,
    pages,
    place_label,
    type_labels,
)
from quizbank.questions.pages.changes import shown_changes
from quizbank.questions.problems import PROBLEMS, Problem
from quizbank.questions.shelf import SORTS, key_from
from quizbank.questions.states import QuestionState
from repository import web
from repository.errors import NotFound
from repository.permissions import Actor
from repository.search.descriptions import title_html
from repository.search.documents import SearchHit
from repository.search.exchange import address_of
from repository.search.queries import related_or_nothing

RELATED = 4


def filter_from_request() -> QuestionFilter:
    given = request.args
    return QuestionFilter(
        subject=given.get("subject", ""),
        grade=_number("grade"),
        topic=given.get("topic", ""),
        level=given.get("level", ""),
        type=given.get("type", ""),
        state=given.get("state", ""),
        text=given.get("text", "").strip()[:200],
        tag=given.get("tag", ""),
        import_id=_number("import"),
        is_own="own" in given,
        licence=given.get("licence", ""),
        organisation_id=_number("organisation"),
        **{name: given[name] for name in ("doubts", "explained", "used") if given.get(name) in (YES, NO)},
    )


def _number(name: str) -> int | None:
    """A number of the address; ``-`` means without one."""
    given = request.args.get(name, "")
    return 0 if given == NONE else int(given) if given.isdecimal() and len(given) < 10 else None


@pages.get("")
def list_questions() -> str:
    actor, session = web.actor(), web.session()
    wanted, after = filter_from_request(), key_from(request.args.get("after"))
    sort = request.args.get("sort", "")
    sort = sort if sort in SORTS else DEFAULT_SORT
    page = list_bank(session, actor, wanted, sort=sort, after=after, has_parts=False)
    view = BankView(wanted, sort, page, names_of(session, actor, *ids_shown(page, wanted)))
    return web.render(
        "quizbank/questions/list_questions.html",
        rows=[(row, title_of(row.version)) for row in page.rows],
        page=page,
        view=view,
        wanted=wanted,
        is_first=after is None,
        is_filtered=wanted != EVERYTHING,
        may_create=CREATE_QUESTION.allows(actor),
        may_compare=COMPARE_QUESTIONS.allows(actor),
        may_review=any(REVIEW_QUESTION.allows(actor, row.question) for row in page.rows),
        works_on=partial(COMMENT_QUESTION.allows, actor),
        type_labels=type_labels(),
        name_of=name_of,
    )


def card_for(actor: Actor, question: Question, version: QuestionVersion) -> tuple[QuestionCard, bool]:
    """The card this actor may see, and whether it shows the key."""
    sees_key = SEE_KEY.allows(actor, question)
    if not sees_key:
        return read_card(version, passage_html=version.passage_html), False
    return key_card(keyed_version(web.session(), version), passage_html=version.passage_html), True


@pages.get("/<int:question_id>")
def show_question(question_id: int) -> str:
    question = queries.see_question(web.session(), web.actor(), question_id)
    version = queries.get_version(web.session(), queries.shown_version(question, web.actor()))
    return page_of(question, version)


@pages.get("/<int:question_id>/versions/<int:number>")
def show_version(question_id: int, number: int) -> str | Response:
    question = queries.see_question(web.session(), web.actor(), question_id)
    version = queries.find_version(web.session(), question_id, number)
    if version is None or not may_see_version(web.actor(), question, version):
        raise NotFound("Không có bản này của câu hỏi.")
    return page_of(question, version)


def may_see_version(actor: Actor, question: Question, version: QuestionVersion) -> bool:
    return version.id == question.published_version_id or COMMENT_QUESTION.allows(actor, question)


def page_of(question: Question, version: QuestionVersion) -> str:
    """The page of one version, with what this reader may see and do."""
    actor, session = web.actor(), web.session()
    card, sees_key = card_for(actor, question, version)
    works_on_it = COMMENT_QUESTION.allows(actor, question)
    state = QuestionState(question.state)
    doubts = queries.doubts_of(session, version.id) if works_on_it else []
    against = request.args.get("against", version.number - 1, type=int)
    return web.render(
        "quizbank/questions/show_question.html",
        question=question,
        version=version,
        title=title_of(version),
        card=card,
        sees_key=sees_key,
        works_on_it=works_on_it,
        state=shown_state(queries.QuestionRow(question, version), works_on_it=works_on_it),
        versions=queries.version_lines(session, question.id) if works_on_it else [],
        history=queries.list_history(session, question.id) if works_on_it else [],
        advice=advice_on(version.content) if works_on_it else (),
        against=against,
        changes=shown_changes(changes_since(session, version, against)) if works_on_it else (),
        doubts=[Problem(doubt.code, PROBLEMS[doubt.code][1], doubt.facts) for doubt in doubts],
        may={
            "edit": EDIT_QUESTION.allows(actor, question) and state is not QuestionState.IN_REVIEW,
            "submit": SUBMIT_QUESTION.allows(actor, question) and state is QuestionState.DRAFT,
            "review": REVIEW_QUESTION.allows(actor, question) and state is QuestionState.IN_REVIEW,
            "repair": REPAIR_BANK_KEY.allows(actor, question),
            "withdraw": WITHDRAW_QUESTION.allows(actor, question) and state is not QuestionState.WITHDRAWN,
        },
        lectures=related_lectures(question),
        address_of=address_of,
        title_html=title_html,
        event_labels=event_labels(),
        type_labels=type_labels(),
        licence_labels=licence_labels(),
        name_of=name_of,
        place=place_label,
        item=import_items.item_of(session, question.id) if sees_key and works_on_it else None,
    )


def changes_since(session: Session, version: QuestionVersion, number: int) -> Sequence[Change]:
    """What reads otherwise in a version than in the one with this number; nothing where there is none."""
    before = queries.find_version(session, version.question_id, number)
    return changes_between(queries.new_question_of(before), queries.new_question_of(version)) if before else ()


def related_lectures(question: Question) -> Sequence[SearchHit]:
    """Published lectures close to a published question; none while there is no index."""
    if question.published_version_id is None:
        return ()
    return related_or_nothing(web.services().search, KIND, question.id, "lecture", limit=RELATED)
