"""One question, asked of every upload: what is this, and can we show it?"""

import math
from dataclasses import replace
from pathlib import Path, PurePosixPath

from PIL import Image, UnidentifiedImageError

from repository.files import media_types
from repository.files.archives import Archive, open_archive
from repository.files.packages.cmi5 import inspect_cmi5, inspect_tincan
from repository.files.packages.durations import seconds_of
from repository.files.packages.epub import inspect_epub
from repository.files.packages.geojson import inspect_geojson
from repository.files.packages.h5p import inspect_h5p
from repository.files.packages.info import Launch, PackageInfo, PackageKind, PackageRefused, PackageWarning
from repository.files.packages.lom import language_of
from repository.files.packages.manifest import inspect_manifest
from repository.files.packages.paths import PathFinder, common_folder, ending_of, is_executable, is_flash, is_leftover
from repository.files.packages.pdf import inspect_pdf
from repository.files.packages.slides import inspect_pptx
from repository.files.packages.tidying import tidy
from repository.files.packages.web_page import HEAD_BYTES, read_head

INDEX_NAMES = ("index.html", "index.htm", "story.html", "default.html", "start.html", "main.html", "index_lms.html")
WARNINGS_SHOWN_MAX = 5
PIXELS_MAX = 100_000_000
REFUSED_TYPES = {
    media_types.EXECUTABLE: ("executable", "Tệp là một chương trình, kho không nhận."),
    media_types.FLASH: ("flash", "Tệp Flash không phát được trên trình duyệt ngày nay."),
    media_types.OLD_OFFICE: ("old-office", "Tệp Office đời cũ (.ppt, .doc); hãy mở và lưu lại dạng .pptx hoặc PDF."),
    media_types.DOCX: (
        "word",
        "Tệp Word không phải bài giảng; hãy lưu thành PDF, hoặc nhập câu hỏi ở trang Nhập câu hỏi.",
    ),
    media_types.XLSX: ("excel", "Tệp Excel không phải bài giảng; hãy lưu thành PDF."),
    "application/vnd.rar": ("rar", "Tệp RAR; hãy nén lại bằng ZIP."),
    "application/x-7z-compressed": ("7z", "Tệp 7z; hãy nén lại bằng ZIP."),
}


def inspect_package(path: Path, file_name: str) -> PackageInfo:
    """Recognise a file by what is in it and say how to show it.

    Args:
        path: the file on disk.
        file_name: what its owner called it; only a last resort for the title.

    Raises:
        PackageRefused: the repository can't show it; the message says why and what to do.
        UnsafeArchive: a zip that is broken, hostile or beyond a limit.
    """
    media_type = media_types.sniff(path)
    if media_type in REFUSED_TYPES:
        raise PackageRefused(*REFUSED_TYPES[media_type])
    info = inspect_by_type(path, media_type)
    return replace(
        info,
        title=info.title or title_from_name(file_name),
        size_bytes=info.size_bytes or path.stat().st_size,
    )


def inspect_by_type(path: Path, media_type: str) -> PackageInfo:
    if media_type in (media_types.ZIP, media_types.EPUB, media_types.PPTX):
        return inspect_zip(path, media_type)
    if media_type == media_types.PDF:
        return inspect_pdf(path)
    if media_type == media_types.GEOJSON:
        return inspect_geojson(path)
    if media_type in media_types.PICTURES or media_type == media_types.SVG:
        return inspect_picture(path, media_type)
    if media_type in media_types.VIDEOS or media_type in media_types.AUDIOS:
        return inspect_recording(path, media_type)
    if not path.stat().st_size:
        raise PackageRefused("empty", "Tệp rỗng.")
    raise PackageRefused(
        "unknown",
        "Không nhận ra loại tệp này. Kho nhận SCORM, H5P, HTML (ZIP), EPUB, PPTX, PDF, MP4, WebM, MP3, ảnh, GeoJSON.",
    )


def inspect_zip(path: Path, media_type: str) -> PackageInfo:
    with open_archive(path) as archive:
        info = inspect_archive(archive, media_type)
        warnings = (*info.warnings, *file_warnings(archive.paths))
        return replace(info, files=len(archive.entries), size_bytes=archive.size_bytes, warnings=warnings)


def inspect_archive(archive: Archive, media_type: str) -> PackageInfo:
    """Which of the packages a zip is, told by the file that describes it."""
    if media_type == media_types.EPUB:
        return inspect_epub(archive)
    if media_type == media_types.PPTX:
        return inspect_pptx(archive)
    finder = PathFinder(archive.paths)
    for name, inspect in DESCRIBED.items():
        if found := find_description(archive.paths, finder, name):
            return inspect(archive, found)
    return inspect_web(archive, finder)


def find_description(paths: frozenset[str], finder: PathFinder, name: str) -> str | None:
    """The file of that name at the top, else the only one in a folder at the top."""
    below = [path for path in paths if path.count("/") == 1 and path.lower().endswith("/" + name)]
    inside = [path for path in below if not is_leftover(path)]
    return finder.find(name) or (inside[0] if len(inside) == 1 else None)


DESCRIBED = {
    "h5p.json": inspect_h5p,
    "cmi5.xml": inspect_cmi5,
    "imsmanifest.xml": inspect_manifest,
    "tincan.xml": inspect_tincan,
}


def inspect_web(archive: Archive, finder: PathFinder) -> PackageInfo:
    """A zip of web pages with a recognisable first page.

    Raises:
        PackageRefused: there is none.
    """
    folder = common_folder(archive.paths)
    found = next(
        (
            path
            for find in (finder.find, lambda name: find_description(archive.paths, finder, name))
            for name in INDEX_NAMES
            if (path := find(name))
        ),
        None,
    )
    pages = [
        path for path in archive.paths if is_page(path) and path.startswith(folder) and "/" not in path[len(folder) :]
    ]
    start = found or (pages[0] if len(pages) == 1 else None)
    if start is None:
        raise PackageRefused(
            "no-first-page", "Gói ZIP không có trang mở đầu (index.html) và không phải gói bài giảng đã biết."
        )
    head = read_head(archive.read_start(start, HEAD_BYTES))
    return PackageInfo(
        kind=PackageKind.HTML,
        media_type=media_types.ZIP,
        standard="HTML",
        title=head.title,
        description=head.description,
        authors=(head.author,) if head.author else (),
        language=language_of(head.language),
        launches=(Launch(head.title or start, start),),
    )


def is_page(path: str) -> bool:
    return ending_of(path) in ("html", "htm", "xhtml") and not is_leftover(path)


def file_warnings(paths: frozenset[str]) -> tuple[PackageWarning, ...]:
    programs = [PackageWarning("executable", path) for path in sorted(paths) if is_executable(path)]
    flash = [PackageWarning("flash", path) for path in sorted(paths) if is_flash(path)]
    return (*programs[:WARNINGS_SHOWN_MAX], *flash[:WARNINGS_SHOWN_MAX])


def inspect_picture(path: Path, media_type: str) -> PackageInfo:
    """A picture whose header can be read and whose pixels a browser can hold.

    Raises:
        PackageRefused: broken or enormous.
    """
    if media_type != media_types.SVG:
        try:
            with Image.open(path, formats=("PNG", "JPEG", "GIF", "WEBP")) as picture:
                width, height = picture.size
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
            raise PackageRefused("image-broken", "Ảnh bị hỏng, không đọc được.") from error
        if width * height > PIXELS_MAX:
            raise PackageRefused(
                "image-too-large", "Ảnh có quá nhiều điểm ảnh ({width} × {height}).", width=width, height=height
            )
    return PackageInfo(kind=PackageKind.IMAGE, media_type=media_type, standard=media_type.partition("/")[2].upper())


def inspect_recording(path: Path, media_type: str) -> PackageInfo:
    seconds = seconds_of(path, media_type)
    return PackageInfo(
        kind=PackageKind.VIDEO if media_type in media_types.VIDEOS else PackageKind.AUDIO,
        media_type=media_type,
        standard=media_type.partition("/")[2].upper(),
        duration_minutes=math.ceil(seconds / 60) if seconds else None,
    )


def title_from_name(file_name: str) -> str:
    """``Bai_giang-01.zip`` -> ``Bai giang-01``."""
    stem = PurePosixPath(file_name.replace("\\", "/")).stem
    return tidy(stem.replace("_", " "))
