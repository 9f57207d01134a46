# ruff: noqa: E501, E731
"""Sinh học 12: genetics."""

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from random import Random
from typing import Any

from quizbank.demo.questions.sinh_hoc.common import SPECIES
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

GENE = "sinh-hoc.l12.di-truyen.di-truyen-phan-tu"
CHROMOSOME = "sinh-hoc.l12.di-truyen.di-truyen-nhiem-sac-the"
POPULATION = "sinh-hoc.l12.di-truyen.di-truyen-quan-the"
HUMAN = "sinh-hoc.l12.di-truyen.di-truyen-hoc-nguoi"


@SHELF.add(GENE, VAN_DUNG)
def gene_length(r: Random) -> Draft:
    pairs = r.choice(range(300, 3001, 150))
    statements = [
        either(
            r,
            "Chiều dài của gene là @ nm.",
            plain(pairs * Fraction(34, 100)),
            plain(pairs * Fraction(68, 100)),
            f"Mỗi cặp nucleotide dài 0,34 nm: {plain(pairs * Fraction(34, 100))} nm.",
        ),
        either(
            r,
            "Số chu kì xoắn của gene là @.",
            plain(Fraction(pairs, 10), 1),
            plain(Fraction(pairs, 20), 1),
            f"Mỗi chu kì xoắn gồm 10 cặp nucleotide: {plain(Fraction(pairs, 10), 1)}.",
        ),
        either(
            r, "Tổng số nucleotide của gene là @.", str(2 * pairs), str(pairs), f"$N = 2\\cdot {pairs} = {2 * pairs}$."
        ),
        either(
            r, "Nếu gene nhân đôi 2 lần liên tiếp, số gene con tạo thành là @.", "4", "2", "Số gene con: $2^2 = 4$."
        ),
    ]
    return cluster(f"Một gene có {pairs} cặp nucleotide. Mỗi phát biểu sau đúng hay sai?", statements)


@SHELF.add(GENE, HIEU)
def replication(r: Random) -> Draft:
    molecules, times = r.randint(1, 12), r.randint(2, 6)
    key = molecules * 2**times
    wrongs = [
        (molecules * 2 * times, "nhân thay vì luỹ thừa"),
        (molecules * 2 ** (times - 1), "đếm thiếu một lần nhân đôi"),
        (molecules * (2**times - 1), "trừ đi phân tử ban đầu"),
        (2**times + molecules, "cộng số phân tử ban đầu"),
        (molecules * 2 ** (times + 1), "đếm số mạch đơn"),
    ]
    return numbers(
        r,
        f"Có {molecules} phân tử DNA cùng nhân đôi {times} lần liên tiếp. Số phân tử DNA tạo thành là",
        key,
        wrongs,
        f"${molecules}\\cdot 2^{times} = {key}$.",
        str,
    )


COMPLEMENT = {"A": "U", "T": "A", "G": "C", "C": "G"}


@SHELF.add(GENE, BIET)
def transcribe(r: Random) -> Draft:
    template = "".join(r.choice("ATGC") for _ in range(9))
    spaced: Callable[..., Any] = lambda text: " ".join(text[i : i + 3] for i in range(0, len(text), 3))
    right = "".join(COMPLEMENT[base] for base in template)
    dna = right.replace("U", "T")
    wrongs = [
        (f"5'-{spaced(dna)}-3'", "dùng T thay cho U trong RNA"),
        (f"5'-{spaced(template.replace('T', 'U'))}-3'", "chép lại mạch khuôn"),
        (f"3'-{spaced(right)}-5'", "viết sai chiều của mRNA"),
        (f"5'-{spaced(right[::-1])}-3'", "đọc ngược mạch khuôn"),
    ]
    return choice(
        r,
        f"Mạch khuôn của một đoạn gene có trình tự 3'-{spaced(template)}-5'. Trình tự mRNA được phiên mã từ đoạn này là",
        f"5'-{spaced(right)}-3'",
        wrongs,
        "Phiên mã theo nguyên tắc bổ sung A–U, T–A, G–C, C–G và ngược chiều mạch khuôn.",
    )


@SHELF.add(GENE, VAN_DUNG)
def codons(r: Random) -> Draft:
    amino = r.randint(40, 600)
    return short(
        f"Một phân tử mRNA của vi khuẩn có vùng mã hoá gồm {(amino + 2) * 3} nucleotide, kể cả bộ ba mở đầu và bộ ba kết thúc. Chuỗi polypeptide hoàn chỉnh do mRNA này tổng hợp (đã cắt amino acid mở đầu) có bao nhiêu amino acid?",
        amino,
        f"Số bộ ba là {amino + 2}; trừ bộ ba kết thúc và amino acid mở đầu còn {amino} amino acid.",
    )


def dominant_share(left: str, right: str) -> Fraction:
    """The part of offspring that shows every dominant trait; genes assort independently."""
    share = Fraction(1)
    for place in range(0, len(left), 2):
        pairs = list(product(left[place : place + 2], right[place : place + 2]))
        share *= Fraction(len([pair for pair in pairs if any(letter.isupper() for letter in pair)]), len(pairs))
    return share


@SHELF.add(CHROMOSOME, BIET, 60)
def count_gametes(r: Random) -> Draft:
    genotype = "".join(
        r.choice((letter * 2, letter.lower() * 2, letter + letter.lower())) for letter in "ABDE"[: r.choice((3, 4))]
    )
    pairs = sum(genotype[i] != genotype[i + 1] for i in range(0, len(genotype), 2))
    key = 2**pairs
    wrongs = [
        (2 * pairs if pairs else 3, "nhân thay vì luỹ thừa"),
        (2 ** (len(genotype) // 2), "tính cả cặp gene đồng hợp"),
        (len(genotype), "đếm số allele"),
        (key * 2, "đếm thừa một cặp gene"),
        (16, "coi mọi cặp gene đều dị hợp"),
        (3**pairs, "nhầm với số kiểu gene"),
    ]
    return numbers(
        r,
        f"Các cặp gene phân li độc lập. Cơ thể có kiểu gene {genotype} giảm phân bình thường cho tối đa số loại giao tử là",
        key,
        wrongs,
        f"Có {pairs} cặp gene dị hợp nên có $2^{pairs} = {key}$ loại giao tử.",
        str,
    )


@SHELF.add(CHROMOSOME, VAN_DUNG)
def offspring_share(r: Random) -> Draft:
    make: Callable[..., Any] = lambda: "".join(
        r.choice((letter + letter.lower(), letter + letter.lower(), letter * 2, letter.lower() * 2)) for letter in "ABD"
    )
    left, right = make(), make()
    share = dominant_share(left, right)
    if share in {0, 1}:
        return None
    return short(
        f"Mỗi gene quy định một tính trạng, allele trội là trội hoàn toàn, các gene phân li độc lập. Phép lai ♀ {left} × ♂ {right} cho đời con có tỉ lệ kiểu hình trội về cả ba tính trạng là bao nhiêu phần trăm? (Làm tròn kết quả đến hàng phần mười.)",
        share * 100,
        f"Xét riêng từng cặp gene rồi nhân các tỉ lệ: {share.numerator}/{share.denominator} ≈ {plain(share * 100, 1)}%.",
        1,
    )


@SHELF.add(CHROMOSOME, HIEU)
def two_gene_cross(r: Random) -> Draft:
    kinds = ("AA", "Aa", "aa"), ("BB", "Bb", "bb")
    left, right = ("".join(r.choice(kind) for kind in kinds) for _ in range(2))
    ratio = []
    for place in (0, 2):
        share = dominant_share(left[place : place + 2], right[place : place + 2])
        ratio.append({Fraction(1): (1,), Fraction(0): (1,), Fraction(3, 4): (3, 1), Fraction(1, 2): (1, 1)}[share])
    key = " : ".join(str(a * b) for a, b in sorted(product(*ratio), key=lambda row: -row[0] * row[1]))
    whole = {
        "9 : 3 : 3 : 1": "nhầm với phép lai hai cặp gene dị hợp",
        "1 : 1 : 1 : 1": "nhầm với lai phân tích hai cặp gene",
        "3 : 1": "chỉ xét một cặp gene",
        "1 : 1": "chỉ xét một cặp gene",
        "3 : 3 : 1 : 1": "nhầm tỉ lệ của một cặp gene",
        "100%": "cho rằng đời con đồng tính",
    }
    key = "100%" if key == "1" else key
    wrongs = [(text, slip) for text, slip in whole.items() if text != key]
    r.shuffle(wrongs)
    return choice(
        r,
        f"Mỗi gene quy định một tính trạng, trội hoàn toàn, phân li độc lập. Phép lai {left} × {right} cho tỉ lệ phân li kiểu hình ở đời con là",
        key,
        wrongs,
        f"Xét từng cặp gene rồi nhân các tỉ lệ: {key}.",
    )


@SHELF.add(CHROMOSOME, HIEU, 60)
def aneuploid(r: Random) -> Draft:
    name, diploid = r.choice(SPECIES)
    kind, change = r.choice(
        (
            ("thể một", -1),
            ("thể ba", 1),
            ("thể không", -2),
            ("thể bốn", 2),
            ("thể tam bội", diploid // 2),
            ("thể tứ bội", diploid),
        )
    )
    key = diploid + change
    wrongs = [
        (value, slip)
        for value, slip in (
            (diploid - 1, "nhầm với thể một"),
            (diploid + 1, "nhầm với thể ba"),
            (diploid + diploid // 2, "nhầm với thể tam bội"),
            (2 * diploid, "nhầm với thể tứ bội"),
            (diploid + 2, "nhầm với thể bốn"),
        )
        if value != key
    ]
    return numbers(
        r,
        f"Loài {name} có bộ nhiễm sắc thể 2n = {diploid}. Số nhiễm sắc thể trong tế bào sinh dưỡng của {kind} ở loài này là",
        key,
        wrongs,
        f"{kind.capitalize()} có {key} nhiễm sắc thể.",
        str,
    )


@SHELF.add(POPULATION, HIEU)
def allele_frequency(r: Random) -> Draft:
    a, b = r.choice(range(5, 81, 5)), r.choice(range(5, 61, 5))
    if a + b >= 100:
        return None
    c = 100 - a - b
    key = Fraction(2 * a + b, 200)
    wrongs = [
        (Fraction(a, 100), "chỉ tính kiểu gene đồng hợp trội"),
        (Fraction(a + b, 100), "tính tỉ lệ kiểu hình trội"),
        (1 - key, "nhầm với tần số allele lặn"),
        (Fraction(b, 200), "chỉ tính kiểu gene dị hợp"),
    ]
    stem = f"Một quần thể có thành phần kiểu gene {plain(Fraction(a, 100))}AA : {plain(Fraction(b, 100))}Aa : {plain(Fraction(c, 100))}aa. Tần số allele A của quần thể là"
    return numbers(
        r,
        stem,
        key,
        wrongs,
        f"$p = {plain(Fraction(a, 100)).replace(',', '{,}')} + \\frac{{{plain(Fraction(b, 100)).replace(',', '{,}')}}}{{2}}$ = {plain(key)}.",
    )


@SHELF.add(POPULATION, VAN_DUNG)
def hardy_weinberg(r: Random) -> Draft:
    q = r.choice([Fraction(n, 20) for n in range(1, 20)])
    statements = [
        either(
            r,
            "Tần số allele trội A là @.",
            plain(1 - q),
            plain(1 - q * q),
            f"$q^2$ = {plain(q * q)} nên $q$ = {plain(q)}, $p$ = {plain(1 - q)}.",
        ),
        either(
            r,
            "Tỉ lệ kiểu gene dị hợp là @.",
            plain(2 * q * (1 - q)),
            plain(q * (1 - q)),
            f"$2pq$ = {plain(2 * q * (1 - q))}.",
        ),
        either(r, "Tỉ lệ kiểu gene AA là @.", plain((1 - q) ** 2), plain(1 - q * q), f"$p^2$ = {plain((1 - q) ** 2)}."),
        either(
            r,
            "Nếu quần thể ngẫu phối và không chịu tác động của các nhân tố tiến hoá thì tần số allele ở thế hệ sau @.",
            "không đổi",
            "luôn tăng",
            "Đó là nội dung của định luật Hardy – Weinberg.",
        ),
    ]
    return cluster(
        f"Một quần thể đang cân bằng di truyền, A trội hoàn toàn so với a, tỉ lệ kiểu hình lặn là {plain(q * q)}. Mỗi phát biểu sau đúng hay sai?",
        statements,
    )


@SHELF.add(POPULATION, VAN_DUNG)
def selfing(r: Random) -> Draft:
    start, generations = r.choice(range(20, 101, 5)), r.randint(1, 4)
    left = Fraction(start, 2**generations)
    return short(
        f"Một quần thể thực vật tự thụ phấn có tỉ lệ kiểu gene dị hợp Aa ở thế hệ xuất phát là {start}%. Sau {generations} thế hệ tự thụ phấn, tỉ lệ kiểu gene Aa là bao nhiêu phần trăm?",
        left,
        f"${start}\\% : 2^{generations}$ = {plain(left)}%.",
    )


@SHELF.add(HUMAN, VAN_DUNG)
def carriers(r: Random) -> Draft:
    sick, children = r.choice((("bạch tạng", 2), ("phenylketonuria", 2))), r.randint(1, 3)
    key = Fraction(3, 4) ** children
    stem = f"Bệnh {sick[0]} do allele lặn trên nhiễm sắc thể thường quy định. Một cặp vợ chồng đều mang kiểu gene dị hợp, dự định sinh {children} con (không sinh đôi). Xác suất để tất cả các con đều không mắc bệnh là bao nhiêu? (Làm tròn kết quả đến hàng phần trăm.)"
    return short(stem, key, f"Mỗi con không mắc bệnh với xác suất 3/4: $(3/4)^{children}$ ≈ {plain(key, 2)}.", 2)


@SHELF.add(HUMAN, HIEU, 40)
def colour_blind(r: Random) -> Draft:
    mother, father = r.choice(("X^MX^m", "X^MX^M", "X^mX^m")), r.choice(("X^MY", "X^mY"))
    eggs = [mother[:3], mother[3:]]
    sperm = [father[:3], "Y"]
    child = [(egg, other) for egg in eggs for other in sperm]
    sick = Fraction(len([1 for egg, other in child if egg == "X^m" and other in {"X^m", "Y"}]), 4)
    sons = Fraction(len([1 for egg, other in child if egg == "X^m" and other == "Y"]), 2)
    wanted, value = r.choice(
        (("một người con mắc bệnh", sick), ("một người con trai mắc bệnh (trong số các con trai)", sons))
    )
    wrongs = [
        (other, "xét sai kiểu gene của bố, mẹ")
        for other in (Fraction(0), Fraction(1, 4), Fraction(1, 2), Fraction(3, 4), Fraction(1))
        if other != value
    ]
    r.shuffle(wrongs)
    return numbers(
        r,
        f"Bệnh mù màu đỏ – lục do allele lặn m nằm trên vùng không tương đồng của nhiễm sắc thể X quy định. Bố có kiểu gene ${father}$, mẹ có kiểu gene ${mother}$. Xác suất sinh {wanted} là",
        value,
        wrongs,
        f"Viết các kiểu gene của đời con rồi đếm: {plain(value * 100)}%.",
        lambda x: f"{plain(x * 100)}%",
    )
