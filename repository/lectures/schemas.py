"""What may come in about a lecture, by form or JSON, and what goes out."""

from collections.abc import Mapping
from typing import Any

from apiflask import Schema
from apiflask.fields import Boolean, DateTime, Dict, Integer, List, Nested, String
from apiflask.validators import Length, Range
from marshmallow import EXCLUDE, ValidationError, post_load, pre_load
from werkzeug.datastructures import MultiDict

from repository.errors import Invalid
from repository.lectures.rules import LectureMetadata

TEXT_MAX = 20_000
LIST_FIELDS = ("grades", "topics")
NUMBER_FIELDS = ("duration_minutes", "year")


class MetadataIn(Schema):
    """A lecture's metadata; ids are those of ``/api/curriculum``."""

    class Meta:
        unknown = EXCLUDE

    title = String(required=True, validate=Length(max=300))
    subject = String(required=True, validate=Length(max=64))
    abstract = String(load_default="", validate=Length(max=TEXT_MAX))
    programme = String(load_default="gdpt-2018", validate=Length(max=32))
    grades = List(Integer(), load_default=list, validate=Length(max=12))
    topics = List(String(validate=Length(max=200)), load_default=list, validate=Length(max=30))
    authors = List(String(validate=Length(max=200)), load_default=list, validate=Length(max=50))
    language = String(load_default="vi", validate=Length(max=3))
    licence = String(load_default="cc-by-4.0", validate=Length(max=32))
    duration_minutes = Integer(load_default=None, allow_none=True)
    year = Integer(load_default=None, allow_none=True)
    link_url = String(load_default="", validate=Length(max=2_000))

    @pre_load
    def strip(self, data: Mapping[str, Any], **_more: Any) -> dict[str, Any]:
        return {name: value.strip() if isinstance(value, str) else value for name, value in data.items()}

    @post_load
    def make(self, data: dict[str, Any], **_more: Any) -> LectureMetadata:
        lists = {name: tuple(data[name]) for name in ("grades", "topics", "authors")}
        return LectureMetadata(**{**data, **lists})


class UploadIn(Schema):
    class Meta:
        unknown = EXCLUDE

    file_name = String(required=True, validate=Length(min=1, max=300))
    size_bytes = Integer(required=True, strict=True, validate=Range(min=1))


class CommentIn(Schema):
    class Meta:
        unknown = EXCLUDE

    comment = String(load_default="", validate=Length(max=5_000))
    version = Integer(load_default=None, allow_none=True, metadata={"description": "Number of the version looked at."})


class ListIn(Schema):
    class Meta:
        unknown = EXCLUDE

    subject = String(load_default="", validate=Length(max=64))
    grade = Integer(load_default=None, allow_none=True)
    topic = String(load_default="", validate=Length(max=200))
    kind = String(load_default="", validate=Length(max=20))
    after = Integer(load_default=None, allow_none=True)


class CardOut(Schema):
    id = Integer()
    title = String()
    kind = String()
    state = String()
    subject = String()
    grades = List(Integer())
    duration_minutes = Integer(allow_none=True)
    thumbnail_sha256 = String(allow_none=True)


class CardsOut(Schema):
    lectures = List(Nested(CardOut), attribute="cards")
    after = Integer(allow_none=True, metadata={"description": "Pass it as `after` for the next page."})


class WarningOut(Schema):
    code = String()
    path = String()


class LectureOut(MetadataIn):
    """A lecture with the version that the asker may see."""

    id = Integer()
    state = String()
    kind = String()
    standard = String()
    version = Integer()
    file_name = String()
    file_sha256 = String(allow_none=True)
    size_bytes = Integer(allow_none=True)
    media_type = String()
    is_published = Boolean()
    is_processed = Boolean()
    process_problem = String()
    warnings = List(Nested(WarningOut))
    published_at = DateTime(allow_none=True)
    address = String()


class UploadOut(Schema):
    id = String()
    file_name = String()
    size_bytes = Integer()
    offset = Integer()


class RefusalOut(Schema):
    type = String()
    title = String()
    status = Integer()
    detail = String()
    facts = Dict()


def load_metadata(data: Mapping[str, Any]) -> LectureMetadata:
    """Metadata of a JSON object.

    Raises:
        Invalid: ``facts["fields"]`` maps each field to its messages.
    """
    try:
        loaded: LectureMetadata = MetadataIn().load(data)
    except ValidationError as error:
        raise Invalid("Thông tin bài giảng chưa đúng.", fields=flat_messages(error.messages)) from error
    return loaded


def flat_messages(messages: Any) -> dict[str, list[str]]:
    """Field -> messages; those of list items go to their list."""
    if not isinstance(messages, dict):
        return {"": [str(messages)]}
    return {
        str(name): [str(text) for text in (found if isinstance(found, list) else flatten(found))]
        for name, found in messages.items()
    }


def flatten(found: Any) -> list[str]:
    if isinstance(found, dict):
        return [text for inner in found.values() for text in flatten(inner)]
    return [str(text) for text in found] if isinstance(found, list) else [str(found)]


def values_of_form(form: MultiDict[str, str]) -> dict[str, Any]:
    """A form's fields as the JSON object would have them: authors one a line, empty numbers None."""
    values: dict[str, Any] = {name: form[name] for name in form if name in MetadataIn().fields}
    values |= {name: [value for value in form.getlist(name) if value] for name in LIST_FIELDS}
    values |= {name: form.get(name, "").strip() or None for name in NUMBER_FIELDS}
    values["authors"] = [line.strip() for line in form.get("authors", "").splitlines() if line.strip()]
    return values
