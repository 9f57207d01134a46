"""Results as others see them: names of facet values, safe HTML of highlights."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from flask_babel import lazy_gettext as _
from markupsafe import Markup, escape

from repository.curriculum.queries import curriculum
from repository.markup.formulas import formulas_in
from repository.markup.maths import find_mathml
from repository.search.documents import SearchHit, Segment, Where

FORMULA = re.compile(r"(\$[^$\n]+\$)")

FACET_LABELS: Mapping[str, Any] = {
    "subject": _("Môn"),
    "grade": _("Lớp"),
    "topic": _("Chủ đề"),
    "level": _("Mức độ"),
    "type": _("Dạng câu hỏi"),
    "media": _("Dạng bài giảng"),
    "programme": _("Chương trình"),
    "year": _("Năm"),
    "licence": _("Giấy phép"),
    "organisation": _("Đơn vị"),
    "language": _("Ngôn ngữ"),
    "explained": _("Lời giải"),
    "difficulty": _("Độ khó"),
}

VALUE_LABELS: Mapping[tuple[str, str], Any] = {
    ("type", "single-choice"): _("Một lựa chọn"),
    ("type", "multiple-response"): _("Nhiều lựa chọn"),
    ("type", "true-false"): _("Đúng/Sai"),
    ("type", "short-answer"): _("Trả lời ngắn"),
    ("media", "scorm"): _("Bài giảng tương tác (SCORM)"),
    ("media", "h5p"): _("Nội dung tương tác (H5P)"),
    ("media", "html"): _("Trang web (HTML)"),
    ("media", "video"): _("Video"),
    ("media", "audio"): _("Âm thanh"),
    ("media", "pdf"): _("Tài liệu PDF"),
    ("media", "pptx"): _("Trình chiếu"),
    ("media", "epub"): _("Sách điện tử (EPUB)"),
    ("media", "image"): _("Hình ảnh"),
    ("media", "map"): _("Bản đồ"),
    ("media", "link"): _("Liên kết"),
    ("licence", "cc-by-4.0"): "CC BY 4.0",
    ("licence", "cc-by-sa-4.0"): "CC BY-SA 4.0",
    ("licence", "cc-by-nc-4.0"): "CC BY-NC 4.0",
    ("licence", "cc-by-nc-sa-4.0"): "CC BY-NC-SA 4.0",
    ("licence", "cc-by-nd-4.0"): "CC BY-ND 4.0",
    ("licence", "cc0-1.0"): "CC0",
    ("licence", "all-rights"): _("Giữ mọi quyền"),
    ("language", "vi"): _("Tiếng Việt"),
    ("language", "en"): _("Tiếng Anh"),
    ("explained", "yes"): _("Có lời giải"),
    ("difficulty", "easy"): _("Dễ"),
    ("difficulty", "medium"): _("Trung bình"),
    ("difficulty", "hard"): _("Khó"),
}


PLACE_NAMES: Mapping[str, Any] = {
    "page": _("trang %(number)s"),
    "slide": _("trang chiếu %(number)s"),
    "chapter": _("chương %(number)s"),
}


@lru_cache(maxsize=8_192)
def label_of(facet: str, value: str, locale: str) -> str:
    """The name of a facet's value in ``locale``, which is the reader's; the value itself where it has none."""
    if facet in {"subject", "topic", "level", "programme"}:
        return curriculum().name_of(value, locale)
    if facet == "grade":
        return str(_("Lớp %(grade)s", grade=value))
    return str(VALUE_LABELS.get((facet, value), value))


def place_name(where: Where) -> str:
    """``trang 12``, ``trang chiếu 5``, ``chương 3``, ``phút 2:05``, in the reader's language."""
    if where.kind == "second":
        minutes, seconds = divmod(where.number, 60)
        return str(_("phút %(time)s", time=f"{minutes}:{seconds:02}"))
    return str(PLACE_NAMES[where.kind]) % {"number": where.number}


def html_of(segments: Iterable[Segment]) -> Markup:
    """Segments as HTML: matches in ``<mark>``, formulas as MathML, everything else escaped."""
    html = "".join(f"<mark>{inner_html(s.text)}</mark>" if s.is_match else inner_html(s.text) for s in segments)
    return Markup(html)  # noqa: S704 - every piece was escaped or written by our own converter


def title_html(hit: SearchHit) -> Markup:
    """The title with its formulas shown and, where the query marked it, its words marked."""
    return html_of(hit.title_segments or (Segment(hit.title),))


@lru_cache(maxsize=8_192)
def inner_html(text: str) -> str:
    if "$" not in text:
        return text_html(text)
    return "".join(formula_html(part) if part.startswith("$") else text_html(part) for part in FORMULA.split(text))


def text_html(text: str) -> str:
    """Text with its formulas shown, which plain text holds as bare TeX: a command, a power or an index."""
    if "\\" not in text and "^" not in text and "_" not in text:
        return str(escape(text))
    pieces, place = [], 0
    for formula in formulas_in(text):
        if mathml := find_mathml(formula.tex):
            pieces += [str(escape(text[place : formula.start])), mathml]
            place = formula.end
    return "".join([*pieces, str(escape(text[place:]))])


def formula_html(source: str) -> str:
    return (find_mathml(source.strip("$")) if len(source) > 2 else None) or str(escape(source))
