"""Help while typing through a real index: what is withdrawn is gone with the commit, what is new is there."""

from pathlib import Path

from repository.search.documents import SearchQuery
from repository.search.embedded.index import WhooshIndex
from tests.repository.search.builders import an_index
from tests.repository.search.suggestions.builders import a_lecture, a_library, questions_of


def texts(index: WhooshIndex, typed: str) -> list[str]:
    return [found.text for found in index.suggest(typed)]


def test_a_rebuilt_index_suggests(tmp_path: Path) -> None:
    index = an_index(tmp_path, *a_library())
    assert texts(index, "phuong tr")[0] == "phương trình"
    assert "Bài 3: Phương trình bậc hai" in texts(index, "phuong tr")


def test_a_withdrawn_lecture_is_gone_with_the_commit(tmp_path: Path) -> None:
    index = an_index(tmp_path, *a_library())
    assert texts(index, "chuyen do") == ["Chuyển động thẳng đều"]
    index.update([], [("lecture", 12)])
    assert texts(index, "chuyen do") == []


def test_people_are_gone_with_their_last_lecture(tmp_path: Path) -> None:
    index = an_index(tmp_path, *a_library())
    assert texts(index, "so giao d") == ["Sở Giáo dục và Đào tạo Hà Nội"]
    index.update([], [("lecture", 12)])
    assert texts(index, "so giao d") == []


def test_phrases_are_gone_with_their_last_document(tmp_path: Path) -> None:
    documents = questions_of(*["Sóng dừng trên dây đàn."] * 3)
    index = an_index(tmp_path, *documents, *a_library())
    assert texts(index, "song du")
    index.update([], [(document.kind, document.id) for document in documents])
    assert texts(index, "song du") == []


def test_a_new_lecture_is_there_with_the_commit(tmp_path: Path) -> None:
    index = an_index(tmp_path, *a_library())
    index.update([a_lecture("Giao thoa ánh sáng", 99)])
    assert texts(index, "anh sa") == ["Giao thoa ánh sáng"]
    index.update([a_lecture("Nhiễu xạ", 99)], [("lecture", 99)])
    assert texts(index, "anh sa") == []
    assert texts(index, "nhieu") == ["Nhiễu xạ"]


def test_what_is_found_nowhere_is_read_as_it_was_meant(tmp_path: Path) -> None:
    index = an_index(tmp_path, *a_library())
    assert index.find(SearchQuery("phuong trrinh")).read_as == "phương trình"


def test_raw_keystrokes_find(tmp_path: Path) -> None:
    found = an_index(tmp_path, *a_library()).find(SearchQuery("phuwowng trinhf"))
    assert found.read_as == "phương trình"
    assert found.total
