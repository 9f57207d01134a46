# ruff: noqa: E501, E731
"""Địa lí 10-12: what can be computed from data given in the question."""

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any

from quizbank.demo.questions.laws import Law, Quantity, law, steps
from quizbank.demo.questions.templates import BIET, HIEU, VAN_DUNG, Draft, Shelf, cluster, either, numbers, short
from quizbank.demo.questions.writing import plain, quantity

SHELF = Shelf()

MAPS = "dia-li.l10.dai-cuong.su-dung-ban-do"
EARTH = "dia-li.l10.dai-cuong.trai-dat"
AIR = "dia-li.l10.dai-cuong.khi-quyen"
PEOPLE = "dia-li.l10.dai-cuong.dia-li-dan-cu"
INDICATORS = "dia-li.l10.dai-cuong.cac-nguon-luc-mot-so-tieu-chi-danh-gia-su-phat-trien"
FARMING = "dia-li.l10.dai-cuong.nong-nghiep-lam-nghiep-thuy-san"
TRADE = "dia-li.l10.dai-cuong.dich-vu"
VIETNAM_PEOPLE = "dia-li.l12.dia-li-viet-nam.dan-so-lao-dong-va-viec-lam-do-thi-hoa"
STRUCTURE = "dia-li.l12.dia-li-viet-nam.chuyen-dich-co-cau-kinh-te"
SKILLS = "dia-li.l12.thuc-hanh.doc-ban-do-atlat-nhan-xet-bang-so-lieu-bieu-do-tinh-toan"

GIVEN = "Số liệu giả định:"


@SHELF.add(MAPS, HIEU)
def map_scale(r: Random) -> Draft:
    scale, length = (
        r.choice((10000, 25000, 50000, 100000, 200000, 500000, 1000000)),
        r.choice([Fraction(n, 2) for n in range(3, 41)]),
    )
    key = length * scale / 100000
    wrongs = [
        (key * 10, "đổi sai đơn vị, lớn gấp 10 lần"),
        (key / 10, "đổi sai đơn vị, nhỏ đi 10 lần"),
        (Fraction(scale) / (length * 100000), "chia thay vì nhân"),
        (key * 100, "quên đổi sang ki-lô-mét"),
    ]
    return numbers(
        r,
        f"Trên bản đồ tỉ lệ 1 : {plain(scale)}, khoảng cách giữa hai điểm là {plain(length)} cm. Khoảng cách thực tế theo đường thẳng là",
        key,
        wrongs,
        f"{plain(length)}·{plain(scale)} = {plain(length * scale)} cm = {plain(key)} km.",
        lambda x: quantity(x, "km"),
    )


@SHELF.add(MAPS, VAN_DUNG)
def find_scale(r: Random) -> Draft:
    scale, kilometres = r.choice((20000, 25000, 50000, 100000, 200000, 250000, 500000)), r.randint(2, 150)
    key = Fraction(kilometres * 100000, scale)
    return short(
        f"Hai địa điểm cách nhau {kilometres} km theo đường thẳng. Trên bản đồ tỉ lệ 1 : {plain(scale)}, khoảng cách giữa hai địa điểm đó là bao nhiêu xăng-ti-mét?",
        key,
        f"{kilometres} km = {plain(kilometres * 100000)} cm; chia cho {plain(scale)} được {plain(key)} cm.",
    )


@SHELF.add(EARTH, VAN_DUNG)
def time_zone(r: Random) -> Draft:
    cities = (
        ("Hà Nội", 7),
        ("Tokyo", 9),
        ("Bắc Kinh", 8),
        ("New Delhi (lấy múi giờ số 5)", 5),
        ("Cairo", 2),
        ("London", 0),
        ("Moskva", 3),
        ("Sydney", 10),
        ("Băng Cốc", 7),
        ("Dubai", 4),
    )
    (here, a), (there, b) = r.sample(cities, 2)
    hour = r.randint(0, 23)
    key = (hour + b - a) % 24
    if a == b:
        return None
    return short(
        f"Theo giờ múi (không tính giờ mùa hè), {here} thuộc múi giờ số {a}, {there} thuộc múi giờ số {b}. Khi ở {here} là {hour} giờ thì ở {there} là mấy giờ? (Ghi số giờ từ 0 đến 23.)",
        key,
        f"Chênh lệch {b - a} giờ: {hour} + ({b - a}) ứng với {key} giờ.",
    )


@SHELF.add(EARTH, HIEU)
def longitude_time(r: Random) -> Draft:
    degrees = r.choice(range(15, 181, 15))
    side = r.choice(("Đông", "Tây"))
    key = degrees // 15
    wrongs = [
        (degrees // 10 + 1, "chia cho 10"),
        (24 - key, "lấy phần còn lại của 24 giờ"),
        (key + 1, "tính thừa một múi giờ"),
        (key * 4, "nhầm giờ với phút"),
        (abs(key - 1), "tính thiếu một múi giờ"),
    ]
    return numbers(
        r,
        f"Kinh tuyến {degrees}° {side} là kinh tuyến giữa của múi giờ chênh lệch bao nhiêu giờ so với giờ GMT?",
        key,
        wrongs,
        f"Mỗi múi giờ rộng 15°: {degrees} : 15 = {key} giờ.",
        lambda x: f"{x} giờ",
    )


@SHELF.add(AIR, VAN_DUNG)
def lapse_rate(r: Random) -> Draft:
    base, height = r.choice([Fraction(n, 2) for n in range(40, 71)]), r.choice(range(200, 3201, 100))
    key = base - Fraction(6 * height, 1000)
    return short(
        f"Ở chân núi (độ cao 0 m) nhiệt độ không khí là {plain(base)} °C. Biết trong tầng đối lưu cứ lên cao 100 m nhiệt độ giảm 0,6 °C, nhiệt độ ở độ cao {plain(height)} m là bao nhiêu độ C?",
        key,
        f"Giảm 0,6·{height // 100} = {plain(Fraction(6 * height, 1000))} °C, còn {plain(key)} °C.",
    )


@SHELF.add(AIR, BIET)
def temperature_range(r: Random) -> Draft:
    low, high = (
        r.choice([Fraction(n, 10) for n in range(-50, 250)]),
        r.choice([Fraction(n, 10) for n in range(255, 360)]),
    )
    key = high - low
    wrongs = [
        ((high + low) / 2, "lấy trung bình cộng"),
        (high + low, "cộng thay vì trừ"),
        (high, "lấy nhiệt độ cao nhất"),
        (key / 2, "chia đôi biên độ"),
    ]
    return numbers(
        r,
        f"Tại một trạm khí tượng, tháng nóng nhất có nhiệt độ trung bình {plain(high)} °C, tháng lạnh nhất {plain(low)} °C. Biên độ nhiệt trung bình năm của trạm là",
        key,
        wrongs,
        f"{plain(high)} - ({plain(low)}) = {plain(key)} °C.",
        lambda x: quantity(x, "°C"),
    )


law(
    SHELF,
    Law(
        "density", PEOPLE, "mật độ dân số của lãnh thổ có số dân $N$ và diện tích $S$",
        Quantity("D", "mật độ dân số", "người/km²"),
        ((Quantity("N", "số dân", "nghìn người", steps(120, 9600, 60)), 1), (Quantity("S", "diện tích", "km²", tuple(range(400, 20001, 400))), -1)),
        {
            "D": "Một lãnh thổ có số dân <N> và diện tích <S>. Mật độ dân số của lãnh thổ đó là",
            "N": "Một lãnh thổ có diện tích <S> và mật độ dân số <D>. Số dân của lãnh thổ đó là",
        },
        scale=Fraction(1000),
    ),
)  # fmt: skip


@SHELF.add(PEOPLE, VAN_DUNG)
def natural_increase(r: Random) -> Draft:
    births, deaths = (
        r.choice([Fraction(n, 10) for n in range(90, 320)]),
        r.choice([Fraction(n, 10) for n in range(40, 120)]),
    )
    key = (births - deaths) / 10
    wrongs = [
        (births - deaths, "quên đổi từ phần nghìn sang phần trăm"),
        ((births + deaths) / 10, "cộng thay vì trừ"),
        (-key, "lấy tử trừ sinh"),
        (key / 10, "đổi sai đơn vị"),
    ]
    return numbers(
        r,
        f"Một nước có tỉ suất sinh thô {plain(births)}‰ và tỉ suất tử thô {plain(deaths)}‰. Tỉ suất tăng dân số tự nhiên của nước đó là",
        key,
        wrongs,
        f"({plain(births)} - {plain(deaths)}) : 10 = {plain(key)}%.",
        lambda x: f"{plain(x)}%",
    )


@SHELF.add(INDICATORS, VAN_DUNG)
def income_per_head(r: Random) -> Draft:
    people, income = r.choice(range(5, 121, 5)), r.choice(range(500, 20001, 250))
    key = Fraction(people * income, 1000)
    return short(
        f"{GIVEN} một nước có {people} triệu dân, GDP bình quân đầu người là {plain(income)} USD. GDP của nước đó là bao nhiêu tỉ USD? (Làm tròn kết quả đến hàng phần mười.)",
        key,
        f"{people}·{plain(income)} triệu USD = {plain(key)} tỉ USD.",
        1,
    )


@SHELF.add(INDICATORS, HIEU)
def sector_share(r: Random) -> Draft:
    farm, industry, service = r.randint(5, 60), r.randint(20, 160), r.randint(20, 180)
    whole = farm + industry + service
    statements = [
        either(
            r,
            "Tỉ trọng khu vực công nghiệp và xây dựng là @%.",
            plain(Fraction(100 * industry, whole), 1),
            plain(Fraction(100 * farm, whole), 1),
            f"{industry} : {whole} ≈ {plain(Fraction(100 * industry, whole), 1)}%.",
        ),
        either(
            r,
            "Tổng GDP của ba khu vực là @ tỉ USD.",
            str(whole),
            str(whole + farm),
            f"{farm} + {industry} + {service} = {whole} tỉ USD.",
        ),
        either(
            r,
            "Khu vực dịch vụ có giá trị @ khu vực công nghiệp và xây dựng.",
            "lớn hơn" if service > industry else "không lớn hơn",
            "không lớn hơn" if service > industry else "lớn hơn",
            f"So sánh {service} với {industry} tỉ USD.",
        ),
        either(
            r,
            "Biểu đồ thích hợp nhất thể hiện cơ cấu GDP trong một năm là biểu đồ @.",
            "tròn",
            "đường",
            "Biểu đồ tròn thể hiện cơ cấu tại một thời điểm.",
        ),
    ]
    return cluster(
        f"{GIVEN} GDP một nước gồm nông, lâm, thuỷ sản {farm} tỉ USD; công nghiệp và xây dựng {industry} tỉ USD; dịch vụ {service} tỉ USD (bỏ qua thuế). Mỗi phát biểu sau đúng hay sai?",
        statements,
    )


@SHELF.add(FARMING, VAN_DUNG)
def crop_yield(r: Random) -> Draft:
    area, crop = r.choice(range(10, 901, 10)), r.choice([Fraction(n, 10) for n in range(42, 75)])
    key = area * crop
    return short(
        f"{GIVEN} một tỉnh gieo trồng {area} nghìn ha lúa với năng suất {plain(crop * 10)} tạ/ha. Sản lượng lúa của tỉnh là bao nhiêu nghìn tấn? (Làm tròn kết quả đến hàng đơn vị.)",
        key,
        f"{plain(crop * 10)} tạ/ha = {plain(crop)} tấn/ha; {area}·{plain(crop)} = {plain(key)} nghìn tấn.",
        0,
    )


@SHELF.add(TRADE, HIEU)
def trade_balance(r: Random) -> Draft:
    exports, imports = (
        r.choice([Fraction(n, 10) for n in range(200, 3600, 7)]),
        r.choice([Fraction(n, 10) for n in range(200, 3600, 11)]),
    )
    if exports == imports:
        return None
    key = exports - imports
    show: Callable[..., Any] = lambda x: f"{'xuất siêu' if x > 0 else 'nhập siêu'} {plain(abs(x))} tỉ USD"
    wrongs = [
        (-key, "nhầm xuất siêu với nhập siêu"),
        (exports + imports, "lấy tổng kim ngạch"),
        (-(exports + imports), "lấy tổng kim ngạch và nhầm chiều"),
        (key / 2, "chia đôi"),
    ]
    return numbers(
        r,
        f"{GIVEN} một nước có giá trị xuất khẩu {plain(exports)} tỉ USD và giá trị nhập khẩu {plain(imports)} tỉ USD. Cán cân thương mại của nước đó là",
        key,
        wrongs,
        f"{plain(exports)} - {plain(imports)} = {plain(key)} tỉ USD.",
        show,
    )


@SHELF.add(TRADE, VAN_DUNG)
def freight_distance(r: Random) -> Draft:
    tonnes, turnover = r.choice([Fraction(n, 2) for n in range(10, 200)]), r.randint(1, 40)
    distance = Fraction(turnover * 1000) / tonnes
    return short(
        f"{GIVEN} một ngành vận tải có khối lượng vận chuyển {plain(tonnes)} triệu tấn và khối lượng luân chuyển {turnover} tỉ tấn.km. Cự li vận chuyển trung bình là bao nhiêu ki-lô-mét? (Làm tròn kết quả đến hàng đơn vị.)",
        distance,
        f"{plain(turnover * 1000)} : {plain(tonnes)} ≈ {plain(distance, 0)} km.",
        0,
    )


@SHELF.add(VIETNAM_PEOPLE, VAN_DUNG)
def urban_share(r: Random) -> Draft:
    people, urban = (
        r.choice([Fraction(n, 10) for n in range(10, 1000, 9)]),
        r.choice([Fraction(n, 100) for n in range(15, 85)]),
    )
    part = people * urban
    return short(
        f"{GIVEN} một địa phương có tổng số dân {plain(people * 1000)} nghìn người, trong đó dân thành thị là {plain(part * 1000)} nghìn người. Tỉ lệ dân thành thị của địa phương là bao nhiêu phần trăm?",
        urban * 100,
        f"{plain(part * 1000)} : {plain(people * 1000)} = {plain(urban * 100)}%.",
    )


@SHELF.add(STRUCTURE, HIEU)
def share_change(r: Random) -> Draft:
    before, after = (
        r.choice([Fraction(n, 10) for n in range(100, 420)]),
        r.choice([Fraction(n, 10) for n in range(80, 420)]),
    )
    if before == after:
        return None
    key = after - before
    show: Callable[..., Any] = lambda x: f"{'tăng' if x > 0 else 'giảm'} {plain(abs(x))} điểm phần trăm"
    wrongs = [
        (-key, "nhầm chiều thay đổi"),
        (key * 100 / before, "tính tốc độ thay đổi thay vì chênh lệch tỉ trọng"),
        (after + before, "cộng hai tỉ trọng"),
        (key * 10, "tính sai dấu phẩy"),
    ]
    return numbers(
        r,
        f"{GIVEN} tỉ trọng một khu vực kinh tế trong GDP thay đổi từ {plain(before)}% xuống hoặc lên {plain(after)}%. Tỉ trọng của khu vực đó đã".replace(
            "xuống hoặc lên", "xuống" if after < before else "lên"
        ),
        key,
        wrongs,
        f"{plain(after)} - {plain(before)} = {plain(key)} điểm phần trăm.",
        lambda x: show(Fraction(x)),
    )


@SHELF.add(STRUCTURE, VAN_DUNG)
def growth_rate(r: Random) -> Draft:
    first, percent = r.choice(range(20, 401, 4)), r.choice([Fraction(n, 2) for n in range(5, 101)])
    second = first * (100 + percent) / 100
    return short(
        f"{GIVEN} giá trị sản xuất của một ngành tăng từ {first} nghìn tỉ đồng lên {plain(second)} nghìn tỉ đồng. Giá trị sản xuất đã tăng bao nhiêu phần trăm?",
        percent,
        f"({plain(second)} - {first}) : {first}·100 = {plain(percent)}%.",
    )


@SHELF.add(SKILLS, HIEU)
def which_chart(r: Random) -> Draft:
    rows = (
        ("cơ cấu của một đối tượng trong một năm", "tròn"),
        ("tốc độ tăng trưởng của nhiều đối tượng qua nhiều năm", "đường"),
        ("sự chuyển dịch cơ cấu qua bốn năm trở lên", "miền"),
        ("so sánh giá trị tuyệt đối của các đối tượng trong một năm", "cột"),
    )
    picked = [(what, kind) for what, kind in r.sample(rows, 4)]
    kinds = [kind for _, kind in rows]
    statements = []
    for what, kind in picked:
        shown = kind if r.random() < 0.5 else r.choice([other for other in kinds if other != kind])
        statements.append(
            (
                f"Để thể hiện {what}, biểu đồ thích hợp nhất là biểu đồ {shown}.",
                shown == kind,
                f"Thích hợp nhất là biểu đồ {kind}.",
            )
        )
    return cluster("Về việc chọn dạng biểu đồ, mỗi phát biểu sau đúng hay sai?", statements)


@SHELF.add(SKILLS, VAN_DUNG)
def index_growth(r: Random) -> Draft:
    base, later = r.choice(range(20, 501, 5)), r.choice(range(20, 901, 5))
    key = Fraction(100 * later, base)
    return short(
        f"{GIVEN} sản lượng một mặt hàng là {base} nghìn tấn năm gốc và {later} nghìn tấn năm sau. Lấy năm gốc bằng 100%, tốc độ tăng trưởng (chỉ số) năm sau là bao nhiêu phần trăm? (Làm tròn kết quả đến hàng đơn vị.)",
        key,
        f"{later} : {base}·100 ≈ {plain(key, 0)}%.",
        0,
    )


@SHELF.add(SKILLS, BIET)
def monthly_mean(r: Random) -> Draft:
    values = [r.choice([Fraction(n, 10) for n in range(160, 300)]) for _ in range(4)]
    key = sum(values, Fraction(0)) / 4
    wrongs = [
        ((max(values) + min(values)) / 2, "lấy trung bình của hai giá trị cực đoan"),
        (max(values) - min(values), "nhầm với biên độ"),
        (sum(values, Fraction(0)) / 3, "chia sai số tháng"),
        (sum(values, Fraction(0)), "quên chia"),
    ]
    return numbers(
        r,
        f"Nhiệt độ trung bình bốn tháng tại một trạm lần lượt là {'; '.join(plain(value) for value in values)} (°C). Nhiệt độ trung bình của bốn tháng là",
        key,
        wrongs,
        f"Cộng lại rồi chia cho 4: ≈ {plain(key, 1)} °C.",
        lambda x: f"{plain(x, 1)} °C",
    )
