"""Tiếng Anh: stress and endings."""

from random import Random

from quizbank.demo.questions.templates import BIET, HIEU, Draft, Shelf, Wrong, choice

SHELF = Shelf()

SOUNDS = "tieng-anh.l{:02}.ngu-am.phat-am-trong-am-ngu-dieu"

STRESS_FIRST_2 = [
    "teacher",
    "student",
    "happy",
    "window",
    "water",
    "doctor",
    "table",
    "garden",
    "picture",
    "famous",
    "healthy",
    "kitchen",
    "market",
    "forest",
    "river",
    "village",
    "music",
    "lesson",
    "sister",
    "summer",
]


STRESS_SECOND_2 = [
    "begin",
    "arrive",
    "decide",
    "enjoy",
    "explain",
    "forget",
    "prefer",
    "reduce",
    "protect",
    "invite",
    "become",
    "believe",
    "discuss",
    "relax",
    "complete",
    "provide",
    "repair",
    "agree",
    "attend",
    "prepare",
]


STRESS_FIRST_3 = [
    "beautiful",
    "holiday",
    "hospital",
    "popular",
    "elephant",
    "telephone",
    "excellent",
    "interview",
    "energy",
    "animal",
    "cinema",
    "victory",
    "festival",
    "wonderful",
]


STRESS_SECOND_3 = [
    "computer",
    "remember",
    "develop",
    "consider",
    "tomorrow",
    "banana",
    "expensive",
    "important",
    "exciting",
    "pollution",
    "tradition",
    "decision",
    "solution",
    "attractive",
    "musician",
    "performance",
    "adventure",
    "employment",
]


def odd_one(r: Random, majority: list[str], minority: list[str], stem: str, same: str, other: str) -> Draft:
    key = r.choice(minority)
    wrongs: list[Wrong] = [(word, same) for word in r.sample(majority, 3)]
    return choice(r, stem, key, wrongs, f'"{key}": {other}; các từ còn lại: {same}.')


@SHELF.add(SOUNDS.format(9), HIEU)
def stress_two(r: Random) -> Draft:
    first, second = "trọng âm rơi vào âm tiết thứ nhất", "trọng âm rơi vào âm tiết thứ hai"
    stem = "Choose the word that differs from the other three in the position of primary stress."
    if r.random() < 0.5:
        return odd_one(r, STRESS_FIRST_2, STRESS_SECOND_2, stem, first, second)
    return odd_one(r, STRESS_SECOND_2, STRESS_FIRST_2, stem, second, first)


@SHELF.add(SOUNDS.format(12), HIEU)
def stress_three(r: Random) -> Draft:
    first, second = "trọng âm rơi vào âm tiết thứ nhất", "trọng âm rơi vào âm tiết thứ hai"
    stem = "Choose the word that differs from the other three in the position of primary stress."
    if r.random() < 0.5:
        return odd_one(r, STRESS_FIRST_3, STRESS_SECOND_3, stem, first, second)
    return odd_one(r, STRESS_SECOND_3, STRESS_FIRST_3, stem, second, first)


ED_SOUNDS = {
    "/t/": ["looked", "watched", "washed", "stopped", "laughed", "helped", "missed", "cooked", "walked", "finished"],
    "/d/": ["played", "cleaned", "lived", "loved", "called", "opened", "enjoyed", "listened", "travelled", "stayed"],
    "/ɪd/": ["wanted", "needed", "started", "visited", "decided", "invited", "collected", "waited", "planted", "ended"],
}


S_SOUNDS = {
    "/s/": ["books", "maps", "cats", "stops", "laughs", "lamps", "students", "parks", "tickets", "roofs"],
    "/z/": ["dogs", "pens", "cars", "bags", "boys", "rooms", "tables", "rivers", "flowers", "lessons"],
    "/ɪz/": ["boxes", "watches", "buses", "houses", "washes", "oranges", "bridges", "dishes", "classes", "prizes"],
}


@SHELF.add(SOUNDS.format(8), BIET)
def ed_ending(r: Random) -> Draft:
    return odd_ending(r, ED_SOUNDS, "-ed")


@SHELF.add(SOUNDS.format(7), BIET)
def s_ending(r: Random) -> Draft:
    return odd_ending(r, S_SOUNDS, "-s/-es")


def odd_ending(r: Random, sounds: dict[str, list[str]], ending: str) -> Draft:
    same, other = r.sample(sorted(sounds), 2)
    stem = f'Choose the word in which the ending "{ending}" is pronounced differently from the others.'
    return odd_one(
        r, sounds[same], sounds[other], stem, f"đuôi {ending} đọc là {same}", f"đuôi {ending} đọc là {other}"
    )
