# ruff: noqa: E501, E731
"""Tin học: binary numbers, units, sorting, spreadsheets and networks."""

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any

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
from quizbank.demo.questions.writing import listed

SHELF = Shelf()

STORAGE = "tin-hoc.l06.a-may-tinh.bieu-dien-thong-tin-va-luu-tru-du-lieu-trong-may-tinh"
SPREADSHEET = "tin-hoc.l07.e-ung-dung.bang-tinh-dien-tu-co-ban"
SORTING = "tin-hoc.l07.f-giai-quyet-van-de.mot-so-thuat-toan-sap-xep-va-tim-kiem-co-ban"
FORMULAS = "tin-hoc.l08.e-ung-dung.xu-li-va-truc-quan-hoa-du-lieu-bang-bang-tinh-dien-tu"
BINARY = "tin-hoc.l10.a-may-tinh.bieu-dien-thong-tin-dinh-huong-khoa-hoc-may-tinh"
UNITS = "tin-hoc.l10.a-may-tinh.xu-li-thong-tin-va-vai-tro-cua-may-tinh-thiet-bi-so"
NETWORK = "tin-hoc.l12.b-mang.phac-thao-thiet-ke-mang-may-tinh-dinh-huong-khoa-hoc-may"


@SHELF.add(BINARY, BIET)
def to_binary(r: Random) -> Draft:
    value = r.randint(9, 255)
    show: Callable[..., Any] = lambda n: f"{n:b}"
    wrongs = [
        (show(value + 1), "cộng thừa 1"),
        (show(value - 1), "trừ thừa 1"),
        (show(value)[::-1].lstrip("0") or "0", "viết các số dư theo thứ tự ngược"),
        (show(value * 2), "thêm một chữ số 0"),
        (show(value ^ 2), "sai một chữ số"),
    ]
    return choice(
        r,
        f"Số thập phân {value} được biểu diễn trong hệ nhị phân là",
        show(value),
        wrongs,
        f"Chia liên tiếp cho 2 và viết các số dư từ cuối lên đầu: {show(value)}.",
    )


@SHELF.add(BINARY, HIEU)
def from_binary(r: Random) -> Draft:
    value = r.randint(17, 511)
    return short(
        f"Số nhị phân {value:b} có giá trị trong hệ thập phân là bao nhiêu?",
        value,
        f"Cộng các luỹ thừa của 2 tương ứng với chữ số 1: {value}.",
    )


@SHELF.add(BINARY, VAN_DUNG)
def binary_sum(r: Random) -> Draft:
    a, b = r.randint(9, 63), r.randint(9, 63)
    wrongs = [
        (f"{a | b:b}", "cộng không nhớ kiểu phép OR"),
        (f"{a ^ b:b}", "cộng không nhớ"),
        (f"{abs(a - b):b}", "trừ thay vì cộng"),
        (f"{a + b + 2:b}", "nhớ thừa"),
        (f"{a + b - 1:b}", "quên nhớ ở hàng thấp nhất"),
    ]
    return choice(
        r,
        f"Kết quả phép cộng hai số nhị phân {a:b} + {b:b} là",
        f"{a + b:b}",
        wrongs,
        f"{a} + {b} = {a + b} trong hệ thập phân, viết nhị phân là {a + b:b}.",
    )


@SHELF.add(BINARY, HIEU)
def to_hexadecimal(r: Random) -> Draft:
    value = r.randint(26, 4095)
    wrongs = [
        (f"{value + 16:X}", "sai hàng 16"),
        (f"{value - 1:X}", "sai hàng đơn vị"),
        (f"{value:X}"[::-1], "viết ngược các chữ số"),
        (f"{value:o}", "đổi sang hệ cơ số 8"),
        (f"{value * 2:X}", "nhân đôi giá trị"),
    ]
    return choice(
        r,
        f"Số thập phân {value} được biểu diễn trong hệ thập lục phân (hệ 16) là",
        f"{value:X}",
        wrongs,
        f"Chia liên tiếp cho 16: {value:X}.",
    )


@SHELF.add(STORAGE, VAN_DUNG)
def how_many_files(r: Random) -> Draft:
    gigabytes, megabytes = r.choice((1, 2, 4, 8)), r.choice((2, 4, 8, 16, 32))
    kind = r.choice(("bức ảnh", "bài hát", "tệp tài liệu"))
    return short(
        f"Một thẻ nhớ còn trống {gigabytes} GB. Mỗi {kind} có dung lượng {megabytes} MB. Thẻ nhớ chứa thêm được nhiều nhất bao nhiêu {kind}?",
        gigabytes * 1024 // megabytes,
        f"{gigabytes} GB = {gigabytes * 1024} MB; {gigabytes * 1024} : {megabytes} = {gigabytes * 1024 // megabytes}.",
    )


@SHELF.add(UNITS, HIEU)
def convert_units(r: Random) -> Draft:
    value, (big, small) = (
        r.choice((2, 3, 4, 5, 6, 8, 10, 12, 16, 20)),
        r.choice((("KB", "byte"), ("MB", "KB"), ("GB", "MB"), ("TB", "GB"))),
    )
    wrongs = [
        (value * 1000, "dùng 1000 thay cho 1024"),
        (value * 8, "nhầm với đổi byte sang bit"),
        (value * 1024 * 8, "nhân thêm 8"),
        (value * 100, "dùng hệ số 100"),
        (value * 512, "dùng hệ số 512"),
    ]
    return numbers(
        r,
        f"{value} {big} bằng bao nhiêu {small}? (Lấy hệ số giữa hai đơn vị liền kề là 1 024.)",
        value * 1024,
        wrongs,
        f"{value}·1 024 = {value * 1024} {small}.",
    )


@SHELF.add(UNITS, VAN_DUNG)
def transfer_time(r: Random) -> Draft:
    seconds, speed = r.randint(4, 90), r.choice((8, 16, 24, 40, 80, 100))
    size = seconds * speed // 8
    if seconds * speed % 8:
        return None
    return short(
        f"Một đường truyền có tốc độ {speed} Mbps (megabit trên giây). Tải một tệp dung lượng {size} MB, coi 1 byte = 8 bit và các tiền tố như nhau, mất bao nhiêu giây?",
        seconds,
        f"{size} MB = {size * 8} Mb; {size * 8} : {speed} = {seconds} giây.",
    )


@SHELF.add(SORTING, VAN_DUNG)
def bubble_pass(r: Random) -> Draft:
    values = r.sample(range(1, 60), 6)
    once = list(values)
    for place in range(5):
        if once[place] > once[place + 1]:
            once[place], once[place + 1] = once[place + 1], once[place]
    selection = list(values)
    lowest = selection.index(min(selection))
    selection[0], selection[lowest] = selection[lowest], selection[0]
    wrongs = [
        (listed(sorted(values)), "sắp xếp xong cả dãy"),
        (listed(selection), "nhầm với một bước sắp xếp chọn"),
        (listed(values), "cho rằng dãy không đổi"),
        (listed(sorted(values, reverse=True)), "sắp xếp giảm dần"),
        (listed(once[::-1]), "viết ngược dãy"),
    ]
    return choice(
        r,
        f"Cho dãy {listed(values)}. Duyệt một lượt từ đầu đến cuối dãy, đổi chỗ hai phần tử liền kề nếu phần tử trước lớn hơn phần tử sau (sắp xếp nổi bọt tăng dần). Sau lượt duyệt thứ nhất, dãy trở thành",
        listed(once),
        wrongs,
        f"Phần tử lớn nhất {max(values)} được đưa về cuối dãy: {listed(once)}.",
    )


@SHELF.add(SORTING, HIEU)
def binary_search(r: Random) -> Draft:
    values = sorted(r.sample(range(1, 100), r.choice((7, 15))))
    target, low, high, seen = r.choice(values), 0, len(values) - 1, []
    while True:
        middle = (low + high) // 2
        seen.append(values[middle])
        if values[middle] == target:
            break
        low, high = (middle + 1, high) if values[middle] < target else (low, middle - 1)
    return short(
        f"Dùng thuật toán tìm kiếm nhị phân (chọn phần tử giữa, làm tròn xuống) để tìm số {target} trong dãy {listed(values)}. Thuật toán phải so sánh với bao nhiêu phần tử của dãy (kể cả phần tử cần tìm)?",
        len(seen),
        f"Lần lượt so sánh với {listed(seen)}: {len(seen)} phần tử.",
    )


@SHELF.add(SORTING, BIET)
def selection_first(r: Random) -> Draft:
    values = r.sample(range(1, 90), 6)
    wrongs = [
        (max(values), "chọn phần tử lớn nhất"),
        (values[0], "giữ phần tử đầu"),
        (values[-1], "chọn phần tử cuối"),
        (sorted(values)[1], "chọn phần tử nhỏ thứ hai"),
    ]
    return numbers(
        r,
        f"Sắp xếp dãy {listed(values)} theo thứ tự tăng dần bằng thuật toán sắp xếp chọn. Sau bước thứ nhất, phần tử ở vị trí đầu dãy là",
        min(values),
        wrongs,
        f"Bước đầu đưa phần tử nhỏ nhất {min(values)} về đầu dãy.",
    )


def sheet(values: list[int]) -> str:
    return "; ".join(f"{column}1 = {value}" for column, value in zip("ABCDE", values, strict=False))


@SHELF.add(SPREADSHEET, HIEU)
def spreadsheet_value(r: Random) -> Draft:
    values = [r.randint(1, 60) for _ in range(4)]
    name, key = r.choice(
        (("SUM(A1:D1)", sum(values)), ("MAX(A1:D1)", max(values)), ("MIN(A1:D1)", min(values)), ("COUNT(A1:D1)", 4))
    )
    wrongs = [
        (sum(values), "nhầm với hàm SUM"),
        (max(values), "nhầm với hàm MAX"),
        (min(values), "nhầm với hàm MIN"),
        (4, "nhầm với hàm COUNT"),
        (values[0] + values[3], "chỉ lấy hai ô đầu, cuối"),
    ]
    return numbers(
        r,
        f"Trang tính có {sheet(values)}. Công thức ={name} cho kết quả",
        key,
        wrongs,
        f"Hàm {name} trên vùng A1:D1 cho kết quả {key}.",
    )


@SHELF.add(SPREADSHEET, VAN_DUNG)
def spreadsheet_average(r: Random) -> Draft:
    values = [r.randint(1, 20) for _ in range(4)]
    whole = sum(values)
    extra = r.randint(1, 9)
    return short(
        f"Trang tính có {sheet(values)}. Công thức =AVERAGE(A1:D1)+{extra} cho kết quả bao nhiêu?",
        Fraction(whole, 4) + extra,
        f"Trung bình cộng bằng {whole} : 4, cộng thêm {extra}.",
    )


@SHELF.add(FORMULAS, HIEU)
def copied_formula(r: Random) -> Draft:
    columns = "ABCDEFGH"
    row, down, right, first, sign = r.randint(1, 9), r.randint(1, 6), r.randint(0, 2), r.randint(0, 1), r.choice("+-*")
    write: Callable[..., Any] = lambda c, n, d, m: f"={columns[c]}{n}{sign}{columns[d]}{m}"
    key = write(first + right, row + down, first + 1 + right, row + down)
    wrongs = [
        (write(first, row, first + 1, row), "cho rằng công thức không đổi khi sao chép"),
        (write(first + right, row + down + 1, first + 1 + right, row + down + 1), "tính sai số hàng"),
        (write(first + right, row + down, first + 1, row), "chỉ điều chỉnh địa chỉ thứ nhất"),
        (write(first + right + 1, row + down, first + right + 2, row + down), "tính sai số cột"),
    ]
    stem = f"Ô D{row} của trang tính chứa công thức {write(first, row, first + 1, row)}. Sao chép công thức này sang ô {columns[3 + right]}{row + down} thì công thức ở ô đó là"
    return choice(r, stem, key, wrongs, f"Địa chỉ tương đối dịch xuống {down} hàng và sang phải {right} cột.")


@SHELF.add(FORMULAS, VAN_DUNG)
def count_if(r: Random) -> Draft:
    values, bound = [r.randint(1, 10) for _ in range(8)], r.randint(4, 8)
    cells = "; ".join(f"A{place} = {value}" for place, value in enumerate(values, 1))
    key = len([value for value in values if value >= bound])
    return short(
        f'Trang tính có {cells}. Công thức =COUNTIF(A1:A8;">={bound}") cho kết quả bao nhiêu?',
        key,
        f"Có {key} ô chứa số không nhỏ hơn {bound}.",
    )


@SHELF.add(NETWORK, VAN_DUNG, 60)
def subnet_hosts(r: Random) -> Draft:
    bits = r.randint(22, 29)
    hosts = 2 ** (32 - bits) - 2
    wrongs = [
        (hosts + 2, "quên trừ địa chỉ mạng và địa chỉ quảng bá"),
        (hosts + 1, "chỉ trừ một địa chỉ"),
        (2 ** (31 - bits) - 2, "tính sai số bit phần máy"),
        (bits * 8, "nhân số bit với 8"),
    ]
    return numbers(
        r,
        f"Mạng IPv4 172.16.0.0/{bits} có tối đa bao nhiêu địa chỉ gán được cho thiết bị?",
        hosts,
        wrongs,
        f"Phần máy có {32 - bits} bit: $2^{{{32 - bits}}} - 2 = {hosts}$.",
    )
