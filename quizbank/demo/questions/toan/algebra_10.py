# ruff: noqa: E501, E731
"""Toán 10: sets, quadratics and counting."""

from collections.abc import Callable
from fractions import Fraction
from math import comb, factorial, perm
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
from quizbank.demo.questions.toan.intervals import interval
from quizbank.demo.questions.writing import (
    comma,
    listed,
    maths,
    plain,
    point,
    polynomial,
    signed,
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
