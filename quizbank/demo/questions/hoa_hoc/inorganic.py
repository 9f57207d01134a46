# ruff: noqa: E501
"""Hoá học: halogens, nitrogen, metals and cells."""

from fractions import Fraction
from random import Random

from quizbank.demo.questions.laws import Law, Quantity, law
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
from quizbank.demo.questions.writing import plain, quantity

SHELF = Shelf()

HALOGENS = "hoa-hoc.l10.hoa-vo-co.nguyen-to-nhom-viia-halogen"
NITROGEN = "hoa-hoc.l11.hoa-vo-co.nitrogen-va-sulfur"
CELLS = "hoa-hoc.l12.co-so-hoa-hoc.pin-dien-va-dien-phan"
METALS = "hoa-hoc.l12.hoa-vo-co.dai-cuong-ve-kim-loai"
ALKALI = "hoa-hoc.l12.hoa-vo-co.nguyen-to-nhom-ia-va-nhom-iia"

GAS = Fraction(2479, 100)
"""Molar volume in litres at 25 °C and 1 bar."""


@SHELF.add(CELLS, VAN_DUNG)
def cell_voltage(r: Random) -> Draft:
    potentials = (
        ("Mg", "$\\mathrm{Mg^{2+}/Mg}$", -236),
        ("Al", "$\\mathrm{Al^{3+}/Al}$", -168),
        ("Zn", "$\\mathrm{Zn^{2+}/Zn}$", -76),
        ("Fe", "$\\mathrm{Fe^{2+}/Fe}$", -44),
        ("Ni", "$\\mathrm{Ni^{2+}/Ni}$", -26),
        ("Sn", "$\\mathrm{Sn^{2+}/Sn}$", -14),
        ("Pb", "$\\mathrm{Pb^{2+}/Pb}$", -13),
        ("Cu", "$\\mathrm{Cu^{2+}/Cu}$", 34),
        ("Ag", "$\\mathrm{Ag^{+}/Ag}$", 80),
    )
    (low, low_pair, a), (high, high_pair, b) = sorted(r.sample(potentials, 2), key=lambda row: row[2])
    key = Fraction(b - a, 100)
    stem = f"Cho thế điện cực chuẩn: {low_pair}: {plain(Fraction(a, 100))} V; {high_pair}: {plain(Fraction(b, 100))} V. Sức điện động chuẩn của pin điện hoá {low} – {high} là"
    wrongs = [
        (Fraction(a + b, 100), "lấy tổng thay vì hiệu"),
        (-key, "lấy anode trừ cathode"),
        (Fraction(b, 100), "chỉ lấy thế của cathode"),
        (abs(Fraction(a, 100)), "chỉ lấy thế của anode"),
    ]
    return numbers(
        r,
        stem,
        key,
        wrongs,
        f"$E^\\circ_{{pin}} = E^\\circ_{{cathode}} - E^\\circ_{{anode}}$ = {plain(key)} V.",
        lambda x: quantity(x, "V"),
    )


@SHELF.add(CELLS, VAN_DUNG)
def electrolysis(r: Random) -> Draft:
    name, mass, charge = r.choice((("Cu", 64, 2), ("Ag", 108, 1), ("Zn", 65, 2), ("Ni", 59, 2)))
    current, time = (
        r.choice([Fraction(n, 2) for n in range(1, 21)]),
        r.choice((965, 1930, 2895, 3860, 4825, 5790, 9650)),
    )
    deposited = Fraction(mass) * current * time / (charge * 96500)
    stem = f"Điện phân dung dịch muối của {name} (ion $\\mathrm{{{name}^{{{charge if charge > 1 else ''}+}}}}$) với điện cực trơ, cường độ dòng điện {plain(current)} A trong {time} s, hiệu suất 100%. Khối lượng kim loại bám ở cathode là bao nhiêu gam? (Lấy F = 96 500 C/mol; làm tròn kết quả đến hàng phần trăm.)"
    return short(
        stem,
        deposited,
        f"$m = \\frac{{MIt}}{{nF}} = \\frac{{{mass}\\cdot {plain(current).replace(',', '{,}')}\\cdot {time}}}{{{charge}\\cdot 96500}} \\approx$ {plain(deposited, 2)} g.",
        2,
    )


SERIES = ("K", "Na", "Mg", "Al", "Zn", "Fe", "Ni", "Sn", "Pb", "H", "Cu", "Ag", "Au")


ION = {
    "Mg": "Mg^{2+}",
    "Zn": "Zn^{2+}",
    "Fe": "Fe^{2+}",
    "Ni": "Ni^{2+}",
    "Sn": "Sn^{2+}",
    "Pb": "Pb^{2+}",
    "Cu": "Cu^{2+}",
    "Ag": "Ag^{+}",
    "Al": "Al^{3+}",
}


@SHELF.add(METALS, HIEU)
def displacement(r: Random) -> Draft:
    rows = [(a, b) for a in ("Mg", "Al", "Zn", "Fe", "Ni", "Cu", "Ag") for b in ION if a != b]
    options = [
        (f"{a} + dung dịch chứa $\\mathrm{{{ION[b]}}}$", SERIES.index(a) < SERIES.index(b))
        for a, b in r.sample(rows, 5)
    ]
    because = "Kim loại đứng trước (tính khử mạnh hơn) đẩy được kim loại đứng sau ra khỏi dung dịch muối: Mg > Al > Zn > Fe > Ni > Sn > Pb > Cu > Ag."
    return several(
        r, "Chọn tất cả các trường hợp xảy ra phản ứng kim loại đẩy ion kim loại ra khỏi dung dịch.", options, because
    )


@SHELF.add(METALS, BIET)
def strongest_reducer(r: Random) -> Draft:
    picked = sorted(r.sample([metal for metal in SERIES if metal != "H"], 4), key=SERIES.index)
    strongest = r.random() < 0.5
    key = picked[0] if strongest else picked[-1]
    wrongs = [(metal, "nhầm vị trí trong dãy hoạt động hoá học") for metal in picked if metal != key]
    word = "mạnh" if strongest else "yếu"
    return choice(
        r,
        f"Trong các kim loại {', '.join(sorted(picked))}, kim loại có tính khử {word} nhất là",
        key,
        wrongs,
        f"Theo dãy hoạt động hoá học: {' > '.join(picked)}.",
    )


@SHELF.add(METALS, VAN_DUNG)
def hydrogen_released(r: Random) -> Draft:
    metal, mass, per = r.choice(
        (("Mg", 24, Fraction(1)), ("Zn", 65, Fraction(1)), ("Fe", 56, Fraction(1)), ("Al", 27, Fraction(3, 2)))
    )
    amount = r.choice([Fraction(n, 20) for n in range(1, 41)])
    volume = amount * per * GAS
    stem = f"Hoà tan hoàn toàn {plain(amount * mass)} g {metal} trong dung dịch HCl dư. Thể tích khí hydrogen thu được ở điều kiện chuẩn (25 °C, 1 bar) là bao nhiêu lít? (Làm tròn kết quả đến hàng phần mười.)"
    return short(
        stem,
        volume,
        f"$n_{{\\mathrm{{H_2}}}}$ = {plain(amount * per)} mol; $V$ = {plain(amount * per)}·24,79 ≈ {plain(volume, 1)} L.",
        1,
    )


@SHELF.add(ALKALI, VAN_DUNG)
def lime_burning(r: Random) -> Draft:
    mass, yield_ = r.choice(range(10, 501, 10)), r.choice((60, 75, 80, 85, 90, 95, 100))
    key = Fraction(mass * 56 * yield_, 10000)
    wrongs = [
        (Fraction(mass * 56, 100) if yield_ != 100 else Fraction(mass), "quên hiệu suất"),
        (Fraction(mass * 44 * yield_, 10000), "tính khối lượng carbon dioxide"),
        (Fraction(mass * yield_, 100), "quên tỉ lệ khối lượng mol"),
        (Fraction(mass * 100 * yield_, 5600), "đảo tỉ lệ khối lượng mol"),
    ]
    stem = f"Nung {mass} kg đá vôi (chỉ chứa $\\mathrm{{CaCO_3}}$) với hiệu suất {yield_}%. Khối lượng vôi sống $\\mathrm{{CaO}}$ thu được là"
    return numbers(
        r,
        stem,
        key,
        wrongs,
        f"$m = {mass}\\cdot\\frac{{56}}{{100}}\\cdot {yield_}\\%$ = {plain(key, 2)} kg.",
        lambda x: f"{plain(x, 2)} kg",
    )


@SHELF.add(HALOGENS, VAN_DUNG)
def silver_chloride(r: Random) -> Draft:
    name, formula, mass = r.choice(
        (
            ("sodium chloride", "NaCl", Fraction(117, 2)),
            ("potassium chloride", "KCl", Fraction(149, 2)),
            ("hydrogen chloride", "HCl", Fraction(73, 2)),
        )
    )
    amount = r.choice([Fraction(n, 100) for n in range(2, 61)])
    key = amount * Fraction(287, 2)
    wrongs = [
        (amount * mass, "tính khối lượng chất ban đầu"),
        (amount * 108, "chỉ tính khối lượng bạc"),
        (key * 2, "tính gấp đôi số mol"),
        (amount * 170, "tính khối lượng silver nitrate"),
    ]
    stem = f"Cho dung dịch chứa {plain(amount)} mol {name} ({formula}) tác dụng với dung dịch $\\mathrm{{AgNO_3}}$ dư. Khối lượng kết tủa thu được là"
    return numbers(
        r,
        stem,
        key,
        wrongs,
        f"$n_{{\\mathrm{{AgCl}}}}$ = {plain(amount)} mol; $m$ = {plain(amount)}·143,5 = {plain(key, 3)} g.",
        lambda x: f"{plain(x, 3)} g",
    )


@SHELF.add(NITROGEN, VAN_DUNG)
def ammonia_yield(r: Random) -> Draft:
    nitrogen, percent = r.choice([Fraction(n, 2) for n in range(2, 41)]), r.choice((15, 20, 25, 30, 40))
    key = 2 * nitrogen * percent / 100
    stem = f"Cho {plain(nitrogen)} mol nitrogen phản ứng với lượng dư hydrogen, hiệu suất phản ứng tính theo nitrogen là {percent}%. Số mol ammonia thu được là bao nhiêu?"
    return short(
        stem,
        key,
        f"$\\mathrm{{N_2}} + 3\\mathrm{{H_2}} \\rightleftharpoons 2\\mathrm{{NH_3}}$; $n$ = 2·{plain(nitrogen)}·{percent}% = {plain(key, 3)} mol.",
    )


law(
    SHELF,
    Law(
        "mass_of_metal", METALS, "khối lượng của $n$ mol kim loại có khối lượng mol $M$",
        Quantity("m", "khối lượng", "g"),
        ((Quantity("n", "số mol", "mol", tuple(Fraction(k, 40) for k in range(1, 161))), 1), (Quantity("M", "khối lượng mol", "g/mol", (56, 64, 27, 24, 65, 108, 23, 39, 40)), 1)),
        {
            "m": "Một mẫu kim loại có khối lượng mol <M>. Khối lượng của <n> kim loại đó là",
            "n": "Một mẫu kim loại có khối lượng <m>, khối lượng mol <M>. Số mol kim loại trong mẫu là",
        },
    ),
)  # fmt: skip
