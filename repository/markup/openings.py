"""The first words of stored HTML, for lists: one line, formulas whole, no pictures, blocks or links."""

import re
from html import escape, unescape

_TOKEN = re.compile(r"(<math\b.*?</math>)|(</?[a-z]+)[^>]*>|([^<]+)", re.DOTALL)
_INLINE_TAGS = frozenset(["<b", "<strong", "<i", "<em", "<u", "<s", "<sub", "<sup", "<code", "<a", "<span"])
_UNSEEN = re.compile(r"<annotation\b.*?</annotation>|<[^>]*>", re.DOTALL)
_SPACES = re.compile(r"\s+")


def opening(html: str, limit: int = 160) -> str:
    """About ``limit`` visible characters of HTML that ``render`` or ``clean_html`` wrote, safe to show.

    Only formulas keep their tags and are never cut; text is cut at a word. An ellipsis says that more follows.
    """
    kept: list[str] = []
    left = limit
    for formula, tag, text in _TOKEN.findall(html):
        piece = formula or escape(unescape(text)) or ("" if tag.replace("/", "") in _INLINE_TAGS else " ")
        length = len(_UNSEEN.sub("", unescape(piece)))
        if length > left and (text or left <= 0):
            return _on_one_line([*kept, escape(_cut(unescape(text), left)), "…"])
        kept.append(piece)
        left -= length
    return _on_one_line(kept)


def _cut(text: str, limit: int) -> str:
    head = text[: max(limit, 0)]
    space = head.rfind(" ")
    return head[:space] if space > limit // 2 else head


def _on_one_line(pieces: list[str]) -> str:
    return _SPACES.sub(" ", "".join(pieces)).replace(" …", "…").strip()
