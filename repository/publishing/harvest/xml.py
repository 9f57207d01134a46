"""Answers of OAI-PMH as XML. Plain strings: a page of 250 records is written in a few milliseconds."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from repository.publishing.rules import DC_ELEMENTS, NOT_XML, DublinCore

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd">\n'
)
DC_OPEN = (
    '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/oai_dc/'
    ' http://www.openarchives.org/OAI/2.0/oai_dc.xsd">\n'
)
METADATA_FORMAT = (
    "<metadataFormat><metadataPrefix>oai_dc</metadataPrefix>"
    "<schema>http://www.openarchives.org/OAI/2.0/oai_dc.xsd</schema>"
    "<metadataNamespace>http://www.openarchives.org/OAI/2.0/oai_dc/</metadataNamespace></metadataFormat>\n"
)


@dataclass(frozen=True)
class RecordToShow:
    """A record as harvesters get it; a tombstone has no metadata."""

    identifier: str
    datestamp: dt.datetime
    sets: tuple[str, ...]
    metadata: DublinCore | None


def text_of(value: str) -> str:
    return escape(NOT_XML.sub("", value))


def element(name: str, value: str) -> str:
    return f"<{name}>{text_of(value)}</{name}>"


def moment(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def answer(body: str, *, base_url: str, arguments: Mapping[str, str], now: dt.datetime) -> str:
    """The whole document. ``arguments`` are echoed; none after badVerb and badArgument."""
    echoed = "".join(f" {name}={quoteattr(NOT_XML.sub('', value))}" for name, value in arguments.items())
    head = f"<responseDate>{moment(now)}</responseDate>\n<request{echoed}>{text_of(base_url)}</request>\n"
    return f"{HEAD}{head}{body}</OAI-PMH>\n"


def error(code: str, message: str) -> str:
    return f"<error code={quoteattr(code)}>{text_of(message)}</error>\n"


def identify(name: str, base_url: str, admin_email: str, earliest: dt.datetime) -> str:
    return (
        "<Identify>"
        + element("repositoryName", name)
        + element("baseURL", base_url)
        + element("protocolVersion", "2.0")
        + element("adminEmail", admin_email)
        + element("earliestDatestamp", moment(earliest))
        + element("deletedRecord", "persistent")
        + element("granularity", "YYYY-MM-DDThh:mm:ssZ")
        + "</Identify>\n"
    )


def metadata_formats() -> str:
    return f"<ListMetadataFormats>{METADATA_FORMAT}</ListMetadataFormats>\n"


def sets(specs: Iterable[tuple[str, str]]) -> str:
    rows = (f"<set>{element('setSpec', spec)}{element('setName', name)}</set>\n" for spec, name in specs)
    return f"<ListSets>{''.join(rows)}</ListSets>\n"


def header(record: RecordToShow) -> str:
    status = ' status="deleted"' if record.metadata is None else ""
    specs = "".join(element("setSpec", spec) for spec in record.sets)
    return (
        f"<header{status}>{element('identifier', record.identifier)}"
        f"<datestamp>{moment(record.datestamp)}</datestamp>{specs}</header>\n"
    )


def record(shown: RecordToShow) -> str:
    if shown.metadata is None:
        return f"<record>{header(shown)}</record>\n"
    return f"<record>{header(shown)}<metadata>{dublin_core(shown.metadata)}</metadata></record>\n"


def dublin_core(metadata: DublinCore) -> str:
    rows = (element(f"dc:{name}", value) + "\n" for name in DC_ELEMENTS for value in metadata.get(name, ()))
    return f"{DC_OPEN}{''.join(rows)}</oai_dc:dc>"


def listing(verb: str, rows: Iterable[str], token: str) -> str:
    return f"<{verb}>\n{''.join(rows)}{token}</{verb}>\n"


def resumption_token(token: str, *, cursor: int, total: int) -> str:
    """An empty token ends a list that came in pieces."""
    return f'<resumptionToken completeListSize="{total}" cursor="{cursor}">{text_of(token)}</resumptionToken>\n'
