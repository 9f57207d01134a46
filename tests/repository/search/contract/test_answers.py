"""What the API gives out unchecked is what its schema says, whichever engine found it."""

import json

import pytest

from repository.search.documents import SearchQuery
from repository.search.engine import SearchIndex
from repository.search.exchange import results_as_json
from tests.repository.search.shapes import fits

QUERIES = (
    SearchQuery("hàm số", wants_facets=True, wants_explanation=True),
    SearchQuery("ham so lớp:12", filters={"subject": ("toan",)}, limit=3),
    SearchQuery("hàm sốo", sees_explanations=True),
    SearchQuery("phuwowng trinhf"),
    SearchQuery("chẳng có gì như thế", sort="newest"),
    SearchQuery(limit=0),
)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.text)
def test_answers_are_what_the_schema_says(many: SearchIndex, query: SearchQuery) -> None:
    assert fits(json.loads(json.dumps(results_as_json(many.find(query)))))
