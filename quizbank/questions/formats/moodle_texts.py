"""Texts of Moodle's files, in HTML, Markdown, plain text or Moodle's own mixture, as sources in our markup."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from urllib.parse import unquote

from quizbank.questions.formats.html_pictures import PictureBox
from quizbank.questions.formats.html_source import source_of_html
from quizbank.questions.formats.markdown_html import html_of_markdown
from quizbank.questions.formats.moodle_place import PASSAGE_CLASS
from quizbank.questions.problems import Problem

PLUGIN_FILE = "@@PLUGINFILE@@/"
_PLAIN = re.compile(r"[\w .,:;?()'%“”’–…/+*=-]*\Z")
_PASSAGE = re.compile(rf'\A\s*<div class="{PASSAGE_CLASS}">(?P<passage>.*?)</div>\s*<hr\s*/?>', re.DOTALL)


@dataclass
class Texts:
    """The texts of one question, with the pictures and the doubts that come out of them."""

    find: Callable[[str], bytes | None] = lambda _name: None
    problems: list[Problem] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)

    def source(self, text: str, format: str) -> str:
        """The source of a text in one of Moodle's formats: ``html``, ``markdown``, ``plain`` or ``moodle``."""
        if not text or _PLAIN.match(text):
            return text.strip() if "  " not in text else " ".join(text.split())
        box = PictureBox(self._packed, self.pictures)

        def picture(address: str) -> str | None:
            beside = unquote(address.removeprefix(PLUGIN_FILE)) if address.startswith(PLUGIN_FILE) else None
            return box.target_of(address) or beside

        source, problems = source_of_html(_html_of(text, format), picture)
        self.problems += [found for found in problems if found not in self.problems]
        return source

    def stem(self, text: str, format: str) -> tuple[str, str]:
        """The passage that our own export put before a stem, or nothing, and the stem."""
        found = _PASSAGE.match(text) if PASSAGE_CLASS in text else None
        if found is None:
            return "", self.source(text, format)
        return self.source(found["passage"], format), self.source(text[found.end() :], format)

    def _packed(self, address: str) -> bytes | None:
        return self.find(unquote(address.removeprefix(PLUGIN_FILE))) if address.startswith(PLUGIN_FILE) else None


def _html_of(text: str, format: str) -> str:
    if format == "markdown":
        return html_of_markdown(text)
    if format in {"plain", "plain_text"}:
        return escape(text, quote=False).replace("\n", "<br>")
    return text.replace("\n", "<br>") if format in {"moodle", "moodle_auto_format"} else text
