"""``kill -9`` of the worker while it prints: the bundle is whole in the end, the same bytes as without a kill."""

import random
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from quizbank.quizzes.papers.builds import BUILD, ask_for_papers
from quizbank.quizzes.papers.models import PaperBuild
from quizbank.quizzes.papers.wishes import Form
from repository.db import writing
from repository.jobs import Worker, utc_now
from repository.permissions import Role
from tests.browser.live import LiveProduct, a_product
from tests.journeys.test_kill_jobs import LEAST_KILLS, Killed, somebody
from tests.quizbank.quizzes.builders import a_quiz
from tests.quizbank.quizzes.papers.bundles import a_wish

CODES = tuple(str(number) for number in range(101, 121))


@pytest.fixture
def product(tmp_path: Path) -> Iterator[LiveProduct]:
    with a_product(tmp_path / "data") as made:
        yield made


def ask(product: LiveProduct) -> int:
    """Ask for the papers of the only quiz, which is made the first time."""
    with product.services.sessions() as session:
        teacher = somebody(writing(session), Role.TEACHER)
        known = session.scalars(select(PaperBuild.quiz_id)).first()
        quiz_id = known or a_quiz(session, teacher, codes=CODES).id
        wish = a_wish(*Form, codes=CODES, with_solutions=True, with_large=True)
        build = ask_for_papers(session, teacher, quiz_id, wish, now=utc_now())
        session.commit()
        return build.id


@pytest.mark.slow
def test_papers_are_whole_or_not_there(product: LiveProduct) -> None:
    first = ask(product)
    killed = Killed(product, random.Random(5))
    killed.run_until_done(BUILD)
    assert killed.kills >= LEAST_KILLS
    second = ask(product)
    Worker(product.services.sessions, product.services.job_handlers, product.services).run_due((BUILD,))
    with product.services.sessions() as session:
        builds = [session.get_one(PaperBuild, build_id) for build_id in (first, second)]
        assert [build.state(utc_now()) for build in builds] == ["ready", "ready"]
        assert builds[0].file_sha256 == builds[1].file_sha256
        with ZipFile(product.services.store.path(builds[0].file_sha256 or "")) as bundle:
            assert bundle.testzip() is None and len(bundle.namelist()) == builds[0].total_count + 1
    assert list(product.services.store.unfinished.glob("*")) == []
