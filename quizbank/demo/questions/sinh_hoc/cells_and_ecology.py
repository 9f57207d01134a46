# ruff: noqa: E501
"""Sinh học: cells, microbes, bodies and ecology."""

from fractions import Fraction
from random import Random

from quizbank.demo.questions.sinh_hoc.common import SPECIES
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
from quizbank.demo.questions.writing import plain

SHELF = Shelf()

CHEMISTRY = "sinh-hoc.l10.te-bao.thanh-phan-hoa-hoc-cua-te-bao"
DIVISION = "sinh-hoc.l10.te-bao.chu-ki-te-bao-va-phan-bao"
MICROBES = "sinh-hoc.l10.vi-sinh-vat.qua-trinh-tong-hop-phan-giai-sinh-truong-va-sinh-san-o"
EXCHANGE = "sinh-hoc.l11.co-the.trao-doi-chat-va-chuyen-hoa-nang-luong-o-sinh-vat"
ECOLOGY = "sinh-hoc.l12.sinh-thai.sinh-thai-hoc-quan-the"
ECOSYSTEM = "sinh-hoc.l12.sinh-thai.he-sinh-thai"


@SHELF.add(CHEMISTRY, VAN_DUNG)
def dna_bonds(r: Random) -> Draft:
    total_count, percent = r.choice(range(600, 4001, 200)), r.choice((10, 15, 20, 25, 30, 35, 40))
    a = total_count * percent // 100
    g = total_count // 2 - a
    bonds = 2 * a + 3 * g
    wrongs = [
        (3 * a + 2 * g, "lẫn số liên kết của hai cặp base"),
        (2 * (a + g), "cho mọi cặp hai liên kết"),
        (total_count, "lấy tổng số nucleotide"),
        (3 * (a + g), "cho mọi cặp ba liên kết"),
    ]
    return numbers(
        r,
        f"Một phân tử DNA mạch kép có {total_count} nucleotide, trong đó adenine chiếm {percent}%. Số liên kết hydrogen của phân tử DNA là",
        bonds,
        wrongs,
        f"A = T = {a}, G = C = {g}; $H = 2A + 3G = {bonds}$.",
        str,
    )


@SHELF.add(CHEMISTRY, HIEU)
def dna_share(r: Random) -> Draft:
    percent = r.choice([Fraction(n, 2) for n in range(20, 90)])
    key = 50 - percent
    wrongs = [
        (percent, "cho rằng G bằng A"),
        (100 - percent, "lấy phần còn lại của 100%"),
        (100 - 2 * percent, "quên chia đôi"),
        (key / 2, "chia đôi thừa"),
    ]
    return numbers(
        r,
        f"Một phân tử DNA mạch kép có adenine chiếm {plain(percent)}% tổng số nucleotide. Tỉ lệ guanine là",
        key,
        wrongs,
        f"A + G = 50% nên G = {plain(key)}%.",
        lambda x: f"{plain(x)}%",
    )


@SHELF.add(DIVISION, HIEU)
def mitosis_cells(r: Random) -> Draft:
    cells, times = r.randint(1, 15), r.randint(2, 6)
    key = cells * 2**times
    wrongs = [
        (cells * 2 * times, "nhân thay vì luỹ thừa"),
        (cells * (2**times - 1), "trừ tế bào ban đầu"),
        (cells * 2 ** (times - 1), "đếm thiếu một lần"),
        (cells + 2**times, "cộng thay vì nhân"),
        (cells * 4**times, "nhầm với giảm phân"),
    ]
    return numbers(
        r,
        f"{cells} tế bào cùng nguyên phân liên tiếp {times} lần. Số tế bào con tạo thành là",
        key,
        wrongs,
        f"${cells}\\cdot 2^{times} = {key}$.",
        str,
    )


@SHELF.add(DIVISION, BIET, 80)
def phase_chromosomes(r: Random) -> Draft:
    name, diploid = r.choice(SPECIES)
    phase, number, why = r.choice((
        ("kì giữa của nguyên phân, số nhiễm sắc thể kép", diploid, "các nhiễm sắc thể đã nhân đôi, ở trạng thái kép, số lượng 2n"),
        ("kì sau của nguyên phân, số nhiễm sắc thể đơn", 2 * diploid, "các chromatid tách nhau thành nhiễm sắc thể đơn, số lượng 4n"),
        ("kì sau của giảm phân II, số nhiễm sắc thể đơn", diploid, "mỗi tế bào có n nhiễm sắc thể kép tách thành 2n nhiễm sắc thể đơn"),
        ("kì giữa của giảm phân II, số nhiễm sắc thể kép", diploid // 2, "sau giảm phân I mỗi tế bào có n nhiễm sắc thể kép"),
    ))  # fmt: skip
    wrongs = [
        (value, slip)
        for value, slip in (
            (diploid, "nhầm với số 2n"),
            (2 * diploid, "nhầm với số 4n"),
            (diploid // 2, "nhầm với số n"),
            (3 * diploid, "tính nhầm thành 6n"),
            (4 * diploid, "tính nhầm thành 8n"),
        )
        if value != number
    ]
    return numbers(
        r,
        f"Loài {name} có bộ nhiễm sắc thể 2n = {diploid}. Trong một tế bào ở {phase} là",
        number,
        wrongs,
        f"Ở giai đoạn này, {why}: {number}.",
        str,
    )


@SHELF.add(DIVISION, VAN_DUNG)
def mitosis_supply(r: Random) -> Draft:
    name, diploid = r.choice(SPECIES)
    cells, times = r.randint(1, 9), r.randint(2, 5)
    key = cells * diploid * (2**times - 1)
    return short(
        f"{cells} tế bào sinh dưỡng của loài {name} (2n = {diploid}) nguyên phân liên tiếp {times} lần. Môi trường nội bào cung cấp nguyên liệu tương đương bao nhiêu nhiễm sắc thể đơn?",
        key,
        f"${cells}\\cdot {diploid}\\cdot (2^{times} - 1) = {key}$.",
    )


@SHELF.add(MICROBES, VAN_DUNG)
def bacteria_growth(r: Random) -> Draft:
    start, generation, generations = r.choice((1, 2, 3, 5, 8, 10)), r.choice((20, 30, 40, 60)), r.randint(3, 9)
    key = start * 2**generations
    minutes = generation * generations
    return short(
        f"Một loài vi khuẩn có thời gian thế hệ {generation} phút. Nuôi cấy {start} tế bào trong điều kiện tối ưu, bỏ qua pha tiềm phát. Sau {minutes} phút, quần thể có bao nhiêu tế bào?",
        key,
        f"Số thế hệ: {minutes} : {generation} = {generations}; $N = {start}\\cdot 2^{generations} = {key}$.",
    )


@SHELF.add(MICROBES, HIEU)
def generation_time(r: Random) -> Draft:
    start, generation, generations = (
        r.choice((100, 200, 500, 1000)),
        r.choice((15, 20, 25, 30, 40, 45, 60)),
        r.randint(3, 7),
    )
    minutes, end = generation * generations, start * 2**generations
    wrongs = [
        (Fraction(minutes, generations + 1), "đếm thừa một thế hệ"),
        (Fraction(minutes, generations - 1), "đếm thiếu một thế hệ"),
        (Fraction(minutes, 2**generations), "chia cho số tế bào"),
        (Fraction(minutes * generations), "nhân thay vì chia"),
    ]
    return numbers(
        r,
        f"Quần thể vi khuẩn tăng từ {plain(start)} lên {plain(end)} tế bào trong {minutes} phút ở pha luỹ thừa. Thời gian thế hệ của vi khuẩn là",
        generation,
        wrongs,
        f"${end} = {start}\\cdot 2^{generations}$ nên có {generations} thế hệ, mỗi thế hệ {generation} phút.",
        lambda x: f"{plain(x, 1)} phút",
    )


@SHELF.add(MICROBES, BIET, 12)
def growth_phase(r: Random) -> Draft:
    phases = (
        ("pha tiềm phát", "vi khuẩn thích nghi với môi trường, số lượng chưa tăng"),
        ("pha luỹ thừa", "vi khuẩn phân chia mạnh nhất, số lượng tăng theo cấp số nhân"),
        ("pha cân bằng", "số tế bào sinh ra tương đương số tế bào chết đi"),
        ("pha suy vong", "số tế bào chết nhiều hơn số tế bào sinh ra"),
    )
    name, what = r.choice(phases)
    wrongs = [(other, what_other) for other, what_other in phases if other != name]
    return choice(
        r, f"Trong nuôi cấy không liên tục, giai đoạn mà {what} là", name, wrongs, f"Đó là đặc điểm của {name}."
    )


@SHELF.add(EXCHANGE, VAN_DUNG)
def heart_output(r: Random) -> Draft:
    rate, volume = r.randint(60, 95), r.choice((60, 65, 70, 75, 80))
    key = Fraction(rate * volume, 1000)
    return short(
        f"Một người có nhịp tim {rate} nhịp/phút, mỗi lần co tâm thất trái đẩy {volume} mL máu vào động mạch chủ. Lưu lượng tim của người đó là bao nhiêu lít/phút? (Làm tròn kết quả đến hàng phần mười.)",
        key,
        f"{rate}·{volume} = {rate * volume} mL/phút ≈ {plain(key, 1)} lít/phút.",
        1,
    )


@SHELF.add(ECOLOGY, VAN_DUNG)
def population_density(r: Random) -> Draft:
    area, density, births, deaths = (
        r.choice((20, 25, 40, 50, 80, 100, 200)),
        r.choice([Fraction(n, 10) for n in range(5, 60, 5)]),
        r.randint(5, 30),
        r.randint(1, 15),
    )
    start = area * density
    end = start * (100 + births - deaths) / 100
    return short(
        f"Một quần thể động vật sống trên diện tích {area} ha với mật độ {plain(density)} cá thể/ha. Sau một năm, tỉ lệ sinh là {births}%, tỉ lệ tử vong là {deaths}%, không có nhập cư và xuất cư. Mật độ quần thể khi đó là bao nhiêu cá thể/ha? (Làm tròn kết quả đến hàng phần trăm.)",
        end / area,
        f"Mật độ mới: {plain(density)}·(100% + {births}% - {deaths}%) = {plain(end / area, 3)} cá thể/ha.",
        2,
    )


@SHELF.add(ECOLOGY, BIET)
def mark_recapture(r: Random) -> Draft:
    marked, caught, again = r.choice(range(20, 101, 5)), r.choice(range(20, 101, 5)), r.choice((4, 5, 8, 10))
    key = Fraction(marked * caught, again)
    if key.denominator != 1 or again >= min(marked, caught):
        return None
    wrongs = [
        (Fraction(marked + caught - again), "cộng hai lần bắt"),
        (Fraction(marked * again, caught), "đảo tỉ số"),
        (Fraction(caught * again), "nhân nhầm"),
        (Fraction(marked + caught), "cộng hai lần bắt và quên cá thể bắt lại"),
    ]
    return numbers(
        r,
        f"Để ước tính kích thước quần thể, người ta bắt và đánh dấu {marked} cá thể rồi thả ra. Lần sau bắt {caught} cá thể, trong đó có {again} cá thể đã đánh dấu. Kích thước quần thể ước tính khoảng",
        key,
        wrongs,
        f"$N = \\frac{{{marked}\\cdot {caught}}}{{{again}}} = {plain(key)}$.",
        lambda x: f"{plain(x, 0)} cá thể",
    )


@SHELF.add(ECOSYSTEM, VAN_DUNG)
def trophic_efficiency(r: Random) -> Draft:
    first, percent = r.choice(range(100000, 2500001, 50000)), r.choice([Fraction(n, 2) for n in range(10, 31)])
    second = first * percent / 100
    return short(
        f"Trong một chuỗi thức ăn, sinh vật sản xuất tích luỹ {plain(first)} kcal, sinh vật tiêu thụ bậc 1 tích luỹ {plain(second)} kcal. Hiệu suất sinh thái giữa hai bậc dinh dưỡng này là bao nhiêu phần trăm?",
        percent,
        f"$H = \\frac{{{plain(second).replace(' ', '')}}}{{{first}}}\\cdot 100\\%$ = {plain(percent)}%.",
    )


CHAINS = (
    ("cỏ", "châu chấu", "ếch", "rắn", "đại bàng"),
    ("lúa", "chuột", "rắn hổ mang", "cú mèo"),
    ("tảo", "tôm", "cá rô", "chim bói cá"),
    ("cây ngô", "sâu ăn lá ngô", "nhái", "rắn hổ mang", "diều hâu"),
    ("thực vật nổi", "động vật nổi", "cá trích", "cá thu", "cá mập"),
    ("cỏ", "thỏ", "cáo", "hổ"),
)


@SHELF.add(ECOSYSTEM, BIET, 60)
def trophic_level(r: Random) -> Draft:
    chain = r.choice(CHAINS)
    place = r.randrange(1, len(chain))
    wrongs = [(f"sinh vật tiêu thụ bậc {other}", "đếm sai bậc tiêu thụ") for other in (1, 2, 3, 4) if other != place]
    wrongs.append(("sinh vật sản xuất", "nhầm sinh vật tiêu thụ với sinh vật sản xuất"))
    r.shuffle(wrongs)
    return choice(
        r,
        f"Trong chuỗi thức ăn {' → '.join(chain)}, {chain[place]} là",
        f"sinh vật tiêu thụ bậc {place}",
        wrongs,
        f"Sinh vật sản xuất là {chain[0]}; {chain[place]} đứng thứ {place + 1} nên là sinh vật tiêu thụ bậc {place}, thuộc bậc dinh dưỡng cấp {place + 1}.",
    )
