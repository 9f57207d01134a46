"""OAI-PMH as a harvester meets it: raw requests against the real application."""

import datetime as dt
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from sqlalchemy import event
from sqlalchemy.orm import Session

from repository.permissions import SYSTEM
from repository.publishing.actions import publish_record, withdraw_record
from repository.publishing.harvest import answers
from repository.publishing.harvest.arguments import Verb
from repository.services import Services
from tests.repository.publishing.builders import a_content, some_records
from tests.shared_data import SHARED, needs_shared_data

OAI = "{http://www.openarchives.org/OAI/2.0/}"
DC = "{http://purl.org/dc/elements/1.1/}"
XSD = SHARED / "formats" / "oai-xsd"
FIRST = "oai:hoclieu.moet.gov.vn:lecture/1"
DAY = dt.timedelta(days=1)


@pytest.fixture
def library(session: Session, now: dt.datetime) -> None:
    """Five lectures: 1, 3, 5 of physics, 2, 4 of mathematics; 3 withdrawn a day later, 5 changed two days later."""
    some_records(session, 5, now)
    withdraw_record(session, SYSTEM, "lecture", 3, now=now + DAY)
    publish_record(session, SYSTEM, "lecture", 5, a_content("Mới", thing_id=5), now=now + 2 * DAY)
    session.commit()


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "PAGE_RECORDS", {Verb.LIST_RECORDS: 2, Verb.LIST_IDENTIFIERS: 2})


def ask(client: FlaskClient, query: str) -> etree._Element:
    answer = client.get(f"/oai?{query}")
    assert (answer.status_code, answer.mimetype) == (200, "text/xml")
    return etree.fromstring(answer.data)


def errors(root: etree._Element) -> list[str]:
    return [str(found.get("code")) for found in root.iter(f"{OAI}error")]


def identifiers(root: etree._Element) -> list[str]:
    return [(found.text or "").rpartition("/")[2] for found in root.iter(f"{OAI}identifier")]


def token(root: etree._Element) -> str:
    return root.findtext(f".//{OAI}resumptionToken") or ""


@pytest.mark.usefixtures("library")
class TestVerbs:
    def test_identify_tells_what_the_repository_promises(self, client: FlaskClient) -> None:
        root = ask(client, "verb=Identify")
        said = root.find(f"{OAI}Identify")
        assert said is not None
        assert said.findtext(f"{OAI}deletedRecord") == "persistent"
        assert said.findtext(f"{OAI}granularity") == "YYYY-MM-DDThh:mm:ssZ"
        assert said.findtext(f"{OAI}earliestDatestamp") == "2026-11-20T02:30:00Z"

    def test_the_request_is_echoed(self, client: FlaskClient) -> None:
        found = ask(client, "verb=ListSets").find(f"{OAI}request")
        assert found is not None
        assert found.items() == [("verb", "ListSets")]

    def test_sets_are_kinds_and_subjects(self, client: FlaskClient) -> None:
        specs = [found.text for found in ask(client, "verb=ListSets").iter(f"{OAI}setSpec")]
        assert {"lecture", "question", "subject", "subject:toan"} <= set(specs)
        assert len(specs) == len(set(specs))

    def test_formats_are_listed_for_all_and_for_one(self, client: FlaskClient) -> None:
        for query in ("", f"&identifier={FIRST}"):
            root = ask(client, "verb=ListMetadataFormats" + query)
            assert [found.text for found in root.iter(f"{OAI}metadataPrefix")] == ["oai_dc"]

    def test_a_record_is_dublin_core_with_full_addresses(self, client: FlaskClient) -> None:
        root = ask(client, f"verb=GetRecord&metadataPrefix=oai_dc&identifier={FIRST}")
        assert [found.text for found in root.iter(f"{DC}title")] == ["Bài 1"]
        assert [found.text for found in root.iter(f"{DC}identifier")] == ["http://127.0.0.1:8000/lectures/1"]
        assert [found.text for found in root.iter(f"{OAI}setSpec")] == ["lecture", "subject:vat-li"]

    def test_a_withdrawn_record_is_a_tombstone(self, client: FlaskClient) -> None:
        root = ask(client, "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:hoclieu.moet.gov.vn:lecture/3")
        header = next(root.iter(f"{OAI}header"))
        assert header.get("status") == "deleted"
        assert header.findtext(f"{OAI}datestamp") == "2026-11-21T02:30:00Z"
        assert not list(root.iter(f"{OAI}metadata"))

    def test_lists_hold_every_record_tombstones_too(self, client: FlaskClient) -> None:
        assert identifiers(ask(client, "verb=ListRecords&metadataPrefix=oai_dc")) == list("12345")
        assert identifiers(ask(client, "verb=ListIdentifiers&metadataPrefix=oai_dc")) == list("12345")

    @pytest.mark.parametrize(
        ("window", "expected"),
        [
            ("from=2026-11-21", "35"),
            ("until=2026-11-20", "124"),
            ("from=2026-11-21&until=2026-11-21", "3"),
            ("from=2026-11-22T02:30:00Z", "5"),
            ("until=2026-11-21T02:30:00Z", "1234"),
            ("from=2026-11-20T02:30:00Z&until=2026-11-20T02:30:00Z", "124"),
            ("set=subject:toan", "24"),
            ("set=subject", "12345"),
            ("set=lecture", "12345"),
            ("set=subject:vat-li&from=2026-11-21", "35"),
        ],
    )
    def test_a_selective_harvest_gets_its_part(self, client: FlaskClient, window: str, expected: str) -> None:
        assert identifiers(ask(client, f"verb=ListIdentifiers&metadataPrefix=oai_dc&{window}")) == list(expected)

    def test_post_works_like_get_and_needs_no_token(self, client: FlaskClient) -> None:
        answer = client.post("/oai", data={"verb": "ListIdentifiers", "metadataPrefix": "oai_dc"})
        assert identifiers(etree.fromstring(answer.data)) == list("12345")

    @pytest.mark.parametrize(
        ("query", "code"),
        [
            ("", "badVerb"),
            ("verb=Steal", "badVerb"),
            ("verb=Identify&verb=Identify", "badVerb"),
            ("verb=Identify&set=lecture", "badArgument"),
            ("verb=GetRecord&metadataPrefix=oai_dc", "badArgument"),
            ("verb=ListRecords", "badArgument"),
            ("verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc", "badArgument"),
            ("verb=ListRecords&metadataPrefix=oai_dc&from=yesterday", "badArgument"),
            ("verb=ListRecords&metadataPrefix=oai_dc&from=2026-02-30", "badArgument"),
            ("verb=ListRecords&metadataPrefix=oai_dc&from=2026-11-20&until=2026-11-21T00:00:00Z", "badArgument"),
            ("verb=ListRecords&metadataPrefix=oai_dc&from=2026-11-21&until=2026-11-20", "badArgument"),
            ("verb=ListRecords&metadataPrefix=oai_dc&set=%20", "badArgument"),
            ("verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=x", "badArgument"),
            ("verb=ListRecords&metadataPrefix=marc21", "cannotDisseminateFormat"),
            (f"verb=GetRecord&metadataPrefix=marc21&identifier={FIRST}", "cannotDisseminateFormat"),
            ("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:nowhere:1", "idDoesNotExist"),
            ("verb=ListMetadataFormats&identifier=oai:nowhere:1", "idDoesNotExist"),
            ("verb=ListRecords&metadataPrefix=oai_dc&from=2030-01-01", "noRecordsMatch"),
            ("verb=ListRecords&metadataPrefix=oai_dc&set=subject:hoa-hoc", "noRecordsMatch"),
            ("verb=ListRecords&resumptionToken=forged", "badResumptionToken"),
            ("verb=ListSets&resumptionToken=forged", "badResumptionToken"),
        ],
    )
    def test_a_wrong_request_gets_the_right_code(self, client: FlaskClient, query: str, code: str) -> None:
        assert errors(ask(client, query)) == [code]

    @settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(value=st.text(max_size=30), name=st.sampled_from(["verb", "set", "from", "identifier", "resumptionToken"]))
    def test_nonsense_gets_well_formed_xml(self, client: FlaskClient, name: str, value: str) -> None:
        arguments = {"verb": "ListRecords", "metadataPrefix": "oai_dc", name: value}
        answer = client.get("/oai", query_string=arguments)
        assert answer.status_code == 200
        etree.fromstring(answer.data)


@pytest.mark.usefixtures("library", "small_pages")
class TestTokens:
    def test_pages_follow_each_other_to_an_empty_token(self, client: FlaskClient) -> None:
        root, seen = ask(client, "verb=ListRecords&metadataPrefix=oai_dc"), []
        for _ in range(5):
            seen += identifiers(root)
            if not token(root):
                break
            root = ask(client, f"verb=ListRecords&resumptionToken={token(root)}")
        assert seen == list("12345")
        last = next(root.iter(f"{OAI}resumptionToken"))
        assert (last.get("cursor"), last.get("completeListSize"), last.text) == ("4", "5", None)

    def test_a_token_works_again_and_again(self, client: FlaskClient) -> None:
        first = token(ask(client, "verb=ListIdentifiers&metadataPrefix=oai_dc"))
        for _ in range(2):
            assert identifiers(ask(client, f"verb=ListIdentifiers&resumptionToken={first}")) == list("34")

    def test_a_token_keeps_what_was_asked_for(self, client: FlaskClient, session: Session, now: dt.datetime) -> None:
        some_records(session, 3, now, first=7)
        session.commit()
        first = ask(client, "verb=ListIdentifiers&metadataPrefix=oai_dc&set=subject:vat-li")
        second = ask(client, f"verb=ListIdentifiers&resumptionToken={token(first)}")
        assert identifiers(first) + identifiers(second) == list("1357")

    def test_a_token_of_one_verb_is_not_one_of_another(self, client: FlaskClient) -> None:
        first = token(ask(client, "verb=ListIdentifiers&metadataPrefix=oai_dc"))
        assert errors(ask(client, f"verb=ListRecords&resumptionToken={first}")) == ["badResumptionToken"]

    def test_a_token_that_was_tampered_with_is_refused(self, client: FlaskClient) -> None:
        first = token(ask(client, "verb=ListIdentifiers&metadataPrefix=oai_dc"))
        tampered = ("A" if first[0] != "A" else "B") + first[1:]
        assert errors(ask(client, f"verb=ListIdentifiers&resumptionToken={tampered}")) == ["badResumptionToken"]


def test_an_empty_repository_says_so(client: FlaskClient) -> None:
    assert errors(ask(client, "verb=ListRecords&metadataPrefix=oai_dc")) == ["noRecordsMatch"]
    assert not errors(ask(client, "verb=Identify"))
    assert not errors(ask(client, "verb=ListSets"))


@pytest.mark.parametrize("amount", [20, 400])
def test_a_page_takes_the_same_queries_whatever_its_length(
    services: Services, session: Session, client: FlaskClient, now: dt.datetime, amount: int
) -> None:
    some_records(session, amount, now)
    session.commit()
    statements: list[str] = []
    event.listen(services.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    ask(client, "verb=ListRecords&metadataPrefix=oai_dc")
    assert len(statements) <= 4


@pytest.fixture(scope="module")
def oai_schema(tmp_path_factory: pytest.TempPathFactory) -> etree.XMLSchema:
    wrapper = tmp_path_factory.mktemp("xsd") / "all.xsd"
    wrapper.write_text(
        '<schema xmlns="http://www.w3.org/2001/XMLSchema">'
        f'<import namespace="http://www.openarchives.org/OAI/2.0/" schemaLocation="{XSD}/OAI-PMH.xsd"/>'
        f'<import namespace="http://www.openarchives.org/OAI/2.0/oai_dc/" schemaLocation="{XSD}/oai_dc.xsd"/></schema>'
    )
    return etree.XMLSchema(etree.parse(str(wrapper)))


@needs_shared_data
@pytest.mark.usefixtures("library", "small_pages")
@pytest.mark.parametrize(
    "query",
    [
        "verb=Identify",
        "verb=ListMetadataFormats",
        "verb=ListSets",
        f"verb=GetRecord&metadataPrefix=oai_dc&identifier={FIRST}",
        "verb=ListRecords&metadataPrefix=oai_dc",
        "verb=ListIdentifiers&metadataPrefix=oai_dc&set=subject:toan&from=2026-11-01&until=2026-12-01",
        "verb=ListRecords&metadataPrefix=oai_dc&set=nothing",
        "verb=Steal&x=y",
        "verb=GetRecord&metadataPrefix=a%20b&identifier=%3C%3E%00",
    ],
)
def test_answers_are_valid_by_the_schema(client: FlaskClient, oai_schema: etree.XMLSchema, query: str) -> None:
    root = ask(client, query)
    oai_schema.assertValid(root)
    if token(root):
        oai_schema.assertValid(ask(client, f"verb=ListRecords&resumptionToken={token(root)}"))


def test_the_schemas_are_where_the_tests_look() -> None:
    assert not SHARED.exists() or Path(XSD / "OAI-PMH.xsd").exists()
