"""What can go wrong, in the user's words. Actions raise these; the doors turn them into answers."""

from collections.abc import Mapping
from typing import Any


class HocLieuError(Exception):
    """A refusal that the user can understand and act upon.

    Args:
        message: a translatable sentence (a Vietnamese msgid) with ``{name}`` places for ``facts``.
        facts: what the message speaks of; machines read it, the message shows it.

    ``status`` is the HTTP status of the answer, ``code`` a stable name for machines.
    """

    status = 400
    code = "error"

    def __init__(self, message: str, **facts: Any) -> None:
        super().__init__(message)
        self.message = message
        self.facts: Mapping[str, Any] = facts

    def __str__(self) -> str:
        return self.message.format(**self.facts)


class Invalid(HocLieuError):
    """What came in can't be used. ``facts["fields"]`` may map a field name to its messages."""

    status = 422
    code = "invalid"


class NotSignedIn(HocLieuError):
    """The action needs a person."""

    status = 401
    code = "not-signed-in"


class Forbidden(HocLieuError):
    """This person may not do that."""

    status = 403
    code = "forbidden"


class NotFound(HocLieuError):
    """No such thing, or none that this person may know of."""

    status = 404
    code = "not-found"


class Conflict(HocLieuError):
    """Somebody was faster, or the thing is not in a state that allows this."""

    status = 409
    code = "conflict"


class TooLarge(HocLieuError):
    """More bytes, files or characters than the limit in ``facts["limit"]``."""

    status = 413
    code = "too-large"


class TooManyRequests(HocLieuError):
    """Slow down: ``facts["retry_after_seconds"]``."""

    status = 429
    code = "too-many-requests"
