"""The blueprint of the question bank's pages, and the labels they share."""

import re

from flask import Blueprint
from flask_babel import get_locale
from flask_babel import gettext as _

from quizbank.questions.rules import QuestionType
from quizbank.questions.states import QuestionEvent, QuestionState
from repository.curriculum.queries import curriculum

pages = Blueprint("questions", __name__, url_prefix="/questions")

Choices = list[tuple[str, str]]


def type_labels() -> dict[str, str]:
    """What the types of questions are called."""
    return {
        QuestionType.SINGLE_CHOICE: _("Một lựa chọn"),
        QuestionType.MULTIPLE_RESPONSE: _("Nhiều lựa chọn"),
        QuestionType.TRUE_FALSE: _("Đúng/Sai"),
        QuestionType.SHORT_ANSWER: _("Trả lời ngắn"),
        QuestionType.ESSAY: _("Tự luận"),
    }


def state_labels() -> dict[str, str]:
    return {
        QuestionState.DRAFT: _("Bản nháp"),
        QuestionState.IN_REVIEW: _("Chờ thẩm định"),
        QuestionState.PUBLISHED: _("Đã xuất bản"),
        QuestionState.WITHDRAWN: _("Đã thu hồi"),
    }


def event_labels() -> dict[str, str]:
    return {
        QuestionEvent.CREATED: _("Soạn mới"),
        QuestionEvent.IMPORTED: _("Nhập từ tệp"),
        QuestionEvent.GENERATED: _("Sinh từ mẫu"),
        QuestionEvent.REVISED: _("Sửa"),
        QuestionEvent.SUBMITTED: _("Gửi thẩm định"),
        QuestionEvent.RETURNED: _("Trả lại"),
        QuestionEvent.APPROVED: _("Duyệt và xuất bản"),
        QuestionEvent.WITHDRAWN: _("Thu hồi câu hỏi"),
        QuestionEvent.COMMENTED: _("Nhận xét"),
        QuestionEvent.BULK_EDITED: _("Sửa hàng loạt"),
        QuestionEvent.BULK_UNDONE: _("Hoàn tác sửa hàng loạt"),
    }


def field_labels() -> dict[str, str]:
    """What the parts of a question are called, by their names in ``comparing.Change``."""
    return {
        "passage": _("Ngữ liệu"),
        "stem": _("Lời dẫn"),
        "type": _("Dạng câu hỏi"),
        "part": _("Phương án"),
        "key": _("Đáp án"),
        "locked": _("Phương án giữ chỗ"),
        "statement-level": _("Mức độ của ý"),
        "explanation": _("Lời giải"),
        "subject": _("Môn"),
        "grade": _("Lớp"),
        "programme": _("Chương trình"),
        "topic": _("Chủ đề"),
        "level": _("Mức độ"),
        "tags": _("Nhãn"),
        "source": _("Nguồn"),
        "licence": _("Giấy phép"),
    }


def licence_labels() -> dict[str, str]:
    return {
        "cc-by-4.0": "CC BY 4.0",
        "cc-by-sa-4.0": "CC BY-SA 4.0",
        "cc-by-nc-4.0": "CC BY-NC 4.0",
        "cc0-1.0": "CC0 1.0",
        "all-rights": _("Giữ toàn quyền"),
    }


def name_of(id: str | None) -> str:
    return curriculum().name_of(id, str(get_locale())) if id else ""


@pages.app_template_filter("level_name")
def level_name(level: str | None) -> str:
    """What a level is called, for the statements of a question card."""
    return name_of(level)


def subject_choices() -> Choices:
    return [(subject.id, name_of(subject.id)) for subject in curriculum().subjects]


def programme_choices() -> Choices:
    return [(programme.id, name_of(programme.id)) for programme in curriculum().programmes]


def level_choices(programme: str = "") -> Choices:
    """The levels of one programme, or of all of them with the programme's name where none is chosen."""
    chosen = [found for found in curriculum().programmes if programme in ("", found.id)]
    several = len(chosen) > 1
    return [
        (level.id, f"{name_of(level.id)} ({name_of(found.id)})" if several else name_of(level.id))
        for found in chosen
        for level in curriculum().levels_of(found.id)
    ]


def grade_choices() -> Choices:
    return [(str(grade), _("Lớp %(grade)s", grade=grade)) for grade in range(1, 13)]


def topic_choices(subject: str, grade: int | None = None) -> list[tuple[str, None, Choices]]:
    """The topics of a subject in groups by strand; empty while no subject is chosen."""
    names = curriculum()
    if names.find_subject(subject) is None:
        return []
    groups: dict[str, Choices] = {}
    for topic in names.topics_of(subject, grade):
        label = f"{_('Lớp %(grade)s', grade=topic.grade)}: {name_of(topic.strand)}"
        groups.setdefault(label, []).append((topic.id, name_of(topic.id)))
    return [(label, None, choices) for label, choices in groups.items()]


def place_label(place: str) -> str:
    """A place in a file (``line 12``, ``sheet 1, row 7``) in the reader's words."""
    words = {
        "line": _("dòng"),
        "paragraph": _("đoạn"),
        "sheet": _("trang tính"),
        "row": _("hàng"),
        "item": _("mục"),
        "table": _("bảng"),
        "question": _("câu"),
    }
    return _PLACE.sub(lambda found: words[found[1]], place)


_PLACE = re.compile(r"(?<!\w)(line|paragraph|sheet|row|item|table|question)(?= )")
