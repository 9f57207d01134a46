"""Figures of web lessons: plots, tables, chains and trees as SVG without styles of their own."""

from collections.abc import Callable, Iterable, Sequence
from html import escape
from itertools import pairwise
from math import cos, pi, sin

WIDTH, HEIGHT = 480, 300

Curve = Callable[[float], float]


def svg(label: str, body: Iterable[str], width: int = WIDTH, height: int = HEIGHT) -> str:
    return (
        f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{escape(label)}" '
        f'xmlns="http://www.w3.org/2000/svg">{"".join(body)}</svg>'
    )


def text(x: float, y: float, words: str, anchor: str = "middle") -> str:
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}">{escape(words)}</text>'


def line(x1: float, y1: float, x2: float, y2: float, kind: str = "ink") -> str:
    return f'<path class="{kind}" d="M{x1:.4g} {y1:.4g}L{x2:.4g} {y2:.4g}"/>'


def box(x: float, y: float, width: float, height: float, words: str = "") -> str:
    shape = f'<rect class="area" x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="6"/>'
    return shape + text(x + width / 2, y + height / 2 + 5, words) if words else shape


def plot(
    label: str, span: tuple[float, float, float, float], *curves: Curve, names: tuple[str, str] = ("x", "y")
) -> str:
    """Curves over ``span`` = (x from, x to, y from, y to), with axes; what leaves the frame is cut."""
    left, right, low, high = span

    def px(x: float) -> float:
        return 30 + (WIDTH - 60) * (x - left) / (right - left)

    def py(y: float) -> float:
        return HEIGHT - 30 - (HEIGHT - 60) * (y - low) / (high - low)

    body = [line(px(left), py(max(low, 0)), px(right), py(max(low, 0)), "thin")]
    body.append(line(px(max(left, 0)), py(low), px(max(left, 0)), py(high), "thin"))
    body += [text(px(right), py(max(low, 0)) + 18, names[0]), text(px(max(left, 0)) + 14, py(high), names[1])]
    for kind, curve in zip(("accent", "second", "ink"), curves, strict=False):
        points = [(left + (right - left) * step / 96) for step in range(97)]
        shown = [(px(x), py(curve(x))) for x in points if low <= curve(x) <= high]
        body.append(f'<polyline class="{kind}" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in shown)}"/>')
    return svg(label, body)


def table(label: str, rows: Sequence[Sequence[str]]) -> str:
    width = 450 / len(rows[0])
    height = min(48.0, 260 / len(rows))
    cells = [
        box(15 + width * column, 20 + height * row, width, height, words)
        for row, cells in enumerate(rows)
        for column, words in enumerate(cells)
    ]
    return svg(label, cells, height=int(40 + height * len(rows)))


def chain(label: str, steps: Sequence[str]) -> str:
    """Boxes one below the other, joined by lines."""
    body = [line(240, 42 + 52 * row, 240, 72 + 52 * row) for row in range(len(steps) - 1)]
    body += [box(60, 16 + 52 * row, 360, 36, words) for row, words in enumerate(steps)]
    return svg(label, body, height=32 + 52 * len(steps))


def wheel(label: str, centre: str, spokes: Sequence[str]) -> str:
    """A mind map: one idea in the middle, others around it."""
    body = []
    for number, words in enumerate(spokes):
        angle = 2 * pi * number / len(spokes) - pi / 2
        x, y = 320 + 215 * cos(angle), 200 + 150 * sin(angle)
        body += [line(320, 200, x, y, "thin"), box(x - 95, y - 20, 190, 40, shortened(words))]
    return svg(label, [*body, box(190, 176, 260, 48, shortened(centre, 34))], width=640, height=400)


def timeline(label: str, events: Sequence[tuple[float, str]]) -> str:
    first, last = events[0][0], events[-1][0]
    body = [line(40, 20, 40, 40 + 45 * len(events), "accent")]
    for row, (_moment, words) in enumerate(events):
        y = 40 + 45 * row
        body += [f'<circle class="dot" cx="40" cy="{y}" r="6"/>', text(60, y + 5, words, "start")]
    return svg(f"{label} ({first:g} – {last:g})", body, height=60 + 45 * len(events))


def number_line() -> str:
    body = [line(20, 60, 460, 60)]
    for number in range(-8, 9):
        x = 240 + 26 * number
        body += [line(x, 54, x, 66), text(x, 88, str(number).replace("-", "−"))]
    arc = '<path class="second" d="M188 54Q305 0 422 54"/>'
    return svg("Trục số: từ −2 đi sang phải 9 đơn vị đến 7", [*body, arc, text(305, 20, "+9")], height=110)


def atom() -> str:
    shells = [f'<circle class="thin" cx="240" cy="150" r="{radius}"/>' for radius in (50, 85, 120)]
    electrons = []
    for count, radius in ((2, 50), (8, 85), (1, 120)):
        for place in range(count):
            angle = 2 * pi * place / count - pi / 2
            electrons.append(
                f'<circle class="dot" cx="{240 + radius * cos(angle):.1f}" cy="{150 + radius * sin(angle):.1f}" r="6"/>'
            )
    core = '<circle class="area" cx="240" cy="150" r="22"/>' + text(240, 155, "11+")
    return svg("Mô hình nguyên tử sodium: 2, 8, 1 electron", [*shells, *electrons, core])


def tree() -> str:
    nodes = {
        "gốc": (40, 150),
        "Đ1": (200, 80),
        "X1": (200, 220),
        "ĐĐ": (360, 45),
        "ĐX": (360, 115),
        "XĐ": (360, 185),
        "XX": (360, 255),
    }
    names = {"gốc": "", "Đ1": "đỏ", "X1": "xanh", "ĐĐ": "đỏ", "ĐX": "xanh", "XĐ": "đỏ", "XX": "xanh"}
    branches = (
        ("gốc", "Đ1", "3/5"),
        ("gốc", "X1", "2/5"),
        ("Đ1", "ĐĐ", "2/4"),
        ("Đ1", "ĐX", "2/4"),
        ("X1", "XĐ", "3/4"),
        ("X1", "XX", "1/4"),
    )
    body = []
    for start, end, chance in branches:
        (x1, y1), (x2, y2) = nodes[start], nodes[end]
        body += [line(x1, y1, x2, y2), text((x1 + x2) / 2, (y1 + y2) / 2 - 8, chance)]
    body += [text(x + 8, y + 18, names[name], "start") for name, (x, y) in nodes.items()]
    return svg("Sơ đồ cây lấy hai bi không trả lại", body)


def right_square() -> str:
    """The square of side a + b with four equal right triangles in its corners."""
    corners = [(90, 30), (330, 30), (330, 270), (90, 270)]
    inner = [(170, 30), (330, 110), (250, 270), (90, 190)]
    body = [f'<polygon class="ink" points="{" ".join(f"{x},{y}" for x, y in corners)}"/>']
    body.append(f'<polygon class="area" points="{" ".join(f"{x},{y}" for x, y in inner)}"/>')
    body += [text(130, 22, "a"), text(250, 22, "b"), text(345, 75, "a"), text(345, 195, "b"), text(210, 160, "c²")]
    return svg("Hình vuông cạnh a + b chứa hình vuông cạnh c", body)


def territory() -> str:
    """Not to scale: the order of places from north to south, islands to the east."""
    places = [
        ("Lũng Cú 23°23′B", 200, 30),
        ("Hà Nội", 210, 70),
        ("Huế", 250, 140),
        ("TP. Hồ Chí Minh", 230, 230),
        ("Đất Mũi 8°34′B", 190, 275),
    ]
    islands = [("Quần đảo Hoàng Sa", 380, 140), ("Quần đảo Trường Sa", 395, 240)]
    body = [line(x1, y1, x2, y2, "thin") for (_, x1, y1), (_, x2, y2) in pairwise(places)]
    body += [
        f'<circle class="dot" cx="{x}" cy="{y}" r="5"/>{text(x, y - 10, name)}' for name, x, y in (*places, *islands)
    ]
    return svg("Sơ đồ vị trí (không theo tỉ lệ)", body)


def shortened(words: str, limit: int = 24) -> str:
    return words if len(words) <= limit else words[: limit - 1].rstrip() + "…"


FIGURES: dict[str, Callable[[], str]] = {
    "cubic": lambda: plot("Đồ thị y = x³ − 3x", (-2.4, 2.4, -4, 4), lambda x: x**3 - 3 * x),
    "parabola": lambda: plot("Đồ thị y = x² − 5x + 6", (-1, 6, -1, 7), lambda x: x * x - 5 * x + 6),
    "energy": lambda: plot(
        "Thế năng giảm, động năng tăng theo quãng rơi",
        (0, 5, 0, 55),
        lambda x: 50 - 10 * x,
        lambda x: 10 * x,
        names=("s (m)", "W (J)"),
    ),
    "distance": lambda: plot(
        "Đồ thị quãng đường – thời gian", (0, 60, 0, 25), lambda t: min(18.0, 0.6 * t), names=("t (phút)", "s (km)")
    ),
    "supply-demand": lambda: plot(
        "Đường cầu đi xuống, đường cung đi lên",
        (0, 10, 0, 10),
        lambda q: 9 - 0.8 * q,
        lambda q: 1 + 0.8 * q,
        names=("Lượng", "Giá"),
    ),
    "number-line": number_line,
    "atom": atom,
    "tree": tree,
    "pythagoras": right_square,
    "territory": territory,
    "punnett": lambda: table(
        "Bảng Punnett của phép lai Aa × Aa", (("", "A", "a"), ("A", "AA", "Aa"), ("a", "Aa", "aa"))
    ),
    "binary": lambda: table("Giá trị các vị trí của 1101₂", (("8", "4", "2", "1"), ("1", "1", "0", "1"))),
    "words": lambda: table(
        "Ba loại từ", (("Danh từ", "Động từ", "Tính từ"), ("học sinh", "chạy", "chăm chỉ"), ("cây bàng", "hát", "xanh"))
    ),
    "conditionals": lambda: table(
        "Conditional sentences",
        (
            ("Type", "If-clause", "Main clause"),
            ("1", "present simple", "will + verb"),
            ("2", "past simple", "would + verb"),
        ),
    ),
    "luc-bat": lambda: table(
        "Luật bằng trắc của một cặp lục bát",
        (
            ("1", "2", "3", "4", "5", "6", "7", "8"),
            ("–", "B", "–", "T", "–", "B", "", ""),
            ("–", "B", "–", "T", "–", "B", "–", "B"),
        ),
    ),
    "balance": lambda: table("2H₂ + O₂ → 2H₂O", (("", "Trước", "Sau"), ("H", "4", "4"), ("O", "2", "2"))),
    "bond": lambda: table(
        "Hai kiểu liên kết",
        (("Liên kết ion", "Cộng hoá trị"), ("nhường, nhận e", "dùng chung e"), ("NaCl, MgO", "H₂O, CO₂")),
    ),
    "flowchart": lambda: chain(
        "Tính tổng các số chẵn", ("tong = 0", "for i in range(2, 101, 2):", "tong = tong + i", "print(tong)  →  2550")
    ),
    "forces": lambda: chain(
        "Ba định luật Newton", ("I. F = 0: vận tốc không đổi", "II. a = F / m", "III. F(A→B) = −F(B→A)")
    ),
    "leaf": lambda: chain("Quang hợp", ("Ánh sáng + H₂O", "Pha sáng: ATP, NADPH, O₂", "Pha tối: CO₂ → C₆H₁₂O₆")),
    "monsoon": lambda: table(
        "Hai mùa gió",
        (("", "Gió mùa mùa đông", "Gió mùa mùa hạ"), ("Tháng", "XI – IV", "V – X"), ("Hướng", "đông bắc", "tây nam")),
    ),
    "safety": lambda: chain(
        "Cứu người bị điện giật",
        ("Ngắt nguồn điện", "Tách nạn nhân bằng vật khô", "Gọi 115", "Hô hấp nhân tạo nếu ngừng thở"),
    ),
    "solution": lambda: chain(
        "Lấy muối từ nước muối", ("Nước muối", "Đun nóng hoặc phơi nắng", "Nước bay hơi", "Muối còn lại")
    ),
    "timeline-1945": lambda: timeline(
        "Tháng Tám năm 1945",
        (
            (13, "13 – 15/8: Hội nghị toàn quốc của Đảng"),
            (16, "16 – 17/8: Quốc dân Đại hội Tân Trào"),
            (19, "19/8: Hà Nội"),
            (23, "23/8: Huế"),
            (25, "25/8: Sài Gòn"),
            (30, "30/8: vua Bảo Đại thoái vị"),
        ),
    ),
}


def figure_of(name: str) -> str:
    """The SVG of a named figure; nothing for a lesson without one."""
    return FIGURES[name]() if name in FIGURES else ""
