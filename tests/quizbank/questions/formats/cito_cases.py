"""What the tests of Cito's scoring engine expect of items and responses, as facts in a table.

The items lie beside the project. Left out are cases that test other things than the score of an item: scores that a
person or a machine outside gave, and results with scores of an earlier state of the item.
"""

from dataclasses import dataclass

from tests.shared_data import SHARED

RESOURCES = SHARED / "formats/qti21/Citolab__qti-scoring-engine/Scoring.Tests/Resources"
TWO, IMS = "2x/ResponseProcessing", "2x/ResponseProcessing/IMS-examples"
THREE, IMS3 = "30/ResponseProcessing", "30/ResponseProcessing/IMS-examples"
_DIACRITIC = "t\u1e1dst"


@dataclass(frozen=True)
class Case:
    """An item, a response by variable, the outcome that is looked at, and what it must be."""

    path: str
    responses: dict[str, tuple[str, ...]]
    expected: str
    outcome: str = "SCORE"


def one(path: str, *scores: tuple[str, str]) -> list[Case]:
    """Cases of an item with one response: values parted by commas, and the score."""
    return [
        Case(path, {"RESPONSE": tuple(values.split(",")) if values else ()}, expected) for values, expected in scores
    ]


def several(path: str, responses: str, **outcomes: str) -> list[Case]:
    """Cases of an item with several responses: RESPONSE_1 is the first, and so on."""
    values = enumerate(responses.split(","), start=1)
    given: dict[str, tuple[str, ...]] = {f"RESPONSE_{place}": (value,) for place, value in values}
    return [Case(path, given, expected, outcome) for outcome, expected in outcomes.items()]


CHOICES = [
    *one(f"{TWO}/ITM-50066.xml", ("C", "1"), ("A", "0")),
    *one(f"{TWO}/ITM-50066_No_Correct_Response.xml", ("C", "1")),
    *one(f"{TWO}/ITM-50066_Multiple_Keys.xml", ("A", "1"), ("B", "0"), ("C", "1")),
    *one(f"{TWO}/ITM-50069.xml", ("A", "0"), ("", "0")),
    *one(f"{TWO}/ITM-50069_Mapping.xml", ("A", "0"), ("B", "1"), ("C", "2")),
    *one(f"{TWO}/112505-MR.xml", ("D,E,F", "1"), ("E,F", "0"), ("A,D,E,F", "0"), ("", "0")),
    *one(f"{IMS}/choice.xml", ("ChoiceA", "1"), ("ChoiceB", "0"), ("ChoiceC", "0")),
    *one(f"{IMS}/choice_multiple.xml", ("H,O", "2"), ("O", "1"), ("Cl,H,O", "1"), ("He,Cl,H,O", "0")),
    *one(f"{IMS3}/composition_of_water_qti3.xml", ("H,O", "2"), ("O", "1"), ("Cl,H,O", "1"), ("He,Cl,H,O", "0")),
    *one(f"{IMS}/inline_choice.xml", ("Y", "1"), ("L", "0"), ("", "0")),
    *one(f"{TWO}/083-Verklanking-Speciale-Tekens.xml", ("A", "8")),
    *one(
        f"{THREE}/d3fc4cde-5dc0-451c-b2a5-3df3ba554e3e.xml", ("A", "0"), ("_a65fab45-67d1-4bbd-92e0-47a8eef2d72b", "1")
    ),
]
TEXTS = [
    *one(f"{TWO}/1004.xml", ("rek", "1"), ("fout", "0"), ("rEK", "0")),
    *one(f"{TWO}/1004-CaseInsensitive.xml", ("rEK", "1")),
    *one(f"{TWO}/210091.xml", ("0.63", "1"), ("0.65", "0")),
    *one(f"{TWO}/210091-CustomOperator.xml", ("0.63", "1")),
    *[
        Case(f"{TWO}/210091-CustomOperator.xml", {"RESPONSE": (value,)}, expected)
        for value, expected in (("0,63", "1"), ("0,6300", "1"), ("0,6301", "0"))
    ],
    *one(f"{TWO}/CustomOperators.xml", ("tést", "1"), (_DIACRITIC, "1"), (f" {_DIACRITIC} ", "1"), (" fout ", "0")),
    *one(f"{IMS}/text_entry.xml", ("York", "1"), ("york", "0.5"), ("other", "0")),
    *one(f"{IMS3}/text-entry-qti3.xml", ("York", "1"), ("york", "0.5")),
]
OTHERS = [
    *one(f"{IMS}/match.xml", ("C R,D M,L M,P T", "3"), ("R C,D M,L M,P T", "2"), ("D M,L M,P T", "2")),
    *one(f"{IMS}/associate.xml", ("A P,C M,D L", "4"), ("P A,C M,D L", "4"), ("P A,D L", "3"), ("P C,D M,L A", "0")),
    *one(f"{IMS}/gap_match.xml", ("W G1,Su G2", "3"), ("Sp G1,Su G2", "1"), ("", "0"), ("A G1,Sp G2", "0")),
    *one(f"{IMS}/graphic_associate.xml", ("C B,C D", "2"), ("D C,B C", "2"), ("D C", "1"), ("D B,B A", "0")),
    *one(
        f"{IMS}/graphic_gap_match.xml",
        ("GLA A,EDI B,MAN C", "3"),
        ("MAN C,GLA A,EDI B", "3"),
        ("EBG C,GLA A,EDI B", "1"),
        ("EBG C,GLA A,MCH B", "0"),
    ),
    *one(
        f"{IMS3}/graphic-gap-match-qti3.xml",
        ("DraggerD B,DraggerC C,DraggerA D,DraggerB A", "1"),
        ("DraggerD B,DraggerC C,DraggerA A,DraggerB D", "0"),
    ),
    *one(f"{IMS}/graphic_order.xml", ("A,D,C,B", "1"), ("A,B,C,D", "0"), ("A", "0")),
    *one(f"{IMS}/hotspot.xml", ("A", "1"), ("B", "0")),
    *one(f"{IMS}/hottext.xml", ("B", "1"), ("C", "0"), ("", "0")),
    *one(
        f"{IMS}/order.xml",
        ("DriverC,DriverA,DriverB", "1"),
        ("DriverA,DriverC,DriverB", "0"),
        ("DriverA,DriverB", "0"),
        ("DriverA,DriverA,DriverA", "0"),
    ),
    *one(f"{IMS}/order_partial_scoring.xml", ("DriverC,DriverB,DriverA", "1"), ("DriverA,DriverB,DriverC", "0")),
    *one(
        f"{IMS}/position_object.xml",
        ("118 184,150 235,96 114", "3"),
        ("126 184,158 235,104 114", "3"),
        ("118 184,150 235", "2"),
        ("118 184,150 235,109 114", "2"),
        ("0 0,0 0,0 0", "0"),
    ),
    *one(
        f"{IMS}/select_point.xml", ("102 113", "1"), ("110 113", "1"), ("118 113", "1"), ("119 113", "0"), ("0 0", "0")
    ),
    *one(f"{IMS}/slider.xml", ("16", "1"), ("20", "0.5"), ("21", "0")),
    *one(f"{THREE}/hs.xml", ("A,C", "1"), ("A,B", "0"), ("A", "0")),
    *one(f"{THREE}/gap-match-item.xml", ("B HSA,D HSB,C HSC,A HSD", "1"), ("HSA A,HSB C,HSC D,HSD B", "0")),
]
PARTS = [
    *several(f"{THREE}/2gaps.xml", "3,4", SCORE="1"),
    *several(f"{THREE}/2gaps.xml", "3,44", SCORE="0"),
    *several(f"{THREE}/2gaps.xml", "4,3", SCORE="0"),
    *several(f"{THREE}/2gaps.xml", "3,3", SCORE="0"),
    *several(f"{THREE}/2gaps-workaround.xml", "3,4", SCORE="1"),
    *several(f"{THREE}/2gaps-workaround.xml", "3,4 [", SCORE="1"),
    *several(f"{THREE}/2gaps-workaround.xml", "3,44", SCORE="0"),
    *several(f"{THREE}/2gaps-workaround.xml", "4,3", SCORE="0"),
    *several(f"{THREE}/2gaps-workaround.xml", "3,3", SCORE="0"),
    *several(f"{THREE}/sum_item.xml", "IC1_D,IC2_C,IC3_A,IC4_B", SCORE="1"),
    *several(
        f"{THREE}/e726a093-a5dd-456e-8cc4-fd987cd05438.xml",
        "test,100,3.14",
        RAWSCORE_RESPONSE1="1",
        RAWSCORE_RESPONSE2="1",
        RAWSCORE_RESPONSE3="1",
    ),
    *[
        Case(
            f"{THREE}/e726a093-a5dd-456e-8cc4-fd987cd05438.xml",
            {"RESPONSE_1": (text,), "RESPONSE_2": (whole,), "RESPONSE_3": (decimal,)},
            expected,
            f"RAWSCORE_RESPONSE{place}",
        )
        for text, whole, decimal, scores in (
            ("test", "100", "3,14", "111"),
            ("fout!", "100cm", "2,14 denk ik", "000"),
            ("test", "100", "03,14", "111"),
            ("test", "100cm", "3,14 denk ik", "100"),
        )
        for place, expected in enumerate(scores, start=1)
    ],
    Case(f"{TWO}/ITM-equal.xml", {"RESPONSE": ("10",), "RESPONSE2": ("15",)}, "1"),
    Case(f"{TWO}/ITM-equal.xml", {"RESPONSE": ("10",), "RESPONSE2": ("16",)}, "0"),
]
CASES = [*CHOICES, *TEXTS, *OTHERS, *PARTS]
