from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from repository.jobs import Job
from repository.permissions import Role
from repository.search.documents import FacetCount, SearchHit, SearchResults, Segment, Where
from repository.services import Services
from tests.conftest import SignIn
from tests.counting import count_queries
from tests.repository.search.builders import a_document, many_documents

LIBRARY = [
    a_document("Sóng cơ và sóng âm", id=1, kind="lecture", subject="vat-li", grade=("11", "12"), media="video"),
    a_document("Vận tốc sóng cơ", id=2, body="Cho $v = \\lambda f$.", subject="vat-li", grade="12", level="hieu"),
    a_document("Hàm số <b>đậm</b>", id=3, body="Xét hàm số.", explanation="Chọn Bính", subject="toan", grade="12"),
]


@pytest.fixture
def library(services: Services) -> None:
    services.search.rebuild(LIBRARY)


def page(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


@pytest.mark.usefixtures("library")
class TestSearchPage:
    def test_hits_lead_to_their_pages(self, client: FlaskClient) -> None:
        html = page(client, "/search?q=song+co")
        assert 'href="/lectures/1"' in html
        assert 'href="/questions/2"' in html
        assert "/questions/3" not in html

    def test_what_was_searched_for_is_marked(self, client: FlaskClient) -> None:
        assert "<mark>Sóng cơ</mark>" in page(client, "/search?q=sóng+cơ")

    def test_markup_in_titles_is_shown_not_run(self, client: FlaskClient) -> None:
        html = page(client, "/search?q=dam")
        assert "<b>" not in html
        assert "&lt;<mark>" in html or "&lt;b&gt;" in html

    def test_formulas_in_highlights_are_mathml(self, client: FlaskClient) -> None:
        assert "<math" in page(client, "/search?q=van+toc")

    def test_a_kind_tab_keeps_the_counts_of_the_others(self, client: FlaskClient) -> None:
        html = page(client, "/search?q=song&kind=question")
        assert "/lectures/1" not in html
        assert 'href="/search?q=song&amp;kind=lecture"' in html

    def test_a_facet_narrows_and_can_be_taken_back(self, client: FlaskClient) -> None:
        assert 'href="/search?q=song&amp;grade=11"' in page(client, "/search?q=song")
        html = page(client, "/search?q=song&grade=11")
        assert "/questions/2" not in html
        assert 'href="/search?q=song" rel="nofollow" data-swap="grade:11" aria-current="true"' in html
        assert 'href="/search?q=song" rel="nofollow" data-swap="chip:grade:11"' in html

    def test_several_values_of_a_facet_are_alternatives(self, client: FlaskClient) -> None:
        html = page(client, "/search?q=song&grade=11")
        assert 'href="/search?q=song&amp;grade=11&amp;grade=12"' in html
        assert "/questions/2" in page(client, "/search?q=song&grade=11&grade=12")

    def test_a_sort_is_kept_by_the_links(self, client: FlaskClient) -> None:
        html = page(client, "/search?q=song&sort=newest")
        assert 'href="/search?q=song&amp;sort=newest&amp;grade=11"' in html
        assert 'name="sort" value="newest"' in html

    def test_a_search_needs_no_database(self, client: FlaskClient, services: Services) -> None:
        page(client, "/search?q=song")
        with count_queries(services.engine) as queries:
            page(client, "/search?q=song+co&grade=12")
        assert queries == []

    def test_an_empty_result_says_what_to_do(self, client: FlaskClient) -> None:
        assert "Không tìm thấy" in page(client, "/search?q=zzzz")

    def test_a_foreign_value_of_a_facet_is_an_empty_result(self, client: FlaskClient) -> None:
        assert "Không tìm thấy" in page(client, "/search?subject=%3Cscript%3E")

    def test_a_kind_that_does_not_exist_is_refused(self, client: FlaskClient) -> None:
        assert client.get("/search?kind=film").status_code == 422

    def test_explanations_are_for_reviewers(self, client: FlaskClient, sign_in: SignIn) -> None:
        assert "/questions/3" not in page(client, "/search?q=bính")
        reviewer, _ = sign_in(Role.REVIEWER)
        assert "/questions/3" in page(reviewer, "/search?q=bính")

    def test_it_speaks_english(self, client: FlaskClient) -> None:
        client.get("/language/en")
        assert "2 results" in page(client, "/search?q=song")


def test_pages_follow_each_other_by_key(services: Services, client: FlaskClient) -> None:
    services.search.rebuild(many_documents(50))
    html = page(client, "/search")
    assert 'rel="next"' in html
    assert "after=" in html


def test_without_an_index_the_page_says_so_and_has_it_built(services: Services, client: FlaskClient) -> None:
    assert client.get("/search?q=x").status_code == 503
    assert client.get("/search?q=x").status_code == 503
    with services.sessions() as session:
        assert [job.kind for job in session.scalars(select(Job))] == ["search.rebuild"]


@pytest.mark.usefixtures("library")
class TestSearchApi:
    def test_it_gives_hits_with_escaped_highlights(self, client: FlaskClient) -> None:
        found = client.get("/api/search?q=hàm+số").json
        assert found
        assert found["total"] == 1
        assert found["did_you_mean"] is None
        assert found["hits"][0]["title"] == "Hàm số <b>đậm</b>"
        assert found["hits"][0]["highlights"] == ["Xét <mark>hàm số</mark>."]

    def test_it_counts_facets_when_asked(self, client: FlaskClient) -> None:
        found = client.get("/api/search?q=song&facets=true&limit=0").json
        assert found
        assert {"value": "vat-li", "count": 2} in found["facets"]["subject"]

    def test_it_filters_by_several_values(self, client: FlaskClient) -> None:
        found = client.get("/api/search?subject=toan&subject=vat-li&grade=12").json
        assert found
        assert found["total"] == 3

    @pytest.mark.parametrize("query", ["limit=1000", "limit=x", "kind=film", "after=nonsense&q=song", "sort=best"])
    def test_what_makes_no_sense_is_refused(self, client: FlaskClient, query: str) -> None:
        assert client.get(f"/api/search?{query}").status_code == 422

    def test_explanations_are_not_for_strangers(self, client: FlaskClient) -> None:
        found = client.get("/api/search?q=bính").json
        assert found
        assert found["total"] == 0


def a_hit(**more: Any) -> SearchHit:
    return SearchHit(**{"kind": "lecture", "id": 7, "title": "Sóng cơ", "score": 1.0, **more})


def answering(services: Services, monkeypatch: pytest.MonkeyPatch, **more: Any) -> None:
    """Have every search answered with one hit and ``more``."""
    kinds = {"kind": (FacetCount("lecture", 1), FacetCount("question", 0))}
    given = SearchResults(**{"total": 1, "hits": (a_hit(),), "facets": kinds, "took_ms": 0.1, **more})
    monkeypatch.setattr(services.search, "find", lambda query: given)


class TestWhatThePageSays:
    def test_a_hit_leads_to_the_place_of_the_words(
        self, services: Services, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        hit = a_hit(where=Where("slide", 5), highlights=((Segment("x"),), (Segment("dao "), Segment("động", True))))
        answering(services, monkeypatch, hits=(hit,))
        html = page(client, "/search?q=dao")
        assert 'href="/lectures/7?at=slide-5"' in html and ">Trang chiếu 5</a> dao <mark>động</mark>" in html

    def test_minutes_are_told_as_a_clock_does(
        self, services: Services, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        hit = a_hit(where=Where("second", 125), highlights=((Segment("x"),),))
        answering(services, monkeypatch, hits=(hit,))
        assert "Phút 2:05" in page(client, "/search?q=dao")

    def test_an_excerpt_that_repeats_the_title_is_left_out(
        self, services: Services, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        answering(services, monkeypatch, hits=(a_hit(highlights=((Segment("Sóng cơ"),), (Segment("Biên độ"),))),))
        html = page(client, "/search?q=song")
        assert html.count('class="excerpt"') == 1 and "Biên độ" in html

    def test_a_better_spelling_is_offered_with_the_same_filters(
        self, services: Services, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        answering(services, monkeypatch, did_you_mean="phương trình")
        html = page(client, "/search?q=phuong+trinhh&grade=12")
        assert 'href="/search?grade=12&amp;q=ph%C6%B0%C6%A1ng+tr%C3%ACnh"' in html

    def test_keystrokes_that_were_read_can_be_searched_for_as_typed(
        self, services: Services, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        answering(services, monkeypatch, read_as="phương")
        html = page(client, "/search?q=phuwowng")
        assert "Đã hiểu là:" in html and 'href="/search?q=phuwowng&amp;as_typed=true"' in html

    @pytest.mark.parametrize("relaxed", ["phrases", "words", "spelling", "accents", "filters"])
    def test_what_was_given_up_is_said(
        self, services: Services, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, relaxed: str
    ) -> None:
        answering(services, monkeypatch, relaxed=(relaxed,))
        assert "nên đã nới: " in page(client, "/search?q=x")

    def test_filters_that_were_given_up_are_not_shown_as_if_they_held(
        self, services: Services, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        answering(services, monkeypatch, relaxed=("words",))
        assert 'aria-label="Đang lọc"' in page(client, "/search?q=x&grade=12")
        answering(services, monkeypatch, relaxed=("filters",))
        html = page(client, "/search?q=x&grade=12")
        assert 'aria-label="Bộ lọc đã nới"' in html and "Đang lọc" not in html


def test_filters_typed_in_the_text_become_chips(services: Services, client: FlaskClient) -> None:
    services.search.rebuild(LIBRARY)
    html = page(client, "/search?q=song+lớp:11")
    assert 'href="/search?q=song" rel="nofollow" data-swap="chip:grade:11"' in html
    assert "/questions/2" not in html


def test_the_api_explains_scores_when_asked(services: Services, client: FlaskClient) -> None:
    services.search.rebuild(LIBRARY)
    explained = client.get("/api/search?q=song+co&explain=true").json
    silent = client.get("/api/search?q=song+co").json
    assert explained and silent
    assert explained["hits"][0]["parts"]
    assert "parts" not in silent["hits"][0]
