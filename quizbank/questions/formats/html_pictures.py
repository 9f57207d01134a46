"""The pictures that a foreign file carries: ``data:`` URIs in its texts, and files it packs beside them."""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import unquote, unquote_to_bytes

_DATA = re.compile(
    r"data:(?P<type>[\w.+-]*/?[\w.+-]*)(?P<options>(?:;[^,;]*)*),(?P<data>.*)\Z", re.DOTALL | re.IGNORECASE
)
_ENDINGS = {"image/jpeg": "jpg", "image/jpg": "jpg", "image/svg+xml": "svg", "image/x-icon": "ico"}


def bytes_of_data_uri(uri: str) -> tuple[bytes, str] | None:
    """The bytes and the media type, or None where it can't be decoded."""
    found = _DATA.match(uri.strip())
    if found is None:
        return None
    if ";base64" not in found["options"].lower():
        return unquote_to_bytes(found["data"]), found["type"].lower()
    packed = re.sub(r"\s+", "", unquote(found["data"])).rstrip("=")
    try:
        return base64.b64decode(packed + "=" * (-len(packed) % 4), validate=True), found["type"].lower()
    except binascii.Error:
        return None


@dataclass
class PictureBox:
    """Finds pictures by their address, and remembers each under its target.

    ``find``: bytes of a file packed beside the texts, by the address in the text; None where there is none.
    """

    find: Callable[[str], bytes | None] = lambda _address: None
    pictures: dict[str, bytes] = field(default_factory=dict)

    def target_of(self, address: str) -> str | None:
        """The target of a picture, as ``source_of_html`` asks for it."""
        if address[:5].lower() == "data:":
            decoded = bytes_of_data_uri(address)
            if decoded is None:
                return None
            data, media_type = decoded
            ending = _ENDINGS.get(media_type) or media_type.rpartition("/")[2] or "bin"
        else:
            packed = self.find(address)
            if packed is None:
                return None
            data, ending = packed, address.rpartition(".")[2]
        ending = re.sub(r"[^a-z0-9]", "", ending.lower())[:5] or "bin"
        target = f"hinh-{hashlib.sha256(data).hexdigest()[:16]}.{ending}"
        self.pictures[target] = data
        return target
