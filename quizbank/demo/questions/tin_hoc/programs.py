# ruff: noqa: E501
"""Tin học: Python, whose answers the machine computes."""

from random import Random

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

SHELF = Shelf()

PYTHON = "tin-hoc.l10.f-giai-quyet-van-de.lap-trinh-co-ban-python"
TECHNIQUE = "tin-hoc.l11.f-giai-quyet-van-de.ki-thuat-lap-trinh-dinh-huong-khoa-hoc-may-tinh"


@SHELF.add(PYTHON, HIEU)
def loop_sum(r: Random) -> Draft:
    low, high, step = r.randint(1, 5), r.randint(8, 25), r.choice((1, 2, 3))
    key = sum(range(low, high, step))
    shown = f"range({low}, {high}, {step})" if step > 1 else f"range({low}, {high})"
    wrongs = [
        (sum(range(low, high + 1, step)), "tính cả giá trị cuối của range"),
        (len(range(low, high, step)), "đếm số lần lặp"),
        (sum(range(low + 1, high, step)), "bỏ sót giá trị đầu"),
        (sum(range(low, high)), "bỏ qua bước nhảy"),
        (list(range(low, high, step))[-1], "lấy giá trị cuối của biến lặp"),
        (key + high, "cộng thêm cận trên"),
    ]
    return numbers(
        r,
        f"Trong Python, sau khi thực hiện s = 0 rồi vòng lặp for i in {shown}: s = s + i, giá trị của biến s là",
        key,
        wrongs,
        f"range cho các giá trị {', '.join(map(str, range(low, high, step)))}; tổng bằng {key}.",
        str,
    )


@SHELF.add(PYTHON, BIET)
def operators(r: Random) -> Draft:
    a, b = r.randint(11, 99), r.randint(3, 9)
    operator, key = r.choice((("//", a // b), ("%", a % b)))
    wrongs = [
        (a % b if operator == "//" else a // b, "nhầm hai phép toán // và %"),
        (a // b + 1, "làm tròn lên"),
        (a * b, "nhầm với phép nhân"),
        (a - b, "nhầm với phép trừ"),
        (a % b + 1, "tính sai số dư"),
    ]
    return numbers(
        r,
        f"Trong Python, giá trị của biểu thức {a} {operator} {b} là",
        key,
        wrongs,
        f"{a} chia {b} được thương {a // b}, dư {a % b}.",
        str,
    )


@SHELF.add(PYTHON, VAN_DUNG)
def while_loop(r: Random) -> Draft:
    start, factor, limit = r.randint(1, 6), r.choice((2, 3)), r.randint(40, 400)
    value, count = start, 0
    while value < limit:
        value *= factor
        count += 1
    return short(
        f"Trong Python, cho n = {start}, d = 0. Thực hiện vòng lặp: khi n < {limit} thì gán n = n * {factor} và d = d + 1. Kết thúc vòng lặp, giá trị của d là bao nhiêu?",
        count,
        f"n nhận lần lượt các giá trị nhân với {factor} cho đến {value}; vòng lặp thực hiện {count} lần.",
    )


@SHELF.add(PYTHON, HIEU)
def list_slice(r: Random) -> Draft:
    values = r.sample(range(1, 90), 6)
    low, high = sorted(r.sample(range(0, 6), 2))
    if high - low < 2:
        return None
    wrongs = [
        (str(values[low : high + 1]), "lấy cả phần tử ở chỉ số cuối"),
        (str(values[low - 1 : high] if low else values[: high - 1]), "đếm chỉ số từ 1"),
        (str(values[low + 1 : high]), "bỏ phần tử đầu"),
        (str(values[low : high - 1]), "bỏ sót phần tử cuối"),
    ]
    return choice(
        r,
        f"Trong Python, cho a = {values}. Giá trị của a[{low}:{high}] là",
        str(values[low:high]),
        wrongs,
        f"Lấy các phần tử có chỉ số từ {low} đến {high - 1}: {values[low:high]}.",
    )


@SHELF.add(PYTHON, VAN_DUNG)
def list_cluster(r: Random) -> Draft:
    values = r.sample(range(1, 60), 5)
    even = len([value for value in values if value % 2 == 0])
    statements = [
        either(r, "Giá trị của len(a) là @.", "5", "4", "Danh sách có 5 phần tử."),
        either(
            r,
            "Giá trị của a[0] + a[-1] là @.",
            str(values[0] + values[-1]),
            str(values[1] + values[-1]),
            f"Phần tử đầu là {values[0]}, phần tử cuối là {values[-1]}.",
        ),
        either(
            r,
            "Giá trị của sorted(a)[0] là @.",
            str(min(values)),
            str(max(values)),
            f"sorted(a) sắp xếp tăng dần nên phần tử đầu là {min(values)}.",
        ),
        either(r, "Số phần tử chẵn của a là @.", str(even), str(5 - even), f"Có {even} phần tử chia hết cho 2."),
    ]
    return cluster(f"Trong Python, cho danh sách a = {values}. Mỗi phát biểu sau đúng hay sai?", statements)


@SHELF.add(PYTHON, BIET)
def string_slice(r: Random) -> Draft:
    word = r.choice(
        ("HOCLIEU", "VIETNAM", "PYTHON", "TINHOC", "DULIEU", "THUATTOAN", "MAYTINH", "LAPTRINH", "INTERNET", "BANPHIM")
    )
    place = r.randint(1, len(word) - 2)
    wrongs = [
        (repr(letter), slip)
        for letter, slip in (
            (word[place - 1], "đếm chỉ số từ 1"),
            (word[place + 1], "đếm thừa một vị trí"),
            (word[-1], "lấy kí tự cuối"),
            (word[0], "lấy kí tự đầu"),
            (word[-2], "đếm từ cuối"),
        )
    ]
    return choice(
        r,
        f"Trong Python, cho s = '{word}'. Giá trị của s[{place}] là",
        repr(word[place]),
        wrongs,
        f"Chỉ số bắt đầu từ 0 nên s[{place}] là kí tự thứ {place + 1}: {word[place]}.",
    )


@SHELF.add(TECHNIQUE, VAN_DUNG)
def nested_loops(r: Random) -> Draft:
    n, m = r.randint(2, 30), r.randint(2, 30)
    return short(
        f"Trong Python, hai vòng lặp lồng nhau for i in range({n}): for j in range({m}): thực hiện lệnh d = d + 1. Với d ban đầu bằng 0, giá trị cuối cùng của d là bao nhiêu?",
        n * m,
        f"Lệnh được thực hiện {n}·{m} = {n * m} lần.",
    )


@SHELF.add(TECHNIQUE, HIEU)
def triangle_loops(r: Random) -> Draft:
    n = r.randint(4, 40)
    key = n * (n - 1) // 2
    wrongs = [
        (n * n, "cho rằng vòng trong luôn chạy n lần"),
        (n * (n + 1) // 2, "đếm thừa một lượt"),
        (n - 1, "chỉ đếm vòng ngoài"),
        (2 * n, "cộng hai vòng lặp"),
    ]
    return numbers(
        r,
        f"Xét hai vòng lặp lồng nhau for i in range({n}): for j in range(i): thực hiện một phép so sánh. Số phép so sánh là",
        key,
        wrongs,
        f"Tổng 0 + 1 + … + {n - 1} = {key}.",
        str,
    )


@SHELF.add(TECHNIQUE, BIET, 40)
def complexity(r: Random) -> Draft:
    rows = (
        ("một vòng lặp for i in range(n) chứa các lệnh gán đơn giản", "O(n)"),
        ("hai vòng lặp for lồng nhau, mỗi vòng chạy n lần", "O(n²)"),
        ("ba vòng lặp for lồng nhau, mỗi vòng chạy n lần", "O(n³)"),
        ("tìm kiếm nhị phân trên dãy đã sắp xếp gồm n phần tử", "O(log n)"),
        ("truy cập một phần tử của danh sách theo chỉ số", "O(1)"),
    )
    what, key = r.choice(rows)
    wrongs = [(other, f"độ phức tạp của trường hợp: {text}") for text, other in rows if other != key]
    r.shuffle(wrongs)
    return choice(
        r,
        f"Độ phức tạp thời gian của đoạn chương trình gồm {what} là",
        key,
        wrongs,
        f"Trường hợp này có độ phức tạp {key}.",
    )
