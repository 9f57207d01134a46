"""Pages of the quizzes: their list, the codes, the papers to print."""

from itertools import groupby

from flask import Blueprint, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from quizbank.matrices.pages import level_label, name_of, topic_label, type_labels
from quizbank.permissions import SEE_QUIZ_KEYS
from quizbank.questions.cards import QuestionCard, answer_card, key_card
from quizbank.questions.rulings import Ruling
from quizbank.quizzes import actions, queries
from quizbank.quizzes.codes import codes_from
from quizbank.quizzes.descriptions import KeyRow, key_table
from quizbank.quizzes.papers import wording
from quizbank.quizzes.papers.wording import ROMAN
from quizbank.quizzes.queries import PaperItem
from repository import web

pages = Blueprint("quizzes", __name__, url_prefix="/quizzes")


def part_titles() -> dict[int, str]:
    """The headings of the parts, as the Ministry's papers have them."""
    return {
        part: f"{_('PHẦN %(numeral)s', numeral=ROMAN[part])}. {_(title).rstrip('.')}"
        for part, title in wording.TITLES.items()
    }


@pages.get("")
def list_quizzes() -> str:
    after = request.args.get("after", type=int)
    rows, next_key = queries.list_quizzes(web.session(), web.actor(), after)
    return web.render(
        "quizbank/quizzes/list_quizzes.html",
        rows=rows,
        next_key=next_key,
        is_first=after is None,
        deleted_id=request.args.get("deleted", type=int),
        name_of=name_of,
    )


@pages.post("/<int:quiz_id>/variants")
def add_variants(quiz_id: int) -> Response:
    queries.get_quiz(web.session(), web.actor(), quiz_id)
    codes = codes_from(request.form.get("codes", ""))
    actions.add_variants(web.session(), web.actor(), quiz_id, codes, now=web.now())
    web.say("Đã có {count} mã đề.", count=len(codes))
    return web.go_to(f"/quizzes/{quiz_id}#codes")


@pages.post("/<int:quiz_id>/variants/<code>/delete")
def remove_variant(quiz_id: int, code: str) -> Response:
    actions.remove_variant(web.session(), web.actor(), quiz_id, code, now=web.now())
    return web.go_to(f"/quizzes/{quiz_id}#codes")


@pages.get("/<int:quiz_id>/keys")
def print_keys(quiz_id: int) -> str:
    quiz = queries.get_quiz(web.session(), web.actor(), quiz_id)
    SEE_QUIZ_KEYS.require(web.actor(), quiz)
    variants = queries.variants_with_items(web.session(), quiz.id)
    rulings = queries.rulings_of(web.session(), quiz)
    codes, rows = key_table(quiz, queries.versions_of(web.session(), quiz), variants, rulings)
    rows_of = [(part, list(members)) for part, members in groupby(rows, key=lambda row: row.part)]
    return web.render(
        "quizbank/quizzes/print_keys.html",
        quiz=quiz,
        codes=codes,
        parts=rows_of,
        part_titles=part_titles(),
        repaired=repaired_places(rows),
        name_of=name_of,
    )


@pages.post("/<int:quiz_id>/delete")
def delete_quiz(quiz_id: int) -> Response:
    actions.delete_quiz(web.session(), web.actor(), quiz_id, now=web.now())
    return web.go_to(f"/quizzes?deleted={quiz_id}")


@pages.post("/<int:quiz_id>/restore")
def restore_quiz(quiz_id: int) -> Response:
    quiz = actions.restore_quiz(web.session(), web.actor(), quiz_id, now=web.now())
    return web.go_to(f"/quizzes/{quiz.id}")


def labels() -> dict[str, object]:
    return {
        "type_labels": type_labels(),
        "level_label": level_label,
        "topic_label": topic_label,
        "name_of": name_of,
    }


def parts_of(paper: list[PaperItem], *, shows_keys: bool) -> list[tuple[int, list[tuple[PaperItem, QuestionCard]]]]:
    """Part number -> its questions with their cards; a passage stands on the card of its first question."""
    parts = []
    for part, members in groupby(paper, key=lambda one: one.item.part):
        cards = []
        before: int | None = None
        for one in members:
            passage_id = one.version.passage_version_id
            passage = one.version.passage_html if passage_id != before else ""
            cards.append((one, card_of(one, passage, shows_keys)))
            before = passage_id
        parts.append((part, cards))
    return parts


def card_of(one: PaperItem, passage_html: str, shows_key: bool) -> QuestionCard:
    """The card of a question on a paper; its number stands beside it, for numbers start anew in every part."""
    if shows_key:
        return key_card(one.keyed, option_order=one.option_order, passage_html=passage_html)
    return answer_card(one.version, option_order=one.option_order, passage_html=passage_html)


def repaired_places(rows: list[KeyRow]) -> list[tuple[Ruling, str]]:
    """Every repair that a key table shows, with the places that it concerns, under the first code."""
    found: dict[int, tuple[Ruling, list[str]]] = {}
    for row in rows:
        if row.rulings[0] is not None:
            found.setdefault(row.rulings[0].repair_id, (row.rulings[0], []))[1].append(
                f"{ROMAN[row.part]}.{row.number}"
            )
    return [(ruling, ", ".join(places)) for ruling, places in found.values()]
