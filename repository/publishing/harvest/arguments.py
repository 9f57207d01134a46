"""What a harvester may ask: arguments of a request, checked by the rules of OAI-PMH 2.0."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from repository.publishing.rules import SET_SPEC

PREFIX = "oai_dc"
FORMAT_NAME = re.compile(r"[A-Za-z0-9\-_.!~*'()]+")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
SECOND = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


class Verb(StrEnum):
    IDENTIFY = "Identify"
    LIST_METADATA_FORMATS = "ListMetadataFormats"
    LIST_SETS = "ListSets"
    GET_RECORD = "GetRecord"
    LIST_IDENTIFIERS = "ListIdentifiers"
    LIST_RECORDS = "ListRecords"


LISTS = frozenset({Verb.LIST_IDENTIFIERS, Verb.LIST_RECORDS})
REQUIRED: Mapping[Verb, frozenset[str]] = {
    Verb.GET_RECORD: frozenset({"identifier", "metadataPrefix"}),
    **dict.fromkeys(LISTS, frozenset({"metadataPrefix"})),
}
OPTIONAL: Mapping[Verb, frozenset[str]] = {
    Verb.LIST_METADATA_FORMATS: frozenset({"identifier"}),
    **dict.fromkeys(LISTS, frozenset({"from", "until", "set"})),
}
WITH_TOKENS = LISTS | {Verb.LIST_SETS}


class OaiError(Exception):
    """An error as OAI-PMH knows them: a code and a sentence, in English as the protocol's users expect."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class HarvestRequest:
    """A legal request. ``arguments`` are echoed in the answer; ``since`` and ``until`` are inclusive bounds."""

    verb: Verb
    arguments: Mapping[str, str]
    identifier: str | None = None
    set_spec: str | None = None
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    token: str | None = None


def parse_request(given: Mapping[str, Sequence[str]]) -> HarvestRequest:
    """Check the arguments of a request.

    Raises:
        OaiError: badVerb, badArgument or cannotDisseminateFormat.
    """
    verb = parse_verb(given.get("verb", ()))
    arguments = single_values(given)
    if "resumptionToken" in arguments and verb in WITH_TOKENS:
        if arguments.keys() != {"verb", "resumptionToken"}:
            raise OaiError("badArgument", "resumptionToken is an exclusive argument.")
        return HarvestRequest(verb, arguments, token=arguments["resumptionToken"])
    check_names(verb, arguments.keys() - {"verb"})
    since, until = parse_window(arguments.get("from"), arguments.get("until"))
    if not SET_SPEC.fullmatch(arguments.get("set", "any")):
        raise OaiError("badArgument", "set is not a set specification.")
    if not FORMAT_NAME.fullmatch(arguments.get("metadataPrefix", PREFIX)):
        raise OaiError("badArgument", "metadataPrefix is not the name of a metadata format.")
    if arguments.get("metadataPrefix", PREFIX) != PREFIX:
        raise OaiError("cannotDisseminateFormat", f"The only metadata format here is {PREFIX}.")
    return HarvestRequest(verb, arguments, arguments.get("identifier"), arguments.get("set"), since, until)


def parse_verb(values: Sequence[str]) -> Verb:
    if len(values) != 1:
        raise OaiError("badVerb", "Exactly one verb is needed.")
    try:
        return Verb(values[0])
    except ValueError:
        raise OaiError("badVerb", "There is no such verb.") from None


def single_values(given: Mapping[str, Sequence[str]]) -> dict[str, str]:
    for name, values in given.items():
        if len(values) > 1:
            raise OaiError("badArgument", f"The argument {name} is repeated.")
    return {name: values[0] for name, values in given.items()}


def check_names(verb: Verb, names: set[str]) -> None:
    required, optional = REQUIRED.get(verb, frozenset()), OPTIONAL.get(verb, frozenset())
    for name in sorted(names - required - optional):
        raise OaiError("badArgument", f"{verb} does not take the argument {name}.")
    for name in sorted(required - names):
        raise OaiError("badArgument", f"{verb} needs the argument {name}.")


def parse_window(since: str | None, until: str | None) -> tuple[dt.datetime | None, dt.datetime | None]:
    """The inclusive bounds of a selective harvest; a day as ``until`` ends with its last second."""
    if since and until and len(since) != len(until):
        raise OaiError("badArgument", "from and until have different granularities.")
    start, end = parse_moment("from", since), parse_moment("until", until)
    if end and until and DAY.fullmatch(until):
        end += dt.timedelta(days=1, seconds=-1)
    if start and end and start > end:
        raise OaiError("badArgument", "from is later than until.")
    return start, end


def parse_moment(name: str, value: str | None) -> dt.datetime | None:
    if value is None:
        return None
    if not (DAY.fullmatch(value) or SECOND.fullmatch(value)):
        raise OaiError("badArgument", f"{name} is neither YYYY-MM-DD nor YYYY-MM-DDThh:mm:ssZ.")
    try:
        return dt.datetime.fromisoformat(value.removesuffix("Z")).replace(tzinfo=dt.UTC)
    except ValueError:
        raise OaiError("badArgument", f"{name} is not a date of the calendar.") from None
