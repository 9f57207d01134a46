"""How far a job is, for its maker and for administrators."""

from typing import Any

from apiflask import APIBlueprint

from repository import web
from repository.administration import queries
from repository.administration.schemas import JobOut
from repository.jobs import JobState

api = APIBlueprint("administration_api", __name__, url_prefix="/api/jobs", tag="Jobs")


@api.get("/<int:job_id>")
@api.output(JobOut)
@api.doc(summary="The state and progress of a job")
def get_job(job_id: int) -> dict[str, Any]:
    job = queries.get_job(web.session(), web.actor(), job_id).job
    fields = {name: getattr(job, name) for name in JobOut().fields if name != "is_over"}
    return {**fields, "is_over": job.state in (JobState.DONE, JobState.FAILED)}
