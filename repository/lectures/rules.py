"""What a lecture is, what it needs before anybody sees it, and which step may follow which."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import StrEnum
from urllib.parse import urlsplit

from repository.errors import Conflict, Invalid

TITLE_MAX = 300
ABSTRACT_MAX = 20_000
AUTHORS_MAX = 50
NAME_MAX = 200
MINUTES_MAX = 100_000
YEAR_MIN, YEAR_MAX = 1000, 2100
URL_MAX = 2_000


class LectureKind(StrEnum):
    SCORM = "scorm"
    H5P = "h5p"
    HTML = "html"
    VIDEO = "video"
    AUDIO = "audio"
    PDF = "pdf"
    PPTX = "pptx"
    EPUB = "epub"
    IMAGE = "image"
    MAP = "map"
    LINK = "link"


class LectureState(StrEnum):
    """Where the newest version stands. A published version stays visible while a newer one is in the works."""

    DRAFT = "draft"
    IN_REVIEW = "in-review"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class LectureEvent(StrEnum):
    UPLOADED = "uploaded"
    REVISED = "revised"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"
    COMMENTED = "commented"


LICENCES = ("cc-by-4.0", "cc-by-sa-4.0", "cc-by-nc-4.0", "cc-by-nc-sa-4.0", "cc-by-nd-4.0", "cc0-1.0", "all-rights")

MAY_FOLLOW: dict[LectureEvent, frozenset[LectureState]] = {
    LectureEvent.REVISED: frozenset({LectureState.DRAFT, LectureState.PUBLISHED, LectureState.WITHDRAWN}),
    LectureEvent.SUBMITTED: frozenset({LectureState.DRAFT}),
    LectureEvent.RETURNED: frozenset({LectureState.IN_REVIEW}),
    LectureEvent.APPROVED: frozenset({LectureState.IN_REVIEW}),
    LectureEvent.COMMENTED: frozenset(LectureState),
}
REFUSALS = {
    LectureEvent.REVISED: "Bài giảng đang chờ thẩm định; hãy đợi kết quả hoặc nhờ người thẩm định trả lại.",
    LectureEvent.SUBMITTED: "Chỉ gửi thẩm định được bản nháp.",
    LectureEvent.RETURNED: "Bài giảng không còn ở bàn thẩm định.",
    LectureEvent.APPROVED: "Bài giảng không còn ở bàn thẩm định.",
}


@dataclass(frozen=True)
class LectureMetadata:
    """What a person says about a lecture. Ids are those of the curriculum; ``abstract`` is a markup source."""

    title: str
    subject: str
    abstract: str = ""
    programme: str = "gdpt-2018"
    grades: tuple[int, ...] = ()
    topics: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    language: str = "vi"
    licence: str = "cc-by-4.0"
    duration_minutes: int | None = None
    year: int | None = None
    link_url: str = ""


@dataclass(frozen=True)
class Change:
    """One field that differs between two versions."""

    field: str
    before: object
    after: object


def check_step(event: LectureEvent, state: LectureState) -> None:
    """Refuse a step that can't follow the state.

    Raises:
        Conflict: somebody was faster, or the page was old.
    """
    if state not in MAY_FOLLOW[event]:
        raise Conflict(REFUSALS[event], state=str(state))


def check_metadata(
    new: LectureMetadata, *, subjects: Iterable[str], topics: Iterable[str], is_link: bool, needs_subject: bool = True
) -> None:
    """Refuse metadata that can't be kept.

    Args:
        new: what was given.
        subjects: ids of subjects that exist.
        topics: of ``new.topics``, those that exist.
        is_link: whether the lecture is an address rather than a file.
        needs_subject: False takes an unplaced lecture, as a mass import brings it.

    Raises:
        Invalid: ``facts["fields"]`` maps each field to its messages.
    """
    problems: dict[str, list[str]] = {}
    for field, is_well, message in (
        ("title", 0 < len(new.title) <= TITLE_MAX, "Hãy ghi tên bài giảng, tối đa 300 kí tự."),
        ("abstract", len(new.abstract) <= ABSTRACT_MAX, "Tóm tắt quá dài."),
        ("subject", new.subject in set(subjects) or not (needs_subject or new.subject), "Hãy chọn môn."),
        ("grades", all(1 <= grade <= 12 for grade in new.grades), "Lớp của bài giảng phải từ 1 đến 12."),
        ("topics", set(new.topics) <= set(topics), "Có chủ đề không có trong chương trình."),
        ("authors", has_sound_names(new.authors), "Mỗi tác giả một dòng, tối đa 50 người."),
        ("language", 2 <= len(new.language) <= 3 and new.language.isalpha(), "Hãy chọn ngôn ngữ."),
        ("licence", new.licence in LICENCES, "Hãy chọn giấy phép."),
        ("duration_minutes", is_within(new.duration_minutes, 1, MINUTES_MAX), "Thời lượng tính bằng phút, từ 1."),
        ("year", is_within(new.year, YEAR_MIN, YEAR_MAX), "Năm phải từ 1000 đến 2100."),
        ("link_url", not is_link or is_web_address(new.link_url), "Liên kết phải bắt đầu bằng https:// hoặc http://."),
    ):
        if not is_well:
            problems[field] = [message]
    if problems:
        raise Invalid("Thông tin bài giảng chưa đúng.", fields=problems)


def has_sound_names(names: tuple[str, ...]) -> bool:
    return len(names) <= AUTHORS_MAX and all(0 < len(name) <= NAME_MAX for name in names)


def is_within(number: int | None, least: int, most: int) -> bool:
    return number is None or least <= number <= most


def is_web_address(url: str) -> bool:
    """An absolute http(s) address without a password in it."""
    if len(url) > URL_MAX or any(letter.isspace() or not letter.isprintable() for letter in url):
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None
    except ValueError:
        return False


def changes_between(before: LectureMetadata, after: LectureMetadata) -> tuple[Change, ...]:
    """The fields that differ, in the order of the form."""
    pairs = ((field.name, getattr(before, field.name), getattr(after, field.name)) for field in fields(before))
    return tuple(Change(name, old, new) for name, old, new in pairs if old != new)
