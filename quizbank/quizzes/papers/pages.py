"""Pages of printed papers: choose what is wanted, watch it being made, take it."""

from collections.abc import Mapping
from zipfile import ZipFile

from flask import Blueprint, request
from flask import Response as FlaskResponse
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from quizbank.permissions import EDIT_QUIZ, SEE_QUIZ_KEYS
from quizbank.questions.pages.importing import download
from quizbank.quizzes import queries
from quizbank.quizzes.codes import codes_from
from quizbank.quizzes.papers import builds
from quizbank.quizzes.papers.models import PaperBuild
from quizbank.quizzes.papers.queries import heading_of
from quizbank.quizzes.papers.wishes import Form, Wish, forms_from
from repository import web
from repository.errors import Conflict, HocLieuError, Invalid, NotFound

pages = Blueprint("papers", __name__, url_prefix="/quizzes")

LINES = ("authority", "school", "exam", "year", "note")
SHOWN_CODES = 100


@pages.get("/<int:quiz_id>/papers/new")
def new_papers(quiz_id: int) -> str:
    return show_form(quiz_id, {})


@pages.post("/<int:quiz_id>/papers/new")
def build_papers(quiz_id: int) -> Response | tuple[str, int]:
    """Ask for a bundle, making the codes that are missing, and go to its page."""
    queries.get_quiz(web.session(), web.actor(), quiz_id)
    try:
        wish = wish_from_form(request.form)
        with web.session().begin_nested():
            builds.with_codes(web.session(), web.actor(), quiz_id, wish.codes, now=web.now())
            build = builds.ask_for_papers(web.session(), web.actor(), quiz_id, wish, now=web.now())
    except (Invalid, Conflict) as error:
        return show_form(quiz_id, request.form, error), error.status
    return web.go_to(f"/quizzes/papers/{build.id}")


@pages.get("/<int:quiz_id>/papers/builds")
def list_paper_builds(quiz_id: int) -> str:
    quiz = queries.get_quiz(web.session(), web.actor(), quiz_id)
    after = request.args.get("after", type=int)
    found, next_key = builds.list_builds(web.session(), web.actor(), quiz_id, after=after)
    return web.render(
        "quizbank/quizzes/list_paper_builds.html",
        quiz=quiz,
        builds=[(build, state_label(build), forms_label(build)) for build in found],
        after=next_key,
        is_first=after is None,
    )


@pages.get("/papers/<int:build_id>")
def show_paper_build(build_id: int) -> str:
    build = builds.get_build(web.session(), web.actor(), build_id)
    state, job = builds.progress_of(web.session(), build, web.now())
    revision = builds.revision_of(web.session(), build)
    return web.render(
        "quizbank/quizzes/show_paper_build.html",
        build=build,
        state=state,
        job=job,
        forms=forms_label(build),
        trouble=trouble_of(build),
        names=names_in(build) if state == "ready" else [],
        has_changed=state == "ready" and revision != build.quiz_revision,
    )


@pages.get("/papers/<int:build_id>/file")
def paper_file(build_id: int) -> Response:
    """The bundle, for whoever asked for it."""
    build = builds.get_build(web.session(), web.actor(), build_id)
    store = web.services().store
    return download(store.path(builds.file_of(build, store, web.now())), f"{build.title}.zip", "application/zip")


@pages.get("/papers/<int:build_id>/files/<int:number>")
def bundled_file(build_id: int, number: int) -> Response:
    """One file of the bundle, counted from 1: to keep, never to show on this origin."""
    build = builds.get_build(web.session(), web.actor(), build_id)
    store = web.services().store
    with ZipFile(store.path(builds.file_of(build, store, web.now()))) as bundle:
        names = bundle.namelist()
        if not 1 <= number <= len(names):
            raise NotFound("Bộ đề in này không có tệp ấy.")
        data, name = bundle.read(names[number - 1]), names[number - 1].rpartition("/")[2]
    answer = FlaskResponse(data, mimetype="application/octet-stream")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def show_form(quiz_id: int, given: Mapping[str, str], error: HocLieuError | None = None) -> str:
    """The choice of what is printed; what was typed stays when something is wrong with it."""
    quiz = queries.get_quiz(web.session(), web.actor(), quiz_id)
    codes = list(builds.places_of(web.session(), quiz))
    may_see_keys = SEE_QUIZ_KEYS.allows(web.actor(), quiz)
    usual = Wish((), ()).options()
    heading = heading_of(web.session(), quiz, usual)
    lines = {"authority": heading.authority, "school": heading.school, "exam": heading.exam, "year": heading.year}
    lines["note"] = "\n".join(heading.notes)
    return web.render(
        "quizbank/quizzes/new_papers.html",
        quiz=quiz,
        codes=given.get("codes", ", ".join(codes[:SHOWN_CODES]) or "101-104"),
        may_add=EDIT_QUIZ.allows(web.actor(), quiz) and quiz.assigned_at is None,
        forms=[pair for pair in form_choices() if may_see_keys or pair[0] != Form.KEYS],
        chosen=request.form.getlist("forms") if given else [Form.PDF, Form.WORD],
        given=given,
        lines={name: given.get(name, text) for name, text in lines.items()},
        may_see_keys=may_see_keys,
        trouble=web.message_of(error) if error else "",
    )


def wish_from_form(form: Mapping[str, str]) -> Wish:
    """What the form asks for; an empty list of codes is the quiz as it was arranged.

    Raises:
        Invalid: something that is no code, or nothing to print.
    """
    codes = form.get("codes", "").strip()
    return Wish(
        codes_from(codes) if codes else (),
        forms_from(request.form.getlist("forms")),
        with_solutions="solutions" in form,
        with_large="large" in form,
        number_digits=digits_from(form, "number_digits", 6),
        code_digits=digits_from(form, "code_digits", 3),
        **{name: form[name].strip() for name in LINES if name in form},
    )


def digits_from(form: Mapping[str, str], name: str, usual: int) -> int:
    text = form.get(name, str(usual))
    if not (text.isascii() and text.isdecimal() and len(text) == 1):
        raise Invalid("Số chữ số của phiếu không hợp lệ.")
    return int(text)


def form_choices() -> list[tuple[str, str]]:
    return [
        (Form.PDF, _("Đề PDF, để in")),
        (Form.WORD, _("Đề Word, để sửa")),
        (Form.HTML, _("Đề HTML, cho trình đọc màn hình")),
        (Form.KEYS, _("Đáp án: bảng in và tệp cho phần mềm chấm")),
        (Form.SHEET, _("Phiếu trả lời")),
    ]


def forms_label(build: PaperBuild) -> str:
    names = {Form.PDF: "PDF", Form.WORD: "Word", Form.HTML: "HTML", Form.KEYS: _("đáp án"), Form.SHEET: _("phiếu")}
    return ", ".join(names[Form(form)] for form in build.wanted["forms"])


def names_in(build: PaperBuild) -> list[tuple[str, int]]:
    """Name and size in bytes of each file of a bundle that is ready."""
    store = web.services().store
    with ZipFile(store.path(builds.file_of(build, store, web.now()))) as bundle:
        return [(info.filename, info.file_size) for info in bundle.infolist()]


def trouble_of(build: PaperBuild) -> str:
    given = build.trouble
    return web.message_of(Invalid(given["message"], **given["facts"])) if given else ""


def state_label(build: PaperBuild) -> str:
    words = {
        "writing": _("đang viết"),
        "ready": _("đã xong"),
        "refused": _("không viết được"),
        "failed": _("không viết xong"),
        "expired": _("đã hết hạn"),
    }
    return str(words[builds.progress_of(web.session(), build, web.now())[0]])
