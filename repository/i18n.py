"""Languages of the interface: Vietnamese is what the code says, English stands in the PO files of both packages."""

import io
from functools import lru_cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from repository.settings import PROJECT_ROOT

LOCALES = ("vi", "en")
DEFAULT_LOCALE = "vi"
CATALOGUE_FOLDERS = (PROJECT_ROOT / "repository" / "translations", PROJECT_ROOT / "quizbank" / "translations")


def catalogue_files(locale: str) -> list[Path]:
    return [path for folder in CATALOGUE_FOLDERS for path in sorted((folder / locale).glob("*.po"))]


@lru_cache
def translations_of(locale: str) -> Translations:
    """All PO files of a language as one catalogue; the same msgid in two files must not differ.

    Raises:
        ValueError: two files translate one msgid differently, or a file can't be read.
    """
    merged = Catalog(locale=locale)
    for path in catalogue_files(locale):
        with path.open("rb") as file:
            part = read_po(file, locale=locale, abort_invalid=True)
        for message in part:
            if not message.id or not message.string:
                continue
            known = merged.get(message.id)
            if known and known.string != message.string:
                raise ValueError(
                    f"{path.name} translates {message.id!r} as {message.string!r}, another file as {known.string!r}"
                )
            merged[message.id] = message
    compiled = io.BytesIO()
    write_mo(compiled, merged)
    compiled.seek(0)
    return Translations(fp=compiled)
