"""The lexicon: what enters, what stays out, and that it comes back from its file."""

from dataclasses import replace
from pathlib import Path

from repository.search.suggestions.building import LexiconBuilder
from repository.search.suggestions.lexicon import EMPTY, Lexicon, arrays_of
from tests.repository.search.builders import a_document
from tests.repository.search.suggestions.builders import a_lecture, a_lexicon, a_library, questions_of


def phrases_of(lexicon: Lexicon) -> set[str]:
    return {lexicon.phrases.texts[place] for place in range(len(lexicon.phrases.texts))}


def test_a_phrase_of_one_document_stays_out() -> None:
    assert "sóng dừng" not in phrases_of(a_lexicon(questions_of("sóng dừng")))
    assert "sóng dừng" in phrases_of(a_lexicon(questions_of("sóng dừng", "sóng dừng")))


def test_explanations_stay_out() -> None:
    secret = [replace(document, explanation="đáp án bí mật") for document in questions_of("hàm số", "hàm số")]
    lexicon = a_lexicon(secret)
    assert not {"bí mật", "đáp án", "bí"} & phrases_of(lexicon)
    assert "bi" not in lexicon.words.folded_numbers


def test_parts_of_phrases_stay_out() -> None:
    found = phrases_of(a_lexicon(a_library()))
    assert "phương trình bậc hai" in found
    assert not {"trình", "trình bậc", "trình bậc hai", "của phương trình", "phương"} & found


def test_ways_to_write_a_word_count_together() -> None:
    lexicon = a_lexicon(questions_of("hoá học", "hóa học", "Bài hoá học"))
    assert {"hoá học", "hóa học"} & phrases_of(lexicon) == {"hoá học"}


def test_places_of_a_lecture_are_read() -> None:
    documents = [a_document(kind="lecture", more="dao động điều hoà", id=number) for number in (1, 2)]
    assert "dao động điều hoà" in phrases_of(a_lexicon(documents))


def test_a_lexicon_comes_back_from_its_file(tmp_path: Path) -> None:
    lexicon = a_lexicon([*a_library(), a_lecture("Đạo hàm", 5, topic="toan.l11")])
    lexicon.save(tmp_path / "lexicon")
    loaded = Lexicon.load(tmp_path / "lexicon")
    assert {name: array.tolist() for name, array in arrays_of(loaded).items()} == {
        name: array.tolist() for name, array in arrays_of(lexicon).items()
    }
    assert [path.name for path in tmp_path.iterdir()] == ["lexicon"]


def test_a_missing_or_broken_file_is_an_empty_lexicon(tmp_path: Path) -> None:
    (tmp_path / "broken").write_bytes(b"PK\x03\x04 nonsense")
    assert Lexicon.load(tmp_path / "none") is EMPTY
    assert Lexicon.load(tmp_path / "broken") is EMPTY
    assert Lexicon.of(a_lexicon(a_library()).dump()[:-500]) is EMPTY


def test_no_documents_make_an_empty_lexicon() -> None:
    lexicon = LexiconBuilder().finish()
    assert lexicon.documents == 0
    assert Lexicon.of(lexicon.dump()).words.exact == ()
