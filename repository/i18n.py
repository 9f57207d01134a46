"""Languages of the interface: Vietnamese is what the code says, English stands in the PO files of both packages."""

import io
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from repository.settings import PROJECT_ROOT

LOCALES = ("vi", "en")
DEFAULT_LOCALE = "vi"
CATALOGUE_FOLDERS = (PROJECT_ROOT / "repository" / "translations", PROJECT_ROOT / "quizbank" / "translations")


WORDS = frozenset({"what", "meant", "kind", "reason"})
"""Facts of a sentence that may be words of ours, msgids themselves."""


class Said(Protocol):
    """A sentence with places: an error, a doubt, a piece of advice. ``message`` is a msgid."""

    @property
    def message(self) -> str: ...

    @property
    def facts(self) -> Mapping[str, Any]: ...


def sentence_of(said: Said, translate: Callable[[str], str]) -> str:
    """The sentence, and those of its facts that are words of ours, translated."""
    facts = {
        name: translate(fact) if name in WORDS and isinstance(fact, str) and fact else fact
        for name, fact in said.facts.items()
    }
    return translate(said.message).format(**facts)


def catalogue_files(locale: str) -> list[Path]:
    return [path for folder in CATALOGUE_FOLDERS for path in sorted((folder / locale).glob("*.po"))]


@lru_cache
def translations_of(locale: str) -> Translations:
    """All PO files of a language as one catalogue; where two files translate one msgid, the first wins.

    Raises:
        PoFileError: a file can't be read.
    """
    merged = Catalog(locale=locale)
    for _path, message in messages_of(locale):
        if message.id not in merged:
            merged[message.id] = message
    compiled = io.BytesIO()
    write_mo(compiled, merged)
    compiled.seek(0)
    return Translations(fp=compiled)


def messages_of(locale: str) -> Iterator[tuple[Path, Message]]:
    """Every translated message with the file that it stands in."""
    for path in catalogue_files(locale):
        with path.open("rb") as file:
            part = read_po(file, locale=locale, abort_invalid=True)
        yield from ((path, message) for message in part if message.id and message.string)
