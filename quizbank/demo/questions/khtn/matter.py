# ruff: noqa: E501, E731
"""Khoa học tự nhiên: substances and living things."""

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any

from quizbank.demo.questions.laws import Law, Quantity, law, steps, tenths
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
from quizbank.demo.questions.writing import plain, quantity

SHELF = Shelf()

ATOMS = "khoa-hoc-tu-nhien.l07.chat.nguyen-tu-nguyen-to-hoa-hoc"
FORMULA = "khoa-hoc-tu-nhien.l07.chat.hoa-tri-cong-thuc-hoa-hoc"
MOLE = "khoa-hoc-tu-nhien.l08.chat.mol-va-ti-khoi-chat-khi"
SOLUTION = "khoa-hoc-tu-nhien.l08.chat.dung-dich-va-nong-do"
CONSERVATION = "khoa-hoc-tu-nhien.l08.chat.dinh-luat-bao-toan-khoi-luong-va-phuong-trinh-hoa-hoc"
EQUATIONS = "khoa-hoc-tu-nhien.l08.chat.tinh-theo-phuong-trinh-hoa-hoc"
MENDEL = "khoa-hoc-tu-nhien.l09.vat-song.hien-tuong-di-truyen-mendel-va-khai-niem-nhan-to-di"
CHROMOSOMES = "khoa-hoc-tu-nhien.l09.vat-song.nhiem-sac-the-nguyen-phan-giam-phan-dot-bien-nhiem-sac"

law(
    SHELF,
    Law(
        "moles",
        MOLE,
        "số mol của chất có khối lượng $m$ và khối lượng mol $M$",
        Quantity("n", "số mol", "mol"),
        (
            (Quantity("m", "khối lượng chất", "g", tenths(2, 1600, 2)), 1),
            (Quantity("M", "khối lượng mol", "g/mol", (2, 18, 28, 32, 40, 44, 56, 64, 16, 80, 100)), -1),
        ),
        {
            "n": "Một chất có khối lượng mol <M>. Số mol có trong <m> chất đó là",
            "m": "Một chất có khối lượng mol <M>. Khối lượng của <n> chất đó là",
        },
    ),
)


law(
    SHELF,
    Law(
        "gas_volume",
        MOLE,
        "thể tích của $n$ mol khí ở 25 °C và 1 bar, thể tích mol $V_m$",
        Quantity("V", "thể tích khí", "L"),
        (
            (Quantity("n", "số mol khí", "mol", tuple(Fraction(k, 20) for k in range(1, 101))), 1),
            (Quantity("V_m", "thể tích mol", "L/mol", (Fraction(2479, 100),)), 1),
        ),
        {
            "V": "Ở 25 °C và 1 bar, thể tích mol của chất khí là <V_m>. Thể tích của <n> khí ở điều kiện đó là",
            "n": "Ở 25 °C và 1 bar, thể tích mol của chất khí là <V_m>. Số mol của <V> khí ở điều kiện đó là",
        },
    ),
)


law(
    SHELF,
    Law(
        "percent_solution",
        SOLUTION,
        "khối lượng chất tan trong dung dịch khối lượng $m$, nồng độ phần trăm $C$",
        Quantity("m_{ct}", "khối lượng chất tan", "g"),
        (
            (Quantity("C", "nồng độ phần trăm", "%", steps(2, 40)), 1),
            (Quantity("m", "khối lượng dung dịch", "g", steps(20, 800, 20)), 1),
        ),
        {
            "m_{ct}": "Khối lượng chất tan có trong <m> dung dịch nồng độ <C> là",
            "m": "Dung dịch nồng độ <C> chứa <m_{ct}> chất tan. Khối lượng dung dịch là",
            "C": "Hoà tan <m_{ct}> chất tan thu được <m> dung dịch. Nồng độ phần trăm của dung dịch là",
        },
        scale=Fraction(1, 100),
    ),
)


@SHELF.add(ATOMS, VAN_DUNG)
def particles(r: Random) -> Draft:
    protons = r.randint(3, 40)
    neutrons = protons + r.randint(0, protons // 4 + 1)
    whole = 2 * protons + neutrons
    return short(
        f"Một nguyên tử có tổng số hạt proton, neutron và electron là {whole}, trong đó số hạt mang điện nhiều hơn số hạt không mang điện là {2 * protons - neutrons}. Số proton của nguyên tử là bao nhiêu?",
        protons,
        f"$2p + n = {whole}$, $2p - n = {2 * protons - neutrons}$ nên $p = {protons}$.",
    )


@SHELF.add(ATOMS, HIEU)
def charge_cluster(r: Random) -> Draft:
    protons = r.randint(3, 30)
    neutrons = protons + r.randint(0, 6)
    statements = [
        either(
            r, "Nguyên tử có @ electron.", str(protons), str(neutrons + 1), f"Số electron bằng số proton: {protons}."
        ),
        either(
            r,
            "Điện tích hạt nhân của nguyên tử là @.",
            f"+{protons}",
            f"+{protons + neutrons}",
            f"Hạt nhân có {protons} proton.",
        ),
        either(
            r,
            "Khối lượng nguyên tử xấp xỉ @ amu.",
            str(protons + neutrons),
            str(2 * protons + neutrons),
            f"Khối lượng xấp xỉ tổng số proton và neutron: {protons + neutrons} amu.",
        ),
        either(
            r,
            "Nguyên tử này @.",
            "trung hoà về điện",
            "mang điện tích dương",
            "Số proton bằng số electron nên nguyên tử trung hoà.",
        ),
    ]
    return cluster(
        f"Một nguyên tử có {protons} proton và {neutrons} neutron trong hạt nhân. Mỗi phát biểu sau đúng hay sai?",
        statements,
    )


METALS = (("Na", 1), ("K", 1), ("Mg", 2), ("Ca", 2), ("Ba", 2), ("Zn", 2), ("Al", 3), ("Cu", 2), ("Ag", 1))


GROUPS = (
    ("Cl", 1, ""),
    ("O", 2, ""),
    ("NO_3", 1, "g"),
    ("SO_4", 2, "g"),
    ("PO_4", 3, "g"),
    ("OH", 1, "g"),
    ("CO_3", 2, "g"),
    ("S", 2, ""),
)


def compound(metal: str, count: int, group: str, times: int, grouped: str) -> str:
    part = f"({group})_{times}" if times > 1 and grouped else (f"{group}_{times}" if times > 1 else group)
    return f"$\\mathrm{{{metal}{f'_{count}' if count > 1 else ''}{part}}}$"


@SHELF.add(FORMULA, VAN_DUNG, 120)
def write_formula(r: Random) -> Draft:
    (metal, a), (group, b, grouped) = r.choice(METALS), r.choice(GROUPS)
    common = 2 if a % 2 == 0 and b % 2 == 0 else (3 if a == b == 3 else 1)
    count, times = b // common, a // common
    wrongs = [
        (compound(metal, m, group, n, grouped), "không áp dụng đúng quy tắc hoá trị")
        for m, n in ((times, count), (1, 1), (2, 1), (1, 2), (1, 3), (3, 1), (3, 2), (2, 3))
        if (m, n) != (count, times)
    ]
    roman = ("I", "II", "III")
    stem = f"Biết {metal} có hoá trị {roman[a - 1]}, nhóm (nguyên tử) $\\mathrm{{{group}}}$ có hoá trị {roman[b - 1]}. Công thức hoá học của hợp chất tạo bởi {metal} và $\\mathrm{{{group}}}$ là"
    return choice(
        r,
        stem,
        compound(metal, count, group, times, grouped),
        wrongs,
        f"Quy tắc hoá trị: ${roman[a - 1]}\\cdot x = {roman[b - 1]}\\cdot y$ nên $x : y = {count} : {times}$.",
    )


MASSES = {
    "CO_2": (12, 32),
    "SO_2": (32, 32),
    "H_2O": (2, 16),
    "CaO": (40, 16),
    "Fe_2O_3": (112, 48),
    "MgO": (24, 16),
    "CuO": (64, 16),
    "Al_2O_3": (54, 48),
    "ZnO": (65, 16),
    "Na_2O": (46, 16),
    "K_2O": (78, 16),
    "NO_2": (14, 32),
}


@SHELF.add(FORMULA, HIEU, 48)
def oxygen_share(r: Random) -> Draft:
    formula, (other, oxygen) = r.choice(sorted(MASSES.items()))
    key = Fraction(100 * oxygen, other + oxygen)
    wrongs = [
        (100 - key, "tính phần trăm nguyên tố còn lại"),
        (Fraction(100 * oxygen, other), "chia cho khối lượng nguyên tố còn lại"),
        (Fraction(1600, other + oxygen) if oxygen != 16 else Fraction(50), "quên chỉ số của oxygen"),
        (Fraction(100, 3), "lấy tỉ lệ số nguyên tử"),
    ]
    return numbers(
        r,
        f"Phần trăm khối lượng của oxygen trong $\\mathrm{{{formula}}}$ xấp xỉ",
        key,
        wrongs,
        f"$\\%O = \\frac{{{oxygen}}}{{{other + oxygen}}}\\cdot 100\\% \\approx$ {plain(key, 1)}%.",
        lambda x: f"{plain(x, 1)}%",
    )


@SHELF.add(CONSERVATION, HIEU)
def mass_conserved(r: Random) -> Draft:
    a, b = r.choice([Fraction(n, 10) for n in range(11, 400)]), r.choice([Fraction(n, 10) for n in range(5, 300)])
    reaction = r.choice(
        (
            ("magnesium", "oxygen", "magnesium oxide"),
            ("hydrogen", "oxygen", "nước"),
            ("sắt", "chlorine", "iron(III) chloride"),
            ("calcium oxide", "nước", "calcium hydroxide"),
            ("kẽm", "sulfur", "zinc sulfide"),
        )
    )
    wrongs = [
        (a + b + b, "cộng thừa khối lượng chất phản ứng"),
        (a, "cho rằng khối lượng không đổi"),
        ((a + b) / 2, "lấy trung bình"),
        (b + a + a, "cộng thừa khối lượng sản phẩm"),
    ]
    return numbers(
        r,
        f"Cho {reaction[0]} phản ứng hoàn toàn với {plain(b)} g {reaction[1]} tạo thành {plain(a + b)} g {reaction[2]} (sản phẩm duy nhất). Khối lượng {reaction[0]} đã phản ứng là",
        a,
        [(value if value != a else a * 2, slip) for value, slip in wrongs],
        f"Bảo toàn khối lượng: {plain(a + b)} - {plain(b)} = {plain(a)} g.",
        lambda x: quantity(x, "g"),
    )


BALANCED = (
    ("4Al + 3O_2 \\rightarrow 2Al_2O_3", (4, 3, 2)),
    ("2H_2 + O_2 \\rightarrow 2H_2O", (2, 1, 2)),
    ("N_2 + 3H_2 \\rightarrow 2NH_3", (1, 3, 2)),
    ("4P + 5O_2 \\rightarrow 2P_2O_5", (4, 5, 2)),
    ("2Fe + 3Cl_2 \\rightarrow 2FeCl_3", (2, 3, 2)),
    ("3Fe + 2O_2 \\rightarrow Fe_3O_4", (3, 2, 1)),
    ("2Na + Cl_2 \\rightarrow 2NaCl", (2, 1, 2)),
    ("2Mg + O_2 \\rightarrow 2MgO", (2, 1, 2)),
    ("4Na + O_2 \\rightarrow 2Na_2O", (4, 1, 2)),
    ("2CO + O_2 \\rightarrow 2CO_2", (2, 1, 2)),
)


@SHELF.add(CONSERVATION, VAN_DUNG, 10)
def balance(r: Random) -> Draft:
    equation, numbers_ = r.choice(BALANCED)
    bare = " ".join(part.lstrip("123456789") for part in equation.split(" "))
    return short(
        f"Lập phương trình hoá học của phản ứng $\\mathrm{{{bare}}}$ với các hệ số nguyên tối giản. Tổng các hệ số của phương trình là bao nhiêu?",
        sum(numbers_),
        f"$\\mathrm{{{equation}}}$; tổng các hệ số là {sum(numbers_)}.",
    )


@SHELF.add(EQUATIONS, VAN_DUNG)
def product_moles(r: Random) -> Draft:
    equation, (a, _, c) = r.choice(BALANCED)
    left, right = equation.split(" \\rightarrow ")
    first, second = left.split(" + ")
    name: Callable[..., Any] = lambda text: f"$\\mathrm{{{text.lstrip('123456789')}}}$"
    amount = r.choice([Fraction(n, 20) for n in range(1, 61)])
    key = amount * c / a
    return short(
        f"Cho phản ứng $\\mathrm{{{equation}}}$. Nếu {plain(amount)} mol {name(first)} phản ứng hết với lượng dư {name(second)} thì thu được bao nhiêu mol {name(right)}?",
        key,
        f"Theo phương trình, số mol sản phẩm bằng {plain(amount)}·{c}/{a} = {plain(key, 3)} mol.",
    )


@SHELF.add(EQUATIONS, HIEU)
def needed_moles(r: Random) -> Draft:
    equation, (a, b, _) = r.choice(BALANCED)
    first, second = equation.split(" \\rightarrow ")[0].split(" + ")
    name: Callable[..., Any] = lambda text: f"$\\mathrm{{{text.lstrip('123456789')}}}$"
    amount = r.choice([Fraction(n, 20) for n in range(1, 81)]) * a
    key = amount * b / a
    wrongs = [
        (amount * a / b, "đảo tỉ lệ hệ số"),
        (amount, "cho rằng số mol bằng nhau"),
        (amount * b, "quên chia cho hệ số"),
        (key / 2, "chia đôi"),
        (key * 3, "nhân ba"),
    ]
    return numbers(
        r,
        f"Theo phương trình hoá học $\\mathrm{{{equation}}}$, để phản ứng hết {plain(amount)} mol {name(first)} cần số mol {name(second)} là",
        key,
        wrongs,
        f"Tỉ lệ {a} : {b} nên cần {plain(key)} mol.",
        lambda x: f"{plain(x, 3)} mol",
    )


@SHELF.add(MENDEL, HIEU, 60)
def monohybrid(r: Random) -> Draft:
    trait, dominant, recessive = r.choice(
        (
            ("màu hạt đậu", "hạt vàng", "hạt xanh"),
            ("hình dạng hạt đậu", "hạt trơn", "hạt nhăn"),
            ("chiều cao cây đậu", "thân cao", "thân thấp"),
            ("màu hoa đậu", "hoa tím", "hoa trắng"),
        )
    )
    cross, answer = r.choice(
        (
            ("Aa × Aa", f"3 {dominant} : 1 {recessive}"),
            ("Aa × aa", f"1 {dominant} : 1 {recessive}"),
            ("AA × aa", f"100% {dominant}"),
            ("AA × Aa", f"100% {dominant}"),
            ("aa × aa", f"100% {recessive}"),
        )
    )
    options = (
        (f"3 {dominant} : 1 {recessive}", "nhầm với phép lai Aa × Aa"),
        (f"1 {dominant} : 1 {recessive}", "nhầm với phép lai phân tích"),
        (f"100% {dominant}", "cho rằng đời con đồng tính trội"),
        (f"100% {recessive}", "cho rằng đời con đồng tính lặn"),
        (f"1 {dominant} : 3 {recessive}", "đảo tỉ lệ trội, lặn"),
    )
    wrongs = [(text, slip) for text, slip in options if text != answer]
    r.shuffle(wrongs)
    return choice(
        r,
        f"Xét {trait}: allele A quy định {dominant} trội hoàn toàn so với allele a quy định {recessive}. Phép lai {cross} cho tỉ lệ kiểu hình ở đời con là",
        answer,
        wrongs,
        f"Phép lai {cross} cho {answer}.",
    )


@SHELF.add(MENDEL, VAN_DUNG)
def expected_count(r: Random) -> Draft:
    whole, (cross, share) = 4 * r.randint(30, 450), r.choice((("Aa × Aa", Fraction(1, 4)), ("Aa × aa", Fraction(1, 2))))
    return short(
        f"Ở đậu Hà Lan, A quy định hạt vàng trội hoàn toàn so với a quy định hạt xanh. Phép lai {cross} thu được {plain(whole)} hạt. Theo lí thuyết có bao nhiêu hạt xanh?",
        whole * share,
        f"Tỉ lệ hạt xanh là {share.numerator}/{share.denominator}: {plain(whole * share)} hạt.",
    )


@SHELF.add(CHROMOSOMES, VAN_DUNG)
def divided_cells(r: Random) -> Draft:
    start, times = r.randint(1, 12), r.randint(2, 7)
    return short(
        f"Có {start} tế bào cùng nguyên phân liên tiếp {times} lần. Tổng số tế bào con được tạo thành là bao nhiêu?",
        start * 2**times,
        f"${start}\\cdot 2^{times} = {start * 2**times}$.",
    )


@SHELF.add(CHROMOSOMES, BIET, 60)
def gamete_number(r: Random) -> Draft:
    name, diploid = r.choice(
        (
            ("ruồi giấm", 8),
            ("đậu Hà Lan", 14),
            ("ngô", 20),
            ("lúa nước", 24),
            ("người", 46),
            ("hành tây", 16),
            ("gà", 78),
            ("củ cải", 18),
        )
    )
    wrongs = [
        (diploid, "lấy bộ nhiễm sắc thể lưỡng bội"),
        (2 * diploid, "nhân đôi bộ nhiễm sắc thể"),
        (diploid // 2 + 1, "thừa một nhiễm sắc thể"),
        (diploid - 2, "bớt một cặp nhiễm sắc thể"),
        (4 * diploid, "nhân bốn"),
    ]
    return numbers(
        r,
        f"Loài {name} có bộ nhiễm sắc thể 2n = {diploid}. Số nhiễm sắc thể trong giao tử bình thường của loài là",
        diploid // 2,
        wrongs,
        f"Giao tử có n = {diploid // 2} nhiễm sắc thể.",
        str,
    )
