"""The parts of the whole product without its web and its jobs: loading those takes longer than most commands."""

import os

from quizbank.questions.descriptions import DOCUMENTS as QUESTION_DOCUMENTS
from quizbank.questions.descriptions import KIND as QUESTION
from quizbank.questions.descriptions import RECORDS as QUESTION_RECORDS
from quizbank.questions.review import QUESTIONS as QUESTIONS_IN_REVIEW
from repository.parts import make_services
from repository.services import Services
from repository.settings import Settings, read_settings


def open_parts(settings: Settings | None = None) -> Services:
    """The parts of the whole product, from the environment unless told otherwise."""
    services = make_services(settings or read_settings(os.environ))
    services.document_sources[QUESTION] = QUESTION_DOCUMENTS
    services.record_sources[QUESTION] = QUESTION_RECORDS
    services.review_sources[QUESTION] = QUESTIONS_IN_REVIEW
    return services
