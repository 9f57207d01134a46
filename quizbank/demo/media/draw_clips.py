"""Draw the short films of the demo: ``python -m quizbank.demo.media.draw_clips``.

Each frame is a page that Typst draws; ffmpeg (VP9) joins them. The films are kept beside this script,
so that the product needs no ffmpeg. Coordinates are centimetres on a page of 16 by 9, from the top left.
"""

import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import pairwise
from math import cos, pi, sin
from pathlib import Path

from quizbank.demo.lectures.drawings import PAGE, shapes
from quizbank.demo.lectures.typesetting import typeset

FOLDER = Path(__file__).parent
FRAMES_PER_SECOND = 15
PPI = 90

Frames = Iterator[str]


def curve(points: list[tuple[float, float]], paint: str = "green", width: str = "2pt") -> str:
    """A line through points."""
    steps = pairwise(points)
    return "".join(
        f"#segment({x1:.3f}, {y1:.3f}, {x2:.3f}, {y2:.3f}, stroke: {width} + {paint})\n" for (x1, y1), (x2, y2) in steps
    )


def ball(x: float, y: float, radius: float = 0.2, paint: str = "orange") -> str:
    return f"#disc({x:.3f}, {y:.3f}, {radius}, fill: {paint}, stroke: none)\n"


def words(x: float, y: float, text: str, width: float = 8) -> str:
    return f"#say({x}, {y}, [{text}], width: {width})\n"


def ring(x: float, y: float, radius: float) -> str:
    return f"#disc({x}, {y}, {radius}, fill: none, stroke: 1pt + grey)\n"


def axes(x: float, y: float, right: float, top: float, bottom: float) -> str:
    return curve([(x, y), (right, y)], "grey", "1pt") + curve([(x, top), (x, bottom)], "grey", "1pt")


def sine(count: int = 120) -> Frames:
    """A point runs round the unit circle; its height draws the sine."""
    for frame in range(count):
        angle = 2 * pi * frame / (count - 1)
        x, y = 3 + 2.3 * cos(angle), 4.5 - 2.3 * sin(angle)
        path = [(6.5 + 1.4 * a, 4.5 - 2.3 * sin(a)) for a in (angle * step / 60 for step in range(61))]
        end = path[-1]
        yield (
            ring(3, 4.5, 2.3)
            + axes(6.5, 4.5, 15.6, 1.6, 7.4)
            + curve([(3, 4.5), (x, y)], "black", "1pt")
            + curve([(x, y), end], "grey", "0.7pt")
            + curve(path)
            + ball(x, y)
            + ball(*end)
            + words(11, 8.3, f"$y = sin x$, góc quay {angle * 180 / pi:.0f}°")
        )


def oscillation(count: int = 120) -> Frames:
    """Uniform circular motion, its projection and the graph of the displacement."""
    for frame in range(count):
        angle = 4 * pi * frame / (count - 1)
        x, y = 3 + 2 * cos(angle), 3.4 + 2 * sin(angle)
        path = [(7 + 8 * a / (4 * pi), 3.4 - 2 * cos(a)) for a in (angle * step / 90 for step in range(91))]
        yield (
            ring(3, 3.4, 2)
            + curve([(0.7, 7), (5.3, 7)], "grey", "1pt")
            + curve([(x, y), (x, 7)], "grey", "0.7pt")
            + axes(7, 3.4, 15.5, 1, 5.8)
            + curve(path)
            + ball(x, y)
            + ball(x, 7, 0.28, "green")
            + ball(*path[-1])
            + words(3, 8, "hình chiếu dao động điều hoà", 6)
            + words(11, 6.6, "$x = A cos(omega t)$")
        )


def wave(count: int = 120) -> Frames:
    """A travelling wave; one element of the string only goes up and down."""
    for frame in range(count):
        phase = 4 * pi * frame / count
        path = [(0.8 + 0.12 * step, 4.3 - 1.5 * sin(0.12 * step * 1.26 - phase)) for step in range(121)]
        marked = path[40]
        yield (
            curve([(0.8, 4.3), (15.2, 4.3)], "grey", "0.7pt")
            + curve(path)
            + ball(*marked)
            + curve([(marked[0], 2.6), (marked[0], 6)], "orange", "0.7pt")
            + "#arrow(11, 1.4, 14.5, 1.4, paint: green)\n"
            + words(12.7, 0.9, "chiều truyền sóng", 5)
            + words(8, 7.6, "Phần tử được tô màu chỉ dao động tại chỗ", 12)
        )


def tangent(count: int = 100) -> Frames:
    """The secant of a parabola turns into the tangent as h goes to zero."""

    def at(x: float) -> tuple[float, float]:
        return 4 + 3 * x, 7.5 - 1.4 * x * x

    parabola = [at(-1.2 + 0.04 * step) for step in range(84)]
    for frame in range(count):
        h = 1.05 * (1 - frame / (count - 1)) ** 1.5
        slope = 2 + h
        left, right = -0.2, 2.3
        ends = [(4 + 3 * x, 7.5 - 1.4 * (1 + slope * (x - 1))) for x in (left, right)]
        shown = f"{slope:.2f}".replace(".", ",")
        yield (
            axes(4, 7.5, 14, 0.6, 8.2)
            + curve(parabola)
            + curve(ends, "blue")
            + ball(*at(1))
            + ball(*at(1 + h))
            + words(12, 5.6, f"hệ số góc $= {shown}$", 6)
            + words(12, 6.4, "$y = x^2$ tại $x = 1$", 6)
        )


def seasons(count: int = 120) -> Frames:
    """The Earth runs round the Sun with a tilted axis that keeps its direction."""
    names = {0: "hạ chí 22/6", 1: "thu phân 23/9", 2: "đông chí 22/12", 3: "xuân phân 21/3"}
    orbit = [(8 + 6 * cos(2 * pi * step / 90), 4.2 - 2.7 * sin(2 * pi * step / 90)) for step in range(91)]
    spots = "".join(
        words(8 + 6 * cos(pi * k / 2) * 0.72, 4.2 - 2.7 * sin(pi * k / 2) * 0.6, f"#text(size: 10pt)[{name}]", 4)
        for k, name in names.items()
    )
    for frame in range(count):
        angle = 2 * pi * frame / count
        x, y = 8 + 6 * cos(angle), 4.2 - 2.7 * sin(angle)
        lean = 0.75
        yield (
            curve(orbit, "grey", "0.7pt")
            + spots
            + ball(8, 4.2, 0.6, 'rgb("#f5b301")')
            + ball(x, y, 0.4, "blue")
            + curve(
                [(x + lean * sin(0.41), y + lean * cos(0.41)), (x - lean * sin(0.41), y - lean * cos(0.41))], "orange"
            )
            + words(8, 8.4, "Trục Trái Đất nghiêng và không đổi hướng (không theo tỉ lệ)", 14)
        )


def bubble_sort(hold: int = 4) -> Frames:
    """Eight columns sorted by swapping neighbours; the pair that is compared is marked."""
    values = [5, 2, 8, 1, 7, 3, 6, 4]
    looks = 0
    for end in range(len(values) - 1, 0, -1):
        for place in range(end):
            looks += 1
            if values[place] > values[place + 1]:
                values[place], values[place + 1] = values[place + 1], values[place]
            page = columns(values, (place, place + 1), end) + words(8, 8.4, f"lần so sánh thứ {looks}")
            yield from [page] * hold
    yield from [columns(values, (), 0) + words(8, 8.4, "đã sắp xếp xong")] * 15


def columns(values: list[int], marked: tuple[int, ...], sorted_from: int) -> str:
    made = ""
    for place, value in enumerate(values):
        paint = "orange" if place in marked else "green" if place > sorted_from or not marked else "blue"
        made += f"#block-at({1.6 + 1.6 * place}, {7.8 - 0.8 * value}, 1.2, {0.8 * value}, "
        made += f"fill: {paint}, stroke: none)[#text(fill: white)[{value}]]\n"
    return made


PHASES = (
    "Kì đầu: nhiễm sắc thể co xoắn",
    "Kì giữa: xếp một hàng ở mặt phẳng xích đạo",
    "Kì sau: chromatid tách nhau về hai cực",
    "Kì cuối: hai tế bào con",
)
CHROMOSOMES = ((6.9, 3.2, "green"), (9.2, 3.4, "green"), (7.2, 5.4, "orange"), (8.9, 5.2, "orange"))


def mitosis(count: int = 120) -> Frames:
    """A cell with 2n = 4 divides: prophase, metaphase, anaphase, telophase."""
    for frame in range(count):
        phase, within = divmod(frame, count // 4)
        share = within / (count // 4 - 1)
        page = words(8, 8.4, PHASES[phase], 14) + cells(phase, share)
        for number, (x, y, paint) in enumerate(CHROMOSOMES):
            gone = (0, min(1, 2 * share), 1, 1)[phase]
            x, y = x + (8 - x) * gone, y + (2.2 + 1.35 * number - y) * gone
            apart = (0.1, 0.1, 0.1 + 2.5 * share, 2.6 + 0.4 * share)[phase]
            for at in (x - apart, x + apart):
                page += curve([(at, y - 0.45), (at, y + 0.45)], paint, "5pt")
        yield page


def cells(phase: int, share: float) -> str:
    """One cell, or in the last phase two that draw apart."""
    inside = 'fill: rgb("#f2f7fb")'
    if phase < 3:
        return f"#oval(8, 4.2, 4.6, 3.3, {inside})\n"
    gap, width = 2.4 * share, 4 - 1.4 * share
    return "".join(f"#oval({middle}, 4.2, {width}, 3.1, {inside})\n" for middle in (8 - gap, 8 + gap))


def molecules(count: int = 150) -> Frames:
    """Gas molecules in a box; one of them leaves its path behind."""
    rng = random.Random(11)
    states = [
        [rng.uniform(2, 14), rng.uniform(1.4, 6.8), rng.uniform(-0.16, 0.16), rng.uniform(-0.16, 0.16)]
        for _ in range(30)
    ]
    trail: list[tuple[float, float]] = []
    for _ in range(count):
        for number, state in enumerate(states):
            state[0] += state[2]
            state[1] += state[3]
            if not 1.5 < state[0] < 14.5:
                state[2] = -state[2]
            if not 1 < state[1] < 7.2:
                state[3] = -state[3]
            for other in states[:number]:
                if (state[0] - other[0]) ** 2 + (state[1] - other[1]) ** 2 < 0.09:
                    state[2:], other[2:] = other[2:], state[2:]
        trail.append((states[0][0], states[0][1]))
        dots = "".join(ball(x, y, 0.15, "blue") for x, y, _, _ in states[1:])
        box = "#block-at(1.3, 0.8, 13.4, 6.6, fill: none, stroke: 1.5pt)[]\n"
        yield (
            box
            + curve(trail[-60:], "orange", "1pt")
            + dots
            + ball(*trail[-1])
            + words(8, 8.2, "Chuyển động nhiệt hỗn loạn của phân tử khí", 12)
        )


def water_cycle(count: int = 120) -> Frames:
    """Vapour rises from the sea, clouds drift to the land, rain falls and runs back."""
    ground = (
        '#shape(fill: rgb("#9cc9ea"), stroke: none, (0, 7), (9, 7), (9, 9), (0, 9))\n'
        '#shape(fill: rgb("#8fbf7f"), stroke: none, (9, 7), (13, 3.5), (16, 6), (16, 9), (9, 9))\n'
    )
    sun = ball(1.6, 1.4, 0.8, 'rgb("#f5b301")')
    for frame in range(count):
        share = frame / count
        drift = 5 + 7 * share
        cloud = "".join(
            ball(drift + dx, 1.8 + dy, 0.6, 'rgb("#c9d3dc")')
            for dx, dy in ((-0.8, 0.1), (0, -0.2), (0.8, 0.1), (0, 0.2))
        )
        rising = "".join(ball(2.5 + 0.9 * n, 6.8 - 4 * ((share * 2 + n * 0.23) % 1), 0.09, "blue") for n in range(6))
        rain = ""
        if share > 0.55:
            rain = "".join(
                ball(drift - 1 + 0.5 * n, 2.8 + 2.4 * ((share * 6 + n * 0.37) % 1), 0.09, "blue") for n in range(5)
            )
        river = curve([(12.2, 4.6), (11.4, 5.6), (10.4, 6.4), (9, 7)], "blue", "3pt")
        text = "bay hơi" if share < 0.3 else "ngưng tụ thành mây" if share < 0.6 else "mưa rơi, nước chảy về biển"
        yield ground + sun + river + rising + cloud + rain + words(5, 8.2, text)


CLIPS: dict[str, Callable[[], Frames]] = {
    "sine": sine,
    "oscillation": oscillation,
    "wave": wave,
    "tangent": tangent,
    "seasons": seasons,
    "bubble-sort": bubble_sort,
    "mitosis": mitosis,
    "molecules": molecules,
    "water-cycle": water_cycle,
}


def film(name: str) -> None:
    pages = "\n#pagebreak()\n".join(CLIPS[name]())
    frames = typeset(PAGE.format(width=16, height=9) + shapes() + pages, "png", ppi=PPI)
    with tempfile.TemporaryDirectory() as folder:
        for number, frame in enumerate(frames):
            (Path(folder) / f"{number:04}.png").write_bytes(frame)
        rate = ["-framerate", str(FRAMES_PER_SECOND), "-i", f"{folder}/%04d.png"]
        codec = [
            "-vf",
            "crop=trunc(iw/2)*2:trunc(ih/2)*2",
            "-c:v",
            "libvpx-vp9",
            "-crf",
            "38",
            "-b:v",
            "0",
            "-pix_fmt",
            "yuv420p",
        ]
        quiet = ["-loglevel", "error", "-y", "-fflags", "+bitexact", "-flags:v", "+bitexact"]
        subprocess.run(["ffmpeg", *rate, *codec, *quiet, str(FOLDER / f"{name}.webm")], check=True)


if __name__ == "__main__":
    for wanted in sys.argv[1:] or CLIPS:
        film(wanted)
