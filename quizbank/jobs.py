"""What the jobs of the whole product run, and the product with it."""

from quizbank.attempts.jobs import close_attempt
from quizbank.attempts.remarking import REMARK_JOB, remark_attempts
from quizbank.attempts.rules import CLOSE_JOB
from quizbank.attempts.statistics import COUNT_JOB, count_answers
from quizbank.item_templates.jobs import HANDLERS as TEMPLATE_JOBS
from quizbank.parts import open_parts
from quizbank.questions.bulk_jobs import HANDLERS as BULK_JOBS
from quizbank.questions.export_jobs import HANDLERS as EXPORT_JOBS
from quizbank.questions.likeness_search import HANDLERS as COMPARISONS
from quizbank.questions.reading import HANDLERS as IMPORT_JOBS
from quizbank.quizzes.papers.jobs import HANDLERS as PAPER_JOBS
from quizbank.scanning.jobs import HANDLERS as SCAN_JOBS
from repository.jobs import Handler
from repository.services import Services
from repository.settings import Settings

JOB_HANDLERS: dict[str, Handler] = {
    CLOSE_JOB: close_attempt,
    COUNT_JOB: count_answers,
    REMARK_JOB: remark_attempts,
    **IMPORT_JOBS,
    **EXPORT_JOBS,
    **PAPER_JOBS,
    **COMPARISONS,
    **BULK_JOBS,
    **TEMPLATE_JOBS,
    **SCAN_JOBS,
}


def open_services(settings: Settings | None = None) -> Services:
    """The product's parts, ready for its jobs."""
    services = open_parts(settings)
    services.job_handlers.update(JOB_HANDLERS)
    return services
