"""What types, levels and topics are called on pages."""

from flask_babel import get_locale
from flask_babel import gettext as _

from quizbank.questions.rules import QuestionType
from repository.curriculum.queries import curriculum


def type_labels() -> dict[str, str]:
    """What the types of questions are called."""
    return {
        QuestionType.SINGLE_CHOICE: _("Một lựa chọn"),
        QuestionType.MULTIPLE_RESPONSE: _("Nhiều lựa chọn"),
        QuestionType.TRUE_FALSE: _("Đúng/Sai"),
        QuestionType.SHORT_ANSWER: _("Trả lời ngắn"),
        QuestionType.ESSAY: _("Tự luận"),
    }


def level_label(level: str | None) -> str:
    return name_of(level) if level and level != "any" else _("Mọi mức")


def topic_label(topic: str | None) -> str:
    return name_of(topic) if topic else _("Mọi chủ đề")


def name_of(id: str) -> str:
    return curriculum().name_of(id, str(get_locale()))
