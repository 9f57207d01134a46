"""Learning object metadata (LOM) as SCORM and Common Cartridge manifests carry it."""

import math
import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from repository.files.packages.xml import find_all, find_first, first_text, text_of

DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$")
CLOCK = re.compile(r"(\d{1,4}):(\d{2})(?::(\d{2}(?:\.\d+)?))?$")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")


@dataclass(frozen=True)
class Lom:
    title: str = ""
    description: str = ""
    language: str = ""
    keywords: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    rights: str = ""
    duration_minutes: int | None = None


def read_lom(root: Element) -> Lom:
    """The first ``lom`` element below ``root``; an empty record when there is none."""
    lom = find_first(root, "lom")
    if lom is None:
        return Lom()
    general = find_first(lom, "general")
    if general is None:
        general = lom
    learning_time = find_first(lom, "typicalLearningTime")
    return Lom(
        title=string_of(find_first(general, "title")),
        description=string_of(find_first(general, "description")),
        language=language_of(first_text(general, "language")),
        keywords=tuple(filter(None, (string_of(keyword) for keyword in find_all(general, "keyword")))),
        authors=authors_of(lom),
        rights=string_of(find_first(rights, "description"))
        if (rights := find_first(lom, "rights")) is not None
        else "",
        duration_minutes=minutes_of(text_of(learning_time)) if learning_time is not None else None,
    )


def string_of(element: Element | None) -> str:
    """The Vietnamese language string, else the first one, else the element's own text."""
    if element is None:
        return ""
    strings = [found for name in ("langstring", "string") for found in find_all(element, name)]
    for found in strings:
        if any(
            key.endswith(("lang", "language")) and value.lower().startswith("vi") for key, value in found.attrib.items()
        ):
            return text_of(found)
    return text_of(strings[0]) if strings else text_of(element)


def authors_of(lom: Element) -> tuple[str, ...]:
    names = []
    for contribution in find_all(lom, "contribute"):
        role = first_text(contribution, "role").lower()
        if "author" in role or "creator" in role or not role:
            cards = [*find_all(contribution, "vcard"), *find_all(contribution, "entity")]
            names += [name for card in cards if (name := name_on_card("".join(card.itertext())))]
    return tuple(dict.fromkeys(names))


def name_on_card(card: str) -> str:
    """``FN`` of a vCard; vCards in manifests are often on one line."""
    found = re.search(
        r"\bFN(?:;[^:]*)?:\s*(.+?)\s*(?:\r|\n|(?=\b(?:N|ORG|EMAIL|TEL|END|VERSION|TITLE|URL)[:;])|$)", card
    )
    return found[1].strip() if found else ""


def minutes_of(duration: str) -> int | None:
    """Minutes of an ISO 8601 duration or of ``hh:mm:ss`` anywhere in the text, rounded up."""
    for word in duration.split():
        if (found := DURATION.match(word)) and word not in ("P", "PT"):
            days, hours, minutes, seconds = (float(part or 0) for part in found.groups())
            return math.ceil(days * 1440 + hours * 60 + minutes + seconds / 60) or None
        if found := CLOCK.match(word):
            hours, minutes, seconds = (float(part or 0) for part in found.groups())
            return math.ceil(hours * 60 + minutes + seconds / 60) or None
    return None


def language_of(text: str) -> str:
    """A two- or three-letter code, or empty when the text is none (``und``, ``x-none``)."""
    word = text.strip().replace("_", "-")
    return "" if not LANGUAGE.match(word) or word.lower() in ("und", "zxx", "mul") else word.split("-")[0].lower()
