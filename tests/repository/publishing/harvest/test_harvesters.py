"""Other people's harvesters get every record exactly once, also while records change under them."""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from apiflask import APIFlask
from oaipmh_scythe import Scythe
from oaipmh_scythe.models import Record
from sickle import Sickle
from sqlalchemy.orm import Session

from repository.db import writing
from repository.permissions import SYSTEM
from repository.publishing.actions import publish_record, withdraw_record
from repository.publishing.harvest import answers
from repository.publishing.harvest.arguments import Verb
from repository.services import Services
from tests.repository.publishing.builders import a_content, served, some_records

AMOUNT = 95


@pytest.fixture
def address(app: APIFlask, session: Session, now: dt.datetime, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An endpoint with 95 records on pages of ten."""
    monkeypatch.setattr(answers, "PAGE_RECORDS", {Verb.LIST_RECORDS: 10, Verb.LIST_IDENTIFIERS: 10})
    some_records(session, AMOUNT, now)
    session.commit()
    with served(app) as base:
        yield f"{base}/oai"


def with_sickle(address: str) -> Iterator[tuple[str, bool]]:
    for record in Sickle(address, encoding="utf-8").ListRecords(metadataPrefix="oai_dc"):
        yield record.header.identifier, record.deleted


def with_scythe(address: str) -> Iterator[tuple[str, bool]]:
    with Scythe(address) as harvester:
        for record in harvester.list_records(metadata_prefix="oai_dc"):
            assert isinstance(record, Record)
            assert record.header.identifier
            yield record.header.identifier, bool(record.deleted)


Harvester = Callable[[str], Iterator[tuple[str, bool]]]
HARVESTERS = pytest.mark.parametrize("harvest", [with_sickle, with_scythe])


@HARVESTERS
def test_every_record_is_harvested_exactly_once(address: str, harvest: Harvester) -> None:
    seen = [identifier for identifier, _ in harvest(address)]
    assert len(seen) == len(set(seen)) == AMOUNT


@HARVESTERS
def test_changes_in_the_middle_of_a_harvest_lose_and_repeat_nothing(
    services: Services, address: str, now: dt.datetime, harvest: Harvester
) -> None:
    seen: dict[str, bool] = {}
    for number, (identifier, is_deleted) in enumerate(harvest(address)):
        assert identifier not in seen
        seen[identifier] = is_deleted
        if number % 10 == 5:
            change_something(services, number, now + dt.timedelta(minutes=number))
    assert len(seen) >= AMOUNT
    assert any(seen.values())


def change_something(services: Services, number: int, now: dt.datetime) -> None:
    """Behind and before the harvester: one record changes, one is withdrawn, one is new."""
    with services.sessions() as session:
        writing(session)
        publish_record(session, SYSTEM, "lecture", number + 1, a_content("Sửa", thing_id=number + 1), now=now)
        withdraw_record(session, SYSTEM, "lecture", AMOUNT - number // 10, now=now)
        publish_record(session, SYSTEM, "lecture", 1000 + number, a_content("Thêm", thing_id=1000 + number), now=now)
        session.commit()


def test_an_incremental_harvest_gets_only_what_changed(
    services: Services, address: str, session: Session, now: dt.datetime
) -> None:
    publish_record(session, SYSTEM, "lecture", 7, a_content("Sửa", thing_id=7), now=now + dt.timedelta(days=3))
    session.commit()
    since = (now + dt.timedelta(days=2)).strftime("%Y-%m-%dT%H:%M:%SZ")
    found = Sickle(address).ListRecords(**{"metadataPrefix": "oai_dc", "from": since})
    assert [record.metadata["title"] for record in found] == [["Sửa"]]


def test_sets_and_identity_are_read_by_harvesters(address: str) -> None:
    sickle = Sickle(address)
    assert sickle.Identify().deletedRecord == "persistent"
    assert "subject:toan" in [found.setSpec for found in sickle.ListSets()]
