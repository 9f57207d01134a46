"""What inspecting an uploaded file tells: its kind, how to start it, and the metadata nobody should type twice."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from repository.errors import Invalid


class PackageKind(StrEnum):
    SCORM = "scorm"
    H5P = "h5p"
    HTML = "html"
    VIDEO = "video"
    AUDIO = "audio"
    PDF = "pdf"
    PPTX = "pptx"
    EPUB = "epub"
    IMAGE = "image"
    MAP = "map"


UNPACKED_KINDS = frozenset(
    {PackageKind.SCORM, PackageKind.H5P, PackageKind.HTML, PackageKind.EPUB, PackageKind.PPTX},
)


@dataclass(frozen=True)
class Launch:
    """One thing to start: a SCO, an assignable unit, a chapter. ``path`` is inside the package, unquoted."""

    title: str
    path: str
    parameters: str = ""


@dataclass(frozen=True)
class PackageWarning:
    """Something the uploader should know. ``code`` is a key of ``WARNING_MESSAGES``."""

    code: str
    path: str = ""


WARNING_MESSAGES = {
    "executable": "Gói có chương trình chạy ({path}); kho giữ trong tệp gốc nhưng không bao giờ phát.",
    "flash": "Gói có nội dung Flash ({path}), trình duyệt ngày nay không phát được.",
    "missing-launch": "Một mục của gói trỏ tới tệp không có trong gói ({path}).",
    "outside-launch": "Một mục của gói trỏ tới trang ngoài ({path}); mục đó không được phát.",
    "outside-media": "Gói dùng hình hoặc video ở trang ngoài ({path}); ở đây phần đó không hiện.",
    "not-shown": "Một phần của gói không phát được ở đây ({path}).",
    "tracking": "Gói ghi kết quả theo chuẩn cmi5/xAPI; ở đây gói phát được nhưng kết quả không được tính điểm.",
    "pdf-locked": "PDF có khoá chống trích xuất: xem được nhưng có thể không tìm được theo nội dung.",
}


@dataclass(frozen=True)
class PackageInfo:
    """A file that the repository can show.

    Attributes:
        standard: what exactly it follows, such as ``SCORM 1.2``, ``H5P.MultiChoice 1.16`` or ``EPUB 3.0``.
        entry: path of the first launch, or empty where the file is shown as a whole.
        files: how many files it holds; 1 for a single file.
        size_bytes: unpacked.
        duration_minutes: rounded up, None when unknown.
    """

    kind: PackageKind
    media_type: str
    standard: str = ""
    title: str = ""
    launches: tuple[Launch, ...] = ()
    description: str = ""
    language: str = ""
    authors: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    licence: str = ""
    year: int | None = None
    duration_minutes: int | None = None
    files: int = 1
    size_bytes: int = 0
    warnings: tuple[PackageWarning, ...] = ()

    @property
    def entry(self) -> str:
        return self.launches[0].path if self.launches else ""


class PackageRefused(Invalid):
    """The repository can't show this file. ``facts["reason"]`` is a stable word for machines."""

    code = "package-refused"

    def __init__(self, reason: str, message: str, **facts: Any) -> None:
        super().__init__(message, reason=reason, **facts)
