"""The web door: one session per request, who acts, errors into answers, security headers, template globals.

A route reads what came in, calls one action with ``session()``, ``actor()`` and ``now()``, and answers. The door
commits when the answer is a success and rolls back otherwise, so what belongs together is written together.
"""

import datetime as dt
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlencode, urlsplit

import structlog
from apiflask import APIFlask
from apiflask.exceptions import HTTPError
from flask import Response, current_app, flash, g, jsonify, redirect, render_template, request
from flask import session as cookie
from flask_babel import Babel, gettext
from flask_babel import get_locale as current_locale
from flask_wtf.csrf import CSRFError, CSRFProtect, generate_csrf
from markupsafe import Markup
from sqlalchemy.exc import DataError
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from repository import formatting, static_files
from repository.db import writing
from repository.errors import HocLieuError, NotFound, NotSignedIn
from repository.i18n import DEFAULT_LOCALE, LOCALES, Said, sentence_of, translations_of
from repository.jobs import utc_now
from repository.markup import opening
from repository.permissions import Actor
from repository.services import Services
from repository.settings import MEBIBYTE, PROJECT_ROOT

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
TIME_ZONE = "Asia/Ho_Chi_Minh"
FORM_FIELDS_LIMIT_BYTES = 8 * MEBIBYTE

log = structlog.get_logger("web")


@dataclass(frozen=True)
class WhoActs:
    """How the floor above tells who acts: from a sign-in cookie's token, or from an API token."""

    by_session: Callable[[Session, str, dt.datetime], Actor | None]
    by_api_token: Callable[[Session, str, dt.datetime], Actor | None]


@dataclass(frozen=True)
class Door:
    services: Services
    who_acts: WhoActs
    clock: Callable[[], dt.datetime]


def create_web_app(services: Services, who_acts: WhoActs, clock: Callable[[], dt.datetime] = utc_now) -> APIFlask:
    """An application without features: the doors' common part.

    Args:
        services: what actions are given.
        who_acts: how tokens become actors.
        clock: tells aware UTC time; tests pass their own.
    """
    app = APIFlask(
        "hoclieu",
        title="Học Liệu",
        version="1.0",
        spec_path="/api/openapi.json",
        docs_path=None,
        json_errors=False,
        static_folder=None,  # type: ignore[arg-type]
        template_folder=str(PROJECT_ROOT / "templates"),
        root_path=str(PROJECT_ROOT),
    )
    settings = services.settings
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="hoclieu",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.is_secure,
        PERMANENT_SESSION_LIFETIME=dt.timedelta(days=settings.session_days),
        MAX_CONTENT_LENGTH=settings.upload_limit_bytes + MEBIBYTE,
        MAX_FORM_MEMORY_SIZE=FORM_FIELDS_LIMIT_BYTES,
        MAX_FORM_PARTS=5_000,
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        TEMPLATES_AUTO_RELOAD=False,
    )
    app.json.ensure_ascii = app.json.sort_keys = False  # type: ignore[attr-defined]
    app.extensions["hoclieu"] = Door(services, who_acts, clock)
    csrf = CSRFProtect(app)
    babel = Babel(
        app,
        default_locale=DEFAULT_LOCALE,
        default_timezone=TIME_ZONE,
        locale_selector=_chosen_locale,
        configure_jinja=True,
    )
    with app.app_context():
        catalogues = babel.domain_instance.cache
    for locale in LOCALES:
        catalogues[locale, "messages"] = translations_of(locale)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    _add_template_helpers(app)
    app.register_blueprint(static_files.static_files)
    app.before_request(lambda: _check_csrf(csrf))
    app.after_request(_close_session)
    app.after_request(_secure)
    app.after_request(static_files.compress_response)
    app.teardown_request(_drop_session)
    _add_error_answers(app)
    return app


# What routes call


def door() -> Door:
    return cast(Door, current_app.extensions["hoclieu"])


def services() -> Services:
    return door().services


def now() -> dt.datetime:
    """The moment of this request: the same throughout it."""
    if "now" not in g:
        g.now = door().clock()
    return cast(dt.datetime, g.now)


def session() -> Session:
    """This request's database session; it writes unless the method is a safe one."""
    if "db" not in g:
        g.db = services().sessions()
        if request.method not in SAFE_METHODS:
            writing(g.db)
    return cast(Session, g.db)


def actor() -> Actor:
    """Who acts in this request; a stranger with a browser key where nobody is signed in."""
    if "actor" not in g:
        g.actor = _find_actor() or Actor(browser_key=cookie.get("browser"))
    return cast(Actor, g.actor)


def ensure_browser_key() -> Actor:
    """Give a stranger's browser a key of its own, so that what it starts has an owner."""
    acting = actor()
    if acting.is_signed_in or acting.browser_key:
        return acting
    cookie.permanent = True
    cookie["browser"] = secrets.token_urlsafe(18)
    g.actor = Actor(browser_key=cookie["browser"])
    return cast(Actor, g.actor)


def render(template: str, **values: Any) -> str:
    return render_template(template, **values)


def say(message: str, **facts: Any) -> None:
    """Show one line of success at the top of the next page. ``message`` is a msgid with ``{name}`` places."""
    flash(gettext(message).format(**facts), "status")


def message_of(said: Said) -> str:
    """The sentence in the reader's language."""
    return sentence_of(said, gettext)


def safe_next(address: str | None, default: str = "/") -> str:
    """An address of this site to go on to, or ``default``: never another site."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")) or "\\" in address:
        return default
    parts = urlsplit(address)
    return address if not parts.netloc and not parts.scheme else default


def keep_changes() -> None:
    """Commit although the answer is an error: a failed sign-in must be counted."""
    g.keeps_changes = True


def bearer_token() -> str | None:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" and token.strip() else None


# The door's own work


def _find_actor() -> Actor | None:
    """Look up who acts in a session of its own, so that a long upload holds no lock meanwhile."""
    token, sid = bearer_token(), cookie.get("sid")
    if not token and not sid:
        return None
    with services().sessions() as lookup:
        if token:
            found = door().who_acts.by_api_token(lookup, token, now())
            if found is None:
                g.actor = Actor()
                raise NotSignedIn("Mã truy cập API không đúng hoặc đã bị thu hồi.")
            return found
        return door().who_acts.by_session(lookup, cast(str, sid), now())


def _check_csrf(csrf: CSRFProtect) -> None:
    """Every change by cookie carries a token; a bearer token can't be forged by another site.

    A view with ``changes_nothing`` answers a POST that only asks (OAI-PMH).
    """
    view = current_app.view_functions.get(request.endpoint or "")
    if request.method in SAFE_METHODS or bearer_token() or getattr(view, "changes_nothing", False):
        return
    csrf.protect()


def _close_session(response: Response) -> Response:
    db: Session | None = g.pop("db", None)
    if db is None:
        return response
    try:
        is_success = response.status_code < 400 and not g.get("is_failed", False)
        if is_success or g.get("keeps_changes", False):
            db.commit()
    finally:
        db.close()
    return response


def _drop_session(_error: BaseException | None) -> None:
    db: Session | None = g.pop("db", None)
    if db is not None:
        db.close()


def _secure(response: Response) -> Response:
    packages = services().settings.packages_origin
    headers = response.headers
    headers.setdefault(
        "Content-Security-Policy",
        f"default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: {packages}; "
        f"media-src 'self' {packages}; frame-src {packages}; connect-src 'self'; object-src 'none'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    )
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
    if services().settings.is_secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if "Cache-Control" not in headers:
        headers["Cache-Control"] = "private, no-store" if cookie.get("sid") else "private, no-cache"
    return response


def _chosen_locale() -> str:
    chosen = cookie.get("locale") or actor().locale
    return chosen if chosen in LOCALES else DEFAULT_LOCALE


# Errors into answers


def _add_error_answers(app: APIFlask) -> None:
    app.register_error_handler(HocLieuError, _answer_refusal)
    app.register_error_handler(CSRFError, _answer_csrf)
    app.register_error_handler(HTTPError, _answer_api_input)
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(OverflowError, _answer_absurd_number)
    app.register_error_handler(DataError, _answer_absurd_number)
    app.register_error_handler(Exception, _answer_crash)


def _answer_refusal(error: HocLieuError) -> Any:
    if isinstance(error, NotSignedIn) and not _wants_json() and request.method in SAFE_METHODS:
        g.is_failed = True
        return redirect("/sign-in?" + urlencode({"next": request.full_path.rstrip("?")}))
    return answer_error(error.status, error.code, message_of(error), error.facts)


def _answer_csrf(_error: CSRFError) -> Any:
    return answer_error(
        400, "csrf", gettext("Trang đã mở quá lâu. Hãy tải lại trang rồi gửi lại; những gì đã nhập vẫn ở trang trước.")
    )


def _answer_api_input(error: HTTPError) -> Any:
    status = error.status_code
    return answer_error(status, "invalid" if status == 422 else "http", str(error.message), {"fields": error.detail})


def _answer_http(error: HTTPException) -> Any:
    status = error.code or 500
    if status == 404:
        return _answer_refusal(NotFound("Không có trang này."))
    if status < 400:
        return error.get_response()
    messages = {
        405: gettext("Địa chỉ này không nhận cách gửi đó."),
        413: gettext("Tệp hoặc nội dung gửi lên quá lớn."),
    }
    return answer_error(status, "http", messages.get(status, error.description or error.name))


def _answer_absurd_number(_error: Exception) -> Any:
    """A number that no column of the database holds names nothing."""
    return _answer_refusal(NotFound("Không có trang này."))


def _answer_crash(error: Exception) -> Any:
    log.exception("request crashed", path=request.path, method=request.method)
    return answer_error(
        500, "crash", gettext("Có lỗi ở phía máy chủ. Những gì đã lưu vẫn còn; hãy thử lại sau ít phút.")
    )


def answer_error(status: int, code: str, message: str, facts: Any = None) -> tuple[Any, int]:
    """An error as RFC 9457 problem details for machines, as a page for people. Nothing is committed."""
    g.is_failed = True
    if _wants_json():
        problem = {"type": f"about:blank#{code}", "title": code, "status": status, "detail": message, **_plain(facts)}
        response = jsonify(problem)
        response.content_type = "application/problem+json"
        return response, status
    return render("errors/error.html", status=status, code=code, message=message, facts=facts or {}), status


def _plain(facts: Any) -> dict[str, Any]:
    return {"facts": {name: _jsonable(value) for name, value in facts.items()}} if facts else {}


def _jsonable(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(name): _jsonable(item) for name, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_jsonable(item) for item in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _wants_json() -> bool:
    if request.path.startswith("/api/") or request.is_json or bearer_token():
        return True
    best = request.accept_mimetypes.best_match(["text/html", "application/json"], default="text/html")
    return best == "application/json"


# What templates call


def _add_template_helpers(app: APIFlask) -> None:
    app.jinja_env.filters.update(
        content=content_html,
        opening=lambda html, limit=160: Markup(opening(html or "", limit)),  # noqa: S704 - cleaned when stored
        **formatting.FILTERS,
    )
    app.jinja_env.globals.update(
        csrf=lambda: Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf()),
        csrf_token=generate_csrf,
        static=static_files.static_url,
        actor=actor,
        services=services,
        locale=lambda: str(current_locale()),
        message_of=message_of,
        now=now,
        packages_origin=lambda: services().settings.packages_origin,
    )


def content_html(html: str | None) -> Markup:
    """HTML that was cleaned when it was stored, with its pictures on the packages origin."""
    origin = services().settings.packages_origin
    return Markup((html or "").replace('src="/media/', f'src="{origin}/media/'))  # noqa: S704 - cleaned by markup.render


def go_to(address: str) -> BaseResponse:
    """After a POST: see the result by GET."""
    return redirect(address, 303)
