"""The colours of ``tokens.css`` reach WCAG AA in both themes: 4.5 for text, 3 for borders of controls."""

import re
from itertools import product

import pytest

from repository.settings import PROJECT_ROOT

TOKENS = (PROJECT_ROOT / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
SURFACES = ("ground", "surface", "surface-sunk")
TEXT_PAIRS = [
    *product(("ink", "ink-soft", "accent", "accent-strong", "right", "wrong", "doubt"), SURFACES),
    *(("ink", f"{tone}-wash") for tone in ("accent", "right", "wrong", "doubt")),
    *((tone, f"{tone}-wash") for tone in ("accent", "right", "wrong", "doubt")),
    ("ink-soft", "accent-wash"),
    ("accent-ink", "accent"),
    ("accent-ink", "accent-strong"),
    ("mark-ink", "mark"),
]
BORDER_PAIRS = [*product(("line-strong", "accent"), SURFACES)]


def colours_of(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", css))


LIGHT = colours_of(TOKENS.split("@media")[0])
DARK = LIGHT | colours_of(TOKENS.split("@media")[1])


def luminance_of(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast_of(one: str, other: str) -> float:
    dark, light = sorted((luminance_of(one), luminance_of(other)))
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_is_the_known_21() -> None:
    assert contrast_of("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize(("theme", "colours"), [("light", LIGHT), ("dark", DARK)])
@pytest.mark.parametrize(("ink", "paper"), TEXT_PAIRS)
def test_text_can_be_read(theme: str, colours: dict[str, str], ink: str, paper: str) -> None:
    assert contrast_of(colours[ink], colours[paper]) >= 4.5, f"{ink} on {paper} in the {theme} theme"


@pytest.mark.parametrize(("theme", "colours"), [("light", LIGHT), ("dark", DARK)])
@pytest.mark.parametrize(("ink", "paper"), BORDER_PAIRS)
def test_borders_of_controls_can_be_seen(theme: str, colours: dict[str, str], ink: str, paper: str) -> None:
    assert contrast_of(colours[ink], colours[paper]) >= 3, f"{ink} on {paper} in the {theme} theme"
