"""The packages origin: a small application of its own that shows what strangers uploaded.

It has no cookies, no sessions and no database. What runs here can reach nothing but this origin, and whoever embeds it
is another origin: a package's scripts never touch the product's pages.
"""

import re
import secrets
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, current_app, jsonify, render_template, request, send_file
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.security import safe_join

from repository.errors import HocLieuError, Invalid
from repository.files import media_types
from repository.files.packages.info import Launch, PackageKind
from repository.files.packages.paths import ending_of, is_executable
from repository.files.unpacked import PackageFolder, UnpackedPackage
from repository.i18n import DEFAULT_LOCALE, LOCALES, sentence_of, translations_of
from repository.services import Services
from repository.settings import PROJECT_ROOT, is_loopback

STATIC_FOLDERS = ("vendor", "players")
FOREVER = "public, max-age=31536000, immutable"
SHOWN_TYPES = (
    media_types.PICTURES
    | media_types.VIDEOS
    | media_types.AUDIOS
    | {media_types.SVG, media_types.PDF, media_types.GEOJSON}
)
PACKAGE_POLICY = (
    "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; connect-src 'self' data: blob:; "
    "object-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'self' {ancestors}"
)
PLAYER_POLICY = (
    "default-src 'self' data: blob:; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors {ancestors}"
)
FILE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src 'self'; sandbox; "
    "frame-ancestors {ancestors}"
)
PDF_POLICY = "frame-ancestors {ancestors}"
TYPES = {
    **{"html": "text/html", "htm": "text/html", "xhtml": "application/xhtml+xml", "css": "text/css"},
    **{"js": "text/javascript", "mjs": "text/javascript", "json": "application/json", "xml": "text/xml"},
    **{"txt": "text/plain", "vtt": "text/vtt", "srt": "text/plain", "csv": "text/csv", "md": "text/plain"},
    **{"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp"},
    **{"svg": "image/svg+xml", "ico": "image/x-icon", "bmp": "image/bmp", "avif": "image/avif", "cur": "image/x-icon"},
    **{"mp4": "video/mp4", "m4v": "video/mp4", "webm": "video/webm", "ogv": "video/ogg", "mov": "video/quicktime"},
    **{"mp3": "audio/mpeg", "m4a": "audio/mp4", "aac": "audio/aac", "ogg": "audio/ogg", "oga": "audio/ogg"},
    **{"wav": "audio/wav", "opus": "audio/ogg", "weba": "audio/webm", "flac": "audio/flac"},
    **{"woff": "font/woff", "woff2": "font/woff2", "ttf": "font/ttf", "otf": "font/otf"},
    **{"eot": "application/vnd.ms-fontobject", "pdf": "application/pdf", "wasm": "application/wasm"},
    **{"xsd": "text/xml", "dtd": "text/plain", "opf": "text/xml", "ncx": "text/xml", "geojson": "application/geo+json"},
}
TEXTUAL = ("text/", "application/json", "application/xhtml+xml")
CHARSET = re.compile(rb"""<meta[^>]+charset|<\?xml[^>]+encoding""", re.I)

packages = Blueprint("packages_origin", __name__)


def create_packages_app(services: Services) -> Flask:
    """The application behind ``HOCLIEU_PACKAGES_ORIGIN``.

    Raises:
        Invalid: it would be served from the product's own origin.
    """
    settings = services.settings
    if settings.packages_origin == settings.base_url:
        raise Invalid("HOCLIEU_PACKAGES_ORIGIN must be another origin than HOCLIEU_BASE_URL ({value}).")
    app = Flask("hoclieu-packages", static_folder=None, template_folder=str(PROJECT_ROOT / "templates"))
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["hoclieu-packages"] = PackageFolder(settings.data_dir / "packages", services.store)
    app.config["FRAME_ANCESTORS"] = frame_ancestors(settings.base_url)
    app.register_blueprint(packages)
    app.after_request(secure)
    app.register_error_handler(HocLieuError, answer_refusal)
    app.register_error_handler(HTTPException, answer_http)
    return app


def folder() -> PackageFolder:
    return cast(PackageFolder, current_app.extensions["hoclieu-packages"])


def policy(text: str, response: Response) -> Response:
    response.headers["Content-Security-Policy"] = text.format(ancestors=current_app.config["FRAME_ANCESTORS"])
    return response


def secure(response: Response) -> Response:
    headers = response.headers
    if "Content-Security-Policy" not in headers:
        policy(FILE_POLICY, response)
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "no-referrer"
    headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"
    headers["Origin-Agent-Cluster"] = "?1"
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    headers.setdefault("Cache-Control", "no-store")
    return response


def answer_refusal(error: HocLieuError) -> tuple[str, int]:
    message = sentence_of(error, translations_of(locale()).gettext)
    return render_template("repository/packages_origin/_refused.html", message=message, locale=locale()), error.status


def answer_http(error: HTTPException) -> tuple[str, int]:
    return f"{error.code} {error.name}\n", error.code or 500


def locale() -> str:
    asked = request.args.get("lang", "")
    return asked if asked in LOCALES else DEFAULT_LOCALE


@packages.get("/favicon.ico")
def show_no_icon() -> tuple[str, int]:
    return "", 204


@packages.get("/media/<sha256>")
def show_media(sha256: str) -> Response:
    """A stored picture, recording, PDF or map with the type its bytes say; parts on request."""
    path = folder().store.path(sha256)
    media_type = media_types.sniff(path)
    if media_type not in SHOWN_TYPES:
        raise NotFound
    response = send_part(path, media_type, etag=sha256)
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return policy(PDF_POLICY if media_type == media_types.PDF else FILE_POLICY, response)


@packages.get("/download/<sha256>/<path:name>")
def download(sha256: str, name: str) -> Response:
    """The stored file under its owner's name, to keep and never to open here."""
    path = folder().store.path(sha256)
    response = send_file(path, mimetype=media_types.UNKNOWN, as_attachment=True, download_name=name, etag=sha256)
    response.headers["Cache-Control"] = FOREVER
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@packages.get("/p/<sha256>/<path:path>")
def show_file(sha256: str, path: str) -> Response:
    """A file of a package. Programs are never served, whatever asks for them."""
    found = folder().find_file(sha256, path)
    if found is None or is_executable(path):
        raise NotFound
    media_type = TYPES.get(ending_of(found.name), media_types.UNKNOWN)
    response = send_part(found, media_type, etag=None)
    if media_type.startswith(TEXTUAL):
        response.content_type = with_charset(found, media_type)
    return policy(PACKAGE_POLICY, response)


@packages.get("/static/<area>/<path:name>")
def show_asset(area: str, name: str) -> Response:
    """The players themselves: ours and the vendored ones."""
    path = safe_join(str(PROJECT_ROOT / "static" / area), name) if area in STATIC_FOLDERS else None
    if path is None or not Path(path).is_file():
        raise NotFound
    response = send_file(path, mimetype=TYPES.get(ending_of(name), media_types.UNKNOWN), conditional=True, max_age=600)
    return policy(PACKAGE_POLICY, response)


@packages.get("/play/<sha256>/")
def play(sha256: str) -> Response:
    """The player of a package: its pages in a frame of this origin, or its outline."""
    package = folder().ensure(sha256)
    translations = translations_of(locale())
    page = render_template(
        "repository/packages_origin/_play.html",
        package=package,
        player=player_of(package),
        launches=[(launch.title, address_of(package, launch)) for launch in package.launches],
        locale=locale(),
        _=translations.gettext,
    )
    return policy(PLAYER_POLICY if package.kind != PackageKind.H5P else PACKAGE_POLICY, Response(page))


def player_of(package: UnpackedPackage) -> str:
    """Which of the players: frames, scorm12, scorm2004, h5p, map or slides."""
    if package.kind is PackageKind.SCORM:
        return "scorm2004" if "2004" in package.standard else "scorm12"
    return {PackageKind.H5P: "h5p", PackageKind.MAP: "map", PackageKind.PPTX: "slides"}.get(package.kind, "frames")


def address_of(package: UnpackedPackage, launch: Launch) -> str:
    """Where a launch starts; a cmi5 unit is told of the record store that forgets."""
    address = f"/p/{package.sha256}/{quoted(launch.path)}{launch.parameters}"
    if package.standard not in ("cmi5", "xAPI"):
        return address
    store = f"{request.host_url}lrs/{package.sha256}/"
    actor = '{"objectType":"Agent","account":{"homePage":"https://hoclieu.example","name":"guest"}}'
    given = {
        "endpoint": store,
        "fetch": f"{store}token",
        "actor": actor,
        "registration": "00000000-0000-4000-8000-000000000000",
        "activityId": f"https://hoclieu.example/{package.sha256}",
        "auth": "Basic Z3Vlc3Q6Z3Vlc3Q=",
    }
    joined = "&".join(f"{name}={quoted(value)}" for name, value in given.items())
    base, mark, fragment = address.partition("#")
    return f"{base}{'&' if '?' in base else '?'}{joined}{mark}{fragment}"


@packages.route("/lrs/<sha256>/<path:resource>", methods=["GET", "POST", "PUT", "DELETE"])
def record_store(sha256: str, resource: str) -> Any:
    """A record store that accepts everything and keeps nothing, so that cmi5 and xAPI packages play."""
    if resource == "token":
        return jsonify({"auth-token": "Z3Vlc3Q6Z3Vlc3Q="})
    if resource == "about":
        return jsonify({"version": ["1.0.3"]})
    if resource == "activities/state" and request.args.get("stateId") == "LMS.LaunchData":
        template = {"registration": request.args.get("registration"), "extensions": {SESSION_ID: secrets.token_hex(8)}}
        return jsonify({"contextTemplate": template, "launchMode": "Normal", "moveOn": "NotApplicable"})
    if request.method == "GET":
        return (jsonify({"statements": [], "more": ""}), 200) if resource == "statements" else ("", 404)
    return jsonify([secrets.token_hex(16)]) if request.method == "POST" and resource == "statements" else ("", 204)


SESSION_ID = "https://w3id.org/xapi/cmi5/context/extensions/sessionid"


def quoted(text: str) -> str:
    return "".join(
        chr(byte) if chr(byte).isascii() and (chr(byte).isalnum() or chr(byte) in "-._~/") else f"%{byte:02X}"
        for byte in text.encode()
    )


def send_part(path: Path, media_type: str, *, etag: str | None) -> Response:
    """A file that never changes under its address, whole or the range asked for."""
    response = send_file(path, mimetype=media_type, conditional=True, etag=etag or True)
    response.headers["Cache-Control"] = FOREVER
    response.headers["Accept-Ranges"] = "bytes"
    return response


def with_charset(path: Path, media_type: str) -> str:
    """UTF-8, unless the page names its own character set."""
    with path.open("rb") as file:
        head = file.read(2048)
    has_own = CHARSET.search(head) or not media_types.decodes(head)
    return media_type if has_own else f"{media_type}; charset=utf-8"


def frame_ancestors(base_url: str) -> str:
    """Who may frame a package: the product, under either loopback name on a development machine."""
    parts = urlsplit(base_url)
    if not is_loopback(parts.hostname):
        return base_url
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://127.0.0.1{port} {parts.scheme}://localhost{port}"
