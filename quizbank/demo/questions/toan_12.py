# ruff: noqa: E501, E731
"""Toán 12."""

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
    several,
    short,
)
from quizbank.demo.questions.writing import comma, maths, plain, point, polynomial, signed, tex, total

SHELF = Shelf()

MONOTONY = "toan.l12.dai-so-giai-tich.tinh-don-dieu-va-cuc-tri-cua-ham-so"
EXTREMES = "toan.l12.dai-so-giai-tich.gia-tri-lon-nhat-gia-tri-nho-nhat-cua-ham-so"
ASYMPTOTES = "toan.l12.dai-so-giai-tich.duong-tiem-can-cua-do-thi-ham-so"
GRAPHS = "toan.l12.dai-so-giai-tich.khao-sat-va-ve-do-thi-ham-so-ung-dung-dao-ham-trong-thuc"
PRIMITIVE = "toan.l12.dai-so-giai-tich.nguyen-ham"
INTEGRAL = "toan.l12.dai-so-giai-tich.tich-phan"
AREA = "toan.l12.dai-so-giai-tich.ung-dung-hinh-hoc-cua-tich-phan"
SPACE_VECTORS = "toan.l12.hinh-hoc-do-luong.vecto-va-cac-phep-toan-vecto-trong-khong-gian"
COORDINATES = "toan.l12.hinh-hoc-do-luong.toa-do-cua-vecto-trong-khong-gian"
PLANES = "toan.l12.hinh-hoc-do-luong.phuong-trinh-mat-phang"
SPACE_LINES = "toan.l12.hinh-hoc-do-luong.phuong-trinh-duong-thang-trong-khong-gian"
SPHERES = "toan.l12.hinh-hoc-do-luong.phuong-trinh-mat-cau"
SPREAD = "toan.l12.thong-ke-xac-suat.cac-so-dac-trung-do-muc-do-phan-tan-mau-so-lieu-ghep"
CONDITIONAL = "toan.l12.thong-ke-xac-suat.xac-suat-co-dieu-kien"
BAYES = "toan.l12.thong-ke-xac-suat.cong-thuc-xac-suat-toan-phan-va-cong-thuc-bayes"

NONZERO = [n for n in range(-9, 10) if n]
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
    line: Callable[..., Any] = lambda p, q: f"$y = {polynomial(p, q)}$"
    wrongs = [
        (line(a, b - a * d), "lấy hai hệ số đầu của tử"),
        (line(a, -b), "sai dấu hệ số tự do"),
        (line(-a, b), "sai dấu hệ số góc"),
        (line(a, b + c), "cộng thêm phần dư"),
        (line(a, d), "lấy nghiệm của mẫu"),
    ]
    return choice(
        r,
        f"Đường tiệm cận xiên của đồ thị hàm số $y = \\frac{{{top}}}{{{polynomial(1, -d)}}}$ là",
        line(a, b),
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


@SHELF.add(PLANES, HIEU)
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


@SHELF.add(SPREAD, BIET)
def grouped_range(r: Random) -> Draft:
    start, width, groups = r.choice((0, 10, 20, 40, 100, 150)), r.choice((2, 4, 5, 10)), r.randint(4, 7)
    counts = [r.randint(1, 15) for _ in range(groups)]
    key = width * groups
    rows = "; ".join(
        f"[{start + width * place}; {start + width * (place + 1)}): {count}" for place, count in enumerate(counts)
    )
    wrongs = [
        (key - width, "dùng giá trị đại diện của nhóm"),
        (start + key, "lấy đầu mút phải của nhóm cuối"),
        (max(counts) - min(counts), "lấy hiệu các tần số"),
        (width, "lấy độ dài nhóm"),
        (sum(counts), "lấy cỡ mẫu"),
    ]
    return numbers(
        r,
        f"Mẫu số liệu ghép nhóm có tần số: {rows}. Khoảng biến thiên của mẫu số liệu ghép nhóm là",
        key,
        wrongs,
        f"$R = {start + key} - {start} = {key}$.",
    )


@SHELF.add(SPREAD, HIEU)
def grouped_variance(r: Random) -> Draft:
    start, width = r.choice((0, 10, 20, 40)), r.choice((2, 4, 10))
    side, middle_count = r.randint(2, 12), r.randint(4, 20)
    whole = 2 * side + middle_count
    key = Fraction(2 * side * width * width, whole)
    rows = "; ".join(
        f"[{start + width * place}; {start + width * (place + 1)}): {count}"
        for place, count in enumerate((side, middle_count, side))
    )
    wrongs = [
        (Fraction(2 * side * width, whole), "quên bình phương độ lệch"),
        (Fraction(2 * side * width * width, whole - 1), "chia cho n - 1"),
        (Fraction(2 * width * width, 3), "quên tần số"),
        (Fraction(2 * side * width * width), "quên chia cho cỡ mẫu"),
    ]
    return numbers(
        r,
        f"Mẫu số liệu ghép nhóm có tần số: {rows}. Phương sai của mẫu số liệu xấp xỉ",
        key,
        wrongs,
        f"Số trung bình là {plain(start + Fraction(3 * width, 2))}; $s^2 \\approx$ {plain(key, 2)}.",
        lambda v: plain(v, 2),
    )


@SHELF.add(SPREAD, VAN_DUNG)
def grouped_deviation(r: Random) -> Draft:
    width, side, middle_count = r.choice((2, 4, 5, 10)), r.randint(2, 15), r.randint(3, 25)
    whole = 2 * side + middle_count
    squared = Fraction(2 * side * width * width, whole)
    deviation = Fraction(isqrt(squared.numerator * squared.denominator * 10**8), squared.denominator * 10**4)
    rows = "; ".join(
        f"[{30 + width * place}; {30 + width * (place + 1)}): {count}"
        for place, count in enumerate((side, middle_count, side))
    )
    return short(
        f"Thời gian (phút) đến trường của học sinh được cho bởi mẫu số liệu ghép nhóm có tần số: {rows}. Độ lệch chuẩn của mẫu số liệu là bao nhiêu phút? (Làm tròn kết quả đến hàng phần mười.)",
        deviation,
        f"Phương sai $\\approx$ {plain(squared, 2)}, độ lệch chuẩn $\\approx$ {plain(deviation, 1)} phút.",
        1,
    )


@SHELF.add(CONDITIONAL, BIET)
def conditional_formula(r: Random) -> Draft:
    b = r.choice([Fraction(n, 20) for n in range(4, 20)])
    both = b * r.choice([Fraction(n, 10) for n in range(1, 10)])
    key = both / b
    wrongs = [
        (both * b, "nhân thay vì chia"),
        (b - both, "trừ hai xác suất"),
        (b, "lấy P(B)"),
        (both, "lấy P(AB)"),
        (1 - key, "tính xác suất biến cố đối"),
    ]
    return numbers(
        r,
        f"Cho hai biến cố $A$, $B$ với $P(AB) = {comma(both)}$ và $P(B) = {comma(b)}$. Xác suất $P(A \\mid B)$ bằng",
        key,
        wrongs,
        f"$P(A \\mid B) = \\frac{{P(AB)}}{{P(B)}}$ = {plain(key)}.",
    )


@SHELF.add(CONDITIONAL, HIEU)
def second_ball(r: Random) -> Draft:
    red, blue = r.randint(3, 12), r.randint(3, 12)
    key = Fraction(red - 1, red + blue - 1)
    wrongs = [
        (Fraction(red, red + blue), "coi như có hoàn lại"),
        (Fraction(red - 1, red + blue), "quên giảm tổng số bi"),
        (Fraction(red, red + blue - 1), "quên giảm số bi đỏ"),
        (Fraction(red * (red - 1), (red + blue) * (red + blue - 1)), "tính xác suất cả hai lần lấy bi đỏ"),
    ]
    return numbers(
        r,
        f"Một hộp có {red} bi đỏ và {blue} bi xanh. Lấy lần lượt hai viên bi không hoàn lại. Biết viên thứ nhất màu đỏ, xác suất viên thứ hai màu đỏ là",
        key,
        wrongs,
        f"Còn lại {red - 1} bi đỏ trong {red + blue - 1} viên bi.",
        lambda v: maths(tex(v)),
    )


@SHELF.add(CONDITIONAL, VAN_DUNG)
def survey(r: Random) -> Draft:
    a, b, c, d = (r.randint(5, 60) for _ in range(4))
    key = Fraction(a, a + c)
    return short(
        f"Khảo sát {a + b + c + d} học sinh: có {a} học sinh nam và {c} học sinh nữ tham gia câu lạc bộ, còn lại {b} học sinh nam và {d} học sinh nữ không tham gia. Chọn ngẫu nhiên một học sinh tham gia câu lạc bộ. Xác suất học sinh đó là nam bằng bao nhiêu? (Làm tròn kết quả đến hàng phần trăm.)",
        key,
        f"Có {a + c} học sinh tham gia, trong đó {a} nam: {plain(key, 2)}.",
        2,
    )


@SHELF.add(BAYES, HIEU)
def total_probability(r: Random) -> Draft:
    share, good, bad = (
        r.choice([Fraction(n, 20) for n in range(4, 17)]),
        r.choice([Fraction(n, 100) for n in range(1, 10)]),
        r.choice([Fraction(n, 100) for n in range(2, 15)]),
    )
    if good == bad or share == Fraction(1, 2):
        return None
    key = share * good + (1 - share) * bad
    wrongs = [
        ((good + bad) / 2, "lấy trung bình cộng"),
        (good + bad, "cộng hai xác suất"),
        (share * bad + (1 - share) * good, "nhầm trọng số"),
        (share * good, "bỏ sót trường hợp thứ hai"),
    ]
    return numbers(
        r,
        f"Một nhà máy có hai dây chuyền. Dây chuyền I làm ra {plain(share * 100)}% sản phẩm với tỉ lệ phế phẩm {plain(good * 100)}%, dây chuyền II làm ra số còn lại với tỉ lệ phế phẩm {plain(bad * 100)}%. Lấy ngẫu nhiên một sản phẩm, xác suất lấy được phế phẩm là",
        key,
        wrongs,
        f"${comma(share)}\\cdot {comma(good)} + {comma(1 - share)}\\cdot {comma(bad)}$ = {plain(key)}.",
    )


@SHELF.add(BAYES, VAN_DUNG)
def medical_test(r: Random) -> Draft:
    ill, sure, false = (
        r.choice([Fraction(n, 100) for n in range(1, 11)]),
        r.choice([Fraction(n, 100) for n in range(85, 100)]),
        r.choice([Fraction(n, 100) for n in range(1, 11)]),
    )
    key = ill * sure / (ill * sure + (1 - ill) * false)
    return short(
        f"Tỉ lệ người mắc một bệnh trong dân số là {plain(ill * 100)}%. Một xét nghiệm cho kết quả dương tính với {plain(sure * 100)}% người mắc bệnh và {plain(false * 100)}% người không mắc bệnh. Một người có kết quả dương tính; xác suất người đó mắc bệnh là bao nhiêu? (Làm tròn kết quả đến hàng phần trăm.)",
        key,
        f"Công thức Bayes: $\\frac{{{comma(ill * sure)}}}{{{comma(ill * sure)} + {comma((1 - ill) * false)}}} \\approx$ {plain(key, 2)}.",
        2,
    )


@SHELF.add(BAYES, HIEU)
def two_boxes(r: Random) -> Draft:
    a, b, c, d = (r.randint(2, 9) for _ in range(4))
    first, second = Fraction(a, a + b), Fraction(c, c + d)
    either_box = (first + second) / 2
    back = first / (first + second)
    if first == second:
        return None
    statements = [
        either(
            r,
            "Nếu chọn hộp I, xác suất lấy được bi đỏ là $@$.",
            tex(first),
            tex(1 - first),
            f"Hộp I có {a} bi đỏ trong {a + b} viên.",
        ),
        either(
            r,
            "Nếu chọn hộp II, xác suất lấy được bi đỏ là $@$.",
            tex(second),
            tex(1 - second),
            f"Hộp II có {c} bi đỏ trong {c + d} viên.",
        ),
        either(
            r,
            "Xác suất lấy được bi đỏ là $@$.",
            tex(either_box),
            tex(Fraction(a + c, a + b + c + d)),
            f"Công thức xác suất toàn phần: ${tex(either_box)}$.",
        ),
        either(
            r,
            "Biết lấy được bi đỏ, xác suất bi đó thuộc hộp I là $@$.",
            tex(back),
            tex(second / (first + second)),
            f"Công thức Bayes: ${tex(back)}$.",
        ),
    ]
    if Fraction(a + c, a + b + c + d) == either_box:
        return None
    return cluster(
        f"Hộp I có {a} bi đỏ, {b} bi xanh; hộp II có {c} bi đỏ, {d} bi xanh. Chọn ngẫu nhiên một hộp rồi lấy ngẫu nhiên một viên bi. Mỗi phát biểu sau đúng hay sai?",
        statements,
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
