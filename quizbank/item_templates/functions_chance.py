"""Functions that draw from chance, one to one those of ``random.Random``."""

from random import Random

from quizbank.item_templates.errors import Refusal
from quizbank.item_templates.functions import Cost, library
from quizbank.item_templates.operations import MAX_TEXT, TOO_LONG, Value

GROUP = "Rút ngẫu nhiên"


@library("integer(a, b)", "một số nguyên từ a đến b", GROUP, draws=True, cost=Cost.FIXED)
def integer(random: Random, low: int, high: int) -> int:
    if type(low) is not int or type(high) is not int:
        raise Refusal("Hai đầu của khoảng rút phải là số nguyên.")
    if low > high:
        raise Refusal("Không có số nguyên nào từ {low} đến {high}.", low=low, high=high)
    return random.randint(low, high)


@library(
    "pick(list)", "một phần tử của danh sách, hoặc một chữ của đoạn chữ", GROUP, draws=True, cost=Cost.FIXED, picks=True
)
def pick(random: Random, values: Value) -> Value:
    _check_list(values, 1)
    return random.choice(values)


@library("sample(list, k)", "k phần tử khác chỗ nhau của danh sách", GROUP, draws=True)
def sample(random: Random, values: Value, count: int) -> tuple[Value, ...]:
    _check_list(values, count)
    return tuple(random.sample(values, count))


@library("shuffled(list)", "danh sách xáo trộn", GROUP, draws=True)
def shuffled(random: Random, values: Value) -> tuple[Value, ...]:
    _check_list(values, 0)
    mixed = list(values)
    random.shuffle(mixed)
    return tuple(mixed)


@library("chance(p = 1/2)", "đúng với xác suất p", GROUP, draws=True, cost=Cost.FIXED)
def chance(random: Random, probability: Value = 0.5) -> bool:
    return bool(random.random() < probability)


@library(
    "either(text, right, wrong, why, level = '')",
    "một ý đúng/sai: chỗ @ trong text nhận right hoặc wrong tuỳ may rủi",
    GROUP,
    draws=True,
)
def either(
    random: Random, text: str, right: str, wrong: str, why: str, level: str = ""
) -> tuple[str, bool, str] | tuple[str, bool, str, str]:
    for value in (text, right, wrong, why, level):
        if type(value) is not str:
            raise Refusal("Hàm either cần bốn đoạn chữ.")
    if len(text) + text.count("@") * max(len(right), len(wrong)) > MAX_TEXT:
        raise Refusal(TOO_LONG)
    holds = random.random() < 0.5
    told = (text.replace("@", right if holds else wrong), holds or right == wrong, why)
    return (*told, level) if level else told


def _check_list(values: Value, count: int) -> None:
    if type(values) not in {tuple, str}:
        raise Refusal("Cần một danh sách để rút.")
    if type(count) is not int or not 0 <= count <= len(values):
        raise Refusal("Danh sách chỉ có {count} phần tử.", count=len(values))
