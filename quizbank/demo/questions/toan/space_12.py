# ruff: noqa: E501, E731
"""Toán 12: vectors, planes, lines and spheres."""

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any

from quizbank.demo.questions.templates import (
    BIET,
    HIEU,
    VAN_DUNG,
    Draft,
    Shelf,
    choice,
    cluster,
    either,
    numbers,
    short,
)
from quizbank.demo.questions.toan.integers import NONZERO
from quizbank.demo.questions.writing import maths, plain, point, signed, tex, total

SHELF = Shelf()

SPACE_VECTORS = "toan.l12.hinh-hoc-do-luong.vecto-va-cac-phep-toan-vecto-trong-khong-gian"
COORDINATES = "toan.l12.hinh-hoc-do-luong.toa-do-cua-vecto-trong-khong-gian"
PLANES = "toan.l12.hinh-hoc-do-luong.phuong-trinh-mat-phang"
SPACE_LINES = "toan.l12.hinh-hoc-do-luong.phuong-trinh-duong-thang-trong-khong-gian"
SPHERES = "toan.l12.hinh-hoc-do-luong.phuong-trinh-mat-cau"

NORMALS = (
    (1, 2, 2, 3),
    (2, 1, 2, 3),
    (2, 2, 1, 3),
    (2, 3, 6, 7),
    (6, 2, 3, 7),
    (3, 2, 6, 7),
    (1, 4, 8, 9),
    (4, 8, 1, 9),
    (4, 4, 7, 9),
    (2, 6, 9, 11),
    (0, 3, 4, 5),
    (3, 0, 4, 5),
    (4, 3, 0, 5),
)


@SHELF.add(SPACE_VECTORS, HIEU)
def cube_dot_product(r: Random) -> Draft:
    side = r.randint(2, 15)
    first, second, value = r.choice(
        (
            ("AB", "A'C'", 1),
            ("AB", "CC'", 0),
            ("AC", "AB'", 1),
            ("AD", "BC", 1),
            ("AB", "DC'", 1),
            ("AC", "BD", 0),
            ("AB", "C'D'", -1),
            ("AA'", "C'C", -1),
        )
    )
    key = value * side * side
    wrongs = [
        (side * side * 2, "tính sai côsin của góc"),
        (-key if key else side, "sai dấu"),
        (0 if key else side * side, "nhầm với hai vectơ vuông góc"),
        (side * side // 2 if side % 2 == 0 else Fraction(side * side, 2), "nhân thừa một phần hai"),
        (-side * side * 2, "tính nhầm"),
    ]
    return numbers(
        r,
        f"Cho hình lập phương $ABCD.A'B'C'D'$ cạnh {side}. Tích vô hướng $\\overrightarrow{{{first}}}\\cdot\\overrightarrow{{{second}}}$ bằng",
        key,
        wrongs,
        f"Phân tích theo ba cạnh đôi một vuông góc được kết quả {key}.",
        lambda v: maths(tex(v)),
    )


@SHELF.add(SPACE_VECTORS, BIET, 40)
def box_rule(r: Random) -> Draft:
    tops = r.choice(
        (
            ("A", "B", "D", "A'", "C'"),
            ("B", "A", "C", "B'", "D'"),
            ("C", "B", "D", "C'", "A'"),
            ("D", "A", "C", "D'", "B'"),
        )
    )
    a, b, d, up, far = tops
    vector: Callable[..., Any] = lambda m, n: f"\\overrightarrow{{{m}{n}}}"
    wrongs = [
        (maths(vector(a, {"A": "C", "B": "D", "C": "A", "D": "B"}[a])), "chỉ cộng hai vectơ đáy"),
        (maths(vector(far, a)), "sai chiều vectơ"),
        (maths(vector(a, b + "'")), "quên một vectơ"),
        (maths(vector(a, d + "'")), "quên một vectơ"),
    ]
    stem = f"Cho hình hộp $ABCD.A'B'C'D'$. Vectơ ${vector(a, b)} + {vector(a, d)} + {vector(a, up)}$ bằng"
    return choice(r, stem, maths(vector(a, far)), wrongs, f"Theo quy tắc hình hộp, tổng bằng ${vector(a, far)}$.")


@SHELF.add(COORDINATES, BIET)
def vector_between(r: Random) -> Draft:
    p, q = [r.randint(-9, 9) for _ in range(3)], [r.randint(-9, 9) for _ in range(3)]
    key = [b - a for a, b in zip(p, q, strict=True)]
    wrongs = [
        (maths(point(*(-n for n in key))), "lấy toạ độ điểm đầu trừ điểm cuối"),
        (maths(point(*(a + b for a, b in zip(p, q, strict=True)))), "cộng thay vì trừ"),
        (maths(point(*(Fraction(a + b, 2) for a, b in zip(p, q, strict=True)))), "nhầm với toạ độ trung điểm"),
        (maths(point(*(a * b for a, b in zip(p, q, strict=True)))), "nhân từng toạ độ"),
    ]
    return choice(
        r,
        f"Trong không gian $Oxyz$, cho $A{point(*p)}$ và $B{point(*q)}$. Toạ độ của vectơ $\\overrightarrow{{AB}}$ là",
        maths(point(*key)),
        wrongs,
        f"Lấy toạ độ của $B$ trừ toạ độ của $A$: ${point(*key)}$.",
    )


@SHELF.add(COORDINATES, HIEU)
def centroid(r: Random) -> Draft:
    a, b, g = ([r.randint(-6, 6) for _ in range(3)] for _ in range(3))
    c = [3 * z - x - y for x, y, z in zip(a, b, g, strict=True)]
    wrongs = [
        (maths(point(*(3 * n for n in g))), "quên chia 3"),
        (maths(point(*(Fraction(3 * n, 2) for n in g))), "chia cho 2"),
        (maths(point(*(-n for n in g))), "sai dấu"),
        (maths(point(*(Fraction(x + y, 2) for x, y in zip(a, b, strict=True)))), "lấy trung điểm của AB"),
    ]
    return choice(
        r,
        f"Trong không gian $Oxyz$, tam giác $ABC$ có $A{point(*a)}$, $B{point(*b)}$, $C{point(*c)}$. Toạ độ trọng tâm $G$ là",
        maths(point(*g)),
        wrongs,
        f"Lấy trung bình cộng các toạ độ tương ứng: ${point(*g)}$.",
    )


@SHELF.add(COORDINATES, VAN_DUNG)
def drone(r: Random) -> Draft:
    p, (a, b, c, length) = [r.randint(-20, 40) for _ in range(3)], r.choice(NORMALS)
    scale, seconds = r.randint(1, 9), r.choice((1, 2, 4, 5, 10))
    q = [p[0] + a * scale, p[1] - b * scale, p[2] + c * scale]
    key = Fraction(length * scale, seconds)
    return short(
        f"Trong không gian với hệ toạ độ $Oxyz$ (đơn vị trên mỗi trục là mét), một thiết bị bay di chuyển thẳng đều từ điểm $A{point(*p)}$ đến điểm $B{point(*q)}$ trong {seconds} giây. Tốc độ của thiết bị bay là bao nhiêu m/s?",
        key,
        f"$AB = {length * scale}$ m nên tốc độ là {plain(key)} m/s.",
    )


@SHELF.add(PLANES, BIET)
def plane_normal(r: Random) -> Draft:
    a, b, c, d = r.choice(NONZERO), r.choice(NONZERO), r.choice(NONZERO), r.choice(NONZERO)
    wrongs = [
        (maths(point(a, b, d)), "lấy nhầm hệ số tự do"),
        (maths(point(a, -b, c)), "sai dấu hệ số của y"),
        (maths(point(c, b, a)), "đảo thứ tự hệ số"),
        (maths(point(-a, b, c)), "sai dấu hệ số của x"),
    ]
    return choice(
        r,
        f"Trong không gian $Oxyz$, một vectơ pháp tuyến của mặt phẳng ${total((a, 'x'), (b, 'y'), (c, 'z'), (d, ''))} = 0$ là",
        maths(point(a, b, c)),
        wrongs,
        f"Các hệ số của $x$, $y$, $z$ cho vectơ pháp tuyến ${point(a, b, c)}$.",
    )


def plane(a: int, b: int, c: int, d: int) -> str:
    return f"${total((a, 'x'), (b, 'y'), (c, 'z'), (d, ''))} = 0$"


@SHELF.add(PLANES, HIEU)
def plane_equation(r: Random) -> Draft:
    x, y, z, a, b, c = (r.choice([n for n in range(-5, 6) if n]) for _ in range(6))
    d = -(a * x + b * y + c * z)
    wrongs = [
        (plane(a, b, c, -d), "sai dấu hệ số tự do"),
        (plane(x, y, z, d), "đổi chỗ điểm và vectơ pháp tuyến"),
        (plane(a, -b, c, d), "sai dấu hệ số của y"),
        (plane(a, b, -c, -(a * x + b * y - c * z)), "sai dấu hệ số của z"),
    ]
    return choice(
        r,
        f"Trong không gian $Oxyz$, mặt phẳng đi qua điểm $M{point(x, y, z)}$ và nhận $\\vec{{n}} = {point(a, b, c)}$ làm vectơ pháp tuyến có phương trình là",
        plane(a, b, c, d),
        wrongs,
        f"Thay toạ độ của $M$ vào ${total((a, 'x'), (b, 'y'), (c, 'z'))} + D = 0$ được $D = {d}$.",
    )


@SHELF.add(PLANES, VAN_DUNG)
def distance_to_plane(r: Random) -> Draft:
    (a, b, c, length), p, d = r.choice(NORMALS), [r.randint(-9, 9) for _ in range(3)], r.randint(-20, 20)
    value = abs(a * p[0] - b * p[1] + c * p[2] + d)
    key = Fraction(value, length)
    return short(
        f"Trong không gian $Oxyz$, khoảng cách từ điểm $M{point(*p)}$ đến mặt phẳng {plane(a, -b, c, d)} bằng bao nhiêu? (Làm tròn kết quả đến hàng phần trăm.)",
        key,
        f"$d = \\frac{{{value}}}{{{length}}} \\approx$ {plain(key, 2)}.",
        2,
    )


@SHELF.add(PLANES, VAN_DUNG)
def plane_cluster(r: Random) -> Draft:
    a, b, c, length = r.choice(NORMALS[:10])
    d = r.choice(NONZERO) * length
    on = r.randint(-4, 4), r.randint(-4, 4), r.randint(-4, 4)
    d_on = -(a * on[0] + b * on[1] + c * on[2])
    statements = [
        either(
            r,
            "Một vectơ pháp tuyến của mặt phẳng là $@$.",
            point(a, b, c),
            point(a, b, -c),
            f"Hệ số của $x, y, z$ là {a}, {b}, {c}.",
        ),
        either(
            r,
            "Điểm $M" + point(*on) + "$ @ mặt phẳng.",
            "thuộc" if d == d_on else "không thuộc",
            "không thuộc" if d == d_on else "thuộc",
            f"Thay toạ độ vào vế trái được {a * on[0] + b * on[1] + c * on[2] + d}.",
        ),
        either(
            r,
            "Khoảng cách từ gốc toạ độ đến mặt phẳng bằng @.",
            str(abs(d) // length),
            str(abs(d)),
            f"$\\frac{{{abs(d)}}}{{{length}}} = {abs(d) // length}$.",
        ),
        either(
            r,
            "Mặt phẳng đã cho @ với mặt phẳng " + plane(2 * a, 2 * b, 2 * c, 2 * d + 1) + ".",
            "song song",
            "vuông góc",
            "Hai vectơ pháp tuyến cùng phương và hai mặt phẳng không trùng nhau.",
        ),
    ]
    return cluster(
        f"Trong không gian $Oxyz$, cho mặt phẳng {plane(a, b, c, d)}. Mỗi phát biểu sau đúng hay sai?", statements
    )


def are_parallel(p: list[int], v: list[int]) -> bool:
    return all(p[i] * v[j] == p[j] * v[i] for i, j in ((0, 1), (1, 2), (0, 2)))


def line(p: list[int], v: list[int]) -> str:
    rows = r" \\ ".join(f"{name} = {total((x, ''), (k, 't'))}" for name, x, k in zip("xyz", p, v, strict=True))
    return f"$\\begin{{cases}} {rows} \\end{{cases}}$"


@SHELF.add(SPACE_LINES, BIET)
def direction(r: Random) -> Draft:
    p, v = [r.choice(NONZERO) for _ in range(3)], [r.choice(NONZERO) for _ in range(3)]
    if are_parallel(p, v):
        return None
    wrongs = [
        (maths(point(*p)), "lấy toạ độ điểm thuộc đường thẳng"),
        (maths(point(v[0], -v[1], v[2])), "sai dấu thành phần thứ hai"),
        (maths(point(*(x + k for x, k in zip(p, v, strict=True)))), "cộng điểm và vectơ"),
        (maths(point(v[2], v[1], v[0])), "đảo thứ tự"),
    ]
    return choice(
        r,
        f"Trong không gian $Oxyz$, một vectơ chỉ phương của đường thẳng {line(p, v)} là",
        maths(point(*v)),
        wrongs,
        f"Các hệ số của $t$ cho vectơ chỉ phương ${point(*v)}$.",
    )


@SHELF.add(SPACE_LINES, HIEU)
def line_equation(r: Random) -> Draft:
    p, v = [r.choice(NONZERO) for _ in range(3)], [r.choice(NONZERO) for _ in range(3)]
    if are_parallel(p, v):
        return None
    wrongs = [
        (line(v, p), "đổi chỗ điểm và vectơ chỉ phương"),
        (line([-x for x in p], v), "sai dấu toạ độ điểm"),
        (line(p, [v[0], -v[1], v[2]]), "sai dấu một thành phần của vectơ"),
        (line(p, [v[0], v[1], -v[2]]), "sai dấu một thành phần của vectơ"),
    ]
    return choice(
        r,
        f"Trong không gian $Oxyz$, đường thẳng đi qua $M{point(*p)}$ và có vectơ chỉ phương $\\vec{{u}} = {point(*v)}$ có phương trình tham số là",
        line(p, v),
        wrongs,
        "Phương trình tham số: toạ độ điểm cộng với $t$ lần vectơ chỉ phương.",
    )


@SHELF.add(SPACE_LINES, VAN_DUNG)
def meets_plane(r: Random) -> Draft:
    p, v, t = (
        [r.randint(-6, 6) for _ in range(3)],
        [r.choice([n for n in range(-4, 5) if n]) for _ in range(3)],
        r.randint(-5, 5),
    )
    a, b, c = (r.choice([n for n in range(-4, 5) if n]) for _ in range(3))
    if a * v[0] + b * v[1] + c * v[2] == 0:
        return None
    at = [x + t * k for x, k in zip(p, v, strict=True)]
    d = -(a * at[0] + b * at[1] + c * at[2])
    return short(
        f"Trong không gian $Oxyz$, đường thẳng {line(p, v)} cắt mặt phẳng {plane(a, b, c, d)} tại điểm $M(a;\\ b;\\ c)$. Giá trị của $a + b + c$ bằng bao nhiêu?",
        sum(at),
        f"Thay vào phương trình mặt phẳng được $t = {t}$, $M{point(*at)}$, tổng bằng {sum(at)}.",
    )


@SHELF.add(SPHERES, BIET)
def sphere_centre(r: Random) -> Draft:
    p, radius = [r.choice(NONZERO) for _ in range(3)], r.randint(2, 12)
    shown = " + ".join(f"({name} {signed(-x)})^2" for name, x in zip("xyz", p, strict=True))
    answer: Callable[..., Any] = lambda c, s: f"$I{point(*c)}$, $R = {s}$"
    opposite = [-x for x in p]
    wrongs = [
        (answer(opposite, radius), "sai dấu toạ độ tâm"),
        (answer(p, radius**2), "quên lấy căn bán kính"),
        (answer(opposite, radius**2), "sai cả tâm và bán kính"),
        (answer(p, 2 * radius), "nhầm với đường kính"),
    ]
    return choice(
        r,
        f"Trong không gian $Oxyz$, mặt cầu ${shown} = {radius**2}$ có tâm và bán kính là",
        answer(p, radius),
        wrongs,
        f"Đối chiếu phương trình chính tắc: {answer(p, radius)}.",
    )


@SHELF.add(SPHERES, HIEU)
def general_sphere(r: Random) -> Draft:
    p, radius = [r.choice([n for n in range(-6, 7) if n]) for _ in range(3)], r.randint(1, 9)
    d = sum(x * x for x in p) - radius**2
    equation = total((1, "x^2"), (1, "y^2"), (1, "z^2"), (-2 * p[0], "x"), (-2 * p[1], "y"), (-2 * p[2], "z"), (d, ""))
    wrongs = [
        (radius**2, "quên lấy căn bậc hai"),
        (2 * radius, "nhầm với đường kính"),
        (abs(d), "lấy hệ số tự do"),
        (sum(map(abs, p)), "cộng toạ độ tâm"),
        (radius + 1, "tính nhầm"),
    ]
    return numbers(
        r,
        f"Trong không gian $Oxyz$, bán kính của mặt cầu ${equation} = 0$ bằng",
        radius,
        wrongs,
        f"Tâm ${point(*p)}$, $R = \\sqrt{{a^2+b^2+c^2-d}} = {radius}$.",
    )


@SHELF.add(SPHERES, VAN_DUNG)
def sphere_through(r: Random) -> Draft:
    p, (a, b, c, length), scale = [r.randint(-9, 9) for _ in range(3)], r.choice(NORMALS), r.randint(1, 6)
    q = [p[0] + a * scale, p[1] + b * scale, p[2] - c * scale]
    return short(
        f"Trong không gian $Oxyz$, mặt cầu tâm $I{point(*p)}$ đi qua điểm $A{point(*q)}$ có bán kính bằng bao nhiêu?",
        length * scale,
        f"$R = IA = {length * scale}$.",
    )


@SHELF.add(SPHERES, VAN_DUNG)
def sphere_section(r: Random) -> Draft:
    (a, b, c, length), p = r.choice(NORMALS[:10]), [r.randint(-5, 5) for _ in range(3)]
    distance, small, radius = r.choice(
        ((3, 4, 5), (4, 3, 5), (5, 12, 13), (12, 5, 13), (8, 6, 10), (6, 8, 10), (8, 15, 17))
    )
    d = distance * length - (a * p[0] + b * p[1] + c * p[2])
    return short(
        f"Trong không gian $Oxyz$, mặt cầu tâm $I{point(*p)}$ bán kính {radius} cắt mặt phẳng {plane(a, b, c, d)} theo giao tuyến là một đường tròn. Bán kính đường tròn đó bằng bao nhiêu?",
        small,
        f"Khoảng cách từ $I$ đến mặt phẳng là {distance} nên $r = \\sqrt{{{radius}^2 - {distance}^2}} = {small}$.",
    )
