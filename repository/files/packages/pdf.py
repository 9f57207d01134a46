"""PDF files: read by pypdf in a process of its own, for a parser of a thousand shapes may hang or swell."""

from pathlib import Path

from repository.files.examination import ExaminationFailed, examine
from repository.files.media_types import PDF
from repository.files.packages.info import PackageInfo, PackageKind, PackageRefused, PackageWarning
from repository.files.packages.lom import language_of


def inspect_pdf(path: Path) -> PackageInfo:
    """A PDF with at least one page.

    Raises:
        PackageRefused: broken, or locked with a password.
    """
    try:
        facts = examine(path, "pdf", wants=("facts",)).facts
    except ExaminationFailed as error:
        raise PackageRefused("pdf-broken", "Tệp PDF bị hỏng, không đọc được.") from error
    if facts.get("problem") == "locked":
        raise PackageRefused("pdf-locked", "Tệp PDF có mật khẩu; hãy gửi bản không khoá.")
    if facts.get("problem") or not facts.get("pages"):
        raise PackageRefused("pdf-broken", "Tệp PDF bị hỏng, không đọc được.")
    author = str(facts.get("author") or "").strip()
    return PackageInfo(
        kind=PackageKind.PDF,
        media_type=PDF,
        standard="PDF",
        title=str(facts.get("title") or "").strip(),
        authors=(author,) if author else (),
        language=language_of(str(facts.get("language") or "")),
        warnings=(PackageWarning("pdf-locked"),) if facts.get("is_restricted") else (),
    )
