import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from repository.administration import checks
from repository.db import make_engine
from repository.jobs import JobState
from repository.search.documents import LeftOut
from repository.services import Services
from tests.conftest import NOW
from tests.repository.administration.builders import a_job


def test_a_failed_job_is_counted(session: Session, services: Services) -> None:
    assert checks.failed_jobs(session, services, NOW).is_well
    a_job(session, JobState.FAILED)
    found = checks.failed_jobs(session, services, NOW)
    assert (found.code, found.facts) == ("jobs-failed", {"count": 1})


def test_a_job_that_waits_long_means_that_no_worker_runs(session: Session, services: Services) -> None:
    a_job(session)
    assert checks.waiting_jobs(session, services, NOW).is_well
    late = checks.waiting_jobs(session, services, NOW + dt.timedelta(minutes=20))
    assert (late.code, late.facts) == ("worker-late", {"minutes": 20})


def test_a_missing_index_is_told(session: Session, services: Services) -> None:
    assert checks.search_index(session, services, NOW).code == "search-missing"
    services.search.rebuild([])
    assert checks.search_index(session, services, NOW).is_well


def test_what_could_not_be_indexed_is_named(services: Services, session: Session) -> None:
    services.search.rebuild([], left_out=[LeftOut("question", id, "KeyError: 'stem'") for id in range(1, 9)])
    check = checks.search_index(session, services, NOW)
    assert not check.is_well
    assert check.facts["count"] == 8
    assert check.facts["names"].startswith("question 1 (KeyError: 'stem'), question 2 ")
    assert "question 8" not in check.facts["names"]


def test_a_full_disk_is_told(session: Session, services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "LEAST_FREE_BYTES", 10**18)
    assert checks.disk(session, services, NOW).code == "files-full"


def test_a_database_that_is_away_is_told_not_raised(services: Services, session: Session) -> None:
    away = replace(services, engine=make_engine("sqlite:////nowhere/at/all.sqlite"))
    assert checks.database(session, away, NOW).code == "database-silent"


def test_every_check_has_its_words(session: Session, services: Services) -> None:
    assert all(check.message.format(**check.facts) for check in checks.all_checks(session, services, NOW))
