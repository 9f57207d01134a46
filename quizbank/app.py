"""The product: the repository with the quiz bank on top. The one composition root, and the server's entry."""

from collections.abc import Iterable
from threading import Thread
from urllib.parse import SplitResult, urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from apiflask import APIFlask
from flask import Blueprint, Flask

from quizbank.attempts.api import api as attempts_api
from quizbank.attempts.pages import pages as attempt_pages
from quizbank.attempts.repair_api import api as repairs_api
from quizbank.attempts.repair_pages import pages as repair_pages
from quizbank.attempts.uses_pages import api as uses_api
from quizbank.attempts.uses_pages import pages as uses_pages
from quizbank.classes.api import api as classes_api
from quizbank.classes.handout_pages import pages as handout_pages
from quizbank.classes.pages import pages as class_pages
from quizbank.item_templates.api import api as templates_api
from quizbank.item_templates.pages import pages as template_pages
from quizbank.jobs import open_services
from quizbank.matrices.api import api as matrices_api
from quizbank.matrices.exchange_api import api as matrix_exchange_api
from quizbank.matrices.exchange_pages import pages as matrix_exchange_pages
from quizbank.matrices.pages import pages as matrix_pages
from quizbank.matrices.version_pages import pages as matrix_version_pages
from quizbank.pages import pages as front_door
from quizbank.questions.api import api as questions_api
from quizbank.questions.bulk_api import api as bulk_edits_api
from quizbank.questions.export_api import api as exports_api
from quizbank.questions.import_api import api as imports_api
from quizbank.questions.pages import pages as question_pages
from quizbank.questions.shelf_reading import shelf_of_bank
from quizbank.quizzes.api import api as quizzes_api
from quizbank.quizzes.build_pages import pages as quiz_building_pages
from quizbank.quizzes.check_pages import pages as matrix_check_pages
from quizbank.quizzes.code_api import api as codes_api
from quizbank.quizzes.code_pages import pages as code_pages
from quizbank.quizzes.export_pages import pages as quiz_pages
from quizbank.quizzes.funnel_api import api as matrix_funnel_api
from quizbank.quizzes.papers.api import api as papers_api
from quizbank.quizzes.papers.print_pages import pages as paper_pages
from quizbank.quizzes.workbench.api import api as workbench_api
from quizbank.quizzes.workbench.pages import pages as workbench_pages
from quizbank.scanning.pages import pages as scanning_pages
from repository.app import WHO_ACTS, register_repository
from repository.logs import Log
from repository.packages_origin import create_packages_app
from repository.search.documents import WARMING
from repository.services import Services
from repository.web import create_web_app

log = Log("web")

BLUEPRINTS: tuple[Blueprint, ...] = (
    front_door,
    question_pages,
    questions_api,
    imports_api,
    exports_api,
    bulk_edits_api,
    template_pages,
    templates_api,
    matrix_pages,
    matrix_version_pages,
    matrix_check_pages,
    matrices_api,
    matrix_exchange_pages,
    matrix_exchange_api,
    quiz_pages,
    quiz_building_pages,
    quizzes_api,
    paper_pages,
    papers_api,
    code_pages,
    codes_api,
    matrix_funnel_api,
    workbench_pages,
    workbench_api,
    attempt_pages,
    attempts_api,
    repair_pages,
    uses_pages,
    uses_api,
    repairs_api,
    class_pages,
    classes_api,
    handout_pages,
    scanning_pages,
)


def create_product(services: Services) -> APIFlask:
    """The web application with every feature of both packages."""
    app = create_web_app(services, WHO_ACTS)
    register_repository(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app


def create_app() -> WSGIApplication:
    """For WSGI servers: ``quizbank.app:create_app()``. Answers for both host names, told apart by ``Host``."""
    services = open_services()
    Thread(target=warm_up, args=(services,), name="warming up", daemon=True).start()
    return by_host(create_product(services), create_packages_app(services), urlsplit(services.settings.packages_origin))


def warm_up(services: Services) -> None:
    """Read what the first list and the first search of a process need, before somebody waits for it."""
    try:
        shelf_of_bank(services.engine)
        services.search.suggest("")
        services.search.find(WARMING)
    except Exception as error:  # whoever asks will be told
        log.info("nothing to warm up with", reason=f"{type(error).__name__}: {error}")


def by_host(product: WSGIApplication, packages: WSGIApplication, packages_origin: SplitResult) -> WSGIApplication:
    """The packages application for requests to its host and port, the product for all others."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        is_for_packages = environ.get("HTTP_HOST", "").lower() == packages_origin.netloc.lower()
        return (packages if is_for_packages else product)(environ, start_response)

    return answer


def create_packages_origin() -> Flask:
    """For WSGI servers: the packages origin, ``quizbank.app:create_packages_origin()``."""
    return create_packages_app(open_services())
