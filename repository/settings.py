"""Settings, from the environment (prefix ``HOCLIEU_``). Production refuses what is only safe at home."""

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from repository.errors import Invalid

PROJECT_ROOT = Path(__file__).resolve().parents[1]
SEARCH_ENGINES = ("whoosh", "postgres")
MEBIBYTE = 1024 * 1024
DEVELOPMENT_SECRET_FILE = "secret-key"  # noqa: S105 - a file name, not a secret


@dataclass(frozen=True)
class Settings:
    """What an installation decides.

    Attributes:
        data_dir: folder of files, index and (by default) the database.
        database_url: an SQLAlchemy URL.
        search: the search engine: ``whoosh`` (an index in the data folder of every node) or ``postgres``.
        secret_key: signs sessions and tokens; at least 32 characters in production.
        base_url: where people reach the product; no trailing slash.
        packages_origin: where uploaded packages are served: another origin than ``base_url``.
        environment: ``development`` or ``production``.
        upload_limit_bytes: the largest file accepted.
        session_days: how long a sign-in lasts without use.
        allow_sign_up: whether students may make their own account.
        platform_url: endpoint of the national platform's receiver; empty = nothing is pushed.
        platform_token: bearer token for it, also the key of its receipts' signatures.
        repository_name: shown by OAI-PMH Identify.
        admin_email: shown by OAI-PMH Identify.
    """

    data_dir: Path = Path("var")
    database_url: str = ""
    search: str = "whoosh"
    secret_key: str = field(default="", repr=False)
    base_url: str = "http://127.0.0.1:8000"
    packages_origin: str = ""
    environment: str = "development"
    upload_limit_bytes: int = 2048 * MEBIBYTE
    session_days: int = 30
    allow_sign_up: bool = True
    platform_url: str = ""
    platform_token: str = field(default="", repr=False)
    repository_name: str = "Học Liệu"
    admin_email: str = "hoclieu@moet.example"

    @property
    def is_production(self) -> bool:
        return self.environment == "production"

    @property
    def is_on_postgres(self) -> bool:
        return self.database_url.startswith("postgresql")

    @property
    def is_secure(self) -> bool:
        return self.base_url.startswith("https://")


def read_settings(environ: Mapping[str, str], *, port: int = 8000) -> Settings:
    """Settings from an environment.

    Args:
        environ: the variables; those without the prefix are ignored.
        port: where the server will listen, for the defaults of a development machine.

    Raises:
        Invalid: a value that can't be used, or one that production must not run with; the message
            names the variable.
    """
    given = {name.removeprefix("HOCLIEU_"): value for name, value in environ.items() if name.startswith("HOCLIEU_")}
    data_dir = Path(given.get("DATA_DIR", "var")).absolute()
    base_url = given.get("BASE_URL", f"http://127.0.0.1:{port}").rstrip("/")
    settings = Settings(
        data_dir=data_dir,
        database_url=normal_database_url(given.get("DATABASE_URL", "") or f"sqlite:///{data_dir / 'hoclieu.sqlite'}"),
        search=given.get("SEARCH", "") or "whoosh",
        secret_key=given.get("SECRET_KEY", ""),
        base_url=base_url,
        packages_origin=given.get("PACKAGES_ORIGIN", "").rstrip("/") or neighbour_origin(base_url),
        environment=given.get("ENVIRONMENT", "development"),
        upload_limit_bytes=_whole_number(given, "UPLOAD_LIMIT_MB", 2048) * MEBIBYTE,
        session_days=_whole_number(given, "SESSION_DAYS", 30),
        allow_sign_up=given.get("ALLOW_SIGN_UP", "yes").lower() in {"yes", "true", "1", "on"},
        platform_url=given.get("PLATFORM_URL", ""),
        platform_token=given.get("PLATFORM_TOKEN", ""),
        repository_name=given.get("REPOSITORY_NAME", "Học Liệu"),
        admin_email=given.get("ADMIN_EMAIL", "hoclieu@moet.example"),
    )
    check_settings(settings, given)
    return settings


def check_settings(settings: Settings, given: Mapping[str, str]) -> None:
    """Refuse what can't work, and in production what isn't safe.

    Raises:
        Invalid: the message names the variable and what to do.
    """
    if settings.environment not in {"development", "production"}:
        raise Invalid("HOCLIEU_ENVIRONMENT must be development or production, not {value}.", value=settings.environment)
    if settings.search not in SEARCH_ENGINES:
        raise Invalid("HOCLIEU_SEARCH must be whoosh or postgres, not {value}.", value=settings.search)
    if settings.search == "postgres" and not settings.is_on_postgres:
        raise Invalid("HOCLIEU_SEARCH=postgres needs HOCLIEU_DATABASE_URL to be a PostgreSQL database.")
    for name, url in (("BASE_URL", settings.base_url), ("PACKAGES_ORIGIN", settings.packages_origin)):
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise Invalid("HOCLIEU_{name} must be an http(s) URL, not {value}.", name=name, value=url)
    if settings.packages_origin == settings.base_url:
        raise Invalid(
            "HOCLIEU_PACKAGES_ORIGIN must be another origin than HOCLIEU_BASE_URL ({value}).", value=settings.base_url
        )
    if not settings.is_production:
        return
    if len(settings.secret_key) < 32:
        raise Invalid("HOCLIEU_SECRET_KEY must have at least 32 characters in production.")
    for name in ("BASE_URL", "PACKAGES_ORIGIN"):
        if not given.get(name):
            raise Invalid("HOCLIEU_{name} must be set in production.", name=name)
        if not given[name].startswith("https://"):
            raise Invalid("HOCLIEU_{name} must be https in production, not {value}.", name=name, value=given[name])


def normal_database_url(url: str) -> str:
    """``postgres://`` and ``postgresql://`` as people write them, with the driver that we ship."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def is_loopback(host: str | None) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def neighbour_origin(base_url: str) -> str:
    """The packages origin of a development machine: the other loopback name, on the next port.

    Another name keeps cookies apart, another port keeps both reachable by either name.
    """
    parts = urlsplit(base_url)
    host = "localhost" if parts.hostname != "localhost" else "127.0.0.1"
    return f"{parts.scheme}://{host}:{(parts.port or 80) + 1}"


def available_cores() -> int:
    """How many cores this process may use, which on a shared machine is fewer than there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _whole_number(given: Mapping[str, str], name: str, default: int) -> int:
    value = given.get(name, "")
    if not value:
        return default
    if not value.isdigit() or int(value) == 0:
        raise Invalid("HOCLIEU_{name} must be a whole number above 0, not {value}.", name=name, value=value)
    return int(value)
