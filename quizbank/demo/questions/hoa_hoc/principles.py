# ruff: noqa: E501
"""Hoá học: atoms, bonds, energy, rates and equilibria."""

from fractions import Fraction
from random import Random

from quizbank.demo.questions.laws import Law, Quantity, law, tenths
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
from quizbank.demo.questions.writing import plain

SHELF = Shelf()

ATOM = "hoa-hoc.l10.co-so-hoa-hoc.cau-tao-nguyen-tu"
TABLE = "hoa-hoc.l10.co-so-hoa-hoc.bang-tuan-hoan-cac-nguyen-to-hoa-hoc"
BONDS = "hoa-hoc.l10.co-so-hoa-hoc.lien-ket-hoa-hoc"
REDOX = "hoa-hoc.l10.co-so-hoa-hoc.phan-ung-oxi-hoa-khu"
ENTHALPY = "hoa-hoc.l10.co-so-hoa-hoc.nang-luong-hoa-hoc"
RATE = "hoa-hoc.l10.co-so-hoa-hoc.toc-do-phan-ung-hoa-hoc"
EQUILIBRIUM = "hoa-hoc.l11.co-so-hoa-hoc.can-bang-hoa-hoc"

ELEMENTS = (
    ("hydrogen", "H", 1), ("helium", "He", 2), ("lithium", "Li", 3), ("beryllium", "Be", 4), ("boron", "B", 5), ("carbon", "C", 6),
    ("nitrogen", "N", 7), ("oxygen", "O", 8), ("fluorine", "F", 9), ("neon", "Ne", 10), ("sodium", "Na", 11), ("magnesium", "Mg", 12),
    ("aluminium", "Al", 13), ("silicon", "Si", 14), ("phosphorus", "P", 15), ("sulfur", "S", 16), ("chlorine", "Cl", 17),
    ("argon", "Ar", 18), ("potassium", "K", 19), ("calcium", "Ca", 20),
)  # fmt: skip


ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")


def shells(number: int) -> list[int]:
    """Electrons of each shell of the first twenty elements."""
    left, filled = number, []
    for room in (2, 8, 8, 2):
        if left > 0:
            filled.append(min(left, room))
            left -= room
    return filled


def configuration(number: int) -> str:
    left, written = number, []
    for name, room in (("1s", 2), ("2s", 2), ("2p", 6), ("3s", 2), ("3p", 6), ("4s", 2)):
        if left > 0:
            written.append(f"{name}^{min(left, room)}")
            left -= room
    return f"$\\mathrm{{{' '.join(written)}}}$"


@SHELF.add(ATOM, HIEU, 60)
def electron_configuration(r: Random) -> Draft:
    name, symbol, number = r.choice(ELEMENTS[2:])
    wrongs = [
        (configuration(number - 1), "đếm thiếu một electron"),
        (configuration(min(number + 1, 20)) if number < 20 else configuration(18), "đếm sai số electron"),
        (configuration(number - 2), "nhầm với ion dương điện tích 2+"),
    ]
    stem = f"Nguyên tử {name} ({symbol}) có số hiệu nguyên tử {number}. Cấu hình electron của nguyên tử này ở trạng thái cơ bản là"
    return choice(
        r,
        stem,
        configuration(number),
        wrongs,
        f"Nguyên tử có {number} electron, điền theo thứ tự 1s, 2s, 2p, 3s, 3p, 4s.",
    )


@SHELF.add(ATOM, BIET)
def count_particles(r: Random) -> Draft:
    protons = r.randint(3, 60)
    neutron_count = protons + r.randint(0, max(1, protons // 3))
    mass = protons + neutron_count
    wrongs = [
        (mass, "nhầm với số khối"),
        (protons, "nhầm với số proton"),
        (mass + protons, "cộng thay vì trừ"),
        (neutron_count + 2, "tính nhầm"),
    ]
    stem = f"Một nguyên tử có số khối {mass} và số hiệu nguyên tử {protons}. Số neutron trong hạt nhân nguyên tử là"
    return numbers(r, stem, neutron_count, wrongs, f"$N = A - Z = {mass} - {protons} = {neutron_count}$.")


@SHELF.add(ATOM, VAN_DUNG)
def average_mass(r: Random) -> Draft:
    light = r.choice((10, 12, 24, 28, 35, 39, 63, 69, 79, 85))
    heavy, share = light + r.choice((1, 2)), r.randint(5, 95)
    key = Fraction(light * share + heavy * (100 - share), 100)
    stem = f"Nguyên tố X có hai đồng vị với số khối {light} và {heavy}. Đồng vị có số khối {light} chiếm {share}% số nguyên tử. Nguyên tử khối trung bình của X là bao nhiêu? (Làm tròn kết quả đến hàng phần mười.)"
    return short(
        stem,
        key,
        f"$\\overline{{A}} = \\frac{{{light}\\cdot {share} + {heavy}\\cdot {100 - share}}}{{100}}$ = {plain(key)}.",
        1,
    )


@SHELF.add(TABLE, HIEU, 40)
def place_in_table(r: Random) -> Draft:
    name, symbol, number = r.choice(ELEMENTS[2:])
    if symbol in {"Ne", "Ar"}:
        return None
    filled = shells(number)
    period, group = len(filled), filled[-1]
    key = f"chu kì {period}, nhóm {ROMAN[group - 1]}A"
    wrongs = [
        (f"chu kì {period + 1}, nhóm {ROMAN[group - 1]}A", "đếm sai số lớp electron"),
        (
            f"chu kì {period}, nhóm {ROMAN[8 - group - 1] if group != 4 else 'V'}A",
            "lấy số electron còn thiếu làm số thứ tự nhóm",
        ),
        (f"chu kì {group}, nhóm {ROMAN[period - 1]}A", "đảo chu kì và nhóm"),
        (f"chu kì {period}, nhóm {ROMAN[group % 8]}A", "đếm sai số electron lớp ngoài cùng"),
    ]
    stem = f"Nguyên tố {name} ({symbol}) có số hiệu nguyên tử {number}. Vị trí của nguyên tố trong bảng tuần hoàn là"
    return choice(
        r,
        stem,
        key,
        wrongs,
        f"Cấu hình {configuration(number)}: {period} lớp electron, {group} electron lớp ngoài cùng.",
    )


@SHELF.add(TABLE, VAN_DUNG, 80)
def element_cluster(r: Random) -> Draft:
    name, symbol, number = r.choice([row for row in ELEMENTS[2:] if row[1] not in {"Ne", "Ar"}])
    filled = shells(number)
    outer = filled[-1]
    kind = "kim loại" if outer <= 3 and symbol != "B" else "phi kim"
    other = "phi kim" if kind == "kim loại" else "kim loại"
    statements = [
        either(
            r,
            "Nguyên tử có @ lớp electron.",
            str(len(filled)),
            str(outer + (outer == len(filled))),
            f"Cấu hình electron {configuration(number)}.",
        ),
        either(
            r,
            "Lớp ngoài cùng có @ electron.",
            str(outer),
            str(8 - outer if outer != 4 else 6),
            f"Cấu hình electron {configuration(number)}.",
        ),
        either(
            r,
            "Nguyên tố thuộc nhóm @.",
            f"{ROMAN[outer - 1]}A",
            f"{ROMAN[outer]}A",
            f"Có {outer} electron lớp ngoài cùng nên thuộc nhóm {ROMAN[outer - 1]}A.",
        ),
        either(
            r,
            "Điện tích hạt nhân của nguyên tử là @.",
            f"+{number}",
            f"-{number}",
            f"Hạt nhân có {number} proton nên có điện tích +{number}.",
        ),
    ]
    if symbol in {"Be", "B", "Si"}:
        return cluster(
            f"Xét nguyên tố {name} ({symbol}), số hiệu nguyên tử {number}. Mỗi phát biểu sau đúng hay sai?", statements
        )
    statements[3] = either(
        r, "Nguyên tố này là @.", kind, other, f"Nguyên tử có {outer} electron lớp ngoài cùng; {name} là {kind}."
    )
    return cluster(
        f"Xét nguyên tố {name} ({symbol}), số hiệu nguyên tử {number}. Mỗi phát biểu sau đúng hay sai?", statements
    )


OXIDATION = (
    ("N", "$\\mathrm{NH_3}$", -3), ("N", "$\\mathrm{HNO_3}$", 5), ("N", "$\\mathrm{NO_2}$", 4), ("N", "$\\mathrm{N_2O}$", 1), ("N", "$\\mathrm{NO}$", 2),
    ("S", "$\\mathrm{H_2S}$", -2), ("S", "$\\mathrm{SO_2}$", 4), ("S", "$\\mathrm{H_2SO_4}$", 6), ("S", "$\\mathrm{Na_2SO_3}$", 4), ("Mn", "$\\mathrm{KMnO_4}$", 7),
    ("Mn", "$\\mathrm{MnO_2}$", 4), ("Mn", "$\\mathrm{MnSO_4}$", 2), ("Cr", "$\\mathrm{K_2Cr_2O_7}$", 6), ("Cr", "$\\mathrm{Cr_2O_3}$", 3), ("Cl", "$\\mathrm{HCl}$", -1),
    ("Cl", "$\\mathrm{HClO}$", 1), ("Cl", "$\\mathrm{KClO_3}$", 5), ("Cl", "$\\mathrm{HClO_4}$", 7), ("C", "$\\mathrm{CO_2}$", 4), ("C", "$\\mathrm{CO}$", 2),
    ("C", "$\\mathrm{CH_4}$", -4), ("Fe", "$\\mathrm{Fe_2O_3}$", 3), ("Fe", "$\\mathrm{FeSO_4}$", 2), ("P", "$\\mathrm{H_3PO_4}$", 5), ("P", "$\\mathrm{PH_3}$", -3),
)  # fmt: skip


def oxidation(value: int) -> str:
    return f"+{value}" if value > 0 else str(value)


@SHELF.add(REDOX, HIEU, 100)
def oxidation_number(r: Random) -> Draft:
    element, formula, value = r.choice(OXIDATION)
    wrongs = [(oxidation(-value), "sai dấu của số oxi hoá")]
    wrongs += [
        (oxidation(other), "tính sai tổng số oxi hoá trong phân tử")
        for other in r.sample([n for n in (-4, -3, -2, -1, 1, 2, 3, 4, 5, 6, 7) if abs(n) != abs(value)], 2)
    ]
    because = "Tổng số oxi hoá trong phân tử bằng 0, với H là +1, O là -2, kim loại kiềm là +1."
    return choice(r, f"Số oxi hoá của {element} trong hợp chất {formula} là", oxidation(value), wrongs, because)


@SHELF.add(REDOX, VAN_DUNG)
def same_oxidation(r: Random) -> Draft:
    rows = r.sample(OXIDATION, 4)
    statements = []
    for element, formula, value in rows:
        shown = value if r.random() < 0.5 else -value
        statements.append(
            (
                f"Số oxi hoá của {element} trong {formula} là {oxidation(shown)}.",
                shown == value,
                f"Số oxi hoá của {element} trong {formula} là {oxidation(value)}.",
            )
        )
    return cluster("Xét số oxi hoá của các nguyên tố trong hợp chất. Mỗi phát biểu sau đúng hay sai?", statements)


@SHELF.add(ENTHALPY, VAN_DUNG)
def combustion_heat(r: Random) -> Draft:
    name, formula, heat, mass = r.choice(
        (
            ("methane", "CH_4", 890, 16),
            ("ethanol", "C_2H_5OH", 1367, 46),
            ("propane", "C_3H_8", 2220, 44),
            ("carbon (than chì)", "C", 394, 12),
            ("hydrogen", "H_2", 286, 2),
        )
    )
    amount = r.choice([Fraction(n, 20) for n in range(1, 61)])
    key = amount * heat
    wrongs = [
        (key / amount if amount != 1 else Fraction(heat * 2), "quên nhân với số mol"),
        (amount * mass * heat, "nhân với khối lượng thay vì số mol"),
        (Fraction(heat) / amount if amount != 1 else Fraction(heat, 2), "chia cho số mol"),
        (key / 2, "chia đôi kết quả"),
    ]
    stem = f"Đốt cháy hoàn toàn 1 mol {name} $\\mathrm{{{formula}}}$ ở điều kiện chuẩn toả ra {heat} kJ. Nhiệt lượng toả ra khi đốt cháy hoàn toàn {plain(amount * mass)} g chất này là"
    return numbers(
        r,
        stem,
        key,
        wrongs,
        f"$n$ = {plain(amount)} mol nên $Q$ = {plain(amount)}·{heat} = {plain(key, 2)} kJ.",
        lambda x: f"{plain(x, 2)} kJ",
    )


@SHELF.add(RATE, VAN_DUNG)
def average_rate(r: Random) -> Draft:
    start, drop, time = (
        r.choice([Fraction(n, 10) for n in range(4, 31)]),
        r.choice([Fraction(n, 100) for n in range(4, 80, 2)]),
        r.choice((10, 20, 25, 40, 50, 80, 100)),
    )
    if drop >= start:
        return None
    rate = drop / time
    stem = f"Nồng độ chất A giảm từ {plain(start)} M xuống {plain(start - drop)} M sau {time} s. Xét phản ứng A → B, tốc độ trung bình của phản ứng trong khoảng thời gian đó là"
    wrongs = [
        ((start - drop) / time, "dùng nồng độ cuối"),
        (start / time, "dùng nồng độ đầu"),
        (drop * time, "nhân thay vì chia cho thời gian"),
        (rate * 2, "tính thừa hệ số 2"),
    ]
    return numbers(
        r,
        stem,
        rate,
        wrongs,
        f"$\\overline{{v}} = \\frac{{\\Delta C}}{{\\Delta t}}$ = {plain(rate, 5)} M/s.",
        lambda x: f"{plain(x, 5)} M/s",
    )


@SHELF.add(RATE, HIEU, 60)
def temperature_rule(r: Random) -> Draft:
    gamma, tens, start = r.choice((2, 3, 4)), r.randint(2, 5), r.choice((20, 25, 30, 40))
    factor = gamma**tens
    wrongs = [
        (gamma * tens, "nhân thay vì lũy thừa"),
        (gamma ** (tens - 1), "đếm thiếu một lần tăng 10 °C"),
        (tens**gamma, "đảo cơ số và số mũ"),
        (gamma ** (tens + 1), "đếm thừa một lần tăng 10 °C"),
    ]
    stem = f"Khi nhiệt độ tăng thêm 10 °C, tốc độ của một phản ứng tăng {gamma} lần. Khi nhiệt độ tăng từ {start} °C lên {start + 10 * tens} °C, tốc độ phản ứng tăng"
    return numbers(
        r, stem, factor, wrongs, f"Số lần tăng: ${gamma}^{{{tens}}} = {factor}$.", lambda x: f"{plain(x)} lần"
    )


@SHELF.add(EQUILIBRIUM, HIEU, 120)
def ph_of_acid(r: Random) -> Draft:
    power, acid = r.randint(1, 6), r.random() < 0.5
    name, formula = (
        r.choice((("hydrochloric acid", "HCl"), ("nitric acid", "HNO_3"), ("perchloric acid", "HClO_4")))
        if acid
        else r.choice((("sodium hydroxide", "NaOH"), ("potassium hydroxide", "KOH"), ("lithium hydroxide", "LiOH")))
    )
    key = power if acid else 14 - power
    wrongs = [
        (14 - key, "nhầm pH với pOH"),
        (key + 1, "tính sai số mũ"),
        (key - 1, "tính sai số mũ"),
        (7, "coi dung dịch là trung tính"),
    ]
    stem = f"Ở 25 °C, dung dịch {name} $\\mathrm{{{formula}}}$ nồng độ {plain(Fraction(1, 10**power), 6)} M có pH là"
    rule = r"pH $= -\lg[\mathrm{H^+}]$" if acid else r"pH $= 14 + \lg[\mathrm{OH^-}]$"
    return numbers(r, stem, key, wrongs, f"{rule} = {key}.")


@SHELF.add(EQUILIBRIUM, VAN_DUNG)
def constant(r: Random) -> Draft:
    a, b = r.choice([Fraction(n, 10) for n in range(1, 21)]), r.choice([Fraction(n, 10) for n in range(1, 21)])
    key = b * b / a
    stem = f"Xét cân bằng $\\mathrm{{N_2O_4}}(g) \\rightleftharpoons 2\\mathrm{{NO_2}}(g)$. Ở trạng thái cân bằng, $[\\mathrm{{N_2O_4}}]$ = {plain(a)} M và $[\\mathrm{{NO_2}}]$ = {plain(b)} M. Giá trị hằng số cân bằng $K_C$ là bao nhiêu?"
    return short(stem, key, f"$K_C = \\frac{{[\\mathrm{{NO_2}}]^2}}{{[\\mathrm{{N_2O_4}}]}}$ = {plain(key, 3)}.")


@SHELF.add(BONDS, HIEU, 60)
def bond_kind(r: Random) -> Draft:
    polarity = (
        ("H–F", Fraction(22, 10), Fraction(398, 100)),
        ("H–Cl", Fraction(22, 10), Fraction(316, 100)),
        ("H–O", Fraction(22, 10), Fraction(344, 100)),
        ("H–N", Fraction(22, 10), Fraction(304, 100)),
        ("C–O", Fraction(255, 100), Fraction(344, 100)),
        ("C–Cl", Fraction(255, 100), Fraction(316, 100)),
        ("H–Br", Fraction(22, 10), Fraction(296, 100)),
        ("N–O", Fraction(304, 100), Fraction(344, 100)),
    )
    picked = r.sample(polarity, 4)
    gaps = sorted(picked, key=lambda row: row[2] - row[1], reverse=True)
    if gaps[0][2] - gaps[0][1] == gaps[1][2] - gaps[1][1]:
        return None
    wrongs = [(name, f"hiệu độ âm điện chỉ bằng {plain(high - low)}") for name, low, high in gaps[1:]]
    given = "H: 2,20; C: 2,55; N: 3,04; O: 3,44; F: 3,98; Cl: 3,16; Br: 2,96"
    return choice(
        r,
        f"Cho độ âm điện: {given}. Liên kết phân cực nhất là",
        gaps[0][0],
        wrongs,
        f"Hiệu độ âm điện lớn nhất: {plain(gaps[0][2] - gaps[0][1])}.",
    )


law(
    SHELF,
    Law(
        "molarity",
        EQUILIBRIUM,
        "nồng độ mol của dung dịch chứa $n$ mol chất tan trong thể tích $V$",
        Quantity("C_M", "nồng độ mol", "M"),
        (
            (Quantity("n", "số mol chất tan", "mol", tuple(Fraction(k, 20) for k in range(1, 41))), 1),
            (Quantity("V", "thể tích dung dịch", "L", tenths(1, 40)), -1),
        ),
        {
            "C_M": "Hoà tan <n> chất tan vào nước thu được <V> dung dịch. Nồng độ mol của dung dịch là",
            "n": "Số mol chất tan có trong <V> dung dịch nồng độ <C_M> là",
            "V": "Cần pha dung dịch nồng độ <C_M> từ <n> chất tan. Thể tích dung dịch thu được là",
        },
    ),
)
