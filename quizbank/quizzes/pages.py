"""Pages of the quizzes: their list, the codes, the papers to print."""

from itertools import groupby

from flask import Blueprint, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from quizbank.matrices.pages import level_label, name_of, topic_label
from quizbank.questions.cards import QuestionCard, answer_card, key_card
from quizbank.questions.pages.blueprint import type_labels
from quizbank.quizzes import actions, queries
from quizbank.quizzes.codes import codes_from
from quizbank.quizzes.key_tables import keys_of_forms, repaired_places, side_by_side
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
    forms = keys_of_forms(web.session(), web.actor(), quiz)
    rows_of = [(part, list(members)) for part, members in groupby(side_by_side(forms), key=lambda row: row.part)]
    return web.render(
        "quizbank/quizzes/print_keys.html",
        quiz=quiz,
        forms=forms,
        codes=[code for form in forms for code in form.codes],
        parts=rows_of,
        part_titles=part_titles(),
        repaired=repaired_places(forms),
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
