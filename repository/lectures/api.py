"""Lectures for other programs."""

import json
from typing import Any, BinaryIO, cast

from apiflask import APIBlueprint
from flask import request

from repository import web
from repository.errors import Invalid, NotSignedIn
from repository.lectures import actions, queries
from repository.lectures.forms import received_file, taken_upload, upload_folder
from repository.lectures.models import Lecture, Upload
from repository.lectures.queries import LectureFilter, LecturePage
from repository.lectures.receiving import receive_file
from repository.lectures.schemas import CardsOut, CommentIn, LectureOut, ListIn, UploadIn, UploadOut, load_metadata
from repository.lectures.uploads import append, end_upload, get_upload, start_upload
from repository.permissions import UPLOAD_LECTURE, is_own, is_staff

api = APIBlueprint("lectures_api", __name__, url_prefix="/api", tag="Lectures")


@api.before_request
def ask_who() -> None:
    """Whoever changes something says first who they are, before what they sent is looked at."""
    if request.method not in web.SAFE_METHODS and not web.actor().is_signed_in:
        raise NotSignedIn("Hãy đăng nhập để làm việc này.")


@api.get("/lectures")
@api.input(ListIn, location="query", arg_name="wanted")
@api.output(CardsOut)
@api.doc(summary="Published lectures, the newest first")
def get_lectures(wanted: dict[str, Any]) -> LecturePage:
    """Pass `after` of one page to get the next."""
    after = wanted.pop("after")
    return queries.list_published(web.session(), LectureFilter(**wanted), after=after)


@api.get("/lectures/<int:lecture_id>")
@api.output(LectureOut)
@api.doc(summary="One lecture")
def get_lecture(lecture_id: int) -> dict[str, Any]:
    """The published version; its maker and staff get the newest."""
    return shown(queries.see_lecture(web.session(), web.actor(), lecture_id))


@api.post("/lectures")
@api.output(LectureOut, status_code=201)
@api.doc(summary="Upload a lecture", security="bearer")
def post_lecture() -> dict[str, Any]:
    """Multipart with a `metadata` part (JSON) and a `file` part; or JSON with `upload`, the id of a finished upload;
    or JSON with `link_url` for a link.
    """
    UPLOAD_LECTURE.require(web.actor())
    metadata = sent_metadata()
    received = received_file() or (taken_upload(metadata["upload"]) if metadata.get("upload") else None)
    suggested = {"title": received.info.title} if received and not metadata.get("title") else {}
    lecture = actions.upload_lecture(
        web.session(),
        web.actor(),
        load_metadata({**metadata, **suggested}),
        received,
        store=web.services().store,
        now=web.now(),
    )
    return shown(lecture)


@api.put("/lectures/<int:lecture_id>")
@api.output(LectureOut)
@api.doc(summary="Change a lecture's metadata", security="bearer")
def put_lecture(lecture_id: int) -> dict[str, Any]:
    """Writes a new version with the whole metadata; `upload` or a `file` part brings a new file."""
    metadata = sent_metadata()
    received = received_file() or (taken_upload(metadata["upload"]) if metadata.get("upload") else None)
    lecture = actions.revise_lecture(
        web.session(),
        web.actor(),
        lecture_id,
        load_metadata(metadata),
        received,
        store=web.services().store,
        now=web.now(),
        based_on=metadata.get("version") if isinstance(metadata.get("version"), int) else None,
    )
    return shown(lecture)


@api.put("/lectures/<int:lecture_id>/file")
@api.output(LectureOut)
@api.doc(summary="Replace a lecture's file", security="bearer")
def put_file(lecture_id: int) -> dict[str, Any]:
    """The body is the file; `?name=` is what it is called. Writes a new version with the same metadata."""
    services = web.services()
    name, limit_bytes = request.args.get("name", "tep"), services.settings.upload_limit_bytes
    stream = cast(BinaryIO, request.stream)
    received = receive_file(web.actor(), stream, name, store=services.store, limit_bytes=limit_bytes)
    lecture = queries.see_lecture(web.session(), web.actor(), lecture_id)
    metadata = queries.metadata_of(queries.get_version(web.session(), lecture.current_version_id))
    actions.revise_lecture(
        web.session(), web.actor(), lecture_id, metadata, received, store=services.store, now=web.now()
    )
    return shown(lecture)


@api.post("/lectures/<int:lecture_id>/<any(submit, approve, withdraw, comment):step>")
@api.input(CommentIn, arg_name="said")
@api.output(LectureOut)
@api.doc(summary="Submit, approve, withdraw or comment on a lecture", security="bearer")
def post_step(lecture_id: int, step: str, said: dict[str, Any]) -> dict[str, Any]:
    """Withdrawing and commenting need a `comment`; approving takes the `version` that was looked at."""
    common = (web.session(), web.actor(), lecture_id, said["comment"])
    if step == "approve":
        return shown(actions.approve_lecture(*common, now=web.now(), version_number=said["version"]))
    return shown(STEPS[step](*common, now=web.now()))


@api.post("/lectures/<int:lecture_id>/return")
@api.input(CommentIn, arg_name="said")
@api.output(LectureOut)
@api.doc(summary="Return a lecture to its maker", security="bearer")
def post_return(lecture_id: int, said: dict[str, Any]) -> dict[str, Any]:
    """Needs a `comment`."""
    return shown(actions.return_lecture(web.session(), web.actor(), lecture_id, said["comment"], now=web.now()))


STEPS: dict[str, Any] = {
    "submit": actions.submit_lecture,
    "withdraw": actions.withdraw_lecture,
    "comment": actions.comment_lecture,
}


@api.post("/uploads")
@api.input(UploadIn, arg_name="wanted")
@api.output(UploadOut, status_code=201)
@api.doc(summary="Begin an upload in pieces", security="bearer")
def post_upload(wanted: dict[str, Any]) -> dict[str, Any]:
    """Send the pieces with PATCH, each at the offset where the last one ended."""
    limit_bytes = web.services().settings.upload_limit_bytes
    return shown_upload(start_upload(web.session(), web.actor(), **wanted, limit_bytes=limit_bytes, now=web.now()))


@api.get("/uploads/<upload_id>")
@api.output(UploadOut)
@api.doc(summary="How far an upload is", security="bearer")
def get_one_upload(upload_id: str) -> dict[str, Any]:
    """After a cut, go on from `offset`."""
    return shown_upload(get_upload(web.session(), web.actor(), upload_id))


@api.patch("/uploads/<upload_id>")
@api.output(UploadOut)
@api.doc(summary="Send a piece of an upload", security="bearer")
def patch_upload(upload_id: str) -> dict[str, Any]:
    """The body is the piece; `Upload-Offset` says where it begins. 409 tells the right offset."""
    offset = request.headers.get("Upload-Offset", "")
    if not offset.isdecimal():
        raise Invalid("Thiếu đầu mục Upload-Offset.")
    with web.services().sessions() as lookup:
        upload = get_upload(lookup, web.actor(), upload_id)
    append(upload_folder(), upload, int(offset), cast(BinaryIO, request.stream))
    return shown_upload(upload)


@api.delete("/uploads/<upload_id>")
@api.doc(summary="Forget an upload", security="bearer", responses=[204])
def delete_upload(upload_id: str) -> tuple[str, int]:
    end_upload(web.session(), web.actor(), upload_id, folder=upload_folder())
    return "", 204


def sent_metadata() -> dict[str, Any]:
    """The JSON of the body, or of the ``metadata`` part.

    Raises:
        Invalid: there is none, or it is no object.
    """
    text = request.form.get("metadata")
    try:
        value = json.loads(text) if text is not None else request.get_json(silent=True)
    except ValueError as error:
        raise Invalid("Phần metadata không phải JSON đúng.") from error
    if not isinstance(value, dict):
        raise Invalid("Phần metadata không phải JSON đúng.")
    return value


def shown(lecture: Lecture) -> dict[str, Any]:
    """What ``LectureOut`` needs of the version that the asker may see."""
    is_insider = is_own(web.actor(), lecture) or is_staff(web.actor())
    version_id = lecture.current_version_id if is_insider else lecture.published_version_id
    version = queries.get_version(web.session(), version_id)
    metadata = vars(queries.metadata_of(version))
    return {
        **metadata,
        **{name: getattr(version, name) for name in VERSION_FIELDS},
        "id": lecture.id,
        "state": str(lecture.state),
        "kind": str(version.kind),
        "version": version.number,
        "is_published": lecture.published_version_id is not None,
        "is_processed": version.processed_at is not None,
        "warnings": queries.warnings_of(web.session(), version.id),
        "published_at": lecture.published_at,
        "address": f"{web.services().settings.base_url}/lectures/{lecture.id}",
    }


VERSION_FIELDS = ("standard", "file_name", "file_sha256", "size_bytes", "media_type", "process_problem")


def shown_upload(upload: Upload) -> dict[str, Any]:
    offset = upload_folder().offset(upload.id)
    return {"id": upload.id, "file_name": upload.file_name, "size_bytes": upload.size_bytes, "offset": offset}
