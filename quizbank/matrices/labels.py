"""What types, levels and topics are called on pages."""

from flask_babel import get_locale
from flask_babel import gettext as _
from markupsafe import Markup, escape

from quizbank.matrices.official import names_of
from quizbank.matrices.rules import Row
from repository.curriculum.queries import curriculum

LONGEST_HEAD = 6


def level_label(level: str | None) -> str:
    return name_of(level) if level and level != "any" else _("Mọi mức")


def level_head(level: str | None) -> Markup:
    """A level at the head of a narrow column: its name, or its letters where that is long."""
    name = level_label(level)
    found = curriculum().find_level(level or "")
    if found is None or len(name) <= LONGEST_HEAD:
        return escape(name)
    return Markup('<abbr title="{}">{}</abbr>').format(name, found.code)


def topic_label(topic: str | None) -> str:
    return name_of(topic) if topic else _("Mọi chủ đề")


def name_of(id: str) -> str:
    return curriculum().name_of(id, str(get_locale()))


def row_names(topic: str | None, unit: str = "") -> tuple[str, str]:
    """Chủ đề/Chương and Nội dung of a row."""
    return names_of((topic or None, unit), curriculum(), str(get_locale()), _("Mọi chủ đề"))


def row_label(row: Row) -> str:
    """A row in one line."""
    return ": ".join(name for name in row_names(*row) if name)
