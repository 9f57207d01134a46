r"""What an exercise of ``ex_test`` says of itself behind ``%`` and in brackets: codes, levels, sources, numbers."""

import re

from quizbank.questions.formats.paper import Said
from quizbank.questions.formats.tex_arguments import option_at, without_comments

GRADES = {"0": 10, "1": 11, "2": 12, "6": 6, "7": 7, "8": 8, "9": 9}
LEVELS = {"N": "NB", "Y": "NB", "H": "TH", "B": "TH", "V": "VD", "K": "VD", "C": "VDC", "G": "VDC"}
"""Letters of ID6 since 2025 (N, H, V, C) and before (Y, B, K, G)."""

_WORDS = {
    "nb": "NB", "nhận biết": "NB", "biết": "NB", "th": "TH", "thông hiểu": "TH", "hiểu": "TH", "vd": "VD", "vdt": "VD",
    "vận dụng": "VD", "vận dụng thấp": "VD", "vdc": "VDC", "vận dụng cao": "VDC",
    "n": "NB", "h": "TH", "v": "VD", "c": "VDC",
}  # fmt: skip
_HEAD = re.compile(r"[^\n]*(?:\n[ \t]*(?:%[^\n]*|\[[^\]\n]{1,200}\][ \t]*(?:%[^\n]*)?)?(?=\n))*")
_CODE = re.compile(r"(?<![0-9A-Za-z])[0-9][A-Z][0-9][A-Z][0-9A-Z](?:-[0-9A-Z])?(?![0-9A-Za-z])")
_OTHER_CODE = re.compile(r"[0-9][A-Z][0-9A-Z]*(?:[-.][0-9A-Z]+)+|[0-9][A-Z][0-9A-Z]{1,6}")
_NOTE = re.compile(r"%\s*\[(?P<note>[^\]\n]+)\]")
_NAMED = re.compile(
    r"%\s*(?:mức(?: độ)?|level|muc(?: do)?)\s*[:=]\s*(?P<level>[^\n%]{1,20})|%\s*ID6?\s*[:=]\s*(?P<code>[^\s%]{1,20})"
    r"|%\s*(?:nguồn|source)\s*[:=]\s*(?P<source>[^\n%]{1,200})",
    re.IGNORECASE,
)
_EMPTY = frozenset({"id", "id6", "mã", "mã câu hỏi", "metadata", "id5"})


def said_in(raw: str, note: str) -> Said:
    """The codes behind ``%`` above the text of an exercise, and ``note``, what stands in brackets before the text."""
    head = _HEAD.match(raw)
    written = head[0] if head else ""
    option, _ = option_at(written.partition("\n")[0], written.find("}") + 1)
    notes = [found["note"].strip() for found in _NOTE.finditer(written)]
    code, level, tags = "", "", []
    sources: list[str] = []
    for named in _NAMED.finditer(raw):
        level = level or _level(named["level"] or "")
        notes += [named["code"]] if named["code"] else []
        sources += [named["source"].strip()] if named["source"] else []
    for one in [*notes, without_comments(option).strip(), note.strip()]:
        found = _CODE.fullmatch(one)
        if found and not code:
            code = found[0]
        elif _level(one):
            level = level or _level(one)
        elif not any(map(str.isalnum, one)) or one.casefold() in _EMPTY:
            continue
        elif _OTHER_CODE.fullmatch(one) or (one == note.strip() and not re.search(r"\s", one)):
            tags.append(one)
        elif one not in sources:
            sources.append(one)
    code_tags = (f"ID6:{code}",) if code else ()
    return Said(
        grade=GRADES.get(code[:1]),
        level_code=LEVELS.get(code[3:4], "") or level,
        tags=(*code_tags, *dict.fromkeys(tags)),
        source="; ".join(sources),
    )


def _level(written: str) -> str:
    return _WORDS.get(" ".join(written.strip(" .()").casefold().split()), "") if len(written.strip()) > 1 else ""
