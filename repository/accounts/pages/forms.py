"""What the forms of this feature share."""

from collections.abc import Mapping
from typing import Any

from werkzeug.wrappers import Response

from repository import web
from repository.errors import HocLieuError

Page = str | tuple[str, int] | Response


def errors_of(error: HocLieuError | None) -> Mapping[str, Any]:
    """The error's sentence beside each field that it names."""
    if error is None:
        return {}
    message = web.message_of(error)
    return {name: [message] for name in error.facts.get("fields", {"form": []})}
