# ruff: noqa: E501, E731
"""Toán 12: monotony, extremes, asymptotes, graphs."""

from collections.abc import Callable
from fractions import Fraction
from math import isqrt
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
from quizbank.demo.questions.writing import maths, plain, point, polynomial, signed, tex, total

SHELF = Shelf()

MONOTONY = "toan.l12.dai-so-giai-tich.tinh-don-dieu-va-cuc-tri-cua-ham-so"
EXTREMES = "toan.l12.dai-so-giai-tich.gia-tri-lon-nhat-gia-tri-nho-nhat-cua-ham-so"
ASYMPTOTES = "toan.l12.dai-so-giai-tich.duong-tiem-can-cua-do-thi-ham-so"
GRAPHS = "toan.l12.dai-so-giai-tich.khao-sat-va-ve-do-thi-ham-so-ung-dung-dao-ham-trong-thuc"


def span(low: int | str, high: int | str) -> str:
    return f"$({low};\\ {high})$"


@SHELF.add(MONOTONY, BIET)
def decreasing_interval(r: Random) -> Draft:
    low, high = sorted(r.sample(range(-8, 9), 2))
    if (low + high) % 2:
        return None
    k = r.choice((1, 1, 2))
    a, b, c = 2 * k, -3 * k * (low + high), 6 * k * low * high
    shift = r.randint(-9, 9)
    wrongs = [
        (f"$(-\\infty;\\ {low})$", "nhầm khoảng đồng biến"),
        (f"$({high};\\ +\\infty)$", "nhầm khoảng đồng biến"),
        (span(-high, -low), "sai dấu nghiệm của đạo hàm"),
        ("$\\mathbb{R}$", "không xét dấu đạo hàm"),
    ]
    stem = f"Hàm số $y = {polynomial(a, b, c, shift)}$ nghịch biến trên khoảng nào sau đây?"
    because = f"$y' = {polynomial(6 * k, -6 * k * (low + high), 6 * k * low * high)}$ có hai nghiệm {low} và {high}; $y' < 0$ trên {span(low, high)}."
    return choice(r, stem, span(low, high), wrongs, because)


@SHELF.add(MONOTONY, HIEU)
def cubic_cluster(r: Random) -> Draft:
    low, high = sorted(r.sample(range(-6, 7), 2))
    if (low + high) % 2:
        return None
    b, c, d = -3 * (low + high) // 2, 3 * low * high, r.randint(-9, 9)
    value: Callable[..., Any] = lambda x: x**3 + b * x * x + c * x + d
    statements = [
        either(
            r,
            "Hàm số đồng biến trên khoảng @.",
            f"$({high};\\ +\\infty)$",
            span(low, high),
            f"$y' > 0$ trên $(-\\infty;\\ {low})$ và $({high};\\ +\\infty)$.",
        ),
        either(
            r,
            "Điểm cực đại của hàm số là $x = @$.",
            str(low),
            str(high),
            f"$y'$ đổi dấu từ dương sang âm tại $x = {low}$.",
        ),
        either(
            r, "Giá trị cực tiểu của hàm số là @.", str(value(high)), str(value(low)), f"$y({high}) = {value(high)}$."
        ),
        either(r, "Hàm số có @ điểm cực trị.", "hai", "một", f"$y' = 0$ có hai nghiệm phân biệt {low} và {high}."),
    ]
    return cluster(f"Cho hàm số $y = {polynomial(1, b, c, d)}$. Mỗi phát biểu sau đúng hay sai?", statements)


@SHELF.add(MONOTONY, VAN_DUNG)
def parameter_count(r: Random) -> Draft:
    bound = r.randint(2, 30)
    key = 2 * isqrt(3 * bound) + 1
    return short(
        f"Có bao nhiêu giá trị nguyên của tham số $m$ để hàm số $y = x^3 + mx^2 + {term_of(bound)} + 1$ đồng biến trên $\\mathbb{{R}}$?",
        key,
        f"Cần $y' = 3x^2 + 2mx + {bound} \\ge 0$ với mọi $x$: $m^2 \\le {3 * bound}$, có {key} giá trị nguyên.",
    )


def term_of(coefficient: int) -> str:
    return total((coefficient, "x"))


@SHELF.add(MONOTONY, HIEU)
def extremes_from_derivative(r: Random) -> Draft:
    roots = r.sample(range(-6, 7), 3)
    powers = [r.choice((1, 2, 3)) for _ in roots]
    factors = "".join(
        f"({polynomial(1, -root)})" + (f"^{power}" if power > 1 else "")
        if root
        else ("x" if power == 1 else f"x^{power}")
        for root, power in sorted(zip(roots, powers, strict=True), key=lambda row: row[0] != 0)
    )
    key = len([power for power in powers if power % 2])
    wrongs = [
        (sum(powers), "đếm cả bậc của nghiệm"),
        (3, "đếm mọi nghiệm của đạo hàm"),
        (3 - key, "đếm nghiệm bội chẵn"),
        (key + 1, "đếm thừa"),
        (0, "cho rằng không có cực trị"),
    ]
    return numbers(
        r,
        f"Hàm số $f(x)$ có đạo hàm $f'(x) = {factors}$ trên $\\mathbb{{R}}$. Số điểm cực trị của hàm số là",
        key,
        wrongs,
        f"$f'(x)$ chỉ đổi dấu khi qua nghiệm bội lẻ: có {key} điểm cực trị.",
    )


@SHELF.add(EXTREMES, HIEU)
def greatest_on_segment(r: Random) -> Draft:
    c, d = r.choice((3, 12, 27)), r.randint(-9, 9)
    k = isqrt(c // 3)
    low, high = sorted(r.sample(range(-5, 6), 2))
    value: Callable[..., Any] = lambda x: x**3 - c * x + d
    candidates = [low, high] + [x for x in (-k, k) if low < x < high]
    best, worst = max(map(value, candidates)), min(map(value, candidates))
    wrongs = [
        (worst, "nhầm với giá trị nhỏ nhất"),
        (
            max(value(low), value(high)) if best not in (value(low), value(high)) else value(-k) + 1,
            "chỉ xét hai đầu mút",
        ),
        (max(candidates, key=value), "lấy hoành độ thay cho giá trị"),
        (value(k), "lấy giá trị cực tiểu"),
        (best + d if d else best + 2, "tính nhầm"),
    ]
    return numbers(
        r,
        f"Giá trị lớn nhất của hàm số $f(x) = {polynomial(1, 0, -c, d)}$ trên đoạn $[{low};\\ {high}]$ bằng",
        best,
        wrongs,
        f"$f'(x) = {polynomial(3, 0, -c)}$; so sánh giá trị tại các điểm {', '.join(map(str, sorted(candidates)))}: lớn nhất là {best}.",
    )


@SHELF.add(EXTREMES, VAN_DUNG)
def open_box(r: Random) -> Draft:
    side = r.choice(range(6, 61, 6))
    cut = Fraction(side, 6)
    volume = cut * (side - 2 * cut) ** 2
    ask_cut = r.random() < 0.7
    stem = f"Từ một tấm bìa hình vuông cạnh {side} cm, người ta cắt ở bốn góc bốn hình vuông bằng nhau rồi gập lại thành hộp không nắp. "
    if ask_cut:
        return short(
            stem + "Để thể tích hộp lớn nhất, cạnh hình vuông bị cắt là bao nhiêu xăng-ti-mét?",
            cut,
            f"$V(x) = x({side} - 2x)^2$ đạt giá trị lớn nhất tại $x = {tex(cut)}$.",
        )
    return short(
        stem + "Thể tích lớn nhất của hộp là bao nhiêu xăng-ti-mét khối?",
        volume,
        f"$V(x) = x({side} - 2x)^2$ lớn nhất tại $x = {tex(cut)}$, bằng {plain(volume)} cm³.",
    )


@SHELF.add(EXTREMES, VAN_DUNG)
def fence(r: Random) -> Draft:
    wire = r.choice(range(20, 401, 4))
    return short(
        f"Một người có {wire} m lưới, muốn rào một mảnh vườn hình chữ nhật dọc theo một bức tường thẳng (phía tường không cần rào). Chiều dài cạnh vuông góc với tường là bao nhiêu mét để diện tích mảnh vườn lớn nhất?",
        Fraction(wire, 4),
        f"$S(x) = x({wire} - 2x)$ lớn nhất tại $x = {tex(Fraction(wire, 4))}$.",
    )


@SHELF.add(EXTREMES, BIET)
def least_of_quadratic(r: Random) -> Draft:
    h, k = r.randint(-6, 6), r.randint(-12, 12)
    low, high = h - r.randint(1, 4), h + r.randint(1, 5)
    top = max((low - h) ** 2, (high - h) ** 2) + k
    wrongs = [
        (h, "lấy hoành độ thay cho giá trị"),
        (top, "nhầm với giá trị lớn nhất"),
        (min((low - h) ** 2, (high - h) ** 2) + k, "chỉ xét hai đầu mút"),
        (h * h + k, "lấy giá trị tại 0"),
        (-k, "sai dấu"),
    ]
    return numbers(
        r,
        f"Giá trị nhỏ nhất của hàm số $y = {polynomial(1, -2 * h, h * h + k)}$ trên đoạn $[{low};\\ {high}]$ là",
        k,
        wrongs,
        f"$y = (x {signed(-h)})^2 {signed(k)} \\ge {k}$, dấu bằng khi $x = {h}$ thuộc đoạn."
        if h
        else f"$y = x^2 {signed(k)} \\ge {k}$, dấu bằng khi $x = 0$.",
    )


@SHELF.add(ASYMPTOTES, BIET)
def find_asymptotes(r: Random) -> Draft:
    a, b, c, d = r.choice(NONZERO), r.randint(-9, 9), r.choice((1, 2, 3, -1, -2)), r.choice(NONZERO)
    if a * d == b * c:
        return None
    vertical, horizontal = Fraction(-d, c), Fraction(a, c)
    upright = r.random() < 0.5
    show = (lambda v: f"$x = {tex(v)}$") if upright else (lambda v: f"$y = {tex(v)}$")
    key = vertical if upright else horizontal
    wrongs = [
        (-key, "sai dấu"),
        (horizontal if upright else vertical, "nhầm hai loại tiệm cận"),
        (1 / key, "đảo tỉ số"),
        (Fraction(-b, a), "lấy nghiệm của tử"),
        (Fraction(b, d), "lấy giá trị tại 0"),
    ]
    kind = "đứng" if upright else "ngang"
    because = f"Tiệm cận đứng $x = {tex(vertical)}$ (nghiệm của mẫu), tiệm cận ngang $y = {tex(horizontal)}$ (tỉ số hệ số của $x$)."
    return numbers(
        r,
        f"Đường tiệm cận {kind} của đồ thị hàm số $y = \\frac{{{polynomial(a, b)}}}{{{polynomial(c, d)}}}$ là đường thẳng",
        key,
        wrongs,
        because,
        show,
    )


@SHELF.add(ASYMPTOTES, HIEU)
def oblique(r: Random) -> Draft:
    a, b, c, d = r.choice((1, 2, 3, -1, -2)), r.randint(-7, 7), r.choice(NONZERO), r.choice(NONZERO)
    # (ax + b)(x - d) + c over x - d
    top = polynomial(a, b - a * d, c - b * d)
    asymptote: Callable[..., Any] = lambda p, q: f"$y = {polynomial(p, q)}$"
    wrongs = [
        (asymptote(a, b - a * d), "lấy hai hệ số đầu của tử"),
        (asymptote(a, -b), "sai dấu hệ số tự do"),
        (asymptote(-a, b), "sai dấu hệ số góc"),
        (asymptote(a, b + c), "cộng thêm phần dư"),
        (asymptote(a, d), "lấy nghiệm của mẫu"),
    ]
    return choice(
        r,
        f"Đường tiệm cận xiên của đồ thị hàm số $y = \\frac{{{top}}}{{{polynomial(1, -d)}}}$ là",
        asymptote(a, b),
        wrongs,
        f"Chia đa thức: $y = {polynomial(a, b)} + \\frac{{{c}}}{{{polynomial(1, -d)}}}$.",
    )


@SHELF.add(ASYMPTOTES, VAN_DUNG)
def asymptote_rectangle(r: Random) -> Draft:
    a, c, d, b = r.choice(NONZERO), r.choice((1, 2, 4, 5)), r.choice(NONZERO), r.randint(-9, 9)
    if a * d == b * c:
        return None
    key = abs(Fraction(d, c) * Fraction(a, c))
    return short(
        f"Hai đường tiệm cận của đồ thị hàm số $y = \\frac{{{polynomial(a, b)}}}{{{polynomial(c, d)}}}$ cùng với hai trục toạ độ tạo thành một hình chữ nhật. Diện tích hình chữ nhật đó bằng bao nhiêu?",
        key,
        f"Tiệm cận $x = {tex(Fraction(-d, c))}$, $y = {tex(Fraction(a, c))}$ nên diện tích là {plain(key)}.",
    )


@SHELF.add(GRAPHS, HIEU)
def symmetry_centre(r: Random) -> Draft:
    h, c, d = r.choice([n for n in range(-5, 6) if n]), r.randint(-9, 9), r.randint(-9, 9)
    b = -3 * h
    k = h**3 + b * h * h + c * h + d
    wrongs = [
        (maths(point(-h, k)), "sai dấu hoành độ"),
        (maths(point(h, d)), "lấy hệ số tự do làm tung độ"),
        (maths(point(3 * h, d)), "quên chia 3"),
        (maths(point(0, d)), "lấy giao điểm với trục tung"),
        (maths(point(h, -k)), "sai dấu tung độ"),
    ]
    return choice(
        r,
        f"Tâm đối xứng của đồ thị hàm số $y = {polynomial(1, b, c, d)}$ là điểm",
        maths(point(h, k)),
        wrongs,
        f"$y'' = {polynomial(6, 2 * b)} = 0$ tại $x = {h}$, $y = {k}$.",
    )


@SHELF.add(GRAPHS, VAN_DUNG)
def profit(r: Random) -> Draft:
    best, factor, fixed = r.randint(5, 60), r.randint(1, 4), r.randint(10, 90)
    linear = 2 * factor * best
    stem = f"Lợi nhuận (triệu đồng) khi sản xuất $x$ tấn sản phẩm là $P(x) = {polynomial(-factor, linear, -fixed)}$. Cần sản xuất bao nhiêu tấn sản phẩm để lợi nhuận lớn nhất?"
    return short(stem, best, f"$P'(x) = {polynomial(-2 * factor, linear)} = 0$ khi $x = {best}$.")


@SHELF.add(GRAPHS, BIET)
def meets_axis(r: Random) -> Draft:
    a, b, c, d = r.choice((1, -1, 2)), r.randint(-6, 6), r.randint(-6, 6), r.choice(NONZERO)
    wrongs = [
        (maths(point(d, 0)), "nhầm trục hoành với trục tung"),
        (maths(point(0, -d)), "sai dấu"),
        (maths(point(0, a)), "lấy hệ số cao nhất"),
        (maths(point(0, a + b + c + d)), "thay x = 1"),
        (maths(point(0, d + 1)), "tính nhầm"),
    ]
    return choice(
        r,
        f"Đồ thị hàm số $y = {polynomial(a, b, c, d)}$ cắt trục tung tại điểm",
        maths(point(0, d)),
        wrongs,
        f"Thay $x = 0$ được $y = {d}$.",
    )
