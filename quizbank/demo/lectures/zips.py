"""Zip files that come out the same on every machine."""

import io
import zipfile
from collections.abc import Mapping

MOMENT = (2026, 1, 1, 0, 0, 0)


def zipped(files: Mapping[str, str | bytes], *, first: Mapping[str, bytes] | None = None) -> bytes:
    """A zip of path -> contents, in that order.

    Args:
        files: text is stored as UTF-8.
        first: files that must stand first and uncompressed, as EPUB's ``mimetype``.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path, content in (first or {}).items():
            archive.writestr(zipfile.ZipInfo(path, MOMENT), content)
        for path, text in files.items():
            entry = zipfile.ZipInfo(path, MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text if isinstance(text, bytes) else text.encode())
    return out.getvalue()
