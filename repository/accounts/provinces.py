"""Provinces before and after the merger of July 2025.

Codes changed meaning then, so a province is known by its edition and code together: its ``key``.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

CURRENT_EDITION = "2025-07"
FORMER_EDITION = "pre-2025-07"

DATA_FILE = Path(__file__).with_name("provinces.json")


@dataclass(frozen=True)
class Province:
    """``successor`` is the code, in the current edition, of what a former province became part of."""

    edition: str
    code: str
    slug: str
    name: str
    full_name: str
    name_en: str
    successor: str | None = None

    @property
    def key(self) -> str:
        return f"{self.edition}:{self.code}"

    @property
    def is_current(self) -> bool:
        return self.edition == CURRENT_EDITION

    def name_in(self, locale: str | None) -> str:
        return self.name_en if (locale or "").startswith("en") else self.name


@lru_cache(maxsize=1)
def provinces() -> tuple[Province, ...]:
    """The 34 provinces of today, then the 63 of before."""
    return tuple(Province(**row) for row in json.loads(DATA_FILE.read_text(encoding="utf-8")))


@lru_cache(maxsize=1)
def _by_key() -> dict[str, Province]:
    return {province.key: province for province in provinces()}


def find_province(key: str | None) -> Province | None:
    """The province with this ``edition:code``."""
    return _by_key().get(key or "")


def current_province_of(province: Province) -> Province | None:
    """Where a former province lies today; a current one is its own answer."""
    if province.is_current:
        return province
    return find_province(f"{CURRENT_EDITION}:{province.successor}")
