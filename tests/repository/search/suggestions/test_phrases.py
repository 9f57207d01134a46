"""Counting phrases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repository.search.suggestions import phrases
from repository.search.suggestions.phrases import PhraseCounter


def counts_of(counter: PhraseCounter) -> dict[str, int]:
    counted = counter.counted()
    return {
        " ".join(counted.words[(key >> shift) & 0xFFFF] for shift in (48, 32, 16, 0) if (key >> shift) & 0xFFFF): count
        for key, count in zip(counted.keys.tolist(), counted.counts.tolist(), strict=True)
    }


def counted(*texts: str) -> dict[str, int]:
    counter = PhraseCounter()
    for text in texts:
        counter.add([text])
    return counts_of(counter)


def test_phrases_have_one_to_four_words() -> None:
    assert set(counted("hàm số đồng biến trên")) == {
        *("hàm", "số", "đồng", "biến", "trên", "hàm số", "số đồng", "đồng biến", "biến trên"),
        *("hàm số đồng", "số đồng biến", "đồng biến trên", "hàm số đồng biến", "số đồng biến trên"),
    }


def test_a_document_counts_once() -> None:
    assert counted("hàm số, hàm số", "hàm số")["hàm số"] == 2


def test_no_phrase_goes_over_a_mark_or_a_formula() -> None:
    found = counted("hàm số. đồng biến $x^2$ trên; tập (xác định) 12 khoảng")
    assert {phrase for phrase in found if " " in phrase} == {"hàm số", "đồng biến", "xác định"}


def test_a_capital_that_begins_a_sentence_says_nothing() -> None:
    assert set(counted("Hàm số. Việt Nam ở đâu? Ở Việt Nam")) >= {"hàm số", "ở Việt Nam"}


def test_headings_are_small() -> None:
    assert "phương trình" in counted("Bài 1: PHƯƠNG TRÌNH")


def test_abbreviations_stay_capitals() -> None:
    assert "phân tử ADN" in counted("Một phân tử ADN mạch kép")


def test_decomposed_text_is_composed() -> None:
    assert "phương" in counted("phu\u031bo\u031bng")


def test_the_rarest_are_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phrases, "MOST_KEYS", 40)
    monkeypatch.setattr(phrases, "FLUSH_KEYS", 10)
    counter = PhraseCounter()
    for number in range(30):
        counter.add([f"hàm số {chr(97 + number % 26) * 3} {chr(97 + number // 2) * 4}"])
    found = counts_of(counter)
    assert found["hàm số"] == 30
    assert len([phrase for phrase in found if " " in phrase]) <= 40


@given(st.lists(st.text(max_size=80), max_size=5))
def test_any_text_can_be_counted(texts: list[str]) -> None:
    found = counted(*texts)
    assert all(1 <= count <= len(texts) for count in found.values())
