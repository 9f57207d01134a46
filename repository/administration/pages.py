"""The operator's pages, and the page of a job for whoever caused it."""

from flask import Blueprint, request
from flask_babel import format_decimal
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from repository import permissions, web
from repository.administration import actions, queries
from repository.administration.checks import Check, all_checks
from repository.administration.descriptions import JOB_LABELS, STATE_LABELS, THING_LABELS, action_label, address_of
from repository.administration.queries import AuditFilter
from repository.audit import AuditEntry
from repository.jobs import JobState

pages = Blueprint("administration", __name__)


@pages.get("/admin")
def show_administration() -> str:
    permissions.ADMINISTER.require(web.actor())
    return web.render(
        "repository/administration/show_administration.html", counts=queries.count_jobs(web.session()), State=JobState
    )


@pages.get("/admin/jobs")
def list_jobs() -> str:
    after, kind = request.args.get("after", type=int), request.args.get("kind") or None
    chosen = request.args.get("state", "")
    state = JobState(chosen) if chosen in set(JobState) else None
    rows, next_key = queries.list_jobs(web.session(), web.actor(), state=state, kind=kind, after=after)
    return web.render(
        "repository/administration/list_jobs.html",
        rows=rows,
        next_key=next_key,
        is_first=after is None,
        state=state,
        counts=queries.count_jobs(web.session()),
        states=[(state, _(label)) for state, label in STATE_LABELS.items()],
        job_label=job_label,
    )


@pages.get("/jobs/<int:job_id>")
def show_job(job_id: int) -> str:
    row = queries.get_job(web.session(), web.actor(), job_id)
    return web.render(
        "repository/administration/show_job.html",
        job=row.job,
        maker=row.maker,
        job_label=job_label,
        is_over=row.job.state in (JobState.DONE, JobState.FAILED),
        may_retry=row.job.state == JobState.FAILED and permissions.ADMINISTER.allows(web.actor()),
        sees_details=permissions.ADMINISTER.allows(web.actor()),
    )


@pages.post("/admin/jobs/<int:job_id>/retry")
def retry_job(job_id: int) -> Response:
    actions.retry_job(web.session(), web.actor(), job_id, now=web.now())
    web.say("Công việc đã trở lại hàng đợi.")
    return web.go_to(f"/jobs/{job_id}")


@pages.get("/admin/audit")
def list_audit() -> str:
    given, after = request.args, request.args.get("after", type=int)
    wanted = AuditFilter(
        actor_id=given.get("actor", type=int),
        action=given.get("action") or None,
        thing_kind=given.get("kind") or None,
        thing_id=given.get("thing", type=int),
    )
    entries, next_key = queries.list_audit(web.session(), web.actor(), wanted, after)
    return web.render(
        "repository/administration/list_audit.html",
        entries=entries,
        next_key=next_key,
        is_first=after is None,
        wanted=wanted,
        kinds=[(kind, _(label)) for kind, label in THING_LABELS.items()],
        thing_label=lambda kind: _(THING_LABELS[kind]) if kind in THING_LABELS else kind,
        said_of=said_of,
        address_of=address_of,
    )


def said_of(entry: AuditEntry) -> str:
    """What was done, in the reader's language; as it was recorded where nobody has translated it."""
    label = action_label(entry.action, entry.thing_kind)
    return _(label) if label else entry.action


def job_label(kind: str) -> str:
    return _(JOB_LABELS[kind]) if kind in JOB_LABELS else kind


@pages.get("/admin/health")
def show_health() -> str:
    permissions.ADMINISTER.require(web.actor())
    checks = all_checks(web.session(), web.services(), web.now())
    return web.render(
        "repository/administration/show_health.html",
        lines=[(check.is_well, said(check)) for check in checks],
        is_well=all(check.is_well for check in checks),
    )


def said(check: Check) -> str:
    """A check in the reader's language, numbers as written there."""
    facts = {
        name: format_decimal(fact) if isinstance(fact, int | float) else fact for name, fact in check.facts.items()
    }
    text: str = _(check.message)
    return text.format(**facts)
