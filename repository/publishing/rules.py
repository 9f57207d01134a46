"""What a metadata record is, and how the log of publications is chained. Pure data and functions."""

import datetime as dt
import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from repository.errors import Invalid

DublinCore = dict[str, list[str]]

DC_ELEMENTS = (
    *("title", "creator", "subject", "description", "publisher", "contributor", "date", "type"),
    *("format", "identifier", "source", "language", "relation", "coverage", "rights"),
)
MANDATORY = ("title", "creator", "date", "description", "publisher", "identifier")

NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
START_OF_LOG = "0" * 64
SET_SPEC = re.compile(r"[A-Za-z0-9\-_.!~*'()]+(:[A-Za-z0-9\-_.!~*'()]+)*")


class RecordEventKind(StrEnum):
    PUBLISH = "publish"
    UPDATE = "update"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class RecordContent:
    """The metadata of one published thing: Dublin Core, the national baseline, and schema.org beside it.

    ``path`` is the thing's page on this site (``/lectures/12``); it becomes an absolute URL on every way out,
    so that a record does not change when the site moves. Its URL is the record's ``identifier``. ``subjects`` are
    names that people read. ``sets`` are OAI sets beside the one of the kind: ``subject:toan``. ``schema_org`` needs no
    ``@id`` or ``url``: they are filled in with the URL.

    Example::

        RecordContent(version_id=3, path="/lectures/1", title="Sóng cơ", creators=("Nguyễn Văn A",),
                      date=date(2026, 9, 1), description="...", publisher="Bộ Giáo dục và Đào tạo",
                      subjects=("Vật lí",), sets=("subject:vat-li",))
    """

    version_id: int
    path: str
    title: str
    creators: tuple[str, ...]
    date: dt.date
    description: str
    publisher: str
    subjects: tuple[str, ...] = ()
    contributors: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    coverage: tuple[str, ...] = ()
    rights: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()
    schema_org: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class RecordSource:
    """Where the records of one kind come from; the composition roots plug them in. Both are given a database session.

    Args:
        list_ids: every id that is published now, ascending.
        read: the contents of those of the ids (at most a few hundred) that are published, in a constant number of
            queries.
    """

    list_ids: Callable[[Any], Iterable[int]]
    read: Callable[[Any, Sequence[int]], Mapping[int, RecordContent]]


def dublin_core_of(content: RecordContent) -> DublinCore:
    """The fifteen elements, those without a value left out; texts are NFC and made of characters that XML allows.

    Raises:
        Invalid: a mandatory element is empty; ``facts["fields"]`` names each.
    """
    values: dict[str, Iterable[str]] = {
        "title": (content.title,),
        "creator": content.creators,
        "subject": content.subjects,
        "description": (content.description,),
        "publisher": (content.publisher,),
        "contributor": content.contributors,
        "date": (content.date.isoformat(),),
        "type": content.types,
        "format": content.formats,
        "identifier": (content.path,),
        "source": content.sources,
        "language": content.languages,
        "relation": content.relations,
        "coverage": content.coverage,
        "rights": content.rights,
    }
    cleaned = {name: list(filter(None, map(xml_text, texts))) for name, texts in values.items()}
    missing = [name for name in MANDATORY if not cleaned[name]]
    if missing:
        raise Invalid(
            "Hồ sơ xuất bản thiếu: {missing}.",
            missing=", ".join(missing),
            fields={name: ["Bắt buộc phải có."] for name in missing},
        )
    return {name: texts for name, texts in cleaned.items() if texts}


def xml_text(text: str) -> str:
    """Text in NFC without the characters that XML 1.0 cannot hold."""
    return NOT_XML.sub("", unicodedata.normalize("NFC", text)).strip()


def check_sets(sets: Iterable[str]) -> tuple[str, ...]:
    """Distinct set specs in order.

    Raises:
        ValueError: one that OAI-PMH does not allow.
    """
    chosen = tuple(sorted(set(sets)))
    for spec in chosen:
        if not SET_SPEC.fullmatch(spec):
            raise ValueError(f"not a set spec: {spec!r}")
    return chosen


def canonical_json(value: Any) -> str:
    """One text for one value, on any machine: what hashes are taken of."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def payload_sha256(dublin_core: DublinCore, schema_org: Mapping[str, Any], sets: Sequence[str]) -> str:
    """The hash of all that a record says."""
    return sha256_of(canonical_json({"dublin_core": dublin_core, "schema_org": dict(schema_org), "sets": list(sets)}))


def chained_hash(
    previous: str,
    *,
    seq: int,
    identifier: str,
    event: str,
    at: dt.datetime,
    actor_id: int | None,
    version_id: int | None,
    payload: str,
) -> str:
    """The hash of one line of the log, which seals all lines before it."""
    moment = at.astimezone(dt.UTC).isoformat(timespec="microseconds")
    line = [previous, seq, identifier, str(event), moment, actor_id, version_id, payload]
    return sha256_of(canonical_json(line))


def absolute_metadata(dublin_core: DublinCore, base_url: str) -> DublinCore:
    """The elements with full addresses in ``identifier`` and ``relation``."""
    return {
        name: [absolute(text, base_url) for text in texts] if name in {"identifier", "relation"} else texts
        for name, texts in dublin_core.items()
    }


def absolute(address: str, base_url: str) -> str:
    return base_url + address if address.startswith("/") else address
