"""Our own assets: addressed by content, compressed once per process, cached for ever by browsers."""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import lru_cache

from flask import Blueprint, Request, Response, request
from werkzeug.security import safe_join

from repository.errors import NotFound
from repository.settings import PROJECT_ROOT

STATIC_FOLDER = PROJECT_ROOT / "static"
SERVED_FOLDERS = ("css/", "js/", "img/", "fonts/", "vendor/")
COMPRESSED_TYPES = ("text/", "application/json", "application/javascript", "application/xml", "image/svg+xml")
SMALLEST_COMPRESSED_BYTES = 600
ONE_YEAR_SECONDS = 31_536_000

static_files = Blueprint("static_files", __name__)


@dataclass(frozen=True)
class Asset:
    media_type: str
    content: bytes
    compressed: bytes | None
    fingerprint: str


@lru_cache(maxsize=512)
def _asset(name: str, modified_ns: int) -> Asset:
    content = (STATIC_FOLDER / name).read_bytes()
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    compressed = gzip.compress(content, 9, mtime=0) if is_compressible(media_type) else None
    return Asset(media_type, content, compressed, hashlib.sha256(content).hexdigest()[:12])


def find_asset(name: str) -> Asset | None:
    """The asset called ``name`` below ``static/``; None outside the served folders."""
    path = safe_join(str(STATIC_FOLDER), name)
    if path is None or not name.startswith(SERVED_FOLDERS):
        return None
    try:
        return _asset(name, (STATIC_FOLDER / name).stat().st_mtime_ns)
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return None


def static_url(name: str) -> str:
    """The address of an asset, which changes with its content."""
    asset = find_asset(name)
    return f"/static/{name}?v={asset.fingerprint}" if asset else f"/static/{name}"


def is_compressible(media_type: str | None) -> bool:
    return (media_type or "").startswith(COMPRESSED_TYPES)


def takes_gzip(asked: Request) -> bool:
    return asked.accept_encodings["gzip"] > 0


@static_files.get("/static/<path:name>")
def send_static(name: str) -> Response:
    asset = find_asset(name)
    if asset is None:
        raise NotFound("Không có trang này.")
    use_gzip = asset.compressed is not None and takes_gzip(request)
    response = Response(asset.compressed if use_gzip else asset.content, content_type=asset.media_type)
    if asset.media_type.startswith(("text/", "application/javascript")):
        response.content_type = f"{asset.media_type}; charset=utf-8"
    if use_gzip:
        response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    is_addressed = request.args.get("v") == asset.fingerprint
    response.cache_control.public = True
    response.cache_control.max_age = ONE_YEAR_SECONDS if is_addressed else 300
    response.cache_control.immutable = is_addressed
    response.set_etag(asset.fingerprint)
    response.make_conditional(request)
    return response


def compress_response(response: Response) -> Response:
    """Gzip a page or a JSON answer for whoever takes it; streams and small answers pass."""
    if (
        response.direct_passthrough
        or response.is_streamed
        or "Content-Encoding" in response.headers
        or not is_compressible(response.mimetype)
        or not takes_gzip(request)
        or response.status_code in (204, 304)
    ):
        return response
    content = response.get_data()
    if len(content) >= SMALLEST_COMPRESSED_BYTES:
        response.set_data(gzip.compress(content, 5, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        response.vary.add("Accept-Encoding")
    return response
