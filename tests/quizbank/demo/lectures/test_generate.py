import io
import json
import re
import zipfile
from collections import Counter
from functools import lru_cache
from itertools import islice
from pathlib import Path

import pytest

from quizbank.demo.lectures.generate import DemoLecture, generate_lectures, most_lectures
from quizbank.demo.lectures.lessons import written_lessons
from repository.curriculum.queries import curriculum
from repository.files.packages.inspection import inspect_package
from repository.lectures.rules import LICENCES

KINDS = {"scorm", "h5p", "html", "video", "audio", "pdf", "pptx", "epub", "image", "map", "link"}


@lru_cache(maxsize=1)
def lectures() -> tuple[DemoLecture, ...]:
    """All that were written, and 60 study guides."""
    return tuple(generate_lectures(len(written_lessons()) + 60, seed=5))


def files() -> list[tuple[DemoLecture, bytes]]:
    return [(lecture, lecture.data) for lecture in lectures() if lecture.data is not None]


def names_in(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode(errors="replace") for name in archive.namelist()}


def test_every_kind_is_among_the_first_sixty() -> None:
    assert {lecture.kind for lecture in lectures()[:60]} == KINDS


def test_at_least_seventy_lessons_in_ten_subjects_are_written() -> None:
    assert len(written_lessons()) >= 70
    assert len({lesson.subject for lesson in written_lessons()}) >= 10


def test_written_lessons_have_substance() -> None:
    thin = [lesson.title for lesson in written_lessons() if not 4 <= len(lesson.sentences) <= 8]

    assert thin == []


def test_every_topic_exists_and_fits_its_subject_and_grade() -> None:
    for lecture in lectures():
        topic = curriculum().get_topic(lecture.topics[0])
        assert (topic.subject, (topic.grade,)) == (lecture.subject, lecture.grades)


def test_every_licence_is_one_that_lectures_know() -> None:
    assert {lecture.licence for lecture in lectures()} <= set(LICENCES)


def test_the_same_seed_gives_the_same_bytes() -> None:
    again = tuple(generate_lectures(30, seed=5))

    assert again == lectures()[:30]


def test_another_seed_gives_other_authors() -> None:
    others = generate_lectures(30, seed=6)

    assert [lecture.authors for lecture in others] != [lecture.authors for lecture in lectures()[:30]]


def test_no_two_lectures_are_alike() -> None:
    assert len({lecture.title for lecture in lectures()}) == len(lectures())
    assert len({lecture.abstract for lecture in lectures()}) == len(lectures())
    assert len({data for _, data in files()}) == len(files())


def test_the_repository_accepts_every_file_as_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "lecture"
    for lecture, data in files():
        path.write_bytes(data)
        info = inspect_package(path, lecture.file_name or "")
        assert (info.kind, info.warnings) == (lecture.kind, ()), lecture.title


def test_a_link_has_an_address_and_no_file() -> None:
    links = [lecture for lecture in lectures() if lecture.kind == "link"]

    assert links and all(link.link_url and link.link_url.startswith("https://") for link in links)
    assert {(link.data, link.file_name) for link in links} == {(None, None)}


def test_scorm_packages_come_in_both_editions() -> None:
    manifests = [names_in(data)["imsmanifest.xml"] for lecture, data in files() if lecture.kind == "scorm"]
    editions = Counter(re.findall(r"<schemaversion>([^<]*)", " ".join(manifests)))

    assert set(editions) == {"1.2", "2004 4th Edition"} and min(editions.values()) >= 5


def test_a_scorm_package_holds_exactly_the_files_it_lists() -> None:
    for lecture, data in files():
        if lecture.kind == "scorm":
            names = names_in(data)
            listed = re.findall(r'<file href="([^"]*)"', names["imsmanifest.xml"])
            assert {*listed, "imsmanifest.xml"} == set(names)


def test_web_lessons_load_only_what_they_bring() -> None:
    for lecture, data in files():
        if lecture.kind in ("scorm", "html"):
            names = names_in(data)
            wanted = re.findall(r'(?:src|href)="([^"]+)"', names["index.html"])
            assert wanted and set(wanted) <= set(names)
            assert "style=" not in names["index.html"] and "<script>" not in names["index.html"]


def test_an_h5p_package_brings_its_library() -> None:
    data = next(data for lecture, data in files() if lecture.kind == "h5p")
    names = names_in(data)
    head = json.loads(names["h5p.json"])

    assert head["mainLibrary"] == "H5P.HocLieuText"
    assert "H5P.HocLieuText-1.0/hoclieu-text.js" in names and "H5P.HocLieuText-1.0/library.json" in names


def test_an_epub_begins_with_its_media_type() -> None:
    data = next(data for lecture, data in files() if lecture.kind == "epub")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        first = archive.infolist()[0]

    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)


def test_every_map_of_vietnam_shows_its_archipelagos() -> None:
    for lecture, data in files():
        if lecture.kind == "map":
            names = " ".join(feature["properties"]["name"] for feature in json.loads(data)["features"])
            assert "Hoàng Sa" in names and "Trường Sa" in names


def test_places_on_maps_lie_in_vietnam() -> None:
    for lecture, data in files():
        if lecture.kind == "map":
            text = json.dumps([feature["geometry"]["coordinates"] for feature in json.loads(data)["features"]])
            numbers = [float(number) for number in re.findall(r"\d+\.\d+", text)]
            assert all(102 <= longitude <= 118 for longitude in numbers[0::2])
            assert all(7 <= latitude <= 24 for latitude in numbers[1::2])


def test_every_check_has_one_right_option_among_different_ones() -> None:
    for lesson in written_lessons():
        for check in lesson.checks:
            assert 0 <= check.right < len(check.options)
            assert len(set(check.options)) == len(check.options)
            assert not any("*" in option for option in check.options)


def test_it_makes_five_thousand_and_says_when_more_is_too_much() -> None:
    assert most_lectures() >= 5_000
    with pytest.raises(ValueError, match="at most"):
        next(generate_lectures(most_lectures() + 1, seed=1))


def test_lectures_are_made_one_by_one() -> None:
    assert len(list(islice(generate_lectures(5_000, seed=1), 3))) == 3
