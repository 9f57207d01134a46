# ruff: noqa: E501, E731
"""Toán 10: triangles, vectors, lines, circles and conics."""

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
from quizbank.demo.questions.writing import (
    maths,
    plain,
    point,
    root,
    signed,
    tex,
    total,
)

SHELF = Shelf()

TRIANGLE = "toan.l10.hinh-hoc-do-luong.he-thuc-luong-trong-tam-giac-dinh-li-cosin-dinh-li-sin"
VECTORS = "toan.l10.hinh-hoc-do-luong.toa-do-cua-vecto-trong-mat-phang"
LINES = "toan.l10.hinh-hoc-do-luong.phuong-trinh-duong-thang-trong-mat-phang-toa-do"
CIRCLES = "toan.l10.hinh-hoc-do-luong.duong-tron-trong-mat-phang-toa-do"
CONICS = "toan.l10.hinh-hoc-do-luong.ba-duong-conic-trong-mat-phang-toa-do"

RIGHT_TRIANGLES = (
    (3, 4, 5),
    (4, 3, 5),
    (5, 12, 13),
    (12, 5, 13),
    (8, 15, 17),
    (6, 8, 10),
    (8, 6, 10),
    (15, 8, 17),
    (7, 24, 25),
    (24, 7, 25),
    (20, 21, 29),
    (9, 12, 15),
    (12, 9, 15),
)


@SHELF.add(TRIANGLE, HIEU)
def cosine_rule(r: Random) -> Draft:
    b, c, (angle, twice) = r.randint(2, 15), r.randint(2, 15), r.choice(((60, 1), (120, -1)))
    square = b * b + c * c - twice * b * c
    wrongs = [
        (maths(root(b * b + c * c + twice * b * c)), "sai dấu trong định lí côsin"),
        (maths(root(b * b + c * c)), "dùng định lí Pythagore"),
        (f"${square}$", "quên lấy căn bậc hai"),
        (maths(root(b * b + c * c + 2 * b * c)), "quên giá trị côsin"),
    ]
    return choice(
        r,
        f"Tam giác ABC có $AB = {c}$, $AC = {b}$ và $\\widehat{{A}} = {angle}°$. Độ dài cạnh $BC$ là",
        maths(root(square)),
        wrongs,
        f"$BC^2 = {b}^2 + {c}^2 - 2\\cdot {b}\\cdot {c}\\cos {angle}° = {square}$.",
    )


@SHELF.add(TRIANGLE, VAN_DUNG)
def triangle_area(r: Random) -> Draft:
    b, c, angle = r.randint(2, 40), r.randint(2, 40), r.choice((30, 150, 90))
    area = Fraction(b * c, 4 if angle != 90 else 2)
    return short(
        f"Một mảnh đất hình tam giác có hai cạnh dài {b} m và {c} m, góc xen giữa bằng {angle}°. Diện tích mảnh đất là bao nhiêu mét vuông?",
        area,
        f"$S = \\frac{{1}}{{2}}bc\\sin A$ = {plain(area)} m².",
    )


@SHELF.add(TRIANGLE, BIET)
def sine_rule(r: Random) -> Draft:
    a, angle = r.randint(2, 40), r.choice((30, 150, 90))
    radius = Fraction(a) if angle != 90 else Fraction(a, 2)
    wrongs = [
        (radius * 2, "quên hệ số 2 của định lí sin"),
        (radius / 2, "nhân thay vì chia"),
        (Fraction(a, 4), "tính nhầm giá trị sin"),
        (Fraction(3 * a), "tính nhầm"),
    ]
    return numbers(
        r,
        f"Tam giác ABC có $BC = {a}$ và $\\widehat{{A}} = {angle}°$. Bán kính đường tròn ngoại tiếp tam giác là",
        radius,
        wrongs,
        f"$\\frac{{BC}}{{\\sin A}} = 2R$ nên $R = {tex(radius)}$.",
        lambda v: maths(tex(v)),
    )


@SHELF.add(VECTORS, BIET)
def vector_sum(r: Random) -> Draft:
    a, b, c, d, m = r.randint(-9, 9), r.randint(-9, 9), r.randint(-9, 9), r.randint(-9, 9), r.choice((-3, -2, 2, 3))
    key = (a + m * c, b + m * d)
    wrongs = [
        (maths(point(a + c, b + d)), "quên nhân với số"),
        (maths(point(a - m * c, b - m * d)), "sai dấu khi nhân"),
        (maths(point(m * a + c, m * b + d)), "nhân nhầm vectơ"),
        (maths(point(key[1], key[0])), "đổi chỗ toạ độ"),
    ]
    stem = f"Cho $\\vec{{a}} = {point(a, b)}$ và $\\vec{{b}} = {point(c, d)}$. Toạ độ của vectơ $\\vec{{a}} {signed(m)}\\vec{{b}}$ là"
    return choice(r, stem, maths(point(*key)), wrongs, f"Cộng từng toạ độ: ${point(*key)}$.")


@SHELF.add(VECTORS, HIEU)
def dot_product(r: Random) -> Draft:
    a, b, c, d = (r.randint(-9, 9) for _ in range(4))
    key = a * c + b * d
    wrongs = [
        (a * c - b * d, "trừ thay vì cộng"),
        (a * d + b * c, "nhân chéo toạ độ"),
        (a * d - b * c, "nhầm với định thức"),
        (a + b + c + d, "cộng các toạ độ"),
        (-key, "sai dấu"),
    ]
    return numbers(
        r,
        f"Tích vô hướng của $\\vec{{u}} = {point(a, b)}$ và $\\vec{{v}} = {point(c, d)}$ bằng",
        key,
        wrongs,
        f"${a}\\cdot ({c}) + ({b})\\cdot ({d}) = {key}$.",
    )


@SHELF.add(VECTORS, VAN_DUNG)
def perpendicular_parameter(r: Random) -> Draft:
    a, b, c = (
        r.choice([n for n in range(-8, 9) if n]),
        r.choice((1, 2, 4, 5, -1, -2, -4, -5)),
        r.choice([n for n in range(-9, 10) if n]),
    )
    key = Fraction(-a * c, b)
    return short(
        f"Tìm giá trị của $m$ để hai vectơ $\\vec{{u}} = {point(a, b)}$ và $\\vec{{v}} = ({c};\\ m)$ vuông góc với nhau.",
        key,
        f"${a}\\cdot ({c}) + ({b})m = 0$ nên $m$ = {plain(key)}.",
    )


@SHELF.add(LINES, BIET)
def normal_vector(r: Random) -> Draft:
    a, b, c = r.choice([n for n in range(-9, 10) if n]), r.choice([n for n in range(-9, 10) if n]), r.randint(-15, 15)
    if abs(a) == abs(b):
        return None
    wrongs = [
        (maths(point(b, a)), "đổi chỗ hai hệ số"),
        (maths(point(-b, a)), "nhầm với vectơ chỉ phương"),
        (maths(point(a, -b)), "sai dấu hệ số của y"),
        (maths(point(a, c)), "lấy nhầm hệ số tự do"),
    ]
    return choice(
        r,
        f"Một vectơ pháp tuyến của đường thẳng ${total((a, 'x'), (b, 'y'), (c, ''))} = 0$ là",
        maths(point(a, b)),
        wrongs,
        f"Vectơ pháp tuyến lấy từ hệ số của $x$ và $y$: ${point(a, b)}$.",
    )


@SHELF.add(LINES, HIEU)
def line_equation(r: Random) -> Draft:
    x, y, a, b = (
        r.randint(-6, 6),
        r.randint(-6, 6),
        r.choice([n for n in range(-5, 6) if n]),
        r.choice([n for n in range(-5, 6) if n]),
    )
    c = -(a * x + b * y)
    if x == y == 0:
        return None
    write: Callable[..., Any] = lambda p, q, s: f"${total((p, 'x'), (q, 'y'), (s, ''))} = 0$"
    wrongs = [
        (write(a, b, -c), "sai dấu hệ số tự do"),
        (write(b, -a, -(b * x - a * y)), "nhầm vectơ pháp tuyến với vectơ chỉ phương"),
        (write(x, y, -(a * x + b * y)), "lấy toạ độ điểm làm hệ số"),
        (write(a, -b, c), "sai dấu hệ số của y"),
    ]
    return choice(
        r,
        f"Đường thẳng đi qua điểm $A{point(x, y)}$ và nhận $\\vec{{n}} = {point(a, b)}$ làm vectơ pháp tuyến có phương trình là",
        write(a, b, c),
        wrongs,
        f"${total((a, f'(x {signed(-x)})'), (b, f'(y {signed(-y)})'))} = 0$, rút gọn được {write(a, b, c)}.",
    )


@SHELF.add(LINES, VAN_DUNG)
def distance_to_line(r: Random) -> Draft:
    (a, b, length), x, y, c = (
        r.choice(((3, 4, 5), (6, 8, 10), (5, 12, 13), (8, 6, 10), (4, 3, 5))),
        r.randint(-9, 9),
        r.randint(-9, 9),
        r.randint(-20, 20),
    )
    sign = r.choice((1, -1))
    key = Fraction(abs(a * x + sign * b * y + c), length)
    return short(
        f"Khoảng cách từ điểm $M{point(x, y)}$ đến đường thẳng ${total((a, 'x'), (sign * b, 'y'), (c, ''))} = 0$ bằng bao nhiêu?",
        key,
        f"$d = \\frac{{|ax_0 + by_0 + c|}}{{\\sqrt{{a^2 + b^2}}}} = \\frac{{{abs(a * x + sign * b * y + c)}}}{{{length}}}$ = {plain(key, 3)}.",
    )


@SHELF.add(CIRCLES, BIET)
def circle_centre(r: Random) -> Draft:
    a, b, radius = r.choice([n for n in range(-9, 10) if n]), r.choice([n for n in range(-9, 10) if n]), r.randint(2, 9)
    answer: Callable[..., Any] = lambda p, q, s: f"$I{point(p, q)}$, $R = {s}$"
    wrongs = [
        (answer(-a, -b, radius), "sai dấu toạ độ tâm"),
        (answer(a, b, radius * radius), "quên lấy căn bán kính"),
        (answer(-a, -b, radius * radius), "sai cả tâm và bán kính"),
        (answer(b, a, radius), "đổi chỗ toạ độ tâm"),
    ]
    return choice(
        r,
        f"Đường tròn $(x {signed(-a)})^2 + (y {signed(-b)})^2 = {radius * radius}$ có tâm và bán kính là",
        answer(a, b, radius),
        wrongs,
        f"So sánh với $(x-a)^2 + (y-b)^2 = R^2$: {answer(a, b, radius)}.",
    )


@SHELF.add(CIRCLES, HIEU)
def general_circle(r: Random) -> Draft:
    a, b, radius = r.choice([n for n in range(-7, 8) if n]), r.choice([n for n in range(-7, 8) if n]), r.randint(1, 9)
    c = a * a + b * b - radius * radius
    wrongs = [
        (radius * radius, "quên lấy căn bậc hai"),
        (abs(c), "lấy hệ số tự do"),
        (abs(a) + abs(b), "cộng toạ độ tâm"),
        (2 * radius, "nhầm với đường kính"),
        (radius + 1, "tính nhầm"),
    ]
    return numbers(
        r,
        f"Bán kính của đường tròn ${total((1, 'x^2'), (1, 'y^2'), (-2 * a, 'x'), (-2 * b, 'y'), (c, ''))} = 0$ là",
        radius,
        wrongs,
        f"$R = \\sqrt{{a^2 + b^2 - c}} = {radius}$ với tâm ${point(a, b)}$.",
        lambda v: f"$R = {tex(v)}$",
    )


@SHELF.add(CIRCLES, VAN_DUNG)
def tangent_circle(r: Random) -> Draft:
    (a, b, length), x, y, radius = (
        r.choice(((3, 4, 5), (4, 3, 5), (8, 6, 10), (6, 8, 10))),
        r.randint(-9, 9),
        r.randint(-9, 9),
        r.randint(1, 12),
    )
    c = radius * length - a * x - b * y
    return short(
        f"Đường tròn tâm $I{point(x, y)}$ tiếp xúc với đường thẳng ${total((a, 'x'), (b, 'y'), (c, ''))} = 0$ có bán kính bằng bao nhiêu?",
        radius,
        f"$R = d(I, \\Delta) = \\frac{{{radius * length}}}{{{length}}} = {radius}$.",
    )


@SHELF.add(CONICS, HIEU)
def ellipse(r: Random) -> Draft:
    b, c, a = r.choice(RIGHT_TRIANGLES)
    statements = [
        either(
            r, "Độ dài trục lớn của elip là @.", str(2 * a), str(a), f"$a^2 = {a * a}$ nên trục lớn dài $2a = {2 * a}$."
        ),
        either(
            r,
            "Độ dài trục nhỏ của elip là @.",
            str(2 * b),
            str(b * b),
            f"$b^2 = {b * b}$ nên trục nhỏ dài $2b = {2 * b}$.",
        ),
        either(
            r,
            "Tiêu cự của elip là @.",
            str(2 * c),
            str(c),
            f"$c = \\sqrt{{a^2 - b^2}} = {c}$ nên tiêu cự là $2c = {2 * c}$.",
        ),
        either(
            r,
            "Tổng khoảng cách từ một điểm của elip đến hai tiêu điểm bằng @.",
            str(2 * a),
            str(2 * c),
            f"Tổng đó bằng $2a = {2 * a}$.",
        ),
    ]
    return cluster(
        f"Cho elip có phương trình chính tắc $\\frac{{x^2}}{{{a * a}}} + \\frac{{y^2}}{{{b * b}}} = 1$. Mỗi phát biểu sau đúng hay sai?",
        statements,
    )


@SHELF.add(CONICS, BIET)
def parabola_focus(r: Random) -> Draft:
    p = r.randint(1, 30)
    focus = Fraction(p, 2)
    wrongs = [
        (maths(point(Fraction(p), 0)), "quên chia đôi tham số tiêu"),
        (maths(point(-focus, 0)), "sai dấu"),
        (maths(point(0, focus)), "nhầm trục"),
        (maths(point(Fraction(2 * p), 0)), "lấy hệ số của x"),
    ]
    return choice(
        r,
        f"Tiêu điểm của parabol $y^2 = {total((2 * p, 'x'))}$ là",
        maths(point(focus, 0)),
        wrongs,
        f"$2p = {2 * p}$ nên $F\\left(\\frac{{p}}{{2}};\\ 0\\right) = {point(focus, 0)}$.",
    )
