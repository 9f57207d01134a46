"""HTML from strangers: two independent sanitisers, and caps before either of them parses.

bleach comes first; it keeps ``href="javascript:123"`` and is quadratic in nesting, so caps stand before it and nh3
after it. Neither trusts the other.
"""

import re
from collections import Counter

import nh3
from bleach.sanitizer import Cleaner

from repository.errors import TooLarge
from repository.markup.characters import nfc

MAX_CHARACTERS = 100_000
MAX_TAGS = 5_000
MAX_DEPTH = 64

INLINE_TAGS = frozenset({"b", "strong", "i", "em", "u", "s", "sub", "sup", "code", "a"})
_BLOCK_NAMES = "p ul ol li table thead tbody tr td th caption blockquote pre"
BLOCK_TAGS = frozenset(_BLOCK_NAMES.split())
VOID_TAGS = frozenset({"br", "img"})
ALLOWED_TAGS = INLINE_TAGS | BLOCK_TAGS | VOID_TAGS

_LINK_REL = "noopener noreferrer nofollow"
_ALLOWED_VALUES: dict[tuple[str, str], re.Pattern[str]] = {
    ("a", "href"): re.compile(r"(?:https?://|mailto:)[^\s<>\"'`\\]+", re.IGNORECASE),
    ("img", "src"): re.compile(r"/media/[0-9a-f]{64}"),
    ("img", "alt"): re.compile(r"[^<>]*"),
    ("td", "colspan"): re.compile(r"[1-9][0-9]?"),
    ("td", "rowspan"): re.compile(r"[1-9][0-9]?"),
    ("th", "colspan"): re.compile(r"[1-9][0-9]?"),
    ("th", "rowspan"): re.compile(r"[1-9][0-9]?"),
    ("th", "scope"): re.compile(r"col|row"),
    ("ol", "start"): re.compile(r"[0-9]{1,4}"),
}
_NEVER_DEEP = "p li tr td th thead tbody dt dd option br img hr input meta link area col wbr"
_CLOSED_BY_NEIGHBOURS = frozenset(_NEVER_DEEP.split())
_ANY_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
_HIDDEN = re.compile(
    r"<(script|style|template|noscript|iframe|object|svg|math|title|head)\b.*?(?:</\1\s*>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_PICTURE_OF_NOTHING = re.compile(r"<img(?![^>]* src=)[^>]*>")


def check_html_size(html: str) -> None:
    """Refuse what would make a parser slow.

    Raises:
        TooLarge: more characters, tags or levels than the cap in ``facts["limit"]``.
    """
    if len(html) > MAX_CHARACTERS:
        raise TooLarge("Văn bản dài quá {limit} kí tự.", limit=MAX_CHARACTERS)
    count = html.count("<")
    if count > MAX_TAGS and sum(1 for _ in _ANY_TAG.finditer(html)) > MAX_TAGS:
        raise TooLarge("Văn bản có quá {limit} thẻ HTML.", limit=MAX_TAGS)
    if count > MAX_DEPTH and depth_of_html(html) > MAX_DEPTH:
        raise TooLarge("Các thẻ HTML lồng nhau quá {limit} tầng.", limit=MAX_DEPTH)


def depth_of_html(html: str) -> int:
    """An upper bound of nesting: elements opened and not closed by their own end tag."""
    opened: Counter[str] = Counter()
    depth = deepest = 0
    for closing, name in _ANY_TAG.findall(html):
        name = name.lower()
        if name in _CLOSED_BY_NEIGHBOURS:
            continue
        if not closing:
            opened[name] += 1
            depth += 1
            deepest = max(deepest, depth)
        elif opened[name]:
            opened[name] -= 1
            depth -= 1
    return deepest


def clean_html(html: str) -> str:
    """Sanitise rich text: the tags of ``ALLOWED_TAGS``, links to http, https and mailto, images from our media only.

    Text inside unknown tags stays, scripts and styles go with their content.

    Raises:
        TooLarge: see ``check_html_size``.
    """
    html = nfc(html)
    if not any(sign in html for sign in "<>&"):
        check_html_size(html)
        return html
    check_html_size(html)
    return sanitise(_HIDDEN.sub("", html))


def sanitise(html: str) -> str:
    """Both passes, without the caps: for HTML whose size was checked."""
    first = _bleach().clean(html)
    second = nh3.clean(
        first,
        tags=set(ALLOWED_TAGS),
        clean_content_tags={"script", "style"},
        attributes={tag: {name for owner, name in _ALLOWED_VALUES if owner == tag} for tag, _ in _ALLOWED_VALUES},
        attribute_filter=_allowed_value,
        url_schemes={"http", "https", "mailto"},
        link_rel=_LINK_REL,
        strip_comments=True,
    )
    return _PICTURE_OF_NOTHING.sub("", second)


def _bleach() -> Cleaner:
    return Cleaner(
        tags=ALLOWED_TAGS,
        attributes=lambda tag, name, value: _allowed_value(tag, name, value) is not None,
        protocols={"http", "https", "mailto"},
        strip=True,
        strip_comments=True,
    )


def _allowed_value(tag: str, name: str, value: str) -> str | None:
    if (tag, name) == ("a", "rel"):
        return _LINK_REL
    rule = _ALLOWED_VALUES.get((tag, name))
    return value if rule is not None and rule.fullmatch(value) else None
