import json
import time
import unicodedata
from pathlib import Path

import pytest

from repository.curriculum.queries import DATA_FILE, curriculum, curriculum_from, part_of
from repository.curriculum.rules import Named, ancestors_of
from repository.errors import NotFound

KNOWN_IDS = Path(__file__).with_name("ids.txt").read_text(encoding="utf-8").split()

NGUYEN_HAM = "toan.l12.dai-so-giai-tich.nguyen-ham"


def everything() -> list[Named]:
    whole = curriculum()
    levels = [level for programme in whole.programmes for level in programme.levels]
    return [*whole.programmes, *levels, *whole.subjects, *whole.strands, *whole.topics]


def test_ids_are_unique() -> None:
    ids = [thing.id for thing in everything()]

    assert len(ids) == len(set(ids))


def test_an_id_once_given_never_vanishes() -> None:
    assert [id for id in KNOWN_IDS if not curriculum().has(id)] == []


def test_the_list_of_given_ids_is_complete() -> None:
    whole = curriculum()

    assert {thing.id for thing in (*whole.subjects, *whole.strands, *whole.topics)} == set(KNOWN_IDS)


def test_everything_a_topic_lies_within_exists() -> None:
    missing = [id for topic in curriculum().topics for id in ancestors_of(topic.id) if not curriculum().has(id)]

    assert missing == []


def test_everything_is_named_in_both_languages() -> None:
    assert [thing.id for thing in everything() if not (thing.name.strip() and thing.name_en.strip())] == []


def test_names_are_composed() -> None:
    assert [thing.id for thing in everything() if thing.name != unicodedata.normalize("NFC", thing.name)] == []


def test_subjects_are_spelt_officially() -> None:
    names = {subject.id: subject.name for subject in curriculum().subjects}

    assert (names["vat-li"], names["hoa-hoc"], names["dia-li"]) == ("Vật lí", "Hoá học", "Địa lí")


def test_topics_come_in_teaching_order() -> None:
    topics = curriculum().topics_of("toan", 12)

    assert [topic.seq for topic in topics] == sorted(topic.seq for topic in topics)
    assert topics[0].name == "Tính đơn điệu và cực trị của hàm số"


def test_all_topics_of_a_subject_are_those_of_its_grades() -> None:
    whole = curriculum()
    vat_li = whole.get_subject("vat-li")

    by_grade = [topic for grade in vat_li.grades for topic in whole.topics_of("vat-li", grade)]

    assert list(whole.topics_of("vat-li")) == by_grade


def test_the_current_programme_comes_first() -> None:
    assert [programme.id for programme in curriculum().programmes] == ["gdpt-2018", "ct-2006"]


def test_each_programme_has_its_levels_in_order() -> None:
    whole = curriculum()

    assert [level.id for level in whole.levels_of("gdpt-2018")] == ["biet", "hieu", "van-dung"]
    assert [level.code for level in whole.levels_of("ct-2006")] == ["NB", "TH", "VD", "VDC"]
    assert whole.levels_of("ct-1980") == ()


def test_an_old_level_maps_to_a_level_of_today() -> None:
    whole = curriculum()

    for level in whole.levels_of("ct-2006"):
        assert level.maps_to in {today.id for today in whole.levels_of("gdpt-2018")}


def test_the_old_programme_keeps_its_own_grades() -> None:
    whole = curriculum()

    assert whole.grades_of("giao-duc-cong-dan", "ct-2006") == (6, 7, 8, 9, 10, 11, 12)
    assert whole.grades_of("giao-duc-cong-dan", "gdpt-2018") == (6, 7, 8, 9)
    assert whole.grades_of("vat-li") == (6, 7, 8, 9, 10, 11, 12)


def test_programmes_teach_known_subjects_only() -> None:
    whole = curriculum()

    assert {slug for programme in whole.programmes for slug in programme.grades} <= {s.id for s in whole.subjects}


def test_a_name_is_known_for_every_kind_of_id() -> None:
    name_of = curriculum().name_of

    assert name_of("toan") == "Toán"
    assert name_of("giao-duc-cong-dan.l12") == "Giáo dục công dân 12"
    assert name_of("van-dung-cao", "vi") == "Vận dụng cao"
    assert name_of(NGUYEN_HAM, "en") == "Antiderivatives"
    assert name_of("khong-co") == "khong-co"


def test_a_subject_is_found_by_any_of_its_names() -> None:
    found = [curriculum().find_subject_named(text) for text in ("Vật Lý", "LI", "physics", " vat-li ")]

    assert {subject.id for subject in found if subject} == {"vat-li"}
    assert curriculum().find_subject_named("Thiên văn") is None


@pytest.mark.parametrize("get", ["get_topic", "get_subject", "get_programme"])
def test_getting_what_is_not_there_is_an_error(get: str) -> None:
    with pytest.raises(NotFound):
        getattr(curriculum(), get)("khong-co")


def test_finding_the_wrong_kind_finds_nothing() -> None:
    whole = curriculum()

    assert whole.find_topic("toan") is None
    assert whole.find_subject(NGUYEN_HAM) is None
    assert whole.find_level("toan") is None


def test_a_part_holds_one_subject_and_grade() -> None:
    part = part_of(curriculum(), subject="toan", grade=12)

    assert {(topic.subject, topic.grade) for topic in part.topics} == {("toan", 12)}
    assert [subject.id for subject in part.subjects] == ["toan"]


def test_the_curriculum_loads_at_once() -> None:
    started = time.perf_counter()
    curriculum_from(json.loads(DATA_FILE.read_text(encoding="utf-8")))

    assert time.perf_counter() - started < 0.3
