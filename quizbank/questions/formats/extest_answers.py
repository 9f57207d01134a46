r"""The answers of an exercise of ``ex_test``: ``\choice`` and its kin, ``\choiceTF``, ``\shortans``."""

import re
from dataclasses import dataclass

from quizbank.questions.formats.tex_arguments import group_at, groups_at, option_at
from quizbank.questions.formats.tex_formulas import UNITS
from quizbank.questions.rules import NUMBER

_COMMAND = re.compile(
    r"\\(?:(?P<choice>choice(?:fix|five(?:RD)?|RD)?)|(?P<truth>choiceTF[tf]?)|(?P<short>shortans)|"
    r"(?P<columns>haicot|motcot|boncot|nammot|bahai|haiba|motnam)(?=\s*\{))\*?(?![a-zA-Z])"
)
_FRACTION = re.compile(r"(?P<sign>-?)\s*\\[dt]?frac\s*\{?\s*(?P<top>\d+)\s*\}?\s*\{?\s*(?P<below>\d+)\s*\}?")
_NAMES = frozenset(UNITS.values())
_UNIT = re.compile(r"(?P<number>[+-]?\d+(?:[.,]\d+)?)(?P<unit>\D.*)", re.DOTALL)
_UNITS = frozenset(
    """
    m dm cm mm km m2 cm2 km2 mm2 dm2 m3 cm3 dm3 mm3 m² cm² km² m³ cm³ dm³ s h giờ phút giây ngày tháng năm tuần g kg mg
    tấn tạ yến N J kJ W kW V A mA Ω Hz K °C °F ° độ rad l lít ml mol mmol % đồng nghìn triệu tỉ tỷ người chiếc con cây
    học km/h m/s m/s2 m/s² cm/s rad/s kg/m3 g/mol N/m kWh MeV eV Pa atm bar T Wb pF μF µF nm ha sản cách số
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Answers:
    """``kind`` is ``choice``, ``choiceTF``, ``shortans`` or nothing; ``before`` and ``after`` are the text around."""

    kind: str
    groups: tuple[str, ...]
    before: str
    after: str
    has_more: bool = False


def answers_in(body: str) -> Answers:
    """The answers, and the text before and behind them.

    Raises:
        TexError: braces don't close.
    """
    found = _COMMAND.search(body)
    if found is None:
        return Answers("", (), body, "")
    kind = "choiceTF" if found["truth"] else "shortans" if found["short"] else "choice"
    _, at = option_at(body, found.end())
    if kind == "shortans":
        group = group_at(body, at)
        groups, at = ([group[0]], group[1]) if group else ([], at)
    else:
        groups, at = groups_at(body, at)
    groups = _without_labels(groups)
    return Answers(kind, tuple(groups), body[: found.start()], body[at:].strip(), bool(_COMMAND.search(body, at)))


def _without_labels(groups: list[str]) -> list[str]:
    r"""Options without the letters that were typed although ``\choice`` sets them, where all have theirs."""
    named = list(zip("abcdefgh", groups, strict=False))
    labels = [re.match(rf"(\s*(?:\\True\s*)?)(?i:{letter})\s*[.)]\s*", group) for letter, group in named]
    if len(groups) < 2 or len(labels) < len(groups) or not all(labels):
        return groups
    return [found[1] + group[found.end() :] for found, group in zip(labels, groups, strict=True) if found]


def value_of(written: str) -> tuple[str, str]:
    r"""The accepted value of ``\shortans{$2{,}5$}``, bare where it is a number, and the unit behind it."""
    text = re.sub(r"\{\s*([.,])\s*\}", r"\1", written).strip().strip("'’‘\"“”").strip()
    bare = re.sub(r"\\(?:text|mathrm|rm|displaystyle)(?![a-zA-Z])|\\[,;! ]|[$~{}]|\s", " ", text).replace("−", "-")
    bare = re.sub(r"(?<=\d) (?=\d{3}(?!\d))|(?<=[-+]) ", "", " ".join(bare.split()))
    if NUMBER.fullmatch(bare):
        return bare, ""
    fraction = _FRACTION.fullmatch(text.strip("$ ").removeprefix(r"\displaystyle").strip())
    if fraction and int(fraction["below"]):
        return f"{fraction['sign']}{fraction['top']}/{fraction['below']}", ""
    quantity = _UNIT.fullmatch(bare.replace(r"\%", "%").replace(r"^\circ", "°").replace("^", ""))
    if quantity and quantity["unit"].split()[0].rstrip(".") in _UNITS and "\\" not in quantity["unit"]:
        return quantity["number"], quantity["unit"].strip()
    return "", ""
