"""The steps of a question on its way to publication, one button each."""

from flask import request
from werkzeug.wrappers import Response

from quizbank.questions import actions
from quizbank.questions.pages.blueprint import pages
from repository import web


def comment_given() -> str:
    return request.form.get("comment", "")


@pages.post("/<int:question_id>/submit")
def submit_question(question_id: int) -> Response:
    actions.submit_question(web.session(), web.actor(), question_id, now=web.now(), comment=comment_given())
    web.say("Đã gửi câu hỏi đến bàn thẩm định.")
    return web.go_to(f"/questions/{question_id}")


@pages.post("/<int:question_id>/return")
def return_question(question_id: int) -> Response:
    actions.return_question(web.session(), web.actor(), question_id, now=web.now(), comment=comment_given())
    web.say("Đã trả câu hỏi lại cho người soạn.")
    return web.go_to(f"/questions/{question_id}")


@pages.post("/<int:question_id>/approve")
def approve_question(question_id: int) -> Response:
    actions.approve_question(web.session(), web.actor(), question_id, now=web.now(), comment=comment_given())
    web.say("Đã duyệt và xuất bản câu hỏi.")
    return web.go_to(f"/questions/{question_id}")


@pages.post("/<int:question_id>/withdraw")
def withdraw_question(question_id: int) -> Response:
    actions.withdraw_question(web.session(), web.actor(), question_id, now=web.now(), comment=comment_given())
    web.say("Đã thu hồi câu hỏi. Các đề đã dùng câu này giữ nguyên bản của chúng.")
    return web.go_to(f"/questions/{question_id}")


@pages.post("/<int:question_id>/comment")
def comment_question(question_id: int) -> Response:
    actions.comment_question(web.session(), web.actor(), question_id, now=web.now(), comment=comment_given())
    web.say("Đã ghi nhận xét.")
    return web.go_to(f"/questions/{question_id}")


@pages.post("/several")
def change_several() -> Response:
    """Submit or approve what was ticked in the list; what can't be is left as it is and counted."""
    ids = [int(given) for given in request.form.getlist("id") if given.isdecimal() and len(given) < 16][:500]
    if request.form.get("step") == "approve":
        done = actions.approve_all(web.session(), web.actor(), ids, now=web.now())
        web.say("Đã duyệt và xuất bản {done} trong {all} câu đã chọn.", done=done, all=len(ids))
    else:
        done = actions.submit_all(web.session(), web.actor(), ids, now=web.now())
        web.say("Đã gửi thẩm định {done} trong {all} câu đã chọn.", done=done, all=len(ids))
    return web.go_to(web.safe_next(request.form.get("next"), "/questions"))
