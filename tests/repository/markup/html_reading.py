"""Read HTML as a browser would see it, to ask what could run in it."""

import re
from html.parser import HTMLParser

from repository.markup.maths import _MATHML_TAGS
from repository.markup.sanitising import ALLOWED_TAGS, BLOCK_TAGS

KNOWN_TAGS = ALLOWED_TAGS | _MATHML_TAGS
_SAFE_URL = re.compile(r"https?://|mailto:|/media/[0-9a-f]{64}\Z", re.IGNORECASE)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.dangers: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCK_TAGS | {"br"}:
            self.text.append("\n")
        if tag not in KNOWN_TAGS:
            self.dangers.append(f"tag {tag}")
        for name, value in attrs:
            if (
                name.startswith("on")
                or name in {"style", "srcdoc", "formaction", "id", "name", "srcset"}
                or ":" in name
            ):
                self.dangers.append(f"attribute {name}")
            if name in {"href", "src", "action", "data"} and not _SAFE_URL.match((value or "").strip()):
                self.dangers.append(f"{name}={value}")

    def handle_comment(self, data: str) -> None:
        self.dangers.append("comment")

    def handle_decl(self, decl: str) -> None:
        self.dangers.append("declaration")

    def handle_pi(self, data: str) -> None:
        self.dangers.append("instruction")

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def dangers_in(html: str) -> list[str]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.dangers


def visible_text(html: str) -> str:
    reader = _Reader()
    reader.feed(re.sub(r"<annotation.*?</annotation>", "", html))
    reader.close()
    return "".join(reader.text)
