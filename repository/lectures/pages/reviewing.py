"""Pages for reviewers: the desk, what changed, the decision."""

from flask import request
from werkzeug.wrappers import Response

from repository import web
from repository.errors import NotFound
from repository.lectures import actions, queries
from repository.lectures.models import Lecture, LectureVersion
from repository.lectures.pages.blueprint import pages
from repository.lectures.pages.showing import history_of, may_of, words
from repository.lectures.rules import changes_between
from repository.permissions import SEE_REVIEW_DESK, is_own, is_staff

DESK_PAGE = 30


@pages.get("/review")
def show_review_desk() -> str:
    """What waits, from every feature that plugged in a source."""
    SEE_REVIEW_DESK.require(web.actor())
    sources = web.services().review_sources
    counts = {kind: source.count(web.session()) for kind, source in sources.items()}
    asked = request.args.get("kind", "")
    kind = asked if asked in sources else next((name for name in counts if counts[name]), next(iter(sources)))
    after = request.args.get("after", type=int)
    items = sources[kind].read(web.session(), web.actor(), after, DESK_PAGE + 1)
    return web.render(
        "repository/lectures/show_review_desk.html",
        tabs=[(name, source.label, counts[name]) for name, source in sources.items()],
        kind=kind,
        items=items[:DESK_PAGE],
        after=items[DESK_PAGE - 1].id if len(items) > DESK_PAGE else None,
        **words(),
    )


@pages.get("/lectures/<int:lecture_id>/changes")
def show_changes(lecture_id: int) -> str:
    """What differs between the newest version and the one approved before it (or the one before)."""
    lecture = queries.see_lecture(web.session(), web.actor(), lecture_id)
    if not (is_own(web.actor(), lecture) or is_staff(web.actor())):
        raise NotFound("Không có trang này.")
    newest = queries.get_version(web.session(), lecture.current_version_id)
    before = compared_version(lecture, newest)
    changes = changes_between(queries.metadata_of(before), queries.metadata_of(newest)) if before else ()
    return web.render(
        "repository/lectures/show_changes.html",
        lecture=lecture,
        version=newest,
        before=before,
        changes=changes,
        is_file_changed=before is not None and before.file_sha256 != newest.file_sha256,
        **history_of(lecture, newest),
        **may_of(lecture),
        **words(),
    )


@pages.post("/lectures/<int:lecture_id>/approve")
def approve_lecture(lecture_id: int) -> Response:
    actions.approve_lecture(
        web.session(),
        web.actor(),
        lecture_id,
        request.form.get("comment", ""),
        now=web.now(),
        version_number=request.form.get("version", type=int),
    )
    web.say("Đã duyệt và xuất bản.")
    return web.go_to(f"/lectures/{lecture_id}")


@pages.post("/lectures/<int:lecture_id>/return")
def return_lecture(lecture_id: int) -> Response:
    actions.return_lecture(web.session(), web.actor(), lecture_id, request.form.get("comment", ""), now=web.now())
    web.say("Đã trả lại cho người soạn.")
    return web.go_to("/review")


@pages.post("/lectures/<int:lecture_id>/withdraw")
def withdraw_lecture(lecture_id: int) -> Response:
    actions.withdraw_lecture(web.session(), web.actor(), lecture_id, request.form.get("comment", ""), now=web.now())
    web.say("Đã thu hồi.")
    return web.go_to(f"/lectures/{lecture_id}?version=0")


def compared_version(lecture: Lecture, newest: LectureVersion) -> LectureVersion | None:
    """What a reviewer compares with: the published version, else the one before."""
    published = lecture.published_version_id
    if published and published != newest.id:
        return queries.get_version(web.session(), published)
    return queries.find_version(web.session(), lecture.id, newest.number - 1)
