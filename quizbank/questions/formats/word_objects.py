"""What stands in a Word text and is none: formulas, pictures, tables. Each is one private character until the end.

So no pattern of the text parser ever looks inside a formula or a table, and none is cut in two.
"""

import re
from dataclasses import dataclass, field

from repository.errors import Invalid

FIRST, LAST = 0xF0000, 0x10FFFD
_TOKEN = re.compile(f"[{chr(FIRST)}-{chr(LAST)}]")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_FRACTION = re.compile(r"(?P<sign>-?)\\frac\{(?P<above>\d+)\}\{(?P<below>\d+)\}")
_MINUS = re.compile(r"[−–](?=\s?\d)")


@dataclass
class Objects:
    """The objects of a document by their characters; equal ones share a character."""

    _texts: list[str] = field(default_factory=list)
    _known: dict[str, str] = field(default_factory=dict)
    _pictures: dict[str, str] = field(default_factory=dict)

    def formula(self, latex: str) -> str:
        """The character that stands for a formula; nothing for an empty one."""
        bare = latex.strip().replace("$", r"\$") if "$" in latex and r"\$" not in latex else latex.strip()
        return self._token(f"${bare}$") if bare else ""

    def table(self, html: str) -> str:
        return self._token(html)

    def picture(self, target: str, alt: str) -> str:
        token = self._token(f"![{alt}]({target})")
        self._pictures[token] = target
        return token

    def _token(self, text: str) -> str:
        if text not in self._known:
            if FIRST + len(self._texts) > LAST:
                raise Invalid("Tài liệu có quá {limit} công thức, hình và bảng.", limit=LAST - FIRST)
            self._known[text] = chr(FIRST + len(self._texts))
            self._texts.append(text)
        return self._known[text]

    def text_of(self, token: str) -> str:
        return self._texts[ord(token) - FIRST]

    def is_picture(self, token: str) -> bool:
        return token in self._pictures

    def target_of(self, token: str) -> str:
        return self._pictures[token]

    def expand(self, text: str) -> str:
        """The text with all of its objects, those in tables too."""
        while _TOKEN.search(text):
            text = _TOKEN.sub(lambda found: self.text_of(found[0]), text)
        return text

    def expand_pictures(self, text: str) -> str:
        return _TOKEN.sub(lambda found: self.text_of(found[0]) if found[0] in self._pictures else found[0], text)

    def plain(self, text: str) -> str:
        """The text of a key: a formula that is only a number, a fraction or a letter stands as that."""
        return _MINUS.sub("-", _TOKEN.sub(lambda found: self._plain(found[0]), text))

    def _plain(self, token: str) -> str:
        bare = self.text_of(token).strip("$").replace(r"\ ", "").strip()
        if _NUMBER.fullmatch(bare) or re.fullmatch(r"[A-H](?:\s*[,;]\s*[A-H])*", bare):
            return bare
        fraction = _FRACTION.fullmatch(bare)
        return f"{fraction['sign']}{fraction['above']}/{fraction['below']}" if fraction else token


def is_object(char: str) -> bool:
    return char >= "\U000f0000"


def without_objects(text: str) -> str:
    """Foreign text in which no character can be taken for an object."""
    return _TOKEN.sub("\ufffd", text)


def clean_alt(text: str) -> str:
    """A picture's description, unless it's the path of a file or only a name such as ``Picture 3``."""
    bare = " ".join(re.sub(r"[\[\]\n]", " ", text).split())[:200]
    is_name = re.fullmatch(r"(?:picture|image|hình(?: ảnh)?|ảnh|img|screenshot)[ _-]*\d*", bare, re.IGNORECASE)
    is_path = re.search(r"[\\/]|\.(?:png|jpe?g|gif|bmp|emf|wmf|tiff?|webp)\b|^https?:", bare, re.IGNORECASE)
    is_guess = re.match(r"(?:a|an) .{0,200}(?:description|generated)|Ảnh có chứa|Description automatically", bare)
    return "" if is_name or is_path or is_guess else without_objects(bare)
