"""Signs that people and chat tools put around labels: bold stars, tags before the stem, a star at the right option."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from quizbank.questions.formats.text_lines import KEY, Line
from quizbank.questions.rules import OPTION_LETTERS

_BOLD_LABEL = re.compile(
    r"^(?P<lead>[ \t#>]*)(?P<bold>\*\*|__)(?P<label>(?:câu|question|bài|đáp án|đ/?a\b|lời giải|hướng dẫn|giải thích"
    r"|answer|key\b|explanation|solution|chọn|phần|part|bảng)[^*\n]{0,200}?)(?P=bold)",
    re.IGNORECASE,
)
_BOLD_MARK = re.compile(r"(?P<bold>\*\*|__)(?P<mark>\(?[A-Ha-h]\s?[.)/:])(?P=bold)")

TAG = re.compile(r"\s*[.:：]?\s*(?:\((?P<round>[^()\n]{1,60})\)|\[(?P<square>[^\[\]\n]{1,60})\])\s*[.:：]?\s*")
_LEVELS = {
    "nb": "NB",
    "nhận biết": "NB",
    "biết": "NB",
    "th": "TH",
    "thông hiểu": "TH",
    "hiểu": "TH",
    "vd": "VD",
    "vdt": "VD",
    "vận dụng": "VD",
    "vận dụng thấp": "VD",
    "vdc": "VDC",
    "vận dụng cao": "VDC",
}
_LEVELS |= {
    f"{name}{blank}{place}": code
    for place, code in enumerate(("NB", "TH", "VD", "VDC"), start=1)
    for name in ("mức độ", "mức", "mđ")
    for blank in ("", " ")
}
_LEVEL_NAME = re.compile(
    r"(?:mức độ(?: nhận thức| tư duy)?|cấp độ(?: nhận thức| tư duy)?|mức|level)\s*[:：]\s*", re.IGNORECASE
)
_ANY_LEVEL = "|".join(sorted(_LEVELS, key=len, reverse=True))
_LEVEL_LINE = re.compile(rf"\W*{_LEVEL_NAME.pattern}(?P<level>{_ANY_LEVEL}|[1-4])\W*", re.IGNORECASE)
_LEVEL_BEHIND = re.compile(
    rf"(?:[\s,;.–-]+{_LEVEL_NAME.pattern}(?P<named>{_ANY_LEVEL})"
    rf"|\s*[\[(]\s*(?:{_LEVEL_NAME.pattern})?(?P<framed>{_ANY_LEVEL})\s*[\])])\W*$",
    re.IGNORECASE,
)
_MARKS = re.compile(r"\d{1,2}(?:[.,]\d{1,3})?\s*(?:điểm|đ|points?|pts?|marks?)", re.IGNORECASE)
_BANK_ID = re.compile(r"\d[A-Z]\d{1,2}(?:[A-Z]\d{1,2})?(?:\.\d{1,2})?-\d{1,2}(?:\.\d{1,2})?(?:-\d{1,2})?")
_ORIGIN = re.compile(
    r"(?:thptqg|thpt|tn thpt|đề|sở|chuyên|đmh|mh|minh ho[aạ]|minh h[oọ]a|tham khảo|bgd|bộ gd|thi thử|kscl"
    r"|hsg|đh|đgnl)\b.{0,45}\b(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)?\d\d)?.{0,15}",
    re.IGNORECASE,
)

STAR = re.compile(
    r"(?P<gap>^\s*|(?<=\s))(?:\*\s?|#|\[[xX✓]\]\s*|[✓✔]\s*)(?=\(?(?P<letter>[A-H])\s?[.)/:](?:\s|$|(?=\S)))"
)
STAR_BEHIND = re.compile(r"(?P<gap>^\s*|(?<=\s))(?P<letter>[A-H])\s?\*(?=[.)])")
_TAG_BEFORE = re.compile(
    r"^\s*(?P<tag>[\[(]\s*(?:NB|TH|VDC|VDT|VD|nhận biết|thông hiểu|vận dụng(?: cao| thấp)?)\s*[\])])\s*[.:]?\s*"
    r"(?P<header>(?:câu|question)\s*\d{1,4}\s*[.:)]?)",
    re.IGNORECASE,
)
_UNTICKED = re.compile(r"(?P<gap>^\s*|(?<=\s))\[ ?\]\s*(?=\(?[A-H]\s?[.)/:])")


@dataclass(frozen=True)
class Tags:
    """What stood in brackets before a stem. ``level_code``: NB, TH, VD, VDC or nothing; ``kept`` go to the question."""

    level_code: str = ""
    kept: tuple[str, ...] = ()
    found: tuple[str, ...] = ()


NO_TAGS = Tags()


def without_bold_labels(line: Line) -> Line:
    """``**Câu 1.** Cho`` -> ``Câu 1. Cho``. An option that is bold as a whole stays: it may be meant as the key."""
    if "**" not in line.text and "__" not in line.text:
        return line
    text = _BOLD_LABEL.sub(r"\g<lead>\g<label>", line.text)
    return replace(line, text=_BOLD_MARK.sub(r"\g<mark>", text))


def with_tags_behind(line: Line) -> Line:
    """``[NB] Câu 1. Cho`` -> ``Câu 1. [NB] Cho``: a level before the header goes where others write it."""
    found = _TAG_BEFORE.match(line.text)
    return replace(line, text=_TAG_BEFORE.sub(r"\g<header> \g<tag> ", line.text, count=1)) if found else line


def take_tags(line: Line) -> tuple[Line, Tags]:
    """Cut the tags off the first line behind a header; brackets that are not clearly tags stay in the stem."""
    level, position = "", 0
    kept: list[str] = []
    found: list[str] = []
    while match := TAG.match(line.text, position):
        tag = (match["round"] or match["square"]).strip()
        pieces = [piece.strip() for piece in re.split(r"\s[-–]\s|[,;](?!\d)", tag)]
        levels = [code for piece in pieces if (code := _level_of(piece))]
        if levels and not level and len(levels) + sum(bool(_MARKS.fullmatch(piece)) for piece in pieces) == len(pieces):
            level = levels[0]
        elif _BANK_ID.fullmatch(tag) or _ORIGIN.fullmatch(tag):
            kept.append(tag)
        elif not _MARKS.fullmatch(tag):
            break
        found.append(tag)
        position = match.end()
    return (line.after(position), Tags(level, tuple(kept), tuple(found))) if found else (line, NO_TAGS)


def _level_of(text: str) -> str:
    """Codes count in capitals only: ``VD`` is a level, ``vd`` stands for “example”."""
    bare = _LEVEL_NAME.sub("", text, count=1) if _LEVEL_NAME.match(text) else text
    code = _LEVELS.get(" ".join(bare.lower().split()), "")
    return code if len(bare) > 3 or bare.isupper() else ""


def take_levels(lines: Sequence[Line], tags: Tags) -> tuple[tuple[Line, ...], Tags]:
    """Take off the line ``Mức độ: Vận dụng`` of a question, and a level behind its key: ``Đáp án: B (TH)``."""
    kept: list[Line] = []
    for place, line in enumerate(lines):
        whole = _LEVEL_LINE.fullmatch(line.text) if len(line.text) < 80 else None
        behind = _LEVEL_BEHIND.search(line.text) if len(line.text) < 80 and KEY.match(line.text) else None
        found = (whole["level"] if whole else behind["named"] or behind["framed"] if behind else "").strip()
        code = _LEVELS.get(" ".join(found.lower().split())) or _LEVELS.get(f"mức {found}")
        if not code or (tags.level_code and tags.level_code != code):
            kept.append(line)
            continue
        rest = "" if whole else line.text[: behind.start()] if behind else ""
        tags = replace(tags, level_code=code, found=(*tags.found, line.text.strip() if whole else found))
        kept += [replace(line, text=rest)] if rest or not place else []
    return tuple(kept), tags


def take_stars(lines: Sequence[Line]) -> tuple[tuple[Line, ...], str]:
    """Take the stars off the options.

    Returns:
        the lines without them, and the letters that had one: ``"B"``; none where every option has one, as bullets do.
    """
    texts = [line.text for line in lines]
    if not any(sign in text for text in texts for sign in ("*", "#", "[", "✓", "✔")):
        return tuple(lines), ""
    starred = [found["letter"] for text in texts for sign in (STAR, STAR_BEHIND) for found in sign.finditer(text)]
    if not starred:
        return tuple(lines), ""
    bare = [
        _UNTICKED.sub(r"\g<gap>", STAR_BEHIND.sub(r"\g<gap>\g<letter>", STAR.sub(r"\g<gap>", text))) for text in texts
    ]
    are_bullets = len(starred) > 3 and "".join(sorted(starred)) == OPTION_LETTERS[: len(starred)]
    letters = "" if are_bullets else "".join(sorted(set(starred)))
    return tuple(replace(line, text=text) for line, text in zip(lines, bare, strict=True)), letters
