"""Pages of what a matrix said before: the list, one version beside the matrix of today, taking it back."""

from flask import Blueprint, request
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from quizbank.matrices import actions, queries
from quizbank.matrices.changes import changes_between
from quizbank.matrices.editing import may_edit, table_labels
from quizbank.matrices.matrix_file import matrix_from
from quizbank.matrices.models import MatrixVersion
from quizbank.matrices.official import table_of
from repository import web
from repository.curriculum.queries import curriculum
from repository.formatting import format_moment

pages = Blueprint("matrix_versions", __name__, url_prefix="/matrices/<int:matrix_id>/versions")


def field_labels() -> dict[str, str]:
    return {
        "title": _("Tên ma trận"),
        "subject": _("Môn"),
        "grade": _("Lớp"),
        "programme": _("Chương trình"),
        "duration_minutes": _("Thời gian làm bài (phút)"),
        "count": _("Số câu"),
        "outcomes": _("Yêu cầu cần đạt"),
        "competence": _("Năng lực"),
    }


@pages.get("")
def list_versions(matrix_id: int) -> str:
    before = request.args.get("before", type=int)
    kept = queries.get_matrix(web.session(), web.actor(), matrix_id)
    rows, next_key = queries.list_versions(web.session(), web.actor(), matrix_id, before)
    return web.render(
        "quizbank/matrices/list_versions.html",
        kept=kept,
        rows=rows,
        next_key=next_key,
        is_first=before is None,
        may_edit=may_edit(kept),
    )


@pages.get("/<int:revision>")
def show_version(matrix_id: int, revision: int) -> str:
    """One version as a table, and cell by cell what changed between it and another one."""
    kept = queries.get_matrix(web.session(), web.actor(), matrix_id)
    version = queries.get_version(web.session(), web.actor(), matrix_id, revision)
    others, _next = queries.list_versions(web.session(), web.actor(), matrix_id)
    other = request.args.get("with", type=int, default=usual_other(revision, kept.revision))
    matrix = matrix_from(version.data)
    compared = matrix_from(queries.get_version(web.session(), web.actor(), matrix_id, other).data)
    older, newer = (matrix, compared) if revision < other else (compared, matrix)
    return web.render(
        "quizbank/matrices/show_version.html",
        kept=kept,
        version=version,
        other=other,
        others=[(row.version.revision, version_label(row.version)) for row in others],
        table=table_of(matrix, curriculum(), str(get_locale()), _("Mọi chủ đề")),
        changes=changes_between(older, newer),
        field_labels=field_labels(),
        may_edit=may_edit(kept),
        **table_labels(),
    )


def usual_other(revision: int, newest: int) -> int:
    """What a version is compared with unless told: the newest one, and that with the one before it."""
    return newest if revision != newest else max(1, revision - 1)


def version_label(version: MatrixVersion) -> str:
    return f"{_('Bản %(number)s', number=version.revision)} – {format_moment(version.saved_at)}"


@pages.post("/<int:revision>/restore")
def restore_version(matrix_id: int, revision: int) -> Response:
    based_on = request.form.get("based_on", type=int, default=0)
    actions.restore_version(web.session(), web.actor(), matrix_id, revision, based_on=based_on, now=web.now())
    web.say("Đã lấy lại bản lưu số {revision}. Bản trước đó vẫn còn trong các bản lưu.", revision=revision)
    return web.go_to(f"/matrices/{matrix_id}")
