"""What the API gives out unchecked is what its schema says."""

import json

from flask.testing import FlaskClient

from repository.search.documents import PlacedText, SearchDocument, SearchHit, SearchResults, Segment, Where
from repository.search.exchange import results_as_json
from repository.search.schemas import SearchOut
from repository.services import Services
from tests.repository.search.shapes import fits


def test_an_answer_with_everything_in_it_is_what_the_schema_says() -> None:
    hit = SearchHit("lecture", 1, "Sóng", 1.5, highlights=((Segment("Sóng", is_match=True),),), where=Where("slide", 2))
    full = SearchResults(1, (hit,), {}, 0.1, "key", ("words",), "sóng", {"grade": ("12",)}, "sóng cơ")
    assert fits(json.loads(json.dumps(results_as_json(full))))


def test_an_answer_of_another_shape_does_not_pass() -> None:
    body = results_as_json(SearchResults(0, (), {}, 0.1))
    assert fits(body)
    assert not fits({name: value for name, value in body.items() if name != "next"})
    assert not fits({**body, "total": "0"})


def test_the_door_gives_what_the_schema_says(services: Services, client: FlaskClient) -> None:
    places = tuple(PlacedText(Where("page", number), f"Trang {number} nói về dao động.") for number in (1, 2))
    services.search.rebuild([SearchDocument("lecture", 7, "Sóng cơ", places=places)])
    body = client.get("/api/search?q=dao+động&facets=true&explain=true").json
    assert fits(body)
    assert body and body["hits"][0]["where"] == {"kind": "page", "number": 1}


def test_the_schema_is_documented(client: FlaskClient) -> None:
    document = client.get("/api/openapi.json").json
    assert document
    described = document["components"]["schemas"]["SearchOut"]["properties"]
    assert described.keys() == SearchOut().fields.keys()
