"""The review list of near-duplicates."""

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from quizbank.permissions import COMPARE_QUESTIONS
from quizbank.questions.likeness_actions import decide_pair
from quizbank.questions.likeness_cards import sides_of
from quizbank.questions.likeness_folding import fold_contents
from quizbank.questions.likeness_keys import is_same_question
from quizbank.questions.likeness_models import Verdict
from quizbank.questions.likeness_queries import list_pairs, newest_versions, place_from
from quizbank.questions.pages.blueprint import name_of, pages
from repository import web
from repository.errors import Invalid


def verdict_labels() -> dict[str, str]:
    return {
        Verdict.OPEN: _("Chưa xem"),
        Verdict.SAME: _("Trùng nhau"),
        Verdict.VARIANT: _("Biến thể"),
        Verdict.DIFFERENT: _("Khác nhau"),
    }


def verdict_of(text: str | None) -> Verdict | None:
    return Verdict(text) if text in set(Verdict) else None


@pages.get("/duplicates")
def list_duplicates() -> str:
    COMPARE_QUESTIONS.require(web.actor())
    verdict = verdict_of(request.args.get("verdict")) or Verdict.OPEN
    place = place_from(request.args.get("after", ""))
    pairs, after = list_pairs(web.session(), verdict, after=place)
    versions = newest_versions(web.session(), pairs)
    rows = [(pair, versions[pair.left_id], versions[pair.right_id]) for pair in pairs]
    return web.render(
        "quizbank/questions/list_duplicates.html",
        rows=[
            (pair, (left, right), sides_of(left, right), is_same_question(*fold_contents([left, right])))
            for pair, left, right in rows
        ],
        verdict=verdict,
        labels=verdict_labels(),
        after=after,
        is_first=place is None,
        here=request.full_path.rstrip("?"),
        decided=decided_from(request.args.get("decided", "")),
        name_of=name_of,
    )


def decided_from(text: str) -> tuple[int, int] | None:
    """The pair that was decided a moment ago, for the button that takes it back."""
    left, _between, right = text.partition("-")
    return (int(left), int(right)) if all(one.isdecimal() and len(one) < 16 for one in (left, right)) else None


@pages.post("/duplicates/<int:left_id>/<int:right_id>")
def decide_duplicates(left_id: int, right_id: int) -> Response:
    COMPARE_QUESTIONS.require(web.actor())
    verdict = verdict_of(request.form.get("verdict"))
    if verdict is None:
        raise Invalid("Hãy chọn một kết luận.")
    decide_pair(web.session(), web.actor(), left_id, right_id, verdict, now=web.now())
    back = web.safe_next(request.form.get("next"), "/questions/duplicates")
    if verdict is Verdict.OPEN:
        web.say("Đã lấy lại kết luận về hai câu.")
        return web.go_to(back)
    return web.go_to(f"{back}{'&' if '?' in back else '?'}decided={left_id}-{right_id}")
