"""Resumption tokens: they carry the whole state of a harvest, so nothing is kept here and none ever expires."""

import datetime as dt
from dataclasses import dataclass

from itsdangerous import BadData, URLSafeSerializer

from repository.publishing.harvest.arguments import OaiError, Verb

SALT = "oai-pmh"


@dataclass(frozen=True)
class HarvestState:
    """Where a list stands: what was asked, the last record given, how many were given, how many there were."""

    verb: Verb
    set_spec: str | None = None
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    last_id: int = 0
    cursor: int = 0
    total: int = 0


def write_token(state: HarvestState, secret_key: str) -> str:
    content = [
        state.verb,
        state.set_spec,
        seconds_of(state.since),
        seconds_of(state.until),
        state.last_id,
        state.cursor,
        state.total,
    ]
    return str(URLSafeSerializer(secret_key, SALT).dumps(content))


def read_token(token: str, verb: Verb, secret_key: str) -> HarvestState:
    """The state in a token.

    Raises:
        OaiError: badResumptionToken; it was not written here, or for another verb.
    """
    try:
        written_for, set_spec, since, until, last_id, cursor, total = URLSafeSerializer(secret_key, SALT).loads(token)
    except (BadData, ValueError, TypeError):
        raise OaiError("badResumptionToken", "This resumption token was not given out here.") from None
    if written_for != verb:
        raise OaiError("badResumptionToken", f"This resumption token belongs to {written_for}.")
    return HarvestState(verb, set_spec, moment_of(since), moment_of(until), last_id, cursor, total)


def seconds_of(at: dt.datetime | None) -> int | None:
    return None if at is None else int(at.timestamp())


def moment_of(seconds: int | None) -> dt.datetime | None:
    return None if seconds is None else dt.datetime.fromtimestamp(seconds, dt.UTC)
