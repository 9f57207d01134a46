r"""Sources in our markup as HTML for other systems: formulas as ``\(..\)`` and ``\[..\]``, as MathJax reads them.

A source that the way out and back would spell differently (``\textbf{x}`` for ``<b>x</b>``, a formula without dollars)
comes along in an attribute of an element around it. ``source_of_html`` takes it from there as long as the HTML
inside still says the same, so that what somebody changed on the other side is what counts.
"""

import hashlib
import re
from collections.abc import Callable
from html import escape

from repository.markup import render
from repository.markup.sanitising import BLOCK_TAGS

SOURCE_ATTRIBUTE = "data-hoclieu-source"

PICTURE = re.compile(r"!\[(?P<alt>[^\]\n]{0,500})\]\((?P<target>[^()\s]{1,500})\)")
_MATHS = re.compile(
    r"<math(?P<attributes>[^<>]*)>(?:(?!</?math).)*?"
    r"<annotation encoding=\"application/x-tex\">(?P<tex>[^<]*)</annotation>"
    r"</semantics></math>",
    re.DOTALL,
)
_UNREAD_TEX = re.compile(r'<code class="tex">([^<]*)</code>')
_IMAGE = re.compile(r'<img src="/media/(?P<sha256>[0-9a-f]{64})"(?P<rest>[^<>]*?)(?: loading="lazy")?>')
_BLOCK = re.compile(rf"<(?:{'|'.join(BLOCK_TAGS)})\b")
_MEDIA = "media:"

Address = Callable[[str], str]
"""The address a picture gets in the other system, by its target in our source."""


def html_of_source(source: str, address: Address) -> str:
    """HTML without classes, styles and MathML.

    Raises:
        TooLarge: as ``render``.
    """
    targets: dict[str, str] = {}

    def numbered(match: re.Match[str]) -> str:
        target = match["target"]
        sha256 = target.removeprefix(_MEDIA) if target.startswith(_MEDIA) else ""
        if not re.fullmatch("[0-9a-f]{64}", sha256):
            sha256 = hashlib.sha256(target.encode()).hexdigest()
        targets[sha256] = target
        return f"![{match['alt']}](media:{sha256})"

    def addressed(match: re.Match[str]) -> str:
        target = targets.get(match["sha256"], _MEDIA + match["sha256"])
        return f'<img src="{escape(address(target))}"{match["rest"]}>'

    html = _MATHS.sub(_formula, render(PICTURE.sub(numbered, source)).html)
    return _IMAGE.sub(addressed, _UNREAD_TEX.sub(r"\1", html))


def _formula(match: re.Match[str]) -> str:
    is_display = 'display="block"' in match["attributes"]
    return rf"\[{match['tex']}\]" if is_display else rf"\({match['tex']}\)"


def with_source(html: str, source: str) -> str:
    """The HTML in an element that carries its source."""
    name = "div" if _BLOCK.search(html) else "span"
    written = escape(source).replace("\n", "&#10;").replace("\t", "&#9;")
    return f'<{name} {SOURCE_ATTRIBUTE}="{written}">{html}</{name}>'
