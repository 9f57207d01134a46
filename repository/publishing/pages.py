"""The public page of a record, and the ledger of what was published."""

from typing import Any

from flask import Blueprint, request
from werkzeug.wrappers import Response as BaseResponse

from repository import web
from repository.errors import Invalid
from repository.permissions import DELIVER_RECORDS, SEE_LEDGER
from repository.publishing import actions, queries
from repository.publishing.descriptions import DC_LABELS, EVENT_LABELS, STATE_LABELS, json_ld_of
from repository.publishing.log import verify_log
from repository.publishing.rules import absolute_metadata

PAGE_EVENTS = 50

pages = Blueprint("publishing", __name__)


@pages.get("/records/<int:record_id>")
def show_record(record_id: int) -> Any:
    """The metadata of what was published; of what was withdrawn, only that it was (410)."""
    record = queries.get_record(web.session(), record_id)
    base_url = web.services().settings.base_url
    page = web.render(
        "repository/publishing/show_record.html",
        record=record,
        metadata={} if record.is_deleted else absolute_metadata(record.dublin_core, base_url),
        json_ld=None if record.is_deleted else json_ld_of(record, base_url),
        events=queries.events_of(web.session(), record.id),
        labels=DC_LABELS,
        event_labels=EVENT_LABELS,
    )
    return (page, 410) if record.is_deleted else page


@pages.get("/ledger")
def ledger() -> str:
    """Every publication, newest first, with what the platforms answered."""
    SEE_LEDGER.require(web.actor())
    events = queries.list_events(web.session(), before_seq(), PAGE_EVENTS + 1)
    shown = events[:PAGE_EVENTS]
    return web.render(
        "repository/publishing/ledger.html",
        events=shown,
        deliveries=queries.deliveries_of(web.session(), [event.seq for event in shown]),
        after=shown[-1].seq if len(events) > PAGE_EVENTS else None,
        platforms=queries.platform_states(web.session(), sorted(web.services().platforms)),
        event_labels=EVENT_LABELS,
        state_labels=STATE_LABELS,
        log_state=verify_log(web.session()) if "verify" in request.args else None,
        may_deliver=DELIVER_RECORDS.allows(web.actor()),
    )


@pages.post("/ledger/deliver")
def deliver() -> BaseResponse:
    actions.request_delivery(web.session(), web.actor(), now=web.now())
    web.say("Đã xếp lịch gửi lại tới các nền tảng.")
    return web.go_to("/ledger")


def before_seq() -> int | None:
    after = request.args.get("after")
    if after is None:
        return None
    if not after.isascii() or not after.isdigit() or len(after) > 18:
        raise Invalid("Địa chỉ trang không đúng.")
    return int(after)
