# ruff: noqa: E501
"""Giáo dục kinh tế và pháp luật 10-12: money that can be computed."""

from fractions import Fraction
from random import Random

from quizbank.demo.questions.templates import BIET, HIEU, VAN_DUNG, Draft, Shelf, cluster, either, numbers, short
from quizbank.demo.questions.writing import Number, plain, quantity

SHELF = Shelf()

TAX = "gd-kinh-te-phap-luat.l10.kinh-te.ngan-sach-nha-nuoc-va-thue"
CREDIT = "gd-kinh-te-phap-luat.l10.kinh-te.tin-dung-va-cach-su-dung-cac-dich-vu-tin-dung"
PLAN = "gd-kinh-te-phap-luat.l10.kinh-te.lap-ke-hoach-tai-chinh-ca-nhan"
INFLATION = "gd-kinh-te-phap-luat.l11.kinh-te.lam-phat-that-nghiep"
MARKET = "gd-kinh-te-phap-luat.l11.kinh-te.canh-tranh-cung-cau-trong-kinh-te-thi-truong"
GROWTH = "gd-kinh-te-phap-luat.l12.kinh-te.tang-truong-va-phat-trien-kinh-te"
BUSINESS = "gd-kinh-te-phap-luat.l12.kinh-te.lap-ke-hoach-kinh-doanh"
FAMILY = "gd-kinh-te-phap-luat.l12.kinh-te.quan-li-thu-chi-trong-gia-dinh"


@SHELF.add(CREDIT, HIEU)
def simple_interest(r: Random) -> Draft:
    money, rate, months = (
        r.choice(range(10, 501, 10)),
        r.choice([Fraction(n, 2) for n in range(6, 25)]),
        r.choice((3, 4, 6, 8, 9, 12)),
    )
    key = money * rate * months / 1200
    wrongs = [
        (money * rate / 100, "tính lãi cho cả năm") if months != 12 else (money * rate / 200, "tính lãi cho nửa năm"),
        (money * rate * months / 100, "coi lãi suất năm là lãi suất tháng"),
        (money + key, "cộng cả vốn gốc"),
        (key * 2, "tính lãi hai lần"),
        (money * rate / 1200, "tính lãi cho một tháng"),
    ]
    return numbers(
        r,
        f"Vay {money} triệu đồng với lãi suất {plain(rate)}%/năm theo phương thức lãi đơn. Tiền lãi phải trả sau {months} tháng là",
        key,
        wrongs,
        f"{money}·{plain(rate)}%·{months}/12 = {plain(key, 3)} triệu đồng.",
        lambda x: f"{plain(x, 3)} triệu đồng",
    )


@SHELF.add(CREDIT, VAN_DUNG)
def total_payment(r: Random) -> Draft:
    money, rate, years = r.choice(range(10, 401, 10)), r.choice([Fraction(n, 2) for n in range(8, 25)]), r.randint(1, 5)
    key = money + money * rate * years / 100
    return short(
        f"Anh Minh vay ngân hàng {money} triệu đồng với lãi suất {plain(rate)}%/năm theo phương thức lãi đơn, trả cả gốc và lãi một lần sau {years} năm. Tổng số tiền anh Minh phải trả là bao nhiêu triệu đồng?",
        key,
        f"{money} + {money}·{plain(rate)}%·{years} = {plain(key)} triệu đồng.",
    )


@SHELF.add(TAX, VAN_DUNG)
def value_added_tax(r: Random) -> Draft:
    price, rate = r.choice(range(100, 5001, 50)), r.choice((5, 8, 10))
    key = Fraction(price * (100 + rate), 100)
    wrongs = [
        (Fraction(price * rate, 100), "chỉ tính tiền thuế"),
        (Fraction(price * (100 - rate), 100), "trừ thuế thay vì cộng"),
        (Fraction(price + rate), "cộng trực tiếp số phần trăm"),
        (Fraction(price * 100, 100 - rate), "tính thuế trên giá sau thuế"),
    ]
    return numbers(
        r,
        f"Một mặt hàng có giá chưa thuế {plain(price)} nghìn đồng, thuế suất thuế giá trị gia tăng {rate}%. Giá người mua phải thanh toán là",
        key,
        wrongs,
        f"{plain(price)}·(100% + {rate}%) = {plain(key)} nghìn đồng.",
        lambda x: f"{plain(x, 1)} nghìn đồng",
    )


@SHELF.add(PLAN, VAN_DUNG)
def saving_goal(r: Random) -> Draft:
    income, share, goal = r.choice(range(2, 21)), r.choice((5, 10, 15, 20, 25, 30)), r.choice(range(6, 61, 2))
    saved = Fraction(income * share, 100)
    months = -(-goal // saved)
    return short(
        f"Mỗi tháng chị Lan có thu nhập {income} triệu đồng và để dành {share}% thu nhập. Chị cần ít nhất bao nhiêu tháng để tiết kiệm đủ {goal} triệu đồng (không tính lãi)?",
        months,
        f"Mỗi tháng để dành {plain(saved)} triệu đồng; {goal} : {plain(saved)} làm tròn lên được {plain(months)} tháng.",
    )


@SHELF.add(INFLATION, HIEU)
def inflation_rate(r: Random) -> Draft:
    before, percent = (
        r.choice((100, 105, 110, 120, 125, 130, 140, 150)),
        r.choice([Fraction(n, 2) for n in range(3, 60)]),
    )
    after = before * (100 + percent) / 100
    wrongs = [
        (after - before, "lấy hiệu hai chỉ số") if before != 100 else (after, "lấy chỉ số giá làm tỉ lệ lạm phát"),
        (100 * (after - before) / after, "chia cho chỉ số năm sau"),
        (percent / 2, "chia đôi"),
        (percent * 2, "nhân đôi"),
        (100 - percent, "lấy phần còn lại"),
    ]
    return numbers(
        r,
        f"Chỉ số giá tiêu dùng (CPI) năm trước là {before}, năm nay là {plain(after)}. Tỉ lệ lạm phát năm nay tính theo CPI là",
        percent,
        wrongs,
        f"({plain(after)} - {before}) : {before}·100% = {plain(percent)}%.",
        lambda x: f"{plain(x, 2)}%",
    )


@SHELF.add(INFLATION, VAN_DUNG)
def unemployment_rate(r: Random) -> Draft:
    force, percent = r.choice(range(200, 6001, 100)), r.choice([Fraction(n, 10) for n in range(12, 100)])
    jobless = force * percent / 100
    return short(
        f"Một địa phương có lực lượng lao động {plain(force)} nghìn người, trong đó {plain(jobless)} nghìn người thất nghiệp. Tỉ lệ thất nghiệp của địa phương là bao nhiêu phần trăm?",
        percent,
        f"{plain(jobless)} : {plain(force)}·100% = {plain(percent)}%.",
    )


@SHELF.add(MARKET, VAN_DUNG)
def market_cluster(r: Random) -> Draft:
    goods, supply, demand = (
        r.choice(
            (
                "gạo",
                "rau sạch",
                "trứng gà",
                "thịt lợn",
                "cam",
                "vải thiều",
                "khẩu trang",
                "áo mưa",
                "cà phê",
                "thanh long",
            )
        ),
        r.choice(range(20, 201, 5)),
        r.choice(range(20, 201, 5)),
    )
    if supply == demand:
        return None
    short_ = supply < demand
    statements = [
        either(
            r,
            "Trên thị trường này, cung @ cầu.",
            "nhỏ hơn" if short_ else "lớn hơn",
            "lớn hơn" if short_ else "nhỏ hơn",
            f"Cung {supply} tấn, cầu {demand} tấn.",
        ),
        either(
            r,
            "Nếu các yếu tố khác không đổi, giá có xu hướng @.",
            "tăng" if short_ else "giảm",
            "giảm" if short_ else "tăng",
            "Cung nhỏ hơn cầu thì giá tăng, cung lớn hơn cầu thì giá giảm.",
        ),
        either(
            r,
            "Chênh lệch giữa cung và cầu là @ tấn.",
            str(abs(supply - demand)),
            str(supply + demand),
            f"|{supply} - {demand}| = {abs(supply - demand)}.",
        ),
        either(
            r,
            "Tình hình này có lợi hơn cho người @ hàng về giá.",
            "bán" if short_ else "mua",
            "mua" if short_ else "bán",
            "Khi giá tăng người bán có lợi, khi giá giảm người mua có lợi.",
        ),
    ]
    return cluster(
        f"Tại một chợ đầu mối, trong một ngày lượng {goods} người bán muốn bán là {supply} tấn, lượng người mua muốn mua là {demand} tấn (ở mức giá hiện tại). Mỗi phát biểu sau đúng hay sai?",
        statements,
    )


@SHELF.add(GROWTH, VAN_DUNG)
def gdp_growth(r: Random) -> Draft:
    first, percent = r.choice(range(100, 601, 10)), r.choice([Fraction(n, 10) for n in range(15, 95)])
    second = first * (100 + percent) / 100
    return short(
        f"GDP của một nước năm trước là {first} tỉ USD, năm nay là {plain(second)} tỉ USD (theo giá so sánh). Tốc độ tăng trưởng kinh tế năm nay là bao nhiêu phần trăm?",
        percent,
        f"({plain(second)} - {first}) : {first}·100% = {plain(percent)}%.",
    )


@SHELF.add(GROWTH, HIEU)
def gdp_per_head(r: Random) -> Draft:
    people, each = r.choice(range(4, 131, 2)), r.choice(range(800, 30001, 200))
    whole = Fraction(people * each, 1000)
    wrongs = [
        (Fraction(each * 10), "đổi sai đơn vị"),
        (Fraction(each, 10), "đổi sai đơn vị"),
        (Fraction(each * 2), "tính sai phép chia"),
        (Fraction(people * 1000000) / whole / 100, "đảo phép chia"),
    ]
    return numbers(
        r,
        f"GDP của một nước là {plain(whole)} tỉ USD, dân số {people} triệu người. GDP bình quân đầu người là",
        each,
        wrongs,
        f"{plain(whole)} tỉ : {people} triệu = {plain(each)} USD.",
        lambda x: f"{plain(x, 0)} USD",
    )


@SHELF.add(BUSINESS, VAN_DUNG)
def break_even(r: Random) -> Draft:
    price, cost, units = r.choice(range(20, 201, 5)), r.choice(range(5, 150, 5)), r.choice(range(20, 2001, 20))
    if price <= cost:
        return None
    fixed = (price - cost) * units
    return short(
        f"Một cơ sở có chi phí cố định {plain(fixed)} nghìn đồng mỗi tháng, chi phí biến đổi {cost} nghìn đồng một sản phẩm và giá bán {price} nghìn đồng một sản phẩm. Mỗi tháng cơ sở phải bán bao nhiêu sản phẩm để hoà vốn?",
        units,
        f"{plain(fixed)} : ({price} - {cost}) = {units} sản phẩm.",
    )


@SHELF.add(BUSINESS, HIEU)
def profit(r: Random) -> Draft:
    revenue, cost = r.choice(range(50, 901, 10)), r.choice(range(30, 800, 10))
    if revenue <= cost:
        return None
    key = revenue - cost
    wrongs: list[tuple[Number, str]] = [
        (revenue + cost, "cộng chi phí vào doanh thu"),
        (revenue, "lấy doanh thu làm lợi nhuận"),
        (cost, "lấy chi phí làm lợi nhuận"),
        (Fraction(key, 2), "chia đôi"),
        (key + 10, "tính nhầm"),
    ]
    return numbers(
        r,
        f"Một hộ kinh doanh có doanh thu {revenue} triệu đồng và tổng chi phí {cost} triệu đồng trong một quý. Lợi nhuận của hộ kinh doanh là",
        key,
        wrongs,
        f"{revenue} - {cost} = {key} triệu đồng.",
        lambda x: quantity(x, "triệu đồng"),
    )


@SHELF.add(BUSINESS, BIET)
def profit_margin(r: Random) -> Draft:
    revenue, percent = r.choice(range(100, 2001, 50)), r.choice((5, 8, 10, 12, 15, 20, 25, 30))
    gain = Fraction(revenue * percent, 100)
    wrongs = [
        (Fraction(100 - percent), "tính tỉ lệ chi phí"),
        (100 * gain / (revenue - gain), "chia cho chi phí"),
        (Fraction(percent, 10), "đổi sai phần trăm"),
        (Fraction(percent * 2), "nhân đôi"),
    ]
    return numbers(
        r,
        f"Doanh nghiệp có doanh thu {plain(revenue)} triệu đồng, lợi nhuận {plain(gain)} triệu đồng. Tỉ suất lợi nhuận trên doanh thu là",
        percent,
        wrongs,
        f"{plain(gain)} : {plain(revenue)}·100% = {percent}%.",
        lambda x: f"{plain(x, 1)}%",
    )


@SHELF.add(FAMILY, VAN_DUNG)
def family_budget(r: Random) -> Draft:
    income, need, want = r.choice(range(12, 61)), r.choice((45, 50, 55, 60)), r.choice((20, 25, 30))
    key = Fraction(income * (100 - need - want), 100)
    return short(
        f"Một gia đình có thu nhập {income} triệu đồng mỗi tháng, dành {need}% cho chi tiêu thiết yếu, {want}% cho chi tiêu linh hoạt, phần còn lại để tiết kiệm. Mỗi tháng gia đình tiết kiệm được bao nhiêu triệu đồng?",
        key,
        f"{income}·{100 - need - want}% = {plain(key)} triệu đồng.",
    )


@SHELF.add(FAMILY, HIEU)
def family_cluster(r: Random) -> Draft:
    income, food, school, other = r.randint(15, 45), r.randint(4, 12), r.randint(2, 8), r.randint(2, 9)
    left = income - food - school - other
    statements = [
        either(
            r,
            "Tổng chi mỗi tháng của gia đình là @ triệu đồng.",
            str(food + school + other),
            str(food + school),
            f"{food} + {school} + {other} = {food + school + other}.",
        ),
        either(
            r,
            "Khoản còn lại sau chi tiêu là @ triệu đồng.",
            str(left),
            str(left + school),
            f"{income} - {food + school + other} = {left}.",
        ),
        either(
            r,
            "Gia đình đang có tình trạng thu @ chi.",
            "lớn hơn" if left > 0 else "không lớn hơn",
            "không lớn hơn" if left > 0 else "lớn hơn",
            f"Thu {income}, chi {food + school + other} triệu đồng.",
        ),
        either(
            r,
            "Chi cho học tập chiếm khoảng @% thu nhập.",
            plain(Fraction(100 * school, income), 1),
            plain(Fraction(100 * food, income), 1),
            f"{school} : {income} ≈ {plain(Fraction(100 * school, income), 1)}%.",
        ),
    ]
    return cluster(
        f"Một gia đình có thu nhập {income} triệu đồng mỗi tháng; chi cho ăn uống {food} triệu đồng, học tập {school} triệu đồng, các khoản khác {other} triệu đồng. Mỗi phát biểu sau đúng hay sai?",
        statements,
    )
