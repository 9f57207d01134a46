"""The tags of foreign HTML: which we keep, which become one of ours, which go, and how they are found in a text."""

import re
from html import unescape

KEPT_INLINE = frozenset({"b", "strong", "i", "em", "u", "s", "sub", "sup", "code"})
KEPT_BLOCKS = frozenset({"ul", "ol", "li", "table", "thead", "tr", "td", "th", "caption", "blockquote", "pre"})
MEANT: dict[str, str] = {
    "strike": "s",
    "del": "s",
    "ins": "u",
    "tt": "code",
    "kbd": "code",
    "samp": "code",
    "var": "i",
    "cite": "i",
    "dfn": "i",
    "tfoot": "tbody",
    **{f"h{level}": "b" for level in range(1, 7)},
}
"""What another tag is written as."""

_PARAGRAPHS = """
    p div h1 h2 h3 h4 h5 h6 section article header footer main aside nav figure figcaption address center fieldset
    legend form hr dl dt dd details summary menu dir
"""
PARAGRAPHS = frozenset(_PARAGRAPHS.split())
_OTHERS = """
    html head body meta link base basefont title span font big small mark abbr acronym q bdo bdi ruby rb rt rp wbr nobr
    label time data output a img br col colgroup tbody tfoot area map embed input source track param button select
    option optgroup textarea datalist audio video iframe object applet noscript canvas svg picture slot progress meter
    marquee blink noframes frame frameset portal template script style
"""
KNOWN = KEPT_INLINE | KEPT_BLOCKS | PARAGRAPHS | frozenset(MEANT) | frozenset(_OTHERS.split())
"""Names that are HTML; ``<iostream>`` is not, and stays text."""

SOUNDLESS = frozenset({"script", "style", "template", "title", "head"})
_WITH_CONTENT = """
    script style template title head noscript iframe object applet svg canvas audio video select textarea button
    datalist frameset noframes
"""
GONE = re.compile(
    rf"<(?P<name>{'|'.join(_WITH_CONTENT.split())})\b(?P<attributes>[^<>]*)(?:/>|>.*?(?:</(?P=name)\s*>|\Z))",
    re.IGNORECASE | re.DOTALL,
)
"""Elements that go with what is in them."""
MEDIA = frozenset({"iframe", "object", "applet", "svg", "audio", "video", "embed", "frame"})
"""Without these a question may no longer be answerable."""
LONE_GONE = frozenset({"embed", "input", "frame"})

TAG = re.compile(
    r"""
    (?P<comment><!--.*?(?:-->|\Z))
  | <!\[CDATA\[(?P<cdata>.*?)(?:\]\]>|\Z)
  | (?P<declaration><[!?][^<>]{0,2000}>)
  | <(?P<closing>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]{0,30}(?::[a-zA-Z0-9]{1,30})?)
    (?P<attributes>(?:\s+|/)(?:[^<>"']|"[^"]{0,20000}"|'[^']{0,20000}'){0,4000})?\s*/?>
    """,
    re.VERBOSE | re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"""(?P<name>[a-zA-Z_:][-a-zA-Z0-9_:.]*)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'<>=`]+))"""
)

_STYLES = (
    (re.compile(r"font-weight:\s*(?:bold|bolder|[6-9]00)"), "b"),
    (re.compile(r"font-style:\s*(?:italic|oblique)"), "i"),
    (re.compile(r"text-decoration(?:-line)?:[^;]*underline"), "u"),
    (re.compile(r"text-decoration(?:-line)?:[^;]*line-through"), "s"),
    (re.compile(r"vertical-align:\s*super"), "sup"),
    (re.compile(r"vertical-align:\s*sub"), "sub"),
)
_KEPT_VALUES = {
    ("td", "colspan"): re.compile(r"[1-9][0-9]?"),
    ("td", "rowspan"): re.compile(r"[1-9][0-9]?"),
    ("th", "colspan"): re.compile(r"[1-9][0-9]?"),
    ("th", "rowspan"): re.compile(r"[1-9][0-9]?"),
    ("th", "scope"): re.compile(r"col|row"),
    ("ol", "start"): re.compile(r"[0-9]{1,4}"),
}
_LINK = re.compile(r"(?:https?://|mailto:)[^\s<>\"'`\\]+", re.IGNORECASE)


def attributes_of(written: str) -> dict[str, str]:
    """The attributes of a tag by lower-case name, entities read."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(written or ""):
        value = next(value for value in (match["double"], match["single"], match["bare"]) if value is not None)
        found.setdefault(match["name"].lower(), unescape(value))
    return found


def opening_tag(name: str, attributes: dict[str, str]) -> str:
    """A kept tag with the attributes that mean something to us."""
    kept = "".join(
        f' {key}="{attributes[key]}"'
        for (owner, key), rule in _KEPT_VALUES.items()
        if owner == name and rule.fullmatch(attributes.get(key, ""))
    )
    return f"<{name}{kept}>"


def link_of(attributes: dict[str, str]) -> str:
    """The address of a link that may be kept, or nothing."""
    href = attributes.get("href", "").strip()
    return href if _LINK.fullmatch(href) and len(href) <= 2_000 else ""


def styles_of(attributes: dict[str, str]) -> tuple[str, ...]:
    """The tags that an inline style stands for: bold, italic, underlined, struck out, raised, lowered."""
    style = attributes.get("style", "").lower()
    return tuple(tag for rule, tag in _STYLES if rule.search(style)) if style else ()
