"""The shape of an answer of the API, held against its schema."""

from repository.search.schemas import HitOut, SearchOut


def fits(body: object) -> bool:
    """Whether an answer has every field of the schema and no other, each of its type."""
    assert isinstance(body, dict)
    always = HitOut().fields.keys() - {"parts"}
    has_all = body.keys() == SearchOut().fields.keys() and all(hit.keys() >= always for hit in body["hits"])
    return has_all and SearchOut().load(body) == body
