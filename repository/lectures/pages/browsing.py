"""Pages for everybody: the list and one lecture."""

from collections.abc import Sequence
from typing import Any

from flask import request
from werkzeug.wrappers import Response

from repository import web
from repository.curriculum.queries import curriculum
from repository.errors import NotFound
from repository.lectures import queries
from repository.lectures.descriptions import KIND
from repository.lectures.models import Lecture, LectureVersion
from repository.lectures.openings import count_opening
from repository.lectures.pages.blueprint import pages
from repository.lectures.pages.showing import history_of, may_of, shown_cards, shown_version, words
from repository.lectures.places import fragment_of, read_at
from repository.lectures.queries import LectureFilter
from repository.lectures.records import record_of
from repository.lectures.rules import LectureKind
from repository.permissions import UPLOAD_LECTURE
from repository.search.descriptions import place_name, title_html
from repository.search.documents import SearchHit
from repository.search.queries import related_or_nothing

RELATED = 4
RELATED_QUESTIONS = 5


@pages.get("/lectures")
def list_lectures() -> str:
    wanted = asked_filter()
    page = queries.list_published(web.session(), wanted, after=request.args.get("after", type=int))
    return web.render(
        "repository/lectures/list_lectures.html",
        cards=shown_cards(page.cards),
        after=page.after,
        wanted=wanted,
        subjects=queries.count_published_by_subject(web.session()),
        grades=queries.count_published_by_grade(web.session(), wanted.subject),
        may_upload=UPLOAD_LECTURE.allows(web.actor()),
        **words(),
    )


@pages.get("/lectures/<int:lecture_id>")
def show_lecture(lecture_id: int) -> str:
    lecture = queries.see_lecture(web.session(), web.actor(), lecture_id)
    version = shown_version(lecture, request.args.get("version", type=int))
    organisation = queries.organisation_name(web.session(), lecture)
    where = read_at(request.args.get("at", ""))
    is_public = lecture.published_version_id == version.id
    if is_public:
        count_opening(lecture.id, web.services().sessions, now=web.now())
    return web.render(
        "repository/lectures/show_lecture.html",
        lecture=lecture,
        version=version,
        metadata=queries.metadata_of(version),
        organisation=organisation,
        where=where,
        place_name=place_name(where) if where else "",
        fragment=fragment_of(where, str(version.kind)),
        related=related_lectures(lecture, version) if is_public else (),
        questions=related_questions(lecture) if is_public else (),
        title_html=title_html,
        json_ld=json_ld(lecture, version, organisation) if is_public else None,
        **history_of(lecture, version),
        **may_of(lecture),
        **words(),
    )


@pages.get("/lectures/<int:lecture_id>/download")
def download_lecture(lecture_id: int) -> Response:
    lecture = queries.see_lecture(web.session(), web.actor(), lecture_id)
    version = shown_version(lecture, request.args.get("version", type=int))
    if version.file_sha256 is None:
        raise NotFound("Bài giảng này là một liên kết, không có tệp.")
    return web.go_to(f"{web.services().settings.packages_origin}/download/{version.file_sha256}/{version.file_name}")


def related_lectures(lecture: Lecture, version: LectureVersion) -> list[dict[str, Any]]:
    """Cards of lectures close to this one; of its topics where the index knows none."""
    hits = related_or_nothing(web.services().search, KIND, lecture.id, KIND, limit=RELATED)
    cards = queries.list_cards(web.session(), [hit.id for hit in hits])
    topics = [row.topic for row in version.topics]
    if not cards and topics:
        cards = queries.list_of_topics(web.session(), topics, limit=RELATED + 1)
    return shown_cards(tuple(card for card in cards if card.id != lecture.id)[:RELATED])


def related_questions(lecture: Lecture) -> Sequence[SearchHit]:
    return related_or_nothing(web.services().search, KIND, lecture.id, "question", limit=RELATED_QUESTIONS)


def json_ld(lecture: Lecture, version: LectureVersion, organisation: str) -> dict[str, Any]:
    address = f"{web.services().settings.base_url}/lectures/{lecture.id}"
    return {**record_of(lecture, version, organisation).schema_org, "@id": address, "url": address}


def asked_filter() -> LectureFilter:
    """The filter in the address; what does not exist does not narrow."""
    known, given = curriculum(), request.args
    topic, kind = given.get("topic", ""), given.get("kind", "")
    return LectureFilter(
        subject=given["subject"] if known.find_subject(given.get("subject", "")) else "",
        grade=given.get("grade", type=int),
        topic=topic if known.has(topic) else "",
        kind=kind if kind in set(LectureKind) else "",
    )
