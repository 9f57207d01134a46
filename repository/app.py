"""The web side of the repository: which doors it has. The product adds the quiz bank's in ``quizbank.app``."""

from apiflask import APIFlask
from flask import Blueprint

from repository.accounts import queries as accounts
from repository.accounts.pages.organisations import pages as organisation_pages
from repository.accounts.pages.own import pages as account_pages
from repository.accounts.pages.people import pages as people_pages
from repository.administration.api import api as administration_api
from repository.administration.pages import pages as administration_pages
from repository.curriculum.api import api as curriculum_api
from repository.lectures.api import api as lectures_api
from repository.lectures.pages import pages as lecture_pages
from repository.publishing.harvest.door import pages as oai_pages
from repository.publishing.pages import pages as publishing_pages
from repository.search.api import api as search_api
from repository.search.pages import pages as search_pages
from repository.search.suggestions.api import api as suggestions_api
from repository.web import WhoActs

WHO_ACTS = WhoActs(by_session=accounts.find_actor_by_session, by_api_token=accounts.find_actor_by_api_token)

BLUEPRINTS: tuple[Blueprint, ...] = (
    account_pages,
    people_pages,
    organisation_pages,
    administration_pages,
    administration_api,
    curriculum_api,
    search_api,
    search_pages,
    suggestions_api,
    oai_pages,
    publishing_pages,
    lectures_api,
    lecture_pages,
)


def register_repository(app: APIFlask) -> None:
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
