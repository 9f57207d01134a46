# ruff: noqa: E501, E731
"""Toán 10 and 11."""

from collections.abc import Callable
from fractions import Fraction
from math import comb, factorial, perm
from random import Random
from typing import Any

from quizbank.demo.questions.claims import theory
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
    comma,
    listed,
    maths,
    plain,
    point,
    polynomial,
    root,
    signed,
    split_root,
    tex,
    total,
)

SHELF = Shelf()

LOGIC = "toan.l10.dai-so-giai-tich.menh-de"
SETS = "toan.l10.dai-so-giai-tich.tap-hop-va-cac-phep-toan-tren-tap-hop"
HALF_PLANES = "toan.l10.dai-so-giai-tich.bat-phuong-trinh-bac-nhat-hai-an-va-he-bat-phuong-trinh"
QUADRATIC = "toan.l10.dai-so-giai-tich.ham-so-va-do-thi-ham-so-bac-hai"
SIGN = "toan.l10.dai-so-giai-tich.dau-cua-tam-thuc-bac-hai-bat-phuong-trinh-bac-hai-mot-an"
ROOT_EQUATION = "toan.l10.dai-so-giai-tich.phuong-trinh-quy-ve-phuong-trinh-bac-hai"
COUNTING = "toan.l10.dai-so-giai-tich.quy-tac-cong-quy-tac-nhan-hoan-vi-chinh-hop-to-hop"
BINOMIAL = "toan.l10.dai-so-giai-tich.nhi-thuc-newton"
TRIANGLE = "toan.l10.hinh-hoc-do-luong.he-thuc-luong-trong-tam-giac-dinh-li-cosin-dinh-li-sin"
VECTORS = "toan.l10.hinh-hoc-do-luong.toa-do-cua-vecto-trong-mat-phang"
LINES = "toan.l10.hinh-hoc-do-luong.phuong-trinh-duong-thang-trong-mat-phang-toa-do"
CIRCLES = "toan.l10.hinh-hoc-do-luong.duong-tron-trong-mat-phang-toa-do"
CONICS = "toan.l10.hinh-hoc-do-luong.ba-duong-conic-trong-mat-phang-toa-do"
CENTRE = "toan.l10.thong-ke-xac-suat.cac-so-dac-trung-do-xu-the-trung-tam-mau-so-lieu-khong"
SPREAD = "toan.l10.thong-ke-xac-suat.cac-so-dac-trung-do-muc-do-phan-tan-mau-so-lieu-khong"
CHANCE = "toan.l10.thong-ke-xac-suat.xac-suat-cua-bien-co-cac-tinh-chat-co-ban"
ANGLES = "toan.l11.dai-so-giai-tich.goc-luong-giac-gia-tri-luong-giac-cong-thuc-luong-giac"
WAVES = "toan.l11.dai-so-giai-tich.ham-so-luong-giac-va-do-thi"
TRIG_EQUATION = "toan.l11.dai-so-giai-tich.phuong-trinh-luong-giac-co-ban"
SEQUENCE = "toan.l11.dai-so-giai-tich.day-so"
ARITHMETIC = "toan.l11.dai-so-giai-tich.cap-so-cong"
GEOMETRIC = "toan.l11.dai-so-giai-tich.cap-so-nhan"
LIMIT_SEQUENCE = "toan.l11.dai-so-giai-tich.gioi-han-cua-day-so"
LIMIT_FUNCTION = "toan.l11.dai-so-giai-tich.gioi-han-cua-ham-so"
CONTINUOUS = "toan.l11.dai-so-giai-tich.ham-so-lien-tuc"
LOGARITHM = "toan.l11.dai-so-giai-tich.luy-thua-voi-so-mu-thuc-logarit"
LOG_EQUATION = "toan.l11.dai-so-giai-tich.phuong-trinh-bat-phuong-trinh-mu-va-logarit"
DERIVATIVE = "toan.l11.dai-so-giai-tich.dao-ham-khai-niem-quy-tac-tinh-dao-ham-cap-hai"
PERPENDICULAR = "toan.l11.hinh-hoc-do-luong.duong-thang-vuong-goc-voi-mat-phang-phep-chieu-vuong-goc"
DISTANCE = "toan.l11.hinh-hoc-do-luong.khoang-cach-trong-khong-gian"
FRUSTUM = "toan.l11.hinh-hoc-do-luong.hinh-chop-cut-deu-va-the-tich"
GROUPED = "toan.l11.thong-ke-xac-suat.cac-so-dac-trung-do-xu-the-trung-tam-mau-so-lieu-ghep"
EVENTS = "toan.l11.thong-ke-xac-suat.bien-co-hop-bien-co-giao-bien-co-doc-lap-quy-tac-cong"


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
BOXES = tuple(
    (a, b, c)
    for a in range(1, 25)
    for b in range(a, 25)
    for c in range(b, 25)
    if split_root(a * a + b * b + c * c)[1] == 1
)
"""Boxes whose diagonal is a whole number."""


def interval(low: str, high: str, closed: tuple[bool, bool] = (False, False)) -> str:
    left, right = "[" if closed[0] else "(", "]" if closed[1] else ")"
    return f"${left}{low};\\ {high}{right}$"


@SHELF.add(LOGIC, HIEU)
def negation(r: Random) -> Draft:
    quantifier = r.choice((r"\forall", r"\exists"))
    other = r"\exists" if quantifier == r"\forall" else r"\forall"
    b, c = r.randint(-9, 9), r.randint(1, 20)
    relation, opposite, near = r.choice(
        ((">", r"\le", "<"), ("<", r"\ge", ">"), (r"\ge", "<", r"\le"), (r"\le", ">", r"\ge"), ("=", r"\ne", ">"))
    )
    body = polynomial(1, b, c)
    write: Callable[..., Any] = lambda sign, rel: f"${sign} x \\in \\mathbb{{R}},\\ {body} {rel} 0$"
    wrongs = [
        (write(quantifier, opposite), "quên đổi lượng từ"),
        (write(other, relation), "quên phủ định quan hệ"),
        (write(other, near), "phủ định quan hệ thiếu dấu bằng"),
    ]
    return choice(
        r,
        f"Mệnh đề phủ định của mệnh đề «{write(quantifier, relation)}» là",
        write(other, opposite),
        wrongs,
        "Phủ định: đổi lượng từ và phủ định quan hệ.",
    )


@SHELF.add(SETS, BIET)
def intersection(r: Random) -> Draft:
    a, b = sorted(r.sample(range(-9, 6), 2))
    c = r.randint(a + 1, b) if b > a + 1 else None
    d = b + r.randint(1, 6)
    if c is None or c >= b:
        return None
    key = interval(str(c), str(b), (True, False))
    wrongs = [
        (interval(str(a), str(d), (False, True)), "nhầm giao với hợp"),
        (interval(str(a), str(c)), "lấy hiệu của hai tập hợp"),
        (interval(str(b), str(d), (True, True)), "lấy hiệu ngược"),
        (interval(str(c), str(b), (False, True)), "nhầm đầu mút"),
    ]
    return choice(
        r,
        f"Cho $A = ({a};\\ {b})$ và $B = [{c};\\ {d}]$. Tập hợp $A \\cap B$ là",
        key,
        wrongs,
        f"Các số thuộc cả hai tập hợp: {key}.",
    )


@SHELF.add(SETS, VAN_DUNG)
def two_clubs(r: Random) -> Draft:
    both = r.randint(2, 12)
    first, second, none = both + r.randint(3, 20), both + r.randint(3, 20), r.randint(0, 10)
    whole = first + second - both + none
    stem = f"Lớp 10A có {whole} học sinh, trong đó {first} em thích bóng đá, {second} em thích bóng chuyền và {none} em không thích môn nào trong hai môn đó. Có bao nhiêu em thích cả hai môn?"
    return short(
        stem,
        both,
        f"Số em thích ít nhất một môn là {whole - none}; thích cả hai môn: {first} + {second} - {whole - none} = {both}.",
    )


@SHELF.add(SETS, HIEU, 60)
def subsets(r: Random) -> Draft:
    size = r.randint(2, 8)
    elements = r.sample("abcdefghikmnpq", size)
    wrongs = [
        (size, "đếm số phần tử"),
        (2 * size, "nhân đôi số phần tử"),
        (size * size, "bình phương số phần tử"),
        (2**size - 1, "quên tập rỗng hoặc chính nó"),
        (2 ** (size - 1), "tính thiếu một nửa"),
    ]
    return numbers(
        r,
        f"Số tập hợp con của tập hợp $A = \\{{{'; '.join(sorted(elements))}\\}}$ là",
        2**size,
        wrongs,
        f"Tập hợp có {size} phần tử có $2^{{{size}}} = {2**size}$ tập con.",
    )


@SHELF.add(HALF_PLANES, BIET)
def in_half_plane(r: Random) -> Draft:
    a, b, c = r.choice([n for n in range(-5, 6) if n]), r.choice([n for n in range(-5, 6) if n]), r.randint(-10, 10)
    points = {(r.randint(-5, 5), r.randint(-5, 5)) for _ in range(12)}
    inside = sorted(p for p in points if a * p[0] + b * p[1] < c)
    outside = sorted(p for p in points if a * p[0] + b * p[1] > c)
    if not inside or len(outside) < 3:
        return None
    key = r.choice(inside)
    wrongs = [
        (maths(point(*p)), f"thay vào được {a * p[0] + b * p[1]}, không nhỏ hơn {c}") for p in r.sample(outside, 3)
    ]
    stem = f"Điểm nào sau đây thuộc miền nghiệm của bất phương trình ${total((a, 'x'), (b, 'y'))} < {c}$?"
    return choice(
        r, stem, maths(point(*key)), wrongs, f"Thay toạ độ vào vế trái được ${a * key[0] + b * key[1]} < {c}$."
    )


@SHELF.add(HALF_PLANES, VAN_DUNG)
def best_profit(r: Random) -> Draft:
    x_max, y_max, x_gain, y_gain = r.randint(3, 9), r.randint(3, 9), r.randint(2, 9), r.randint(2, 9)
    whole = r.randint(max(x_max, y_max) + 1, x_max + y_max - 1)
    best = max(x_gain * x + y_gain * y for x in range(x_max + 1) for y in range(y_max + 1) if x + y <= whole)
    stem = f"Một cơ sở làm hai loại bánh, mỗi ngày làm không quá {x_max} mẻ bánh loại I, không quá {y_max} mẻ bánh loại II và tổng cộng không quá {whole} mẻ. Mỗi mẻ loại I lãi {x_gain} trăm nghìn đồng, mỗi mẻ loại II lãi {y_gain} trăm nghìn đồng. Tiền lãi lớn nhất mỗi ngày là bao nhiêu trăm nghìn đồng?"
    return short(stem, best, f"Xét các đỉnh của miền nghiệm, giá trị lớn nhất của ${x_gain}x + {y_gain}y$ là {best}.")


@SHELF.add(QUADRATIC, BIET)
def vertex(r: Random) -> Draft:
    a, h, k = r.choice((-3, -2, -1, 1, 2, 3)), r.choice([n for n in range(-6, 7) if n]), r.randint(-9, 9)
    b, c = -2 * a * h, a * h * h + k
    wrongs = [
        (maths(point(-h, k)), "sai dấu hoành độ đỉnh"),
        (maths(point(2 * h, c)), "quên chia 2 ở hoành độ đỉnh"),
        (maths(point(h, c)), "lấy hệ số tự do làm tung độ"),
        (maths(point(k, h)), "đảo toạ độ"),
        (maths(point(h, -k)), "sai dấu tung độ đỉnh"),
    ]
    return choice(
        r,
        f"Toạ độ đỉnh của parabol $y = {polynomial(a, b, c)}$ là",
        maths(point(h, k)),
        wrongs,
        f"$x_I = -\\frac{{b}}{{2a}} = {h}$, $y_I = {k}$.",
    )


@SHELF.add(QUADRATIC, HIEU)
def parabola_cluster(r: Random) -> Draft:
    a, h, k = r.choice((-2, -1, 1, 2)), r.choice([n for n in range(-5, 6) if n]), r.randint(-9, 9)
    b, c = -2 * a * h, a * h * h + k
    extreme, other = ("nhỏ nhất", "lớn nhất") if a > 0 else ("lớn nhất", "nhỏ nhất")
    statements = [
        either(
            r, "Trục đối xứng của parabol là đường thẳng $x = @$.", str(h), str(-h), f"$x = -\\frac{{b}}{{2a}} = {h}$."
        ),
        either(
            r,
            f"Hàm số có giá trị @ bằng {k}.",
            extreme,
            other,
            f"Hệ số $a = {a}$ nên hàm số đạt giá trị {extreme} bằng {k}.",
        ),
        either(r, "Parabol cắt trục tung tại điểm có tung độ @.", str(c), str(c + a), f"Thay $x = 0$ được $y = {c}$."),
        either(
            r,
            f"Hàm số @ trên khoảng $({h};\\ +\\infty)$.",
            "đồng biến" if a > 0 else "nghịch biến",
            "nghịch biến" if a > 0 else "đồng biến",
            f"Hệ số $a = {a}$.",
        ),
    ]
    return cluster(f"Cho hàm số $y = {polynomial(a, b, c)}$. Mỗi phát biểu sau đúng hay sai?", statements)


@SHELF.add(QUADRATIC, VAN_DUNG)
def thrown_ball(r: Random) -> Draft:
    speed, start = r.choice(range(10, 41, 2)), r.choice([Fraction(n, 10) for n in range(10, 26)])
    top = start + Fraction(speed * speed, 20)
    stem = f"Một quả bóng được ném lên, độ cao (mét) sau $t$ giây là $h(t) = -5t^2 + {speed}t + {comma(start)}$. Độ cao lớn nhất của quả bóng là bao nhiêu mét? (Làm tròn kết quả đến hàng phần mười.)"
    return short(stem, top, f"Đạt tại $t = {comma(Fraction(speed, 10))}$: $h$ = {plain(top)} m.", 1)


@SHELF.add(SIGN, HIEU)
def quadratic_inequality(r: Random) -> Draft:
    low, high = sorted(r.sample(range(-9, 10), 2))
    a, less = r.choice((1, 1, -1, 2)), r.random() < 0.5
    inside = less == (a > 0)
    between, around = interval(str(low), str(high)), f"$(-\\infty;\\ {low}) \\cup ({high};\\ +\\infty)$"
    key = between if inside else around
    wrongs = [
        (around if inside else between, "nhầm trong trái ngoài cùng"),
        (
            interval(str(-high), str(-low)) if inside else f"$(-\\infty;\\ {-high}) \\cup ({-low};\\ +\\infty)$",
            "sai dấu hai nghiệm",
        ),
        (f"$(-\\infty;\\ {low})$", "chỉ lấy một phần"),
        (f"$({high};\\ +\\infty)$", "chỉ lấy một phần"),
    ]
    stem = f"Tập nghiệm của bất phương trình ${polynomial(a, -a * (low + high), a * low * high)} {'<' if less else '>'} 0$ là"
    return choice(r, stem, key, wrongs, f"Tam thức có hai nghiệm {low} và {high}, hệ số $a = {a}$; xét dấu được {key}.")


@SHELF.add(SIGN, VAN_DUNG)
def count_integers(r: Random) -> Draft:
    low, high, a = r.randint(-20, 0), r.randint(1, 25), r.choice((1, 2, -1, 3))
    closed = r.random() < 0.5
    sign = (r"\le" if closed else "<") if a > 0 else (r"\ge" if closed else ">")
    key = high - low + 1 if closed else high - low - 1
    stem = f"Có bao nhiêu số nguyên $x$ thoả mãn ${polynomial(a, -a * (low + high), a * low * high)} {sign} 0$?"
    return short(stem, key, f"Tập nghiệm là {interval(str(low), str(high), (closed, closed))}, có {key} số nguyên.")


@SHELF.add(ROOT_EQUATION, HIEU)
def root_equation(r: Random) -> Draft:
    x, shift = r.randint(0, 12), r.randint(-6, 8)
    value = x + shift
    b = value * value - x * x
    if value <= 0 or shift == 0:
        return None
    wrongs = [
        (-x, "sai dấu nghiệm"),
        (x + shift, "lấy giá trị vế phải làm nghiệm"),
        (x + 1, "tính nhầm"),
        (2 * x + 1, "quên chia 2"),
        (x - 1, "tính nhầm"),
    ]
    stem = f"Nghiệm của phương trình $\\sqrt{{{polynomial(1, 0, b)}}} = {polynomial(1, shift)}$ là"
    return numbers(
        r,
        stem,
        x,
        wrongs,
        f"Bình phương hai vế: ${polynomial(1, 0, b)} = {polynomial(1, 2 * shift, shift * shift)}$, suy ra $x = {x}$ (thoả mãn).",
        lambda v: f"$x = {tex(v)}$",
    )


@SHELF.add(COUNTING, BIET)
def choose_people(r: Random) -> Draft:
    n, k = r.randint(5, 14), r.randint(2, 4)
    ordered = r.random() < 0.5
    key, other = (perm(n, k), comb(n, k)) if ordered else (comb(n, k), perm(n, k))
    story = (
        f"chọn {k} bạn từ {n} bạn và xếp vào {k} chức vụ khác nhau"
        if ordered
        else f"chọn {k} bạn từ {n} bạn để đi trực nhật"
    )
    wrongs = [
        (other, "nhầm tổ hợp với chỉnh hợp" if ordered else "nhầm chỉnh hợp với tổ hợp"),
        (n**k, "cho phép chọn lặp lại"),
        (factorial(k), "chỉ đếm hoán vị"),
        (n * k, "nhân hai số"),
    ]
    symbol = f"\\mathrm{{A}}_{{{n}}}^{{{k}}}" if ordered else f"\\mathrm{{C}}_{{{n}}}^{{{k}}}"
    return numbers(r, f"Số cách {story} là", key, wrongs, f"${symbol} = {key}$.")


@SHELF.add(COUNTING, VAN_DUNG)
def mixed_team(r: Random) -> Draft:
    boys, girls, a, b = r.randint(4, 9), r.randint(3, 8), r.randint(1, 3), r.randint(1, 2)
    key = comb(boys, a) * comb(girls, b)
    stem = f"Một tổ có {boys} bạn nam và {girls} bạn nữ. Có bao nhiêu cách chọn một nhóm gồm {a} bạn nam và {b} bạn nữ?"
    return short(stem, key, f"$\\mathrm{{C}}_{{{boys}}}^{{{a}}}\\cdot \\mathrm{{C}}_{{{girls}}}^{{{b}}} = {key}$.")


@SHELF.add(COUNTING, HIEU)
def digits(r: Random) -> Draft:
    picked = sorted(r.sample(range(1, 10), r.randint(4, 7)))
    n, k = len(picked), r.choice((2, 3, 4))
    distinct = r.random() < 0.5
    key, other = (perm(n, k), n**k) if distinct else (n**k, perm(n, k))
    wrongs = [
        (other, "nhầm giữa các chữ số khác nhau và tuỳ ý"),
        (comb(n, k), "quên thứ tự các chữ số"),
        (n * k, "nhân hai số"),
        (factorial(n), "xếp tất cả các chữ số"),
    ]
    kind = f"{k} chữ số đôi một khác nhau" if distinct else f"{k} chữ số (không nhất thiết khác nhau)"
    return numbers(
        r, f"Từ các chữ số {listed(picked)} lập được bao nhiêu số tự nhiên có {kind}?", key, wrongs, f"Có {key} số."
    )


@SHELF.add(BINOMIAL, HIEU)
def binomial_coefficient(r: Random) -> Draft:
    n, a, b = r.choice((4, 5)), r.choice((1, 2, 3)), r.choice((-3, -2, -1, 1, 2, 3))
    power = r.randint(1, n - 1)
    key = comb(n, power) * a**power * b ** (n - power)
    wrongs = [
        (comb(n, power), "quên luỹ thừa các hệ số"),
        (-key, "sai dấu"),
        (comb(n, power) * a**power, "quên luỹ thừa hệ số tự do"),
        (comb(n, power) * a * b, "quên số mũ"),
        (a**power * b ** (n - power), "quên hệ số tổ hợp"),
    ]
    term = "x" if power == 1 else f"x^{power}"
    return numbers(
        r,
        f"Hệ số của ${term}$ trong khai triển $({polynomial(a, b)})^{n}$ là",
        key,
        wrongs,
        f"$\\mathrm{{C}}_{{{n}}}^{{{power}}}\\cdot ({a})^{power}\\cdot ({b})^{n - power} = {key}$.",
        lambda v: maths(tex(v)),
    )


@SHELF.add(BINOMIAL, VAN_DUNG)
def sum_of_coefficients(r: Random) -> Draft:
    n, a, b = r.choice((4, 5)), r.randint(1, 6), r.choice([k for k in range(-6, 7) if k])
    return short(
        f"Tổng tất cả các hệ số trong khai triển $({polynomial(a, b)})^{n}$ thành đa thức bằng bao nhiêu?",
        (a + b) ** n,
        f"Thay $x = 1$: $({a} {signed(b)})^{n} = {(a + b) ** n}$.",
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


@SHELF.add(CENTRE, HIEU)
def median(r: Random) -> Draft:
    values = [r.randint(1, 30) for _ in range(r.choice((5, 6, 7, 8)))]
    ordered, n = sorted(values), len(values)
    key = Fraction(ordered[n // 2]) if n % 2 else Fraction(ordered[n // 2 - 1] + ordered[n // 2], 2)
    unsorted = Fraction(values[n // 2]) if n % 2 else Fraction(values[n // 2 - 1] + values[n // 2], 2)
    wrongs = [
        (unsorted, "quên sắp xếp dãy số"),
        (Fraction(sum(values), n), "nhầm với số trung bình"),
        (Fraction(ordered[0] + ordered[-1], 2), "lấy trung bình hai đầu"),
        (Fraction(ordered[n // 2 - 1]), "lấy sai vị trí"),
        (Fraction(ordered[-1] - ordered[0]), "nhầm với khoảng biến thiên"),
    ]
    return numbers(
        r,
        f"Trung vị của mẫu số liệu {listed(values)} là",
        key,
        wrongs,
        f"Sắp xếp: {listed(ordered)}; trung vị là {plain(key)}.",
        lambda v: plain(v, 2),
    )


@SHELF.add(CENTRE, VAN_DUNG)
def missing_value(r: Random) -> Draft:
    values = [r.randint(4, 30) for _ in range(4)]
    mean = r.choice([Fraction(n, 5) for n in range(5 * min(values), 5 * max(values))])
    key = 5 * mean - sum(values)
    if key <= 0 or key.denominator != 1:
        return None
    return short(
        f"Mẫu số liệu {listed(values)}; $x$ có số trung bình bằng {plain(mean)}. Giá trị của $x$ là bao nhiêu?",
        key,
        f"$x = 5\\cdot {comma(mean)} - {sum(values)} = {plain(key)}$.",
    )


@SHELF.add(SPREAD, HIEU)
def variance(r: Random) -> Draft:
    middle, gaps = r.randint(5, 30), r.sample(range(1, 9), 2)
    values = [middle - gaps[0], middle - gaps[1], middle, middle + gaps[0], middle + gaps[1]]
    r.shuffle(values)
    key = Fraction(2 * (gaps[0] ** 2 + gaps[1] ** 2), 5)
    wrongs = [
        (Fraction(2 * (gaps[0] ** 2 + gaps[1] ** 2), 4), "chia cho n - 1"),
        (Fraction(2 * (gaps[0] + gaps[1]), 5), "quên bình phương độ lệch"),
        (Fraction(2 * (gaps[0] ** 2 + gaps[1] ** 2)), "quên chia cho cỡ mẫu"),
        (Fraction(2 * max(gaps)), "nhầm với khoảng biến thiên"),
    ]
    return numbers(
        r,
        f"Phương sai của mẫu số liệu {listed(values)} là",
        key,
        wrongs,
        f"Số trung bình là {middle}; phương sai $s^2$ = {plain(key)}.",
    )


@SHELF.add(SPREAD, BIET)
def data_range(r: Random) -> Draft:
    values = [r.randint(1, 60) for _ in range(r.choice((6, 7, 8)))]
    ordered = sorted(values)
    wrongs = [
        (ordered[-1], "lấy giá trị lớn nhất"),
        (abs(values[-1] - values[0]), "lấy hiệu số cuối và số đầu"),
        (ordered[-1] + ordered[0], "cộng thay vì trừ"),
        (ordered[-2] - ordered[0], "bỏ sót giá trị lớn nhất"),
        (len(values), "lấy cỡ mẫu"),
    ]
    return numbers(
        r,
        f"Khoảng biến thiên của mẫu số liệu {listed(values)} là",
        ordered[-1] - ordered[0],
        wrongs,
        f"$R = {ordered[-1]} - {ordered[0]} = {ordered[-1] - ordered[0]}$.",
    )


@SHELF.add(CHANCE, BIET)
def two_dice(r: Random) -> Draft:
    target, kind = r.randint(3, 11), r.choice(("bằng", "lớn hơn", "nhỏ hơn"))
    rule: Callable[[int], bool] = {
        "bằng": lambda s: s == target,
        "lớn hơn": lambda s: s > target,
        "nhỏ hơn": lambda s: s < target,
    }[kind]
    hits = len([1 for a in range(1, 7) for b in range(1, 7) if rule(a + b)])
    key = Fraction(hits, 36)
    if hits == 0:
        return None
    wrongs = [
        (Fraction(len([s for s in range(2, 13) if rule(s)]), 11), "coi các tổng có khả năng như nhau"),
        (1 - key, "tính xác suất biến cố đối"),
        (Fraction(hits, 12), "đếm sai không gian mẫu"),
        (Fraction((hits + 1) // 2, 36), "không phân biệt hai xúc xắc"),
    ]
    return numbers(
        r,
        f"Gieo đồng thời hai con xúc xắc cân đối. Xác suất để tổng số chấm {kind} {target} là",
        key,
        wrongs,
        f"Có {hits} kết quả thuận lợi trong 36 kết quả.",
        lambda v: maths(tex(v)),
    )


@SHELF.add(CHANCE, VAN_DUNG)
def at_least_one(r: Random) -> Draft:
    red, blue, k = r.randint(3, 8), r.randint(3, 8), r.choice((2, 3))
    key = 1 - Fraction(comb(blue, k), comb(red + blue, k))
    stem = f"Một hộp có {red} bi đỏ và {blue} bi xanh. Lấy ngẫu nhiên đồng thời {k} viên bi. Xác suất lấy được ít nhất một bi đỏ là bao nhiêu? (Làm tròn kết quả đến hàng phần trăm.)"
    return short(
        stem,
        key,
        f"Dùng biến cố đối: $1 - \\frac{{\\mathrm{{C}}_{{{blue}}}^{{{k}}}}}{{\\mathrm{{C}}_{{{red + blue}}}^{{{k}}}}} = {tex(key)} \\approx$ {plain(key, 2)}.",
        2,
    )


@SHELF.add(ANGLES, BIET)
def radians(r: Random) -> Draft:
    degrees = r.choice(range(10, 351, 5))
    key = Fraction(degrees, 180)
    show: Callable[..., Any] = lambda v: (
        f"${tex(Fraction(v).numerator) if abs(Fraction(v).numerator) != 1 else ''}\\pi$"
        if Fraction(v).denominator == 1
        else f"$\\frac{{{'' if Fraction(v).numerator == 1 else Fraction(v).numerator}\\pi}}{{{Fraction(v).denominator}}}$"
    )
    wrongs = [
        (key * 2, "dùng 90° ứng với π"),
        (key / 2, "dùng 360° ứng với π"),
        (1 / key, "đảo tỉ số"),
        (key + Fraction(1, 2), "cộng thêm góc vuông"),
    ]
    return numbers(
        r,
        f"Đổi số đo góc {degrees}° sang rađian, ta được",
        key,
        wrongs,
        f"${degrees}° = {degrees}\\cdot\\frac{{\\pi}}{{180}}$ rad.",
        show,
    )


@SHELF.add(ANGLES, HIEU)
def find_cosine(r: Random) -> Draft:
    a, b, c = r.choice(
        ((3, 4, 5), (5, 12, 13), (8, 15, 17), (7, 24, 25), (4, 3, 5), (12, 5, 13), (15, 8, 17), (20, 21, 29))
    )
    quarter = r.choice((1, 2))
    given = Fraction(a, c)
    key = Fraction(b, c) if quarter == 1 else Fraction(-b, c)
    span = r"0 < \alpha < \frac{\pi}{2}" if quarter == 1 else r"\frac{\pi}{2} < \alpha < \pi"
    wrongs = [
        (-key, "sai dấu theo góc phần tư"),
        (1 - given, "dùng sin + cos = 1"),
        (Fraction(b * b, c * c), "quên lấy căn bậc hai"),
        (Fraction(a, b), "nhầm với tang"),
    ]
    return numbers(
        r,
        f"Cho $\\sin\\alpha = {tex(given)}$ với ${span}$. Giá trị của $\\cos\\alpha$ là",
        key,
        wrongs,
        f"$\\cos^2\\alpha = 1 - \\sin^2\\alpha$ và xét dấu trên khoảng đã cho: ${tex(key)}$.",
        lambda v: maths(tex(v)),
    )


@SHELF.add(ANGLES, VAN_DUNG)
def double_angle(r: Random) -> Draft:
    bottom = r.choice((2, 4, 5, 10, 8))
    top = r.randint(1, bottom - 1)
    value = Fraction(top, bottom) * r.choice((1, -1))
    key = 1 - 2 * value * value
    return short(
        f"Cho $\\sin\\alpha = {comma(value)}$. Giá trị của $\\cos 2\\alpha$ bằng bao nhiêu? (Làm tròn kết quả đến hàng phần trăm.)",
        key,
        f"$\\cos 2\\alpha = 1 - 2\\sin^2\\alpha$ = {plain(key)}.",
        2,
    )


@SHELF.add(WAVES, HIEU)
def sine_range(r: Random) -> Draft:
    a, b, k = r.choice([n for n in range(-9, 10) if n]), r.randint(-12, 12), r.choice(("", "2", "3", "4", "5"))
    low, high = b - abs(a), b + abs(a)
    function = r.choice((r"\sin", r"\cos"))
    wrongs = [
        (interval(str(-abs(a)), str(abs(a)), (True, True)), "quên hạng tử tự do"),
        (interval(str(b - 1), str(b + 1), (True, True)), "quên hệ số của hàm lượng giác"),
        (interval(str(low), str(high)), "nhầm đoạn với khoảng"),
        (interval("-1", "1", (True, True)), "lấy tập giá trị của hàm cơ bản"),
    ]
    return choice(
        r,
        f"Tập giá trị của hàm số $y = {total((a, f'{function} {k}x'), (b, ''))}$ là",
        interval(str(low), str(high), (True, True)),
        wrongs,
        f"Vì $-1 \\le {function} {k}x \\le 1$ nên ${low} \\le y \\le {high}$.",
    )


@SHELF.add(WAVES, VAN_DUNG)
def tide(r: Random) -> Draft:
    mean, amplitude = r.randint(5, 18), r.choice([Fraction(n, 2) for n in range(2, 9)])
    return short(
        f"Mực nước (mét) của một con kênh tại thời điểm $t$ (giờ) được cho bởi $h(t) = {comma(amplitude)}\\cos\\left(\\frac{{\\pi t}}{{6}} + \\frac{{\\pi}}{{3}}\\right) + {mean}$. Mực nước cao nhất là bao nhiêu mét?",
        mean + amplitude,
        f"$\\cos$ lớn nhất bằng 1 nên mực nước cao nhất là {plain(mean + amplitude)} m.",
    )


@SHELF.add(TRIG_EQUATION, BIET)
def solvable(r: Random) -> Draft:
    functions = (r"\sin x", r"\cos x", r"\sin 2x", r"\cos 3x")
    rows = []
    for _ in range(4):
        value = r.choice(
            [
                Fraction(n, d)
                for n, d in ((1, 2), (3, 2), (-1, 3), (5, 4), (-7, 5), (2, 3), (-3, 4), (9, 8), (0, 1), (2, 1), (-2, 1))
            ]
        )
        rows.append(
            (
                f"Phương trình ${r.choice(functions)} = {tex(value)}$ có nghiệm.",
                abs(value) <= 1,
                f"Phương trình có nghiệm khi và chỉ khi vế phải thuộc đoạn [-1; 1]; ở đây vế phải bằng ${tex(value)}$.",
            )
        )
    return cluster("Xét sự có nghiệm của các phương trình lượng giác. Mỗi phát biểu sau đúng hay sai?", rows)


@SHELF.add(TRIG_EQUATION, VAN_DUNG)
def count_roots(r: Random) -> Draft:
    turns, function, value = (
        r.randint(1, 12),
        r.choice((r"\sin x", r"\cos x")),
        r.choice([Fraction(n, 10) for n in range(1, 10)]),
    )
    return short(
        f"Phương trình ${function} = {comma(value)}$ có bao nhiêu nghiệm thuộc khoảng $(0;\\ {2 * turns}\\pi)$?",
        2 * turns,
        f"Mỗi chu kì $2\\pi$ có hai nghiệm, khoảng đã cho gồm {turns} chu kì nên có {2 * turns} nghiệm.",
    )


@SHELF.add(SEQUENCE, BIET)
def sequence_term(r: Random) -> Draft:
    a, b, n = r.choice((2, 3, 4, 5, -2, -3)), r.randint(-9, 9), r.randint(3, 12)
    key = a * n * n + b
    wrongs = [
        (a * 2 * n + b, "hiểu bình phương là nhân đôi"),
        ((a * n) ** 2 + b, "bình phương cả hệ số"),
        (a * (n - 1) ** 2 + b, "tính số hạng liền trước"),
        (a * (n + 1) ** 2 + b, "tính số hạng liền sau"),
    ]
    return numbers(
        r,
        f"Cho dãy số $(u_n)$ với $u_n = {polynomial(a, 0, b, variable='n')}$. Số hạng $u_{{{n}}}$ bằng",
        key,
        wrongs,
        f"Thay $n = {n}$: ${key}$.",
    )


@SHELF.add(SEQUENCE, HIEU)
def recursive_term(r: Random) -> Draft:
    first, factor, shift = r.randint(1, 6), r.choice((2, 3)), r.choice((-2, -1, 1, 2, 3))
    values = [first]
    for _ in range(4):
        values.append(values[-1] * factor + shift)
    place = r.choice((3, 4))
    wrongs = [
        (values[place - 2], "tính thiếu một bước"),
        (values[place], "tính thừa một bước"),
        (first * factor ** (place - 1), "quên cộng hằng số"),
        (first + (place - 1) * shift, "coi là cấp số cộng"),
    ]
    return numbers(
        r,
        f"Cho dãy số $(u_n)$ với $u_1 = {first}$ và $u_{{n+1}} = {total((factor, 'u_n'), (shift, ''))}$. Số hạng $u_{place}$ bằng",
        values[place - 1],
        wrongs,
        f"Tính lần lượt: {listed(values[:place])}.",
    )


@SHELF.add(ARITHMETIC, BIET)
def arithmetic_term(r: Random) -> Draft:
    first, step, n = r.randint(-20, 30), r.choice([k for k in range(-9, 10) if k]), r.randint(5, 30)
    wrongs = [
        (first + n * step, "dùng n thay cho n - 1"),
        (first * step ** min(2, n), "nhầm với cấp số nhân"),
        (first + (n - 2) * step, "đếm thiếu một bước"),
        (n * first + step, "nhân nhầm số hạng đầu"),
    ]
    return numbers(
        r,
        f"Cấp số cộng $(u_n)$ có $u_1 = {first}$ và công sai $d = {step}$. Số hạng $u_{{{n}}}$ bằng",
        first + (n - 1) * step,
        wrongs,
        f"$u_{{{n}}} = u_1 + {n - 1}d = {first + (n - 1) * step}$.",
    )


@SHELF.add(ARITHMETIC, HIEU)
def arithmetic_cluster(r: Random) -> Draft:
    first, step, n = r.randint(-15, 20), r.choice([k for k in range(-7, 8) if k]), r.randint(8, 20)
    last, sum_ = first + (n - 1) * step, Fraction(n * (2 * first + (n - 1) * step), 2)
    statements = [
        either(r, "Công sai của cấp số cộng là @.", str(step), str(-step), f"$d = u_2 - u_1 = {step}$."),
        either(r, f"Số hạng $u_{{{n}}}$ bằng @.", str(last), str(last + step), f"$u_{{{n}}} = {last}$."),
        either(
            r,
            f"Tổng {n} số hạng đầu bằng @.",
            plain(sum_),
            plain(2 * sum_ if sum_ else 1),
            f"$S_{{{n}}}$ = {plain(sum_)}.",
        ),
        either(
            r,
            "Dãy số đã cho là dãy số @.",
            "tăng" if step > 0 else "giảm",
            "giảm" if step > 0 else "tăng",
            f"Công sai bằng {step}.",
        ),
    ]
    return cluster(
        f"Cho cấp số cộng $(u_n)$ có $u_1 = {first}$, $u_2 = {first + step}$. Mỗi phát biểu sau đúng hay sai?",
        statements,
    )


@SHELF.add(ARITHMETIC, VAN_DUNG)
def theatre(r: Random) -> Draft:
    first, step, rows = r.randint(10, 30), r.randint(1, 4), r.randint(8, 25)
    key = rows * (2 * first + (rows - 1) * step) // 2
    return short(
        f"Một nhà hát có {rows} hàng ghế. Hàng đầu có {first} ghế, mỗi hàng sau nhiều hơn hàng liền trước {step} ghế. Nhà hát có tất cả bao nhiêu ghế?",
        key,
        f"$S_{{{rows}}} = \\frac{{{rows}(2\\cdot {first} + {rows - 1}\\cdot {step})}}{{2}} = {key}$.",
    )


@SHELF.add(GEOMETRIC, BIET)
def geometric_term(r: Random) -> Draft:
    first, ratio, n = r.choice([k for k in range(-6, 10) if k]), r.choice((-3, -2, 2, 3, 4)), r.randint(3, 7)
    wrongs = [
        (first * ratio**n, "dùng n thay cho n - 1"),
        (first + (n - 1) * ratio, "nhầm với cấp số cộng"),
        (first * ratio * (n - 1), "nhân thay vì luỹ thừa"),
        (-first * ratio ** (n - 1), "sai dấu"),
    ]
    return numbers(
        r,
        f"Cấp số nhân $(u_n)$ có $u_1 = {first}$ và công bội $q = {ratio}$. Số hạng $u_{n}$ bằng",
        first * ratio ** (n - 1),
        wrongs,
        f"$u_{n} = u_1q^{n - 1} = {first * ratio ** (n - 1)}$.",
    )


@SHELF.add(GEOMETRIC, VAN_DUNG)
def bouncing(r: Random) -> Draft:
    height, ratio, times = (
        r.choice((16, 32, 48, 64, 80, 81, 100, 125, 128, 160, 200, 243, 250, 256, 320, 400, 500)),
        r.choice(
            (
                Fraction(1, 2),
                Fraction(3, 5),
                Fraction(4, 5),
                Fraction(2, 5),
                Fraction(3, 4),
                Fraction(1, 4),
                Fraction(1, 5),
            )
        ),
        r.randint(2, 4),
    )
    key = height * ratio**times
    return short(
        f"Một quả bóng rơi từ độ cao {height} cm, sau mỗi lần chạm đất nó nảy lên độ cao bằng {plain(ratio)} lần độ cao ngay trước đó. Sau lần chạm đất thứ {times}, quả bóng nảy lên độ cao bao nhiêu xăng-ti-mét? (Làm tròn kết quả đến hàng phần mười.)",
        key,
        f"${height}\\cdot {comma(ratio)}^{times}$ ≈ {plain(key, 1)} cm.",
        1,
    )


@SHELF.add(GEOMETRIC, HIEU)
def infinite_sum(r: Random) -> Draft:
    first, ratio = r.randint(1, 30), Fraction(r.choice((-1, 1)) * r.randint(1, 4), r.randint(5, 9))
    key = first / (1 - ratio)
    wrongs = [
        (first / (1 + ratio), "sai dấu ở mẫu"),
        (Fraction(first) / ratio, "chia cho công bội"),
        (first * ratio, "nhân với công bội"),
        (first * (1 - ratio), "nhân thay vì chia"),
    ]
    return numbers(
        r,
        f"Tổng của cấp số nhân lùi vô hạn có $u_1 = {first}$, $q = {tex(ratio)}$ là",
        key,
        wrongs,
        f"$S = \\frac{{u_1}}{{1-q}} = {tex(key)}$.",
        lambda v: maths(tex(v)),
    )


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


@SHELF.add(GROUPED, HIEU)
def grouped_mean(r: Random) -> Draft:
    start, width = r.choice((0, 10, 20, 40, 150)), r.choice((2, 5, 10))
    counts = [r.randint(2, 15) for _ in range(4)]
    middles = [start + width * place + Fraction(width, 2) for place in range(4)]
    whole = sum(counts)
    key = sum((count * middle for count, middle in zip(counts, middles, strict=True)), Fraction(0)) / whole
    rows = "; ".join(
        f"[{start + width * place}; {start + width * (place + 1)}): {count}" for place, count in enumerate(counts)
    )
    wrongs = [
        (key - Fraction(width, 2), "dùng đầu mút trái của nhóm"),
        (key + Fraction(width, 2), "dùng đầu mút phải của nhóm"),
        (sum(middles, Fraction(0)) / 4, "quên tần số"),
        (Fraction(whole, 4), "lấy trung bình các tần số"),
    ]
    return numbers(
        r,
        f"Mẫu số liệu ghép nhóm có tần số: {rows}. Số trung bình của mẫu số liệu xấp xỉ",
        key,
        wrongs,
        f"Dùng giá trị đại diện của mỗi nhóm, $\\overline{{x}} \\approx$ {plain(key, 2)}.",
        lambda v: plain(v, 2),
    )


@SHELF.add(EVENTS, HIEU)
def independent(r: Random) -> Draft:
    a, b = r.choice([Fraction(n, 20) for n in range(2, 19)]), r.choice([Fraction(n, 20) for n in range(2, 19)])
    statements = [
        either(
            r,
            "Xác suất cả hai người cùng bắn trúng là @.",
            plain(a * b),
            plain(a + b),
            f"$P(AB) = P(A)P(B)$ = {plain(a * b)}.",
        ),
        either(
            r,
            "Xác suất cả hai người cùng bắn trượt là @.",
            plain((1 - a) * (1 - b)),
            plain(1 - a * b),
            f"$P = (1-P(A))(1-P(B))$ = {plain((1 - a) * (1 - b))}.",
        ),
        either(
            r,
            "Xác suất có ít nhất một người bắn trúng là @.",
            plain(1 - (1 - a) * (1 - b)),
            plain(a * b / 2),
            f"Biến cố đối: {plain(1 - (1 - a) * (1 - b))}.",
        ),
        either(
            r,
            "Xác suất có đúng một người bắn trúng là @.",
            plain(a * (1 - b) + b * (1 - a)),
            plain(a * (1 - b)),
            f"$P$ = {plain(a * (1 - b) + b * (1 - a))}.",
        ),
    ]
    return cluster(
        f"Hai xạ thủ độc lập bắn vào một bia, mỗi người một viên, xác suất bắn trúng lần lượt là {plain(a)} và {plain(b)}. Mỗi phát biểu sau đúng hay sai?",
        statements,
    )


@SHELF.add(EVENTS, VAN_DUNG)
def union_rule(r: Random) -> Draft:
    both = r.choice([Fraction(n, 100) for n in range(5, 31)])
    a, b = both + Fraction(r.randint(5, 30), 100), both + Fraction(r.randint(5, 30), 100)
    return short(
        f"Một lớp có {plain(a * 100)}% học sinh giỏi Toán, {plain(b * 100)}% học sinh giỏi Ngữ văn và {plain(both * 100)}% học sinh giỏi cả hai môn. Chọn ngẫu nhiên một học sinh. Xác suất học sinh đó giỏi ít nhất một trong hai môn là bao nhiêu?",
        a + b - both,
        f"$P(A \\cup B) = P(A) + P(B) - P(AB)$ = {plain(a + b - both)}.",
    )


@SHELF.add(EVENTS, BIET)
def disjoint(r: Random) -> Draft:
    a, b = r.choice([Fraction(n, 20) for n in range(1, 10)]), r.choice([Fraction(n, 20) for n in range(1, 10)])
    wrongs = [
        (a * b, "dùng quy tắc nhân"),
        (abs(a - b), "trừ hai xác suất"),
        (a + b - a * b, "trừ thêm tích như với biến cố độc lập"),
        (1 - a - b, "tính biến cố đối"),
    ]
    return numbers(
        r,
        f"Cho $A$ và $B$ là hai biến cố xung khắc với $P(A) = {comma(a)}$, $P(B) = {comma(b)}$. Xác suất $P(A \\cup B)$ bằng",
        a + b,
        wrongs,
        f"$P(A \\cup B) = P(A) + P(B)$ = {plain(a + b)}.",
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
