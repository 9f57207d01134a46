from random import Random

from quizbank.demo.lectures.study_guides import FORMS, guide, places, spokes_of, study_guides
from repository.curriculum.queries import curriculum


def test_there_is_one_guide_for_every_topic_and_form() -> None:
    guides = list(study_guides(curriculum(), Random(1)))

    assert len({(guide.topic, guide.title) for guide in guides}) == len(FORMS) * len(curriculum().topics)


def test_no_two_guides_say_the_same() -> None:
    guides = list(study_guides(curriculum(), Random(1)))

    assert len({guide.sentences for guide in guides}) == len(guides)
    assert len({guide.abstract for guide in guides}) == len(guides)


def test_the_next_topic_is_the_right_answer() -> None:
    whole = curriculum()
    topics = whole.topics_of("toan", 12)
    place = next(place for place in places(whole) if place.topic == topics[2])

    check = guide(place, "Ôn tập", "epub").checks[0]

    assert check.options[check.right] == topics[3].name


def test_a_guide_names_its_neighbours() -> None:
    place = next(place for place in places(curriculum()) if place.before and place.after)

    text = " ".join(guide(place, "Hướng dẫn tự học", "html").sentences)

    assert place.before and place.before.name in text and place.after and place.after.name in text


def test_a_mind_map_has_branches() -> None:
    maps = [lesson for lesson in study_guides(curriculum(), Random(1)) if lesson.asset]

    assert all(2 <= len(spokes_of(lesson)) <= 6 for lesson in maps)
