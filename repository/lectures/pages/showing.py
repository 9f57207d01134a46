"""What several pages of lectures show: the version this reader may see, names, history, what may be done."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _

from repository import web
from repository.curriculum.queries import curriculum
from repository.files.packages.info import WARNING_MESSAGES
from repository.lectures import queries
from repository.lectures.descriptions import (
    EVENT_LABELS,
    FIELD_LABELS,
    KIND_LABELS,
    LANGUAGE_LABELS,
    LICENCE_ADDRESSES,
    LICENCE_LABELS,
)
from repository.lectures.forms import choices
from repository.lectures.models import Lecture, LectureVersion
from repository.lectures.queries import LectureCard
from repository.permissions import (
    COMMENT_LECTURE,
    EDIT_LECTURE,
    REVIEW_LECTURE,
    SUBMIT_LECTURE,
    WITHDRAW_LECTURE,
    is_own,
    is_staff,
)


def shown_version(lecture: Lecture, number: int | None) -> LectureVersion:
    """The published version; people who prepare or review it may ask for another (0 is the newest).

    Raises:
        NotFound: there is none, or it is not this reader's.
    """
    is_insider = is_own(web.actor(), lecture) or is_staff(web.actor())
    if number and is_insider:
        found = queries.find_version(web.session(), lecture.id, number)
        return found or queries.get_version(web.session(), None)
    newest = number == 0 or lecture.published_version_id is None
    return queries.get_version(
        web.session(), lecture.current_version_id if newest and is_insider else lecture.published_version_id
    )


def history_of(lecture: Lecture, version: LectureVersion) -> dict[str, Any]:
    """What people who prepare or review the lecture see beside it."""
    is_insider = is_own(web.actor(), lecture) or is_staff(web.actor())
    return {
        "is_insider": is_insider,
        "history": queries.list_history(web.session(), lecture.id) if is_insider else [],
        "warnings": queries.warnings_of(web.session(), version.id) if is_insider else [],
    }


def may_of(lecture: Lecture) -> dict[str, bool]:
    permissions = {
        "may_edit": EDIT_LECTURE,
        "may_submit": SUBMIT_LECTURE,
        "may_review": REVIEW_LECTURE,
        "may_withdraw": WITHDRAW_LECTURE,
        "may_comment": COMMENT_LECTURE,
    }
    return {name: permission.allows(web.actor(), lecture) for name, permission in permissions.items()}


def shown_cards(cards: tuple[LectureCard, ...]) -> list[dict[str, Any]]:
    """Cards with the names that the reader's language gives; for ``components/cards.html``."""
    locale = str(get_locale())
    return [
        {
            **vars(card),
            "kind_label": _(KIND_LABELS[card.kind]),
            "subject_name": curriculum().name_of(card.subject, locale),
        }
        for card in cards
    ]


def words() -> dict[str, Any]:
    """Names that the templates of lectures need."""
    locale = str(get_locale())
    return {
        "name_of": lambda id: curriculum().name_of(id, locale),
        "kind_labels": {kind: _(label) for kind, label in KIND_LABELS.items()},
        "event_labels": {event: _(label) for event, label in EVENT_LABELS.items()},
        "licence_labels": {licence: _(label) for licence, label in LICENCE_LABELS.items()},
        "licence_addresses": LICENCE_ADDRESSES,
        "language_labels": {language: _(label) for language, label in LANGUAGE_LABELS.items()},
        "field_labels": {field: _(label) for field, label in FIELD_LABELS.items()},
        "warning_of": lambda warning: _(WARNING_MESSAGES[warning.code]).format(path=warning.path),
        "options": choices(locale),
    }


def said(messages: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Messages of fields in the reader's language."""
    return {field: [_(message) for message in found] for field, found in messages.items()}
