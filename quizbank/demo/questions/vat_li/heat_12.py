# ruff: noqa: E501
"""Vật lí 12: heat and gases."""

from fractions import Fraction
from random import Random

from quizbank.demo.questions.claims import theory
from quizbank.demo.questions.laws import Law, Quantity, law, steps, tenths
from quizbank.demo.questions.templates import (
    BIET,
    HIEU,
    VAN_DUNG,
    Draft,
    Shelf,
    cluster,
    either,
    numbers,
    short,
)
from quizbank.demo.questions.writing import plain, quantity

SHELF = Shelf()

STATES = "vat-li.l12.vat-li-nhiet.su-chuyen-the"
FIRST_LAW = "vat-li.l12.vat-li-nhiet.noi-nang-dinh-luat-1-cua-nhiet-dong-luc-hoc"
SCALES = "vat-li.l12.vat-li-nhiet.thang-nhiet-do-nhiet-ke"
HEAT = "vat-li.l12.vat-li-nhiet.nhiet-dung-rieng-nhiet-nong-chay-rieng-nhiet-hoa-hoi"
MOLECULES = "vat-li.l12.khi-li-tuong.mo-hinh-dong-hoc-phan-tu-chat-khi"
GAS = "vat-li.l12.khi-li-tuong.phuong-trinh-trang-thai"

law(
    SHELF,
    Law(
        "heating",
        HEAT,
        r"nhiệt lượng cần cung cấp cho vật khối lượng $m$, nhiệt dung riêng $c$ tăng nhiệt độ $\Delta t$",
        Quantity("Q", "nhiệt lượng", "kJ"),
        (
            (Quantity("m", "khối lượng của vật", "kg", tenths(2, 60, 2)), 1),
            (Quantity("c", "nhiệt dung riêng", "J/(kg·K)", (4200, 880, 460, 380, 2500, 130)), 1),
            (Quantity(r"\Delta t", "độ tăng nhiệt độ", "K", steps(5, 90, 5)), 1),
        ),
        {
            "Q": r"Một vật có khối lượng <m>, nhiệt dung riêng <c>. Nhiệt lượng cần cung cấp để nhiệt độ của vật tăng thêm <\Delta t> là",
            r"\Delta t": "Cung cấp nhiệt lượng <Q> cho vật khối lượng <m>, nhiệt dung riêng <c>. Nhiệt độ của vật tăng thêm",
        },
        scale=Fraction(1, 1000),
    ),
)


law(
    SHELF,
    Law(
        "melting",
        HEAT,
        r"nhiệt lượng làm nóng chảy hoàn toàn vật khối lượng $m$ ở nhiệt độ nóng chảy, nhiệt nóng chảy riêng $\lambda$",
        Quantity("Q", "nhiệt lượng", "kJ"),
        (
            (Quantity("m", "khối lượng của vật", "kg", tenths(1, 80)), 1),
            (Quantity(r"\lambda", "nhiệt nóng chảy riêng", "kJ/kg", (334, 25, 277, 105, 396, 59)), 1),
        ),
        {
            "Q": r"Một chất có nhiệt nóng chảy riêng <\lambda>. Nhiệt lượng cần để làm nóng chảy hoàn toàn <m> chất đó ở nhiệt độ nóng chảy là",
            "m": r"Một chất có nhiệt nóng chảy riêng <\lambda>. Với nhiệt lượng <Q>, khối lượng chất đó ở nhiệt độ nóng chảy được làm nóng chảy là",
        },
    ),
)


@SHELF.add(SCALES, BIET)
def kelvin(r: Random) -> Draft:
    celsius = r.randint(-150, 400)
    wrongs = [
        (celsius - 273, "trừ thay vì cộng 273"),
        (273 - celsius, "đảo dấu nhiệt độ"),
        (celsius + 373, "nhầm với mốc nước sôi"),
        (celsius + 237, "viết nhầm 273 thành 237"),
    ]
    stem = f"Nhiệt độ {celsius} °C ứng với bao nhiêu kelvin? (Làm tròn độ lệch hai thang là 273.)"
    return numbers(r, stem, celsius + 273, wrongs, f"$T = t + 273$ = {celsius + 273} K.", lambda x: quantity(x, "K"))


@SHELF.add(SCALES, VAN_DUNG)
def own_scale(r: Random) -> Draft:
    low, high, reading = r.choice((5, 10, 20, -10)), r.choice((85, 110, 130, 170)), r.randint(15, 80)
    key = Fraction(100 * (reading - low), high - low)
    stem = f"Một nhiệt kế hỏng chỉ {low}° khi nhúng vào nước đá đang tan và chỉ {high}° khi nhúng vào hơi nước đang sôi ở áp suất tiêu chuẩn. Khi nhiệt kế này chỉ {reading}°, nhiệt độ thực là bao nhiêu độ C?"
    return short(stem, key, f"$t = \\frac{{{reading} - ({low})}}{{{high} - ({low})}}\\cdot 100$ = {plain(key, 3)} °C.")


@SHELF.add(FIRST_LAW, HIEU)
def internal_energy(r: Random) -> Draft:
    heat, work = r.randint(10, 200), r.randint(5, 150)
    takes, done_on = r.random() < 0.5, r.random() < 0.5
    key = (heat if takes else -heat) + (work if done_on else -work)
    story = (
        "nhận nhiệt lượng" if takes else "truyền ra môi trường nhiệt lượng",
        "nhận công" if done_on else "thực hiện công",
    )
    wrongs = [
        (-key, "sai quy ước dấu của cả hai đại lượng"),
        ((heat if takes else -heat) - (work if done_on else -work), "sai quy ước dấu của công"),
        (-(heat if takes else -heat) + (work if done_on else -work), "sai quy ước dấu của nhiệt lượng"),
        (heat if takes else -heat, "bỏ qua công"),
    ]
    stem = f"Một khối khí {story[0]} {heat} J và {story[1]} {work} J. Độ biến thiên nội năng của khối khí là"
    return numbers(
        r,
        stem,
        key,
        wrongs,
        f"$\\Delta U = Q + A$ = {key} J (nhận: dương, truyền ra hoặc thực hiện: âm).",
        lambda x: quantity(x, "J"),
    )


@SHELF.add(FIRST_LAW, VAN_DUNG)
def gas_energy(r: Random) -> Draft:
    heat, work = r.randint(20, 300), r.randint(5, 200)
    stem = f"Người ta truyền cho khối khí trong xi lanh nhiệt lượng {heat} J, khí dãn nở đẩy pít-tông và thực hiện công {work} J. Nội năng của khối khí biến thiên bao nhiêu jun?"
    return short(stem, heat - work, f"$\\Delta U = Q + A = {heat} + (-{work})$ = {heat - work} J.")


@SHELF.add(GAS, HIEU)
def boyle(r: Random) -> Draft:
    pressure, volume, after = r.choice([Fraction(n, 2) for n in range(2, 13)]), r.randint(2, 24), r.randint(1, 30)
    key = pressure * volume / after
    if after == volume:
        return None
    wrongs = [
        (pressure * after / volume, "nhầm tỉ lệ nghịch với tỉ lệ thuận"),
        (pressure * volume, "quên chia cho thể tích sau"),
        (pressure, "cho rằng áp suất không đổi"),
        (abs(pressure + (volume - after)), "cộng độ thay đổi thể tích vào áp suất"),
    ]
    stem = f"Một lượng khí lí tưởng có thể tích {volume} lít ở áp suất {plain(pressure)} atm. Giữ nhiệt độ không đổi, thay đổi thể tích đến {after} lít thì áp suất của khí là"
    return numbers(
        r, stem, key, wrongs, f"$p_1V_1 = p_2V_2$ nên $p_2$ = {plain(key, 2)} atm.", lambda x: f"{plain(x, 2)} atm"
    )


@SHELF.add(GAS, VAN_DUNG)
def charles(r: Random) -> Draft:
    start, rise, volume = r.choice((27, 7, 47, 77, 127)), r.choice(range(20, 301, 10)), r.randint(2, 30)
    key = Fraction(volume * (start + rise + 273), start + 273)
    stem = f"Một lượng khí lí tưởng ở {start} °C có thể tích {volume} lít. Nung nóng đẳng áp đến {start + rise} °C thì thể tích của khí là bao nhiêu lít? (Lấy T = t + 273; làm tròn kết quả đến hàng phần mười.)"
    return short(
        stem,
        key,
        f"$V_2 = V_1\\frac{{T_2}}{{T_1}} = {volume}\\cdot\\frac{{{start + rise + 273}}}{{{start + 273}}} \\approx$ {plain(key, 1)} lít.",
        1,
    )


@SHELF.add(GAS, VAN_DUNG)
def gas_cluster(r: Random) -> Draft:
    pressure, volume, kelvin, twice = (
        r.randint(1, 6),
        r.randint(2, 20),
        r.choice((300, 280, 320, 350, 400)),
        r.choice((2, 3, 4)),
    )
    statements = [
        either(
            r,
            f"Nếu nén đẳng nhiệt để thể tích giảm {twice} lần thì áp suất khí là @ atm.",
            str(pressure * twice),
            plain(Fraction(pressure, twice), 2),
            "Đẳng nhiệt: $p$ tỉ lệ nghịch với $V$.",
        ),
        either(
            r,
            f"Nếu nung nóng đẳng tích đến {kelvin * 2} K thì áp suất khí là @ atm.",
            str(pressure * 2),
            plain(Fraction(pressure, 2)),
            "Đẳng tích: $p$ tỉ lệ thuận với $T$.",
        ),
        either(
            r,
            f"Nếu dãn đẳng áp đến thể tích {volume * 2} lít thì nhiệt độ khí là @ K.",
            str(kelvin * 2),
            plain(Fraction(kelvin, 2)),
            "Đẳng áp: $V$ tỉ lệ thuận với $T$.",
        ),
        either(
            r,
            "Trong quá trình đẳng nhiệt, động năng trung bình của phân tử khí @.",
            "không đổi",
            "tăng",
            "Động năng trung bình của phân tử chỉ phụ thuộc nhiệt độ.",
        ),
    ]
    return cluster(
        f"Một lượng khí lí tưởng ở áp suất {pressure} atm, thể tích {volume} lít và nhiệt độ {kelvin} K. Mỗi phát biểu sau đúng hay sai?",
        statements,
    )


theory(
    SHELF,
    "states",
    STATES,
    BIET,
    "cấu trúc của chất và sự chuyển thể",
    [
        (
            "Trong quá trình nóng chảy của chất rắn kết tinh, nhiệt độ không đổi.",
            "Trong quá trình nóng chảy của chất rắn kết tinh, nhiệt độ tăng dần.",
            "cho rằng nhận nhiệt thì nhiệt độ luôn tăng",
        ),
        (
            "Khoảng cách giữa các phân tử chất khí rất lớn so với kích thước phân tử.",
            "Khoảng cách giữa các phân tử chất rắn lớn hơn ở chất khí.",
            "so sánh ngược khoảng cách phân tử",
        ),
        (
            "Chất rắn vô định hình không có nhiệt độ nóng chảy xác định.",
            "Chất rắn kết tinh không có nhiệt độ nóng chảy xác định.",
            "nhầm hai loại chất rắn",
        ),
        (
            "Sự bay hơi xảy ra ở mọi nhiệt độ trên bề mặt chất lỏng.",
            "Sự bay hơi chỉ xảy ra ở nhiệt độ sôi.",
            "nhầm bay hơi với sôi",
        ),
        (
            "Các phân tử chuyển động càng nhanh thì nhiệt độ của vật càng cao.",
            "Các phân tử chuyển động càng nhanh thì nhiệt độ của vật càng thấp.",
            "hiểu ngược quan hệ với nhiệt độ",
        ),
        (
            "Lực liên kết giữa các phân tử chất rắn mạnh hơn ở chất lỏng.",
            "Lực liên kết giữa các phân tử chất khí mạnh hơn ở chất rắn.",
            "so sánh ngược lực liên kết",
        ),
    ],
)


theory(
    SHELF,
    "molecules",
    MOLECULES,
    BIET,
    "mô hình động học phân tử chất khí",
    [
        (
            "Các phân tử khí chuyển động hỗn loạn, không ngừng.",
            "Các phân tử khí chuyển động theo quỹ đạo tròn cố định.",
            "hiểu sai chuyển động nhiệt",
        ),
        (
            "Phân tử khí va chạm với thành bình gây ra áp suất.",
            "Áp suất khí gây ra bởi trọng lượng của thành bình.",
            "hiểu sai nguyên nhân áp suất",
        ),
        (
            "Ở khí lí tưởng, bỏ qua tương tác giữa các phân tử khi không va chạm.",
            "Ở khí lí tưởng, lực tương tác giữa các phân tử luôn rất lớn.",
            "hiểu sai mô hình khí lí tưởng",
        ),
        (
            "Chuyển động Brown chứng tỏ các phân tử chuyển động hỗn loạn.",
            "Chuyển động Brown chứng tỏ các phân tử đứng yên.",
            "hiểu sai ý nghĩa thí nghiệm",
        ),
        (
            "Nhiệt độ càng cao, các phân tử khí chuyển động càng nhanh.",
            "Nhiệt độ càng cao, các phân tử khí chuyển động càng chậm.",
            "hiểu ngược quan hệ với nhiệt độ",
        ),
    ],
)
