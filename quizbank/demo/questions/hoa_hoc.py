# ruff: noqa: E501
"""Hoá học 10-12: what can be computed."""

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
    several,
    short,
)
from quizbank.demo.questions.writing import Number, plain, quantity

SHELF = Shelf()

ATOM = "hoa-hoc.l10.co-so-hoa-hoc.cau-tao-nguyen-tu"
TABLE = "hoa-hoc.l10.co-so-hoa-hoc.bang-tuan-hoan-cac-nguyen-to-hoa-hoc"
BONDS = "hoa-hoc.l10.co-so-hoa-hoc.lien-ket-hoa-hoc"
REDOX = "hoa-hoc.l10.co-so-hoa-hoc.phan-ung-oxi-hoa-khu"
ENTHALPY = "hoa-hoc.l10.co-so-hoa-hoc.nang-luong-hoa-hoc"
RATE = "hoa-hoc.l10.co-so-hoa-hoc.toc-do-phan-ung-hoa-hoc"
HALOGENS = "hoa-hoc.l10.hoa-vo-co.nguyen-to-nhom-viia-halogen"
EQUILIBRIUM = "hoa-hoc.l11.co-so-hoa-hoc.can-bang-hoa-hoc"
NITROGEN = "hoa-hoc.l11.hoa-vo-co.nitrogen-va-sulfur"
ORGANIC = "hoa-hoc.l11.hoa-huu-co.dai-cuong-ve-hoa-hoc-huu-co"
HYDROCARBON = "hoa-hoc.l11.hoa-huu-co.hydrocarbon"
ALCOHOL = "hoa-hoc.l11.hoa-huu-co.dan-xuat-halogen-alcohol-phenol"
ACIDS = "hoa-hoc.l11.hoa-huu-co.hop-chat-carbonyl-aldehyde-ketone-carboxylic-acid"
ESTER = "hoa-hoc.l12.hoa-huu-co.ester-lipid-xa-phong-va-chat-giat-rua"
CARBOHYDRATE = "hoa-hoc.l12.hoa-huu-co.carbohydrate"
AMINES = "hoa-hoc.l12.hoa-huu-co.hop-chat-chua-nitrogen"
POLYMER = "hoa-hoc.l12.hoa-huu-co.polymer"
CELLS = "hoa-hoc.l12.co-so-hoa-hoc.pin-dien-va-dien-phan"
METALS = "hoa-hoc.l12.hoa-vo-co.dai-cuong-ve-kim-loai"
ALKALI = "hoa-hoc.l12.hoa-vo-co.nguyen-to-nhom-ia-va-nhom-iia"

GAS = Fraction(2479, 100)
"""Molar volume in litres at 25 °C and 1 bar."""

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


FAMILIES = (
    ("alkane", 2, 2, "hydrocarbon no, mạch hở"),
    ("alkene", 2, 0, "một liên kết đôi"),
    ("alkyne", 2, -2, "một liên kết ba"),
)


def hydrocarbon(carbons: int, shift: int) -> str:
    hydrogens = 2 * carbons + shift
    return f"$\\mathrm{{C_{{{carbons}}}H_{{{hydrogens}}}}}$"


@SHELF.add(HYDROCARBON, HIEU, 90)
def family_formula(r: Random) -> Draft:
    name, _, shift, why = r.choice(FAMILIES)
    carbons = r.randint(3, 14)
    wrongs = [
        (hydrocarbon(carbons, other), f"nhầm với dãy đồng đẳng {family}")
        for family, _, other, _ in FAMILIES
        if other != shift
    ]
    wrongs.append((hydrocarbon(carbons, -6), "nhầm với dãy đồng đẳng của benzene"))
    wrongs.append((hydrocarbon(carbons, 4), "thừa hydrogen"))
    stem = f"Hydrocarbon nào sau đây thuộc dãy đồng đẳng {name} và có {carbons} nguyên tử carbon trong phân tử?"
    general = {2: "C_nH_{2n+2}", 0: "C_nH_{2n}", -2: "C_nH_{2n-2}"}[shift]
    return choice(
        r, stem, hydrocarbon(carbons, shift), wrongs, f"Dãy {name} ({why}) có công thức chung $\\mathrm{{{general}}}$."
    )


@SHELF.add(HYDROCARBON, VAN_DUNG)
def burn_alkane(r: Random) -> Draft:
    name, shift = r.choice((("alkane", 2), ("alkene", 0), ("alkyne", -2)))
    carbons, amount = r.randint(2, 8), r.choice([Fraction(n, 20) for n in range(1, 41)])
    oxygen = amount * (carbons + Fraction(2 * carbons + shift, 4))
    stem = f"Đốt cháy hoàn toàn {plain(amount)} mol {name} có {carbons} nguyên tử carbon trong phân tử. Số mol khí oxygen đã phản ứng là bao nhiêu?"
    because = f"Công thức {hydrocarbon(carbons, shift)}: mỗi mol cần {carbons} + {plain(Fraction(2 * carbons + shift, 4))} mol oxygen, vậy cần {plain(oxygen, 3)} mol."
    return short(stem, oxygen, because)


@SHELF.add(ORGANIC, VAN_DUNG)
def simplest_formula(r: Random) -> Draft:
    carbons, hydrogens, oxygens = r.randint(1, 6), r.randint(2, 12), r.randint(1, 4)
    if hydrogens % 2 or hydrogens > 2 * carbons + 2:
        return None
    mass = 12 * carbons + hydrogens + 16 * oxygens
    share = Fraction(1200 * carbons, mass)
    wrongs = [
        (Fraction(100 * carbons, carbons + hydrogens + oxygens), "tính phần trăm số nguyên tử thay vì khối lượng"),
        (Fraction(1600 * oxygens, mass), "nhầm với phần trăm oxygen"),
        (Fraction(100 * hydrogens, mass), "nhầm với phần trăm hydrogen"),
        (100 - share, "tính phần trăm các nguyên tố còn lại"),
    ]
    formula = f"$\\mathrm{{C_{{{carbons}}}H_{{{hydrogens}}}O_{{{oxygens}}}}}$".replace("_{1}", "")
    stem = f"Phần trăm khối lượng của carbon trong hợp chất có công thức phân tử {formula} xấp xỉ"
    return numbers(
        r,
        stem,
        share,
        wrongs,
        f"$\\%C = \\frac{{12\\cdot {carbons}}}{{{mass}}}\\cdot 100\\% \\approx$ {plain(share, 1)}%.",
        lambda x: f"{plain(x, 1)}%",
    )


@SHELF.add(ALCOHOL, VAN_DUNG)
def alcohol_strength(r: Random) -> Draft:
    volume, degree = r.choice(range(100, 1001, 20)), r.choice((5, 12, 20, 25, 30, 40, 45, 46, 70, 90))
    pure = Fraction(volume * degree, 100)
    wrongs = [
        (volume - pure, "tính thể tích nước"),
        (pure * Fraction(8, 10), "tính khối lượng thay vì thể tích"),
        (Fraction(volume * 100, degree), "chia cho độ cồn"),
        (pure / 10, "đổi sai phần trăm"),
    ]
    stem = f"Thể tích ethanol nguyên chất có trong {volume} mL cồn {degree}° là"
    return numbers(
        r,
        stem,
        pure,
        wrongs,
        f"$V = {volume}\\cdot\\frac{{{degree}}}{{100}}$ = {plain(pure, 1)} mL.",
        lambda x: f"{plain(x, 1)} mL",
    )


@SHELF.add(ACIDS, VAN_DUNG)
def vinegar(r: Random) -> Draft:
    volume, base, acid = (
        r.choice((5, 10, 20, 25)),
        r.choice((Fraction(1, 10), Fraction(2, 10), Fraction(1, 2))),
        r.choice([Fraction(n, 20) for n in range(2, 21)]),
    )
    used = acid * volume / base
    stem = f"Chuẩn độ {volume} mL dung dịch acetic acid {plain(acid)} M bằng dung dịch NaOH {plain(base)} M. Thể tích dung dịch NaOH cần dùng là bao nhiêu mL?"
    return short(stem, used, f"$C_aV_a = C_bV_b$ nên $V_b$ = {plain(acid)}·{volume}/{plain(base)} = {plain(used)} mL.")


@SHELF.add(ESTER, VAN_DUNG)
def saponify(r: Random) -> Draft:
    name, formula, mass, salt, salt_mass = r.choice(
        (
            ("methyl acetate", "CH_3COOCH_3", 74, "CH_3COONa", 82),
            ("ethyl acetate", "CH_3COOC_2H_5", 88, "CH_3COONa", 82),
            ("methyl formate", "HCOOCH_3", 60, "HCOONa", 68),
            ("ethyl formate", "HCOOC_2H_5", 74, "HCOONa", 68),
            ("methyl propionate", "C_2H_5COOCH_3", 88, "C_2H_5COONa", 96),
        )
    )
    amount = r.choice([Fraction(n, 20) for n in range(1, 31)])
    wrongs = [
        (amount * mass, "cho rằng khối lượng muối bằng khối lượng ester"),
        (amount * (mass + 40), "cộng khối lượng ester và NaOH, quên alcohol"),
        (amount * 40, "tính khối lượng NaOH phản ứng"),
        (amount * salt_mass * 2, "tính gấp đôi số mol"),
    ]
    stem = f"Thuỷ phân hoàn toàn {plain(amount * mass)} g {name} $\\mathrm{{{formula}}}$ trong dung dịch NaOH dư, đun nóng. Khối lượng muối thu được là"
    because = f"$n$ = {plain(amount)} mol; muối $\\mathrm{{{salt}}}$ có $M$ = {salt_mass} nên $m$ = {plain(amount * salt_mass)} g."
    return numbers(r, stem, amount * salt_mass, wrongs, because, lambda x: quantity(x, "g"))


@SHELF.add(CARBOHYDRATE, VAN_DUNG)
def fermentation(r: Random) -> Draft:
    mass, yield_ = r.choice(range(18, 901, 18)), r.choice((50, 60, 70, 75, 80, 90, 100))
    ethanol = Fraction(mass, 180) * 2 * 46 * yield_ / 100
    wrongs = [
        (ethanol / 2, "quên hệ số 2 của ethanol"),
        (ethanol * 10000 / (yield_ * yield_) if yield_ != 100 else ethanol * 2, "chia thay vì nhân hiệu suất"),
        (Fraction(mass, 180) * 2 * 44 * yield_ / 100, "tính khối lượng carbon dioxide"),
        (Fraction(mass * yield_, 100), "coi khối lượng ethanol bằng khối lượng glucose"),
    ]
    stem = f"Lên men {mass} g glucose với hiệu suất {yield_}%. Khối lượng ethanol thu được là"
    return numbers(
        r,
        stem,
        ethanol,
        wrongs,
        f"$\\mathrm{{C_6H_{{12}}O_6}} \\rightarrow 2\\mathrm{{C_2H_5OH}} + 2\\mathrm{{CO_2}}$; $m$ = {plain(ethanol, 2)} g.",
        lambda x: f"{plain(x, 2)} g",
    )


@SHELF.add(CARBOHYDRATE, VAN_DUNG)
def silver_mirror(r: Random) -> Draft:
    amount = r.choice([Fraction(n, 200) for n in range(2, 101)])
    silver = amount * 2 * 108
    stem = f"Cho {plain(amount * 180)} g glucose phản ứng hoàn toàn với lượng dư dung dịch $\\mathrm{{AgNO_3}}$ trong ammonia. Khối lượng bạc thu được là bao nhiêu gam?"
    return short(stem, silver, f"1 mol glucose cho 2 mol Ag: $m$ = {plain(amount)}·2·108 = {plain(silver, 3)} g.")


@SHELF.add(AMINES, VAN_DUNG)
def amino_acid_salt(r: Random) -> Draft:
    name, mass = r.choice((("glycine", 75), ("alanine", 89), ("valine", 117)))
    amount = r.choice([Fraction(n, 20) for n in range(1, 41)])
    hydrochloride = r.random() < 0.5
    change = Fraction(73, 2) if hydrochloride else Fraction(22)
    key = amount * (mass + change)
    reagent = "HCl" if hydrochloride else "NaOH"
    wrongs = [
        (amount * (mass + (22 if hydrochloride else Fraction(73, 2))), "nhầm phản ứng với acid và với base"),
        (amount * (mass + (Fraction(73, 2) if hydrochloride else 40)), "quên khối lượng nước tạo thành"),
        (amount * mass, "coi khối lượng muối bằng khối lượng amino acid"),
        (key * 2, "tính gấp đôi số mol"),
    ]
    stem = f"Cho {plain(amount * mass)} g {name} phản ứng hoàn toàn với dung dịch {reagent} vừa đủ. Khối lượng muối thu được là"
    because = f"$n$ = {plain(amount)} mol; mỗi mol amino acid chuyển thành muối tăng {plain(change)} g, vậy $m$ = {plain(key)} g."
    return numbers(r, stem, key, wrongs, because, lambda x: quantity(x, "g"))


@SHELF.add(POLYMER, HIEU)
def degree(r: Random) -> Draft:
    name, unit = r.choice(
        (
            ("polyethylene", 28),
            ("poly(vinyl chloride)", Fraction(125, 2)),
            ("polystyrene", 104),
            ("polypropylene", 42),
            ("polybuta-1,3-diene", 54),
        )
    )
    count = r.choice(range(200, 3001, 50))
    mass = unit * count
    wrongs: list[tuple[Number, str]] = [
        (count * 2, "lấy khối lượng nửa mắt xích"),
        (Fraction(count, 2), "lấy khối lượng gấp đôi mắt xích"),
        (Fraction(mass, 100), "chia cho 100 thay vì khối lượng mắt xích"),
        (Fraction(count + 100), "tính sai phép chia"),
    ]
    stem = f"Một loại {name} có phân tử khối trung bình {plain(mass)}. Hệ số polymer hoá (số mắt xích trung bình) là"
    return numbers(
        r,
        stem,
        count,
        wrongs,
        f"Mỗi mắt xích có khối lượng {plain(unit)} nên $n$ = {plain(mass)} : {plain(unit)} = {count}.",
        lambda x: plain(x, 0),
    )


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
