"""Pages for those who prepare lectures: upload, edit, submit."""

from typing import Any

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from repository import web
from repository.errors import HocLieuError, Invalid
from repository.lectures import actions, queries
from repository.lectures.forms import keep_token, kept_file, received_file, suggested
from repository.lectures.pages.blueprint import pages
from repository.lectures.pages.showing import said, shown_cards, words
from repository.lectures.schemas import load_metadata, values_of_form
from repository.permissions import EDIT_LECTURE, UPLOAD_LECTURE


@pages.get("/lectures/mine")
def list_own_lectures() -> str:
    UPLOAD_LECTURE.require(web.actor())
    page = queries.list_own(web.session(), web.actor(), after=request.args.get("after", type=int))
    return web.render(
        "repository/lectures/list_own_lectures.html", cards=shown_cards(page.cards), after=page.after, **words()
    )


@pages.get("/lectures/new")
def new_lecture() -> str:
    UPLOAD_LECTURE.require(web.actor())
    return web.render("repository/lectures/new_lecture.html", errors={}, values={}, token="", **words())


@pages.post("/lectures/new")
def add_lecture() -> Any:
    """First a file or an address, then what to say about it; a file is received before any transaction begins."""
    UPLOAD_LECTURE.require(web.actor())
    try:
        received = received_file() or kept_file(request.form.get("token", ""))
    except HocLieuError as error:
        return shown_form({"file": [web.message_of(error)]}, status=error.status)
    values = values_of_form(request.form)
    if received and not request.form.get("token"):
        return shown_form({}, suggested(received), token=keep_token(received), received=received)
    if received is None and not values.get("link_url"):
        return shown_form({"file": [_("Hãy chọn tệp, hoặc ghi địa chỉ liên kết.")]}, values, status=422)
    if received is None and "title" not in values:
        return shown_form({}, values, is_link=True)
    try:
        lecture = actions.upload_lecture(
            web.session(),
            web.actor(),
            load_metadata(values),
            received,
            store=web.services().store,
            now=web.now(),
        )
    except Invalid as error:
        fields, token = said(error.facts["fields"]), request.form.get("token", "")
        return shown_form(fields, values, token=token, received=received, is_link=received is None, status=422)
    web.say("Đã lưu bản nháp.")
    return web.go_to(f"/lectures/{lecture.id}")


@pages.get("/lectures/<int:lecture_id>/edit")
def edit_lecture(lecture_id: int) -> str:
    lecture = queries.see_lecture(web.session(), web.actor(), lecture_id)
    EDIT_LECTURE.require(web.actor(), lecture)
    version = queries.get_version(web.session(), lecture.current_version_id)
    values = vars(queries.metadata_of(version))
    return web.render(
        "repository/lectures/edit_lecture.html", lecture=lecture, version=version, values=values, errors={}, **words()
    )


@pages.post("/lectures/<int:lecture_id>/edit")
def change_lecture(lecture_id: int) -> Any:
    values = values_of_form(request.form)
    try:
        received = received_file()
        actions.revise_lecture(
            web.session(),
            web.actor(),
            lecture_id,
            load_metadata(values),
            received,
            store=web.services().store,
            now=web.now(),
            based_on=request.form.get("based_on", type=int),
        )
    except Invalid as error:
        fields = said(error.facts.get("fields", {})) or {"file": [web.message_of(error)]}
        lecture = queries.see_lecture(web.session(), web.actor(), lecture_id)
        EDIT_LECTURE.require(web.actor(), lecture)
        version = queries.get_version(web.session(), lecture.current_version_id)
        page = web.render(
            "repository/lectures/edit_lecture.html",
            lecture=lecture,
            version=version,
            values=values,
            errors=fields,
            **words(),
        )
        return page, 422
    web.say("Đã lưu thành bản mới.")
    return web.go_to(f"/lectures/{lecture_id}?version=0")


@pages.post("/lectures/<int:lecture_id>/submit")
def submit_lecture(lecture_id: int) -> Response:
    actions.submit_lecture(web.session(), web.actor(), lecture_id, request.form.get("comment", ""), now=web.now())
    web.say("Đã gửi thẩm định.")
    return web.go_to(f"/lectures/{lecture_id}?version=0")


@pages.post("/lectures/<int:lecture_id>/comment")
def comment_lecture(lecture_id: int) -> Response:
    actions.comment_lecture(web.session(), web.actor(), lecture_id, request.form.get("comment", ""), now=web.now())
    return web.go_to(f"/lectures/{lecture_id}?version=0#history")


def shown_form(
    errors: dict[str, list[str]],
    values: dict[str, Any] | None = None,
    *,
    token: str = "",
    received: Any = None,
    is_link: bool = False,
    status: int = 200,
) -> tuple[str, int]:
    """The upload page at its first step, or at the second when a file or a link is known."""
    page = web.render(
        "repository/lectures/new_lecture.html",
        errors=errors,
        values=values or {},
        token=token,
        received=received,
        is_link=is_link,
        **words(),
    )
    return page, status
