"""Lessons made from the curriculum itself: guides, reviews, exercises and mind maps for every topic.

They say what the programme says (where a topic stands, what comes before and after, which level asks
what), so that they are true for all 1,354 topics and no two are alike.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from quizbank.demo.lectures.lessons import Check, Lesson
from repository.curriculum.rules import Curriculum, Topic

MIND_MAP = "mind-map"
LEVELS = ("Biết", "Hiểu", "Vận dụng")


@dataclass(frozen=True)
class Place:
    """Where a topic stands: its neighbours in the grade, and those of its strand."""

    topic: Topic
    subject: str
    strand: str
    before: Topic | None
    after: Topic | None
    siblings: tuple[Topic, ...]
    number: int
    count: int

    @property
    def grade(self) -> str:
        return f"lớp {self.topic.grade}" if self.topic.grade else "mầm non"


@dataclass(frozen=True)
class Form:
    """A kind of study guide and the kinds of file it comes as."""

    name: str
    kinds: tuple[str, ...]


FORMS = (
    Form("Hướng dẫn tự học", ("scorm12", "html", "scorm2004", "html")),
    Form("Ôn tập", ("epub", "scorm12", "epub", "pptx", "h5p", "scorm2004") * 3 + ("pdf",)),
    Form("Luyện tập", ("html", "h5p", "scorm2004", "scorm12")),
    Form("Sơ đồ tư duy", ("html", "html", "pptx", "html") * 3 + ("image",)),
)


def study_guides(curriculum: Curriculum, rng: Random) -> Iterator[Lesson]:
    """A lesson for every topic and form, in an order that ``rng`` shuffles."""
    pairs = [(place, form) for place in places(curriculum) for form in range(len(FORMS))]
    rng.shuffle(pairs)
    turns = [0] * len(FORMS)
    for place, number in pairs:
        form = FORMS[number]
        yield guide(place, form.name, form.kinds[turns[number] % len(form.kinds)])
        turns[number] += 1


def places(curriculum: Curriculum) -> Iterator[Place]:
    for subject in curriculum.subjects:
        for grade in subject.grades:
            topics = curriculum.topics_of(subject.id, grade)
            for number, topic in enumerate(topics):
                yield Place(
                    topic=topic,
                    subject=subject.name,
                    strand=curriculum.name_of(topic.strand),
                    before=topics[number - 1] if number else None,
                    after=topics[number + 1] if number + 1 < len(topics) else None,
                    siblings=tuple(other for other in topics if other.strand == topic.strand and other != topic),
                    number=number + 1,
                    count=len(topics),
                )


def guide(place: Place, form: str, kind: str) -> Lesson:
    topic = place.topic
    return Lesson(
        title=f"{form}: {topic.name} ({place.subject}, {place.grade})",
        subject=topic.subject,
        topic=topic.id,
        kind=kind,
        minutes={"Hướng dẫn tự học": 30, "Ôn tập": 25, "Luyện tập": 40, "Sơ đồ tư duy": 15}[form],
        sentences=tuple(SENTENCES[form](place)),
        asset=MIND_MAP if form == "Sơ đồ tư duy" else "",
        checks=tuple(checks(place)),
    )


def centre_of(lesson: Lesson) -> str:
    """The middle of a mind map: the topic with its subject and grade."""
    return lesson.title.split(": ", 1)[1]


def spokes_of(lesson: Lesson) -> tuple[str, ...]:
    """The branches of a mind map: what its lesson says, as catchwords."""
    return tuple(sentence.split(": ", 1)[1].rstrip(".") for sentence in lesson.sentences if ": " in sentence)[:6]


def standing(place: Place) -> str:
    return (
        f"“{place.topic.name}” là chủ đề thứ {place.number} trong {place.count} chủ đề "
        f"của môn {place.subject} {place.grade}, thuộc mạch nội dung “{place.strand}”."
    )


def neighbours(place: Place) -> str:
    if place.before and place.after:
        return f"Học sau “{place.before.name}” và chuẩn bị cho “{place.after.name}”."
    if place.before:
        return f"Đây là chủ đề cuối năm, học sau “{place.before.name}”."
    if place.after:
        return f"Đây là chủ đề mở đầu, chuẩn bị cho “{place.after.name}”."
    return "Đây là chủ đề duy nhất của môn trong năm học."


def self_study(place: Place) -> Iterator[str]:
    name = place.topic.name
    yield standing(place)
    yield neighbours(place)
    yield f"Bước 1: đọc lướt phần “{name}” trong sách giáo khoa, ghi lại những từ mới và những điều em đã biết."
    if place.before:
        yield f"Bước 2: ôn nhanh “{place.before.name}”, vì phần mới dựa vào phần này; đánh dấu chỗ còn quên."
    yield f"Bước 3: đọc kĩ, với mỗi ý của “{name}” hãy tự đặt một câu hỏi “vì sao” và một ví dụ gần gũi."
    yield "Bước 4: gấp sách, nói lại nội dung bằng lời của mình trong ba phút; chỗ nào nói vấp thì đọc lại chỗ đó."
    yield f"Bước 5: làm ít nhất ba bài về “{name}” ở ba mức độ biết, hiểu, vận dụng rồi tự chấm."


def review(place: Place) -> Iterator[str]:
    name = place.topic.name
    yield f"Phiếu ôn tập chủ đề “{name}”, môn {place.subject} {place.grade}."
    yield standing(place)
    yield f"Em hãy tự trả lời: những khái niệm chính của “{name}” là gì, chúng liên hệ với nhau thế nào?"
    if place.siblings:
        names = ", ".join(f"“{other.name}”" for other in place.siblings[:3])
        yield f"So sánh với các chủ đề cùng mạch “{place.strand}”: {names}; điểm nào giống, điểm nào khác?"
    yield (
        "Lập bảng ba cột: điều đã chắc, điều còn lẫn, điều cần hỏi thầy cô; "
        "ôn lại cột giữa sau một ngày, ba ngày và một tuần."
    )
    yield f"Kết thúc buổi ôn, viết năm dòng tóm tắt “{name}” mà không nhìn tài liệu."


def practice(place: Place) -> Iterator[str]:
    name = place.topic.name
    yield f"Kế hoạch luyện tập chủ đề “{name}” trong 40 phút, môn {place.subject} {place.grade}."
    yield neighbours(place)
    for level, minutes, task in zip(LEVELS, (10, 12, 18), TASKS, strict=True):
        yield f"Mức {level.lower()} ({minutes} phút): {task.format(name=name)}"
    yield (
        f"Ghi lại mỗi lỗi mắc phải khi làm bài về “{name}” kèm nguyên nhân: chưa nhớ, chưa hiểu hay làm ẩu; "
        "tuần sau làm lại đúng những bài đó."
    )


TASKS = (
    "nêu, kể tên, nhận ra những kiến thức cơ bản của “{name}” mà không mở sách.",
    "giải thích, so sánh, lấy ví dụ cho từng ý của “{name}” và chỉ ra ví dụ sai.",
    "giải quyết một tình huống thực tế hoặc một bài tổng hợp cần đến “{name}”, trình bày đủ các bước.",
)


def mind_map(place: Place) -> Iterator[str]:
    name = place.topic.name
    yield f"Sơ đồ tư duy đặt “{name}” ở giữa và nối với vị trí của chủ đề trong môn {place.subject} {place.grade}."
    yield f"Nhánh mạch nội dung: {place.strand}."
    if place.before:
        yield f"Nhánh kiến thức trước đó: {place.before.name}."
    if place.after:
        yield f"Nhánh học tiếp theo: {place.after.name}."
    for other in place.siblings[:2]:
        yield f"Nhánh cùng mạch: {other.name}."
    yield "Nhánh việc cần làm: khái niệm, ví dụ, liên hệ thực tế."
    yield (
        f"Hãy vẽ lại sơ đồ “{name}” bằng tay, thêm từ khoá của riêng em vào mỗi nhánh và tô cùng màu những ý liên quan."
    )


SENTENCES = {"Hướng dẫn tự học": self_study, "Ôn tập": review, "Luyện tập": practice, "Sơ đồ tư duy": mind_map}


def checks(place: Place) -> Iterator[Check]:
    """What the curriculum itself answers: which strand, what comes next."""
    name = place.topic.name
    others = [topic.name for topic in (*place.siblings, place.before) if topic and topic.name != name]
    if place.after and len({*others, place.after.name}) > 2:
        wrong = [other for other in dict.fromkeys(others) if other != place.after.name][:2]
        options = [*wrong, place.after.name]
        turn = place.number % 3
        options[turn], options[2] = options[2], options[turn]
        yield Check(f"Trong môn {place.subject} {place.grade}, chủ đề nào học ngay sau “{name}”?", tuple(options), turn)
