from collections import Counter

from repository.accounts.provinces import CURRENT_EDITION, FORMER_EDITION, current_province_of, find_province, provinces


def test_there_are_34_provinces_today_and_63_before() -> None:
    editions = Counter(province.edition for province in provinces())

    assert editions == {CURRENT_EDITION: 34, FORMER_EDITION: 63}


def test_a_key_names_one_province() -> None:
    assert len({province.key for province in provinces()}) == len(provinces())


def test_every_former_province_lies_in_one_of_today() -> None:
    assert [province.key for province in provinces() if current_province_of(province) is None] == []


def test_the_same_code_means_different_places_in_the_two_editions() -> None:
    former = find_province(f"{FORMER_EDITION}:02")

    assert former is not None and former.name == "Hà Giang"
    assert find_province(f"{CURRENT_EDITION}:02") is None
    today = current_province_of(former)
    assert today is not None and today.name == "Tuyên Quang"


def test_no_key_finds_no_province() -> None:
    assert find_province(None) is None


def test_a_province_is_named_in_both_languages() -> None:
    ha_noi = find_province(f"{CURRENT_EDITION}:01")

    assert ha_noi is not None and (ha_noi.name_in("vi"), ha_noi.name_in("en")) == ("Hà Nội", "Hanoi")
