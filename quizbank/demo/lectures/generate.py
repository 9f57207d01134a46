"""The demo's lectures: what this project wrote first, then guides for every topic of the curriculum."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from random import Random

from quizbank.demo.lectures.documents import book, pdf_notes, slides
from quizbank.demo.lectures.drawings import drawing, mind_map
from quizbank.demo.lectures.lessons import Lesson, written_lessons
from quizbank.demo.lectures.maps import geojson
from quizbank.demo.lectures.sounds import recording
from quizbank.demo.lectures.study_guides import FORMS, MIND_MAP, centre_of, spokes_of, study_guides
from quizbank.demo.lectures.web_packages import SCORM_12, SCORM_2004, h5p_package, html_package, scorm_package
from repository.curriculum.queries import curriculum

LICENCE = "cc-by-4.0"
CLIPS = Path(__file__).parents[1] / "media"
YEARS = range(2023, 2027)
SURNAMES = (
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Vũ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lò",
    "Nông",
    "Y",
    "Thạch",
)
MIDDLES = ("Thị", "Văn", "Minh", "Thu", "Ngọc", "Quang", "Hải", "Thanh", "Bảo", "Khánh")
GIVEN = (
    "An",
    "Bình",
    "Châu",
    "Dung",
    "Giang",
    "Hà",
    "Hạnh",
    "Hùng",
    "Lan",
    "Linh",
    "Mai",
    "Nam",
    "Oanh",
    "Phúc",
    "Quân",
    "Sơn",
    "Tâm",
    "Uyên",
    "Vinh",
    "Yến",
)


@dataclass(frozen=True)
class DemoLecture:
    """A lecture as an editor would upload it: a file with its metadata, or a link (``data`` is None then)."""

    title: str
    abstract: str
    subject: str
    grades: tuple[int, ...]
    topics: tuple[str, ...]
    authors: tuple[str, ...]
    kind: str
    language: str
    licence: str
    duration_minutes: int
    year: int
    file_name: str | None
    data: bytes | None
    link_url: str | None


def generate_lectures(count: int, seed: int) -> Iterator[DemoLecture]:
    """Lectures with their files, made one by one.

    Args:
        count: how many; from 11 on every kind is among them, and the written lessons come first.
        seed: any integer; the same seed gives the same bytes.

    Raises:
        ValueError: more than the curriculum has topics and forms for.
    """
    if count > most_lectures():
        raise ValueError(f"at most {most_lectures()} lectures, not {count}")
    rng = Random(f"lectures {seed}")
    lessons = chain(written_lessons(), study_guides(curriculum(), Random(f"guides {seed}")))
    for lesson in islice(lessons, count):
        yield lecture_of(lesson, rng)


def most_lectures() -> int:
    return len(written_lessons()) + len(FORMS) * len(curriculum().topics)


def lecture_of(lesson: Lesson, rng: Random) -> DemoLecture:
    authors = tuple(dict.fromkeys(invented_name(rng) for _ in range(rng.choice((1, 1, 1, 2)))))
    year = rng.choice(YEARS)
    kind, ending, _ = FILES[lesson.kind]
    data = file_of(lesson, authors[0])
    return DemoLecture(
        title=lesson.title,
        abstract=lesson.abstract,
        subject=lesson.subject,
        grades=(curriculum().get_topic(lesson.topic).grade,),
        topics=(lesson.topic,),
        authors=authors,
        kind=kind,
        language=lesson.language,
        licence=LICENCE,
        duration_minutes=lesson.minutes,
        year=year,
        file_name=f"{slug_of(lesson.title)}.{ending}" if data is not None else None,
        data=data,
        link_url=lesson.asset if kind == "link" else None,
    )


def file_of(lesson: Lesson, author: str) -> bytes | None:
    return FILES[lesson.kind][2](lesson, author)


def picture(lesson: Lesson, _author: str) -> bytes:
    if lesson.asset == MIND_MAP:
        return mind_map(centre_of(lesson), spokes_of(lesson))
    return drawing(lesson.asset)


def clip(lesson: Lesson, _author: str) -> bytes:
    return (CLIPS / f"{lesson.asset}.webm").read_bytes()


FILES: dict[str, tuple[str, str, Callable[[Lesson, str], bytes | None]]] = {
    "scorm12": ("scorm", "zip", lambda lesson, author: scorm_package(lesson, author, SCORM_12)),
    "scorm2004": ("scorm", "zip", lambda lesson, author: scorm_package(lesson, author, SCORM_2004)),
    "h5p": ("h5p", "h5p", h5p_package),
    "html": ("html", "zip", html_package),
    "video": ("video", "webm", clip),
    "audio": ("audio", "wav", lambda lesson, _: recording(lesson.asset)),
    "pdf": ("pdf", "pdf", pdf_notes),
    "pptx": ("pptx", "pptx", lambda lesson, _: slides(lesson)),
    "epub": ("epub", "epub", book),
    "image": ("image", "png", picture),
    "map": ("map", "geojson", lambda lesson, _: geojson(lesson.asset)),
    "link": ("link", "", lambda _lesson, _author: None),
}


def invented_name(rng: Random) -> str:
    return f"{rng.choice(SURNAMES)} {rng.choice(MIDDLES)} {rng.choice(GIVEN)}"


def slug_of(title: str) -> str:
    """A file name in plain letters: ``Tích phân và diện tích`` -> ``tich-phan-va-dien-tich``."""
    plain = unicodedata.normalize("NFD", title.lower().replace("đ", "d"))
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:80]
