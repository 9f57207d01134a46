# ruff: noqa: E501
"""Toán 11: limits, logarithms, derivatives, space."""

from fractions import Fraction
from random import Random

from quizbank.demo.questions.claims import theory
from quizbank.demo.questions.templates import (
    BIET,
    HIEU,
    VAN_DUNG,
    Draft,
    Shelf,
    choice,
    numbers,
    short,
)
from quizbank.demo.questions.writing import (
    Number,
    comma,
    maths,
    plain,
    polynomial,
    split_root,
    tex,
    total,
)

SHELF = Shelf()

LIMIT_SEQUENCE = "toan.l11.dai-so-giai-tich.gioi-han-cua-day-so"
LIMIT_FUNCTION = "toan.l11.dai-so-giai-tich.gioi-han-cua-ham-so"
CONTINUOUS = "toan.l11.dai-so-giai-tich.ham-so-lien-tuc"
LOGARITHM = "toan.l11.dai-so-giai-tich.luy-thua-voi-so-mu-thuc-logarit"
LOG_EQUATION = "toan.l11.dai-so-giai-tich.phuong-trinh-bat-phuong-trinh-mu-va-logarit"
DERIVATIVE = "toan.l11.dai-so-giai-tich.dao-ham-khai-niem-quy-tac-tinh-dao-ham-cap-hai"
PERPENDICULAR = "toan.l11.hinh-hoc-do-luong.duong-thang-vuong-goc-voi-mat-phang-phep-chieu-vuong-goc"
DISTANCE = "toan.l11.hinh-hoc-do-luong.khoang-cach-trong-khong-gian"
FRUSTUM = "toan.l11.hinh-hoc-do-luong.hinh-chop-cut-deu-va-the-tich"

BOXES = tuple(
    (a, b, c)
    for a in range(1, 25)
    for b in range(a, 25)
    for c in range(b, 25)
    if split_root(a * a + b * b + c * c)[1] == 1
)
"""Boxes whose diagonal is a whole number."""


@SHELF.add(LIMIT_SEQUENCE, HIEU)
def rational_limit(r: Random) -> Draft:
    a, b, c, d = (
        r.choice([n for n in range(-9, 10) if n]),
        r.randint(-9, 9),
        r.choice([n for n in range(-9, 10) if n]),
        r.randint(-9, 9),
    )
    key = Fraction(a, c)
    if b == 0 or d == 0:
        return None
    wrongs = [
        (Fraction(b, d), "lấy tỉ số hệ số tự do"),
        (Fraction(c, a), "đảo tỉ số"),
        (-key, "sai dấu"),
        (Fraction(0), "cho rằng giới hạn bằng 0"),
        (Fraction(a + b, c + d) if c + d else Fraction(1), "thay n = 1"),
    ]
    return numbers(
        r,
        f"Giới hạn $\\lim \\frac{{{polynomial(a, b, variable='n')}}}{{{polynomial(c, d, variable='n')}}}$ bằng",
        key,
        wrongs,
        f"Chia cả tử và mẫu cho $n$, giới hạn bằng ${tex(key)}$.",
        lambda v: maths(tex(v)),
    )


@SHELF.add(LIMIT_FUNCTION, HIEU)
def zero_over_zero(r: Random) -> Draft:
    at, other = r.sample(range(-9, 10), 2)
    key = at - other
    wrongs = [
        (0, "thay trực tiếp được 0 ở tử"),
        (at + other, "sai dấu nghiệm còn lại"),
        (-key, "sai dấu"),
        (at, "lấy điểm tới hạn"),
        (at * other, "lấy hệ số tự do"),
    ]
    return numbers(
        r,
        f"Giới hạn $\\lim_{{x \\to {at}}} \\frac{{{polynomial(1, -(at + other), at * other)}}}{{{polynomial(1, -at)}}}$ bằng",
        key,
        wrongs,
        f"Rút gọn được $\\lim_{{x \\to {at}}} ({polynomial(1, -other)}) = {key}$.",
    )


@SHELF.add(LIMIT_FUNCTION, BIET)
def direct_limit(r: Random) -> Draft:
    a, b, c, at = r.choice((1, 2, 3, -1, -2)), r.randint(-7, 7), r.randint(-9, 9), r.choice((-3, -2, -1, 2, 3, 4))
    key = a * at * at + b * at + c
    wrongs = [
        (a * at * at - b * at + c, "sai dấu hạng tử bậc nhất"),
        (2 * a * at + b, "nhầm với đạo hàm"),
        (-a * at * at + b * at + c, "sai dấu khi bình phương"),
        (c, "thay x = 0"),
        (key + 1, "tính nhầm"),
    ]
    return numbers(
        r,
        f"Giới hạn $\\lim_{{x \\to {at}}} ({polynomial(a, b, c)})$ bằng",
        key,
        wrongs,
        f"Hàm đa thức liên tục nên thay $x = {at}$: {key}.",
    )


@SHELF.add(CONTINUOUS, VAN_DUNG)
def continuity_parameter(r: Random) -> Draft:
    at, other, shift = r.randint(-9, 9), r.randint(-9, 9), r.randint(-5, 5)
    if at == other:
        return None
    key = at - other - shift
    stem = f"Cho hàm số $f(x) = \\frac{{{polynomial(1, -(at + other), at * other)}}}{{{polynomial(1, -at)}}}$ khi $x \\ne {at}$ và $f({at}) = {total((1, 'm'), (shift, ''))}$. Tìm giá trị của $m$ để hàm số liên tục tại $x = {at}$."
    return short(
        stem,
        key,
        f"$\\lim_{{x \\to {at}}} f(x) = {at - other}$ nên ${total((1, 'm'), (shift, ''))} = {at - other}$, $m = {key}$.",
    )


@SHELF.add(LOGARITHM, BIET)
def logarithm_value(r: Random) -> Draft:
    base, power = r.choice((2, 3, 5, 7, 10)), r.choice((-3, -2, -1, 2, 3, 4, 5))
    inside = Fraction(base) ** power
    wrongs: list[tuple[Number, str]] = [
        (-power, "sai dấu số mũ"),
        (Fraction(1, power), "lấy nghịch đảo số mũ"),
        (base, "lấy cơ số"),
        (inside / base, "chia cho cơ số"),
        (power + 1, "đếm thừa một luỹ thừa"),
    ]
    return numbers(
        r,
        f"Giá trị của $\\log_{{{base}}} {tex(inside)}$ bằng",
        power,
        wrongs,
        f"Vì ${base}^{{{power}}} = {tex(inside)}$.",
        lambda v: maths(tex(v)),
    )


@SHELF.add(LOGARITHM, HIEU)
def logarithm_rules(r: Random) -> Draft:
    p, q, base = r.randint(2, 9), r.randint(2, 9), r.choice((2, 3, 5))
    x, y = r.randint(-5, 9), r.randint(-5, 9)
    key = p * x + q * y
    wrongs = [
        (p * x * q * y, "nhân thay vì cộng"),
        (p * x - q * y, "trừ thay vì cộng"),
        (x**2 * p + y, "dùng sai quy tắc luỹ thừa"),
        ((p + q) * (x + y), "cộng số mũ"),
        (x + y + p + q, "cộng tất cả"),
    ]
    return numbers(
        r,
        f"Cho $\\log_{base} a = {x}$ và $\\log_{base} b = {y}$ với $a, b > 0$. Giá trị của $\\log_{base} (a^{p}b^{q})$ là",
        key,
        wrongs,
        f"${p}\\log_{base} a + {q}\\log_{base} b = {p}\\cdot ({x}) + {q}\\cdot ({y}) = {key}$.",
    )


@SHELF.add(LOG_EQUATION, HIEU)
def log_equation(r: Random) -> Draft:
    base, power, a, b = r.choice((2, 3, 5)), r.choice((1, 2, 3, 4)), r.choice((1, 2, 3, 4, 5)), r.randint(-9, 9)
    key = Fraction(base**power - b, a)
    wrongs = [
        (Fraction(base * power - b, a), "nhân cơ số với số mũ"),
        (Fraction(power**base - b, a), "đảo cơ số và số mũ"),
        (Fraction(base**power + b, a), "chuyển vế sai dấu"),
        (Fraction(power - b, a), "bỏ dấu lôgarit"),
    ]
    return numbers(
        r,
        f"Nghiệm của phương trình $\\log_{base} ({polynomial(a, b)}) = {power}$ là",
        key,
        wrongs,
        f"${polynomial(a, b)} = {base}^{power}$ nên $x = {tex(key)}$.",
        lambda v: f"$x = {tex(v)}$",
    )


@SHELF.add(LOG_EQUATION, BIET)
def power_equation(r: Random) -> Draft:
    base, power, a, b = (
        r.choice((2, 3, 5, 7)),
        r.randint(1, 5),
        r.choice((1, 2, 3, 4)),
        r.choice([n for n in range(-9, 10) if n]),
    )
    key = Fraction(power - b, a)
    wrongs = [
        (Fraction(power + b, a), "chuyển vế sai dấu"),
        (Fraction(base**power - b, a), "không đưa về cùng cơ số"),
        (Fraction(power, a), "quên hệ số tự do"),
        (-key, "sai dấu"),
    ]
    return numbers(
        r,
        f"Nghiệm của phương trình ${base}^{{{polynomial(a, b)}}} = {base**power}$ là",
        key,
        wrongs,
        f"${polynomial(a, b)} = {power}$ nên $x = {tex(key)}$.",
        lambda v: f"$x = {tex(v)}$",
    )


@SHELF.add(LOG_EQUATION, VAN_DUNG)
def savings_years(r: Random) -> Draft:
    rate, goal = r.choice([Fraction(n, 10) for n in range(40, 96)]), r.choice((2, 3, Fraction(3, 2), Fraction(5, 2)))
    money, years = Fraction(1), 0
    while money < goal:
        money *= 1 + rate / 100
        years += 1
    return short(
        f"Gửi tiết kiệm với lãi suất {plain(rate)}% một năm theo hình thức lãi kép (lãi nhập gốc hằng năm, lãi suất không đổi). Sau ít nhất bao nhiêu năm thì tổng số tiền nhận được không ít hơn {plain(goal)} lần số tiền gửi ban đầu?",
        years,
        f"Cần $(1 + {comma(rate / 100)})^n \\ge {comma(goal)}$, số nguyên nhỏ nhất là $n = {years}$.",
    )


@SHELF.add(DERIVATIVE, BIET)
def power_rule(r: Random) -> Draft:
    a, n, b = r.choice([k for k in range(-9, 10) if k]), r.randint(3, 9), r.choice([k for k in range(-9, 10) if k])
    right = total((a * n, f"x^{n - 1}"), (b, ""))
    wrongs = [
        (f"$y' = {total((a * n, f'x^{n}'), (b, ''))}$", "quên giảm số mũ"),
        (f"$y' = {total((a, f'x^{n - 1}'), (b, ''))}$", "quên nhân với số mũ"),
        (f"$y' = {total((a * n, f'x^{n - 1}'))}$", "coi đạo hàm của hạng tử bậc nhất bằng 0"),
        (f"$y' = {total((a * (n - 1), f'x^{n - 1}'), (b, ''))}$", "nhân với số mũ đã giảm"),
    ]
    return choice(
        r,
        f"Đạo hàm của hàm số $y = {total((a, f'x^{n}'), (b, 'x'))}$ là",
        f"$y' = {right}$",
        wrongs,
        f"$(x^n)' = nx^{{n-1}}$ nên $y' = {right}$.",
    )


@SHELF.add(DERIVATIVE, HIEU)
def tangent_slope(r: Random) -> Draft:
    a, b, c, x = r.choice((-2, -1, 1, 2)), r.randint(-6, 6), r.randint(-9, 9), r.choice([n for n in range(-4, 5) if n])
    key = 3 * a * x * x + 2 * b * x + c
    wrongs = [
        (a * x**3 + b * x * x + c * x, "tính giá trị hàm số"),
        (3 * a * x * x + b * x + c, "quên hệ số 2"),
        (a * x * x + b * x + c, "quên nhân số mũ"),
        (6 * a * x + 2 * b, "tính đạo hàm cấp hai"),
        (key - c, "quên hạng tử bậc nhất"),
    ]
    return numbers(
        r,
        f"Hệ số góc của tiếp tuyến của đồ thị hàm số $y = {polynomial(a, b, c, 0)}$ tại điểm có hoành độ $x = {x}$ là",
        key,
        wrongs,
        f"$y' = {polynomial(3 * a, 2 * b, c)}$, $y'({x}) = {key}$.",
    )


@SHELF.add(DERIVATIVE, VAN_DUNG)
def instant_speed(r: Random) -> Draft:
    a, b, t = r.choice([Fraction(n, 2) for n in range(1, 11)]), r.randint(1, 20), r.randint(1, 12)
    key = 2 * a * t + b
    return short(
        f"Một chất điểm chuyển động thẳng theo phương trình $s(t) = {comma(a)}t^2 + {total((b, 't'))}$ ($s$ tính bằng mét, $t$ tính bằng giây). Vận tốc tức thời tại thời điểm $t = {t}$ là bao nhiêu m/s?".replace(
            "$1t^2", "$t^2"
        ).replace("= 1t^2", "= t^2"),
        key,
        f"$v(t) = s'(t)$; $v({t})$ = {plain(key)} m/s.",
    )


@SHELF.add(DISTANCE, HIEU)
def pyramid_volume(r: Random) -> Draft:
    side, height = r.randint(2, 15), r.randint(2, 18)
    key = Fraction(side * side * height, 3)
    wrongs = [
        (Fraction(side * side * height), "quên hệ số một phần ba"),
        (Fraction(side * height, 3), "quên bình phương cạnh đáy"),
        (Fraction(side * side * height, 2), "dùng hệ số một phần hai"),
        (Fraction(side * side * height, 6), "dùng hệ số một phần sáu"),
    ]
    return numbers(
        r,
        f"Khối chóp có đáy là hình vuông cạnh {side} và chiều cao {height}. Thể tích khối chóp bằng",
        key,
        wrongs,
        f"$V = \\frac{{1}}{{3}}Sh = {tex(key)}$.",
        lambda v: maths(tex(v)),
    )


@SHELF.add(DISTANCE, VAN_DUNG)
def cube_diagonal(r: Random) -> Draft:
    a, b, c = r.sample(r.choice(BOXES), 3)
    outside, _ = split_root(a * a + b * b + c * c)
    return short(
        f"Hình hộp chữ nhật có ba kích thước {a} cm, {b} cm, {c} cm. Độ dài đường chéo của hình hộp là bao nhiêu xăng-ti-mét?",
        outside,
        f"$\\sqrt{{{a}^2 + {b}^2 + {c}^2}} = {outside}$ (cm).",
    )


@SHELF.add(FRUSTUM, VAN_DUNG)
def frustum(r: Random) -> Draft:
    top, bottom, height = r.randint(1, 9), r.randint(3, 15), r.choice((3, 6, 9, 12, 15))
    if top >= bottom:
        return None
    key = Fraction(height * (top * top + bottom * bottom + top * bottom), 3)
    return short(
        f"Một khối chóp cụt tứ giác đều có cạnh đáy lớn {bottom} dm, cạnh đáy nhỏ {top} dm và chiều cao {height} dm. Thể tích khối chóp cụt là bao nhiêu đề-xi-mét khối?",
        key,
        f"$V = \\frac{{h}}{{3}}(S_1 + S_2 + \\sqrt{{S_1S_2}})$ = {plain(key)} dm³.",
    )


SPACE_CLAIMS = (
    (
        "Nếu đường thẳng vuông góc với hai đường thẳng cắt nhau trong một mặt phẳng thì nó vuông góc với mặt phẳng đó.",
        "Nếu đường thẳng vuông góc với hai đường thẳng song song trong một mặt phẳng thì nó vuông góc với mặt phẳng đó.",
        "quên điều kiện cắt nhau",
    ),
    (
        "Hai đường thẳng phân biệt cùng vuông góc với một mặt phẳng thì song song với nhau.",
        "Hai đường thẳng phân biệt cùng vuông góc với một đường thẳng trong không gian thì song song với nhau.",
        "áp dụng sai kết quả của hình học phẳng",
    ),
    (
        "Góc giữa đường thẳng và mặt phẳng là góc giữa đường thẳng đó và hình chiếu của nó trên mặt phẳng (khi không vuông góc).",
        "Góc giữa đường thẳng và mặt phẳng là góc giữa đường thẳng đó và một đường thẳng tuỳ ý trong mặt phẳng.",
        "nhầm hình chiếu với đường thẳng tuỳ ý",
    ),
    (
        "Hai mặt phẳng phân biệt cùng vuông góc với một đường thẳng thì song song với nhau.",
        "Hai mặt phẳng phân biệt cùng vuông góc với một mặt phẳng thì song song với nhau.",
        "nhầm đường thẳng với mặt phẳng",
    ),
    (
        "Có duy nhất một mặt phẳng đi qua một điểm và vuông góc với một đường thẳng cho trước.",
        "Có vô số mặt phẳng đi qua một điểm và vuông góc với một đường thẳng cho trước.",
        "nhầm tính duy nhất",
    ),
    (
        "Góc giữa đường thẳng và mặt phẳng không vượt quá 90°.",
        "Góc giữa đường thẳng và mặt phẳng có thể bằng 120°.",
        "nhầm với góc giữa hai vectơ",
    ),
)


theory(SHELF, "space", PERPENDICULAR, HIEU, "đường thẳng vuông góc với mặt phẳng", SPACE_CLAIMS)
