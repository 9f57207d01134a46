"""Sounds for music lessons, computed: notes with two overtones and a soft start and end, as WAV."""

import array
import io
import math
import sys
import wave
from collections.abc import Callable, Sequence

RATE = 11_025
LOUDEST = 12_000
FADE_SECONDS = 0.02
NAMES = {"C": 60, "D": 62, "E": 64, "F": 65, "G": 67, "A": 69, "B": 71}

Samples = list[float]


def frequency_of(note: str) -> float:
    """Hertz of a note such as ``A4`` (440) in equal temperament."""
    return 440.0 * 2 ** ((NAMES[note[0]] + 12 * (int(note[1]) - 4) - 69) / 12)


def tone(hertz: float, seconds: float, loudness: float = 1.0, fading: bool = False) -> Samples:
    """A tone whose loudness may fall to nothing in its course."""
    count = int(RATE * seconds)
    made = []
    for step in range(count):
        angle = 2 * math.pi * hertz * step / RATE
        edge = min(1.0, step / (RATE * FADE_SECONDS), (count - step) / (RATE * FADE_SECONDS))
        fall = 1 - step / count if fading else 1.0
        made.append(
            loudness * edge * fall * (0.7 * math.sin(angle) + 0.2 * math.sin(2 * angle) + 0.1 * math.sin(3 * angle))
        )
    return made


def together(*voices: Samples) -> Samples:
    return [sum(values) / len(voices) for values in zip(*voices, strict=True)]


def melody(notes: Sequence[str], seconds: float = 0.45) -> Samples:
    return [value for note in notes for value in tone(frequency_of(note), seconds)]


def scale(*notes: str) -> Samples:
    """Up and down again."""
    return melody([*notes, *reversed(notes[:-1])])


def beats(count: int, bars: int) -> Samples:
    """Clicks: the first of each bar higher and louder."""
    strong = tone(1320, 0.08) + [0.0] * int(RATE * 0.42)
    weak = tone(880, 0.08, 0.5) + [0.0] * int(RATE * 0.42)
    return [value for beat in range(count * bars) for value in (strong if beat % count == 0 else weak)]


def chord(*notes: str) -> Samples:
    """Note by note, then all at once."""
    return melody(notes, 0.3) + together(*(tone(frequency_of(note), 0.9) for note in notes))


TUNES: dict[str, Callable[[], Samples]] = {
    "pitch": lambda: [*tone(220, 1.2), *tone(440, 1.2), *tone(880, 1.2), *tone(440, 3.0, fading=True)],
    "c-major": lambda: scale("C4", "D4", "E4", "F4", "G4", "A4", "B4", "C5"),
    "a-minor": lambda: scale("A3", "B3", "C4", "D4", "E4", "F4", "G4", "A4"),
    "metre": lambda: beats(2, 4) + beats(3, 4),
    "chords": lambda: [
        *chord("C4", "E4", "G4"),
        *chord("A3", "C4", "E4"),
        *chord("F3", "A3", "C4"),
        *chord("G3", "B3", "D4"),
    ],
    "pentatonic": lambda: [
        *scale("C4", "D4", "F4", "G4", "A4", "C5"),
        *melody(["G4", "A4", "G4", "F4", "D4", "F4", "G4", "C4"]),
    ],
}


def recording(name: str) -> bytes:
    """A tune as a WAV file, 16 bits, one channel."""
    samples = array.array("h", (int(LOUDEST * value) for value in TUNES[name]()))
    if sys.byteorder == "big":
        samples.byteswap()
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    return out.getvalue()
