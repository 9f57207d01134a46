"""The front door: home, guide, language, and what a refusal looks like."""

from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient

from repository.search.documents import FacetCount, SearchHit, SearchQuery, SearchResults
from repository.services import Services


@dataclass
class AnIndex:
    """Stands in for the search index: three lectures, twenty questions."""

    def find(self, query: SearchQuery) -> SearchResults:
        hit = SearchHit(
            "lecture", 7, "Đạo hàm", 0.0, facets={"media": ("video",), "subject": ("toan",), "grade": ("11",)}
        )
        counts = {"subject": (FacetCount("toan", 20), FacetCount("dia-li", 4)), "grade": (FacetCount("11", 20),)}
        return SearchResults(20, (hit,) if query.limit else (), counts, 0.1)


def test_an_empty_library_says_what_to_do_next(client: FlaskClient) -> None:
    page = client.get("/").get_data(as_text=True)
    assert "Kho chưa có nội dung" in page
    assert 'href="/lectures/new"' in page


def test_one_press_leads_from_home_to_practice(client: FlaskClient, services: Services) -> None:
    services.search = AnIndex()
    page = client.get("/").get_data(as_text=True)
    assert '<form method="post" action="/practice">' in page
    assert '<button class="chip" name="subject" value="toan">Toán</button>' in page


def test_home_lists_subjects_in_alphabetical_order_and_the_newest_lectures(
    client: FlaskClient, services: Services
) -> None:
    services.search = AnIndex()
    page = client.get("/").get_data(as_text=True)
    assert page.index("/search?subject=dia-li") < page.index("/search?subject=toan")
    assert 'href="/lectures/7">Đạo hàm' in page


def test_a_chosen_language_is_kept(client: FlaskClient) -> None:
    answer = client.get("/language/en?next=/help")
    assert (answer.status_code, answer.location) == (303, "/help")
    assert '<html lang="en">' in client.get("/help").get_data(as_text=True)
    client.get("/language/vi")
    assert '<html lang="vi">' in client.get("/help").get_data(as_text=True)


@pytest.mark.parametrize(
    "address", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_choosing_a_language_leads_to_no_other_site(client: FlaskClient, address: str) -> None:
    assert client.get("/language/en", query_string={"next": address}).location == "/"


def test_there_is_no_language_that_nobody_translated(client: FlaskClient) -> None:
    assert client.get("/language/fr").status_code == 404


def test_an_unknown_address_offers_to_search(client: FlaskClient) -> None:
    answer = client.get("/khong-co")
    assert answer.status_code == 404
    assert 'action="/search"' in answer.get_data(as_text=True)


def test_pages_carry_nothing_inline(client: FlaskClient) -> None:
    for address in ("/", "/help", "/khong-co"):
        page = client.get(address).get_data(as_text=True)
        assert " style=" not in page
        assert " onclick=" not in page
        assert page.count("<script") == page.count("<script type=")


def test_the_api_is_described_for_people(client: FlaskClient) -> None:
    page = client.get("/api/docs").get_data(as_text=True)
    assert "GET /api/search" in page
    assert "PUT /attempts/{token}/answers/{position}" in page
