import random
import unicodedata

from repository.collation import sort_key


def in_order(*texts: str) -> bool:
    shuffled = list(texts)
    random.Random(7).shuffle(shuffled)
    return sorted(shuffled, key=sort_key) == list(texts)


def test_letters_follow_the_vietnamese_alphabet() -> None:
    assert in_order("an", "ăn", "ân", "da", "đa", "en", "ên", "on", "ôn", "ơn", "un", "ưn")


def test_tones_follow_the_dictionary() -> None:
    assert in_order("ma", "mà", "mả", "mã", "má", "mạ")


def test_letters_count_before_tones() -> None:
    assert in_order("má", "mai", "mài", "mạn", "máy")


def test_words_are_compared_one_by_one() -> None:
    assert in_order("ba hoa", "bà ba", "bà con")


def test_numbers_sort_by_value() -> None:
    assert in_order("Toán 2", "Toán 9", "Toán 10")


def test_case_punctuation_and_encoding_do_not_count() -> None:
    assert sort_key("ĐỊA LÍ") == sort_key("địa – lí") == sort_key(unicodedata.normalize("NFD", "Địa lí"))
