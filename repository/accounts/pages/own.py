"""Signing in and out, and one's own account."""

import datetime as dt

from flask import Blueprint, request
from flask import session as cookie
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from repository import web
from repository.accounts import actions, queries
from repository.accounts.descriptions import ROLE_LABELS
from repository.accounts.pages.forms import Page, errors_of
from repository.errors import HocLieuError, Invalid, NotFound, NotSignedIn, TooManyRequests

pages = Blueprint("accounts", __name__)


@pages.get("/sign-in")
def sign_in() -> Page:
    """The form; who is signed in already goes on to where they wanted to be."""
    goes_to = web.safe_next(request.args.get("next"))
    if web.actor().is_signed_in:
        return web.go_to(goes_to)
    return show_sign_in(goes_to)


@pages.post("/sign-in")
def do_sign_in() -> Page:
    goes_to = web.safe_next(request.form.get("next"))
    try:
        open_session(request.form.get("email", ""), request.form.get("password", ""))
    except (actions.WrongSignIn, TooManyRequests) as error:
        web.session().commit()  # the failure that was recorded slows the next guess
        return show_sign_in(goes_to, error)
    return web.go_to(goes_to)


def show_sign_in(goes_to: str, error: HocLieuError | None = None) -> Page:
    page = web.render(
        "repository/accounts/sign_in.html",
        goes_to=goes_to,
        email=request.form.get("email", ""),
        message=web.message_of(error) if error else "",
        is_sign_up_open=web.services().settings.allow_sign_up,
    )
    return page, error.status if error else 200


def open_session(email: str, password: str) -> None:
    """Sign this browser in under a fresh cookie; its own key and language stay."""
    token, _person = actions.sign_in(
        web.session(),
        email=email,
        password=password,
        address=request.remote_addr or "",
        user_agent=request.user_agent.string,
        now=web.now(),
        lasts=dt.timedelta(days=web.services().settings.session_days),
    )
    kept = {name: cookie[name] for name in ("browser", "locale") if name in cookie}
    cookie.clear()
    cookie.update(kept, sid=token)
    cookie.permanent = True


@pages.post("/sign-out")
def sign_out() -> Response:
    token = cookie.pop("sid", None)
    if token:
        actions.sign_out(web.session(), web.actor(), token, now=web.now())
    return web.go_to("/")


@pages.get("/sign-up")
def sign_up() -> Page:
    check_sign_up_is_open()
    if web.actor().is_signed_in:
        return web.go_to(web.safe_next(request.args.get("next")))
    return show_sign_up()


@pages.post("/sign-up")
def do_sign_up() -> Page:
    check_sign_up_is_open()
    form = request.form
    try:
        actions.sign_up(
            web.session(),
            web.actor(),
            email=form.get("email", ""),
            name=form.get("name", ""),
            password=form.get("password", ""),
            is_open=True,
            now=web.now(),
        )
    except HocLieuError as error:
        return show_sign_up(error)
    open_session(form["email"], form["password"])
    web.say("Đã tạo tài khoản. Chào mừng bạn!")
    return web.go_to(web.safe_next(form.get("next")))


def check_sign_up_is_open() -> None:
    if not web.services().settings.allow_sign_up:
        raise NotFound("Không có trang này.")


def show_sign_up(error: HocLieuError | None = None) -> Page:
    page = web.render(
        "repository/accounts/sign_up.html",
        goes_to=web.safe_next(request.values.get("next")),
        given=request.form,
        errors=errors_of(error),
    )
    return page, error.status if error else 200


@pages.get("/account")
def show_account() -> Page:
    return account_page()


@pages.post("/account")
def update_account() -> Page:
    locale = request.form.get("locale") or None
    try:
        actions.update_account(
            web.session(), web.actor(), own_id(), name=request.form.get("name", ""), locale=locale, now=web.now()
        )
    except Invalid as error:
        return account_page(error)
    cookie.pop("locale", None)
    web.say("Đã lưu tài khoản.")
    return web.go_to("/account")


@pages.post("/account/password")
def change_password() -> Page:
    """Change the password: other browsers are signed out, this one stays in."""
    old, new = request.form.get("old", ""), request.form.get("password", "")
    person_id = own_id()
    try:
        actions.change_password(web.session(), web.actor(), person_id, old=old, new=new, now=web.now())
    except Invalid as error:
        return account_page(error)
    web.session().flush()
    open_session(queries.get_person(web.session(), person_id).email, new)
    web.say("Đã đổi mật khẩu. Các thiết bị khác đã được đăng xuất.")
    return web.go_to("/account")


def account_page(error: Invalid | None = None) -> Page:
    person = queries.get_person(web.session(), own_id())
    page = web.render(
        "repository/accounts/show_account.html",
        person=person,
        given=request.form,
        errors=errors_of(error),
        organisation=queries.get_organisation(web.session(), person.organisation_id)
        if person.organisation_id
        else None,
        roles=[_(label) for role, label in ROLE_LABELS.items() if role in person.roles],
    )
    return page, error.status if error else 200


@pages.get("/account/tokens")
def list_tokens() -> Page:
    return tokens_page()


@pages.post("/account/tokens")
def create_token() -> Page:
    """Make a token and show it in this one answer: it is kept nowhere."""
    try:
        token, _row = actions.create_token(
            web.session(), web.actor(), own_id(), request.form.get("name", ""), now=web.now()
        )
    except Invalid as error:
        return tokens_page(error=error)
    return tokens_page(token)


@pages.post("/account/tokens/<int:token_id>/revoke")
def revoke_token(token_id: int) -> Response:
    actions.revoke_token(web.session(), web.actor(), token_id, now=web.now())
    web.say("Đã thu hồi mã truy cập.")
    return web.go_to("/account/tokens")


def tokens_page(token: str = "", error: Invalid | None = None) -> Page:
    page = web.render(
        "repository/accounts/list_tokens.html",
        tokens=queries.list_tokens(web.session(), own_id()),
        token=token,
        errors=errors_of(error),
    )
    return page, error.status if error else 200


def own_id() -> int:
    """The signed-in person's id.

    Raises:
        NotSignedIn: a stranger has no account.
    """
    person_id = web.actor().person_id
    if person_id is None:
        raise NotSignedIn("Hãy đăng nhập để làm việc này.")
    return person_id
