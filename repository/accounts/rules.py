"""Decisions about people: addresses, passwords, tokens, and how fast one may guess."""

import datetime as dt
import hashlib
import re
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from repository.errors import Invalid
from repository.permissions import Role

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200
API_TOKEN_PREFIX = "hl_"  # noqa: S105 - tells our tokens from others, guards nothing
FAILURE_WINDOW = dt.timedelta(minutes=15)
FAILURES_PER_EMAIL = 8
FAILURES_PER_ADDRESS = 60
EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}")

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def normal_email(text: str) -> str:
    """An e-mail address as it is kept and compared.

    Raises:
        Invalid: it isn't one.
    """
    email = text.strip().lower()
    if not EMAIL.fullmatch(email):
        raise Invalid("Địa chỉ thư điện tử “{email}” không đúng dạng ten@noi.vn.", email=email, fields={"email": []})
    return email


def check_password(password: str) -> None:
    """Raise Invalid unless the password's length is acceptable (NIST SP 800-63B: length, no composition rules)."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise Invalid(
            "Mật khẩu cần từ {shortest} đến {longest} kí tự.",
            shortest=SHORTEST_PASSWORD,
            longest=LONGEST_PASSWORD,
            fields={"password": []},
        )


def password_hash_of(password: str) -> str:
    """An argon2id hash with the parameters of OWASP's password storage guide (19 MiB, 2 passes)."""
    return _hasher.hash(password)


def is_password(password: str, password_hash: str) -> bool:
    """Whether the password is the one hashed. A hash of nobody takes as long as a real one."""
    try:
        return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def a_new_token() -> str:
    return secrets.token_urlsafe(32)


def token_hash_of(token: str) -> str:
    """Tokens are random, so a plain SHA-256 keeps them safe at rest and can be looked up."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_throttled(failures_of_email: int, failures_of_address: int) -> bool:
    return failures_of_email >= FAILURES_PER_EMAIL or failures_of_address >= FAILURES_PER_ADDRESS


def read_roles(names: list[str]) -> frozenset[Role]:
    """Roles from their names.

    Raises:
        Invalid: a name is none of ``Role``.
    """
    unknown = [name for name in names if name not in set(Role)]
    if unknown:
        raise Invalid(
            "Không có vai trò “{names}”. Các vai trò: {known}.", names=", ".join(unknown), known=", ".join(Role)
        )
    return frozenset(Role(name) for name in names)
