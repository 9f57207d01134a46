# ruff: noqa: E501, E731
"""Toán 12: primitives and integrals."""

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
    numbers,
    several,
    short,
)
from quizbank.demo.questions.toan.integers import NONZERO
from quizbank.demo.questions.writing import maths, plain, polynomial, tex, total

SHELF = Shelf()

PRIMITIVE = "toan.l12.dai-so-giai-tich.nguyen-ham"
INTEGRAL = "toan.l12.dai-so-giai-tich.tich-phan"
AREA = "toan.l12.dai-so-giai-tich.ung-dung-hinh-hoc-cua-tich-phan"


@SHELF.add(PRIMITIVE, BIET)
def polynomial_primitive(r: Random) -> Draft:
    n, b = r.randint(2, 6), r.choice(NONZERO)
    a = r.choice((1, 2, 3)) * (n + 1)
    write: Callable[..., Any] = lambda *terms: f"${total(*terms)} + C$"
    right = write((Fraction(a, n + 1), f"x^{n + 1}"), (b, "x"))
    wrongs = [
        (write((a, f"x^{n + 1}"), (b, "x")), "quên chia cho số mũ mới"),
        (write((a * n, "x" if n == 2 else f"x^{n - 1}")), "nhầm nguyên hàm với đạo hàm"),
        (write((Fraction(a, n), f"x^{n + 1}"), (b, "x")), "chia cho số mũ cũ"),
        (write((Fraction(a, n + 1), f"x^{n + 1}"), (b, "")), "quên nguyên hàm của hằng số"),
    ]
    return choice(
        r,
        f"Họ nguyên hàm của hàm số $f(x) = {total((a, f'x^{n}'), (b, ''))}$ là",
        right,
        wrongs,
        f"$\\int x^n dx = \\frac{{x^{{n+1}}}}{{n+1}} + C$ nên kết quả là {right}.",
    )


@SHELF.add(PRIMITIVE, HIEU)
def trigonometric_primitive(r: Random) -> Draft:
    a, b = r.choice(NONZERO), r.choice(NONZERO)
    sine = r.random() < 0.5
    function, result, sign = (r"\sin x", r"\cos x", -1) if sine else (r"\cos x", r"\sin x", 1)
    write: Callable[..., Any] = lambda p, name, q: f"${total((p, name), (q, 'e^x'))} + C$"
    wrongs = [
        (write(-sign * a, result, b), "sai dấu nguyên hàm của hàm lượng giác"),
        (write(a, function, b), "giữ nguyên hàm lượng giác"),
        (write(sign * a, result, -b), "sai dấu nguyên hàm của hàm mũ"),
        (f"${total((sign * a, result), (b, 'xe^x'))} + C$", "nhầm nguyên hàm của hàm mũ"),
    ]
    return choice(
        r,
        f"Họ nguyên hàm của hàm số $f(x) = {total((a, function), (b, 'e^x'))}$ là",
        write(sign * a, result, b),
        wrongs,
        "$\\int \\sin x\\,dx = -\\cos x + C$, $\\int \\cos x\\,dx = \\sin x + C$, $\\int e^x dx = e^x + C$.",
    )


@SHELF.add(PRIMITIVE, VAN_DUNG)
def primitive_value(r: Random) -> Draft:
    a, b, start, at = r.randint(1, 6), r.choice(NONZERO), r.randint(-20, 20), r.randint(1, 8)
    key = a * at * at + b * at + start
    return short(
        f"Cho $F(x)$ là một nguyên hàm của hàm số $f(x) = {polynomial(2 * a, b)}$ và $F(0) = {start}$. Giá trị của $F({at})$ bằng bao nhiêu?",
        key,
        f"$F(x) = {polynomial(a, b, start)}$ nên $F({at}) = {key}$.",
    )


@SHELF.add(INTEGRAL, BIET)
def integral_properties(r: Random) -> Draft:
    p, q, m, n = r.randint(-9, 9), r.randint(-9, 9), r.choice((2, 3, -2, 4, 5)), r.choice((1, -1, 2, -3))
    low, high = sorted(r.sample(range(-4, 9), 2))
    key = m * p + n * q
    wrongs = [
        (m * p - n * q, "sai dấu"),
        (p + q, "quên các hệ số"),
        (m * p * n * q, "nhân thay vì cộng"),
        (m * q + n * p, "đổi chỗ hai tích phân"),
        (-key, "đổi cận tích phân"),
    ]
    stem = f"Cho $\\int_{{{low}}}^{{{high}}} f(x)\\,dx = {p}$ và $\\int_{{{low}}}^{{{high}}} g(x)\\,dx = {q}$. Giá trị của $\\int_{{{low}}}^{{{high}}} [{total((m, 'f(x)'), (n, 'g(x)'))}]\\,dx$ bằng"
    return numbers(r, stem, key, wrongs, f"${m}\\cdot ({p}) + ({n})\\cdot ({q}) = {key}$.")


@SHELF.add(INTEGRAL, HIEU)
def definite_integral(r: Random) -> Draft:
    a, b, low, width = 3 * r.choice((1, 2, -1, -2)), 2 * r.choice((0, 1, 2, -1, -3)), r.randint(-3, 3), r.randint(1, 4)
    c, high = r.randint(-6, 6), low + width
    whole: Callable[..., Any] = lambda x: a // 3 * x**3 + b // 2 * x * x + c * x
    key = whole(high) - whole(low)
    f: Callable[..., Any] = lambda x: a * x * x + b * x + c
    wrongs = [
        (f(high) - f(low), "quên lấy nguyên hàm"),
        (whole(high) + whole(low), "cộng thay vì trừ"),
        (-key, "đổi cận tích phân"),
        (whole(high), "quên cận dưới"),
        (key + c, "tính nhầm hạng tử bậc nhất"),
    ]
    return numbers(
        r,
        f"Tích phân $\\int_{{{low}}}^{{{high}}} ({polynomial(a, b, c)})\\,dx$ bằng",
        key,
        wrongs,
        f"$F(x) = {polynomial(a // 3, b // 2, c, 0)}$; $F({high}) - F({low}) = {key}$.",
    )


@SHELF.add(INTEGRAL, VAN_DUNG)
def braking(r: Random) -> Draft:
    a, v = r.choice((2, 3, 4, 5, 6, 8, 10)), r.randint(8, 36)
    key = Fraction(v * v, 2 * a)
    return short(
        f"Một ô tô đang chạy với vận tốc {v} m/s thì người lái đạp phanh; từ thời điểm đó, ô tô chuyển động chậm dần với vận tốc $v(t) = {total((-a, 't'), (v, ''))}$ (m/s), $t$ là thời gian tính bằng giây kể từ lúc đạp phanh. Từ lúc đạp phanh đến khi dừng hẳn, ô tô còn di chuyển bao nhiêu mét?",
        key,
        f"Xe dừng khi $t = {tex(Fraction(v, a))}$; $s = \\int_0^{{{tex(Fraction(v, a))}}} v(t)\\,dt$ = {plain(key)} m.",
    )


@SHELF.add(AREA, HIEU)
def parabola_area(r: Random) -> Draft:
    low, high = sorted(r.sample(range(-6, 10), 2))
    k = r.choice((1, 1, 2, 3))
    key = Fraction(k * (high - low) ** 3, 6)
    wrongs = [
        (Fraction(k * (high - low) ** 3, 3), "quên chia đôi"),
        (Fraction(k * (high - low) ** 2, 2), "tính như diện tích tam giác"),
        (Fraction(k * abs(high**3 - low**3), 3), "chỉ lấy hạng tử bậc cao nhất"),
        (Fraction((high - low) ** 3, 12), "tính sai hệ số"),
        (key * 4, "tính nhầm"),
    ]
    stem = f"Diện tích hình phẳng giới hạn bởi parabol $y = {polynomial(k, -k * (low + high), k * low * high)}$ và trục hoành bằng"
    return numbers(
        r,
        stem,
        key,
        wrongs,
        f"Parabol cắt trục hoành tại {low} và {high}: $S = \\int_{{{low}}}^{{{high}}} |y|\\,dx = {tex(key)}$.",
        lambda v: maths(tex(v)),
    )


@SHELF.add(AREA, VAN_DUNG)
def arch(r: Random) -> Draft:
    width, height = r.randint(2, 24), r.choice([Fraction(n, 2) for n in range(3, 25)])
    key = Fraction(2, 3) * width * height
    return short(
        f"Một cổng chào có dạng parabol, rộng {width} m ở chân cổng và cao {plain(height)} m. Diện tích phần mặt phẳng giới hạn bởi cổng và mặt đất là bao nhiêu mét vuông? (Làm tròn kết quả đến hàng phần mười.)",
        key,
        f"Diện tích hình phẳng dưới parabol bằng $\\frac{{2}}{{3}}$ tích chiều rộng và chiều cao: {plain(key, 1)} m².",
        1,
    )


@SHELF.add(AREA, BIET)
def revolution_volume(r: Random) -> Draft:
    a, high = r.randint(1, 6), r.randint(1, 6)
    key = Fraction(a * a * high**3, 3)
    show: Callable[..., Any] = lambda v: f"${tex(v)}\\pi$".replace("$1\\pi", "$\\pi")
    wrongs = [
        (Fraction(a * high * high, 2), "quên bình phương hàm số"),
        (Fraction(a * a * high**3), "quên chia cho 3"),
        (Fraction(a * high**3, 3), "quên bình phương hệ số"),
        (Fraction(a * a * high * high, 2), "tính sai nguyên hàm"),
        (2 * key, "tính thừa hệ số 2"),
    ]
    return numbers(
        r,
        f"Cho hình phẳng giới hạn bởi đồ thị hàm số $y = {total((a, 'x'))}$, trục hoành và các đường thẳng $x = 0$, $x = {high}$. Thể tích khối tròn xoay tạo thành khi quay hình phẳng quanh trục $Ox$ bằng",
        key,
        wrongs,
        f"$V = \\pi\\int_0^{{{high}}} ({total((a, 'x'))})^2\\,dx = {tex(key)}\\pi$.",
        show,
    )


@SHELF.add(PRIMITIVE, HIEU)
def right_primitives(r: Random) -> Draft:
    n, b = r.randint(2, 8), r.choice((2, 3, 5, 7))
    power = r.choice(NONZERO)
    rows = [
        (f"$\\int x^{n}\\,dx = \\frac{{x^{n + 1}}}{{{n + 1}}} + C$", True),
        (f"$\\int x^{n}\\,dx = {n}x^{{{n - 1}}} + C$", False),
        ("$\\int \\cos x\\,dx = \\sin x + C$", True),
        ("$\\int \\sin x\\,dx = \\cos x + C$", False),
        (f"$\\int {b}^x\\,dx = \\frac{{{b}^x}}{{\\ln {b}}} + C$", True),
        (f"$\\int {b}^x\\,dx = {b}^x\\ln {b} + C$", False),
        (f"$\\int {power}\\,dx = {total((power, 'x'))} + C$", True),
    ]
    return several(
        r,
        "Chọn tất cả các khẳng định đúng về nguyên hàm.",
        r.sample(rows, 5),
        "Bảng nguyên hàm: $\\int x^n dx = \\frac{x^{n+1}}{n+1} + C$, $\\int \\cos x\\,dx = \\sin x + C$, $\\int \\sin x\\,dx = -\\cos x + C$, $\\int a^x dx = \\frac{a^x}{\\ln a} + C$.",
    )
