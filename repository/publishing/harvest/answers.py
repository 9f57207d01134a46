"""Answering each verb. Lists go by the record's unchanging id, so a harvest meets every record exactly once."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from repository.curriculum.queries import curriculum
from repository.publishing import queries
from repository.publishing.harvest import xml
from repository.publishing.harvest.arguments import HarvestRequest, OaiError, Verb
from repository.publishing.harvest.tokens import HarvestState, read_token, write_token
from repository.publishing.queries import HarvestRow
from repository.publishing.rules import absolute_metadata
from repository.settings import Settings

PAGE_RECORDS = {Verb.LIST_RECORDS: 250, Verb.LIST_IDENTIFIERS: 500}
BEGINNING = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
SET_NAMES = {"lecture": "Bài giảng", "question": "Câu hỏi", "subject": "Theo môn", "grade": "Theo lớp"}


@dataclass(frozen=True)
class Harvest:
    """One request being answered."""

    session: Session
    settings: Settings
    request: HarvestRequest

    def body(self) -> str:
        """The answer's element.

        Raises:
            OaiError: what the protocol has a code for.
        """
        answers = {
            Verb.IDENTIFY: self.identify,
            Verb.LIST_METADATA_FORMATS: self.list_metadata_formats,
            Verb.LIST_SETS: self.list_sets,
            Verb.GET_RECORD: self.get_record,
            Verb.LIST_IDENTIFIERS: self.list_headers,
            Verb.LIST_RECORDS: self.list_records,
        }
        return answers[self.request.verb]()

    def identify(self) -> str:
        earliest = queries.earliest_datestamp(self.session) or BEGINNING
        settings = self.settings
        return xml.identify(settings.repository_name, oai_address(settings), settings.admin_email, earliest)

    def list_metadata_formats(self) -> str:
        if self.request.identifier is not None:
            self.found(self.request.identifier)
        return xml.metadata_formats()

    def list_sets(self) -> str:
        if self.request.token is not None:
            raise OaiError("badResumptionToken", "The list of sets comes whole, without tokens.")
        return xml.sets(named_sets(queries.used_sets(self.session)))

    def get_record(self) -> str:
        shown = self.shown(self.found(self.request.identifier or ""))
        return f"<GetRecord>{xml.record(shown)}</GetRecord>\n"

    def list_headers(self) -> str:
        records, token = self.page()
        return xml.listing(Verb.LIST_IDENTIFIERS, (xml.header(self.shown(record)) for record in records), token)

    def list_records(self) -> str:
        records, token = self.page()
        return xml.listing(Verb.LIST_RECORDS, (xml.record(self.shown(record)) for record in records), token)

    def found(self, identifier: str) -> HarvestRow:
        record = queries.find_row(self.session, identifier)
        if record is None:
            raise OaiError("idDoesNotExist", "There is no record with this identifier.")
        return record

    def shown(self, record: HarvestRow) -> xml.RecordToShow:
        metadata = None if record.is_deleted else absolute_metadata(record.dublin_core, self.settings.base_url)
        return xml.RecordToShow(record.identifier, record.datestamp, record.sets, metadata)

    def page(self) -> tuple[Sequence[HarvestRow], str]:
        """The records of one page, and the token element that follows them (empty where the list came whole)."""
        state = self.state()
        size = PAGE_RECORDS[state.verb]
        conditions = queries.chosen(state.set_spec, state.since, state.until)
        records = queries.list_rows(self.session, conditions, state.last_id, size + 1)
        if not records and state.cursor == 0:
            raise OaiError("noRecordsMatch", "Nothing here matches these arguments.")
        page, has_more, is_first = records[:size], len(records) > size, state.cursor == 0
        if is_first and not has_more:
            return page, ""
        total = queries.count_records(self.session, conditions) if is_first else state.total
        following = replace(state, last_id=page[-1].id if page else 0, cursor=state.cursor + len(page), total=total)
        token = write_token(following, self.settings.secret_key) if has_more else ""
        return page, xml.resumption_token(token, cursor=state.cursor, total=max(total, following.cursor))

    def state(self) -> HarvestState:
        request = self.request
        if request.token is not None:
            return read_token(request.token, request.verb, self.settings.secret_key)
        return HarvestState(request.verb, request.set_spec, request.since, request.until)


def oai_address(settings: Settings) -> str:
    return f"{settings.base_url}/oai"


def named_sets(used: Iterable[str]) -> list[tuple[str, str]]:
    """The sets with their names: those always there, every subject and grade, and whatever else records are in."""
    subjects = {f"subject:{subject.id}": subject.name for subject in curriculum().subjects}
    grades = {f"grade:{grade}": f"Lớp {grade}" for grade in range(1, 13)}
    names = SET_NAMES | subjects | grades
    return [(spec, names.get(spec, spec)) for spec in (*names, *(spec for spec in used if spec not in names))]
