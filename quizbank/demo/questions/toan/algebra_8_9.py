# ruff: noqa: E501, E731
"""Toán 8 and 9: algebra."""

from collections.abc import Callable
from fractions import Fraction
from math import gcd
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
    Number,
    maths,
    plain,
    point,
    polynomial,
    signed,
    tex,
    total,
)

SHELF = Shelf()

IDENTITIES = "toan.l08.so-dai-so.hang-dang-thuc-dang-nho-phan-tich-da-thuc-thanh-nhan-tu"
LINEAR = "toan.l08.so-dai-so.ham-so-bac-nhat-y-ax-b-a-0-he-so-goc"
EQUATION = "toan.l08.so-dai-so.phuong-trinh-bac-nhat-mot-an"
ROOTS_9 = "toan.l09.so-dai-so.can-bac-hai-va-can-bac-ba-cua-so-thuc"
SYSTEMS = "toan.l09.so-dai-so.phuong-trinh-va-he-hai-phuong-trinh-bac-nhat-hai-an"
VIETE = "toan.l09.so-dai-so.phuong-trinh-bac-hai-mot-an-dinh-li-viete"
INEQUALITY = "toan.l09.so-dai-so.bat-dang-thuc-bat-phuong-trinh-bac-nhat-mot-an"
PARABOLA = "toan.l09.so-dai-so.ham-so-y-ax2-a-0-va-do-thi"


@SHELF.add(IDENTITIES, BIET)
def square_of_sum(r: Random) -> Draft:
    a, b = r.randint(1, 6), r.choice([n for n in range(-12, 13) if n])
    inside = polynomial(a, b)
    right = polynomial(a * a, 2 * a * b, b * b)
    wrongs = [
        (maths(polynomial(a * a, 0, b * b)), "quên hạng tử $2ab$"),
        (maths(polynomial(a * a, a * b, b * b)), "quên hệ số 2 của hạng tử giữa"),
        (maths(polynomial(a * a, -2 * a * b, b * b)), "sai dấu hạng tử giữa"),
        (maths(polynomial(a * a, 2 * a * b, -b * b)), "sai dấu bình phương"),
    ]
    return choice(
        r,
        f"Khai triển $({inside})^2$ được kết quả là",
        maths(right),
        wrongs,
        f"Áp dụng hằng đẳng thức bình phương của một tổng hoặc hiệu: ${right}$.",
    )


@SHELF.add(IDENTITIES, HIEU)
def difference_of_squares(r: Random) -> Draft:
    a, b = r.randint(1, 9), r.randint(2, 15)
    if gcd(a, b) != 1:
        return None
    stem = f"Phân tích đa thức ${polynomial(a * a, 0, -b * b)}$ thành nhân tử, ta được"
    wrongs = [
        (maths(f"({polynomial(a, -b)})^2"), "nhầm với bình phương của một hiệu"),
        (maths(f"({polynomial(a, b)})^2"), "nhầm với bình phương của một tổng"),
        (
            maths(f"({polynomial(a * a, -b)})({polynomial(a * a, b)})")
            if a > 1
            else maths(f"(x - {b * b})(x + {b * b})"),
            "quên lấy căn các hạng tử",
        ),
    ]
    return choice(r, stem, maths(f"({polynomial(a, -b)})({polynomial(a, b)})"), wrongs, "$A^2 - B^2 = (A-B)(A+B)$.")


@SHELF.add(IDENTITIES, VAN_DUNG)
def quick_product(r: Random) -> Draft:
    middle, gap = r.choice((20, 30, 40, 50, 60, 70, 80, 90)), r.randint(1, 9)
    stem = f"Dùng hằng đẳng thức, tính nhẩm giá trị của ${middle - gap}\\cdot {middle + gap}$."
    return short(
        stem,
        middle**2 - gap**2,
        f"$({middle} - {gap})({middle} + {gap}) = {middle}^2 - {gap}^2 = {middle**2 - gap**2}$.",
    )


@SHELF.add(LINEAR, BIET)
def slope(r: Random) -> Draft:
    a, b = r.choice([n for n in range(-9, 10) if n]), r.choice([n for n in range(-12, 13) if n])
    wrongs = [
        (b, "nhầm với hệ số tự do"),
        (-a, "sai dấu hệ số góc"),
        (a + b, "cộng hai hệ số"),
        (-b, "nhầm và sai dấu"),
    ]
    return numbers(
        r,
        f"Hệ số góc của đường thẳng $y = {total((b, ''), (a, 'x'))}$ là",
        a,
        wrongs,
        f"Hệ số góc là hệ số của $x$: {a}.",
    )


@SHELF.add(LINEAR, VAN_DUNG)
def line_through_points(r: Random) -> Draft:
    a, b = r.choice([n for n in range(-6, 7) if n]), r.randint(-9, 9)
    x1, x2 = r.sample(range(-5, 6), 2)
    stem = f"Đường thẳng $y = ax + b$ đi qua hai điểm $A{point(x1, a * x1 + b)}$ và $B{point(x2, a * x2 + b)}$. Giá trị của $a + b$ là bao nhiêu?"
    return short(stem, a + b, f"$a = \\frac{{y_B - y_A}}{{x_B - x_A}} = {a}$, $b = {b}$ nên $a + b = {a + b}$.")


@SHELF.add(EQUATION, HIEU)
def linear_equation(r: Random) -> Draft:
    a, c = r.sample([n for n in range(-9, 10) if n], 2)
    x, b = r.randint(-12, 12), r.randint(-20, 20)
    d = (a - c) * x + b
    wrongs: list[tuple[Number, str]] = [
        (-x, "sai dấu nghiệm"),
        (Fraction(d - b, a + c) if a + c else Fraction(x + 1), "chuyển vế không đổi dấu"),
        (Fraction(d + b, a - c), "chuyển vế hệ số tự do không đổi dấu"),
        (x + 1, "tính nhầm"),
    ]
    stem = f"Nghiệm của phương trình ${polynomial(a, b)} = {polynomial(c, d)}$ là"
    return numbers(
        r, stem, x, wrongs, f"Chuyển vế: ${total((a - c, 'x'))} = {d - b}$ nên $x = {x}$.", lambda v: f"$x = {tex(v)}$"
    )


@SHELF.add(EQUATION, VAN_DUNG)
def ages(r: Random) -> Draft:
    factor, child, later = r.randint(2, 4), r.randint(6, 16), r.randint(2, 12)
    parent = factor * (child + later) - later
    if not child + 20 <= parent <= child + 40:
        return None
    stem = f"Năm nay mẹ hơn con {parent - child} tuổi. Biết rằng sau {later} năm nữa, tuổi mẹ gấp {factor} lần tuổi con. Hỏi năm nay con bao nhiêu tuổi?"
    return short(
        stem,
        child,
        f"Gọi tuổi con là $x$: $x + {parent - child} + {later} = {factor}(x + {later})$, suy ra $x = {child}$.",
    )


@SHELF.add(ROOTS_9, BIET)
def root_domain(r: Random) -> Draft:
    a, b = r.choice((1, 2, 3, 4, 5, -1, -2, -3)), r.choice([n for n in range(-15, 16) if n])
    bound = Fraction(-b, a)
    sign, opposite = (r"\ge", r"\le") if a > 0 else (r"\le", r"\ge")
    wrongs = [
        (f"$x {opposite} {tex(bound)}$", "sai chiều bất đẳng thức"),
        (f"$x {sign} {tex(-bound)}$", "sai dấu khi chuyển vế"),
        (f"$x \\ne {tex(bound)}$", "nhầm với điều kiện của mẫu số"),
        (f"$x {opposite} {tex(-bound)}$", "sai cả dấu và chiều"),
    ]
    return choice(
        r,
        f"Điều kiện xác định của biểu thức $\\sqrt{{{polynomial(a, b)}}}$ là",
        f"$x {sign} {tex(bound)}$",
        wrongs,
        f"Cần ${polynomial(a, b)} \\ge 0$, suy ra $x {sign} {tex(bound)}$.",
    )


@SHELF.add(ROOTS_9, HIEU)
def simplify_root(r: Random) -> Draft:
    outside, inside = r.randint(2, 12), r.choice((2, 3, 5, 6, 7, 10, 11, 13))
    square = outside * outside * inside
    wrongs = [
        (f"${outside * outside}\\sqrt{{{inside}}}$", "quên lấy căn thừa số đưa ra ngoài"),
        (f"${inside}\\sqrt{{{outside}}}$", "đổi chỗ thừa số"),
        (f"${outside * inside}$", "bỏ mất dấu căn"),
        (f"${outside}\\sqrt{{{inside * outside}}}$", "đưa ra ngoài thừa một lần"),
    ]
    return choice(
        r,
        f"Rút gọn $\\sqrt{{{square}}}$ được kết quả là",
        f"${outside}\\sqrt{{{inside}}}$",
        wrongs,
        f"$\\sqrt{{{square}}} = \\sqrt{{{outside}^2\\cdot {inside}}} = {outside}\\sqrt{{{inside}}}$.",
    )


@SHELF.add(SYSTEMS, HIEU)
def solve_system(r: Random) -> Draft:
    x, y = r.randint(-6, 6), r.randint(-6, 6)
    a, b, c, d = (r.choice([n for n in range(-5, 6) if n]) for _ in range(4))
    if a * d == b * c or x == y:
        return None
    first, second = total((a, "x"), (b, "y")), total((c, "x"), (d, "y"))
    stem = f"Nghiệm $(x;\\ y)$ của hệ phương trình $\\begin{{cases}} {first} = {a * x + b * y} \\\\ {second} = {c * x + d * y} \\end{{cases}}$ là"
    wrongs = [
        (maths(point(y, x)), "đổi chỗ hai ẩn"),
        (maths(point(-x, y)), "sai dấu của $x$"),
        (maths(point(x, -y)), "sai dấu của $y$"),
        (maths(point(x + 1, y - 1)), "tính nhầm"),
        (maths(point(-x, -y)), "sai dấu cả hai ẩn"),
    ]
    return choice(
        r, stem, maths(point(x, y)), wrongs, f"Thay $x = {x}$, $y = {y}$ vào thấy thoả mãn cả hai phương trình."
    )


@SHELF.add(SYSTEMS, VAN_DUNG)
def tickets(r: Random) -> Draft:
    adult, child, a, b = r.choice(range(40, 121, 10)), r.choice(range(15, 61, 5)), r.randint(5, 60), r.randint(5, 60)
    if adult <= child:
        return None
    stem = f"Một nhóm {a + b} người mua vé vào công viên: vé người lớn {adult} nghìn đồng, vé trẻ em {child} nghìn đồng, tổng số tiền là {plain(a * adult + b * child)} nghìn đồng. Nhóm đó có bao nhiêu trẻ em?"
    return short(stem, b, f"Giải hệ $x + y = {a + b}$, ${adult}x + {child}y = {a * adult + b * child}$ được $y = {b}$.")


@SHELF.add(VIETE, HIEU)
def viete(r: Random) -> Draft:
    x1, x2, a = r.randint(-9, 9), r.randint(-9, 9), r.choice((1, 1, 2, 3))
    if x1 == x2 or x1 * x2 == 0:
        return None
    b, c = -a * (x1 + x2), a * x1 * x2
    statements = [
        either(
            r,
            "Tổng hai nghiệm của phương trình là @.",
            str(x1 + x2),
            str(-(x1 + x2)),
            "$x_1 + x_2 = -\\frac{b}{a}$" + f" $= {x1 + x2}$.",
        ),
        either(
            r,
            "Tích hai nghiệm của phương trình là @.",
            str(x1 * x2),
            str(-x1 * x2),
            "$x_1x_2 = \\frac{c}{a}$" + f" $= {x1 * x2}$.",
        ),
        either(
            r,
            "Biệt thức $\\Delta$ của phương trình bằng @.",
            str(b * b - 4 * a * c),
            str(b * b + 4 * a * c),
            f"$\\Delta = b^2 - 4ac = {b * b - 4 * a * c}$.",
        ),
        either(
            r,
            "Giá trị $x_1^2 + x_2^2$ bằng @.",
            str(x1 * x1 + x2 * x2),
            str((x1 + x2) ** 2),
            f"$x_1^2 + x_2^2 = (x_1+x_2)^2 - 2x_1x_2 = {x1 * x1 + x2 * x2}$.",
        ),
    ]
    return cluster(
        f"Cho phương trình ${polynomial(a, b, c)} = 0$ có hai nghiệm $x_1, x_2$. Mỗi phát biểu sau đúng hay sai?",
        statements,
    )


@SHELF.add(VIETE, BIET)
def quadratic_roots(r: Random) -> Draft:
    x1, x2 = sorted(r.sample([n for n in range(-9, 10) if n], 2))
    if x1 == -x2:
        return None
    pair: Callable[..., Any] = lambda m, n: f"${min(m, n)}$ và ${max(m, n)}$"
    wrongs = [
        (pair(-x1, -x2), "sai dấu hai nghiệm"),
        (pair(x1, -x2), "sai dấu một nghiệm"),
        (pair(-x1, x2), "sai dấu một nghiệm"),
    ]
    stem = f"Hai nghiệm của phương trình ${polynomial(1, -(x1 + x2), x1 * x2)} = 0$ là"
    return choice(r, stem, pair(x1, x2), wrongs, f"Phân tích: $(x {signed(-x1)})(x {signed(-x2)}) = 0$.")


@SHELF.add(VIETE, VAN_DUNG)
def rectangle_sides(r: Random) -> Draft:
    width, extra = r.randint(4, 30), r.randint(2, 20)
    stem = f"Một mảnh vườn hình chữ nhật có chiều dài hơn chiều rộng {extra} m và diện tích {width * (width + extra)} m². Chu vi mảnh vườn là bao nhiêu mét?"
    return short(
        stem,
        2 * (2 * width + extra),
        f"Gọi chiều rộng là $x$: $x(x + {extra}) = {width * (width + extra)}$, $x = {width}$; chu vi là {2 * (2 * width + extra)} m.",
    )


@SHELF.add(INEQUALITY, HIEU)
def linear_inequality(r: Random) -> Draft:
    a, b = r.choice((-9, -7, -6, -5, -4, -3, -2, 2, 3, 4, 5, 6, 7)), r.randint(-30, 30)
    bound = Fraction(-b, a)
    if b == 0:
        return None
    sign, opposite = (">", "<") if a > 0 else ("<", ">")
    wrongs = [
        (f"$x {opposite} {tex(bound)}$", "quên đổi chiều khi chia cho số âm hoặc đổi chiều sai"),
        (f"$x {sign} {tex(-bound)}$", "sai dấu khi chuyển vế"),
        (f"$x {opposite} {tex(-bound)}$", "sai cả dấu và chiều"),
    ]
    return choice(
        r,
        f"Nghiệm của bất phương trình ${polynomial(a, b)} > 0$ là",
        f"$x {sign} {tex(bound)}$",
        wrongs,
        f"${total((a, 'x'))} > {-b}$ nên $x {sign} {tex(bound)}$.",
    )


@SHELF.add(PARABOLA, BIET)
def point_on_parabola(r: Random) -> Draft:
    a, x = (
        r.choice([Fraction(n, 2) for n in range(-8, 9) if n]),
        r.choice([n for n in range(-5, 6) if n and abs(n) != 1]),
    )
    y = a * x * x
    wrongs = [
        (maths(point(x, -y)), "sai dấu của tung độ"),
        (maths(point(x, a * 2 * x)), "hiểu bình phương là nhân đôi"),
        (maths(point(y, x)), "đảo hoành độ và tung độ"),
        (maths(point(x, a * a * x * x)), "bình phương cả hệ số"),
    ]
    return choice(
        r,
        f"Điểm nào sau đây thuộc đồ thị hàm số $y = {total((a, 'x^2'))}$?",
        maths(point(x, y)),
        wrongs,
        f"Thay $x = {x}$ được $y = {tex(y)}$.",
    )


@SHELF.add(PARABOLA, VAN_DUNG)
def parabola_coefficient(r: Random) -> Draft:
    a, x = r.choice([Fraction(n, 4) for n in range(-16, 17) if n]), r.choice((2, -2, 4, -4, 6, -6, 3, -3))
    stem = f"Đồ thị hàm số $y = ax^2$ đi qua điểm $M{point(x, a * x * x)}$. Giá trị của $a$ là bao nhiêu?"
    return short(stem, a, f"$a = \\frac{{y}}{{x^2}}$ = {plain(a)}.")
