from pathlib import Path

from repository.search.suggestions.fresh import FreshTitles
from tests.repository.search.builders import a_document


def test_a_new_lecture_is_kept_with_its_title(tmp_path: Path) -> None:
    FreshTitles().changed([a_document("Đạo hàm\ncủa hàm số", kind="lecture", id=7)]).save(tmp_path / "fresh")
    assert FreshTitles.load(tmp_path / "fresh").titles == {7: "Đạo hàm của hàm số"}


def test_a_removed_lecture_leaves() -> None:
    fresh = FreshTitles({7: "Đạo hàm", 8: "Nguyên hàm"})
    assert fresh.changed([], [("lecture", 7), ("question", 8)]).titles == {8: "Nguyên hàm"}


def test_a_changed_lecture_has_its_new_title() -> None:
    fresh = FreshTitles({7: "Đạo hàm"}).changed([a_document("Vi phân", kind="lecture", id=7)], [("lecture", 7)])
    assert fresh.titles == {7: "Vi phân"}


def test_questions_are_no_titles() -> None:
    assert FreshTitles().changed([a_document(kind="question")], [("question", 1)]).titles == {}


def test_an_empty_update_changes_nothing() -> None:
    fresh = FreshTitles()
    assert fresh.changed([]) is fresh


def test_documents_that_changed_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "fresh"
    fresh = FreshTitles.load(path).changed([a_document(id=1), a_document(id=2)], [("question", 1), ("lecture", 9)])
    assert fresh.replaced == 3
    fresh.save(path)
    assert FreshTitles.load(path) == fresh


def test_no_file_means_that_nothing_happened(tmp_path: Path) -> None:
    assert FreshTitles.load(tmp_path / "none") == FreshTitles(replaced=0)


def test_where_nobody_counted_nobody_knows() -> None:
    assert FreshTitles({7: "Đạo hàm"}).changed([a_document()]).replaced is None
